import { TYPE, typeToText } from '../../../rr/types.ts';
import { isNull, standing } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts, RRset } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { repeatOf } from '../dns-core/repeats.ts';
import { type Binding, bindingSets, effectiveTarget, isAlias } from './bindings.ts';

/** SVCB or HTTPS names a host of this zone that owns no address (RFC 9460 §3). */
export const rule: Rule = {
  id: 'svcb-target-no-address',
  group: 'service-srv',
  level: 'warning',
  cites: ['RFC 9460 §2.5.2', 'RFC 9460 §3'],
  what: 'The target of an SVCB or HTTPS record is a name of this zone without A and AAAA.',
  why: 'Clients ask for the addresses of the target even when there are hints, and cannot use the record without.',
  help: 'Name a host that has addresses, or add them.',
  bad: {
    zone: `@ A 192.0.2.80
_8443._https HTTPS 1 . port=8443 alpn=h2 ; expect
`,
  },
  good: {
    zone: `@ A 192.0.2.80
_8443._https HTTPS 1 @ port=8443 alpn=h2
`,
  },
  say: ({ type, owner, host, itself, exists }) => {
    if (itself === 1)
      return `${type} of ${owner} has the target ".", which is ${owner} itself and has no address; expected the name of a host`;
    return exists === 1
      ? `${type} of ${owner} names ${host}, which has no address; expected an A or AAAA record at it`
      : `${type} of ${owner} names ${host}, which does not exist in this zone; expected a host with an A or AAAA record`;
  },
  check(facts, report) {
    if ([TYPE.A, TYPE.AAAA, TYPE.CNAME].some((type) => facts.mayBeBroken(type))) return;
    for (const { set, bindings } of bindingSets(facts)) {
      for (const binding of bindings) {
        const found = faultOf(facts, set, binding);
        if (found === undefined) continue;
        report.record(binding.record, 'target', {
          args: {
            type: typeToText(set.type),
            owner: bare(facts.nameText(set.owner)),
            host: bareName(effectiveTarget(facts, set, binding)),
            itself: isNull(binding.target) ? 1 : 0,
            exists: found === 'no-address' ? 1 : 0,
          },
        });
      }
    }
  },
};

function faultOf(facts: Facts, set: RRset, binding: Binding): 'no-address' | 'no-name' | undefined {
  if (isAlias(binding) && isNull(binding.target)) return undefined;
  const host = effectiveTarget(facts, set, binding);
  const found = standing(facts, host);
  if (found !== 'no-address' && found !== 'no-name') return undefined;
  // The zone name twice is a missing dot, which core-trailing-dot-missing tells.
  if (repeatOf(host, 0, host.length, facts.zone.origin) >= 0) return undefined;
  const id = facts.find(host);
  if (facts.hasType(id, TYPE.ALIAS) || facts.hasType(id, TYPE.LUA)) return undefined;
  if (isAlias(binding) && facts.lookup(host, set.type).kind === 'answer') return undefined;
  return found;
}
