import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** A TTL that is no time. */
export const rule: Rule = {
  id: 'syntax-ttl-invalid',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 2181 §8', 'RFC 2308 §4'],
  what: 'A TTL is not a number of seconds, has a wrong unit, or is beyond 32 bits.',
  why: 'Name servers refuse the zone.',
  help: 'Write seconds, or numbers with the units w, d, h, m and s, such as 1h30m.',
  bad: { zone: 'www 1x A 192.0.2.10 ; expect\n' },
  good: { zone: 'www 1h A 192.0.2.10\n' },
  load: true,
  say: (args) => sayProblem({ code: 'ttl-invalid', args }),
};
