import { findBelow } from '../../common-below.ts';
import { bare } from '../../common-words.ts';
import { serviceName } from '../../drafts.ts';
import type { Rule } from '../../rule.ts';
import { services } from './owners.ts';

const LEGACY = '_smtp';

/** An SRV record with the older label, which a few mail servers look for when told to. */
export const rule: Rule = {
  id: 'smtp-tls-srv-legacy-smtp-label',
  group: 'smtp-tls-srv',
  level: 'info',
  cites: ['SRV-1-a', 'RFC 2782'],
  what: 'An SRV record stands at _smtp._tcp.',
  why: 'The label says nothing about TLS, and only mail servers that are set up for it look there.',
  help: 'Publish _smtp-tls._tcp as well, if the hosts offer TLS.',
  // Groups of mail servers use the label among themselves.
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1
_smtp._tcp SRV 0 0 25 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 25 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, expected, beside }) =>
    `SRV record at ${owner}, which hardly a sender asks for; ${beside === 1 ? `${expected} stands beside it` : `expected ${expected}`}`,
  check(facts, report) {
    const { drafts } = facts;
    for (const { set, labels } of services(facts, LEGACY.length)) {
      const [service = '', protocol = ''] = labels;
      if (service.toLowerCase() !== LEGACY || protocol.toLowerCase() !== drafts.protocol) continue;
      const domain = facts.tree.parent[facts.tree.parent[set.owner] ?? -1] ?? -1;
      if (domain < 0) continue;
      report.record(set.records[0] ?? 0, 'owner', {
        args: {
          owner: bare(facts.nameText(set.owner)),
          expected: serviceName(drafts, bare(facts.nameText(domain))),
          beside: findBelow(facts, domain, drafts.label, drafts.protocol) >= 0 ? 1 : 0,
        },
      });
    }
  },
};
