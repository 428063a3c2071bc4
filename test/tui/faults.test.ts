import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileError, type Io, type NewFile } from '../../cli/io.ts';
import { isDirty } from '../../cli/tui/model/document.ts';
import { openEditorOn } from './fake-terminal.ts';
import { folderWith } from './folder.ts';
import { EXAMPLE, INCLUDING } from './model-zones.ts';

const NAME = 'example.net.zone';
const home = folderWith({ [NAME]: EXAMPLE });

const DELETE = ':goto mx1\rd';
const WITHOUT: string = EXAMPLE.replace('mx1 IN A 192.0.2.2\n', '');
const onDisk = (name = NAME): string => readFileSync(join(home.path, name), 'utf8');
const keptFiles = (): string[] => readdirSync(`${home.states}/zonewright/recovery`);

describe('an editor in which something goes wrong', () => {
  test.each<[where: string, broken: (io: Io) => { readonly io?: Partial<Io>; readonly look?: object }, keys: string]>([
    ['an effect', () => ({ io: { runOnTerminal: boom } }), 'E'],
    ['a command', (real) => ({ io: { now: afterwards(real.now) } }), 'j'],
    ['the screen', () => ({ look: { unicode: true, color: true } }), 'j'],
  ])('restores the terminal, keeps what is not saved, and throws it: %s', async (where, broken, keys) => {
    const faults = broken(home.io);
    const look = { ...faults.look, unicode: true } as { color: boolean; unicode: boolean };
    let failing = false;
    if (where === 'the screen') Object.defineProperty(look, 'color', { get: () => (failing ? boom() : true) });
    else look.color = true;
    const { terminal, ended, session } = await openEditorOn(NAME, { ...home.io, ...faults.io }, { look });
    const outcome = ended.then(
      () => 'ended',
      (error: unknown) => (error as Error).message,
    );
    await terminal.shows('mx1');
    terminal.type(DELETE);
    await terminal.shows('changed');
    failing = true;
    armed = true;
    terminal.type(keys);
    expect(await outcome).toBe('boom');
    armed = false;
    expect((await terminal.lines()).join('')).toBe('');
    expect([terminal.alternate, terminal.raw]).toEqual([false, false]);
    expect(session.keptForRecovery).toBe(true);
    expect(keptFiles()).toHaveLength(1);
    expect(onDisk()).toBe(EXAMPLE);
  });

  test.each<[what: string, lose: (terminal: Awaited<ReturnType<typeof openEditorOn>>['terminal']) => void]>([
    ['no key can come any more', ({ stdin }) => void stdin.push(null)],
    ['nothing can be written', ({ stdout }) => void stdout.emit('error', new Error('write EIO'))],
    ['nothing can be read', ({ stdin }) => void stdin.emit('error', new Error('read EIO'))],
  ])('ends when its terminal is gone: %s', async (_, lose) => {
    const { terminal, ended } = await openEditorOn(NAME, home.io);
    await terminal.shows('mx1');
    terminal.type(DELETE);
    await terminal.shows('changed');
    lose(terminal);
    expect(await ended).toBe(129);
    expect(keptFiles()).toHaveLength(1);
  });
});

let armed = false;

function boom(): never {
  throw new TypeError('boom');
}

function afterwards(now: () => number): () => number {
  return () => {
    if (!armed) return now();
    armed = false;
    return boom();
  };
}

