import { algorithmOf, algorithmText } from '../../../dnssec/algorithms.ts';
import { readRsaKey } from '../../../dnssec/keys.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signingOf } from './signing.ts';

/** Shorter moduli are within reach of those who want to forge. */
const BREAKABLE = 1024;
const LONGEST = 4096;

/** An RSA key that is too short, or written in a way that software does not expect (RFC 3110 §2). */
export const rule: Rule = {
  id: 'dnssec-key-weak',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 3110 §2', 'RFC 5702 §2.1', 'RFC 8624 §3.1'],
  what: 'An RSA key is shorter than 1024 bits or longer than 4096, has a tiny exponent or leading zeros; below 2048 bits is an info.',
  why: 'Short keys can be broken, and validators refuse the shortest and the strangest ones.',
  help: 'Use algorithm 13 (ECDSAP256SHA256), or an RSA key of 2048 bits with the exponent 65537.',
  bad: { zone: '@ DNSKEY 257 3 8 AwEAAcHZ8p6nUJc2ZK3h1DqEwqgoMfdmzlMGm0Ww2wq9lqeqmJ0Kpw== ; expect\n' },
  good: signedExample(),
  options: { bits: { what: 'bits that an RSA key should have', default: 2048, least: 512, most: 4096 } },
  say: ({ algorithm, tag, why }) => `the key ${tag} of algorithm ${algorithm} ${why}`,
  check(facts, report, settings) {
    const wanted = settings.number('bits');
    for (const { record, key, tag, fault } of signingOf(facts).keys) {
      const rsa = algorithmOf(key.algorithm)?.key === 'rsa' && fault === undefined ? readRsaKey(key.key) : undefined;
      if (rsa === undefined) continue;
      const { bits, exponent, modulus } = rsa;
      const args = { algorithm: algorithmText(key.algorithm), tag };
      const say = (why: string, severity: 'warning' | 'info' = 'warning'): void =>
        report.record(record, 'publicKey', { args: { ...args, why }, severity });
      if (bits < Math.min(BREAKABLE, wanted)) say(`has ${bits} bits; expected at least ${wanted}`);
      else if (bits < wanted) say(`has ${bits} bits; expected at least ${wanted}`, 'info');
      if (bits > LONGEST) say(`has ${bits} bits; expected at most ${LONGEST}`);
      if (exponent[0] === 0 || modulus[0] === 0) say('has leading zeros in its exponent or modulus; expected none');
      else if (exponent.length === 1 && (exponent[0] ?? 0) <= 3) say(`has the exponent ${exponent[0]}; expected 65537`);
    }
  },
};
