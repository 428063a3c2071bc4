import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** NS records at a wildcard. */
export const rule: Rule = {
  id: 'core-wildcard-ns',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 4592 §4.2'],
  what: 'A wildcard owns NS records.',
  why: 'A delegation cannot be made for names that are not written out; BIND refuses the zone, others answer in different ways.',
  help: 'Write a delegation for each child zone.',
  bad: { zone: '*.shop NS ns.example.com. ; expect\n' },
  good: { zone: 'shop NS ns.example.com.\n' },
  load: true,
  say: ({ name }) => `${name} owns NS records; a wildcard cannot delegate`,
  check(facts, report) {
    const { names, owners } = facts.zone;
    let last = -1;
    for (const record of facts.records(TYPE.NS)) {
      const owner = owners[record] as number;
      const start = names.offsets[owner] as number;
      if (names.arena[start] !== 1 || names.arena[start + 1] !== 0x2a || owner === last) continue;
      last = owner;
      report.record(record, 'owner', { args: { name: bare(facts.nameText(owner)) } });
    }
  },
};
