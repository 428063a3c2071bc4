import { readSignature } from '../../../dnssec/signatures.ts';
import { typeToText } from '../../../rr/types.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';

/** A signature that another zone would have made (RFC 4034 §3.1.7). */
export const rule: Rule = {
  id: 'dnssec-rrsig-signer',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4034 §3.1.7', 'RFC 4035 §5.3.1'],
  what: 'The signer of a signature is not the zone.',
  why: 'Resolvers refuse the signature, because only the zone itself can sign its records.',
  help: 'Sign the zone again under its own name.',
  bad: signedExample({
    'mx RRSIG A': 'mx RRSIG A 15 3 3600 20261215000000 20261115000000 60795 example.org. AAAA ; expect',
  }),
  good: signedExample(),
  say: ({ type, name, signer, zone }) =>
    `the signature over the ${type} records of ${name} is by ${signer}; expected ${zone}, the name of the zone`,
  check(facts, report) {
    const zone = bareName(facts.zone.origin);
    for (const record of signaturesOf(facts).signer) {
      const signer = facts.nameField(record, 'signerName');
      if (signer === undefined) continue;
      const type = typeToText(readSignature(facts.rdata(record)).typeCovered);
      const args = { name: bare(facts.ownerText(record)), type, signer: bareName(signer), zone };
      report.record(record, 'signerName', { args });
    }
  },
};
