import { isOwn } from '../../../dnssec/authority.ts';
import { TYPE } from '../../../rr/types.ts';
import { IS_CUT } from '../../../zone/tree.ts';
import { removal } from '../../common-edits.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A DS at a name that is no delegation (RFC 4035 §2.4). */
export const rule: Rule = {
  id: 'dnssec-ds-without-ns',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4035 §2.4'],
  what: 'A DS record stands at a name without NS records.',
  why: 'A DS vouches for a zone, and without NS there is none. Newer versions of BIND refuse the zone.',
  help: 'Add the NS records of the delegation, or remove the DS.',
  fix: 'unsafe',
  bad: { zone: `sub DS 12345 13 2 ${'0123456789abcdef'.repeat(4)} ; expect\n` },
  good: { zone: `sub NS ns.example.com.\nsub DS 12345 13 2 ${'0123456789abcdef'.repeat(4)}\n` },
  say: ({ name }) => `${name} has a DS record, but no NS records; expected DS at delegations only`,
  needs: [TYPE.DS],
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.NS)) return;
    for (const { owner, records } of facts.rrsets(TYPE.DS)) {
      const flags = facts.tree.flags[owner] ?? 0;
      const [record] = records;
      if (owner === facts.zone.apex || !isOwn(flags) || flags & IS_CUT || record === undefined) continue;
      const edits = records.flatMap((one) => removal(facts, one) ?? []);
      const whole = edits.length === records.length;
      const fixes = whole ? [{ title: 'remove the DS', safe: false, edits }] : [];
      report.record(record, 'type', { args: { name: bare(facts.nameText(owner)) }, fixes });
    }
  },
};
