import { algorithmText } from '../../../dnssec/algorithms.ts';
import type { KeyFault, PublicKey } from '../../../dnssec/keys.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signingOf } from './signing.ts';

/** A DNSKEY that no validator can use (RFC 4034 §2.1). */
export const rule: Rule = {
  id: 'dnssec-dnskey-unusable',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4034 §2.1.1', 'RFC 4034 §2.1.2', 'RFC 6605 §4', 'RFC 8080 §3'],
  what: 'A DNSKEY of a signed zone is not a zone key, has another protocol than 3, or a key of the wrong length.',
  why: 'Nothing can be signed with it that anybody accepts. Knot DNS does not load the zone.',
  help: 'Remove the record, or write it as the signer made it.',
  bad: signedExample({}, '@ DNSKEY 256 3 13 AQIDBA== ; expect\n'),
  good: signedExample(),
  load: true,
  say: ({ tag, why }) => `the key ${tag} ${why}`,
  check(facts, report) {
    const { signed, keys } = signingOf(facts);
    if (!signed) return;
    for (const { record, key, tag, fault } of keys) {
      if (fault === undefined) continue;
      report.record(record, partOf(fault), { args: { tag, why: reason(fault, key) } });
    }
  },
};

function partOf({ kind }: KeyFault): string {
  if (kind === 'no-zone-key') return 'flags';
  return kind === 'protocol' ? 'protocol' : 'publicKey';
}

function reason(fault: KeyFault, { flags, protocol, algorithm, key }: PublicKey): string {
  switch (fault.kind) {
    case 'no-zone-key':
      return `has the flags ${flags}, which is no zone key; expected 256 or 257`;
    case 'protocol':
      return `has the protocol ${protocol}; expected 3`;
    case 'no-key':
      return `of algorithm ${algorithmText(algorithm)} has no exponent or no modulus`;
    case 'length':
      return `of algorithm ${algorithmText(algorithm)} has ${key.length} octets; expected ${fault.octets}`;
  }
}
