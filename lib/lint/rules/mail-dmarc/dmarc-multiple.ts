import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { type DmarcText, policyTexts } from './records.ts';

/** Several DMARC records at one name (RFC 9989 §4.10). */
export const rule: Rule = {
  id: 'dmarc-multiple',
  group: 'mail-dmarc',
  level: 'error',
  cites: ['RFC 9989 §4.10', 'RFC 7489 §6.6.3'],
  what: 'A name has several DMARC records.',
  why: 'Receivers leave out all of them, and the domain has no policy.',
  help: 'Keep one record.',
  bad: {
    zone: `_dmarc TXT "v=DMARC1; p=reject" ; expect
_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.net"
`,
  },
  good: {
    zone: `_dmarc TXT "v=DMARC1; p=reject"
_dmarc TXT "site-verification=b5f1c0"
`,
  },
  say: ({ domain, count }) => `_dmarc.${domain} has ${count} DMARC records, of which receivers use none; expected one`,
  check(facts, report) {
    const byOwner = new Map<number, DmarcText[]>();
    for (const one of policyTexts(facts)) {
      if (!one.dmarc.counts) continue;
      const same = byOwner.get(one.owner);
      if (same === undefined) byOwner.set(one.owner, [one]);
      else if (!same.some(({ record }) => sameOctets(facts.rdata(record), facts.rdata(one.record)))) same.push(one);
    }
    for (const [first, ...others] of byOwner.values()) {
      if (first === undefined || others.length === 0) continue;
      report.record(first.record, 'rdata', {
        args: { domain: bareName(first.domain), count: others.length + 1 },
        related: others.slice(0, 5).map(({ record }) => ({ record, part: 'rdata', message: 'another one' })),
      });
    }
  },
};

/** Records with equal RDATA are one record to every server (RFC 2181 §5). */
function sameOctets(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
