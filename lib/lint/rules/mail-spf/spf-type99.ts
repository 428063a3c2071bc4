import { isSpf } from '../../../mail/spf.ts';
import { TYPE } from '../../../rr/types.ts';
import { isWritten, removal } from '../../common-edits.ts';
import { hasSignature } from '../../common-fixes.ts';
import { isHidden } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';

/** SPF in records of the type SPF (RFC 7208 §3.1). */
export const rule: Rule = {
  id: 'spf-type99',
  group: 'mail-spf',
  level: 'warning',
  cites: ['RFC 7208 §3.1'],
  what: 'SPF stands in a record of the obsolete type SPF (99).',
  why: 'Checkers ask for TXT only; a record of the other type is never read and soon differs from the one that is.',
  help: 'Publish the text as TXT only.',
  fix: 'safe',
  bad: { zone: '@ SPF "v=spf1 -all" ; expect\n' },
  good: { zone: '@ TXT "v=spf1 -all"\n' },
  say: ({ domain, beside }) =>
    beside === 'none'
      ? `SPF of ${domain} stands in a record of the obsolete type SPF only, which nobody reads; expected TXT`
      : `${domain} has a record of the obsolete type SPF beside its TXT record${beside === 'other' ? ', with another text' : ''}; expected TXT alone`,
  needs: [TYPE.SPF],
  check(facts, report) {
    for (const { owner, records } of facts.rrsets(TYPE.SPF)) {
      if (isHidden(facts, owner)) continue;
      const texts = facts.rrset(owner, TYPE.TXT).map((record) => facts.text(record));
      const hasTxt = texts.some((text) => isSpf(text));
      for (const record of records) {
        const beside = texts.includes(facts.text(record)) ? 'same' : hasTxt ? 'other' : 'none';
        report.record(record, 'type', {
          args: { domain: bare(facts.nameText(owner)), beside },
          fixes: fixOf(facts, record, beside === 'none' && records.length === 1),
        });
      }
    }
  },
};

/** TXT in place of the type; a record beside a TXT record goes. */
function fixOf(facts: Facts, record: number, becomesTxt: boolean): readonly ProposedFix[] {
  if (hasSignature(facts, record) || !isWritten(facts, record)) return [];
  if (becomesTxt) {
    return [{ title: 'make it a TXT record', safe: true, edits: [{ ...facts.span(record, 'type'), text: 'TXT' }] }];
  }
  const edit = removal(facts, record);
  return edit === undefined ? [] : [{ title: 'remove the record', safe: true, edits: [edit] }];
}
