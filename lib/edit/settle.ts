import { equalNames, nameToText } from '../rr/name.ts';
import { classToText, typeToText } from '../rr/types.ts';
import type { Edit } from '../text/edits.ts';
import { Entry } from '../text/entry.ts';
import { lookAt, type RecordLook } from '../zone/look.ts';
import type { BrokenEntry, Zone } from '../zone/zone.ts';
import { ttlText } from './columns.ts';
import type { Draft, Piece, Wish } from './draft.ts';
import { commentedOut, withoutRecord } from './entry-edits.ts';
import { FileWriter } from './file-writer.ts';
import { Layout, NearRecords } from './layout.ts';
import type { FilePlace } from './reading-order.ts';
import { movedText, newLine, recordEdits } from './record-text.ts';
import { givenTtl, LAST_RESORT_TTL, statesTtl, type TtlState, ttlAfter, unstatedTtl } from './scopes.ts';
import { readTextPiece } from './text-piece.ts';

/** A file being read: the owner that its next record may take over, as it was and as it will be. */
interface Frame {
  readonly file: number;
  oldOwner: Uint8Array | undefined;
  newOwner: Uint8Array | undefined;
}

/**
 * Makes the edits of a draft: goes through the zone in reading order from each place that is touched until what later entries
 * take over (owner, TTL) is as it was, and writes it out where it would become another.
 */
export class Settler {
  readonly writer: FileWriter;
  private readonly draft: Draft;
  private readonly zone: Zone;
  private readonly touched: FilePlace[];
  private readonly pieces: readonly Piece[];
  private readonly entry = new Entry();
  private readonly near: NearRecords;
  private frames: Frame[] = [];
  private oldTtl: TtlState = { defaultTtl: -1, lastTtl: -1 };
  private newTtl: TtlState = { defaultTtl: -1, lastTtl: -1 };
  private record = 0;
  private broken = 0;
  private directive = 0;
  private piece = 0;
  /** Whether no record of the new zone was met yet. */
  private first = true;

  constructor(draft: Draft) {
    const { zone, scopes } = draft;
    this.draft = draft;
    this.zone = zone;
    this.writer = new FileWriter(zone);
    this.near = new NearRecords(zone, (record) => this.originAt(this.placeOf(record)));
    const compare = (a: FilePlace, b: FilePlace): number => scopes.order.compare(a.file, a.offset, b.file, b.offset);
    const { pieces } = draft;
    this.pieces = pieces.toSorted(compare);
    const records = [...draft.wishes.keys()].map((record) => this.placeOf(record));
    this.touched = [...records, ...pieces].toSorted(compare);
  }

  run(): void {
    for (let next = 0; next < this.touched.length && this.draft.problem === undefined; ) {
      const start = this.touched[next];
      if (start === undefined) return;
      this.enter(start);
      for (;;) {
        const at = this.nextPlace();
        while (next < this.touched.length && this.before(this.touched[next], at)) next++;
        if (this.pieceBefore(at)) continue;
        if (at === undefined || this.draft.problem !== undefined) return;
        const wanted = this.touched[next];
        const here = wanted !== undefined && wanted.file === at.file && wanted.offset === at.offset;
        if (!here && this.converged()) break;
        if (here) next++;
        this.step(at);
      }
    }
  }

  private before(place: FilePlace | undefined, at: FilePlace | undefined): boolean {
    if (place === undefined || at === undefined) return false;
    return this.draft.scopes.order.compare(place.file, place.offset, at.file, at.offset) < 0;
  }

  /** Takes up the state that the zone has before a place. */
  private enter(place: FilePlace): void {
    const { order } = this.draft.scopes;
    this.record = order.recordAt(place.file, place.offset);
    this.broken = order.brokenAt(place.file, place.offset);
    this.directive = order.directiveAt(place.file, place.offset);
    this.first = this.first && this.record === 0;
    this.oldTtl = this.draft.scopes.ttlAt(place.file, place.offset);
    this.newTtl = this.oldTtl;
    this.frames = [];
    for (const { file, offset } of order.chain(place.file, place.offset))
      this.push(file, this.ownerBefore(file, offset));
  }

