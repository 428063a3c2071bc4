import { TYPE } from '../../../rr/types.ts';
import { clientMx } from '../../common-examples.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** The list of allowed hosts can be forged in an unsigned zone (RFC 4033 §1). */
export const rule: Rule = {
  id: 'client-mx-no-dnssec',
  group: 'client-mx',
  level: 'warning',
  cites: ['CMX-1-d', 'RFC 4033 §3'],
  what: 'The zone publishes Client MX but is not signed.',
  why: 'Whoever can forge DNS answers can add hosts to the list, or hide that the domain opted in.',
  help: 'Sign the zone with DNSSEC.',
  // A zone that is signed by the server has no keys in its file.
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')} ; expect
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain }) =>
    `${domain} publishes Client MX in a zone without DNSKEY; expected a signed zone, as otherwise the list can be forged or hidden`,
  check(facts, report) {
    const [first] = facts.records(TYPE.CLIENTMX);
    if (first === undefined || facts.signed || facts.mayBeBroken(TYPE.DNSKEY)) return;
    report.record(first, 'type', { args: { domain: bare(facts.ownerText(first)) } });
  },
};
