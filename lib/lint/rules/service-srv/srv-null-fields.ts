import { TYPE } from '../../../rr/types.ts';
import { numberFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { srvSet, srvSets } from './records.ts';

/** A null SRV record has numbers that mean nothing (RFC 6186 §3.4). */
export const rule: Rule = {
  id: 'srv-null-fields',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 6186 §3.4'],
  what: 'An SRV record with the target "." has a priority, weight or port other than 0.',
  why: 'The numbers mean nothing without a host, and some software looks for "0 0 0 ." as a whole.',
  help: 'Write "0 0 0 .".',
  fix: 'safe',
  // Harmless: the target alone decides.
  byDefault: false,
  bad: { zone: '_pop3._tcp SRV 0 0 110 . ; expect\n' },
  good: { zone: '_pop3._tcp SRV 0 0 0 .\n' },
  say: ({ owner, found }) => `SRV of ${owner} is "${found} ."; expected "0 0 0 ."`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const set of srvSets(facts)) {
      for (const { record, priority, weight, port, isNull } of srvSet(facts, set)) {
        if (!isNull || (priority === 0 && weight === 0 && port === 0)) continue;
        const fields = { priority, weight, port };
        const edits = Object.entries(fields)
          .filter(([, value]) => value !== 0)
          .map(([field, value]) => numberFix(facts, record, field, value, 0)[0]?.edits ?? []);
        const [part = 'port'] = Object.entries(fields).find(([, value]) => value !== 0) ?? [];
        report.record(record, part, {
          args: { owner: bare(facts.nameText(set.owner)), found: `${priority} ${weight} ${port}` },
          fixes: edits.some((each) => each.length === 0)
            ? []
            : [{ title: 'write 0 0 0', safe: true, edits: edits.flat() }],
        });
      }
    }
  },
};
