import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { strays } from './strays.ts';

/** An MTA-STS record stands where nobody looks (RFC 8461 §3.1). */
export const rule: Rule = {
  id: 'mtasts-wrong-location',
  group: 'mta-sts',
  level: 'warning',
  cites: ['RFC 8461 §3.1'],
  what: 'An MTA-STS record stands at the domain itself or at a name like mta-sts instead of _mta-sts.',
  why: 'Senders look at _mta-sts only and never fetch the policy.',
  help: 'Move the record to _mta-sts.',
  fix: 'safe',
  bad: {
    zone: `mta-sts A 192.0.2.20
mta-sts TXT "v=STSv1; id=20261121" ; expect
`,
  },
  good: {
    zone: `mta-sts A 192.0.2.20
_mta-sts TXT "v=STSv1; id=20261121"
`,
  },
  say: ({ owner, domain }) =>
    `an MTA-STS record stands at ${owner}, where no sender looks; expected it at _mta-sts.${domain}`,
  check(facts, report) {
    for (const { record, domain, fixes } of strays(facts, 'sts')) {
      const args = { owner: bare(facts.ownerText(record)), domain: bare(facts.nameText(domain)) };
      report.record(record, 'owner', { args, fixes });
    }
  },
};
