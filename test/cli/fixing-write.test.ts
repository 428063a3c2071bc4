import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Io } from '../../cli/io.ts';
import type { ChangedFile } from '../../cli/lint/fixing.ts';
import { AllChanges, overlayIo } from '../../cli/lint/fixing-overlay.ts';
import { writeChanged } from '../../cli/lint/fixing-write.ts';
import { readZoneFile } from '../../cli/zone-file.ts';
import { folderOf, world } from './run.ts';

const octets = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const change = (name: string, before: string, after: string): ChangedFile => ({
  name,
  before: octets(before),
  after: octets(after),
});

let folder: ReturnType<typeof folderOf>;
let io: Io;
beforeEach(() => {
  folder = folderOf({ 'a.zone': octets('a\r\n\xff\n'), 'sub/b.zone': 'b\n' });
  ({ io } = world({ cwd: folder.path }));
});
afterEach(() => folder.remove());
const path = (name: string): string => join(folder.path, name);
const read = (name: string): string => readFileSync(path(name), 'latin1');

describe('writing', () => {
  test('puts exactly the octets meant into the files and leaves nothing else', () => {
    chmodSync(path('a.zone'), 0o640);
    const all = [change('a.zone', 'a\r\n\xff\n', 'c\r\n\xff\xfe'), change('sub/b.zone', 'b\n', '')];
    expect(writeChanged(all, io)).toEqual({ written: ['a.zone', 'sub/b.zone'], problems: [] });
    expect([read('a.zone'), read('sub/b.zone')]).toEqual(['c\r\n\xff\xfe', '']);
    expect(statSync(path('a.zone')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder.path)).toEqual(['a.zone', 'sub']);
  });

  test('goes through symbolic links', () => {
    symlinkSync('sub/b.zone', path('link.zone'));
    expect(writeChanged([change('link.zone', 'b\n', 'c\n')], io).problems).toEqual([]);
    expect(lstatSync(path('link.zone')).isSymbolicLink()).toBe(true);
    expect(read('sub/b.zone')).toBe('c\n');
  });

  test('does nothing at all when one file was changed meanwhile', () => {
    writeFileSync(path('sub/b.zone'), 'somebody else\n');
    const all = [change('a.zone', 'a\r\n\xff\n', 'c\n'), change('sub/b.zone', 'b\n', 'c\n')];
    expect(writeChanged(all, io)).toEqual({
      written: [],
      problems: [
        'sub/b.zone was changed by somebody else while it was being fixed; it is left as it is: run the fix again',
      ],
    });
    expect(read('a.zone')).toBe('a\r\n\xff\n');
  });

  test.each([
    ['gone.zone', 'gone.zone is no file that could be fixed'],
    ['sub', 'sub is no file that could be fixed'],
    ['/dev/null', '/dev/null is no file that could be fixed'],
  ])('refuses %s', (name, problem) => {
    expect(writeChanged([change(name, '', 'x\n')], io)).toEqual({ written: [], problems: [problem] });
  });

  test('says what could not be written and writes the others', () => {
    const broken: Io = {
      ...io,
      createFile: (name) => (name === 'a.zone' ? io.createFile('nowhere/a.zone') : io.createFile(name)),
    };
    const all = [change('a.zone', 'a\r\n\xff\n', 'c\n'), change('sub/b.zone', 'b\n', 'c\n')];
    expect(writeChanged(all, broken)).toEqual({
      written: ['sub/b.zone'],
      problems: ['cannot write nowhere/a.zone: no such file or folder'],
    });
  });
});

describe('the world with changes', () => {
  test('shows them whichever way leads to the file', () => {
    symlinkSync('sub/b.zone', path('link.zone'));
    const over = overlayIo(io, new Map([['sub/b.zone', octets('changed')]]));
    for (const name of ['sub/b.zone', './sub/../sub/b.zone', 'link.zone', path('sub/b.zone')]) {
      expect(Buffer.from(over.readFile(name)).toString()).toBe('changed');
      expect(over.size(name)).toBe(7);
      expect(Buffer.from(over.readStart(name, 3)).toString()).toBe('cha');
    }
    expect(over.readFile('a.zone')).toEqual(io.readFile('a.zone'));
    expect(() => over.readFile('link.zone', 3)).toThrow('too large');
  });

  test('reaches the files that a zone includes', () => {
    writeFileSync(path('a.zone'), '$TTL 60\n@ SOA a b 1 2 3 4 5\n$INCLUDE sub/b.zone\n');
    const over = overlayIo(io, new Map([['sub/b.zone', octets('x TXT changed\n')]]));
    const zone = readZoneFile({ path: 'a.zone' }, { origin: octets('\x07example\x03net\0') }, over);
    expect(zone.files.map(({ bytes }) => Buffer.from(bytes).toString()).at(-1)).toBe('x TXT changed\n');
  });
});

test('changes of several zones build on each other', () => {
  const all = new AllChanges();
  all.add([change('shared', 'a', 'b'), change('one', 'x', 'y')]);
  expect(Buffer.from(all.with(new Map()).get('shared') ?? []).toString()).toBe('b');
  expect(all.with(new Map([['shared', octets('c')]])).get('shared')).toEqual(octets('c'));
  all.add([change('shared', 'b', 'c')]);
  expect(all.all).toEqual([change('one', 'x', 'y'), change('shared', 'a', 'c')]);
  all.add([change('shared', 'c', 'a')]);
  expect(all.all).toEqual([change('one', 'x', 'y')]);
});
