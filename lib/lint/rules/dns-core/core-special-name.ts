import { nameLength } from '../../../rr/name.ts';
import { TYPE, typeRow, typeToText } from '../../../rr/types.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Top-level names that the public DNS never answers for, and what they are for. */
const SPECIAL: ReadonlyMap<string, string> = new Map([
  ['local', 'names of the local network (multicast DNS)'],
  ['localhost', 'the own host'],
  ['onion', 'Tor services'],
  ['invalid', 'names that do not exist'],
  ['test', 'tests'],
  ['internal', 'private networks'],
  ['alt', 'names outside DNS'],
]);

/** Types whose last field names something that others look up. */
const TARGETS: readonly (readonly [type: number, offset: number])[] = [
  [TYPE.NS, 0],
  [TYPE.MX, 2],
  [TYPE.SRV, 6],
  [TYPE.CNAME, 0],
  [TYPE.DNAME, 0],
];

/** A target that the public DNS cannot answer for. */
export const rule: Rule = {
  id: 'core-special-name',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 6761 §6', 'RFC 6762 §3', 'RFC 7686 §2', 'RFC 9476 §2'],
  what: 'A record of an ordinary zone points at a name that the public DNS does not have.',
  why: 'Names below local, localhost, onion, test or invalid are answered by the own machine or by nobody.',
  help: 'Name a host of the public DNS.',
  bad: { zone: 'printer CNAME printer.local. ; expect\n' },
  good: { zone: 'printer A 192.0.2.10\n' },
  say: ({ type, target, top, meaning }) => `the ${type} record points at ${target}; .${top} is kept for ${meaning}`,
  check(facts, report) {
    const { rdata, rdataStarts, origin } = facts.zone;
    const own = topLabel(origin, 0);
    // The reverse zones of the own host and network name it on purpose (RFC 6303).
    if (own === 'arpa') return;
    for (const [type, offset] of TARGETS) {
      const field = typeRow(type)?.fields.at(-1)?.name ?? 'rdata';
      for (const record of facts.records(type)) {
        const start = (rdataStarts[record] as number) + offset;
        const top = specialTop(rdata, start);
        const meaning = top === undefined || top === own ? undefined : SPECIAL.get(top);
        if (top === undefined || meaning === undefined) continue;
        const target = bareName(rdata.slice(start, start + nameLength(rdata, start)));
        report.record(record, field, { args: { type: typeToText(type), target, top, meaning } });
      }
    }
  },
};

/** The last label of the name at an offset when it may be special: by its length and first letter. */
function specialTop(bytes: Uint8Array, start: number): string | undefined {
  let at = start;
  let last = -1;
  for (let size = bytes[at] as number; size > 0; size = bytes[at] as number) {
    last = at;
    at += size + 1;
  }
  if (last < 0) return undefined;
  const letter = (bytes[last + 1] as number) | 0x20;
  // l, o, i, t, a: the letters that the special names begin with.
  if (letter !== 0x6c && letter !== 0x6f && letter !== 0x69 && letter !== 0x74 && letter !== 0x61) return undefined;
  return topLabel(bytes, last);
}

function topLabel(bytes: Uint8Array, start: number): string {
  let at = start;
  let label = '';
  for (let size = bytes[at] as number; size > 0; size = bytes[at] as number) {
    label = String.fromCharCode(...bytes.subarray(at + 1, at + 1 + size));
    at += size + 1;
  }
  return label.toLowerCase();
}
