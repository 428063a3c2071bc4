import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** A file that cannot be included. */
export const rule: Rule = {
  id: 'syntax-include-problem',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §5.1'],
  what: 'The file of an $INCLUDE is missing, includes itself, or lies outside the folder of the zone.',
  why: 'A name server that cannot read the file refuses the zone, and nothing of the file was checked here.',
  help: 'Correct the path; it starts from the folder of the including file.',
  bad: { zone: '$INCLUDE hosts.inc ; expect\n' },
  good: { zone: 'www A 192.0.2.10\n' },
  load: true,
  say: (args) => sayProblem({ code: 'include-problem', args }),
};
