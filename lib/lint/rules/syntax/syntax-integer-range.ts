import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** A number that does not fit its field. */
export const rule: Rule = {
  id: 'syntax-integer-range',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §3.2.1', 'RFC 1035 §3.3'],
  what: 'A number is too small or too large for its field.',
  why: 'It cannot be put into a DNS message. BIND and Knot DNS refuse the zone, NSD serves another number.',
  help: 'Write a number within the range of the field.',
  bad: { zone: '@ MX 70000 ns1 ; expect\n' },
  good: { zone: '@ MX 10 ns1\n' },
  load: true,
  say: (args) => sayProblem({ code: 'integer-range', args }),
};
