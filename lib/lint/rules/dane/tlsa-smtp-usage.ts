import { TYPE } from '../../../rr/types.ts';
import { numberFix } from '../../common-fixes.ts';
import { isHidden } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { associationOf } from './shared.ts';

/** What PKIX-TA and PKIX-EE become when the check against public CAs is left out. */
const DANE_USAGE: readonly number[] = [2, 3];

/** TLSA records for mail between servers ask for public CAs (RFC 7672 §3.1.3). */
export const rule: Rule = {
  id: 'tlsa-smtp-usage',
  group: 'dane',
  level: 'warning',
  cites: ['RFC 7672 §3.1.3'],
  what: 'A TLSA record for port 25 has usage 0 or 1.',
  why: 'Mail servers have no common list of CAs and take the record for unusable, so that it protects nothing.',
  help: 'Use "3 1 1" with the key of the server, or "2 1 1" with the key of its CA.',
  fix: 'unsafe',
  bad: {
    zone: `_25._tcp.mx1 TLSA 1 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, usage, expected }) =>
    `TLSA of ${owner} has usage ${usage}, which mail servers do not use; expected ${expected}`,
  check(facts, report) {
    const told = new Set<number>();
    for (const { owner, alias } of smtpNames(facts)) {
      const wrong = facts.rrset(owner, TYPE.TLSA).filter((record) => associationOf(facts, record).usage < 2);
      for (const record of wrong) {
        if (told.has(record)) continue;
        told.add(record);
        const { usage } = associationOf(facts, record);
        const expected = DANE_USAGE[usage] ?? 3;
        const name = alias < 0 ? owner : (facts.zone.owners[alias] ?? owner);
        report.record(record, 'usage', {
          args: { owner: bare(facts.nameText(name)), usage, expected },
          related: alias < 0 ? [] : [{ record: alias, message: 'port 25 leads here' }],
          fixes: numberFix(facts, record, 'usage', usage, expected).map((fix) => ({ ...fix, safe: false })),
        });
      }
    }
  },
};

/** The names with TLSA records for port 25: themselves, or those that a CNAME at port 25 leads to. */
function* smtpNames(facts: Facts): Generator<{ readonly owner: number; readonly alias: number }> {
  if (facts.records(TYPE.TLSA).length === 0) return;
  for (const { owner } of facts.rrsets(TYPE.TLSA)) {
    if (isSmtp(facts, owner) && !isHidden(facts, owner)) yield { owner, alias: -1 };
  }
  for (const record of facts.records(TYPE.CNAME)) {
    const owner = facts.zone.owners[record] ?? 0;
    if (isSmtp(facts, owner) && !isHidden(facts, owner))
      yield { owner: facts.find(facts.rdata(record)), alias: record };
  }
}

const SMTP = new TextEncoder().encode('\x03_25\x04_tcp');

/** Whether a name begins with `_25._tcp`. */
function isSmtp(facts: Facts, owner: number): boolean {
  const { arena, offsets } = facts.zone.names;
  const start = offsets[owner] ?? 0;
  return arena[start] === SMTP[0] && SMTP.every((octet, at) => octet === lower(arena[start + at] ?? 0));
}

function lower(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
}
