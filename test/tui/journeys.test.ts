import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { columnsOf } from '../../cli/report/characters.ts';
import { sharedProgram } from '../cli/bundle.ts';
import { TMUX, TmuxTerminal } from './tmux.ts';

const ZONE = `; the zone of a mail domain: naïve, 日本
$ORIGIN example.net.
$TTL 3600
@       SOA ns1 host 7 7200 900 1209600 300
        NS  ns1
        NS  ns2
ns1     A   192.0.2.1   ; in the cellar
ns2\tA\t198.51.100.1
@       MX  10 mx1   ; the only one
        MX  20 mx2.example.net
mx1     A   192.0.2.2
mx2     A   192.0.2.3
out1    A   192.0.2.4
$INCLUDE hosts.inc
`;
const HOSTS = '; CRLF here\r\nwww A 192.0.2.80\r\nold A 192.0.2.81\r\n';
const NAME = 'example.net.zone';

const SIZES = [
  [60, 15],
  [80, 24],
  [200, 60],
] as const;

let main = '';
let folder = '';
let terminal: TmuxTerminal | undefined;

if (TMUX === undefined) console.log('no tmux: the journeys through a real terminal are left out');

beforeAll(async () => {
  main = TMUX === undefined ? '' : await sharedProgram();
}, 60_000);

afterEach(async () => {
  await terminal?.end();
  terminal = undefined;
  rmSync(folder, { recursive: true, force: true });
});

function putFiles(): void {
  folder = mkdtempSync(join(tmpdir(), 'zonewright-journey-'));
  writeFileSync(join(folder, NAME), ZONE);
  writeFileSync(join(folder, 'hosts.inc'), HOSTS);
}

const onDisk = (name = NAME): string => readFileSync(join(folder, name), 'utf8');

async function open(columns: number, rows: number, ...options: readonly string[]): Promise<TmuxTerminal> {
  const command = [process.execPath, main, 'edit', NAME, ...options];
  terminal = await TmuxTerminal.start(command, { folder, columns, rows });
  return terminal;
}

/** A screen of the editor has its header, its keys, and no line that is wider than it. */
async function expectWhole(at: TmuxTerminal, columns: number, rows: number): Promise<void> {
  const lines = (await at.screen()).replace(/\n$/u, '').split('\n');
  expect(lines[0]).toMatch(/^ example\.net\. /u);
  expect(lines[rows - 2]).toMatch(/(?:\? help|Esc (?:cancel|back))/u);
  expect(lines.filter((line) => columnsOf(line) > columns)).toEqual([]);
}

async function quitTo(at: TmuxTerminal, code: number): Promise<void> {
  expect(await at.shows(/ended with \d+/u)).toContain(`ended with ${code}`);
}

describe.runIf(TMUX !== undefined).each(SIZES)('a journey on a terminal of %dx%d', (columns, rows) => {
  test('edits, fixes, shows what has changed, saves, and leaves all else as it was', { timeout: 20_000 }, async () => {
    putFiles();
    const at = await open(columns, rows);
    await at.shows(/ \d+ ?W|warning/u);
    await expectWhole(at, columns, rows);
    await at.type(':goto out1');
    await at.press('Enter');
    await at.shows(/address +192\.0\.2\.4\n/u);
    await at.press('Enter');
    await at.shows(/▸ edit A/u);
    await expectWhole(at, columns, rows);
    await at.press('C-u');
    await at.type('192.0.2.444');
    await at.shows(/^! .*IPv4/mu);
    await at.press('BSpace', 'Enter');
    await at.shows(/address +192\.0\.2\.44\n/u);
    await at.type(']');
    await at.shows(/^example\.net has mail but no DMARC policy/mu);
    await at.type('F');
    await at.shows('Made 1 safe fix.');
    await at.type(':goto old');
    await at.press('Enter');
    await at.shows(/hosts\.inc:3/u);
    await at.type('d');
    await at.shows('Delete A of old.example.net.');
    await at.type('4');
    await at.shows(/^ - old A 192\.0\.2\.81/mu);
    await expectWhole(at, columns, rows);
    await at.type('1w');
    await at.shows(/serial 7 → 8/u);
    await expectWhole(at, columns, rows);
    await at.type('G');
    await at.shows(/^ -old A 192\.0\.2\.81/mu);
    await at.press('Enter');
    await at.shows(`Saved ${NAME}`);
    await at.type('q');
    await quitTo(at, 0);
    const fixed = ZONE.replace('host 7', 'host 8').replace('192.0.2.4\n', '192.0.2.44\n');
    expect(onDisk()).toBe(fixed.replace('mx2.example.net\n', 'mx2.example.net.\n'));
    expect(onDisk('hosts.inc')).toBe(HOSTS.replace('old A 192.0.2.81\r\n', ''));
  });

  test('follows the size of the terminal, and what other programs write', { timeout: 20_000 }, async () => {
    putFiles();
    const at = await open(columns, rows, '--no-serial');
    await at.shows('$TTL 3600');
    await at.resize(50, 12);
    await at.shows(/▸ +owner/u);
    await expectWhole(at, 50, 12);
    await at.resize(columns, rows);
    await at.shows('─ 2 detail');
    await expectWhole(at, columns, rows);
    const others = ZONE.replace('; in the cellar', '; in the attic');
    writeFileSync(join(folder, NAME), others);
    await at.shows('is read again');
    await at.type(':goto mx1');
    await at.press('Enter');
    await at.shows(/address +192\.0\.2\.2\n/u);
    await at.type('d');
    await at.shows('Delete A of mx1');
    writeFileSync(join(folder, NAME), others.replace('the only one', 'the first'));
    await at.shows('changed by another program');
    await expectWhole(at, columns, rows);
    await at.type('m');
    await at.shows('Merged both');
    await at.type(':wq');
    await at.press('Enter');
    await at.shows(/▸ save/u);
    await at.press('Enter');
    await quitTo(at, 0);
    expect(onDisk()).toBe(others.replace('the only one', 'the first').replace('mx1     A   192.0.2.2\n', ''));
  });

  test('asks before it quits, and gives back what a signal took', { timeout: 20_000 }, async () => {
    putFiles();
    const at = await open(columns, rows);
    await at.shows('$TTL 3600');
    await at.type(':goto out1');
    await at.press('Enter');
    await at.shows(/address +192\.0\.2\.4\n/u);
    await at.type('T');
    await at.shows('TTL of A of out1');
    await at.type('5m');
    await at.press('Enter');
    await at.shows('Done: set the TTL');
    await at.type('q');
    await at.shows('There are changes that are not saved.');
    await expectWhole(at, columns, rows);
    await at.press('Escape');
    await at.shows('? help');
    process.kill(at.pid, 'SIGTERM');
    const after = await at.shows('ended with 143');
    expect(after).toContain('kept');
    expect(after).not.toContain('? help');
    expect(onDisk()).toBe(ZONE);
    await at.end();

    const again = await open(columns, rows);
    await again.shows('were kept');
    await expectWhole(again, columns, rows);
    await again.type('r');
    await again.shows('Restored what was kept');
    await again.shows(/TTL +300\n/u);
    await again.type('q');
    await again.shows('not saved');
    await again.type('d');
    await quitTo(again, 0);
    expect(onDisk()).toBe(ZONE);
    await again.end();

    const last = await open(columns, rows);
    await last.shows('192.0.2.4');
    await last.type('q');
    await quitTo(last, 0);
    expect(onDisk()).toBe(ZONE);
  });
});
