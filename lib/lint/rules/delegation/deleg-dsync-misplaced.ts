import { labelsOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A DSYNC record where no child looks for it. */
export const rule: Rule = {
  id: 'deleg-dsync-misplaced',
  group: 'delegation',
  level: 'info',
  cites: ['RFC 9859 §2.3', 'RFC 9859 §3.1'],
  what: 'The owner of a DSYNC record has no label `_dsync`.',
  why: 'Children look for `CHILD._dsync.PARENT` and `_dsync.PARENT` only, and send no notification.',
  help: 'Put the record at `_dsync`, at `*._dsync` or at a child name below it.',
  bad: { zone: '@ DSYNC CDS NOTIFY 5300 scanner.example.org. ; expect\n' },
  good: { zone: '*._dsync DSYNC CDS NOTIFY 5300 scanner.example.org.\n' },
  say: ({ name }) => `nobody looks for DSYNC records at ${name}; expected an owner such as *._dsync`,
  needs: [TYPE.DSYNC],
  check(facts, report) {
    for (const { owner, records } of facts.rrsets(TYPE.DSYNC)) {
      const [first] = records;
      if (first === undefined) continue;
      const labels = labelsOf(facts.zone.names.wire(owner)).map((label) => label.toLowerCase());
      if (labels.includes('_dsync')) continue;
      report.record(first, 'owner', { args: { name: bare(facts.nameText(owner)) } });
    }
  },
};
