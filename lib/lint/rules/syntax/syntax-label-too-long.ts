import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** A label of more than 63 octets. */
export const rule: Rule = {
  id: 'syntax-label-too-long',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §2.3.4'],
  what: 'A label of a name has more than 63 octets.',
  why: 'Such a name cannot be put into a DNS message; name servers refuse the zone.',
  help: 'Shorten the label, or divide it with a dot.',
  bad: { zone: `${'a'.repeat(64)} A 192.0.2.10 ; expect\n` },
  good: { zone: `${'a'.repeat(63)} A 192.0.2.10\n` },
  load: true,
  say: (args) => sayProblem({ code: 'label-too-long', args }),
};
