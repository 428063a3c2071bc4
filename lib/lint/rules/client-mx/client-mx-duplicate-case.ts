import { removal } from '../../common-edits.ts';
import { clientMx } from '../../common-examples.ts';
import { genericEdits, hasSignature } from '../../common-fixes.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts, MailTarget } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { caseTwins, lowerRdata } from './letter-case.ts';

/** Two Client MX records differ in letter case only; for an unknown type these are two (RFC 3597 §6). */
export const rule: Rule = {
  id: 'client-mx-duplicate-case',
  group: 'client-mx',
  level: 'warning',
  cites: ['RFC 3597 §6', 'RFC 4034 §6.2'],
  what: 'Two Client MX records name the same host in different letter case.',
  why: 'Name servers compare the RDATA of TYPE265 octet by octet and serve both, while software that knows the type takes them for one.',
  help: 'Keep the one in lower case.',
  fix: 'safe',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
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
  say: ({ domain, host, twin }) =>
    `Client MX of ${domain} names ${host} and ${twin}, which differ in letter case only; expected one record, in lower case`,
  check(facts, report) {
    for (const { owner, clientMx: members } of facts.mailDomains) {
      for (const [twin, member] of caseTwins(members)) {
        report.record(member.record, 'exchange', {
          args: { domain: bare(facts.nameText(owner)), host: bareName(member.wire), twin: bareName(twin.wire) },
          related: [{ record: twin.record, part: 'exchange', message: 'the same host in other letters' }],
          fixes: keepLower(facts, twin, member),
        });
      }
    }
  },
};

function keepLower(facts: Facts, keep: MailTarget, other: MailTarget): readonly ProposedFix[] {
  const away = removal(facts, other.record);
  if (away === undefined || facts.fileOf(keep.record) !== facts.fileOf(other.record)) return [];
  const edits = [away, ...genericEdits(facts, keep.record, lowerRdata(facts, keep.record))];
  return [{ title: 'keep one record, in lower case', safe: !hasSignature(facts, keep.record), edits }];
}
