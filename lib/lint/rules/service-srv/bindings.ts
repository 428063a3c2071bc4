import { nameLength } from '../../../rr/name.ts';
import { printedKey, svcKey } from '../../../rr/svcb-keys.ts';
import { TYPE } from '../../../rr/types.ts';
import { lookAt } from '../../../zone/look.ts';
import { isHidden, isNull } from '../../common-hosts.ts';
import type { Facts, RRset } from '../../facts.ts';

/** Numbers of the parameters that rules speak about (RFC 9460 §14.3.2). */
export const KEY = { mandatory: 0, alpn: 1, noDefaultAlpn: 2, port: 3, ipv4hint: 4, ipv6hint: 6, dohpath: 7 } as const;

/** The types with this form (RFC 9460 §2, §9). */
const BINDING_TYPES: readonly number[] = [TYPE.SVCB, TYPE.HTTPS];

/** An SVCB or HTTPS record taken apart. */
export interface Binding {
  readonly record: number;
  /** 0 is AliasMode, anything else ServiceMode. */
  readonly priority: number;
  /** Wire form as written; the root stands for the owner, or in AliasMode for "not available". */
  readonly target: Uint8Array;
  readonly params: Params;
}

/** The parameters of a record, found when asked for. */
class Params {
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get(key: number): Uint8Array | undefined {
    for (const [each, value] of this) if (each === key) return value;
    return undefined;
  }

  has(key: number): boolean {
    return this.get(key) !== undefined;
  }

  get isEmpty(): boolean {
    return this.bytes.length === 0;
  }

  keys(): readonly number[] {
    return [...this].map(([key]) => key);
  }

  *[Symbol.iterator](): Generator<readonly [number, Uint8Array]> {
    const { bytes } = this;
    for (let at = 0; at + 4 <= bytes.length; ) {
      const end = at + 4 + number16(bytes, at + 2);
      yield [number16(bytes, at), bytes.subarray(at + 4, end)];
      at = end;
    }
  }
}

function number16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}

/** An RRset of SVCB or HTTPS taken apart. */
export interface BindingSet {
  readonly set: RRset;
  readonly bindings: readonly Binding[];
}

/** The SVCB and HTTPS RRsets that the zone answers with. */
export function bindingSets(facts: Facts): readonly BindingSet[] {
  return facts.once(readSets);
}

function readSets(facts: Facts): readonly BindingSet[] {
  return BINDING_TYPES.flatMap((type) => facts.rrsets(type))
    .filter(({ owner }) => !isHidden(facts, owner))
    .map((set) => ({ set, bindings: set.records.flatMap((record) => bindingOf(facts, record) ?? []) }));
}

function bindingOf(facts: Facts, record: number): Binding | undefined {
  const rdata = facts.rdata(record);
  const size = rdata.length > 2 ? nameLength(rdata, 2) : -1;
  if (size < 0) return undefined;
  return {
    record,
    priority: number16(rdata, 0),
    target: rdata.subarray(2, 2 + size),
    params: new Params(rdata.subarray(2 + size)),
  };
}

/** Whether a record is in AliasMode. */
export function isAlias({ priority }: Binding): boolean {
  return priority === 0;
}

/** The name that a record in ServiceMode means: the target, or the owner for "." (RFC 9460 §2.5.2). */
export function effectiveTarget(facts: Facts, { owner }: RRset, { target }: Binding): Uint8Array {
  return isNull(target) ? facts.zone.names.wire(owner) : target;
}

/** Values of a parameter that are strings with length octets, as alpn has them. */
export function stringsOf(value: Uint8Array): readonly string[] {
  const strings: string[] = [];
  for (let at = 0; at < value.length; at += 1 + (value[at] ?? 0)) {
    strings.push(String.fromCharCode(...value.subarray(at + 1, at + 1 + (value[at] ?? 0))));
  }
  return strings;
}

/**
 * Where a parameter stands, counted over the words of the RDATA without quotes, as places in texts are; undefined when it has no
 * words of its own (generic form) or escapes stand before it.
 */
export function paramRange(facts: Facts, record: number, key: number): { from: number; to: number } | undefined {
  const { entry, header, written } = lookAt(facts.zone, record);
  if (!written) return undefined;
  const names = [svcKey(key).name, printedKey(key), `key${key}`];
  let octet = 0;
  let from = -1;
  for (let word = header.rdataWord; word < entry.wordCount; word++) {
    const quote = entry.wordQuoted(word) ? 1 : 0;
    const bytes = entry.bytes.subarray(entry.wordStart(word) + quote, entry.wordEnd(word) - quote);
    const text = String.fromCharCode(...bytes);
    if (text.includes('\\')) return undefined;
    if (from >= 0) return { from, to: octet + text.length };
    const [name = ''] = text.split('=', 1);
    if (names.includes(name) && quote === 0) {
      // A quoted value is a word of its own behind the equals sign.
      if (!text.endsWith('=') || word === entry.wordCount - 1) return { from: octet, to: octet + text.length };
      from = octet;
    }
    octet += text.length;
  }
  return undefined;
}
