import { TYPE } from '../../../rr/types.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';

/** Keys in a file without any signature: what a signer works from. */
export const rule: Rule = {
  id: 'dnssec-keys-unsigned',
  group: 'dnssec',
  level: 'info',
  cites: ['RFC 4035 §2.1'],
  what: 'The zone has a DNSKEY, but nothing in it is signed.',
  why: 'The file is right when a server or a tool signs it later. Served as it is, the zone is refused by validating resolvers.',
  help: 'Sign the zone before it is served.',
  // Files that a server signs often hold the keys.
  byDefault: false,
  bad: { zone: '@ DNSKEY 257 3 15 iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w= ; expect\n' },
  good: signedExample(),
  say: ({ zone }) => `${zone} has a DNSKEY, but no signature; the file must be signed before it is served`,
  check(facts, report) {
    const [record] = facts.rrset(facts.zone.apex, TYPE.DNSKEY);
    if (record === undefined || facts.records(TYPE.RRSIG).length > 0 || facts.mayBeBroken(TYPE.RRSIG)) return;
    report.record(record, 'type', { args: { zone: bareName(facts.zone.origin) } });
  },
};
