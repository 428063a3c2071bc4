import { chmodSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Io, NewFile } from '../../cli/io.ts';
import { FileError } from '../../cli/io.ts';
import type { FileToSave } from '../../cli/tui/model/effects.ts';
import { filesChanged, saveFiles } from '../../cli/tui/run/saving.ts';
import { folderWith } from './folder.ts';

const home = folderWith({ 'a.zone': 'old a\r\n', 'b.zone': 'old b' });

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (name: string, bytes: string, expected: string): FileToSave => ({
  name,
  bytes: octets(bytes),
  expected: octets(expected),
});
const onDisk = (name: string): string => readFileSync(join(home.path, name), 'utf8');
const both = [file('a.zone', 'new a\r\n', 'old a\r\n'), file('b.zone', 'new b', 'old b')];

describe('saving', () => {
  test('writes all files, and leaves nothing else behind', () => {
    expect(saveFiles(both, false, home.io)).toEqual({ kind: 'saved' });
    expect([onDisk('a.zone'), onDisk('b.zone')]).toEqual(['new a\r\n', 'new b']);
    expect(readdirSync(home.path).sort()).toEqual(['a.zone', 'b.zone']);
  });

  test('keeps the mode, and writes through a link', () => {
    chmodSync(join(home.path, 'a.zone'), 0o640);
    symlinkSync('a.zone', join(home.path, 'link.zone'));
    expect(saveFiles([file('link.zone', 'new', 'old a\r\n')], false, home.io)).toEqual({ kind: 'saved' });
    expect(onDisk('a.zone')).toBe('new');
    expect(statSync(join(home.path, 'a.zone')).mode & 0o777).toBe(0o640);
    expect(readdirSync(home.path).sort()).toEqual(['a.zone', 'b.zone', 'link.zone']);
  });

  test('writes nothing when somebody else has written one of the files', () => {
    writeFileSync(join(home.path, 'b.zone'), 'theirs');
    expect(saveFiles(both, false, home.io)).toEqual({
      kind: 'outside',
      theirs: new Map([['b.zone', octets('theirs')]]),
    });
    expect(onDisk('a.zone')).toBe('old a\r\n');
    expect(saveFiles(both, true, home.io)).toEqual({ kind: 'saved' });
    expect(onDisk('b.zone')).toBe('new b');
  });

  test('takes a file that is gone, or already as it is to be, as unchanged', () => {
    rmSync(join(home.path, 'a.zone'));
    writeFileSync(join(home.path, 'b.zone'), 'new b');
    expect(saveFiles(both, false, home.io)).toEqual({ kind: 'saved' });
    expect(onDisk('a.zone')).toBe('new a\r\n');
  });

  test('leaves every file as it was when one cannot be written', () => {
    const full = failing(home.io, (name) => name === 'b.zone', 'write');
    expect(saveFiles(both, false, full)).toMatchObject({
      kind: 'failed',
      why: 'cannot write b.zone: no space left',
      written: [],
    });
    expect([onDisk('a.zone'), onDisk('b.zone')]).toEqual(['old a\r\n', 'old b']);
    expect(readdirSync(home.path).sort()).toEqual(['a.zone', 'b.zone']);
  });

  test('tells what was written when it fails between two files', () => {
    const broken = failing(home.io, (name) => name === 'b.zone', 'commit');
    expect(saveFiles(both, false, broken)).toMatchObject({ kind: 'failed', written: ['a.zone'] });
    expect([onDisk('a.zone'), onDisk('b.zone')]).toEqual(['new a\r\n', 'old b']);
    expect(readdirSync(home.path).sort()).toEqual(['a.zone', 'b.zone']);
    // The next try finds the first file as it is to be.
    expect(saveFiles(both, false, home.io)).toEqual({ kind: 'saved' });
  });

  test('finds files that were changed', () => {
    const known = new Map([
      ['a.zone', octets('old a\r\n')],
      ['b.zone', octets('old b')],
    ]);
    expect(filesChanged(known, home.io)).toEqual(new Map());
    writeFileSync(join(home.path, 'a.zone'), 'other');
    expect(filesChanged(known, home.io)).toEqual(new Map([['a.zone', octets('other')]]));
  });
});

/** A world where one step of writing some files fails. */
function failing(real: Io, which: (name: string) => boolean, step: keyof Pick<NewFile, 'write' | 'commit'>): Io {
  return {
    ...real,
    createFile(name) {
      const made = real.createFile(name);
      const fail = (): never => {
        made.discard();
        throw new FileError(`cannot write ${name}`, 'no space left');
      };
      return which(name) ? { ...made, [step]: fail } : made;
    },
  };
}
