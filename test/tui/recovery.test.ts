import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { placeIn, readPlaces, rememberPlace } from '../../cli/tui/run/places.ts';
import { type EditorProcess, Recovery } from '../../cli/tui/run/recovery.ts';
import { type Opened, openEditorOn } from './fake-terminal.ts';
import { folderWith } from './folder.ts';
import { EXAMPLE, INCLUDING } from './model-zones.ts';

const home = folderWith({ 'example.net.zone': EXAMPLE });

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
const NAME = 'example.net.zone';
const states = (): string => `${home.states}/zonewright`;
const keptFiles = (): string[] => readdirSync(join(states(), 'recovery'));
const running = (pid: number, ...others: number[]): EditorProcess => ({
  pid,
  isRunning: (each) => others.includes(each) || each === pid,
});
const onDisk = (name = NAME): string => readFileSync(join(home.path, name), 'utf8');

describe('what is kept', () => {
  const files = new Map([
    [NAME, octets('unsaved \u{1f600}')],
    ['inc/b', new Uint8Array([0, 255, 10])],
  ]);
  const saved = new Map([[NAME, octets(EXAMPLE)]]);

  test('is found when its editor runs no more, and only of this file', () => {
    new Recovery(NAME, home.io, running(1)).keep(files, saved);
    writeFileSync(join(home.path, 'other.zone'), '');
    expect(new Recovery('other.zone', home.io, running(2)).find()).toEqual({ recovered: undefined, openIn: undefined });
    expect(new Recovery(NAME, home.io, running(2)).find().recovered).toMatchObject({ time: home.io.now(), files });
    expect(new Recovery(NAME, home.io, running(2, 1)).find()).toEqual({ recovered: undefined, openIn: 1 });
  });

  test('is for the user alone', () => {
    new Recovery(NAME, home.io, running(1)).keep(files, saved);
    expect(statSync(join(states(), 'recovery')).mode & 0o777).toBe(0o700);
    expect(keptFiles().map((name) => statSync(join(states(), 'recovery', name)).mode & 0o777)).toEqual([0o600]);
  });

  test('of two editors is the newest, then the other', () => {
    new Recovery(NAME, { ...home.io, now: () => 1000 }, running(1)).keep(new Map([[NAME, octets('old')]]), saved);
    new Recovery(NAME, { ...home.io, now: () => 2000 }, running(2)).keep(new Map([[NAME, octets('new')]]), saved);
    const third = new Recovery(NAME, home.io, running(3));
    const { recovered } = third.find();
    expect(recovered?.files).toEqual(new Map([[NAME, octets('new')]]));
    third.remove(recovered?.path ?? '');
    expect(third.find().recovered?.files).toEqual(new Map([[NAME, octets('old')]]));
  });

  test('is not written over by a process of the same number', () => {
    new Recovery(NAME, home.io, running(1)).keep(files, saved);
    const again = new Recovery(NAME, home.io, running(1));
    again.open();
    expect(again.find().recovered).toMatchObject({ files });
    again.close();
    expect(new Recovery(NAME, home.io, running(1)).find().recovered).toMatchObject({ files });
  });

  test('leaves nothing of an editor that had nothing to keep', () => {
    new Recovery(NAME, home.io, running(1)).open();
    expect(keptFiles()).toHaveLength(1);
    expect(new Recovery(NAME, home.io, running(2)).find()).toEqual({ recovered: undefined, openIn: undefined });
    expect(keptFiles()).toEqual([]);
  });

  test('lies beside the file where the user has no folder for states', () => {
    const bare = { ...home.io, env: {} };
    const recovery = new Recovery(NAME, bare, running(7));
    recovery.open();
    expect(readdirSync(home.path)).toEqual([NAME]);
    recovery.keep(files, saved);
    expect(readdirSync(home.path).sort()).toEqual([`.${NAME}.recovery.7`, NAME]);
    recovery.forget();
    expect(readdirSync(home.path)).toEqual([NAME]);
  });

  test.each([
    '',
    '{',
    '[]\n',
    '{"version":1}\n',
    'HEAD[{"name":1}]}\n',
    'HEAD[{"name":"a","length":9,"saved":0}]}\nshort',
  ])('passes over %j', (text) => {
    new Recovery(NAME, home.io, running(1)).keep(files, saved);
    const head = `{"version":1,"time":1,"zone":${JSON.stringify(join(home.path, NAME))},"files":`;
    for (const name of keptFiles()) writeFileSync(join(states(), 'recovery', name), text.replace('HEAD', head));
    expect(new Recovery(NAME, home.io, running(2)).find().recovered).toBeUndefined();
    expect(keptFiles()).toHaveLength(1);
  });

  test('of another file whose long name ends alike is not taken', () => {
    const path = (first: string): string => `/${first}/${'x'.repeat(200)}/a.zone`;
    const at = (first: string): Recovery =>
      new Recovery(path(first), { ...home.io, realPath: (name) => name }, running(1));
    at('a').keep(files, saved);
    expect(at('b').find().recovered).toBeUndefined();
    expect(at('a').find().recovered).toBeDefined();
  });
});

