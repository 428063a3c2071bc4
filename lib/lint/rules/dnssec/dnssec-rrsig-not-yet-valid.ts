import { readSignature } from '../../../dnssec/signatures.ts';
import { typeToText } from '../../../rr/types.ts';
import { bare, date } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';
import { among } from './times.ts';

/** Signatures whose time has not come (RFC 4034 §3.1.5). */
export const rule: Rule = {
  id: 'dnssec-rrsig-not-yet-valid',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4034 §3.1.5', 'RFC 4035 §5.3.1'],
  what: 'Signatures of the zone are valid from a time in the future only.',
  why: 'Validating resolvers refuse the records until then. Knot DNS does not load the zone.',
  help: 'Set the clock of the machine that signs, and sign the zone again.',
  bad: signedExample({
    'mx RRSIG A': 'mx RRSIG A 15 3 3600 20270201000000 20270101000000 60795 example.net. AAAA ; expect',
  }),
  good: signedExample(),
  load: true,
  say: ({ type, name, when, among: all }) =>
    `the signature over the ${type} records of ${name} is valid from ${when} on only${all}`,
  check(facts, report) {
    const { future, counted } = signaturesOf(facts);
    if (future.count === 0) return;
    const { record, seconds } = future;
    const type = typeToText(readSignature(facts.rdata(record)).typeCovered);
    const when = date(facts.now + seconds * 1000);
    report.record(record, 'inception', {
      args: {
        type,
        name: bare(facts.ownerText(record)),
        when,
        among: among(future.count, counted, 'are not valid yet'),
      },
    });
  },
};
