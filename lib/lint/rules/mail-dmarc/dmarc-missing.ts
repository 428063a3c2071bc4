import { hostsOf, isWildcard } from '../../common-hosts.ts';
import { spfLetsSend, spfRecord } from '../../common-spf.ts';
import { bare, bareName, counted } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { lineFix } from './edits.ts';
import { policyOf } from './policy.ts';
import { DMARC_LABEL } from './records.ts';
import { labelsBefore, mayBeHidden } from './texts.ts';

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
    const others = Number(more) > 0 ? ` and ${counted(Number(more), 'other domain')} of the zone` : '';
    return `${domain}${others} has mail but no DMARC policy; expected a TXT record at _dmarc.${domain}`;
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
  const { apex, names } = facts.zone;
  const senders = new Map<number, number>();
  const spf = spfRecord(facts, apex);
  const apexDomain = facts.mailDomains.find(({ owner }) => owner === apex);
  if (spf >= 0 && spfLetsSend(facts.text(spf)) && !apexDomain?.nullMx) senders.set(apex, spf);
  for (const { owner, mx, clientMx } of facts.mailDomains) {
    const [host] = [...hostsOf(clientMx), ...hostsOf(mx)];
    if (host !== undefined && !isWildcard(facts, owner)) senders.set(owner, host.record);
  }
  return [...senders].flatMap(([owner, record]) =>
    policyOf(facts, names.wire(owner)).kind === 'none' ? [{ owner, record }] : [],
  );
}
