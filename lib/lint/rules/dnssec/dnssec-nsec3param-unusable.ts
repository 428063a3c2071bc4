import { OPT_OUT, SHA1 } from '../../../dnssec/nsec3.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { hashedExample } from './examples.ts';
import { parametersOf } from './nsec3-look.ts';
import { signingOf } from './signing.ts';

/** NSEC3PARAM with a hash or flags that servers do not know (RFC 5155 §4.1). */
export const rule: Rule = {
  id: 'dnssec-nsec3param-unusable',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 5155 §4.1.1', 'RFC 5155 §4.1.2', 'RFC 5155 §11'],
  what: 'The NSEC3PARAM of the zone has a hash algorithm other than 1 (SHA-1), or unknown flags in a signed zone.',
  why: 'No server can hash names like that. BIND refuses an unknown hash, Knot DNS unknown flags.',
  help: 'Sign the zone again with hash algorithm 1 and flags 0.',
  bad: { zone: '@ NSEC3PARAM 2 0 0 - ; expect\n' },
  good: hashedExample(),
  load: true,
  say: ({ zone, algorithm, flags }) =>
    flags === undefined
      ? `${zone} announces NSEC3 with hash algorithm ${algorithm}; expected 1 (SHA-1), the only one there is`
      : `${zone} announces NSEC3 with the flags ${flags}; expected 0`,
  check(facts, report) {
    const zone = bareName(facts.zone.origin);
    const parameters = parametersOf(facts);
    const [first] = parameters;
    if (first === undefined) return;
    if (parameters.every(({ algorithm }) => algorithm !== SHA1)) {
      report.record(first.record, 'hashAlgorithm', { args: { zone, algorithm: first.algorithm } });
    } else if (signingOf(facts).signed && (first.flags & ~OPT_OUT) !== 0) {
      report.record(first.record, 'flags', { args: { zone, algorithm: first.algorithm, flags: first.flags } });
    }
  },
};
