import { isWithin, parentOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { brokenAt } from '../../common-broken.ts';
import { bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { hostFaults } from './host-names.ts';
import { type Soa, soaOf, soaZone } from './soa.ts';

/** A SOA mailbox that no mail can be sent to. */
export const rule: Rule = {
  id: 'core-soa-rname-invalid',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1035 §8', 'RFC 1912 §2.2', 'RFC 2142 §7'],
  what: 'The mailbox of the SOA is not one that mail can be sent to.',
  why: 'It is the address to which others report trouble with the zone. A dot in the part before the @ must be escaped, or it starts the domain.',
  help: 'Write the mailbox as a domain name, with a backslash before each dot of its local part.',
  bad: soaZone('ns.example.com. john.doe.example.net. 2026112101 7200 3600 1209600 3600', 'expect'),
  good: soaZone('ns.example.com. john\\.doe.example.net. 2026112101 7200 3600 1209600 3600'),
  say: ({ found, why }) => `no mail can be sent to the SOA mailbox ${found}: ${why}`,
  check(facts, report) {
    const soa = soaOf(facts);
    if (soa === undefined) return;
    const why = trouble(facts, soa);
    if (why !== undefined) report.record(soa.record, 'rname', { args: { found: bareName(soa.rname), why } });
  },
};

function trouble(facts: Facts, { record, rname }: Soa): string | undefined {
  const domain = parentOf(rname);
  if (domain === undefined) return 'the root is no mailbox';
  if (domain.length === 1) return 'it has no domain after its first label';
  const local = rname.subarray(1, 1 + (rname[0] ?? 0));
  if (local.includes(0x40))
    return /\\@|\\064/.test(facts.source(record, 'rname')) ? 'it has an @ in its first label' : undefined;
  if (local.some((octet) => octet <= 0x20 || octet >= 0x7f)) return 'its first label has blanks or control characters';
  if (hostFaults(domain, 0) !== 0) return `${bareName(domain)} is not a mail domain`;
  if (!isWithin(domain, facts.zone.origin) || brokenAt(facts)(domain)) return undefined;
  if (facts.lookup(domain, TYPE.MX).kind !== 'nxdomain') return undefined;
  return `the zone has no name ${bareName(domain)}; was a dot before the @ meant?`;
}
