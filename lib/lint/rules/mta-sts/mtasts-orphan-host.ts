import { TYPE } from '../../../rr/types.ts';
import { findBelow } from '../../common-below.ts';
import { hasAddress } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A policy host that no record announces (RFC 8461 §3.1). */
export const rule: Rule = {
  id: 'mtasts-orphan-host',
  group: 'mta-sts',
  level: 'info',
  cites: ['RFC 8461 §3.1'],
  what: 'A mail domain has the host mta-sts but no record at _mta-sts.',
  why: 'Senders fetch a policy only after they have seen the record, so the policy is never used.',
  help: 'Add TXT "v=STSv1; id=…" at _mta-sts, or remove the host.',
  bad: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
mta-sts A 192.0.2.20 ; expect
`,
  },
  good: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
mta-sts A 192.0.2.20
_mta-sts TXT "v=STSv1; id=20261121"
`,
  },
  say: ({ domain }) =>
    `mta-sts.${domain} exists, but nothing at _mta-sts.${domain} announces its policy; expected TXT "v=STSv1; id=..."`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.TXT) || facts.mayBeBroken(TYPE.CNAME) || facts.mayBeBroken(TYPE.NS)) return;
    for (const { owner, mx } of facts.mailDomains) {
      const host = mx.length === 0 ? -1 : findBelow(facts, owner, 'mta-sts');
      if (host < 0 || !(hasAddress(facts, host) || facts.hasType(host, TYPE.CNAME))) continue;
      const record = findBelow(facts, owner, '_mta-sts');
      if ([TYPE.TXT, TYPE.CNAME, TYPE.NS].some((type) => facts.hasType(record, type))) continue;
      const [first = 0] = facts.recordsAt(host);
      report.record(first, 'owner', { args: { domain: bare(facts.nameText(owner)) } });
    }
  },
};
