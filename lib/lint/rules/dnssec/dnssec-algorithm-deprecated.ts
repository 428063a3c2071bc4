import { algorithmOf, algorithmText } from '../../../dnssec/algorithms.ts';
import { readDs } from '../../../dnssec/digests.ts';
import { TYPE } from '../../../rr/types.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signingOf } from './signing.ts';

/** A key of an algorithm that was given up (RFC 8624 §3.1, RFC 9905, RFC 9906). */
export const rule: Rule = {
  id: 'dnssec-algorithm-deprecated',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 8624 §3.1', 'RFC 6725 §2.2', 'RFC 9905 §2', 'RFC 9906 §2'],
  what: 'A key has an algorithm that zones must not be signed with any more; one that validators must not use is an error.',
  why: 'Resolvers without the algorithm take the zone for unsigned, and records like TLSA lose their effect.',
  help: 'Roll over to algorithm 13 (ECDSAP256SHA256).',
  bad: { zone: '@ DNSKEY 257 3 5 AwEAAcHZ8p6nUJc2ZK3h1DqEwqgoMfdmzlMGm0Ww2wq9lqeqmJ0Kpw== ; expect\n' },
  good: signedExample(),
  say: ({ subject, algorithm, status }) =>
    status === 'forbidden'
      ? `${subject} has algorithm ${algorithm}, which validators must not use; expected 13, 15 or 8`
      : `${subject} has algorithm ${algorithm}, which zones must not be signed with any more; expected 13, 15 or 8`,
  check(facts, report) {
    const zone = bareName(facts.zone.origin);
    for (const { record, key } of signingOf(facts).keys) {
      const status = algorithmOf(key.algorithm)?.status;
      if (status === undefined) continue;
      const args = { subject: `a key of ${zone}`, algorithm: algorithmText(key.algorithm), status };
      report.record(record, 'algorithm', { args, severity: status === 'forbidden' ? 'error' : 'warning' });
    }
    for (const record of facts.records(TYPE.DS)) {
      const algorithm = readDs(facts.rdata(record))?.algorithm ?? 0;
      if (algorithmOf(algorithm)?.status !== 'forbidden') continue;
      const subject = `the key that the DS of ${bareName(facts.zone.ownerOf(record))} names`;
      report.record(record, 'algorithm', {
        args: { subject, algorithm: algorithmText(algorithm), status: 'forbidden' },
      });
    }
  },
};
