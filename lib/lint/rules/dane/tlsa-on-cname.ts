import { TYPE } from '../../../rr/types.ts';
import { isHidden } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { tlsaHost, tlsaName, tlsaOf } from './shared.ts';

/** The TLSA records of an alias are not those of the host it leads to (RFC 7671 §7). */
export const rule: Rule = {
  id: 'tlsa-on-cname',
  group: 'dane',
  level: 'warning',
  cites: ['RFC 7671 §7', 'RFC 7672 §2.2.2'],
  what: 'An alias has other TLSA records than the host it leads to.',
  why: 'Clients use those of the host; the others are only for when it has none, and tell the reader something that does not hold.',
  help: 'Publish the TLSA records at the host, and a CNAME to them at the alias if at all.',
  bad: {
    zone: `www CNAME web
web A 192.0.2.80
_443._tcp.www TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9 ; expect
_443._tcp.web TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
`,
  },
  good: {
    zone: `www CNAME web
web A 192.0.2.80
_443._tcp.www TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
_443._tcp.web TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
`,
  },
  say: ({ owner, host, target }) =>
    `${host} is an alias of ${target}, and TLSA at ${owner} is not the same as that of ${target}; expected the same records`,
  needs: [TYPE.CNAME],
  check(facts, report) {
    for (const { owner, records } of facts.rrsets(TYPE.TLSA)) {
      if (!facts.hasType(tlsaHost(facts, owner), TYPE.CNAME)) continue;
      const name = tlsaName(facts.zone.names.wire(owner));
      if (name === undefined || isHidden(facts, owner)) continue;
      const outcome = facts.lookup(name.host, TYPE.A);
      if (outcome.kind !== 'alias') continue;
      const there = tlsaOf(facts, outcome.target, name.port, name.transport);
      if (typeof there !== 'object' || sameData(facts, records, there.facts, there.records)) continue;
      report.record(records[0] ?? 0, 'owner', {
        args: { owner: bare(facts.nameText(owner)), host: bareName(name.host), target: bareName(outcome.target) },
        related: [
          { record: outcome.record, message: 'the alias' },
          { place: there.facts.place(there.records[0] ?? 0, 'entry'), message: 'the records that clients use' },
        ],
      });
    }
  },
};

function sameData(facts: Facts, records: readonly number[], other: Facts, others: readonly number[]): boolean {
  const texts = (from: Facts, list: readonly number[]): string =>
    [...new Set(list.map((record) => from.rdataText(record)))].sort().join('\n');
  return texts(facts, records) === texts(other, others);
}
