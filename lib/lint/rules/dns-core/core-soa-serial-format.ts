import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

const DAY = 86_400_000;

/** A serial that looks like a date but is none, or lies in the future. */
export const rule: Rule = {
  id: 'core-soa-serial-format',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1912 §2.2'],
  what: 'The serial looks like YYYYMMDDnn but is no date, or one in the future.',
  why: 'Serials only go up: one that ran ahead of the calendar cannot follow the date again without a detour.',
  help: 'Count up from the serial in use and return to the date when it has caught up.',
  bad: soaZone('ns.example.com. hostmaster.example.com. 2026133201 7200 3600 1209600 3600', 'expect'),
  good: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600'),
  say: ({ serial, why }) => `the serial ${serial} looks like a date (YYYYMMDDnn) but ${why}`,
  check(facts, report) {
    const soa = soaOf(facts);
    if (soa === undefined) return;
    const why = oddity(soa.serial, facts);
    if (why !== undefined) report.record(soa.record, 'serial', { args: { serial: soa.serial, why } });
  },
};

/** What is wrong with a serial that is nearly a date, and no counter; one tomorrow is a matter of time zones. */
function oddity(serial: number, facts: Facts): string | undefined {
  const year = Math.floor(serial / 1_000_000);
  const month = Math.floor(serial / 10_000) % 100;
  const day = Math.floor(serial / 100) % 100;
  if (year < 1980 || year > 2199) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (exists) return facts.hasPassed(date.getTime() - DAY) ? undefined : 'is in the future';
  const nearly = month < 20 && day < 40 && facts.hasPassed(Date.UTC(year - 1, 0, 1));
  return nearly ? 'is no day of the calendar' : undefined;
}
