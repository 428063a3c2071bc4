import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { type Aliases, aliasesOf } from './aliases.ts';

/** Chains of more aliases than this are given up by some resolvers. */
const MOST = 8;

/** An alias of an alias. */
export const rule: Rule = {
  id: 'core-cname-chain-long',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1034 §3.6.2', 'RFC 1034 §5.2.2'],
  what: 'An alias leads to another alias of the same zone; a warning when there are more than eight in a row.',
  why: 'Each alias costs a resolver another step, and resolvers give up after a number of them.',
  help: 'Point the first alias at the last name of the chain.',
  bad: { zone: 'www CNAME web ; expect\nweb CNAME host\nhost A 192.0.2.10\n' },
  good: { zone: 'www CNAME host\nweb CNAME host\nhost A 192.0.2.10\n' },
  say: ({ name, steps, last }) => `${name} reaches ${last} only after ${steps} aliases; it could name it at once`,
  check(facts, report) {
    const aliases = aliasesOf(facts);
    const pointed = new Uint8Array(aliases.next.length);
    for (const name of aliases.owners)
      if ((aliases.next[name] as number) >= 0) pointed[aliases.next[name] as number] = 1;
    for (const name of aliases.owners) {
      if (pointed[name] === 1 || (aliases.next[name] as number) < 0) continue;
      const chain = chainFrom(aliases, name);
      if (chain.length < 2) continue;
      const record = aliases.record[name] as number;
      const last = aliases.record[chain.at(-1) ?? name] as number;
      const args = { name: bare(facts.nameText(name)), steps: chain.length, last: bare(facts.rdataText(last)) };
      const related = [{ record: last, part: 'rdata', message: 'the last alias of the chain' }];
      report.record(record, 'rdata', {
        args,
        related,
        ...(chain.length > MOST ? { severity: 'warning' as const } : {}),
      });
    }
  },
};

/** The aliases from one that no other leads to; empty when they end in a circle. */
function chainFrom(aliases: Aliases, start: number): readonly number[] {
  const chain = new Set<number>();
  for (let name = start; name >= 0; name = aliases.next[name] as number) {
    if (chain.has(name)) return [];
    chain.add(name);
  }
  return [...chain];
}
