import { readSignature, signedLabels } from '../../../dnssec/signatures.ts';
import { typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';

/** A signature for a name with another number of labels (RFC 4034 §3.1.3). */
export const rule: Rule = {
  id: 'dnssec-rrsig-labels',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4034 §3.1.3', 'RFC 4035 §5.3.1'],
  what: 'The labels field of a signature is not the number of labels of its owner.',
  why: 'With more labels resolvers refuse the signature; with fewer they take the records for those of a wildcard.',
  help: 'Sign the zone again.',
  bad: signedExample({
    'mx RRSIG A': 'mx RRSIG A 15 9 3600 20261215000000 20261115000000 60795 example.net. AAAA ; expect',
  }),
  good: signedExample(),
  say: ({ type, name, labels, expected }) =>
    `the signature over the ${type} records of ${name} is for a name of ${labels} labels; expected ${expected}`,
  check(facts, report) {
    for (const record of signaturesOf(facts).labels) {
      const { labels, typeCovered } = readSignature(facts.rdata(record));
      const expected = signedLabels(facts.zone.ownerOf(record));
      const args = { name: bare(facts.ownerText(record)), type: typeToText(typeCovered), labels, expected };
      report.record(record, 'labels', { args });
    }
  },
};
