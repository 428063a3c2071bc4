import { equalNames, labelCount } from '../rr/name.ts';
import type { HashedName } from '../zone/hashed-name.ts';
import { NameTable } from '../zone/names.ts';
import type { ZoneTree } from '../zone/tree.ts';
import type { ServerOptions } from './exchange.ts';
import { PlainAnswers } from './plain-answers.ts';
import { ServedZone } from './served-zone.ts';

/** The zones of a server, found by the longest match (RFC 1034 §4.3.2). What they hold never changes: `with` and `without` make another set. */
export class ServedZones {
  /** Labels before the name of the zone that `nearestHashed` found last. */
  depth = 0;
  private readonly kept = new WeakMap<ServerOptions, PlainAnswers>();
  private last: PlainAnswers | undefined;
  private lastOptions: ServerOptions | undefined;
  /** Labels of the longest name of a zone. */
  private mostLabels = 0;
  private readonly names = new NameTable();
  /** By the id of its name. */
  private readonly served: ServedZone[] = [];

  /** Of two zones with one name the last counts. */
  constructor(zones: readonly (ZoneTree | ServedZone)[]) {
    for (const zone of zones) {
      const served = zone instanceof ServedZone ? zone : new ServedZone(zone);
      this.served[this.names.intern(served.origin)] = served;
      this.mostLabels = Math.max(this.mostLabels, labelCount(served.origin));
    }
  }

  get size(): number {
    return this.served.length;
  }

  zones(): ServedZone[] {
    return [...this.served];
  }

  /** The zone of exactly this name. */
  zone(origin: Uint8Array): ServedZone | undefined {
    return this.served[this.names.find(origin)];
  }

  /** What makes plain answers from these zones with some options; the same for the same `options` object. */
  plain(options: ServerOptions): PlainAnswers {
    if (this.last !== undefined && this.lastOptions === options) return this.last;
    const answers = this.kept.get(options) ?? new PlainAnswers(this, options);
    this.kept.set(options, answers);
    this.lastOptions = options;
    this.last = answers;
    return answers;
  }

  /** The set with one more zone, in the place of the one with its name. */
  with(zone: ZoneTree | ServedZone): ServedZones {
    return new ServedZones([...this.served, zone]);
  }

  /** The set without the zone of this name. */
  without(origin: Uint8Array): ServedZones {
    return new ServedZones(this.served.filter((zone) => !equalNames(zone.origin, origin)));
  }

  /** The zone nearest above a name or at it. */
  nearest(name: Uint8Array): ServedZone | undefined {
    for (let at = 0; ; at += 1 + (name[at] as number)) {
      const zone = this.served[this.names.find(name, at)];
      if (zone !== undefined || (name[at] ?? 0) === 0) return zone;
    }
  }

  /** The same for a name that is hashed already. */
  nearestHashed(name: HashedName): ServedZone | undefined {
    for (let label = Math.max(0, name.labels - this.mostLabels); label <= name.labels; label++) {
      const id = name.find(this.names, label, 0);
      if (id < 0) continue;
      this.depth = label;
      return this.served[id];
    }
    return undefined;
  }
}
