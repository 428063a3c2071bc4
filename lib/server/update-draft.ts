import { addRecords, type Change, raiseSerial, removeRrset, replaceRrset } from '../edit/change.ts';
import { canonicalRdata, readField } from '../rr/layout.ts';
import { equalNames, nameKey } from '../rr/name.ts';
import { TYPE, typeRow } from '../rr/types.ts';
import { u32At } from '../wire/header.ts';
import type { ResourceRecord } from '../wire/message.ts';
import { isRaised } from '../zone/serial.ts';
import type { ZoneTree } from '../zone/tree.ts';

/** Types that may stand beside a CNAME (RFC 4034 §3, §4, RFC 4035 §2.5). */
const BESIDE_CNAME: ReadonlySet<number> = new Set([TYPE.CNAME, TYPE.RRSIG, TYPE.NSEC, TYPE.KEY]);

/** Octets of a WKS record that tell it from others: address and protocol (RFC 2136 §1.1.5). */
const WKS_KEY = 5;

/** An RRset while it is being changed: RDATA by what tells records apart. */
interface DraftSet {
  readonly type: number;
  ttl: number;
  readonly rdatas: Map<string, Uint8Array>;
  /** What it was at first, in one string. */
  readonly before: string;
  readonly wasThere: boolean;
}

/** The names of a zone that an UPDATE looks at or changes, as they are so far (RFC 2136 §3.4.2). */
export class UpdateDraft {
  private readonly tree: ZoneTree;
  private readonly owners = new Map<string, { readonly name: Uint8Array; readonly sets: Map<number, DraftSet> }>();

  constructor(tree: ZoneTree) {
    this.tree = tree;
  }

  /** Whether a name owns records; that names below it do is not enough (RFC 2136 §2.4.4). */
  inUse(name: Uint8Array): boolean {
    for (const { rdatas } of this.setsAt(name).values()) if (rdatas.size > 0) return true;
    return false;
  }

  has(name: Uint8Array, type: number): boolean {
    return (this.setsAt(name).get(type)?.rdatas.size ?? 0) > 0;
  }

  /** Whether an RRset has exactly these records, TTLs aside (RFC 2136 §2.4.2). */
  equals(name: Uint8Array, type: number, records: readonly ResourceRecord[]): boolean {
    const wanted = new Set(records.map(({ rdata }) => exactKey(type, rdata)));
    const held = [...(this.setsAt(name).get(type)?.rdatas.values() ?? [])].map((rdata) => exactKey(type, rdata));
    return held.length === wanted.size && held.every((key) => wanted.has(key));
  }

  /** Adds a record to its RRset, unless what is there stands against it (RFC 2136 §3.4.2.2). */
  add({ name, type, ttl, rdata }: ResourceRecord): void {
    const sets = this.setsAt(name);
    if (type === TYPE.CNAME) {
      for (const [other, { rdatas }] of sets) if (rdatas.size > 0 && !BESIDE_CNAME.has(other)) return;
    } else if (this.has(name, TYPE.CNAME) && !BESIDE_CNAME.has(type)) return;
    if (type === TYPE.SOA && !this.isNewer(name, rdata)) return;
    let set = sets.get(type);
    if (set === undefined) {
      set = { type, ttl, rdatas: new Map(), before: '', wasThere: false };
      sets.set(type, set);
    }
    const { rdatas } = set;
    // RFC 2181 §5.2: the records of an RRset have one TTL, that of the last.
    set.ttl = ttl > 0x7fffffff ? 0 : ttl;
    if (typeRow(type)?.singleton) rdatas.clear();
    rdatas.set(recordKey(type, rdata), rdata);
  }

  /** Deletes an RRset, but not the SOA and NS records of the zone's name (RFC 2136 §3.4.2.3). */
  removeSet(name: Uint8Array, type: number): void {
    const kept = this.isApex(name) && (type === TYPE.SOA || type === TYPE.NS);
    if (!kept) this.setsAt(name).get(type)?.rdatas.clear();
  }

  removeName(name: Uint8Array): void {
    for (const type of this.setsAt(name).keys()) this.removeSet(name, type);
  }