  private push(file: number, owner: Uint8Array | undefined): void {
    const parent = this.frames.at(-1);
    this.frames.push({ file, oldOwner: owner ?? parent?.oldOwner, newOwner: owner ?? parent?.newOwner });
  }

  /** The owner that stands last before an offset of a file itself; undefined when none can be told. */
  private ownerBefore(file: number, offset: number): Uint8Array | undefined {
    const { zone } = this;
    const { order } = this.draft.scopes;
    const record = order.recordBefore(file, offset);
    const broken = order.brokenBefore(file, offset);
    if (broken !== undefined && (record < 0 || broken.start > (zone.entries[record] ?? 0))) {
      return broken.owner < 0 ? undefined : zone.names.wire(broken.owner);
    }
    return record < 0 ? undefined : zone.ownerOf(record);
  }

  private placeOf(record: number): FilePlace {
    return { file: this.zone.fileOf[record] ?? 0, offset: this.zone.entries[record] ?? 0 };
  }

  /** Where the next entry of the zone stands; undefined behind the last. */
  private nextPlace(): FilePlace | undefined {
    const { zone } = this;
    const { order } = this.draft.scopes;
    let next = this.record < zone.count ? this.placeOf(this.record) : undefined;
    for (const entry of [zone.broken[this.broken], zone.directives[this.directive]]) {
      if (entry === undefined) continue;
      const order_ = next === undefined ? -1 : order.compare(entry.file, entry.start, next.file, next.offset);
      if (order_ < 0) next = { file: entry.file, offset: entry.start };
    }
    return next;
  }

  /** Writes the next piece if it stands before the next entry. */
  private pieceBefore(at: FilePlace | undefined): boolean {
    const piece = this.pieces[this.piece];
    if (piece === undefined || this.draft.problem !== undefined) return false;
    const { order } = this.draft.scopes;
    if (at !== undefined && order.compare(piece.file, piece.offset, at.file, at.offset) > 0) return false;
    this.piece++;
    this.write(piece);
    return true;
  }

  private converged(): boolean {
    const [a, b] = [this.oldTtl, this.newTtl];
    if (a.defaultTtl !== b.defaultTtl || (a.defaultTtl < 0 && a.lastTtl !== b.lastTtl)) return false;
    return this.frames.every(({ oldOwner, newOwner }) => sameOwner(oldOwner, newOwner));
  }

  /** Goes to a file: into an included one, or back. */
  private frameOf(file: number): Frame {
    const { order } = this.draft.scopes;
    const chain = order.chain(file, 0).map((place) => place.file);
    while (this.frames.length > 0 && chain[this.frames.length - 1] !== this.frames.at(-1)?.file) this.frames.pop();
    for (const each of chain.slice(this.frames.length)) this.push(each, undefined);
    return this.frames.at(-1) as Frame;
  }

  private step(at: FilePlace): void {
    const frame = this.frameOf(at.file);
    const directive = this.zone.directives[this.directive];
    if (directive !== undefined && directive.file === at.file && directive.start === at.offset) {
      this.directive++;
      if (directive.kind === 'TTL') {
        const ttl = this.draft.scopes.ttlSetAt(at.file, at.offset);
        if (ttl !== undefined) this.oldTtl = this.newTtl = { defaultTtl: ttl, lastTtl: -1 };
      }
      return;
    }
    const broken = this.zone.broken[this.broken];
    if (broken !== undefined && broken.file === at.file && broken.start === at.offset) {
      this.broken++;
      this.stepBroken(broken, frame);
      return;
    }
    this.stepRecord(this.record++, frame);
  }

  private stepBroken(broken: BrokenEntry, frame: Frame): void {
    const owner = broken.owner < 0 ? undefined : this.zone.names.wire(broken.owner);
    const bytes = this.zone.files[broken.file]?.bytes;
    const first = bytes?.[broken.start] ?? 0;
    const blank = first === 0x20 || first === 0x09 || first === 0x0d;
    if (blank && !sameOwner(frame.newOwner, frame.oldOwner)) {
      this.draft.refuse('broken-entry', { file: this.zone.files[broken.file]?.name ?? '' });
    }
    frame.oldOwner = owner;
    frame.newOwner = owner;
  }

