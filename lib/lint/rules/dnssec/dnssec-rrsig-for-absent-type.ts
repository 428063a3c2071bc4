import { readSignature } from '../../../dnssec/signatures.ts';
import { TYPE, typeToText } from '../../../rr/types.ts';
import { removal } from '../../common-edits.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { signaturesOf } from './signature-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** A signature over records that are not there. */
export const rule: Rule = {
  id: 'dnssec-rrsig-for-absent-type',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 4035 §2.2'],
  what: 'A signature covers a type that its owner does not have.',
  why: 'The records were taken out and their signature was left behind, or the signature stands at the wrong name.',
  help: 'Remove the signature, or put back the records that it is over.',
  fix: 'safe',
  bad: signedExample({}, 'mx RRSIG TXT 15 3 3600 20261215000000 20261115000000 60795 example.net. AAAA ; expect\n'),
  good: signedExample(),
  say: ({ type, name }) => `this signature is over ${type} records of ${name}, which has none`,
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts)) return;
    for (const record of signaturesOf(facts).absent) {
      const type = typeToText(readSignature(facts.rdata(record)).typeCovered);
      const edit = removal(facts, record);
      const fixes = edit === undefined ? [] : [{ title: 'remove the signature', safe: true, edits: [edit] }];
      report.record(record, 'typeCovered', { args: { name: bare(facts.ownerText(record)), type }, fixes });
    }
  },
};
