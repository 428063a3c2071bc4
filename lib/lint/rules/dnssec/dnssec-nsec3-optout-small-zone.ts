import { OPT_OUT } from '../../../dnssec/nsec3.ts';
import { TYPE } from '../../../rr/types.ts';
import { IS_CUT } from '../../../zone/tree.ts';
import { bareName, counted } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { APEX_HASH, hashedExample, MX_HASH } from './examples.ts';

const FLAGS_AT = 1;

/** Opt-out in a zone with few delegations (RFC 9276 §3.1). */
export const rule: Rule = {
  id: 'dnssec-nsec3-optout-small-zone',
  group: 'dnssec',
  level: 'info',
  cites: ['RFC 9276 §3.1', 'RFC 5155 §12.2'],
  what: 'NSEC3 uses opt-out in a zone that has few unsigned delegations.',
  why: 'Names can be forged in the gaps. Opt-out saves work only where most of very many delegations are unsigned, as in the zone of a registry.',
  help: 'Sign the zone without opt-out.',
  byDefault: false,
  bad: hashedExample({
    [`${APEX_HASH} NSEC3`]: `${APEX_HASH} NSEC3 1 1 0 - ${MX_HASH} NS SOA RRSIG DNSKEY NSEC3PARAM ; expect`,
  }),
  good: hashedExample(),
  options: {
    delegations: { what: 'unsigned delegations from which on opt-out is worth it', default: 1000, least: 0, most: 1e9 },
  },
  say: ({ zone, delegations }) => `${zone} uses opt-out, but has ${delegations}; expected opt-out only with very many`,
  check(facts, report, settings) {
    const { rdata, rdataStarts } = facts.zone;
    const record = facts
      .records(TYPE.NSEC3)
      .find((one) => ((rdata[(rdataStarts[one] as number) + FLAGS_AT] as number) & OPT_OUT) !== 0);
    if (record === undefined) return;
    const delegations = unsignedDelegations(facts);
    if (delegations >= settings.number('delegations')) return;
    const args = { zone: bareName(facts.zone.origin), delegations: counted(delegations, 'unsigned delegation') };
    report.record(record, 'flags', { args });
  },
};

function unsignedDelegations(facts: Facts): number {
  let count = 0;
  for (const [owner, flags] of facts.tree.flags.entries()) {
    if (flags & IS_CUT && !facts.hasType(owner, TYPE.DS)) count++;
  }
  return count;
}
