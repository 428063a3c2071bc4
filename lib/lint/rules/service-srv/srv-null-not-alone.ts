import { TYPE } from '../../../rr/types.ts';
import { bare, bareName, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { srvSet, srvSets } from './records.ts';

/** A null SRV record has company (RFC 2782). */
export const rule: Rule = {
  id: 'srv-null-not-alone',
  group: 'service-srv',
  level: 'error',
  cites: ['RFC 2782', 'RFC 6186 §3.4'],
  what: 'An SRV record with the target "." stands beside others.',
  why: 'One record says that the service is not offered and the others say where it is: clients differ in which they believe.',
  help: 'Keep either the record with the target "." alone or the others.',
  bad: {
    zone: `_imaps._tcp SRV 0 0 0 . ; expect
_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
`,
  },
  say: ({ owner, others }) =>
    others === ''
      ? `${owner} has the target "." twice; it must be in the only SRV record`
      : `${owner} has the target "." beside ${others}; it must be in the only SRV record`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const set of srvSets(facts)) {
      if (set.records.length < 2) continue;
      const all = srvSet(facts, set);
      const first = all.find(({ isNull }) => isNull);
      if (first === undefined) continue;
      const hosts = all.filter(({ isNull }) => !isNull).map(({ wire }) => bareName(wire));
      report.record(first.record, 'target', {
        args: { owner: bare(facts.nameText(set.owner)), others: listed([...new Set(hosts)]) },
        related: all
          .filter((other) => other !== first)
          .slice(0, 5)
          .map(({ record }) => ({ record, part: 'target', message: 'the other SRV record' })),
      });
    }
  },
};
