import { readSignature } from '../../../dnssec/signatures.ts';
import { typeToText } from '../../../rr/types.ts';
import { bare, counted } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Signatures that end soon, or that were made for very long. */
export const rule: Rule = {
  id: 'dnssec-rrsig-lifetime',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 6781 §4.4.2'],
  what: 'A signature ends within hours, or is valid for longer than half a year (an info).',
  why: 'What ends before it is signed again cannot be resolved; who records a signature can replay it as long as it is valid.',
  help: 'Sign the zone for two weeks to a month, and again several days before that ends.',
  bad: signedExample({
    'mx RRSIG A': 'mx RRSIG A 15 3 3600 20261121020000 20261115000000 60795 example.net. AAAA ; expect',
  }),
  good: signedExample(),
  options: {
    hoursLeft: { what: 'hours that a signature must still be valid for', default: 12, least: 0, most: 8760 },
    days: { what: 'days that a signature may be valid for in all', default: 180, least: 1, most: 24855 },
  },
  say: ({ type, name, left, days, limit }) =>
    days === undefined
      ? `the signature over the ${type} records of ${name} ends in ${left}; expected at least ${limit} more`
      : `the signature over the ${type} records of ${name} is valid for ${days}; expected at most ${limit}`,
  check(facts, report, settings) {
    const { ending, longest } = signaturesOf(facts);
    const left = -ending.seconds;
    const hours = settings.number('hoursLeft');
    if (ending.record >= 0 && left < hours * HOUR) {
      const rest = left < HOUR ? counted(Math.floor(left / 60), 'minute') : counted(Math.floor(left / HOUR), 'hour');
      const args = { ...subject(facts, ending.record), left: rest, limit: counted(hours, 'hour') };
      report.record(ending.record, 'expiration', { args });
    }
    const most = settings.number('days');
    if (longest.record >= 0 && longest.seconds > most * DAY) {
      const days = counted(Math.floor(longest.seconds / DAY), 'day');
      const args = { ...subject(facts, longest.record), days, limit: counted(most, 'day') };
      report.record(longest.record, 'expiration', { args, severity: 'info' });
    }
  },
};

function subject(facts: Facts, record: number): { readonly type: string; readonly name: string } {
  const type = typeToText(readSignature(facts.rdata(record)).typeCovered);
  return { type, name: bare(facts.ownerText(record)) };
}
