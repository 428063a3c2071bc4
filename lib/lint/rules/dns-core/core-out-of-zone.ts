import { OUT_OF_ZONE } from '../../../zone/tree.ts';
import { bare, counted } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Records of a name outside the zone. */
export const rule: Rule = {
  id: 'core-out-of-zone',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1035 §5.2', 'RFC 1034 §4.2'],
  what: 'Records have an owner that is not in the zone.',
  why: 'They are never served: NSD refuses the zone, BIND and Knot DNS leave them out.',
  help: 'Remove them, or mend the owner or the $ORIGIN before it.',
  bad: { zone: 'www.example.org. A 192.0.2.10 ; expect\n' },
  good: { zone: 'www A 192.0.2.10\n' },
  load: true,
  say: ({ name, zone, count }) =>
    `${name} is not in the zone ${zone}; ${counted(Number(count), 'record')} will not be served`,
  check(facts, report) {
    const { flags, first, next } = facts.tree;
    for (let name = 0; name < flags.length; name++) {
      if (((flags[name] as number) & OUT_OF_ZONE) === 0) continue;
      const record = first[name] as number;
      let count = 0;
      for (let each = record; each >= 0; each = next[each] as number) count++;
      const args = { name: bare(facts.nameText(name)), zone: bare(facts.nameText(facts.zone.apex)), count };
      if (record >= 0) report.record(record, 'owner', { args });
    }
  },
};
