import { hostsOf } from '../../common-hosts.ts';
import { bare, period } from '../../common-words.ts';
import type { Facts, MailTarget } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

const DAY = 86_400;

/** SRV stays in caches for days after MX could be changed (draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-ttl-vs-mx',
  group: 'smtp-tls-srv',
  level: 'info',
  cites: ['SRV-2-o', 'SRV-2-k', 'RFC 2181 §5.2'],
  what: 'The TTL of _smtp-tls SRV is a day or more longer than that of MX.',
  why: 'When hosts change, senders that cached the SRV record go on to the old ones for days, and never look at the MX that says otherwise.',
  help: 'Give SRV and MX the same TTL.',
  bad: {
    zone: `@ 3600 MX 10 mx1
_smtp-tls._tcp 604800 SRV 0 0 842 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ 3600 MX 10 mx1
_smtp-tls._tcp 3600 SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, srv, mx }) =>
    `SRV of ${domain} may be cached for ${srv} but MX only for ${mx}; expected the same TTL, as both name the mail hosts`,
  check(facts, report) {
    for (const { owner, mx, srv } of facts.mailDomains) {
      const [service] = srv;
      const [exchange] = hostsOf(mx);
      if (service === undefined || exchange === undefined) continue;
      const [long, short] = [ttlOf(facts, service), ttlOf(facts, exchange)];
      if (long - short < DAY || long < short * 4) continue;
      report.record(service.record, 'ttl', {
        args: { domain: bare(facts.nameText(owner)), srv: period(long), mx: period(short) },
        related: [{ record: exchange.record, part: 'ttl', message: `TTL ${period(short)}` }],
      });
    }
  },
};

function ttlOf(facts: Facts, { record }: MailTarget): number {
  return facts.zone.ttls[record] ?? 0;
}
