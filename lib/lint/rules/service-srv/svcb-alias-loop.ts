import { typeToText } from '../../../rr/types.ts';
import { isNull } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Facts, RRset } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { bindingSets, isAlias } from './bindings.ts';

/** Aliases of SVCB or HTTPS lead back to themselves (RFC 9460 §2.4.2). */
export const rule: Rule = {
  id: 'svcb-alias-loop',
  group: 'service-srv',
  level: 'error',
  cites: ['RFC 9460 §2.4.2', 'RFC 9460 §3.1'],
  what: 'SVCB or HTTPS records in AliasMode lead back to their own name.',
  why: 'Clients give up, or fall back to the name itself as if there were no such record.',
  help: 'Let the alias lead to the name of the service.',
  bad: {
    zone: `@ HTTPS 0 www ; expect
@ A 192.0.2.80
www HTTPS 0 @
www A 192.0.2.80
`,
  },
  good: {
    zone: `@ HTTPS 0 www
@ A 192.0.2.80
www HTTPS 1 . alpn=h2
www A 192.0.2.80
`,
  },
  say: ({ type, path }) => `${type} aliases lead round in a circle: ${path}; expected an alias that leads to a service`,
  check(facts, report) {
    const aliases = new Map<number, Alias>();
    for (const { set, bindings } of bindingSets(facts)) {
      const alias = bindings.find(isAlias);
      if (alias === undefined || isNull(alias.target)) continue;
      aliases.set(keyOf(set), { set, record: alias.record, next: nextOf(facts, set, alias.target) });
    }
    for (const circle of circles(aliases)) {
      const [first] = circle;
      if (first === undefined) continue;
      const names = [...circle, first].map(({ set }) => bare(facts.nameText(set.owner)));
      report.record(first.record, 'target', {
        args: { type: typeToText(first.set.type), path: listed(names, 12, 'to').replaceAll(', ', ' to ') },
        related: circle.slice(1, 6).map(({ record }) => ({ record, part: 'target', message: 'goes on here' })),
      });
    }
  },
};

interface Alias {
  readonly set: RRset;
  readonly record: number;
  /** Key of the RRset that answers for the target, -1 when the zone does not have it. */
  readonly next: number;
}

/** SVCB and HTTPS of one name are different things. */
function keyOf({ owner, type }: { readonly owner: number; readonly type: number }): number {
  return owner * 128 + type;
}

/** Follows CNAMEs from the target to the RRset that answers, as resolvers do. */
function nextOf(facts: Facts, { type }: RRset, target: Uint8Array): number {
  let at = target;
  for (let steps = 0; steps < 8; steps++) {
    const outcome = facts.lookup(at, type);
    if (outcome.kind === 'answer') return keyOf({ owner: outcome.name, type });
    if (outcome.kind !== 'alias') return -1;
    at = outcome.target;
  }
  return -1;
}

/** The circles among aliases, each once; every alias is walked over once. */
function* circles(aliases: ReadonlyMap<number, Alias>): Generator<readonly Alias[]> {
  const done = new Set<number>();
  for (const start of aliases.keys()) {
    const trail = new Map<number, Alias>();
    let at = start;
    for (let alias = aliases.get(at); alias !== undefined && !done.has(at) && !trail.has(at); alias = aliases.get(at)) {
      trail.set(at, alias);
      at = alias.next;
    }
    if (trail.has(at)) {
      const keys = [...trail.keys()];
      yield keys.slice(keys.indexOf(at)).flatMap((key) => trail.get(key) ?? []);
    }
    for (const key of trail.keys()) done.add(key);
  }
}
