import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** Text that is no record and no directive. */
export const rule: Rule = {
  id: 'syntax-parse-error',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §5.1'],
  what: 'An entry cannot be read: something is missing, left over, or not what belongs there.',
  why: 'Name servers refuse the whole zone for one such entry.',
  help: 'Write owner, TTL, class, type and then the fields of the type, in that order.',
  bad: { zone: 'www A ; expect\nftp A 192.0.2.10 192.0.2.11 ; expect\n' },
  good: { zone: 'www A 192.0.2.10\nftp A 192.0.2.10\nftp A 192.0.2.11\n' },
  load: true,
  say: (args) => sayProblem({ code: 'parse-error', args }),
};