  private stepRecord(record: number, frame: Frame): void {
    const { zone, draft } = this;
    const wish = draft.wishes.get(record);
    const look = lookAt(zone, record, this.entry);
    const owner = zone.ownerOf(record);
    const type = zone.types[record] ?? 0;
    const ttl = zone.ttls[record] ?? 0;
    const rdata = zone.rdataOf(record);
    const stated = look.written ? look.header.ttlWord >= 0 : statesTtl(zone, record, this.entry);
    frame.oldOwner = owner;
    const before = this.oldTtl;
    this.oldTtl = ttlAfter(before, stated, ttl, type, rdata);
    if (wish !== undefined && wish.fate !== 'stay') {
      const edits = wish.fate === 'commented' ? commentedOut(look) : withoutRecord(look, this.keeps(wish), type, rdata);
      this.emit(record, edits);
      return;
    }
    if (this.first && record > 0) this.checkClass(look, record);
    else this.first = false;
    if (look.written) this.keep(record, look, wish, frame);
    else if (!stated && !this.gives(ttl, undefined, type, rdata)) {
      draft.refuse('generated', { owner: nameToText(owner), type: typeToText(type) });
    }
    frame.newOwner = wish?.owner ?? owner;
    const wanted = wish?.ttl ?? ttl;
    const writes = stated || (look.written && !this.gives(wanted, wish, type, rdata));
    this.newTtl = ttlAfter(this.newTtl, writes, wanted, wish?.type ?? type, wish?.rdata ?? rdata);
  }

  private keeps(wish: Wish): boolean {
    return wish.fate !== 'moved' && wish.comments === 'keep';
  }

  /** Whether a record without TTL would get this one here; a wished one is never left to the last resort. */
  private gives(ttl: number, wish: Wish | undefined, type: number, rdata: Uint8Array): boolean {
    if (wish?.ttl !== undefined && givenTtl(this.newTtl) < 0) return false;
    return unstatedTtl(this.newTtl, wish?.type ?? type, wish?.rdata ?? rdata) === ttl;
  }

  /** Edits a record that stays so that it says what it did, or what is wished of it. */
  private keep(record: number, look: RecordLook, wish: Wish | undefined, frame: Frame): void {
    const { zone } = this;
    const owner = wish?.owner ?? zone.ownerOf(record);
    const ttl = wish?.ttl ?? zone.ttls[record] ?? 0;
    const { header } = look;
    const [type, rdata] = [zone.types[record] ?? 0, zone.rdataOf(record)];
    const ownerSaid = header.ownerWord >= 0 ? wish?.owner === undefined : sameOwner(frame.newOwner, owner);
    const ttlSaid = header.ttlWord >= 0 ? header.ttl === ttl : this.gives(ttl, wish, type, rdata);
    if (ownerSaid && ttlSaid && wish?.rdata === undefined && wish?.type === undefined) return;
    const layout = this.layoutNear(record);
    const origin = this.originAt(this.placeOf(record));
    const head = {
      owner: ownerSaid ? undefined : this.ownerText(owner, origin, layout),
      ttl: ttlSaid ? undefined : ttlText(ttl, header.ttlWord < 0 ? layout.ttlLike : this.word(look, header.ttlWord)),
      class: undefined,
    };
    this.emit(record, recordEdits(zone, record, look, { head, wish, layout, origin, at: origin }));
  }

  /** The first record of a zone sets its class. */
  private checkClass(look: RecordLook, record: number): void {
    this.first = false;
    const { zone } = this;
    const { classWord, recordClass } = look.header;
    const generated = !look.written && (zone.zoneClass !== 1 || zone.classes[record] !== 1);
    if (generated || (classWord >= 0 && recordClass !== zone.zoneClass)) this.draft.refuse('zone-class', {});
    else if (look.written && classWord < 0 && zone.zoneClass !== 1) {
      const at = look.entry.wordStart(look.header.typeWord);
      this.emit(record, [{ start: at, end: at, text: `${classToText(zone.zoneClass)} ` }]);
    }
  }

