import { concatNames, nameFromText, ROOT } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare, bareName } from '../../common-words.ts';
import { serviceName } from '../../drafts.ts';
import type { Rule } from '../../rule.ts';
import { services } from './owners.ts';

/** A wildcard answers for the service label (RFC 4592 §4.5, RFC 8552 §1.4). */
export const rule: Rule = {
  id: 'smtp-tls-srv-wildcard',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['RFC 4592 §4', 'SRV-2-i', 'SRV-2-k'],
  what: 'A wildcard SRV record answers for _smtp-tls._tcp.',
  why: 'Senders take the answer for an announcement of TLS and no longer use MX, though the record was made for another service.',
  help: 'Write SRV records at the names of the services that exist.',
  bad: {
    zone: `@ MX 10 mx1
*._tcp SRV 0 0 993 imap ; expect
mx1 A 192.0.2.10
imap A 192.0.2.40
`,
  },
  good: {
    zone: `@ MX 10 mx1
_imaps._tcp SRV 0 0 993 imap
mx1 A 192.0.2.10
imap A 192.0.2.40
`,
  },
  say: ({ owner, asked, target, port }) =>
    `${owner} answers for ${asked} too, so senders go to port ${port} of ${target} instead of the MX; expected SRV records at exact names`,
  check(facts, report) {
    const { drafts } = facts;
    for (const { set, labels } of services(facts, 1)) {
      const [first = '', above = ''] = labels;
      if (first !== '*') continue;
      const isProtocol = above.toLowerCase() === drafts.protocol;
      if (above.startsWith('_') && !isProtocol) continue;
      const parent = facts.tree.parent[set.owner] ?? -1;
      const before = wireOf(isProtocol ? `${drafts.label}.` : serviceName(drafts, ''));
      const asked = parent < 0 ? undefined : concatNames(before, facts.zone.names.wire(parent));
      const outcome = asked && facts.lookup(asked, TYPE.SRV);
      if (outcome?.kind !== 'answer' || outcome.wildcard !== set.owner) continue;
      const [record = 0] = set.records;
      const [target, port] = [facts.nameField(record, 'target'), facts.numberField(record, 'port')];
      const domain = isProtocol
        ? bare(facts.nameText(facts.tree.parent[parent] ?? parent))
        : bare(facts.nameText(parent));
      report.record(record, 'owner', {
        args: {
          owner: bare(facts.nameText(set.owner)),
          asked: serviceName(drafts, domain),
          target: target === undefined ? 'another host' : bareName(target),
          port: port ?? 0,
        },
      });
    }
  },
};

function wireOf(text: string): Uint8Array {
  const read = nameFromText(text);
  return 'name' in read ? read.name : ROOT;
}
