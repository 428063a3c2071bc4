import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { Fleet } from '../../cli/lint/given-zones.ts';
import { makeZoneLinter } from '../../cli/lint/linter.ts';
import { requestOf } from '../../cli/lint/options.ts';
import { setUp } from '../../cli/lint/setup.ts';
import { DRAFTS } from '../../lib/lint/drafts.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { folderWith } from './folders.ts';
import { world, zone } from './run.ts';

describe('memory', () => {
  /** Facts that are kept after zones of this many octets have been asked for. */
  function keptOf(count: number, octets: number): number {
    const padding = `${';'.repeat(Math.max(0, octets - 200))}\n`;
    const { io } = world({});
    let reads = 0;
    const readFile = (path: string): Uint8Array => {
      reads++;
      return new TextEncoder().encode(zone(padding, path));
    };
    const names = Array.from({ length: count }, (_, index) => `z${index}.example`);
    const wires = new Map(names.map((name) => [name, wireOf(name)]));
    const fleet = new Fleet({
      paths: names,
      optionsOf: (path) => ({ origin: wires.get(path) as Uint8Array }),
      draftsOf: () => DRAFTS,
      now: () => 0,
      remembers: false,
      io: { ...io, readFile },
    });
    const seen = fleet.seenFrom('x');
    for (const name of names) seen.at(wireOf(name));
    reads = 0;
    // From the latest back: what is still kept is not read again.
    for (const name of names.toReversed()) {
      seen.at(wireOf(name));
      if (reads > 0) return names.length - names.indexOf(name) - 1;
    }
    return count;
  }

  /** Has the engine collect garbage now. */
  function collector(): () => void {
    setFlagsFromString('--expose-gc');
    return runInNewContext('gc') as () => void;
  }

  function wireOf(name: string): Uint8Array {
    const read = nameFromText(`${name}.`);
    if (!('name' in read)) throw new Error(name);
    return read.name;
  }

  test('few zones are at hand at once when they are large, if only by what $GENERATE makes', async () => {
    const names = Array.from({ length: 4 }, (_, index) => `z${index}.example`);
    const generated = zone('$GENERATE 1-5000 h$ A 192.0.2.1\n');
    const cwd = folderWith(Object.fromEntries(names.map((name) => [name, generated])));
    const { io } = world({ cwd });
    const { inputs, setup } = await setUp(requestOf(names, { profile: 'load' }, { format: 'json' }, io), io);
    let read = 0;
    const readFile: Io['readFile'] = (path, limit) => {
      read++;
      return io.readFile(path, limit);
    };
    const zones = await makeZoneLinter(setup, { ...io, readFile });
    const reads = Array.from(
      zones.lintEach(inputs.targets, () => 0),
      () => read,
    );
    expect(reads).toEqual([2, 2, 4, 4]);
  });

  test('a zone is let go before the next one is read', async () => {
    const large = zone(`${'; a comment of some octets\n'.repeat(20_000)}`);
    const cwd = folderWith({ 'a.zone': large, 'b.zone': large });
    const { io } = world({ cwd });
    const { inputs, setup } = await setUp(requestOf(['.'], {}, { format: 'json' }, io), io);
    const zones: WeakRef<Zone>[] = [];
    const held: number[] = [];
    const collect = collector();
    const readFile: Io['readFile'] = (path, limit) => {
      collect();
      held.push(zones.filter((each) => each.deref() !== undefined).length);
      return io.readFile(path, limit);
    };
    const linter = await makeZoneLinter(setup, { ...io, readFile });
    const all = linter.lintEach(inputs.targets, (linted) => linted);
    const takeNext = (): boolean => {
      const { value, done } = all.next();
      if (value !== undefined && 'zone' in value) zones.push(new WeakRef(value.zone));
      return done !== true;
    };
    // What a WeakRef leads to is held until a turn of the event loop ends.
    while (takeNext()) await new Promise((resolve) => setImmediate(resolve));
    expect([held, zones.length]).toEqual([[0, 0], 2]);
  });

  test('a small file that is kept takes no more room than it has octets', () => {
    const cwd = folderWith({ 'z.zone': zone() });
    const { io } = world({ cwd });
    const optionsOf = (): object => ({});
    const fleet = new Fleet({
      paths: ['z.zone'],
      optionsOf,
      draftsOf: () => DRAFTS,
      now: () => 0,
      remembers: false,
      io,
    });
    fleet.origins();
    const kept = fleet.takeRead('z.zone')?.bytes;
    expect(kept).toEqual(io.readFile('z.zone'));
    expect(kept?.buffer.byteLength).toBe(kept?.length);
    expect(fleet.takeRead('z.zone')).toBeUndefined();
  });

  test('facts of large zones are let go', () => {
    expect(keptOf(20, 8_000_000)).toBeLessThanOrEqual(8);
  });

  test('facts of many small zones are let go too', () => {
    const kept = keptOf(6000, 300);
    expect(kept).toBeLessThan(6000);
    expect(kept).toBeGreaterThan(100);
  });
});