  private emit(record: number, edits: readonly Edit[]): void {
    this.emitAt(this.zone.fileOf[record] ?? 0, edits);
  }

  private emitAt(file: number, edits: readonly Edit[]): void {
    if (edits.length === 0) return;
    const refusal = this.draft.placement.refusal(file);
    if (refusal === undefined) this.writer.edit(file, edits);
    else this.draft.refuse(refusal, { file: this.zone.files[file]?.name ?? '' });
  }

  private write(piece: Piece): void {
    const frame = this.frameOf(piece.file);
    const { content } = piece;
    const first = this.first && this.zone.zoneClass !== 1;
    if (content.kind === 'text') {
      this.writeText(piece, content.text, content.end, frame);
      return;
    }
    const near = content.kind === 'moved' ? content.record : piece.near;
    const layout = this.layoutNear(near);
    const origin = this.originAt(piece);
    const wish = content.kind === 'moved' ? this.draft.wishes.get(content.record) : undefined;
    const record = content.kind === 'moved' ? this.recordOf(content.record, wish) : content.record;
    const given = givenTtl(this.newTtl);
    const ttl = record.ttl ?? (given < 0 ? LAST_RESORT_TTL : given);
    const follows = sameOwner(frame.newOwner, record.owner);
    // Below a $TTL only another one is written; without it a person does as the lines around do.
    let stated = ttl !== given || (this.newTtl.defaultTtl < 0 && layout.statesTtls);
    const owner = this.ownerText(record.owner, origin, layout);
    const place = { layout, origin, owner, follows, ttl, given, stated, first };
    if (content.kind === 'moved') {
      const moved = movedText(this.zone, content.record, wish, place, this.originAt(this.placeOf(content.record)));
      if (moved === undefined) {
        this.draft.refuse('not-utf8', { owner: nameToText(record.owner) }, piece.change);
        return;
      }
      stated = moved.stated;
      this.writer.insert(piece.file, piece.offset, moved.text);
    } else this.writer.insert(piece.file, piece.offset, newLine(this.zone, record, place));
    this.first = false;
    frame.newOwner = record.owner;
    this.newTtl = ttlAfter(this.newTtl, stated, ttl, record.type, record.rdata);
  }

  private recordOf(record: number, wish: Wish | undefined) {
    const { zone } = this;
    return {
      owner: wish?.owner ?? zone.ownerOf(record),
      ttl: wish?.ttl ?? zone.ttls[record] ?? 0,
      type: wish?.type ?? zone.types[record] ?? 0,
      rdata: wish?.rdata ?? zone.rdataOf(record),
    };
  }

  private writeText(piece: Piece, text: string, end: number, frame: Frame): void {
    const { zone, draft } = this;
    const read = readTextPiece(text, { zone, origin: this.originAt(piece), owner: frame.newOwner, ttl: this.newTtl });
    if ('code' in read) {
      draft.refuse(read.code, read.args, piece.change);
      return;
    }
    if (this.first && zone.zoneClass !== 1) {
      draft.refuse('zone-class', {}, piece.change);
      return;
    }
    if (end > piece.offset) this.writer.edit(piece.file, [{ start: piece.offset, end, text: '' }]);
    this.writer.insert(piece.file, end, read.text);
    if (!sameOwner(read.owner, frame.newOwner)) frame.newOwner = read.owner;
    this.newTtl = read.ttl;
    this.first = false;
  }

  private originAt({ file, offset }: FilePlace): Uint8Array {
    return this.draft.scopes.originAt(file, offset);
  }

  private ownerText(owner: Uint8Array, origin: Uint8Array, layout: Layout): string {
    return layout.relativeOwners ? nameToText(owner, origin) : nameToText(owner);
  }

  private word({ entry }: RecordLook, word: number): string {
    return new TextDecoder().decode(entry.bytes.subarray(entry.wordStart(word), entry.wordEnd(word)));
  }

  private layoutNear(record: number): Layout {
    return new Layout(this.near, record);
  }
}

function sameOwner(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && equalNames(a, b));
}
