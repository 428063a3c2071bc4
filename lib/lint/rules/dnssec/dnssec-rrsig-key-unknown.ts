import { algorithmText } from '../../../dnssec/algorithms.ts';
import { readSignature } from '../../../dnssec/signatures.ts';
import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';
import { isEntryPoint, signingOf } from './signing.ts';

/** Signatures that no key of the zone can have made (RFC 4035 §5.3.1). */
export const rule: Rule = {
  id: 'dnssec-rrsig-key-unknown',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4035 §2.2', 'RFC 4035 §5.3.1'],
  what: 'No signature over an RRset is by a key of the zone, or none over the keys by a key with the SEP flag.',
  why: 'Resolvers cannot check the signatures and refuse the records. Knot DNS does not load the zone.',
  help: 'Sign the zone with the keys that it publishes, or publish those that it is signed with.',
  bad: signedExample({
    'mx RRSIG A': 'mx RRSIG A 15 3 3600 20261215000000 20261115000000 1 example.net. AAAA ; expect',
  }),
  good: signedExample(),
  load: true,
  say: ({ name, type, tag, algorithm, known }) =>
    known === 'yes'
      ? `the DNSKEY records of ${name} are signed by key ${tag}, but by no key with the SEP flag, which the DS records of the parent name`
      : `the ${type} records of ${name} are signed by key ${tag} of algorithm ${algorithm}, but the zone has no such DNSKEY`,
  check(facts, report) {
    const { keys, keyOf } = signingOf(facts);
    if (keys.length === 0 || facts.mayBeBroken(TYPE.DNSKEY)) return;
    for (const record of signaturesOf(facts).unknownKey) {
      const { keyTag, algorithm, typeCovered } = readSignature(facts.rdata(record));
      const known = keyOf(keyTag, algorithm) !== undefined;
      // A zone without any such key is reported for that.
      if (known && !keys.some(isEntryPoint)) continue;
      const args = { name: bare(facts.ownerText(record)), type: typeToText(typeCovered), tag: keyTag };
      report.record(record, 'keyTag', {
        args: { ...args, algorithm: algorithmText(algorithm), known: known ? 'yes' : '' },
      });
    }
  },
};
