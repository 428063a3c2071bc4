import { dirname } from 'node:path';
import type { Drafts } from '../../lib/lint/drafts.ts';
import type { Facts } from '../../lib/lint/facts.ts';
import { type GivenZones, ZoneFacts } from '../../lib/lint/zone-facts.ts';
import { nameKey } from '../../lib/rr/name.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { findOrigin } from '../../lib/zone/origin.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { readZoneFile, type ZoneFileOptions } from '../zone-file.ts';

/** Octets of zone files whose facts are kept at a time; what more zones are asked for is read again. */
const KEPT_OCTETS = 64_000_000;

/** Octets that the facts of even the smallest zone take. */
const LEAST_OCTETS = 16_000;

/** Octets in which the SOA of nearly every zone stands. */
const HEAD = 4096;

/** How many files smaller than that are kept when they were read for the name of their zone. */
const MOST_SMALL = 16_000;

/** A file with the name of the zone it holds. */
export interface SmallFile {
  readonly bytes: Uint8Array;
  readonly origin: Uint8Array | undefined;
}

/** The files of zones by the key of the zone's name. */
export type Origins = ReadonlyMap<string, readonly string[]>;

/** What the findings of a zone rest on beside its own files, so that they can be told to be out of date. */
export interface Uses {
  /** Files of the zones that were asked. */
  readonly files: readonly string[];
  /** Which zones were looked for, and what was found. */
  readonly asked: readonly Asked[];
  /** Whether something found in them rests on the clock. */
  readonly timed: boolean;
}

/** The zone at a path has looked for another one, by the key of its name, and the file that was found or nothing. */
export type Asked = readonly [from: string, zone: string, found: string];

/** What the zones of a run are read and looked at with. */
export interface FleetWorld {
  /** The zone files. */
  readonly paths: readonly string[];
  /** Which zones they hold, when that is known already. */
  readonly origins?: Origins | undefined;
  optionsOf(path: string): ZoneFileOptions;
  /** The unsettled values of the drafts, as they hold for a zone. */
  draftsOf(path: string, zone: Uint8Array): Drafts;
  /** Milliseconds since 1970. */
  now(): number;
  /** Whether it is remembered what zones ask, for `uses`. */
  readonly remembers: boolean;
  readonly io: Io;
}

/** All zones of a run, each read when another one asks for it; only the latest are kept, so that memory stays flat. */
export class Fleet {
  private readonly world: FleetWorld;
  private byOrigin: Origins | undefined;
  /** Small files that were read for the name of their zone, until they are asked for. */
  private readonly small = new Map<string, SmallFile>();
  /** The latest used last. */
  private readonly kept = new Map<string, { readonly facts: ZoneFacts | undefined; readonly octets: number }>();
  private octets = 0;
  /** Files that belong to a zone beside its own, and those that would if they were there. */
  private readonly includes = new Map<string, readonly string[]>();
  /** Zones whose facts have looked at the clock, for whoever asked first. */
  private readonly timed = new Set<string>();
  /** What the zone at each path has looked for when others asked it, and where that was. */
  private readonly asked = new Map<string, Map<string, string>>();
  /** What it has looked for itself. */
  private readonly askedItself = new Map<string, Map<string, string>>();

  constructor(world: FleetWorld) {
    this.world = world;
    this.byOrigin = world.origins;
  }

  /** The zones as the one at `path` sees them that is looked at. */
  seenFrom(path: string): GivenZones {
    return this.seen(path, this.askedItself);
  }

  private seen(path: string, askedBy: Map<string, Map<string, string>>): GivenZones {
    const at = (origin: Uint8Array): Facts | undefined => {
      const key = nameKey(origin);
      const other = this.find(key, path);
      if (this.world.remembers) {
        const asked = askedBy.get(path) ?? new Map<string, string>();
        askedBy.set(path, asked.set(key, other));
      }
      return other === '' || other === path ? undefined : this.facts(other);
    };
    return { at };
  }

