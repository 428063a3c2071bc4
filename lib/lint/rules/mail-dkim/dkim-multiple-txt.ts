import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { ED25519 } from './example-keys.ts';
import { dkimKeys } from './records.ts';

/** Several TXT records at one selector (RFC 6376 §3.6.2.2). */
export const rule: Rule = {
  id: 'dkim-multiple-txt',
  group: 'mail-dkim',
  level: 'error',
  cites: ['RFC 6376 §3.6.2.2'],
  what: 'A DKIM selector has several TXT records.',
  why: 'A verifier takes any one of them, so that signatures pass or fail by chance.',
  help: 'Keep one record, and give each key a selector of its own.',
  bad: {
    zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}" ; expect
s1._domainkey TXT "v=DKIM1; p="
`,
  },
  good: {
    zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}"
s2._domainkey TXT "v=DKIM1; p="
`,
  },
  say: ({ name, count }) => `${name} has ${count} TXT records; expected one, as each selector has one key`,
  check(facts, report) {
    const seen = new Set<number>();
    for (const { owner } of dkimKeys(facts)) {
      if (seen.has(owner)) continue;
      seen.add(owner);
      const [first, ...others] = distinct(facts.rrset(owner, TYPE.TXT), (record) => facts.rdata(record));
      if (first === undefined || others.length === 0) continue;
      report.record(first, 'rdata', {
        args: { name: bare(facts.nameText(owner)), count: others.length + 1 },
        related: others.slice(0, 5).map((record) => ({ record, part: 'rdata', message: 'another one' })),
      });
    }
  },
};

/** Records with equal RDATA are one record to every server (RFC 2181 §5). */
function distinct(records: readonly number[], rdata: (record: number) => Uint8Array): readonly number[] {
  const seen = new Set<string>();
  return records.filter((record) => {
    const text = Buffer.from(rdata(record)).toString('latin1');
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}