describe('saving', () => {
  test.each<[why: string, step: 'open' | 'write' | 'commit']>([
    ['permission denied', 'open'],
    ['no space left on the device', 'write'],
    ['no space left on the device', 'commit'],
  ])('that fails says why, leaves the file, and can be tried again: %s on %s', async (why, step) => {
    let full = true;
    const faulty: Io = {
      ...home.io,
      createFile: (path, mode) => {
        if (!full || path !== NAME) return home.io.createFile(path, mode);
        if (step === 'open') throw new FileError(`cannot write ${path}`, why);
        const made = home.io.createFile(path, mode);
        const fail = (): never => {
          made.discard();
          throw new FileError(`cannot write ${path}`, why);
        };
        return { ...made, [step]: fail } satisfies NewFile;
      },
    };
    const { terminal, ended, session } = await openEditorOn(NAME, faulty);
    await terminal.shows('mx1');
    terminal.type(`:set serial off\r${DELETE}`);
    await terminal.shows('changed');
    terminal.type('w');
    await terminal.shows(/save example/iu);
    terminal.type('\r');
    await terminal.shows(why);
    expect(isDirty(session.shown.document)).toBe(true);
    expect(onDisk()).toBe(EXAMPLE);
    expect(readdirSync(home.path)).toEqual([NAME]);
    full = false;
    terminal.type(':wq\r');
    await terminal.shows(/save example/iu);
    terminal.type('\r');
    expect(await ended).toBe(0);
    expect(onDisk()).toBe(WITHOUT);
  });

  test('into a folder that cannot be written is refused by the system', async (context) => {
    context.skip(process.getuid?.() === 0, 'the superuser may write everywhere');
    chmodSync(home.path, 0o500);
    const { terminal, ended } = await openEditorOn(NAME, home.io);
    await terminal.shows('mx1');
    terminal.type(`${DELETE}w`);
    await terminal.shows(/save example/iu);
    terminal.type('\r');
    await terminal.shows('permission denied');
    chmodSync(home.path, 0o700);
    terminal.type(':q!\r');
    await ended;
    expect(onDisk()).toBe(EXAMPLE);
  });

  test('over a file that was replaced by another asks first', async () => {
    const { terminal, ended } = await openEditorOn(NAME, home.io);
    await terminal.shows('mx1');
    terminal.type(`:set serial off\r${DELETE}`);
    await terminal.shows('changed');
    const theirs = EXAMPLE.replace('192.0.2.9', '192.0.2.99');
    writeFileSync(join(home.path, 'new'), theirs);
    renameSync(join(home.path, 'new'), join(home.path, NAME));
    terminal.type('w\r');
    await terminal.shows('changed by another program');
    expect(onDisk()).toBe(theirs);
    terminal.type('m');
    await terminal.shows('Merged both');
    terminal.type(':wq\r');
    await terminal.shows(/save example/iu);
    terminal.type('\r');
    expect(await ended).toBe(0);
    expect(onDisk()).toBe(theirs.replace('mx1 IN A 192.0.2.2\n', ''));
  });

  test('writes each included file, through links, with its mode, line ends and last line', async () => {
    mkdirSync(join(home.path, 'real'));
    for (const [name, text] of Object.entries(INCLUDING)) {
      writeFileSync(join(home.path, 'real', name), text);
      rmSync(join(home.path, name), { force: true });
      symlinkSync(join('real', name), join(home.path, name));
      chmodSync(join(home.path, 'real', name), 0o640);
    }
    const { terminal, ended } = await openEditorOn(NAME, home.io);
    await terminal.shows('hosts.inc');
    terminal.type(':set serial off\r:goto b\rd:goto last\r:ttl 60\r');
    await terminal.shows('changed');
    terminal.type(':wq\r');
    await terminal.shows(/save/iu);
    terminal.type('\r');
    expect(await ended).toBe(0);
    expect(onDisk('hosts.inc')).toBe((INCLUDING['hosts.inc'] ?? '').replace('b 60 A 192.0.2.11\r\n', ''));
    expect(onDisk()).toBe((INCLUDING[NAME] ?? '').replace('last A', 'last 60 A'));
    for (const name of Object.keys(INCLUDING)) {
      expect(lstatSync(join(home.path, name)).isSymbolicLink()).toBe(true);
      expect(statSync(join(home.path, 'real', name)).mode & 0o777).toBe(0o640);
    }
    expect(readdirSync(join(home.path, 'real')).sort()).toEqual(Object.keys(INCLUDING).sort());
  });
});

describe('a process that is killed while it saves', () => {
  const out = mkdtempSync(join(tmpdir(), 'zonewright-killed-'));
  let program = '';

  afterAll(() => rmSync(out, { recursive: true, force: true }));

  beforeAll(async () => {
    program = join(out, 'save.mjs');
    await build({
      stdin: { contents: KILLED, resolveDir: resolve('.'), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: program,
      logLevel: 'silent',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
  });

  test.each<[step: string, which: 'old' | 'new']>([
    ['writeSync', 'old'],
    ['fsyncSync', 'old'],
    ['chmodSync', 'old'],
    ['renameSync', 'old'],
    ['after', 'new'],
  ])('at %s leaves the %s file whole', (step, which) => {
    const next = `${EXAMPLE}${'; more\n'.repeat(20_000)}`;
    writeFileSync(join(home.path, 'next'), next);
    const { signal } = spawnSync(process.execPath, [program, step, NAME, 'next'], { cwd: home.path });
    expect(signal).toBe('SIGKILL');
    expect(onDisk()).toBe(which === 'old' ? EXAMPLE : next);
    // What it has left is in nobody's way.
    const again = spawnSync(process.execPath, [program, 'never', NAME, 'next'], { cwd: home.path });
    expect(again.status).toBe(0);
    expect(onDisk()).toBe(next);
  });
});

/** Saves a file, and is killed as one step of the file system is about to be made, half of what is to be written on the disk. */
const KILLED = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { processIo } from './cli/io.ts';
import { saveFiles } from './cli/tui/run/saving.ts';

const [step, name, next] = process.argv.slice(2);
const die = () => { process.kill(process.pid, 'SIGKILL'); for (;;); };
const bytes = fs.readFileSync(next);
const expected = fs.readFileSync(name);
const { writeSync } = fs;
if (step === 'writeSync') fs.writeSync = (file, octets) => { writeSync(file, octets.subarray(0, octets.length / 2)); die(); };
else if (step in fs) fs[step] = die;
syncBuiltinESMExports();
const { kind } = saveFiles([{ name, bytes, expected }], false, processIo());
if (step === 'after') die();
process.exitCode = kind === 'saved' ? 0 : 1;
`;
