import { TYPE } from '../../../rr/types.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signingOf } from './signing.ts';

/** A signed zone without the keys that its signatures are made with (RFC 4035 §2.1). */
export const rule: Rule = {
  id: 'dnssec-dnskey-missing',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4035 §2.1'],
  what: 'The zone is signed, but has no DNSKEY at its name.',
  why: 'Nobody can check the signatures: with a DS in the parent the whole zone is refused. Knot DNS does not load it.',
  help: 'Put the DNSKEY records into the zone and sign it again.',
  bad: signedExample({ '@ DNSKEY': '', '@ RRSIG DNSKEY': '', '@ RRSIG SOA': '$& ; expect' }),
  good: signedExample(),
  load: true,
  say: ({ zone }) => `the SOA of ${zone} is signed, but the zone has no DNSKEY to check signatures with`,
  check(facts, report) {
    if (!signingOf(facts).signed || facts.signed || facts.mayBeBroken(TYPE.DNSKEY)) return;
    const [record] = facts.rrset(facts.zone.apex, TYPE.RRSIG);
    if (record !== undefined) report.record(record, 'type', { args: { zone: bareName(facts.zone.origin) } });
  },
};
