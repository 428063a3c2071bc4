import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { inStrings, RSA_1024, RSA_2048 } from './example-keys.ts';
import { dkimKeys } from './records.ts';

/** Verifiers take no signature of a shorter RSA key (RFC 8301 §3.2). */
const REFUSED_BELOW = 1024;

/** An RSA key that is too short (RFC 8301 §3.2). */
export const rule: Rule = {
  id: 'dkim-key-short',
  group: 'mail-dkim',
  level: 'warning',
  cites: ['RFC 8301 §3.2'],
  what: 'A DKIM key is RSA with fewer than 2048 bits.',
  why: 'Verifiers refuse keys of fewer than 1024 bits; keys of 1024 are within reach of those who can pay for computers.',
  help: 'Make a key of 2048 bits, publish it at a new selector and sign with that.',
  bad: { zone: `s1._domainkey TXT "v=DKIM1; k=rsa; p=${RSA_1024}" ; expect\n` },
  good: { zone: `s1._domainkey TXT ${inStrings(`v=DKIM1; k=rsa; p=${RSA_2048}`)}\n` },
  options: { least: { what: 'bits an RSA key should have', default: 2048, least: 1024, most: 4096 } },
  say: ({ name, bits, least, refused }) =>
    `DKIM key of ${name} is RSA with ${bits} bits${refused === 'yes' ? ', which verifiers refuse' : ''}; expected ${least} or more`,
  check(facts, report, settings) {
    const least = settings.number('least');
    for (const { record, owner, dkim } of dkimKeys(facts)) {
      const { key, publicKey } = dkim;
      if (key === undefined || publicKey?.kind !== 'rsa' || publicKey.bits >= least) continue;
      const refused = publicKey.bits < REFUSED_BELOW;
      report.text(record, key.nameStart, key.nameEnd + 1, {
        args: { name: bare(facts.nameText(owner)), bits: publicKey.bits, least, refused: refused ? 'yes' : 'no' },
        severity: refused ? 'error' : 'warning',
      });
    }
  },
};
