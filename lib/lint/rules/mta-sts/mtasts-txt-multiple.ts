import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { repeatedTexts } from './text-faults.ts';

/** A domain has more than one MTA-STS record (RFC 8461 §3.1). */
export const rule: Rule = {
  id: 'mtasts-txt-multiple',
  group: 'mta-sts',
  level: 'error',
  cites: ['RFC 8461 §3.1'],
  what: 'There is more than one MTA-STS record at _mta-sts.',
  why: 'Senders that find several treat the domain as if it had none: protection is off.',
  help: 'Keep one of the records.',
  bad: {
    zone: `_mta-sts TXT "v=STSv1; id=20261121"
_mta-sts TXT "v=STSv1; id=20261122" ; expect
mta-sts A 192.0.2.10
`,
  },
  good: {
    zone: `_mta-sts TXT "v=STSv1; id=20261121"
_mta-sts TXT "of another purpose"
mta-sts A 192.0.2.10
`,
  },
  say: ({ domain, count }) => `${domain} has ${count} MTA-STS records, so none of them counts; expected one`,
  check(facts, report) {
    for (const { texts, first, others } of repeatedTexts(facts, 'sts')) {
      report.record(others[0] ?? first, 'rdata', {
        args: { domain: bare(facts.nameText(texts.domain)), count: others.length + 1 },
        related: [{ record: first, part: 'rdata', message: 'the first one' }],
      });
    }
  },
};
