import { equalNames } from '../rr/name.ts';
import type { ResourceRecord } from '../wire/message.ts';
import type { RecordOrder } from './record-order.ts';
import { type SignedSet, setKey } from './served-zone.ts';

/** RRsets up to which looking through all of them is quicker than keys. */
const FEW = 12;

/** The three sections of an answer while they are filled: no RRset stands in two of them, signatures stand behind theirs. */
export class Sections {
  readonly answer: ResourceRecord[] = [];
  readonly authority: ResourceRecord[] = [];
  readonly additional: ResourceRecord[] = [];
  private readonly dnssecOk: boolean;
  private readonly stream: boolean;
  private readonly order: RecordOrder | undefined;
  /** Owners and types of the RRsets that are there, side by side. */
  private readonly owners: Uint8Array[] = [];
  private readonly types: number[] = [];
  /** Keys of the same, once they are many. */
  private keys: Set<string> | undefined;

  constructor({ dnssecOk, stream }: { readonly dnssecOk: boolean; readonly stream: boolean }, order?: RecordOrder) {
    this.dnssecOk = dnssecOk;
    this.stream = stream;
    this.order = order;
  }

  /** Adds an RRset under its own or another owner; false when there is none or it already stands somewhere. */
  add(section: ResourceRecord[], { records, signatures }: SignedSet, owner?: Uint8Array): boolean {
    const first = records[0];
    if (first === undefined || !this.isNew(owner ?? first.name, first.type)) return false;
    const ordered = this.order?.order(records, { asked: section === this.answer, stream: this.stream }) ?? records;
    for (const record of ordered) section.push(owner === undefined ? record : under(owner, record));
    if (!this.dnssecOk) return true;
    for (const record of signatures) section.push(owner === undefined ? record : under(owner, record));
    return true;
  }

  /** Takes an RRset down; false when it was there before. */
  private isNew(owner: Uint8Array, type: number): boolean {
    const { owners, types } = this;
    if (owners.length >= FEW) {
      this.keys ??= new Set(owners.map((name, index) => setKey(name, types[index] as number)));
      const before = this.keys.size;
      return this.keys.add(setKey(owner, type)).size > before;
    }
    for (let index = 0; index < owners.length; index++) {
      if (types[index] === type && equalNames(owners[index] as Uint8Array, owner)) return false;
    }
    owners.push(owner);
    types.push(type);
    return true;
  }
}

/** A record with another owner. */
function under(owner: Uint8Array, { type, class: rrClass, ttl, rdata }: ResourceRecord): ResourceRecord {
  return { name: owner, type, class: rrClass, ttl, rdata };
}
