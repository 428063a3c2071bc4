import { namesKey, readDs } from '../../../dnssec/digests.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

const KEY = 'mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==';

/** Pairs of a DS and a key that are compared at most: no delegation needs as many. */
const MOST_PAIRS = 10_000;

/** A delegation that vouches for keys that the child zone does not have (RFC 4035 §5.2). */
export const rule: Rule = {
  id: 'dnssec-ds-no-matching-dnskey',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4035 §2.4', 'RFC 4035 §5.2'],
  what: 'No DS record of a delegation matches a DNSKEY of the child zone, which was given too.',
  why: 'Validating resolvers refuse everything in the child zone.',
  help: 'Put the DS of the current key of the child zone into this zone.',
  bad: {
    zone: `sub NS ns.example.com.\nsub DS 12345 13 2 ${'0123456789abcdef'.repeat(4)} ; expect\n`,
    others: [{ origin: 'sub.example.net', zone: `@ DNSKEY 257 3 13 ${KEY}` }],
  },
  good: {
    zone: 'sub NS ns.example.com.\nsub DS 2371 13 2 df9dd27d129717209dc22a32f68afe75ecc1bd864403f5bca0b72f097de3bfef\n',
    others: [{ origin: 'sub.example.net', zone: `@ DNSKEY 257 3 13 ${KEY}` }],
  },
  say: ({ name, tag, algorithm }) =>
    `the DS of ${name} (key tag ${tag}, algorithm ${algorithm}) matches no DNSKEY of the zone ${name}`,
  needs: [TYPE.DS],
  check(facts, report) {
    for (const { owner, records } of facts.rrsets(TYPE.DS)) {
      if (owner === facts.zone.apex) continue;
      const wire = facts.zone.names.wire(owner);
      const child = facts.zoneAt(wire);
      const keys = child?.rrset(child.zone.apex, TYPE.DNSKEY) ?? [];
      const [record] = records;
      // A child without keys is one that its server signs.
      if (child === undefined || record === undefined || keys.length === 0 || child.mayBeBroken(TYPE.DNSKEY)) continue;
      if (records.length * keys.length > MOST_PAIRS) continue;
      const matches = records.some((one) => {
        const ds = readDs(facts.rdata(one));
        return ds !== undefined && keys.some((key) => namesKey(ds, wire, child.rdata(key)));
      });
      const ds = readDs(facts.rdata(record));
      if (matches || ds === undefined) continue;
      const related = keys
        .slice(0, 3)
        .map((key) => ({ place: child.place(key, 'entry'), message: 'a key of the child' }));
      const args = { name: bare(facts.nameText(owner)), tag: ds.keyTag, algorithm: ds.algorithm };
      report.record(record, 'rdata', { args, related });
    }
  },
};
