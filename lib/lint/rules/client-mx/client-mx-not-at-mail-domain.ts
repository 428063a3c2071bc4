import { TYPE } from '../../../rr/types.ts';
import { clientMx } from '../../common-examples.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** Client MX stands at a name that shows no other sign of mail (draft-chuang §1.2.4). */
export const rule: Rule = {
  id: 'client-mx-not-at-mail-domain',
  group: 'client-mx',
  level: 'warning',
  cites: ['CMX-1-e', 'CMX-1.2.4-b'],
  what: 'A Client MX record stands at a name with neither MX nor SPF.',
  why: 'Receivers look Client MX up at the domain of the sender address only; a record at another name is never asked for.',
  help: 'Move the record to the domain behind the @ of the sender addresses.',
  bad: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
out1 ${clientMx(10, 'out1')} ; expect
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ owner, domain }) =>
    `Client MX stands at ${owner}, which has neither MX nor SPF; expected it at the domain of the sender addresses${domain === '' ? '' : `, such as ${domain}`}`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.MX) || facts.mayBeBroken(TYPE.TXT)) return;
    for (const { owner, mx, clientMx: senders, srv, hasSpf } of facts.mailDomains) {
      const [first] = senders;
      if (first === undefined || owner === facts.zone.apex || mx.length > 0 || srv.length > 0 || hasSpf) continue;
      const wire = facts.zone.names.wire(owner);
      // A wildcard is client-mx-below-wildcard's.
      if (wire[0] === 1 && wire[1] === 0x2a) continue;
      const above = mailDomainAbove(facts, owner);
      report.record(first.record, 'owner', {
        args: {
          owner: bare(facts.nameText(owner)),
          domain: above < 0 ? '' : bare(facts.ownerText(above)),
        },
        related: above < 0 ? [] : [{ record: above, part: 'owner', message: 'this name takes mail' }],
      });
    }
  },
};

/** An MX record of the closest ancestor that has one, -1 without. */
function mailDomainAbove(facts: Facts, owner: number): number {
  for (let name = facts.tree.parent[owner] ?? -1; name >= 0; name = facts.tree.parent[name] ?? -1) {
    const record = facts.tree.firstOf(name, TYPE.MX);
    if (record >= 0) return record;
  }
  return -1;
}
