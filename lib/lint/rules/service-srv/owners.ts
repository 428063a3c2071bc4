import { labelsOf } from '../../../rr/name.ts';
import type { Facts, RRset } from '../../facts.ts';
import { srvSets } from './records.ts';

/** Labels of the transport (RFC 2782, RFC 8552 §4.1.2; `_quic` as it is in use). */
export const TRANSPORTS: readonly string[] = ['_tcp', '_udp', '_sctp', '_dccp', '_quic'];

/** An SRV RRset whose owner is not plainly `_service._tcp` or `_service._udp`. */
export interface OddOwner {
  readonly set: RRset;
  /** All labels as written. */
  readonly labels: readonly string[];
  /** The first three in small letters. */
  readonly first: string;
  readonly second: string;
  readonly third: string;
}

/** The SRV RRsets whose owner needs a closer look, those of the draft about SMTP left to its own rules. */
export function oddOwners(facts: Facts): readonly OddOwner[] {
  return facts.once(readOdd);
}

function readOdd(facts: Facts): readonly OddOwner[] {
  const { names } = facts.zone;
  const odd: OddOwner[] = [];
  for (const set of srvSets(facts)) {
    if (isPlain(names.arena, names.offsets[set.owner] ?? 0)) continue;
    const labels = labelsOf(names.wire(set.owner));
    const [first = '', second = '', third = ''] = labels.slice(0, 3).map((label) => label.toLowerCase());
    if (first === '*' || first === facts.drafts.label || isAlmostSmtpTls(first)) continue;
    // An instance of a service (RFC 6763 §4.1), or a name made of one.
    if (second.startsWith('_') && TRANSPORTS.includes(third)) continue;
    odd.push({ set, labels, first, second, third });
  }
  return odd;
}

const UNDERSCORE = 0x5f;
const PLAIN = ['tcp', 'udp'].map((word) => new TextEncoder().encode(word));

/** Whether a name begins with `_service._tcp` or `_service._udp`, the service without underscores in odd places. */
function isPlain(arena: Uint8Array, start: number): boolean {
  const end = start + 1 + (arena[start] ?? 0);
  if (arena[start + 1] !== UNDERSCORE || arena[start + 2] === UNDERSCORE || arena[end - 1] === UNDERSCORE) return false;
  if (arena[end] !== 4 || arena[end + 1] !== UNDERSCORE) return false;
  if (PLAIN.some((word) => isWord(arena, start + 2, end, word))) return false;
  return PLAIN.some((word) => isWord(arena, end + 2, end + 5, word));
}

function isWord(arena: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  return to - from === word.length && word.every((octet, at) => octet === ((arena[from + at] ?? 0) | 0x20));
}

/** Whether a label is a slip of `_smtp-tls`, which has a rule of its own. */
function isAlmostSmtpTls(label: string): boolean {
  return /^s[mptls]{6,7}$/.test(label.replace(/[^a-z\d]/g, ''));
}

/** A service label without underscores in odd places. */
export function serviceLabel(label: string): string {
  return `_${label.replace(/^_+|_+$/g, '')}`;
}
