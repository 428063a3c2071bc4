import { serialChange, serialOf } from '../../lib/edit/serial.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { applyEdits } from '../../lib/text/edits.ts';
import { LineTable } from '../../lib/text/lines.ts';
import { sameContent } from '../../lib/zone/content.ts';
import { isRaised } from '../../lib/zone/serial.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { counted } from '../report/words.ts';
import { type ChangedBytes, chooseMends, keyOf, type Mend } from './fixing-choice.ts';
import { type LeftOut, type LintChanged, type LintedZone, newError, type Stand, Trial } from './fixing-trial.ts';

/** How a zone is fixed. */
export interface FixRequest<L extends LintedZone> {
  readonly lint: LintChanged<L>;
  /** Fixes that may change what the zone means are made too. */
  readonly unsafe: boolean;
  /** Raises the serial when records changed: against the zone as it was before, when that is known. */
  readonly raiseSerial?: { readonly now: number; readonly before?: Zone };
}

/** A file before and after fixing. */
export interface ChangedFile {
  readonly name: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** What fixing did. */
export interface FixResult<L extends LintedZone> {
  /** By name. */
  readonly changed: readonly ChangedFile[];
  /** How many fixes of each rule were made. */
  readonly fixed: ReadonlyMap<string, number>;
  readonly serial?: { readonly from: number; readonly to: number };
  /** Sentences about what was not done, and what is left to do. */
  readonly notes: readonly string[];
  /** The findings that are left. */
  readonly last: L;
}

const MOST_PASSES = 10;
const MOST_LINTS = 100;
const MOST_RESTARTS = 5;

/**
 * Makes the fixes of a zone's findings, pass after pass until none is left. Fixes that bring errors are taken back, those that
 * undo each other are left out, and what is not edited stays octet by octet as it was.
 */
export function fixAll<L extends LintedZone>(request: FixRequest<L>): FixResult<L> {
  return new Fixing(request).run();
}

/** A stand that was reached, and the mends that led to it from the one before. */
interface Step<L extends LintedZone> {
  readonly stand: Stand<L>;
  readonly hash: string;
  readonly made: readonly Mend[];
}

class Fixing<L extends LintedZone> {
  private readonly request: FixRequest<L>;
  private readonly trial: Trial<L>;
  /** Mends that undo each other. */
  private readonly banned = new Set<string>();
  /** Mends that would do harm, with the sentence about each. */
  private harmful = new Map<string, string>();
  /** The stand at which they were tried last. */
  private triedAt: Stand<L> | undefined;
  private readonly notes = new Set<string>();
  /** Files as they were before their first edit. */
  private readonly originals = new Map<string, Uint8Array>();
  private steps: Step<L>[];
  private passes = 0;
  private restarts = 0;

  constructor(request: FixRequest<L>) {
    this.request = request;
    this.trial = new Trial((changed) => this.lint(changed), MOST_LINTS);
    const changed: ChangedBytes = new Map();
    this.steps = [{ stand: { changed, linted: this.lint(changed) }, hash: hashOf(changed), made: [] }];
  }

  run(): FixResult<L> {
    const first = this.stand.linted.zone;
    while (this.passes < MOST_PASSES && this.pass()) this.passes++;
    const left = this.passes < MOST_PASSES ? 0 : this.choose().length;
    if (left > 0) this.notes.add(`stopped after ${MOST_PASSES} passes, ${counted(left, 'fix')} could still be made`);
    const { stand, serial } = this.raised(first);
    const fixed = new Map<string, number>();
    for (const { diagnostic } of this.steps.flatMap(({ made }) => made)) {
      fixed.set(diagnostic.rule, (fixed.get(diagnostic.rule) ?? 0) + 1);
    }
    const changed = this.changedFiles(stand.changed);
    const notes = [...new Set([...this.harmful.values(), ...this.notes])];
    return { changed, fixed, notes, last: stand.linted, ...(serial === undefined ? {} : { serial }) };
  }

  private get stand(): Stand<L> {
    return (this.steps.at(-1) as Step<L>).stand;
  }

  private lint(changed: ChangedBytes): L {
    const linted = this.request.lint(changed);
    for (const { name, bytes } of linted.zone.files) {
      if (!changed.has(name) && !this.originals.has(name)) this.originals.set(name, bytes);
    }
    return linted;
  }

  private choose(): Mend[] {
    const { unsafe } = this.request;
    const { banned, harmful } = this;
    return chooseMends(this.stand.linted, (mend) => {
      const key = keyOf(mend);
      return (mend.fix.safe || unsafe) && !banned.has(key) && !harmful.has(key);
    });
  }

