import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A DNAME at a wildcard; NS records there are the business of core-wildcard-ns, since BIND refuses them. */
export const rule: Rule = {
  id: 'core-wildcard-with-ns-or-dname',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 4592 §4.4'],
  what: 'A wildcard owns a DNAME.',
  why: 'Resolvers and signers treat it in different ways, so that names below it may or may not be redirected.',
  help: 'Write a DNAME for each name that is to be redirected.',
  bad: { zone: '*.old DNAME new.example.com. ; expect\n' },
  good: { zone: 'shop.old DNAME shop.example.com.\n' },
  say: ({ name }) => `${name} owns a DNAME; what that means for a wildcard is not defined`,
  check(facts, report) {
    const { names } = facts.zone;
    for (const { owner, records } of facts.rrsets(TYPE.DNAME)) {
      const start = names.offsets[owner] as number;
      if (names.arena[start] !== 1 || names.arena[start + 1] !== 0x2a) continue;
      report.record(records[0] ?? 0, 'type', { args: { name: bare(facts.nameText(owner)) } });
    }
  },
};
