import { clientMx } from '../../common-examples.ts';
import { genericEdits } from '../../common-fixes.ts';
import { aliasAt } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Client MX names an alias; the name to match stays the exchange (RFC 2181 §10.3 by analogy). */
export const rule: Rule = {
  id: 'client-mx-target-cname',
  group: 'client-mx',
  level: 'warning',
  cites: ['CMX-1.2.3-a', 'RFC 2181 §10.3'],
  what: 'A Client MX record names a host that is an alias (CNAME or below a DNAME).',
  why: 'Receivers compare the certificate with the name in the record, not with the one the alias leads to: a certificate for the real host does not match.',
  help: 'Name the host the alias leads to, if that is the name in the certificate.',
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out')} ; expect
out CNAME out1
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
out CNAME out1
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain, host, target }) =>
    `Client MX of ${domain} names ${host}, an alias of ${target}; certificates are matched against ${host} as written, so expected the host's own name`,
  check(facts, report) {
    for (const { owner, clientMx: members } of facts.mailDomains) {
      for (const member of members) {
        const { record } = member;
        const alias = aliasAt(facts, member);
        if (alias === undefined) continue;
        const { home, outcome } = alias;
        const { target } = outcome;
        const rdata = target && Uint8Array.of(...facts.rdata(record).subarray(0, 2), ...target);
        const edits = rdata === undefined ? [] : genericEdits(facts, record, rdata);
        report.record(record, 'exchange', {
          args: {
            domain: bare(facts.nameText(owner)),
            host: member.host,
            target: target === undefined ? 'a name that is too long' : bareName(target),
          },
          related: [{ place: home.place(outcome.record, 'entry'), message: 'the alias' }],
          fixes: edits.length === 0 ? [] : [{ title: 'name the host itself', safe: false, edits }],
        });
      }
    }
  },
};
