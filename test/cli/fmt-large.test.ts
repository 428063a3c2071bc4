import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECKING, checkBeside, DIFFERENT, SAME, SLOTS, STATE, STOPPED } from '../../cli/fmt/beside-worker.ts';
import { formatFile } from '../../lib/edit/format.ts';
import { program } from './program.ts';
import { folderOf } from './run.ts';

const lines = Array.from({ length: 270_000 }, (_, index) => `host${index}  IN A 192.0.2.${index % 256} ; ${index}\n`);
const large = new TextEncoder().encode(`$ORIGIN example.net.\n$TTL 1h\n${lines.join('')}`);
const formatted = formatFile(large).bytes;
const broken = large.slice();
broken[0] = 0;

let folder: ReturnType<typeof folderOf>;
beforeAll(() => {
  folder = folderOf({ 'a.zone': large, 'bare.zone': large.subarray(0, large.length - 1), 'broken.zone': broken });
});
afterAll(() => folder.remove());

const fmt = (...args: readonly string[]): ReturnType<typeof program> => program(['fmt', ...args], { cwd: folder.path });

describe('a large file, checked on a thread of its own', () => {
  test('gets the same text as any other', async () => {
    expect(large.length).toBeGreaterThan(8_000_000);
    const { code, stdout, stderr } = await fmt('a.zone');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout === Buffer.from(formatted).toString()).toBe(true);
  });

  test('with --check and with --write', async () => {
    expect(await fmt('--check', 'a.zone')).toMatchObject({ code: 1, stdout: 'a.zone\n' });
    expect(await fmt('--write', 'a.zone', 'bare.zone')).toMatchObject({ code: 0, stdout: '' });
    for (const name of ['a.zone', 'bare.zone'])
      expect(Buffer.compare(readFileSync(`${folder.path}/${name}`), formatted)).toBe(0);
    expect(await fmt('--check', 'a.zone')).toMatchObject({ code: 0, stdout: '' });
  });

  test('that is no text ends with 2 at once', async () => {
    const { code, stderr } = await fmt('--check', 'broken.zone');
    expect(code).toBe(2);
    expect(stderr).toContain('broken.zone is a binary file');
  });
});

describe('the thread', () => {
  const file = new TextEncoder().encode('a  A 192.0.2.1\nb  A 192.0.2.2\n');
  const start = (now: string, places: readonly number[], state = 0): number | undefined => {
    const board = new Int32Array(new SharedArrayBuffer(4 * SLOTS));
    board.set([state, places.length / 2]);
    checkBeside({
      zonewright: 'fmt',
      board,
      places: Int32Array.from(places),
      old: file,
      now: new TextEncoder().encode(now),
      origin: undefined,
      clientMxType: 265,
    });
    return board[STATE];
  };

  test('finds a text the same, in one piece or two', () => {
    expect(start('a A 192.0.2.1\nb A 192.0.2.2\n', [30, 28])).toBe(SAME);
    expect(start('a A 192.0.2.1\nb A 192.0.2.2\n', [15, 14, 30, 28])).toBe(SAME);
  });

  test('finds out what is not the same', () => {
    expect(start('a A 192.0.2.1\nb A 192.0.2.3\n', [30, 28])).toBe(DIFFERENT);
    expect(start('a A 192.0.2.1\nb A 192.0.2.2\n', [30, 14])).toBe(DIFFERENT);
    expect(start('a A 192.0.2.1\nb A 192.0.2.2\n', [15, 28, 30, 28])).toBe(DIFFERENT);
  });

  test('leaves alone what was stopped or taken', () => {
    for (const state of [STOPPED, CHECKING]) expect(start('', [30, 0], state)).toBe(state);
  });
});
