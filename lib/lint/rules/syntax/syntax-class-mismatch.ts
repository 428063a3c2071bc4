import { sayProblem } from '../../../rr/say.ts';
import { classToText } from '../../../rr/types.ts';
import type { Rule } from '../../rule.ts';
import { oneEdit } from './fixes.ts';

/** A record of another class than the zone's. */
export const rule: Rule = {
  id: 'syntax-class-mismatch',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §5.2'],
  what: 'A record has another class than the zone.',
  why: 'All records of a zone have one class. BIND, NSD and Knot DNS refuse the zone.',
  help: 'Write the class of the zone, or leave it out.',
  bad: { zone: '@ IN TXT "one"\nwww CH A 192.0.2.10 ; expect\n' },
  good: { zone: '@ IN TXT "one"\nwww IN A 192.0.2.10\n' },
  fix: 'safe',
  load: true,
  say: (args) => sayProblem({ code: 'class-mismatch', args }),
  fixOf(problem, file) {
    const { expected } = problem.args;
    const text = typeof expected === 'number' ? classToText(expected) : (expected ?? 'IN');
    return oneEdit(`write ${text}`, true, file, problem, text);
  },
};
