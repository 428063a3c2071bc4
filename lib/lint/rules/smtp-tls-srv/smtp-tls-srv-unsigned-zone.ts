import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Senders cannot prove the SRV record (draft-nurpmeso §4). */
export const rule: Rule = {
  id: 'smtp-tls-srv-unsigned-zone',
  group: 'smtp-tls-srv',
  level: 'info',
  cites: ['SRV-4-e', 'SRV-7-d'],
  what: 'A zone with _smtp-tls SRV records is not signed.',
  why: 'Senders keep trying port 25 when the announced port fails, because the answer may be forged.',
  help: 'Sign the zone with DNSSEC.',
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
mx1 A 192.0.2.10
`,
  },
  say: ({ domain }) =>
    `SRV of ${domain} stands in a zone without DNSKEY; expected a signed zone, so that senders can rely on the record`,
  check(facts, report) {
    if (facts.signed || facts.mayBeBroken(TYPE.DNSKEY)) return;
    const domain = facts.mailDomains.find(({ srv }) => srv.length > 0);
    const [first] = domain?.srv ?? [];
    if (domain === undefined || first === undefined) return;
    report.record(first.record, 'type', { args: { domain: bare(facts.nameText(domain.owner)) } });
  },
};
