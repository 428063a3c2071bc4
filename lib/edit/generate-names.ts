import { isIP } from 'node:net';
import { readDestination } from '../mail/mail-domain.ts';
import { concatNames, isHostName, isWithin, nameFromText, nameKey, nameToText } from '../rr/name.ts';
import { nearest } from '../text/nearest.ts';
import type { SpecProblem } from './generate-plan.ts';
import { type Placed, textAt } from './generate-values.ts';

/** A name as sentences and mail settings show it: no final dot. */
export function bareText(name: Uint8Array): string {
  return nameToText(name).replace(/(.)\.$/, '$1');
}

/** Finds what the names of a spec mean, and notes what is wrong with them. */
export class SpecNames {
  readonly problems: SpecProblem[];
  /** Names of the zones, the first of them that of names of one label. */
  readonly zones: readonly Uint8Array[];
  private readonly hosts = new Map<string, Uint8Array>();
  private readonly hasAddress: (host: Uint8Array) => boolean;

  constructor(zones: readonly Uint8Array[], problems: SpecProblem[], hasAddress: (host: Uint8Array) => boolean) {
    this.zones = zones;
    this.problems = problems;
    this.hasAddress = hasAddress;
  }

  complain(at: Pick<Placed, 'path'>, message: string): undefined {
    this.problems.push({ path: at.path, message });
    return undefined;
  }

  /** The zone that a name lies in, the nearest one. */
  zoneOf(name: Uint8Array): Uint8Array | undefined {
    const around = this.zones.filter((zone) => isWithin(name, zone));
    return around.reduce<Uint8Array | undefined>((a, b) => (a === undefined || b.length > a.length ? b : a), undefined);
  }

  /** Takes note of a host that the spec gives addresses for. */
  addHost(name: Uint8Array): boolean {
    const key = nameKey(name);
    if (this.hosts.has(key)) return false;
    this.hosts.set(key, name);
    return true;
  }

  isHost(name: Uint8Array): boolean {
    return this.hosts.has(nameKey(name));
  }

  allHosts(): readonly Uint8Array[] {
    return [...this.hosts.values()];
  }

  /** A host that has addresses here, or that others look after. */
  host(at: Placed): Uint8Array | undefined {
    const name = this.hostName(at, textAt(at));
    if (name === undefined || this.zoneOf(name) === undefined || this.isHost(name) || this.hasAddress(name))
      return name;
    const guess = nearest(
      this.shortText(name),
      [...this.hosts.values()].map((host) => this.shortText(host)),
    );
    const hint = guess === undefined ? '' : `; did you mean ${guess}?`;
    const why = `is ${bareText(name)}, for which "hosts" has no addresses (an empty list there says that they stand elsewhere)`;
    this.problems.push({ path: at.path, message: `${why}${hint}`, host: name });
    return undefined;
  }

  /** The name of a host: whole, or one label below the first zone; `@` is that zone. */
  hostName(at: Pick<Placed, 'path'>, text: string | undefined): Uint8Array | undefined {
    if (text === undefined) return undefined;
    const name = text === '@' ? this.zones[0] : nameOf(text, this.zones[0]);
    if (typeof name === 'string') return this.complain(at, name);
    if (name !== undefined && !isHostName(name)) return this.complain(at, `is ${shown(text)}, which is no host name`);
    return name;
  }

  /** Notes that a name of these zones is needed and has no addresses. */
  needHost(at: Placed, name: Uint8Array, message: string): void {
    if (!this.isHost(name) && !this.hasAddress(name)) this.problems.push({ path: at.path, message, host: name });
  }

  /** Notes names that a list has twice. */
  noteRepeats(all: readonly { readonly at: Placed; readonly name: Uint8Array }[]): void {
    const seen = new Set<string>();
    for (const { at, name } of all) {
      if (seen.has(nameKey(name))) this.complain(at, `is ${bareText(name)}, which stands in this list already`);
      seen.add(nameKey(name));
    }
  }

  /** The name made of labels and a name behind them. */
  below(at: Pick<Placed, 'path'>, labels: string, name: Uint8Array): Uint8Array | undefined {
    const read = nameFromText(`${labels}.`);
    const whole = 'name' in read ? concatNames(read.name, name) : undefined;
    return whole ?? this.complain(at, `needs the name ${labels}.${bareText(name)}, which is too long`);
  }

  /** A name without the first zone behind it. */
  private shortText(name: Uint8Array): string {
    const [home] = this.zones;
    return home !== undefined && isWithin(name, home) && name.length > home.length
      ? bareText(name).slice(0, -bareText(home).length - 1)
      : bareText(name);
  }

  /** Any name, whole or one label below the first zone. */
  name(at: Placed): Uint8Array | undefined {
    const text = textAt(at);
    const name = text === undefined ? undefined : nameOf(text, this.zones[0]);
    return typeof name === 'string' ? this.complain(at, name) : name;
  }
}

/** The wire form of a name in small letters and A-labels; a sentence when it is none. */
export function nameOf(text: string, home?: Uint8Array): Uint8Array | string {
  if (isIP(text) !== 0) return `is ${text}, which is an address; expected a name`;
  const read = readDestination(text);
  if (read.kind !== 'domain') return `is ${shown(text)}, expected a name such as mx1 or mx1.example.net`;
  const isLabel = home !== undefined && !/[.\u3002\uff0e\uff61]/u.test(text);
  const name = nameFromText(`${read.domain}.`);
  const whole = 'name' in name && isLabel ? concatNames(name.name, home) : 'name' in name ? name.name : undefined;
  return whole ?? `is ${shown(text)}, which is too long for a name`;
}

/** A text of the spec as a sentence quotes it. */
export function shown(text: string): string {
  return JSON.stringify(text.length <= 60 ? text : `${text.slice(0, 57)}...`);
}
