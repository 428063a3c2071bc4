import { nameLength, nameToText } from '../rr/name.ts';
import type { Facts } from './facts.ts';

/** Octets before the exchange of MX and Client MX: the preference (RFC 1035 §3.3.9). */
export const MX_HEAD = 2;
/** Octets before the target of SRV: priority, weight, port (RFC 2782). */
export const SRV_HEAD = 6;

/** Whether the RDATA of a record is `head` octets and one whole name. */
export function namesHost({ zone }: Facts, record: number, head: number): boolean {
  const start = (zone.rdataStarts[record] ?? 0) + head;
  const length = (zone.rdataLengths[record] ?? 0) - head;
  return length > 0 && nameLength(zone.rdata, start) === length;
}

/** No look-up has been made yet. */
const UNKNOWN = -2;

/** The host that a record names behind `head` octets of its RDATA; its wire form and text are made when a rule asks for them. */
export class RdataHost {
  readonly record: number;
  readonly isNull: boolean;
  readonly #facts: Facts;
  readonly #head: number;
  #id = UNKNOWN;
  #wire: Uint8Array | undefined;
  #host: string | undefined;

  constructor(facts: Facts, record: number, head: number) {
    this.record = record;
    this.isNull = facts.zone.rdataLengths[record] === head + 1;
    this.#facts = facts;
    this.#head = head;
  }

  /** Its name id in the zone, -1 when the zone has no such name. */
  get id(): number {
    if (this.#id === UNKNOWN) {
      const { tree, zone } = this.#facts;
      const start = zone.rdataStarts[this.record] ?? 0;
      const id = zone.names.find(zone.rdata, start + this.#head, start + (zone.rdataLengths[this.record] ?? 0));
      this.#id = id >= 0 && tree.exists(id) ? id : -1;
    }
    return this.#id;
  }

  get wire(): Uint8Array {
    this.#wire ??= this.#facts.rdata(this.record).subarray(this.#head);
    return this.#wire;
  }

  /** Lower-case text without the final dot; '.' for the root. */
  get host(): string {
    if (this.#host === undefined) {
      const text = nameToText(this.wire).toLowerCase();
      this.#host = text === '.' ? text : text.slice(0, -1);
    }
    return this.#host;
  }
}

/** The number in two octets of the RDATA of a record. */
export function rdataNumber({ zone }: Facts, record: number, offset: number): number {
  const at = (zone.rdataStarts[record] ?? 0) + offset;
  return (zone.rdata[at] ?? 0) * 256 + (zone.rdata[at + 1] ?? 0);
}
