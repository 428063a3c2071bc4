import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** A backslash with nothing sensible behind it. */
export const rule: Rule = {
  id: 'syntax-bad-escape',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §5.1'],
  what: 'A backslash is followed by a number that is no octet, by too few digits, or by the end of the line.',
  why: 'BIND and Knot DNS refuse the zone.',
  help: 'Write three decimal digits up to 255, or the character itself if it is not a digit.',
  bad: { zone: 'www TXT "\\300" ; expect\n' },
  good: { zone: 'www TXT "\\200"\n' },
  load: true,
  say: (args) => sayProblem({ code: 'bad-escape', args }),
};
