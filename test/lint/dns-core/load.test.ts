import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { LOAD_TOP, LOAD_ZONES, type LoadZone } from './load-zones.ts';
import { lineOf, lintText } from './run.ts';

/** The command of each checker; the origin and the file are put behind. */
const CHECKERS: Readonly<Record<string, readonly [command: string, ...options: string[]]>> = {
  B: ['named-checkzone', '-i', 'local'],
  N: ['nsd-checkzone'],
  K: ['kzonecheck', '-o'],
};

const missing = Object.values(CHECKERS)
  .map(([command]) => command)
  .filter((command) => spawnSync(command, ['-h']).error !== undefined);

const textOf = ({ zone, whole }: LoadZone): string => (whole ? zone : LOAD_TOP + zone);

describe('the profile load', () => {
  it.each(LOAD_ZONES.filter(({ refusedBy }) => refusedBy === ''))(
    'is silent on what all servers load: $about',
    (zone) => {
      expect(lintText(textOf(zone), 'load').map(({ rule }) => rule)).toEqual([]);
    },
  );

  it.each(LOAD_ZONES.filter(({ refusedBy }) => refusedBy !== ''))('finds what $refusedBy refuse: $about', (zone) => {
    expect(lintText(textOf(zone), 'load')).not.toEqual([]);
  });

  test('finds several faults of one file, each in its line', () => {
    const faults = 'w A 192.0.2\nw2 CNAME a\nw2 TXT b\nx.org. TXT c\n@ NS nowhere\n';
    const before = LOAD_TOP.split('\n').length - 1;
    const found = lintText(LOAD_TOP + faults, 'load').map((one) => [one.rule, lineOf(one) - before]);
    expect(found).toEqual([
      ['syntax-parse-error', 1],
      ['core-cname-and-other-data', 2],
      ['core-out-of-zone', 4],
    ]);
  });
});

describe.skipIf(missing.length > 0)(
  `the table of zones agrees with the checkers${missing.length > 0 ? ` (not installed: ${missing.join(', ')})` : ''}`,
  () => {
    test('zone by zone', { timeout: 120_000 }, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'zones-'));
      try {
        const wrong: string[] = [];
        await Promise.all([0, 1, 2, 3].map((part) => compare(part, folder, wrong)));
        expect(wrong).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);

/** Gives every fourth zone to all checkers and notes where the table is wrong. */
async function compare(part: number, folder: string, wrong: string[]): Promise<void> {
  for (const zone of LOAD_ZONES.filter((_, index) => index % 4 === part)) {
    const file = join(folder, `zone${part}`);
    writeFileSync(file, Buffer.from(textOf(zone), 'latin1'));
    const refusals = await Promise.all(
      Object.entries(CHECKERS).map(([server, command]) => refuses(server, command, file)),
    );
    if (refusals.join('') !== zone.refusedBy) wrong.push(`${zone.about}: ${refusals.join('')}`);
  }
}

/** The letter of the server when it refuses the file. */
function refuses(server: string, [command, ...options]: readonly [string, ...string[]], file: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, [...options, 'example.net', file], (error) => resolve(error === null ? '' : server));
  });
}
