import { isWithin } from '../../../rr/name.ts';
import { hostsOf, isWildcard } from '../../common-hosts.ts';
import { spfLetsSend, spfRecord } from '../../common-spf.ts';
import { bare, bareName, counted } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { lineFix } from './edits.ts';
import { isPublicSuffix, policyOf } from './policy.ts';
import { DMARC_LABEL, dmarcTexts } from './records.ts';
import { labelsBefore, mayBeHidden } from './texts.ts';

/** The names below it stand for addresses and infrastructure (RFC 3172). */
const ARPA = Uint8Array.of(4, 0x61, 0x72, 0x70, 0x61, 0);

/** A domain with mail has no DMARC record, nor has a domain above it (RFC 9989 §4.10). */
export const rule: Rule = {
  id: 'dmarc-missing',
  group: 'mail-dmarc',
  level: 'warning',
  cites: ['RFC 9989 §4.10', 'RFC 9989 §5.1'],
  what: 'A domain with mail has no DMARC record, nor has a domain above it.',
  why: 'Anybody can write mail with the domain in the From line, and large mailbox providers refuse bulk mail from domains without DMARC.',
  help: 'Add a TXT record at _dmarc; "p=none" with a report address changes nothing yet and shows who sends.',
  bad: { zone: '@ MX 10 mx1 ; expect\nmx1 A 192.0.2.10\n' },
  good: {
    zone: `@ MX 10 mx1
shop MX 10 mx1
_dmarc TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.net"
mx1 A 192.0.2.10
`,
  },
  fix: 'unsafe',
  say: ({ domain, more }) => {
    const others = Number(more) > 0 ? ` and ${counted(Number(more), 'other domain')} of the zone have` : ' has';
    return `${domain}${others} mail but no DMARC policy; expected a TXT record at _dmarc.${domain}`;
  },
  check(facts, report) {
    if (mayBeHidden(facts)) return;
    const [first, ...others] = uncovered(facts);
    if (first === undefined) return;
    const wire = facts.zone.names.wire(first.owner);
    const domain = bareName(wire);
    const name = labelsBefore(wire, DMARC_LABEL);
    const rdata = `"v=DMARC1; p=none; rua=mailto:postmaster@${domain}"`;
    const title = `add a policy of none at _dmarc.${domain}`;
    report.record(first.record, 'owner', {
      args: { domain, more: others.length },
      related: others.slice(0, 5).map(({ owner, record }) => ({
        record,
        part: 'owner',
        message: `${bare(facts.nameText(owner))} has no policy either`,
      })),
      fixes: name === undefined ? [] : lineFix(facts, first.record, name, rdata, { title, safe: false }),
    });
  },
};

/** Domains with mail and without a policy, each with the record that shows the mail; the apex first. */
function uncovered(facts: Facts): readonly { owner: number; record: number }[] {
  const { apex, origin } = facts.zone;
  if (isWithin(origin, ARPA)) return [];
  const covered = domainsWithRecord(facts);
  const senders = new Map<number, number>();
  const spf = apexSpf(facts);
  if (spf >= 0 && !covered.has(apex)) senders.set(apex, spf);
  for (const domain of facts.mailDomains) {
    const { owner, mx, clientMx } = domain;
    if (covered.has(owner) || isWildcard(facts, owner)) continue;
    const [host] = [...hostsOf(clientMx), ...hostsOf(mx)];
    // Hosts may have an MX of their own without being a domain that anybody writes mail from.
    const isDomain = owner === apex || hostsOf(clientMx).length > 0 || domain.hasSpf;
    if (host !== undefined && isDomain) senders.set(owner, host.record);
  }
  return [...senders].flatMap(([owner, record]) => {
    const name = facts.zone.names.wire(owner);
    return !isPublicSuffix(name) && policyOf(facts, name).kind === 'none' ? [{ owner, record }] : [];
  });
}

/** Domains with a record of their own, be it out of place, which is dmarc-wrong-location. */
function domainsWithRecord(facts: Facts): ReadonlySet<number> {
  const covered = new Set<number>();
  for (const { owner, place, dmarc } of dmarcTexts(facts)) {
    if (place === 'elsewhere') covered.add(owner);
    if (place !== 'report' && dmarc.counts) covered.add(facts.tree.parent[owner] ?? -1);
  }
  return covered;
}

/** The SPF record of the apex when it lets anybody send; -1 else, and beside a null MX. */
function apexSpf(facts: Facts): number {
  const { apex } = facts.zone;
  const spf = spfRecord(facts, apex);
  const isNull = facts.mailDomains.some(({ owner, nullMx }) => owner === apex && nullMx);
  return spf >= 0 && spfLetsSend(facts.text(spf)) && !isNull ? spf : -1;
}
