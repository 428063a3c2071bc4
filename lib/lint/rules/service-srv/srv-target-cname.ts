import { TYPE } from '../../../rr/types.ts';
import { nameFix } from '../../common-fixes.ts';
import { mayBeAlias } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { srvSet, srvSets } from './records.ts';

/** SRV names an alias (RFC 2782). */
export const rule: Rule = {
  id: 'srv-target-cname',
  group: 'service-srv',
  level: 'warning',
  cites: ['RFC 2782', 'RFC 2181 §10.3'],
  what: 'An SRV record names a host that is an alias (CNAME, or below a DNAME).',
  why: 'The standard forbids it: some clients do not follow the alias, and certificates and TLSA records are looked for under either name.',
  help: 'Name the host the alias leads to.',
  fix: 'unsafe',
  bad: {
    zone: `_imaps._tcp SRV 0 0 993 mail ; expect
mail CNAME mx1
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 mx1
mail CNAME mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, host, target }) =>
    `SRV of ${owner} names ${host}, an alias of ${target}; the target must own address records itself`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const set of srvSets(facts)) {
      for (const target of srvSet(facts, set)) {
        if (target.isNull || !mayBeAlias(facts, target.id)) continue;
        const { record, wire } = target;
        const outcome = facts.lookup(wire, TYPE.A);
        if (outcome.kind !== 'alias' && outcome.kind !== 'rewrite') continue;
        const canonical = outcome.target;
        report.record(record, 'target', {
          args: {
            owner: bare(facts.nameText(set.owner)),
            host: bareName(wire),
            target: canonical === undefined ? 'a name that is too long' : bareName(canonical),
          },
          related: [{ record: outcome.record, message: 'the alias' }],
          fixes:
            canonical === undefined
              ? []
              : nameFix(facts, record, 'target', canonical, `name ${bareName(canonical)} itself`),
        });
      }
    }
  },
};
