import { clientMx } from '../../common-examples.ts';
import { spfLetsSend, spfRecord } from '../../common-spf.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A domain opted in without any allowed sender although it sends mail. */
export const rule: Rule = {
  id: 'client-mx-null',
  group: 'client-mx',
  level: 'info',
  cites: ['CMX-1-d', 'CMX-1.2.3-e'],
  what: 'A domain has the null Client MX although its SPF record lets hosts send.',
  why: 'The null record protects incoming mail only: no client certificate can match it, so receivers fail everything the domain sends.',
  help: 'Name the sending hosts in Client MX, or let SPF say "v=spf1 -all".',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(0, '.')} ; expect
@ TXT "v=spf1 mx -all"
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(0, '.')}
@ TXT "v=spf1 -all"
mx1 A 192.0.2.10
`,
  },
  say: ({ domain }) =>
    `${domain} has the null Client MX, so no client certificate can match, but its SPF lets hosts send; expected Client MX records for them`,
  check(facts, report) {
    for (const { owner, clientMx: members } of facts.mailDomains) {
      const [first] = members;
      if (first === undefined || members.some(({ isNull }) => !isNull)) continue;
      const spf = spfRecord(facts, owner);
      if (spf < 0 || !spfLetsSend(facts.text(spf))) continue;
      report.record(first.record, 'exchange', {
        args: { domain: bare(facts.nameText(owner)) },
        related: [{ record: spf, part: 'rdata', message: 'SPF lets these send' }],
      });
    }
  },
};