  /** What the zone at `path` has asked since the beginning, directly and through those it asked, if that is remembered. */
  uses(path: string): Uses {
    const reached = new Set<string>();
    const asked: Asked[] = [];
    const follow = (from: string, answers: ReadonlyMap<string, string> | undefined): void => {
      for (const [zone, found] of answers ?? []) {
        asked.push([from, zone, found]);
        if (found !== '') reached.add(found);
      }
    };
    follow(path, this.askedItself.get(path));
    for (const from of reached) follow(from, this.asked.get(from));
    reached.delete(path);
    const files = [...reached].flatMap((each) => [each, ...(this.includes.get(each) ?? [])]);
    const timed = [...reached].some((each) => this.timed.has(each));
    return { files: [...new Set(files)].sort(), asked, timed };
  }

  /** The file of the zone with a key; of several views of one zone that in the same folder, and empty when that cannot be told. */
  find(key: string, from: string): string {
    const paths = this.origins().get(key) ?? [];
    if (paths.length < 2) return paths[0] ?? '';
    const [beside, ...more] = paths.filter((path) => dirname(path) === dirname(from));
    return beside === undefined || more.length > 0 ? '' : beside;
  }

  /** Which zones the files hold; reads at least the beginning of each when first asked. */
  origins(): Origins {
    this.byOrigin ??= this.index();
    return this.byOrigin;
  }

  /** What is known of a file that had to be read whole for the name of its zone; tells it only once. */
  takeRead(path: string): SmallFile | undefined {
    const file = this.small.get(path);
    this.small.delete(path);
    return file;
  }

  private index(): Origins {
    const found = new Map<string, string[]>();
    for (const path of this.world.paths) {
      const origin = this.originOf(path);
      if (origin === undefined) continue;
      const key = nameKey(origin);
      const known = found.get(key);
      if (known === undefined) found.set(key, [path]);
      else known.push(path);
    }
    return found;
  }

  private originOf(path: string): Uint8Array | undefined {
    try {
      const given = this.world.optionsOf(path).origin;
      if (given !== undefined) return given;
      const head = this.world.io.readStart(path, HEAD);
      const small = head.length < HEAD;
      const origin = findOrigin(small || holdsSoa(head) ? head : this.world.io.readFile(path), path);
      // A copy takes no more room than the file, unlike what it was read into.
      if (small && this.small.size < MOST_SMALL) this.small.set(path, { bytes: head.slice(), origin });
      return origin;
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  private facts(path: string): ZoneFacts | undefined {
    const known = this.kept.get(path);
    if (known !== undefined) {
      this.kept.delete(path);
      this.kept.set(path, known);
      return known.facts;
    }
    const facts = this.read(path);
    const files = facts?.zone.files ?? [];
    const octets = files.reduce((sum, { bytes }) => sum + bytes.length, LEAST_OCTETS);
    this.kept.set(path, { facts, octets });
    this.octets += octets;
    this.forget();
    return facts;
  }

  private read(path: string): ZoneFacts | undefined {
    try {
      const looked = new Set<string>();
      const zone = readZoneFile({ path }, this.world.optionsOf(path), this.world.io, looked);
      this.includes.set(path, [...zone.files.slice(1).map(({ name }) => name), ...looked]);
      // Hints for resolvers and fragments to include have no SOA, and do not know what their zone lacks.
      if (!hasSoa(zone)) return undefined;
      const { now, draftsOf } = this.world;
      const { timed } = this;
      const zones = this.seen(path, this.asked);
      return new ZoneFacts({
        zone,
        zones,
        drafts: draftsOf(path, zone.origin),
        get now() {
          timed.add(path);
          return now();
        },
      });
    } catch (error) {
      if (error instanceof UsageError || error instanceof FileError) return undefined;
      throw error;
    }
  }

  private forget(): void {
    for (const [path, { octets }] of this.kept) {
      if (this.octets <= KEPT_OCTETS || this.kept.size === 1) return;
      this.kept.delete(path);
      this.octets -= octets;
    }
  }
}

/** Whether the letters SOA stand in the first lines, so that the rest of a large file need not be read for its name. */
function holdsSoa(head: Uint8Array): boolean {
  return /\bSOA\s.*\n/iu.test(new TextDecoder('latin1').decode(head));
}

function hasSoa(zone: Zone): boolean {
  for (let record = 0; record < zone.count; record++) {
    if (zone.types[record] === TYPE.SOA && zone.owners[record] === zone.apex) return true;
  }
  return false;
}
