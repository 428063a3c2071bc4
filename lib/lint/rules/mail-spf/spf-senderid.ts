import { removal } from '../../common-edits.ts';
import { hasSignature } from '../../common-fixes.ts';
import { spfTexts } from '../../common-spf.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

const SENDER_ID = /^spf2\.0\//i;

/** A record of Sender ID, an experiment that has ended (RFC 6686). */
export const rule: Rule = {
  id: 'spf-senderid',
  group: 'mail-spf',
  level: 'info',
  cites: ['RFC 6686', 'RFC 4406 §3.1'],
  what: 'A name has a Sender ID record (spf2.0/).',
  why: 'The experiment has ended and nobody reads the record; it only makes the answer longer.',
  help: 'Remove the record.',
  fix: 'safe',
  bad: {
    zone: `@ TXT "v=spf1 mx -all"
@ TXT "spf2.0/pra mx -all" ; expect
`,
  },
  good: { zone: '@ TXT "v=spf1 mx -all"\n' },
  say: ({ domain }) => `${domain} has a record of Sender ID ("spf2.0/"), which is no longer read; expected none`,
  check(facts, report) {
    for (const record of spfTexts(facts).near) {
      const [version = ''] = SENDER_ID.exec(facts.text(record)) ?? [];
      if (version === '') continue;
      const edit = hasSignature(facts, record) ? undefined : removal(facts, record);
      report.text(record, 0, version.length, {
        args: { domain: bare(facts.ownerText(record)) },
        fixes: edit === undefined ? [] : [{ title: 'remove the record', safe: true, edits: [edit] }],
      });
    }
  },
};
