import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../cli/report/characters.ts';
import { type Opened, openEditorOn } from './fake-terminal.ts';
import { folderWith } from './folder.ts';

const ZONE = `; the zone of a mail domain
$ORIGIN example.net.
$TTL 3600
@       SOA ns1 host 2026112001 7200 900 1209600 300
        NS  ns1
        NS  ns2
ns1     A   192.0.2.1
ns2     A   198.51.100.1
; mail
@       MX  10 mx1   ; the only one
mx1     A   192.0.2.2
@       TYPE265 \\# 8 000a046f757431c00c
`;

const home = folderWith({ 'example.net.zone': ZONE });

const onDisk = (): string => readFileSync(join(home.path, 'example.net.zone'), 'utf8');
const open = (size: { columns?: number; rows?: number } = {}): Promise<Opened> =>
  openEditorOn('example.net.zone', home.io, size);

describe('the editor on a screen', () => {
  test.each([
    [60, 15],
    [80, 24],
    [200, 60],
  ])('fills %dx%d without a torn line', async (columns, rows) => {
    const { terminal, ended } = await open({ columns, rows });
    await terminal.shows(/@ .* SOA .* ns1 host/u);
    const lines = await terminal.lines();
    expect(lines[0]).toContain('example.net.');
    expect(lines.at(-2)).toContain('Enter');
    expect(lines.at(-1)).toBe('');
    expect(lines.every((text) => columnsOf(text) <= columns)).toBe(true);
    terminal.type('q');
    expect(await ended).toBe(0);
    expect(onDisk()).toBe(ZONE);
  });

  test('takes over the terminal and gives it back', async () => {
    const { terminal, ended } = await open();
    await terminal.shows('example.net.');
    expect([terminal.alternate, terminal.raw]).toEqual([true, true]);
    terminal.type('q');
    await ended;
    expect((await terminal.lines()).join('')).toBe('');
    expect([terminal.alternate, terminal.raw]).toEqual([false, false]);
  });

  test('edits, shows what saving would change, saves, and leaves the rest as it was', async () => {
    const { terminal, ended } = await open();
    await terminal.shows('mx1');
    terminal.type(':goto mx1\r');
    await terminal.shows(/▸.*owner/u);
    terminal.type('\r');
    await terminal.shows('Tab next field');
    terminal.type('\x15192.0.2.77\r');
    await terminal.shows('192.0.2.77');
    terminal.type('w');
    await terminal.shows(/2026112001 → 20261121/u);
    terminal.type('\r');
    await terminal.shows('Saved');
    terminal.type('q');
    expect(await ended).toBe(0);
    expect(onDisk()).toBe(ZONE.replace('192.0.2.2', '192.0.2.77').replace('2026112001', '2026112100'));
  });

  test('asks before it loses anything', async () => {
    const { terminal, ended } = await open();
    await terminal.shows('mx1');
    terminal.type('Gd');
    await terminal.shows('changed');
    terminal.type('q');
    await terminal.shows('There are changes that are not saved.');
    terminal.type('c');
    await terminal.shows('Enter edit');
    terminal.type('u');
    await terminal.shows('Undone');
    terminal.type('q');
    expect(await ended).toBe(0);
    expect(onDisk()).toBe(ZONE);
  });

  test('never erases the whole screen for a key, and writes little', async () => {
    const { terminal, ended } = await open({ columns: 120, rows: 40 });
    await terminal.shows('mx1');
    const before = { octets: terminal.octets, clears: terminal.clears };
    for (const key of 'jjjjkkkkG') {
      terminal.type(key);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await terminal.lines();
    expect(terminal.clears).toBe(before.clears);
    expect((terminal.octets - before.octets) / 9).toBeLessThan(8192);
    terminal.type('q');
    await ended;
  });

  test('follows the size of the terminal', async () => {
    const { terminal, ended } = await open();
    await terminal.shows('mx1');
    terminal.resize(60, 15);
    await terminal.shows('Enter edit');
    const lines = await terminal.lines();
    expect(lines[0]).toContain('example.net.');
    expect(lines.every((text) => columnsOf(text) <= 60)).toBe(true);
    terminal.resize(40, 10);
    await terminal.shows('owner');
    expect((await terminal.lines())[0]).toContain('example.net.');
    terminal.type('q');
    await ended;
  });

  test('reads again what another program wrote, and asks when both have changed', async () => {
    const { terminal, ended } = await open();
    await terminal.shows('mx1');
    writeFileSync(join(home.path, 'example.net.zone'), ZONE.replace('192.0.2.2', '192.0.2.99'));
    terminal.type('\x1b[I');
    await terminal.shows('192.0.2.99');
    terminal.type('Gd');
    await terminal.shows('changed');
    writeFileSync(join(home.path, 'example.net.zone'), ZONE.replace('192.0.2.2', '192.0.2.100'));
    terminal.type('\x1b[I');
    await terminal.shows('changed by another program');
    terminal.type('m');
    await terminal.shows('192.0.2.100');
    terminal.type(':q!\r');
    await ended;
  });

  test('inserts a snippet that is pasted, and refuses a bad one', async () => {
    const { terminal, ended } = await open();
    await terminal.shows('mx1');
    terminal.type('\x1b[200~new A 192.0.2.50\nnew AAAA 2001:db8::50\n\x1b[201~');
    await terminal.shows('2001:db8::50');
    terminal.type('\x1b[200~bad A 192.0.2.500\n\x1b[201~');
    await terminal.shows(/^! /mu);
    terminal.type(':wq\r');
    await terminal.shows(/save example/iu);
    terminal.type('\r');
    expect(await ended).toBe(0);
    expect(onDisk()).toContain('new A 192.0.2.50\nnew AAAA 2001:db8::50\n');
    expect(onDisk()).not.toContain('500');
  });

  test('keeps what is not saved when the process is told to end, and offers it again', async () => {
    const first = await open();
    await first.terminal.shows('mx1');
    first.terminal.type('Gd');
    await first.terminal.shows('changed');
    process.emit('SIGTERM', 'SIGTERM');
    expect(await first.ended).toBe(143);
    expect(first.session.keptForRecovery).toBe(true);
    expect(onDisk()).toBe(ZONE);
    await first.terminal.lines();
    expect(first.terminal.alternate).toBe(false);
    const second = await open();
    await second.terminal.shows('Unsaved changes of');
    second.terminal.type('r');
    await second.terminal.shows('Restored what was kept');
    second.terminal.type('u');
    await second.terminal.shows('Undone');
    second.terminal.type('q');
    expect(await second.ended).toBe(0);
  });
});