  /** One pass; false when there is nothing left to fix. */
  private pass(): boolean {
    let mends = this.choose();
    if (mends.length === 0 && this.harmful.size > 0 && this.triedAt !== this.stand) {
      // What did harm before other fixes were made may do none now.
      this.harmful = new Map();
      mends = this.choose();
    }
    if (mends.length === 0) return false;
    const { stand, made, leftOut } = this.trial.make(this.stand, mends);
    for (const one of leftOut) this.harmful.set(keyOf(one.mend), sayLeftOut(one));
    if (made.length > 0) this.reach(stand, made);
    else this.triedAt = this.stand;
    return true;
  }

  /** Goes to a stand; one that was there before shows that the mends since then undo each other: begins anew without them. */
  private reach(stand: Stand<L>, made: readonly Mend[]): void {
    const hash = hashOf(stand.changed, this.originals);
    const known = this.steps.findIndex((step) => step.hash === hash);
    if (known < 0) {
      this.steps.push({ stand, hash, made });
      return;
    }
    const circle = [...this.steps.slice(known + 1).flatMap((step) => step.made), ...made];
    for (const mend of circle) this.banned.add(keyOf(mend));
    const rules = [...new Set(circle.map(({ diagnostic }) => diagnostic.rule))].sort();
    this.notes.add(`fixes of ${rules.join(', ')} undo each other and are left out`);
    const again = this.restarts++ < MOST_RESTARTS;
    this.steps = this.steps.slice(0, again ? 1 : known + 1);
    if (again) this.passes = 0;
  }

  /** The last stand with a higher serial, when the records are not those of the beginning. */
  private raised(first: Zone): { stand: Stand<L>; serial?: { from: number; to: number } } {
    const { stand } = this;
    const { zone } = stand.linted;
    if (this.steps.length === 1 || sameContent(first, zone)) return { stand };
    if (isSigned(zone)) this.notes.add('the zone holds signatures that no longer fit: sign it again');
    const { raiseSerial } = this.request;
    if (raiseSerial === undefined) return { stand };
    const { before, now } = raiseSerial;
    const reference = before !== undefined && serialOf(before) !== undefined ? before : first;
    const change = serialChange(zone, reference, now);
    if (change !== undefined) {
      const { file, edit, from, to } = change;
      const changed = new Map([...stand.changed, [file.name, applyEdits(file.bytes, [edit])]]);
      const linted = this.lint(changed);
      if (newError(stand.linted, linted, []) === undefined) return { stand: { changed, linted }, serial: { from, to } };
    }
    const [old, own] = [serialOf(reference), serialOf(zone)];
    if (old === undefined || own === undefined || isRaised(old, own)) return { stand };
    this.notes.add(`records changed, and the serial ${own} could not be raised: raise it by hand`);
    return { stand };
  }

  private changedFiles(changed: ChangedBytes): ChangedFile[] {
    return [...changed]
      .map(([name, after]): ChangedFile => ({ name, before: this.originals.get(name) ?? after, after }))
      .filter(({ before, after }) => Buffer.compare(before, after) !== 0)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

function sayLeftOut({ mend: { diagnostic, fix }, why }: LeftOut): string {
  const { file, span } = diagnostic.place;
  const { line } = new LineTable(file.bytes).position(span.start);
  return `${file.name}:${line}: left out a fix of ${diagnostic.rule} ("${fix.title}"): ${why}`;
}

function isSigned(zone: Zone): boolean {
  const types = zone.types.subarray(0, zone.count);
  return types.includes(TYPE.RRSIG) || types.includes(TYPE.ZONEMD);
}

/** A hash of the files that differ from their originals (FNV-1a, two of them): equal stands have equal hashes. */
function hashOf(changed: ChangedBytes, originals: ChangedBytes = new Map()): string {
  let low = 0x811c9dc5;
  let high = 0x01234567;
  const names = [...changed.keys()].sort();
  for (const name of names) {
    const bytes = changed.get(name) ?? new Uint8Array();
    if (Buffer.compare(bytes, originals.get(name) ?? new Uint8Array()) === 0) continue;
    for (const part of [new TextEncoder().encode(`${name}\0${bytes.length}\0`), bytes]) {
      for (let at = 0; at < part.length; at++) {
        low = Math.imul(low ^ (part[at] as number), 0x01000193);
        high = Math.imul(high ^ (part[at] as number), 0x85ebca6b);
      }
    }
  }
  return `${low} ${high}`;
}
