import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const entries = { testing: 'index', 'testing-node': 'node' };

let folder: string;

/** A project that has the package installed. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zonewright-'));
  const installed = join(folder, 'node_modules/zonewright');
  await build({
    entryPoints: Object.fromEntries(
      Object.entries(entries).map(([out, file]) => [out, join(root, `lib/testing/${file}.ts`)]),
    ),
    outdir: installed,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  put('node_modules/zonewright/package.json', {
    name: 'zonewright',
    type: 'module',
    exports: { './testing': './testing.js', './testing/node': './testing-node.js' },
  });
  put('package.json', { type: 'module' });
});
afterAll(() => rmSync(folder, { recursive: true }));

function put(path: string, contents: string | object): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), typeof contents === 'string' ? contents : JSON.stringify(contents));
}

/** Runs a file by node:test, which ends only when the process has nothing left to do. */
function run(file: string): Promise<{ readonly failed: boolean; readonly output: string }> {
  const options = {
    cwd: folder,
    timeout: 15_000,
    env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--test', '--test-reporter=tap', file], options, (error, stdout) =>
      resolve({ failed: error !== null, output: stdout }),
    );
  });
}

const PASSES = `
import assert from 'node:assert/strict';
import test from 'node:test';
import { rr, zone } from 'zonewright/testing';
import { assertNoQuery, assertQuery, dnsServer } from 'zonewright/testing/node';

for (const number of [1, 2, 3]) {
  test('delivery ' + number, { concurrency: true }, async (t) => {
    const dns = await dnsServer(t, { zones: [zone('example.test')\`
      @               MX   10 mx1
      _smtp-tls._tcp  SRV  0 0 842 mx1
    \`] });
    dns.zone('example.test').edit((z) => z.replace(rr.srv('_smtp-tls._tcp', 0, 0, 25, 'mx1')));
    dns.on({ type: 'SRV' }).once().servfail();
    const ask = () => dns.resolver().resolveSrv('_smtp-tls._tcp.example.test');
    await assert.rejects(ask, { code: 'ESERVFAIL' });
    assert.equal((await ask())[0].port, 25);
    assertQuery(dns, { type: 'SRV' }, { times: 2 });
    assertNoQuery(dns, { type: 'MX' });
  });
}
`;

const FAILS = `
import test from 'node:test';
import { assertQuery, dnsServer } from 'zonewright/testing/node';

test('asks for mail', async (t) => {
  const dns = await dnsServer(t, { zones: { 'example.test': '@ MX 10 mx1' } });
  await dns.resolver().resolveMx('example.test');
  assertQuery(dns, { type: 'SRV' });
});
test('asks for its own names', async (t) => {
  const dns = await dnsServer(t, { zones: { 'example.test': '@ MX 10 mx1' }, unmatched: 'fail-test' });
  await dns.resolver().resolveMx('exampel.test').catch(() => {});
});
`;

test('tests of node:test pass, and their process ends by itself', async () => {
  put('passes.test.js', PASSES);
  const { failed, output } = await run('passes.test.js');
  expect(output).toContain('# pass 3');
  expect(failed).toBe(false);
});

test('tests of node:test fail with what came', async () => {
  put('fails.test.js', FAILS);
  const { failed, output } = await run('fails.test.js');
  expect(failed).toBe(true);
  expect(output).toContain('expected a query with type SRV, but one query came:');
  expect(output).toContain('MX example.test over udp → NOERROR, 1 record: type is MX, not SRV');
  expect(output).toContain('MX exampel.test over udp → REFUSED: did you mean example.test.?');
});
