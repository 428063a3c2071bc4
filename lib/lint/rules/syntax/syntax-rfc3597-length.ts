import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';
import { oneEdit } from './fixes.ts';

/** A generic record whose length does not fit its data. */
export const rule: Rule = {
  id: 'syntax-rfc3597-length',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 3597 §5'],
  what: 'The length behind \\# is not the number of octets that follow.',
  why: 'BIND and Knot DNS refuse the zone; NSD takes what is there, so a cut-off record goes unnoticed.',
  help: 'Write the number of octets, two hexadecimal digits each.',
  bad: { zone: '@ TYPE65300 \\# 4 010203 ; expect\n' },
  good: { zone: '@ TYPE65300 \\# 3 010203\n' },
  fix: 'safe',
  load: true,
  say: (args) => sayProblem({ code: 'rfc3597-length', args }),
  fixOf(problem, file) {
    const length = String(problem.args.length);
    return oneEdit(`write the length ${length}`, true, file, problem, length);
  },
};
