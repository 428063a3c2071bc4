import { describe, expect, test } from 'vitest';
import { importViolations, rooms, worldViolations } from './import-law.ts';
import { readSources, type Source } from './sources.ts';

const sources = readSources('cli', 'lib');

describe('the import law', () => {
  test('holds in cli and lib', () => {
    expect(importViolations(sources)).toEqual([]);
  });

  test('lets a room need only rooms to its left', () => {
    const order = Object.keys(rooms);
    for (const [room, needed] of Object.entries(rooms)) {
      expect(needed.filter((each) => order.indexOf(each) >= order.indexOf(room))).toEqual([]);
    }
  });

  test('keeps clock, randomness, process and console out of lib', () => {
    expect(worldViolations(sources)).toEqual([]);
  });

  test.each<[string, Source, string]>([
    ['a room to the right', file('lib/text/a.ts', `import { b } from '../rr/b.ts';`), 'text may not know rr'],
    ['a type of it', file('lib/zone/a.ts', `import type { B } from '../wire/b.ts';`), 'zone may not know wire'],
    ['an inline type of it', file('lib/rr/a.ts', `let a: import('../zone/b.ts').B;`), 'rr may not know zone'],
    ['a re-export of it', file('lib/lint/a.ts', `export * from '../edit/b.ts';`), 'lint may not know edit'],
    ['a dynamic import of it', file('lib/lint/a.ts', `await import('../config/b.ts');`), 'lint may not know config'],
    ['cli from lib', file('lib/net/a.ts', `import { b } from '../../cli/b.ts';`), 'net may not know cli'],
    ['records from certs', file('lib/certs/a.ts', `import { b } from '../rr/types.ts';`), 'not records'],
    ['an unknown room', file('lib/attic/a.ts', `import { b } from '../rr/b.ts';`), 'is in no known room'],
    ['its own index', file('lib/rr/a.ts', `import { b } from './index.ts';`), 'not from an index.ts'],
    ['a foreign index', file('lib/zone/a.ts', `import { b } from '../rr/index.ts';`), 'not from an index.ts'],
    ['no extension', file('lib/rr/a.ts', `import { b } from './b';`), '.ts extension'],
    [
      'files in lib',
      file('lib/zone/a.ts', `import { readFileSync } from 'node:fs';`),
      'only ^cli\\/io(-write)?\\.ts$ may',
    ],
    [
      'files in another cli file',
      file('cli/a.ts', `import fs from 'fs/promises';`),
      'only ^cli\\/io(-write)?\\.ts$ may',
    ],
    ['sockets outside net', file('cli/a.ts', `import net from 'node:net';`), 'only ^lib\\/net\\/ may'],
    [
      'a socket beside a pure name',
      file('lib/rr/a.ts', `import { isIP, connect } from 'net';`),
      'only ^lib\\/net\\/ may',
    ],
    ['crypto in messages', file('lib/wire/names.ts', `import { createHmac } from 'node:crypto';`), 'tsig'],
    ['crypto outside certs', file('lib/lint/a.ts', `import { sign } from 'node:crypto';`), 'certs|dnssec'],
    ['commander in lib', file('lib/config/a.ts', `import { Command } from 'commander';`), 'only ^cli\\/ may'],
    ['ink outside the tui', file('cli/a.ts', `import { Box } from 'ink';`), 'tui'],
    ['ajv outside config', file('lib/zone/a.ts', `import Ajv from 'ajv/dist/2020.js';`), 'config'],
    [
      'validators outside config',
      file('cli/a.ts', `import '../lib/config/validators.generated.js';`),
      'only lib/config',
    ],
    ['an unlisted package', file('lib/zone/a.ts', `import parse from 'dnsz';`), 'no room is allowed to'],
    ['dns-zonefile outside convert', file('cli/a.ts', `import parse from 'dns-zonefile';`), 'cli\\/convert'],
    [
      'processes in another cli file',
      file('cli/a.ts', `import { exec } from 'node:child_process';`),
      'only ^cli\\/io(-write)?\\.ts$ may',
    ],
    [
      'processes without an import',
      file('cli/a.ts', `process.getBuiltinModule('child_process');`),
      'cli\\/io(-write)?\\.ts$ may',
    ],
    ['an unlisted module', file('cli/a.ts', `import { createGzip } from 'node:zlib';`), 'no room is allowed to'],
    ['a computed name', file('cli/a.ts', 'await import(`./$' + '{name}.ts`);'), 'no room is allowed to'],
  ])('finds %s', (_, source, words) => {
    expect(importViolations([source]).join('\n')).toContain(words);
  });

  test('finds a cycle made of types only', () => {
    const cycle = [
      file('lib/rr/a.ts', `import type { B } from './b.ts';`),
      file('lib/rr/b.ts', `import { c } from './c.ts';`),
      file('lib/rr/c.ts', `export type { A } from './a.ts';`),
    ];
    expect(importViolations(cycle)).toEqual(['cycle: lib/rr/a.ts -> lib/rr/b.ts -> lib/rr/c.ts -> lib/rr/a.ts']);
  });

  test('allows what the rooms need', () => {
    const good = [
      file('lib/lint/a.ts', `import { b } from '../zone/b.ts';\nimport { c } from './c.ts';`),
      file('lib/certs/a.ts', `import { X509Certificate } from 'node:crypto';\nimport { n } from '../rr/names.ts';`),
      file('lib/certs/b.ts', `import { isIPv4, isIPv6 as isSix } from 'node:net';`),
      file('lib/wire/tsig-keys.ts', `import { createHmac } from 'node:crypto';`),
      file('cli/io.ts', `import { readFile } from 'node:fs/promises';`),
      file('cli/main.ts', `const { run } = await import('./program.ts');`),
      file('lib/index.ts', `export { scan } from './text/index.ts';`),
    ];
    expect(importViolations(good)).toEqual([]);
  });

  test.each(['Date.now()', 'new Date()', 'Math.random()', 'performance.now()', 'process.env', 'console.log(1)'])(
    'finds %s in lib',
    (code) => {
      expect(worldViolations([file('lib/zone/a.ts', `export const a = ${code};`)])).toHaveLength(1);
      expect(worldViolations([file('cli/a.ts', `export const a = ${code};`)])).toEqual([]);
    },
  );
});

function file(path: string, text: string): Source {
  return { path, text };
}
