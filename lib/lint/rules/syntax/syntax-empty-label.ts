import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';
import { latin1, oneEdit } from './fixes.ts';

/** Two dots in a row, or a dot in front. */
export const rule: Rule = {
  id: 'syntax-empty-label',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §2.3.1', 'RFC 1035 §3.1'],
  what: 'A name has an empty label: two dots in a row, or a dot at its beginning.',
  why: 'Only the root has an empty label. Name servers refuse the zone.',
  help: 'Remove the dot that is too many, or put in the label that is missing.',
  bad: { zone: '@ MX 10 mx1..example.net. ; expect\n' },
  good: { zone: '@ MX 10 ns1.example.net.\n' },
  fix: 'unsafe',
  load: true,
  say: (args) => sayProblem({ code: 'empty-label', args }),
  fixOf(problem, file) {
    return oneEdit('remove one dot', false, file, problem, latin1(file, problem) === '..' ? '.' : '');
  },
};
