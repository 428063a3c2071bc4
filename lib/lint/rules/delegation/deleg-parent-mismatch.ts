import { nameKey } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { BELOW_CUT } from '../../../zone/tree.ts';
import { bare, bareName, listed } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** A delegation that names other servers, or gives them other addresses, than the delegated zone itself. */
export const rule: Rule = {
  id: 'deleg-parent-mismatch',
  group: 'delegation',
  level: 'warning',
  cites: ['RFC 1034 §4.2.2', 'RFC 1912 §2.3'],
  what: 'The NS records or glue of a delegation differ from those of the delegated zone, which is given too.',
  why: 'Some resolvers ask servers that do not know the zone, or not all that do: look-ups fail now and then, and nobody sees why.',
  help: 'Make the delegation say what the delegated zone says.',
  bad: {
    zone: 'sub NS ns1 ; expect\nsub NS ns9.example.org.\n',
    others: [{ origin: 'sub.example.net', zone: '' }],
  },
  good: {
    zone: 'sub NS ns1.sub\nsub NS ns2.example.org.\nns1.sub A 192.0.2.1\nns1.sub AAAA 2001:db8::1\n',
    others: [{ origin: 'sub.example.net', zone: '' }],
  },
  say: ({ name, why }) => `the delegation of ${name} differs from the zone ${name}: ${why}`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.NS)) return;
    for (const { owner, records } of facts.rrsets(TYPE.NS)) {
      if (owner === facts.zone.apex || (facts.tree.flags[owner] as number) & BELOW_CUT) continue;
      const child = facts.zoneAt(facts.zone.names.wire(owner));
      const [first] = records;
      if (child === undefined || first === undefined || child.mayBeBroken(TYPE.NS)) continue;
      const own = child.rrset(child.zone.apex, TYPE.NS);
      const why = own.length === 0 ? '' : [...differences(facts, records, child, own)].join('; ');
      if (why === '') continue;
      report.record(first, 'rdata', {
        args: { name: bare(facts.nameText(owner)), why },
        related: own
          .slice(0, 1)
          .map((record) => ({ place: child.place(record, 'rdata'), message: 'the servers the zone itself names' })),
      });
    }
  },
};

function* differences(
  facts: Facts,
  records: readonly number[],
  child: Facts,
  own: readonly number[],
): Generator<string> {
  const here = namesOf(facts, records);
  const there = namesOf(child, own);
  const extra = [...here].filter(([key]) => !there.has(key)).map(([, wire]) => bareName(wire));
  const missing = [...there].filter(([key]) => !here.has(key)).map(([, wire]) => bareName(wire));
  if (extra.length > 0) yield `${listed(extra)} ${extra.length === 1 ? 'is no server' : 'are no servers'} of it`;
  if (missing.length > 0) yield `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`;
  for (const [key, wire] of here) {
    if (!there.has(key)) continue;
    const glue = addresses(facts, wire);
    const real = addresses(child, wire);
    if (glue.length === 0 || real.length === 0 || glue.join() === real.join()) continue;
    yield `${bareName(wire)} has ${listed(real)} there, not ${listed(glue)}`;
  }
}

function namesOf(facts: Facts, records: readonly number[]): Map<string, Uint8Array> {
  return new Map(records.map((record) => [nameKey(facts.rdata(record)), facts.rdata(record)]));
}

function addresses(facts: Facts, host: Uint8Array): readonly string[] {
  const id = facts.find(host);
  return [...facts.rrset(id, TYPE.A), ...facts.rrset(id, TYPE.AAAA)].map((record) => facts.rdataText(record)).sort();
}
