import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { type Aliases, aliasesOf } from './aliases.ts';

/** CNAMEs that lead back to themselves. */
export const rule: Rule = {
  id: 'core-cname-loop',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1034 §3.6.2'],
  what: 'CNAMEs of the zone lead back to themselves.',
  why: 'No query for any of these names can be answered; a resolver follows the circle until it gives up with a failure.',
  help: 'Point one of the aliases at the host that is meant.',
  bad: { zone: 'mail CNAME smtp ; expect\nsmtp CNAME mail\n' },
  good: { zone: 'mail CNAME smtp\nsmtp A 192.0.2.10\n' },
  say: ({ circle }) => `the aliases ${circle} lead in a circle; one of them must name a host`,
  check(facts, report) {
    const aliases = aliasesOf(facts);
    for (const circle of circles(aliases)) {
      const [first, ...others] = [...circle].sort((a, b) => recordOf(aliases, a) - recordOf(aliases, b));
      if (first === undefined) continue;
      const shown = circle.length > 8 ? [...circle.slice(0, 8), '…'] : [...circle, circle[0] ?? first];
      const args = {
        circle: shown.map((name) => (typeof name === 'string' ? name : bare(facts.nameText(name)))).join(' -> '),
      };
      const related = others.slice(0, 8).map((name) => ({
        record: recordOf(aliases, name),
        part: 'rdata',
        message: 'goes on here',
      }));
      report.record(recordOf(aliases, first), 'rdata', { args, related });
    }
  },
};

function recordOf(aliases: Aliases, name: number): number {
  return aliases.record[name] as number;
}

/** Every circle once, by colouring: each alias is walked over a single time. */
function circles({ owners, next }: Aliases): number[][] {
  const walked = new Int32Array(next.length);
  const found: number[][] = [];
  let round = 0;
  for (const start of owners) {
    round++;
    let name = start;
    while (name >= 0 && walked[name] === 0) {
      walked[name] = round;
      name = next[name] as number;
    }
    if (name < 0 || walked[name] !== round) continue;
    const circle = [name];
    for (let at = next[name] as number; at !== name; at = next[at] as number) circle.push(at);
    found.push(circle);
  }
  return found;
}