describe('an editor after one that did not end as it should', () => {
  async function left(keys: string, seen = 'mx1'): Promise<void> {
    const { terminal, ended } = await openEditorOn(NAME, home.io, { process: running(1) });
    await terminal.shows(seen);
    terminal.type(keys);
    await terminal.shows('changed');
    process.emit('SIGHUP', 'SIGHUP');
    expect(await ended).toBe(129);
  }
  const next = (pid = 2): Promise<Opened> => openEditorOn(NAME, home.io, { process: running(pid) });
  const without = EXAMPLE.replace('mx1 IN A 192.0.2.2\n', '');
  const DELETE = ':goto mx1\rd';

  test('restores what was kept as a step, and saves it', async () => {
    await left(DELETE);
    const { terminal, ended } = await next();
    await terminal.shows('Unsaved changes of');
    terminal.type('r');
    await terminal.shows('Restored what was kept');
    expect(keptFiles()).toHaveLength(1);
    terminal.type(':set serial off\r:wq\r');
    await terminal.shows(NAME);
    terminal.type('\r');
    expect(await ended).toBe(0);
    expect(onDisk()).toBe(without);
    expect(keptFiles()).toEqual([]);
  });

  test('offers it again when it was not decided', async () => {
    await left(DELETE);
    for (const pid of [2, 3]) {
      const { terminal, ended } = await next(pid);
      await terminal.shows('Unsaved changes of');
      terminal.type('c');
      await terminal.shows('Enter edit');
      terminal.type('q');
      expect(await ended).toBe(0);
      expect(keptFiles()).toHaveLength(1);
    }
    const { terminal, ended } = await next(4);
    await terminal.shows('Unsaved changes of');
    terminal.type('d');
    await terminal.shows('Discarded');
    terminal.type('q');
    await ended;
    expect(keptFiles()).toEqual([]);
    expect(onDisk()).toBe(EXAMPLE);
  });

  test('merges it with a file that was changed since', async () => {
    await left(DELETE);
    const theirs = EXAMPLE.replace('192.0.2.9', '192.0.2.99');
    writeFileSync(join(home.path, NAME), theirs);
    const { terminal, ended, session } = await next();
    await terminal.shows('was changed since');
    terminal.type('m');
    await terminal.shows('Merged both');
    const text = new TextDecoder().decode(session.shown.document.files.get(NAME));
    expect(text).toBe(theirs.replace('mx1 IN A 192.0.2.2\n', ''));
    terminal.type(':q!\r');
    await ended;
    expect(onDisk()).toBe(theirs);
    expect(keptFiles()).toEqual([]);
  });

  test('says nothing when the file holds it already, and nothing to readers', async () => {
    await left(DELETE);
    const reader = await openEditorOn(NAME, home.io, { settings: { readOnly: true, raiseSerial: true } });
    await reader.terminal.shows('mx1');
    reader.terminal.type('q');
    await reader.ended;
    expect(keptFiles()).toHaveLength(1);
    writeFileSync(join(home.path, NAME), without);
    const { terminal, ended } = await next();
    await terminal.shows('Enter edit');
    terminal.type('q');
    expect(await ended).toBe(0);
    expect(keptFiles()).toEqual([]);
  });

  test('restores included files too', async () => {
    for (const [name, text] of Object.entries(INCLUDING)) writeFileSync(join(home.path, name), text);
    await left(':goto b\rd', 'NS');
    const { terminal, ended, session } = await next();
    await terminal.shows('hosts.inc');
    terminal.type('r');
    await terminal.shows('Restored what was kept');
    expect([...session.shown.document.changed.keys()]).toEqual(['hosts.inc']);
    terminal.type(':q!\r');
    await ended;
  });

  test('is told of one that still runs', async () => {
    new Recovery(NAME, home.io, running(1)).open();
    const { terminal, ended } = await openEditorOn(NAME, home.io, { process: running(2, 1) });
    await terminal.shows('Another editor has this file open (process 1)');
    terminal.type('q');
    await ended;
    expect(keptFiles()).toHaveLength(1);
  });
});

describe('places', () => {
  test('are gone back to, with the filter', async () => {
    const first = await openEditorOn(NAME, home.io);
    await first.terminal.shows('mx1');
    first.terminal.type(':filter t:a\r:goto ns2\r');
    await first.terminal.shows('ns2.example.net. A (');
    first.terminal.type('q');
    await first.ended;
    const second = await openEditorOn(NAME, home.io);
    await second.terminal.shows('ns2.example.net. A (');
    expect(second.session.shown.list.filter.text).toBe('t:a');
    second.terminal.type('q');
    await second.ended;
    expect(readPlaces(home.io)).toHaveLength(1);
    expect(statSync(join(states(), 'places.json')).mode & 0o777).toBe(0o600);
  });

  test('are few, the newest first', () => {
    for (let index = 0; index < 120; index++)
      rememberPlace(`${index}.zone`, { file: 'a', line: index, filter: '' }, home.io);
    const all = readPlaces(home.io);
    expect(all).toHaveLength(100);
    expect(all[0]).toMatchObject({ zone: join(home.path, '119.zone'), line: 119 });
    expect(placeIn('3.zone', home.io)).toBeUndefined();
  });

  test.each(['', '{', '[]', 'null', '{"places":[1,{"zone":1}]}', '{"places":{}}'])('that read %j are none', (text) => {
    rememberPlace(NAME, { file: NAME, line: 1, filter: '' }, home.io);
    writeFileSync(join(states(), 'places.json'), text);
    expect(readPlaces(home.io)).toEqual([]);
  });

  test('that cannot be written harm nobody', async () => {
    writeFileSync(home.states, 'no folder');
    const { terminal, ended } = await openEditorOn(NAME, home.io);
    await terminal.shows('mx1');
    terminal.type('q');
    expect(await ended).toBe(0);
    expect(existsSync(states())).toBe(false);
    rmSync(home.states);
    if (process.getuid?.() !== 0) chmodSync(home.path, 0o700);
  });
});
