import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';
import { oneEdit } from './fixes.ts';

/** A quote without its partner on the same line. */
export const rule: Rule = {
  id: 'syntax-unclosed-quote',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §5.1'],
  what: 'A quoted string is not closed before its line ends.',
  why: 'Name servers refuse the zone, or take the lines up to the next quote as text.',
  help: 'Close the quote where the text ends.',
  bad: { zone: 'www TXT "one ; expect\nftp A 192.0.2.10\n' },
  good: { zone: 'www TXT "one"\nftp A 192.0.2.10\n' },
  fix: 'unsafe',
  load: true,
  say: (args) => sayProblem({ code: 'unclosed-quote', args }),
  fixOf: ({ end }, file) => oneEdit('close the quote at the end of the line', false, file, { start: end, end }, '"'),
};
