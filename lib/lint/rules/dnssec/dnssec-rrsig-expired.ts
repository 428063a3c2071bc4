import { readSignature } from '../../../dnssec/signatures.ts';
import { typeToText } from '../../../rr/types.ts';
import { bare, date } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';
import { among } from './times.ts';

/** Signatures whose time is over (RFC 4034 §3.1.5). */
export const rule: Rule = {
  id: 'dnssec-rrsig-expired',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4034 §3.1.5', 'RFC 4035 §5.3.1'],
  what: 'Signatures of the zone have expired.',
  why: 'Validating resolvers refuse the records: for their users the names do not exist any more. Knot DNS does not load the zone.',
  help: 'Sign the zone again, and see why nothing signs it in time.',
  bad: signedExample({
    'mx RRSIG A': 'mx RRSIG A 15 3 3600 20261101000000 20261001000000 60795 example.net. AAAA ; expect',
  }),
  good: signedExample(),
  load: true,
  say: ({ type, name, when, among: all }) =>
    `the signature over the ${type} records of ${name} expired on ${when}${all}`,
  check(facts, report) {
    const { expired, counted } = signaturesOf(facts);
    if (expired.count === 0) return;
    const { record, seconds } = expired;
    const type = typeToText(readSignature(facts.rdata(record)).typeCovered);
    const when = date(facts.now - seconds * 1000);
    report.record(record, 'expiration', {
      args: { type, name: bare(facts.ownerText(record)), when, among: among(expired.count, counted, 'have expired') },
    });
  },
};
