import { clientMx } from '../../common-examples.ts';
import type { Rule } from '../../rule.ts';
import { hostTerm, refusedHosts } from './hosts.ts';
import { adding, domainOf } from './shared.ts';

/** Client MX and SPF disagree on a host (draft-chuang §1.2.4). */
export const rule: Rule = {
  id: 'spf-client-mx-inconsistent',
  group: 'mail-spf',
  level: 'warning',
  cites: ['CMX-1.2.4-b', 'RFC 7208 §4.6'],
  what: 'A host that Client MX names has an address that the SPF record of the domain refuses.',
  why: 'The same mail passes by its certificate and fails by SPF; receivers that know only SPF refuse or mark it.',
  help: 'Add the host to the SPF record, or take it out of Client MX.',
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')} ; expect
@ TXT "v=spf1 mx -all"
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
@ TXT "v=spf1 mx a:out1.example.net -all"
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain, host, address, verdict }) =>
    `Client MX of ${domain} names ${host}, but SPF says ${verdict} to its address ${address}; expected pass`,
  check(facts, report) {
    for (const { found, target, address, verdict } of refusedHosts(facts, (domain) => domain.clientMx)) {
      const term = hostTerm(target);
      const sameFile = facts.fileOf(found.record) === facts.fileOf(target.record);
      report.record(target.record, 'exchange', {
        args: { domain: domainOf(found), host: target.host, address, verdict },
        related: [{ record: found.record, part: 'rdata', message: 'the SPF record' }],
        fixes: term === undefined || !sameFile ? [] : adding(found, term),
      });
    }
  },
};
