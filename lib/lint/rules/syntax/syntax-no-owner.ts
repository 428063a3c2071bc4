import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';

/** A first record without owner. */
export const rule: Rule = {
  id: 'syntax-no-owner',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §5.1'],
  what: 'A line begins with a blank, but there is no record before it whose owner it could take over.',
  why: 'BIND and Knot DNS refuse the zone.',
  help: 'Write the owner, @ for the zone name itself.',
  bad: {
    whole: true,
    zone: '$TTL 3600\n  SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600 ; expect\n@ NS ns.example.com.\n@ NS ns.example.org.\n',
  },
  good: {
    whole: true,
    zone: '$TTL 3600\n@ SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600\n  NS ns.example.com.\n  NS ns.example.org.\n',
  },
  load: true,
  say: (args) => sayProblem({ code: 'no-owner', args }),
};
