import { listsType } from '../../../dnssec/bitmaps.ts';
import { nameLength } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { clientMx } from '../../common-examples.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { isWholeAndSigned } from '../dnssec/signing.ts';

/** The NSEC record at a name denies its Client MX (RFC 4034 §4.1.2). */
export const rule: Rule = {
  id: 'client-mx-in-nsec-bitmap',
  group: 'client-mx',
  level: 'error',
  cites: ['RFC 4034 §4.1.2', 'RFC 4035 §2.3'],
  what: 'The NSEC record of a name with Client MX does not list TYPE265.',
  why: 'Validating resolvers may answer from the NSEC record that the name has no Client MX, and the domain seems not to have opted in.',
  help: 'Sign the zone again.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
@ NSEC mx1 NS SOA MX RRSIG NSEC ; expect
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
@ NSEC mx1 NS SOA MX RRSIG NSEC TYPE265
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain, type }) =>
    `NSEC of ${domain} lists no ${type} though Client MX stands there; expected it among the types`,
  needs: [TYPE.NSEC],
  check(facts, report) {
    // In a signed zone dnssec-nsec-bitmap tells of every type.
    if (isWholeAndSigned(facts)) return;
    const type = facts.drafts.clientMxType;
    for (const { owner, clientMx: members } of facts.mailDomains) {
      const [nsec] = facts.rrset(owner, TYPE.NSEC);
      const record = members[0]?.record;
      if (nsec === undefined || record === undefined || lists(facts.rdata(nsec), type)) continue;
      report.record(nsec, 'rdata', {
        args: { domain: bare(facts.nameText(owner)), type: `TYPE${type}` },
        related: [{ record, message: 'the Client MX record' }],
      });
    }
  },
};

function lists(rdata: Uint8Array, type: number): boolean {
  const name = nameLength(rdata, 0);
  return name < 0 || listsType(rdata, name, rdata.length, type);
}
