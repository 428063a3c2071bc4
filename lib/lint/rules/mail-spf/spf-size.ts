import { TYPE } from '../../../rr/types.ts';
import { spfTexts } from '../../common-spf.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { domainOf } from './shared.ts';

/** Header, type and class of the question, and an OPT record (RFC 1035 §4.1, RFC 6891 §6.1.2). */
const MESSAGE = 12 + 4 + 11;
/** Pointer to the owner, type, class, TTL and RDATA length of each record. */
const RECORD = 12;
const SMALL_MESSAGE = 512;

/** The answer with the record is large (RFC 7208 §3.4). */
export const rule: Rule = {
  id: 'spf-size',
  group: 'mail-spf',
  level: 'warning',
  cites: ['RFC 7208 §3.4'],
  what: 'An SPF record is long, or the TXT records beside it make the answer exceed 512 octets.',
  why: 'The RFC wants the answer to fit into a small UDP message: larger ones are lost on some paths, and then mail waits or fails.',
  help: 'Move networks into a record that is included, and texts of other purposes to names of their own.',
  // Many healthy domains have that many verification texts, and most paths carry larger answers.
  byDefault: false,
  options: { longest: { what: 'octets a record may have', default: 450, least: 64, most: 65_535 } },
  bad: {
    zone: `@ TXT "v=spf1 ${longText(0, 12)}" "${longText(12, 24)}-all" ; expect
`,
  },
  good: { zone: `@ TXT "v=spf1 ${longText(0, 12)}-all"\n` },
  say: ({ domain, kind, size, limit }) =>
    kind === 'record'
      ? `the SPF record of ${domain} has ${size} octets; expected at most ${limit}`
      : `the answer with the SPF record and the other TXT records of ${domain} has ${size} octets; expected at most ${limit}`,
  check(facts, report, settings) {
    const longest = settings.number('longest');
    for (const found of spfTexts(facts).records) {
      const length = found.spf.text.length;
      const answer = answerSize(facts, found.owner);
      if (length <= longest && answer <= SMALL_MESSAGE) continue;
      const [kind, size, limit] = length > longest ? ['record', length, longest] : ['answer', answer, SMALL_MESSAGE];
      report.record(found.record, 'rdata', { args: { domain: domainOf(found), kind, size, limit } });
    }
  },
};

function answerSize(facts: Facts, owner: number): number {
  const { names, rdataLengths } = facts.zone;
  const records = facts.rrset(owner, TYPE.TXT);
  return records.reduce((sum, record) => sum + RECORD + (rdataLengths[record] ?? 0), MESSAGE + names.length(owner));
}

function longText(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => `ip4:198.51.100.${100 + from + index} `).join('');
}
