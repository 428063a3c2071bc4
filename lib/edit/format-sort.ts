import { TYPE } from '../rr/types.ts';
import * as row from './format-rows.ts';

/** A record with the comments that belong to it: those on the lines above, and those below under its own. */
interface Group {
  readonly rows: number[];
  /** Row of the record, -1 for comments behind the last one. */
  record: number;
  owner: string;
  key: string;
  rank: number;
}

/** Puts the records of blocks in order by owner and type, comments moving with the record below them. */
export class BlockSorter {
  /** The owner that a record without one takes in the file as it was, when the order has changed it. */
  private displaced: string | undefined;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Sorts one block in place, unless the records take what they do not say from those before them. */
  block(rows: row.Rows, hasDefaultTtl: boolean): void {
    const groups = this.groups(rows);
    const records = groups.filter(({ record }) => record >= 0);
    const first = records[0];
    if (first === undefined) return;
    const { displaced } = this;
    this.displaced = undefined;
    if (displaced !== undefined && first.owner === '') {
      this.setOwner(rows, first.record, displaced);
      first.owner = displaced;
    }
    // Without a $TTL records take the TTL of the one before, those of the next block included.
    if (rows.broken || first.owner === '' || !hasDefaultTtl) return;
    let owner = '';
    for (const group of records) {
      if (group.owner === '') group.owner = owner;
      owner = group.owner;
      group.key = ownerKey(owner);
    }
    const sorted = [...records].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.rank - b.rank));
    const last = sorted.at(-1)?.owner;
    if (last !== owner) this.displaced = owner;
    this.rewrite(rows, [...sorted, ...groups.filter(({ record }) => record < 0)]);
  }

  /** Behind a change of `$ORIGIN` an owner needs its whole name; without an origin so far nobody knows that. */
  leaveOrigin(origin: string | undefined): void {
    const { displaced } = this;
    if (displaced === undefined || origin === undefined || /(?:^|[^\\])(?:\\\\)*\.$/u.test(displaced)) return;
    this.displaced = displaced === '@' ? origin : origin === '.' ? `${displaced}.` : `${displaced}.${origin}`;
  }

  /** Shortens that name under the new origin, as names in the file are. */
  enterOrigin(origin: string): void {
    const { displaced } = this;
    if (displaced === undefined || origin === '.') return;
    if (displaced === origin) this.displaced = '@';
    else if (displaced.endsWith(`.${origin}`)) this.displaced = displaced.slice(0, -origin.length - 1);
  }

  /** `$GENERATE` gives the records behind it an owner of its own. */
  forgetOwner(): void {
    this.displaced = undefined;
  }

  private groups(rows: row.Rows): Group[] {
    const groups: Group[] = [];
    let group: Group = { rows: [], record: -1, owner: '', key: '', rank: 0 };
    for (let base = 0, end = rows.count * row.STRIDE; base < end; base += row.STRIDE) {
      const kind = rows.data[base + row.KIND] as number;
      const before = groups.at(-1);
      if (kind === row.COMMENT_ROW && rows.data[base + row.OWNER] === 1 && group.rows.length === 0 && before) {
        before.rows.push(base);
        continue;
      }
      group.rows.push(base);
      if (kind !== row.RECORD_ROW && kind !== row.LAYOUT_ROW) continue;
      group.record = base;
      group.owner = this.ownerOf(rows, base);
      group.rank = rankOf((rows.data[base + row.TYPE_NUMBER] as number) & 0xffff);
      groups.push(group);
      group = { rows: [], record: -1, owner: '', key: '', rank: 0 };
    }
    if (group.rows.length > 0) groups.push(group);
    return groups;
  }

  private ownerOf({ data, side }: row.Rows, base: number): string {
    const start = data[base + row.OWNER] as number;
    const length = data[base + row.OWNER + 1] as number;
    if (length === 0) return '';
    const from = start >= 0 ? this.bytes : side.bytes;
    const at = start >= 0 ? start : -2 - start;
    return Buffer.from(from.subarray(at, at + length)).toString('latin1');
  }

  private setOwner(rows: row.Rows, base: number, owner: string): void {
    rows.data[base + row.OWNER] = row.sideStart(rows.side.length);
    rows.data[base + row.OWNER + 1] = owner.length;
    rows.side.put(Buffer.from(owner, 'latin1'));
    if (owner.length > rows.owner && owner.length <= row.WIDEST_OWNER) rows.owner = owner.length;
  }

  /** Puts the rows in the order of the groups; an owner is written where the record before has another. */
  private rewrite(rows: row.Rows, groups: readonly Group[]): void {
    let before = '';
    for (const { record, owner } of groups) {
      if (record < 0) continue;
      if (owner !== before && rows.data[record + row.OWNER + 1] === 0) this.setOwner(rows, record, owner);
      before = owner;
    }
    const from = rows.data.slice(0, rows.count * row.STRIDE);
    let to = 0;
    for (const group of groups) {
      for (const base of group.rows) {
        rows.data.set(from.subarray(base, base + row.STRIDE), to);
        to += row.STRIDE;
      }
    }
  }
}

/** A text by which owners are in order: label by label from the right, the origin first. */
function ownerKey(owner: string): string {
  if (owner === '@') return '';
  const absolute = owner.endsWith('.');
  const labels = owner.toLowerCase().match(/(?:[^.\\]|\\.)+/gu) ?? [];
  return `${absolute ? '1' : '0'}${labels.reverse().join('\0')}`;
}

/** SOA first, then NS, then by number. */
function rankOf(type: number): number {
  if (type === TYPE.SOA) return -2;
  return type === TYPE.NS ? -1 : type;
}
