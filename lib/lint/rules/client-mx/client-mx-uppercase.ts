import { clientMx } from '../../common-examples.ts';
import { genericEdits, hasSignature } from '../../common-fixes.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { caseTwins, hasUpperCase, lowerRdata } from './letter-case.ts';

/** Client MX names its host with capitals; a signature covers the case as it stands (RFC 3597 §7). */
export const rule: Rule = {
  id: 'client-mx-uppercase',
  group: 'client-mx',
  level: 'info',
  cites: ['RFC 3597 §7', 'RFC 4034 §6.2'],
  what: 'A Client MX record names a host in upper-case letters.',
  why: 'The RDATA of a new type is signed with its letter case: when a tool on the way makes the name lower-case, as it may for MX, the signature is bogus.',
  help: 'Write the host in lower case.',
  fix: 'safe',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'OUT1')} ; expect
mx1 A 192.0.2.10
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
  say: ({ domain, host, lower }) => `Client MX of ${domain} names ${host}; expected ${lower} in lower case`,
  check(facts, report) {
    for (const { owner, clientMx: members } of facts.mailDomains) {
      if (!members.some(({ wire }) => hasUpperCase(wire))) continue;
      // The same host in other letters beside it is client-mx-duplicate-case.
      const twins = new Set(caseTwins(members).flatMap((pair) => pair.map(({ record }) => record)));
      for (const { record, wire } of members) {
        if (!hasUpperCase(wire) || twins.has(record)) continue;
        const edits = genericEdits(facts, record, lowerRdata(facts, record));
        const host = bareName(wire);
        report.record(record, 'exchange', {
          args: { domain: bare(facts.nameText(owner)), host, lower: host.toLowerCase() },
          fixes:
            edits.length === 0 ? [] : [{ title: 'write it in lower case', safe: !hasSignature(facts, record), edits }],
        });
      }
    }
  },
};
