import { nameKey, parentOf } from '../rr/name.ts';
import type { ZoneTree } from '../zone/tree.ts';
import { AnswerCache } from './answer-cache.ts';
import type { ServerOptions } from './exchange.ts';
import { ServedZone } from './served-zone.ts';

/** The zones of a server, found by the longest match (RFC 1034 §4.3.2). What they hold never changes: `with` and `without` make another set. */
export class ServedZones {
  private readonly kept = new WeakMap<ServerOptions, AnswerCache>();
  private readonly byName: ReadonlyMap<string, ServedZone>;

  /** Of two zones with one name the last counts. */
  constructor(zones: readonly (ZoneTree | ServedZone)[]) {
    const served = zones.map((zone) => (zone instanceof ServedZone ? zone : new ServedZone(zone)));
    this.byName = new Map(served.map((zone) => [nameKey(zone.origin), zone]));
  }

  get size(): number {
    return this.byName.size;
  }

  zones(): ServedZone[] {
    return [...this.byName.values()];
  }

  /** The zone of exactly this name. */
  zone(origin: Uint8Array): ServedZone | undefined {
    return this.byName.get(nameKey(origin));
  }

  /** Answers that were given from these zones with the same options. */
  answers(options: ServerOptions): AnswerCache {
    let answers = this.kept.get(options);
    if (answers === undefined) {
      answers = new AnswerCache();
      this.kept.set(options, answers);
    }
    return answers;
  }

  /** The set with one more zone, in the place of the one with its name. */
  with(zone: ZoneTree | ServedZone): ServedZones {
    return new ServedZones([...this.byName.values(), zone]);
  }

  /** The set without the zone of this name. */
  without(origin: Uint8Array): ServedZones {
    const key = nameKey(origin);
    return new ServedZones(this.zones().filter((zone) => nameKey(zone.origin) !== key));
  }

  /** The zone nearest above a name or at it. */
  nearest(name: Uint8Array): ServedZone | undefined {
    for (let at: Uint8Array | undefined = name; at !== undefined; at = parentOf(at)) {
      const zone = this.byName.get(nameKey(at));
      if (zone !== undefined) return zone;
    }
    return undefined;
  }
}
