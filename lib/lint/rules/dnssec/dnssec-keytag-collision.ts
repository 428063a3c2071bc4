import { algorithmText } from '../../../dnssec/algorithms.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signingOf } from './signing.ts';

/** Two keys that signatures cannot tell apart (RFC 4034 Appendix B). */
export const rule: Rule = {
  id: 'dnssec-keytag-collision',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 4034 §B', 'RFC 4035 §5.3.1'],
  what: 'Two keys of the zone have the same key tag and algorithm.',
  why: 'Validators must try both for each signature, and some limit how often they do. Signers and tools mistake one for the other.',
  help: 'Replace one of the keys.',
  bad: {
    zone: '@ DNSKEY 257 3 15 AAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n@ DNSKEY 257 3 15 AAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= ; expect\n',
  },
  good: signedExample(),
  say: ({ tag, algorithm }) =>
    `another key of algorithm ${algorithm} has the key tag ${tag} too; expected tags that differ`,
  check(facts, report) {
    const known = new Map<string, number>();
    for (const { record, key, tag } of signingOf(facts).keys) {
      const name = `${tag} ${key.algorithm}`;
      const before = known.get(name);
      if (before === undefined) {
        known.set(name, record);
        continue;
      }
      if (Buffer.compare(facts.rdata(before), facts.rdata(record)) === 0) continue;
      const related = [{ record: before, message: 'the other key' }];
      report.record(record, 'rdata', { args: { tag, algorithm: algorithmText(key.algorithm) }, related });
    }
  },
};
