import { readDs } from '../../../dnssec/digests.ts';
import { TYPE } from '../../../rr/types.ts';
import { removal } from '../../common-edits.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

const SHA1 = 1;

/** A DS with a SHA-1 digest (RFC 9905 §2). */
export const rule: Rule = {
  id: 'dnssec-ds-sha1',
  group: 'dnssec',
  level: 'warning',
  cites: ['RFC 9905 §2', 'RFC 4509 §3'],
  what: 'The DS records of a delegation have SHA-1 digests; beside better ones it is an info.',
  why: 'SHA-1 must not be used for DS any more. Resolvers without it take the zone for unsigned, or refuse it.',
  help: 'Replace the record with the DS of digest type 2 (SHA-256) of the same key.',
  fix: 'unsafe',
  bad: { zone: `sub NS ns.example.com.\nsub DS 12345 13 1 ${'0123456789'.repeat(4)} ; expect\n` },
  good: { zone: `sub NS ns.example.com.\nsub DS 12345 13 2 ${'0123456789abcdef'.repeat(4)}\n` },
  say: ({ name, beside }) =>
    beside === 'yes'
      ? `a DS record of ${name} has a SHA-1 digest, which adds nothing to the better ones beside it`
      : `the DS record of ${name} has a SHA-1 digest; expected digest type 2 (SHA-256)`,
  needs: [TYPE.DS],
  check(facts, report) {
    for (const { owner, records } of facts.rrsets(TYPE.DS)) {
      const weak = records.filter((record) => readDs(facts.rdata(record))?.digestType === SHA1);
      const [record] = weak;
      if (record === undefined || owner === facts.zone.apex) continue;
      const name = bare(facts.nameText(owner));
      if (weak.length === records.length) {
        report.record(record, 'digestType', { args: { name } });
        continue;
      }
      const edits = weak.flatMap((one) => removal(facts, one) ?? []);
      const whole = edits.length === weak.length;
      const fixes = whole ? [{ title: 'remove the SHA-1 DS', safe: false, edits }] : [];
      report.record(record, 'digestType', { args: { name, beside: 'yes' }, severity: 'info', fixes });
    }
  },
};
