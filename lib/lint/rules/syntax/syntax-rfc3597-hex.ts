import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** Generic data that is no hexadecimal. */
export const rule: Rule = {
  id: 'syntax-rfc3597-hex',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 3597 §5'],
  what: 'The data of a generic record has a character that is no hexadecimal digit, or an odd number of digits.',
  why: 'BIND and Knot DNS refuse the zone.',
  help: 'Write two hexadecimal digits for each octet.',
  bad: { zone: '@ TYPE65300 \\# 1 0G ; expect\n' },
  good: { zone: '@ TYPE65300 \\# 1 00\n' },
  load: true,
  say: (args) => sayProblem({ code: 'rfc3597-hex', args }),
};
