import { findBelow } from '../../common-below.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { ownerEdits, services } from './owners.ts';

/** The service is published below another transport than TCP (draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-wrong-proto',
  group: 'smtp-tls-srv',
  level: 'error',
  cites: ['SRV-2-a', 'RFC 2782'],
  what: 'An _smtp-tls SRV record stands below another label than _tcp.',
  why: 'Senders ask for _smtp-tls._tcp only and never see the record.',
  help: 'Write _tcp.',
  fix: 'safe',
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._udp SRV 0 0 842 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, protocol, expected }) =>
    `${owner} is below ${protocol}; expected ${expected}, the only label senders ask for`,
  check(facts, report) {
    const { label, protocol: expected } = facts.drafts;
    for (const { set, labels } of services(facts, label.length)) {
      const [service = '', protocol = ''] = labels;
      if (service.toLowerCase() !== label || !protocol.startsWith('_') || protocol.toLowerCase() === expected) continue;
      const [first = 0] = set.records;
      const domain = facts.tree.parent[facts.tree.parent[set.owner] ?? -1] ?? -1;
      const edits = ownerEdits(facts, set.records, 2, [service, expected]);
      // Where the right owner has records already the two sets would be merged.
      const safe = domain >= 0 && findBelow(facts, domain, label, expected) < 0;
      report.record(first, 'owner', {
        args: { owner: bare(facts.nameText(set.owner)), protocol, expected },
        fixes: edits.length === 0 ? [] : [{ title: `write ${expected} instead of ${protocol}`, safe, edits }],
      });
    }
  },
};
