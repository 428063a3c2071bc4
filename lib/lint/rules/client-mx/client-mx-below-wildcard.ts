import { clientMx } from '../../common-examples.ts';
import { isWildcard } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Facts, MailDomain } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** A wildcard gives Client MX to no mail domain that exists (RFC 4592 §2.2). */
export const rule: Rule = {
  id: 'client-mx-below-wildcard',
  group: 'client-mx',
  level: 'info',
  cites: ['RFC 4592 §2.2', 'CMX-1.2.4-b'],
  what: 'Client MX stands at a wildcard, while mail domains beside it exist and get nothing from it.',
  why: 'A wildcard answers for names that do not exist; a domain with an MX of its own exists and stays without Client MX.',
  help: 'Add Client MX records to each of the mail domains.',
  bad: {
    zone: `@ MX 10 mx1
* ${clientMx(10, 'out1')} ; expect
news MX 10 mx1
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
news ${clientMx(10, 'out1')}
news MX 10 mx1
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ owner, domains }) =>
    `Client MX of ${owner} does not reach ${domains}, because a wildcard gives nothing to names that exist; expected Client MX at the mail domains themselves`,
  check(facts, report) {
    const wildcards = facts.mailDomains.filter(
      ({ owner, clientMx: members }) => members.length > 0 && isWildcard(facts, owner),
    );
    if (wildcards.length === 0) return;
    const uncoveredBelow = uncoveredByParent(facts);
    for (const { owner, clientMx: members } of wildcards) {
      const uncovered = uncoveredBelow.get(facts.tree.parent[owner] ?? -1) ?? [];
      const record = members[0]?.record;
      if (uncovered.length === 0 || record === undefined) continue;
      report.record(record, 'owner', {
        args: {
          owner: bare(facts.nameText(owner)),
          domains: listed(uncovered.map((domain) => bare(facts.nameText(domain.owner)))),
        },
        related: uncovered.slice(0, 5).flatMap(({ mx, srv }) => {
          const [first] = [...mx, ...srv];
          return first === undefined
            ? []
            : [{ record: first.record, part: 'owner', message: 'a mail domain of its own' }];
        }),
      });
    }
  },
};

/** Mail domains without Client MX, by the name above them. */
function uncoveredByParent(facts: Facts): ReadonlyMap<number, readonly MailDomain[]> {
  const uncovered = new Map<number, MailDomain[]>();
  for (const domain of facts.mailDomains) {
    const parent = facts.tree.parent[domain.owner] ?? -1;
    if (domain.clientMx.length > 0 || parent < 0 || isWildcard(facts, domain.owner)) continue;
    const same = uncovered.get(parent);
    if (same === undefined) uncovered.set(parent, [domain]);
    else same.push(domain);
  }
  return uncovered;
}
