import { numberFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { implicitTwins } from './twins.ts';

/** STARTTLS goes before Implicit TLS on one host (draft-nurpmeso §3.3). */
export const rule: Rule = {
  id: 'smtp-tls-srv-25-before-842',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['SRV-3.3-a', 'SRV-2-d'],
  what: 'The SRV record for port 25 of a host has a better priority than the one for Implicit TLS.',
  why: 'Senders use STARTTLS on 25 first, so the stronger service is used only when that fails.',
  help: 'Exchange the priorities of the two records.',
  fix: 'safe',
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 25 mx1 ; expect
_smtp-tls._tcp SRV 1 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
_smtp-tls._tcp SRV 1 0 25 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, starttls, port, priority, other }) =>
    `SRV of ${domain} puts port ${starttls} of ${host} (priority ${priority}) before port ${port} (${other}); expected Implicit TLS first`,
  check(facts, report) {
    for (const { owner, srv } of facts.mailDomains) {
      for (const { starttls, implicit } of implicitTwins(srv, facts.drafts.starttlsPort)) {
        const [ours, theirs] = [starttls.preference, implicit.preference];
        if (ours >= theirs) continue;
        const edits = [
          ...numberFix(facts, starttls.record, 'priority', ours, theirs),
          ...numberFix(facts, implicit.record, 'priority', theirs, ours),
        ].flatMap((fix) => fix.edits);
        const oneFile = facts.fileOf(starttls.record) === facts.fileOf(implicit.record);
        report.record(starttls.record, 'priority', {
          args: {
            domain: bare(facts.nameText(owner)),
            host: starttls.host,
            starttls: starttls.port,
            port: implicit.port,
            priority: ours,
            other: theirs,
          },
          related: [{ record: implicit.record, part: 'priority', message: 'Implicit TLS on the same host' }],
          fixes: edits.length === 2 && oneFile ? [{ title: 'exchange the priorities', safe: true, edits }] : [],
        });
      }
    }
  },
};
