import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';
import { nearestFix } from './fixes.ts';

/** A type that is neither a mnemonic nor TYPEn. */
export const rule: Rule = {
  id: 'syntax-unknown-type',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §5.1', 'RFC 3597 §5'],
  what: 'The word where the record type belongs is no type.',
  why: 'Name servers refuse the whole zone.',
  help: 'Correct the type; types without a name of their own are written TYPEn \\# length hex.',
  bad: { zone: '@ MXX 10 ns1 ; expect\n' },
  good: { zone: '@ MX 10 ns1\n' },
  fix: 'unsafe',
  load: true,
  say: (args) => sayProblem({ code: 'unknown-type', args }),
  fixOf: (problem, file) => nearestFix(problem.args.nearest, file, problem),
};