  /** Deletes a record, but no SOA, and not the last NS record of the zone's name (RFC 2136 §3.4.2.4). */
  remove({ name, type, rdata }: ResourceRecord): void {
    const rdatas = this.setsAt(name).get(type)?.rdatas;
    if (rdatas === undefined || type === TYPE.SOA) return;
    const last = type === TYPE.NS && this.isApex(name) && rdatas.size === 1;
    if (last) return;
    const key = recordKey(type, rdata);
    const held = rdatas.get(key);
    if (held !== undefined && exactKey(type, held) === exactKey(type, rdata)) rdatas.delete(key);
  }

  /** What makes the zone's text say the same, with a higher serial unless that was changed too (RFC 2136 §3.6). */
  changes(now: number): Change[] {
    const changes: Change[] = [];
    let raised = false;
    for (const { name, sets } of this.owners.values()) {
      for (const set of sets.values()) {
        const { type, ttl, rdatas } = set;
        if (snapshot(set) === set.before) continue;
        const all = [...rdatas.values()];
        if (type === TYPE.SOA && this.isApex(name)) raised = true;
        if (all.length === 0) changes.push(removeRrset(name, type));
        else if (set.wasThere) changes.push(replaceRrset(name, type, all, ttl));
        else changes.push(addRecords(all.map((rdata) => ({ owner: name, type, ttl, rdata }))));
      }
    }
    const bump = changes.length > 0 && !raised && this.has(this.tree.zone.origin, TYPE.SOA);
    return bump ? [...changes, raiseSerial(now)] : changes;
  }

  /** Whether an SOA may take the place of the zone's: only one that comes after it (RFC 2136 §3.4.2.2). */
  private isNewer(name: Uint8Array, rdata: Uint8Array): boolean {
    const [held] = this.setsAt(name).get(TYPE.SOA)?.rdatas.values() ?? [];
    return held !== undefined && this.isApex(name) && isRaised(serialIn(held), serialIn(rdata));
  }

  private isApex(name: Uint8Array): boolean {
    return equalNames(name, this.tree.zone.origin);
  }

  private setsAt(name: Uint8Array): Map<number, DraftSet> {
    const key = nameKey(name);
    let owner = this.owners.get(key);
    if (owner === undefined) {
      owner = { name, sets: this.read(name) };
      this.owners.set(key, owner);
    }
    return owner.sets;
  }

  private read(name: Uint8Array): Map<number, DraftSet> {
    const { tree } = this;
    const { zone } = tree;
    const sets = new Map<number, DraftSet>();
    const id = zone.names.find(name);
    for (const record of id < 0 ? [] : tree.recordsAt(id)) {
      const type = zone.types[record] as number;
      let set = sets.get(type);
      if (set === undefined) {
        set = { type, ttl: zone.ttls[record] as number, rdatas: new Map(), before: '', wasThere: true };
        sets.set(type, set);
      }
      const rdata = zone.rdataOf(record).slice();
      const key = recordKey(type, rdata);
      if (!set.rdatas.has(key)) set.rdatas.set(key, rdata);
    }
    for (const [type, set] of sets) sets.set(type, { ...set, before: snapshot(set) });
    return sets;
  }
}

/** TTL and records of an RRset, whatever their order. */
function snapshot({ type, ttl, rdatas }: DraftSet): string {
  if (rdatas.size === 0) return '';
  return `${ttl} ${[...rdatas.values()]
    .map((rdata) => exactKey(type, rdata))
    .sort()
    .join('\n')}`;
}

function serialIn(rdata: Uint8Array): number {
  const octets = readField(TYPE.SOA, rdata, 'serial');
  return octets === undefined ? 0 : u32At(octets, 0);
}

/** Equal for records of which the later one takes the place of the earlier one (RFC 2136 §1.1.5). */
function recordKey(type: number, rdata: Uint8Array): string {
  return type === TYPE.WKS ? latin1(rdata.subarray(0, WKS_KEY)) : exactKey(type, rdata);
}

/** Equal for the same RDATA: letter case of names counts where the type says so (RFC 4034 §6.2). */
function exactKey(type: number, rdata: Uint8Array): string {
  return latin1(canonicalRdata(type, rdata));
}

function latin1(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
}
