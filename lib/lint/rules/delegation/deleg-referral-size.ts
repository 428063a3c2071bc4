import { TYPE } from '../../../rr/types.ts';
import { BELOW_CUT } from '../../../zone/tree.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

const HEADER = 12;
/** Type and class behind the longest question. */
const QUESTION = 255 + 4;
/** A compressed owner, type, class, TTL and RDLENGTH. */
const RECORD = 12;
const OPT = 11;

/** A delegation whose referral does not fit into a datagram. */
export const rule: Rule = {
  id: 'deleg-referral-size',
  group: 'delegation',
  level: 'warning',
  cites: ['RFC 9471 §3', 'RFC 9715 §3.1'],
  what: 'The referral of a delegation, NS records with all glue, is larger than a datagram ought to be.',
  why: 'Servers leave glue out or set the truncation bit, and every resolver has to ask again over TCP.',
  help: 'Delegate to fewer servers, or to servers with shorter names in one domain.',
  options: { largest: { what: 'octets a referral may have', default: 1232, least: 512, most: 4096 } },
  bad: {
    zone: Array.from(
      { length: 30 },
      (_, at) => `sub NS a-server-with-a-rather-long-name-${at}.sub-${at}.example.org.${at === 0 ? ' ; expect' : ''}\n`,
    ).join(''),
  },
  good: { zone: 'sub NS ns1\nsub NS ns2.example.org.\n' },
  say: ({ name, size, largest }) =>
    `the referral to ${name} has up to ${size} octets, more than the ${largest} that fit into one datagram`,
  check(facts, report, settings) {
    const largest = settings.number('largest');
    for (const { owner, records } of facts.rrsets(TYPE.NS)) {
      const [first] = records;
      // Even the longest names fit when there are few of them.
      if (first === undefined || owner === facts.zone.apex || records.length * 60 + QUESTION < largest / 2) continue;
      if ((facts.tree.flags[owner] as number) & BELOW_CUT) continue;
      const size = referralSize(facts, owner, records);
      if (size <= largest) continue;
      report.record(first, 'owner', { args: { name: bare(facts.nameText(owner)), size, largest } });
    }
  },
};

/** Octets of the longest referral, names compressed against the delegation and against each other. */
function referralSize(facts: Facts, owner: number, records: readonly number[]): number {
  const { names } = facts.zone;
  const seen = new Set<string>();
  const delegation = names.wire(owner);
  for (let at = 0; at < delegation.length; at += (delegation[at] as number) + 1) seen.add(keyFrom(delegation, at));
  let size = HEADER + QUESTION + OPT;
  for (const record of records) {
    const server = facts.rdata(record);
    size += RECORD + compressed(server, seen);
    const id = facts.find(server);
    size += facts.rrset(id, TYPE.A).length * (RECORD + 4) + facts.rrset(id, TYPE.AAAA).length * (RECORD + 16);
  }
  return size;
}

function compressed(name: Uint8Array, seen: Set<string>): number {
  let at = 0;
  while ((name[at] ?? 0) > 0) {
    const key = keyFrom(name, at);
    if (seen.has(key)) return at + 2;
    seen.add(key);
    at += (name[at] as number) + 1;
  }
  return at + 1;
}

function keyFrom(name: Uint8Array, at: number): string {
  return Buffer.from(name.buffer, name.byteOffset + at, name.length - at)
    .toString('latin1')
    .toLowerCase();
}
