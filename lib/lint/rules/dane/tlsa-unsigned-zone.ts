import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** TLSA records without DNSSEC (RFC 6698 §4.1). */
export const rule: Rule = {
  id: 'tlsa-unsigned-zone',
  group: 'dane',
  level: 'error',
  cites: ['RFC 6698 §4.1', 'RFC 7672 §2.2'],
  what: 'The zone has TLSA records but is not signed.',
  why: 'Clients ignore TLSA records that DNSSEC does not prove.',
  help: 'Sign the zone with DNSSEC.',
  // A zone that is signed by the server has no keys in its file.
  byDefault: false,
  bad: {
    zone: `_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
`,
  },
  say: ({ owner, zone }) => `TLSA of ${owner} stands in ${zone}, which has no DNSKEY; expected a signed zone`,
  check(facts, report) {
    const [first] = facts.records(TYPE.TLSA);
    if (first === undefined || facts.signed || facts.records(TYPE.RRSIG).length > 0) return;
    if (facts.mayBeBroken(TYPE.DNSKEY)) return;
    report.record(first, 'type', {
      args: { owner: bare(facts.ownerText(first)), zone: bare(facts.nameText(facts.zone.apex)) },
    });
  },
};
