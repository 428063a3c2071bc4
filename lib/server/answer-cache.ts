import { OPTION } from '../wire/edns.ts';
import { HEADER_LENGTH, u16At } from '../wire/header.ts';
import {
  type Answered,
  type AnswerOutcome,
  type AnswerSummary,
  DEFAULT_OPTIONS,
  type ServerOptions,
  type Settings,
  type Transport,
} from './exchange.ts';

/** Answers kept and octets they may take together; beyond that all are forgotten. */
const MOST_ANSWERS = 1 << 16;
const MOST_OCTETS = 1 << 25;
/** Queries and answers that are longer are not worth keeping. */
const LONGEST_QUERY = 512;
const LONGEST_ANSWER = 4096;

/** Outcomes that the octets of the query and the zones alone decide. */
const KEPT: ReadonlySet<AnswerOutcome> = new Set(['answer', 'nodata', 'nxdomain', 'referral', 'alias']);

const TRANSPORTS: Readonly<Record<Transport, number>> = { udp: 1, tcp: 2, tls: 3, https: 4 };

/** An answer as it was written for the query in small letters. */
interface Kept {
  /** Whether it is the same for any other spelling but for the question; undefined until one comes. */
  anyCase: boolean | undefined;
  readonly hash: number;
  readonly transport: number;
  /** The query in small letters. */
  readonly query: Uint8Array;
  readonly bytes: Uint8Array;
  readonly summary: AnswerSummary;
}

/**
 * Answers found by the octets of the query, id and letter case of the question aside. An answer given again is the one
 * that would be made anew: it has the id and the question of its own query, and is not used for another spelling when a
 * name in it is a pointer to letters of the question that the zone spells otherwise.
 */
export class AnswerCache {
  /** The options that all of them were made with, those not given included. */
  readonly settings: Settings;
  private slots = new Int32Array(1024);
  private kept: Kept[] = [];
  private octets = 0;

  constructor(options: ServerOptions) {
    this.settings = { ...DEFAULT_OPTIONS, ...options };
  }

  /** The answer to a query that was asked before, undefined when there is none. */
  find(query: Uint8Array, transport: Transport): Answered | undefined {
    const end = endOfQuestionName(query);
    if (end < 0) return undefined;
    const kept = this.look(query, end, TRANSPORTS[transport]);
    if (kept === undefined || (kept.anyCase !== true && !isSmall(query, end))) return undefined;
    return new AnswerAgain(kept, query, end);
  }

  /** What `make` answers to a query; kept when nothing but its octets decides about it. */
  add(query: Uint8Array, transport: Transport, make: (query: Uint8Array) => Answered): Answered {
    const made = make(query);
    const end = endOfQuestionName(query);
    if (end < 0 || !isLasting(made)) return made;
    const number = TRANSPORTS[transport];
    const known = this.look(query, end, number);
    if (isSmall(query, end)) {
      if (known === undefined) this.keep(query.slice(), end, number, made);
      return made;
    }
    const folded = recased(query, end, small);
    const kept = known ?? this.keep(folded, end, number, make(folded));
    kept.anyCase ??= differOnlyBefore(kept.bytes, make(recased(query, end, capital)).bytes, end);
    return made;
  }

  private look(query: Uint8Array, end: number, transport: number): Kept | undefined {
    const hash = hashOf(query, end);
    const mask = this.slots.length - 1;
    for (let slot = spread(hash, transport) & mask; ; slot = (slot + 1) & mask) {
      const index = this.slots[slot] as number;
      if (index === 0) return undefined;
      const kept = this.kept[index - 1] as Kept;
      if (kept.hash === hash && kept.transport === transport && sameQuery(kept.query, query, end)) return kept;
    }
  }

  private keep(query: Uint8Array, end: number, transport: number, { bytes, summary }: Answered): Kept {
    const octets = bytes?.slice() ?? new Uint8Array(0);
    const kept: Kept = { anyCase: undefined, hash: hashOf(query, end), transport, query, bytes: octets, summary };
    this.put(kept);
    return kept;
  }

  private put(kept: Kept): void {
    this.octets += kept.query.length + kept.bytes.length;
    if (this.kept.length >= MOST_ANSWERS || this.octets > MOST_OCTETS) {
      this.kept = [];
      this.slots.fill(0);
      this.octets = kept.query.length + kept.bytes.length;
    }
    this.kept.push(kept);
    if (this.kept.length * 2 > this.slots.length) this.grow();
    else this.place(this.kept.length);
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (let number = 1; number <= this.kept.length; number++) this.place(number);
  }

