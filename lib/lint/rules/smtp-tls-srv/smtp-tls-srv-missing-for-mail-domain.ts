import { nameToText } from '../../../rr/name.ts';
import { lookAt } from '../../../zone/look.ts';
import { hostsOf, isWildcard } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import { serviceName } from '../../drafts.ts';
import type { Facts, MailDomain, MailTarget } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';

/** A mail domain announces no TLS by SRV (draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-missing-for-mail-domain',
  group: 'smtp-tls-srv',
  level: 'info',
  cites: ['SRV-1-a'],
  what: 'A domain with MX records has no _smtp-tls._tcp SRV record.',
  why: 'Senders that know the record cannot tell that the domain always takes mail over TLS.',
  help: 'Add an SRV record for each MX host that offers TLS.',
  fix: 'unsafe',
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, service }) => `${domain} takes mail by MX but has no SRV record at ${service}`,
  check(facts, report) {
    for (const domain of facts.mailDomains) {
      const [first] = hostsOf(domain.mx);
      if (first === undefined || domain.srv.length > 0 || isWildcard(facts, domain.owner)) continue;
      const name = bare(facts.nameText(domain.owner));
      report.record(first.record, 'owner', {
        args: { domain: name, service: serviceName(facts.drafts, name) },
        fixes: announce(facts, domain),
      });
    }
  },
};

/** New lines behind the last MX record, unless the line after it takes its owner from above. */
function announce(facts: Facts, { owner, mx }: MailDomain): readonly ProposedFix[] {
  const { zone, drafts } = facts;
  const port = drafts.starttlsPort;
  const last = mx.reduce((end, { record }) => Math.max(end, record), 0);
  const { entry, written } = lookAt(zone, last);
  const at = entry.end;
  const ended = entry.bytes[at - 1] === 0x0a;
  const sameFile = mx.every(({ record }) => facts.fileOf(record) === facts.fileOf(last));
  if (!written || !sameFile) return [];
  if (
    last + 1 < zone.count &&
    (zone.fileOf[last + 1] !== zone.fileOf[last] || lookAt(zone, last + 1).header.ownerWord < 0)
  )
    return [];
  const line = ({ record, preference, wire }: MailTarget): string =>
    `${serviceName(drafts, facts.nameText(owner))} ${zone.ttls[record] ?? 0} IN SRV ${preference} 0 ${port} ${nameToText(wire)}\n`;
  const text = (ended ? '' : '\n') + hostsOf(mx).map(line).join('');
  return [
    { title: `announce STARTTLS on port ${port} for each MX host`, safe: false, edits: [{ start: at, end: at, text }] },
  ];
}
