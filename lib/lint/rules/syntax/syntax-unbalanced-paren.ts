import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';
import { latin1, oneEdit } from './fixes.ts';

/** Parentheses that do not match. */
export const rule: Rule = {
  id: 'syntax-unbalanced-paren',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §5.1'],
  what: 'A parenthesis is never closed, was never opened, or stands inside another one.',
  why: 'Parentheses join the lines of one entry. Name servers refuse the zone; some read the records behind an open one as part of it.',
  help: 'Close each parenthesis before the next one opens.',
  bad: { zone: '@ MX 10 ns1 ) ; expect\nwww TXT ( "one" ; expect\nftp A 192.0.2.10\n' },
  good: { zone: 'www TXT ( "one"\n  "two" )\n@ MX 10 ns1\n' },
  fix: 'unsafe',
  load: true,
  say: (args) => sayProblem({ code: 'unbalanced-paren', args }),
  fixOf(problem, file) {
    return latin1(file, problem) === ')' ? oneEdit('remove the parenthesis', false, file, problem, '') : [];
  },
};