  private place(number: number): void {
    const { hash, transport } = this.kept[number - 1] as Kept;
    const mask = this.slots.length - 1;
    let slot = spread(hash, transport) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = number;
  }
}

/** Whether an answer is the same for every client and at any time: one with a cookie is not. */
function isLasting({ bytes, summary }: Answered): boolean {
  if (bytes === undefined || bytes.length > LONGEST_ANSWER || !KEPT.has(summary.outcome)) return false;
  return !summary.edns?.options.includes(OPTION.COOKIE);
}

/** A kept answer with the id and the question of another query, which must not change before the summary is read. */
class AnswerAgain implements Answered {
  readonly bytes: Uint8Array;
  private readonly kept: Kept;
  private readonly query: Uint8Array;
  private readonly end: number;

  constructor(kept: Kept, query: Uint8Array, end: number) {
    this.kept = kept;
    this.query = query;
    this.end = end;
    const bytes = kept.bytes.slice();
    bytes[0] = query[0] as number;
    bytes[1] = query[1] as number;
    for (let at = HEADER_LENGTH; at < end; at++) bytes[at] = query[at] as number;
    this.bytes = bytes;
  }

  get summary(): AnswerSummary {
    const { kept, query, end } = this;
    const question = kept.summary.question && { ...kept.summary.question, name: query.slice(HEADER_LENGTH, end) };
    return { ...kept.summary, id: u16At(query, 0), question };
  }
}

/** Where the name of a lone question ends; -1 for anything that is not a plain query with at most an OPT record. */
function endOfQuestionName(query: Uint8Array): number {
  const length = query.length;
  if (length > LONGEST_QUERY || length < HEADER_LENGTH + 5 || ((query[2] as number) & 0xf8) !== 0) return -1;
  if (query[4] !== 0 || query[5] !== 1 || query[10] !== 0 || (query[11] as number) > 1) return -1;
  if ((query[6] as number) | (query[7] as number) | (query[8] as number) | (query[9] as number)) return -1;
  let at = HEADER_LENGTH;
  for (let size = query[at] as number; size !== 0; size = query[at] as number) {
    at += size + 1;
    if (size > 63 || at + 5 > length) return -1;
  }
  return at + 1;
}

/** A hash of all octets behind the id, those of the question's name in small letters. */
function hashOf(query: Uint8Array, end: number): number {
  let hash = ((query[2] as number) << 8) ^ (query[3] as number);
  for (let at = HEADER_LENGTH; at < end; at++) hash = Math.imul(hash ^ ((query[at] as number) | 0x20), 0x01000193);
  for (let at = end; at < query.length; at++) hash = Math.imul(hash ^ (query[at] as number), 0x01000193);
  return hash;
}

function spread(hash: number, transport: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15) ^ transport, 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** Whether a query is the one kept in small letters, whatever their ids. */
function sameQuery(kept: Uint8Array, query: Uint8Array, end: number): boolean {
  const { length } = query;
  if (kept.length !== length || kept[2] !== query[2] || kept[3] !== query[3] || kept[11] !== query[11]) return false;
  for (let at = HEADER_LENGTH; at < end; at++) {
    const octet = query[at] as number;
    if (kept[at] !== octet && kept[at] !== small(octet)) return false;
  }
  for (let at = end; at < length; at++) if (kept[at] !== query[at]) return false;
  return true;
}

function isSmall(query: Uint8Array, end: number): boolean {
  for (let at = HEADER_LENGTH; at < end; at++) {
    const octet = query[at] as number;
    if (octet >= 0x41 && octet <= 0x5a) return false;
  }
  return true;
}

/** A copy with the letters of the question's name changed; octets of lengths are no letters. */
function recased(query: Uint8Array, end: number, change: (octet: number) => number): Uint8Array {
  const copy = query.slice();
  for (let at = HEADER_LENGTH; at < end; at++) copy[at] = change(copy[at] as number);
  return copy;
}

/** Whether octets from an offset on are the same. */
function differOnlyBefore(a: Uint8Array, b: Uint8Array | undefined, end: number): boolean {
  if (b === undefined || a.length !== b.length) return false;
  for (let at = end; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

function capital(octet: number): number {
  return octet >= 0x61 && octet <= 0x7a ? octet & ~0x20 : octet;
}

function small(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet | 0x20 : octet;
}
