import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** A name of more than 255 octets. */
export const rule: Rule = {
  id: 'syntax-name-too-long',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §2.3.4'],
  what: 'A name has more than 255 octets in a DNS message.',
  why: 'Such a name cannot be asked for; name servers refuse the zone.',
  help: 'Shorten the name; mind that the origin is added to a name without final dot.',
  bad: { zone: `${'abcdefghi.'.repeat(25)}a A 192.0.2.10 ; expect\n` },
  good: { zone: `${'abcdefghi.'.repeat(20)}a A 192.0.2.10\n` },
  load: true,
  say: (args) => sayProblem({ code: 'name-too-long', args }),
};
