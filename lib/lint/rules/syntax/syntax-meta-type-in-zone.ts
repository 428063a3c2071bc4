import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** A type that exists in messages only. */
export const rule: Rule = {
  id: 'syntax-meta-type-in-zone',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 6895 §3.1', 'RFC 9824 §2'],
  what: 'A record has a type that is for questions and messages, such as ANY, OPT or AXFR.',
  why: 'There is no data of such a type. BIND refuses the zone, other servers most of these types.',
  help: 'Remove the record.',
  bad: { zone: 'www AXFR 192.0.2.10 ; expect\n' },
  good: { zone: 'www A 192.0.2.10\n' },
  load: true,
  say: (args) => sayProblem({ code: 'meta-type-in-zone', args }),
};
