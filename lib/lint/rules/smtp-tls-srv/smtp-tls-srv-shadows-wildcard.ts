import { typeToText } from '../../../rr/types.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { wildcardFinder } from './shadow.ts';

/** The record makes its domain exist, so that a wildcard no longer answers for it (RFC 4592 §2.2.2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-shadows-wildcard',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['RFC 4592 §2.2.2', 'SRV-2-a'],
  what: 'An _smtp-tls._tcp SRV record makes a domain that got its records from a wildcard exist without any records.',
  why: 'A wildcard answers for names that do not exist; with the SRV record below it the domain exists as an empty non-terminal, and its MX and addresses are gone.',
  help: "Add the wildcard's records at the domain itself.",
  bad: {
    zone: `@ MX 10 mx1
* MX 10 mx1
_smtp-tls._tcp.shop SRV 0 0 842 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
* MX 10 mx1
shop MX 10 mx1
_smtp-tls._tcp.shop SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, domain, wildcard, types }) =>
    `${owner} makes ${domain} an empty non-terminal, for which ${wildcard} (${types}) no longer answers; expected these records at ${domain} too`,
  check(facts, report) {
    const shadowedWildcard = wildcardFinder(facts);
    for (const { owner, srv } of facts.mailDomains) {
      const [first] = srv;
      const wildcard = first === undefined ? -1 : shadowedWildcard(owner);
      if (first === undefined || wildcard < 0) continue;
      const records = facts.recordsAt(wildcard);
      const types = [...new Set(records.map((record) => typeToText(facts.zone.types[record] ?? 0)))];
      report.record(first.record, 'owner', {
        args: {
          owner: bare(facts.ownerText(first.record)),
          domain: bare(facts.nameText(owner)),
          wildcard: bare(facts.nameText(wildcard)),
          types: listed(types),
        },
        related: records.slice(0, 1).map((record) => ({ record, message: 'the wildcard that answered before' })),
      });
    }
  },
};
