import { dkimTag } from '../../../mail/dkim.ts';
import { ED25519_OCTETS } from '../../../mail/dkim-key.ts';
import { nearest } from '../../../text/nearest.ts';
import { textFix } from '../../common-fixes.ts';
import { bare, counted } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { shownText } from '../mail-dmarc/tag-problems.ts';
import { ED25519, ED25519_WRAPPED } from './example-keys.ts';
import { type DkimText, dkimKeys } from './records.ts';

const KEY_TYPES: readonly string[] = ['rsa', 'ed25519'];

/** The type of a DKIM key is unknown, or the key is not of that type (RFC 6376 §3.6.1, RFC 8463). */
export const rule: Rule = {
  id: 'dkim-key-type',
  group: 'mail-dkim',
  level: 'error',
  cites: ['RFC 6376 §3.6.1', 'RFC 8463 §4.2'],
  what: 'The tag k of a DKIM key record names an unknown type, or the key is of another type than it says.',
  why: 'Verifiers cannot use the key, and every signature made with it fails.',
  help: 'Write k=rsa with a SubjectPublicKeyInfo, or k=ed25519 with the 32 octets of the key alone.',
  bad: { zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519_WRAPPED}" ; expect\n` },
  good: { zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}"\n` },
  fix: 'unsafe',
  say: ({ name, found, expected }) => `DKIM key of ${name} ${found}; expected ${expected}`,
  check(facts, report) {
    for (const one of dkimKeys(facts)) {
      const fault = faultOf(facts, one);
      if (fault === undefined) continue;
      const { from, to, found, expected, fixes } = fault;
      report.text(one.record, from, to, {
        args: { name: bare(facts.nameText(one.owner)), found, expected },
        fixes,
      });
    }
  },
};

interface TypeFault {
  readonly from: number;
  readonly to: number;
  readonly found: string;
  readonly expected: string;
  readonly fixes: readonly ProposedFix[];
}

function faultOf(facts: Facts, { record, dkim }: DkimText): TypeFault | undefined {
  const { key, publicKey, keyType } = dkim;
  const type = dkimTag(dkim, 'k');
  if (key === undefined || publicKey === undefined) return undefined;
  const range = { from: key.valueStart, to: key.valueEnd };
  switch (publicKey.kind) {
    case 'unknown-type': {
      const at = type ?? key;
      const typeRange = { from: at.valueStart, to: at.valueEnd };
      const guess = nearest(keyType, KEY_TYPES);
      return {
        from: at.nameStart,
        to: at.valueEnd,
        found: `has the unknown type "${shownText(keyType)}"`,
        expected: guess ?? 'rsa or ed25519',
        fixes:
          guess === undefined
            ? []
            : textFix(facts, record, typeRange, guess, { title: `write k=${guess}`, safe: false }),
      };
    }
    case 'other-type':
      return {
        ...range,
        found: `is one of ${publicKey.found} though its type is ${keyType}${type === undefined ? ' without a tag k' : ''}`,
        expected: KEY_TYPES.includes(publicKey.found) ? `k=${publicKey.found}` : `an ${keyType} key`,
        fixes: typeFixes(facts, record, dkim, publicKey.found),
      };
    case 'wrong-length': {
      const { octets, raw } = publicKey;
      return {
        ...range,
        found: raw === undefined ? `is ${counted(octets, 'octet')} long` : 'is a SubjectPublicKeyInfo',
        expected: `the ${ED25519_OCTETS} octets of an Ed25519 key alone${raw === undefined ? '' : `, ${raw}`}`,
        fixes:
          raw === undefined ? [] : textFix(facts, record, range, raw, { title: 'write the key alone', safe: false }),
      };
    }
    default:
      return undefined;
  }
}

/** Names the type that the key has, where that makes the record right. */
function typeFixes(facts: Facts, record: number, dkim: DkimText['dkim'], found: string): readonly ProposedFix[] {
  const type = dkimTag(dkim, 'k');
  const { key } = dkim;
  if (!KEY_TYPES.includes(found) || key === undefined) return [];
  const fix = { title: `write k=${found}`, safe: false };
  if (type !== undefined) return textFix(facts, record, { from: type.valueStart, to: type.valueEnd }, found, fix);
  return textFix(facts, record, { from: key.nameStart, to: key.nameStart }, `k=${found}; `, fix);
}
