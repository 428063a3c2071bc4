import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** A TTL above 2^31-1. */
export const rule: Rule = {
  id: 'syntax-ttl-too-large',
  group: 'syntax',
  level: 'warning',
  cites: ['RFC 2181 §8'],
  what: 'A TTL is above 2147483647.',
  why: 'It counts as 0: name servers load the record but nobody caches it.',
  help: 'Write a TTL of a week or less.',
  bad: { zone: 'www 4294967295 A 192.0.2.10 ; expect\n' },
  good: { zone: 'www 604800 A 192.0.2.10\n' },
  say: (args) => sayProblem({ code: 'ttl-too-large', args }),
};
