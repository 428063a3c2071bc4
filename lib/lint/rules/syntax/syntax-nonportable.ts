import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** What one server reads and another refuses. */
export const rule: Rule = {
  id: 'syntax-nonportable',
  group: 'syntax',
  level: 'warning',
  cites: ['RFC 1035 §5.1', 'RFC 3597 §5'],
  what: 'The file uses a way of writing that BIND 9.18, NSD 4.6 or Knot DNS 3.2 refuses, though its meaning is plain.',
  why: 'The zone loads on one server and not on another, which shows when the server is changed or a second one is added.',
  help: 'Write it in the way that all servers read, as the message says.',
  bad: { zone: 'a!b TXT "one" ; expect\n' },
  good: { zone: 'a\\!b TXT "one"\n' },
  load: true,
  byDefault: false,
  say: (args) => sayProblem({ code: 'nonportable', args }),
};
