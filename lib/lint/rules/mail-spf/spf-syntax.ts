import { isFatal, type SpfFault, type SpfProblem } from '../../../mail/spf.ts';
import type { Args } from '../../../text/diagnostic.ts';
import { spfTexts, type ZoneSpf } from '../../common-spf.ts';
import type { Rule } from '../../rule.ts';
import { joinFaults } from './joins.ts';
import { domainOf, MOST_PER_RECORD, shownTerm, writing } from './shared.ts';

/** An SPF record breaks the grammar (RFC 7208 §12). */
export const rule: Rule = {
  id: 'spf-syntax',
  group: 'mail-spf',
  level: 'error',
  cites: ['RFC 7208 §4.6', 'RFC 7208 §7.1', 'RFC 7208 §12'],
  what: 'A term of an SPF record is not as the grammar has it.',
  why: 'One wrong term makes the whole record a permanent error: no host counts as allowed. A misspelled modifier is skipped without a word.',
  help: 'Write the term as RFC 7208 has it.',
  fix: 'unsafe',
  bad: { zone: '@ TXT "v=spf1 ipv4:192.0.2.10 -all" ; expect\n' },
  good: { zone: '@ TXT "v=spf1 ip4:192.0.2.10 -all"\n' },
  say: (args) => `SPF of ${args.domain}: ${SENTENCES[args.fault as SpfFault](args)}`,
  check(facts, report) {
    for (const found of spfTexts(facts).records) {
      const { problems, terms } = found.spf;
      if (problems.length === 0) continue;
      const joined = joinFaults(facts, found.record);
      for (const problem of problems.slice(0, MOST_PER_RECORD)) {
        if (joined.some(({ start, end }) => problem.start < end && start < problem.end)) continue;
        const { fault, start, end, instead = '' } = problem;
        const term = terms[problem.term] ?? problem;
        report.text(found.record, start, end, {
          args: {
            domain: domainOf(found),
            fault,
            found: shownTerm(found, problem),
            term: shownTerm(found, term),
            instead: instead.length > 60 ? '' : instead,
            expected: expectedValue(found, problem),
          },
          ...(isFatal(fault) ? {} : { severity: 'warning' }),
          fixes: fixOf(found, problem),
        });
      }
    }
  },
};

const SENTENCES: Readonly<Record<SpfFault, (args: Args) => string>> = {
  'unknown-term': ({ found, instead }) =>
    `"${found}" is neither a mechanism nor a modifier; expected ${instead === '' ? 'all, include, a, mx, ptr, ip4, ip6, exists, redirect= or exp=' : `"${instead}"`}`,
  'missing-value': ({ found, expected }) => `"${found}" has no value; expected ${expected}`,
  'unexpected-value': ({ found, term, expected }) => `"${found}" in "${term}" is too much; expected ${expected}`,
  'bad-network': ({ found, instead, expected }) =>
    instead === ''
      ? `"${found}" is no address; expected ${expected}`
      : `"${found}" has an address of the other family; expected "${instead}"`,
  'bad-prefix': ({ found, term, expected }) =>
    `"${found}" in "${term}" is no prefix length; expected ${expected} without leading zeros`,
  'bad-macro': ({ found, term }) =>
    `"${found}" in "${term}" is no macro for a name; expected one such as "%{d}" or "%{ir}" (letters s l o d i p h v), or "%%"`,
  'bad-character': ({ found, term }) =>
    `"${found}" in "${term}" is not allowed; expected printable ASCII, and blanks only between terms`,
  'bad-domain': ({ found }) =>
    `"${found}" is no domain; expected at least two labels, the last one not a number, or a macro at the end`,
  'qualified-modifier': ({ found, instead }) => `"${found}" is a modifier with a qualifier; expected "${instead}"`,
  'repeated-modifier': ({ found }) => `"${found}" is a second modifier of that name; expected it once`,
  'no-effect': ({ found, instead }) =>
    `"${found}" is an unknown modifier and has no effect; expected ${instead === '' ? 'a mechanism with a colon, or nothing' : `"${instead}"`}`,
  'odd-name': ({ found, term }) =>
    `"${found}" in "${term}" can be no host: a label is empty or longer than 63 octets, or a character is strange; expected a domain`,
};

/** What would be right in place of a value. */
function expectedValue({ spf }: ZoneSpf, { term, fault, start }: SpfProblem): string {
  const found = spf.terms[term];
  if (found?.kind === 'modifier') return `${found.modifier}=domain`;
  if (found?.kind !== 'directive') return 'a term';
  const { mechanism } = found;
  if (fault === 'bad-prefix') {
    const six = mechanism === 'ip6' || spf.text.startsWith('//', start);
    return six ? `${mechanism === 'ip6' ? '/' : '//'}0 to 128` : '/0 to 32';
  }
  switch (mechanism) {
    case 'all':
      return 'all';
    case 'ip4':
      return 'ip4: and an IPv4 address';
    case 'ip6':
      return 'ip6: and an IPv6 address';
    case 'ptr':
      return 'ptr or ptr:domain';
    case 'a':
    case 'mx':
      return `${mechanism}, ${mechanism}:domain, and prefix lengths as in ${mechanism}/24//64`;
    default:
      return `${mechanism}:domain`;
  }
}

function fixOf(found: ZoneSpf, { start, end, instead }: SpfProblem): ReturnType<typeof writing> {
  if (instead === undefined) return [];
  const title = instead === '' ? `remove "${shownTerm(found, { start, end })}"` : `write "${instead}"`;
  return writing(found, { start, end }, instead, { title, safe: false });
}
