import { lookAt } from '../../../zone/look.ts';
import type { Rule } from '../../rule.ts';

/** TTLs with units. */
export const rule: Rule = {
  id: 'style-ttl-units',
  group: 'style',
  level: 'info',
  cites: ['RFC 2308 §4', 'RFC 1035 §5.1'],
  what: 'The TTL of a record is written with units such as 1h.',
  why: 'RFC 1035 knows seconds only: some programs that read zone files do not take units.',
  help: 'Write the TTL in seconds.',
  fix: 'safe',
  byDefault: false,
  bad: { zone: 'www 1h A 192.0.2.10 ; expect\n' },
  good: { zone: 'www 3600 A 192.0.2.10\n' },
  say: ({ found, seconds }) => `the TTL is written ${found}; expected ${seconds} (seconds)`,
  check(facts, report) {
    const { zone } = facts;
    for (let record = 0; record < zone.count; record++) {
      const { entry, header, written } = lookAt(zone, record);
      if (!written || header.ttlWord < 0) continue;
      const last = entry.bytes[entry.wordEnd(header.ttlWord) - 1] ?? 0;
      if (last >= 0x30 && last <= 0x39) continue;
      const seconds = zone.ttls[record] ?? 0;
      const edits = [{ ...facts.span(record, 'ttl'), text: String(seconds) }];
      const fixes = [{ title: `write ${seconds}`, safe: true, edits }];
      report.record(record, 'ttl', { args: { found: facts.source(record, 'ttl'), seconds }, fixes });
    }
  },
};
