import { isWithin } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { findBelowHost } from '../../common-below.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Facts, MailTarget } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { type Found, tlsaOf } from './shared.ts';

const SMTP = 25;

/** Some MX hosts of a domain have TLSA records and others have none (RFC 7672 §2.2). */
export const rule: Rule = {
  id: 'tlsa-missing-for-mx',
  group: 'dane',
  level: 'warning',
  cites: ['RFC 7672 §2.2', 'RFC 7672 §8.1'],
  what: 'An MX host of a domain has no TLSA records while another one has.',
  why: 'Who keeps senders from the protected hosts makes them go to this one, where nothing proves the server.',
  help: 'Publish TLSA records at _25._tcp below every MX host.',
  bad: {
    zone: `@ MX 10 mx1
@ MX 20 mx2 ; expect
_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
_25._tcp.mx2 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  say: ({ domain, host, covered }) =>
    `MX of ${domain} names ${host}, which has no TLSA records, while ${covered} has; expected TLSA at _25._tcp.${host}`,
  check(facts, report) {
    const known = new Map<string, Found>();
    const told = new Set<string>();
    for (const { owner, mx } of facts.mailDomains) {
      const hosts = hostsOf(mx);
      if (hosts.length < 2 || !mayHaveTlsa(facts, hosts) || hosts.every((target) => hasOwn(facts, target))) continue;
      const found = hosts.map((target) => remembered(facts, target, known));
      const covered = hosts.find((_, at) => typeof found[at] === 'object');
      if (covered === undefined) continue;
      hosts.forEach(({ host, record }, at) => {
        if (found[at] !== 'none' || told.has(host)) return;
        told.add(host);
        const there = known.get(covered.host);
        report.record(record, 'exchange', {
          args: { domain: bare(facts.nameText(owner)), host, covered: covered.host },
          related:
            typeof there === 'object'
              ? [{ place: there.facts.place(there.records[0] ?? 0, 'entry'), message: `TLSA of ${covered.host}` }]
              : [],
        });
      });
    }
  },
};

/** Whether it is worth looking: the zone has TLSA records, or a host may be in another zone. */
function mayHaveTlsa(facts: Facts, hosts: readonly MailTarget[]): boolean {
  return (
    facts.records(TYPE.TLSA).length > 0 ||
    facts.records(TYPE.CNAME).length > 0 ||
    hosts.some(({ wire }) => !isWithin(wire, facts.zone.origin))
  );
}

/** Whether the zone itself plainly has TLSA records for a host. */
function hasOwn(facts: Facts, target: MailTarget): boolean {
  return facts.hasType(findBelowHost(facts, target, `_${SMTP}`, '_tcp'), TYPE.TLSA);
}

function remembered(facts: Facts, { host, wire }: MailTarget, known: Map<string, Found>): Found {
  const before = known.get(host);
  if (before !== undefined) return before;
  const found = tlsaOf(facts, wire, SMTP);
  known.set(host, found);
  return found;
}
