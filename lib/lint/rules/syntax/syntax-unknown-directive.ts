import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';
import { nearestFix } from './fixes.ts';

/** A directive that does not exist. */
export const rule: Rule = {
  id: 'syntax-unknown-directive',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §5.1', 'RFC 2308 §4'],
  what: 'A line begins with $ but is none of $ORIGIN, $TTL, $INCLUDE and $GENERATE.',
  why: 'Name servers refuse the zone. When $ORIGIN is misspelled, the names behind it mean something else.',
  help: 'Correct the directive, or write \\$ when a name begins with a dollar sign.',
  bad: { zone: '$ORGIN sub.example.net. ; expect\n' },
  good: { zone: '$ORIGIN sub.example.net.\n' },
  fix: 'unsafe',
  load: true,
  say: (args) => sayProblem({ code: 'unknown-directive', args }),
  fixOf: (problem, file) => nearestFix(problem.args.nearest, file, problem),
};
