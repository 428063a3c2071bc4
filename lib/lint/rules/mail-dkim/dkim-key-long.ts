import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { inStrings, RSA_2048, rsaOf } from './example-keys.ts';
import { dkimKeys } from './records.ts';

/** Bits of the longest RSA key that every verifier can use. */
const MOST = 4096;

/** An RSA key longer than verifiers must be able to use (RFC 8301 §3.2). */
export const rule: Rule = {
  id: 'dkim-key-long',
  group: 'mail-dkim',
  level: 'warning',
  cites: ['RFC 8301 §3.2', 'RFC 6376 §3.3.3'],
  what: 'A DKIM key is RSA with more than 4096 bits.',
  why: 'Verifiers need not be able to use longer keys, and the answer may be too large for UDP.',
  help: 'Use a key of 2048 to 4096 bits, or Ed25519 beside it.',
  bad: { zone: `s1._domainkey TXT ${inStrings(`v=DKIM1; p=${rsaOf(8192)}`)} ; expect\n` },
  good: { zone: `s1._domainkey TXT ${inStrings(`v=DKIM1; p=${RSA_2048}`)}\n` },
  say: ({ name, bits, most }) => `DKIM key of ${name} is RSA with ${bits} bits; expected ${most} at the most`,
  check(facts, report) {
    for (const { record, owner, dkim } of dkimKeys(facts)) {
      const { key, publicKey } = dkim;
      if (key === undefined || publicKey?.kind !== 'rsa' || publicKey.bits <= MOST) continue;
      report.text(record, key.nameStart, key.nameEnd + 1, {
        args: { name: bare(facts.nameText(owner)), bits: publicKey.bits, most: MOST },
      });
    }
  },
};
