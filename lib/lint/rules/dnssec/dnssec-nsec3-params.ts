import { SHA1 } from '../../../dnssec/nsec3.ts';
import { hexText } from '../../../rr/octets.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { hashedExample } from './examples.ts';
import { MOST_HASHES, nsec3Of, parametersOf } from './nsec3-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** Names hashed more often than once, or with a salt (RFC 9276 §3.1). */
export const rule: Rule = {
  id: 'dnssec-nsec3-params',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 9276 §3.1'],
  what: 'NSEC3 uses additional iterations, or a salt (an info).',
  why: 'Neither hides names from those who want them. Both cost servers and resolvers time: with many iterations resolvers take the zone for unsigned.',
  help: 'Sign the zone with 0 iterations and without salt.',
  bad: { zone: '@ NSEC3PARAM 1 0 10 AABB ; expect\n' },
  good: hashedExample(),
  say: ({ zone, iterations, salt, hashes }) => {
    const unchecked =
      hashes === undefined ? '' : `; its NSEC3 records were not checked, as that takes ${hashes} hashes`;
    if (iterations === 0) return `${zone} hashes names with the salt ${salt}; expected none`;
    return `${zone} hashes names with ${iterations} additional iterations; expected 0${unchecked}`;
  },
  check(facts, report) {
    const zone = bareName(facts.zone.origin);
    for (const { record, algorithm, iterations, salt } of parametersOf(facts)) {
      if (algorithm !== SHA1 || (iterations === 0 && salt.length === 0)) continue;
      const args = { zone, iterations, salt: hexText(salt) };
      const hashes = isWholeAndSigned(facts) ? Math.max(0, ...nsec3Of(facts).map((look) => look.hashes)) : 0;
      if (iterations === 0) report.record(record, 'salt', { args, severity: 'info' });
      else report.record(record, 'iterations', { args: hashes > MOST_HASHES ? { ...args, hashes } : args });
    }
  },
};
