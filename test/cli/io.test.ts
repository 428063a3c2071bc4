import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileError, type Io } from '../../cli/io.ts';
import { ReportFile } from '../../cli/lint/report-file.ts';
import { Progress } from '../../cli/progress.ts';
import { folderOf, world } from './run.ts';

let folder: ReturnType<typeof folderOf>;
let io: Io;
beforeAll(() => {
  folder = folderOf({ 'a.txt': 'abc', empty: '', 'sub/b.txt': 'b' });
  ({ io } = world({ cwd: folder.path }));
});
afterAll(() => folder.remove());
const path = (name: string): string => join(folder.path, name);

describe('reading', () => {
  test('gives all octets, or the first', () => {
    expect([...io.readFile('a.txt')]).toEqual([97, 98, 99]);
    expect(io.readFile('empty')).toHaveLength(0);
    expect([...io.readStart('a.txt', 2)]).toEqual([97, 98]);
    expect([...io.readStart('a.txt', 10)]).toEqual([97, 98, 99]);
    expect(io.readFile('/dev/null')).toHaveLength(0);
    expect(Object.getPrototypeOf(io.readFile('a.txt'))).toBe(Uint8Array.prototype);
  });

  test.each([
    ['none', 'no such file or folder'],
    ['sub', 'this is a folder, not a file'],
    ['a.txt/x', 'a part of the path is a file, not a folder'],
    ['a\0b', 'no file can have such a name'],
    ['x'.repeat(300), 'the name is too long'],
  ])('of %j says why not', (name, why) => {
    expect(() => io.readFile(name)).toThrow(new FileError(name, why));
  });

  test('stops at its limit, for a device without an end as well', () => {
    expect(() => io.readFile('a.txt', 2)).toThrow('a.txt: the file is larger than 0 MiB, the most that is read');
    expect(() => io.readFile('/dev/zero', 2 ** 20)).toThrow(
      '/dev/zero: the file is larger than 1 MiB, the most that is read',
    );
  });

  test('knows what a path is', () => {
    symlinkSync('nowhere', path('dangling'));
    const kinds = ['a.txt', 'sub', 'none', 'a.txt/x', '/dev/null', 'dangling', 'a\0b'].map((name) => io.kind(name));
    expect(kinds).toEqual(['file', 'folder', 'missing', 'missing', 'special', 'missing', 'missing']);
    expect(io.size('a.txt')).toBe(3);
    expect(io.size('none')).toBe(0);
  });

  test('lists a folder by name', () => {
    expect(io.listFolder('.').map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'a.txt file',
      'dangling link',
      'empty file',
      'sub folder',
    ]);
  });
});

describe('a new file', () => {
  const others = (): string[] => readdirSync(folder.path).filter((name) => name.endsWith('.tmp'));

  test('appears when it is whole', () => {
    const file = io.createFile('new.txt');
    file.write('one ');
    expect(existsSync(path('new.txt'))).toBe(false);
    expect(others()).toHaveLength(1);
    file.write('two');
    file.commit();
    expect(readFileSync(path('new.txt'), 'utf8')).toBe('one two');
    expect(others()).toEqual([]);
  });

  test('keeps the mode of the one it replaces, and the old one when it is given up', () => {
    writeFileSync(path('kept.txt'), 'old');
    chmodSync(path('kept.txt'), 0o640);
    const given = io.createFile('kept.txt');
    given.write('half');
    given.discard();
    expect(readFileSync(path('kept.txt'), 'utf8')).toBe('old');
    const file = io.createFile('kept.txt');
    file.write('new');
    file.commit();
    expect(readFileSync(path('kept.txt'), 'utf8')).toBe('new');
    expect(statSync(path('kept.txt')).mode & 0o777).toBe(0o640);
    expect(others()).toEqual([]);
  });

  test('goes where a link leads and leaves the link', () => {
    writeFileSync(path('real.txt'), 'old');
    symlinkSync('real.txt', path('link.txt'));
    const file = io.createFile('link.txt');
    file.write('new');
    file.commit();
    expect(lstatSync(path('link.txt')).isSymbolicLink()).toBe(true);
    expect(readFileSync(path('real.txt'), 'utf8')).toBe('new');
  });

  test('never replaces a device', () => {
    const file = io.createFile('/dev/null');
    file.write('gone');
    file.commit();
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('says why it cannot be written', () => {
    expect(() => io.createFile('none/x')).toThrow('cannot write none/x: no such file or folder');
    expect(() => io.createFile('sub')).toThrow('cannot write sub: this is a folder, not a file');
  });

  test.each([
    [['one ', Uint8Array.of(50)], [], 'one 2'],
    [['a'.repeat(2 ** 25), 'b', 'c'], ['.report.json'], `${'a'.repeat(2 ** 25)}bc`],
  ])('of a report is not begun before it is complete or very large', (pieces, begun, whole) => {
    const report = new ReportFile('report.json', new Progress(io, true), io);
    for (const piece of pieces) report.write(piece);
    expect(others().map((name) => name.replace(/\.\d+\.tmp$/u, ''))).toEqual(begun);
    report.commit();
    expect(readFileSync(path('report.json'), 'utf8') === whole).toBe(true);
    expect(others()).toEqual([]);
  });

  test('of a report that is a pipe is opened once, as its reader goes when it is closed', () => {
    execFileSync('mkfifo', [path('pipe')]);
    const reader = openSync(path('pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
    let opened = 0;
    const report = new ReportFile('pipe', new Progress(io, true), {
      ...io,
      createFile: (name) => {
        opened++;
        return io.createFile(name);
      },
    });
    report.write('whole');
    report.commit();
    const read = new Uint8Array(10);
    expect([readSync(reader, read), opened]).toEqual([5, 1]);
    closeSync(reader);
  });
});
