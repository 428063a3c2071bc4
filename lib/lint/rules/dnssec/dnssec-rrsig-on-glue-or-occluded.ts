import { readSignature } from '../../../dnssec/signatures.ts';
import { TYPE, typeToText } from '../../../rr/types.ts';
import { BELOW_CUT, BELOW_DNAME } from '../../../zone/tree.ts';
import { removal } from '../../common-edits.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** A signature over records that the zone must not sign (RFC 4035 §2.2). */
export const rule: Rule = {
  id: 'dnssec-rrsig-on-glue-or-occluded',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 4035 §2.2'],
  what: 'A signature is over glue, over the NS records of a delegation, or over records that a DNAME hides.',
  why: 'The zone is not the authority for these records. Knot DNS does not load a zone with such a signature.',
  help: 'Remove the signature.',
  fix: 'safe',
  bad: signedExample(
    { '@ NSEC': '@ NSEC mx NS SOA RRSIG NSEC DNSKEY', 'mx NSEC': 'mx NSEC sub A RRSIG NSEC' },
    `sub NS ns.sub
sub NSEC @ NS RRSIG NSEC
sub RRSIG NSEC 15 3 3600 20261215000000 20261115000000 60795 example.net. AAAA
ns.sub A 192.0.2.30
ns.sub RRSIG A 15 4 3600 20261215000000 20261115000000 60795 example.net. AAAA ; expect
`,
  ),
  good: signedExample(),
  load: true,
  say: ({ type, name, why }) => `this signature is over the ${type} records of ${name}, ${why}`,
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts)) return;
    for (const record of signaturesOf(facts).hidden) {
      const type = typeToText(readSignature(facts.rdata(record)).typeCovered);
      const edit = removal(facts, record);
      const fixes = edit === undefined ? [] : [{ title: 'remove the signature', safe: true, edits: [edit] }];
      const flags = facts.tree.flags[facts.zone.owners[record] ?? 0] ?? 0;
      const args = { name: bare(facts.ownerText(record)), type, why: reason(flags) };
      report.record(record, 'typeCovered', { args, fixes });
    }
  },
};

function reason(flags: number): string {
  if (flags & BELOW_CUT) return 'which lies below a delegation';
  if (flags & BELOW_DNAME) return 'which a DNAME above it hides';
  return 'a delegation, of which only DS and NSEC are signed';
}
