import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeZoneLinter } from '../../cli/lint/linter.ts';
import { requestOf } from '../../cli/lint/options.ts';
import { setUp } from '../../cli/lint/setup.ts';
import { EditorLinter } from '../../cli/tui/run/lint-worker.ts';
import { world } from '../cli/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'zonewright-edit-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CLEAN = `$TTL 3600
@ SOA ns1.example.net. host.example.net. 1 7200 900 1209600 300
@ NS ns1
@ NS ns2
ns1 A 192.0.2.1
ns2 A 198.51.100.1
@ MX 10 mx1
mx1 A 192.0.2.2
$INCLUDE more.inc
`;

async function linter(): Promise<EditorLinter> {
  writeFileSync(join(folder, 'example.net.zone'), CLEAN);
  writeFileSync(join(folder, 'more.inc'), 'www A 192.0.2.3\n');
  const { io } = world({ cwd: folder });
  const { inputs, setup } = await setUp(requestOf(['example.net.zone'], {}, { format: 'json' }, io), io);
  const [target] = inputs.all;
  if (target === undefined) throw new Error('no target');
  return new EditorLinter(await makeZoneLinter(setup, io), target, io);
}

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

test('lints what the editor has, not what is on the disk, in the file it is in', async () => {
  const lint = await linter();
  const files = new Map([
    ['example.net.zone', octets(CLEAN)],
    ['more.inc', octets('www A 192.0.2.3\nwww CNAME mx1\n')],
  ]);
  const answer = lint.answer({ revision: 7, files, tree: true });
  if ('sentence' in answer) throw new Error(answer.sentence);
  expect(answer.revision).toBe(7);
  const found = answer.problems.find(({ rule }) => rule === 'core-cname-and-other-data');
  expect(found).toMatchObject({ severity: 'error', file: 'more.inc', name: 'www.example.net.' });
  expect(found?.help).not.toBe('');
  expect(answer.tree).toMatchObject({ kind: 'domain', label: 'example.net' });
  const onDisk = lint.answer({ revision: 8, files: new Map(), tree: false });
  if ('sentence' in onDisk) throw new Error(onDisk.sentence);
  expect(onDisk.problems.some(({ rule }) => rule === 'core-cname-and-other-data')).toBe(false);
  expect(onDisk.tree).toBeUndefined();
  // The answer passes between threads.
  expect(structuredClone(answer)).toEqual(answer);
});

test('says in a sentence why there is nothing to lint', async () => {
  const lint = await linter();
  const files = new Map([['example.net.zone', octets('\0\0')]]);
  expect(lint.answer({ revision: 1, files, tree: false })).toMatchObject({ revision: 1, sentence: expect.any(String) });
});
