import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { StatusNode } from '../../lib/lint/status/node.ts';
import { findingsIn } from '../../lib/lint/status/status.ts';
import { cli, folderOf, type Given } from './run.ts';
import { schemaFaults } from './schemas.ts';

const example = fileURLToPath(new URL('../example/', import.meta.url));
const read = (name: string): string => readFileSync(join(example, name), 'utf8');
const certificates =
  '--cert certificates/mx1.pem:server --cert certificates/mx2.pem:server --cert certificates/out1.pem:client';
const given = (file: string, role: string): string => ` --cert certificates/${file}.pem:${role}`;

const folder = folderOf({
  'example.net.zone': read('example.net.zone'),
  'without-mx2.zone': read('example.net.zone').replace(/^mx2 .*\n.*\n/mu, ''),
  'null.zone': '$ORIGIN null.example.\n@ 60 SOA ns1 a 1 2 3 4 5\n@ 60 NS ns1\n@ 60 MX 0 .\nns1 60 A 192.0.2.1\n',
  'bare.zone':
    '$ORIGIN bare.example.\n@ 60 SOA ns1 a 1 2 3 4 5\n@ 60 NS ns1\n@ 60 MX 10 mx.other.example.\nns1 60 A 192.0.2.1\n',
  ...Object.fromEntries(
    ['mx1', 'mx2', 'out1', 'old-mx1', 'wrong-mx2', 'root', 'server-only'].map((name) => [
      `certificates/${name}.pem`,
      read(`certificates/${name}.pem`),
    ]),
  ),
});
afterAll(() => folder.remove());

const status = (line: string, more: Given = {}): ReturnType<typeof cli> =>
  cli(['status', ...line.split(' ').filter(Boolean)], { cwd: folder.path, ...more });

async function rootOf(line: string): Promise<{ root: StatusNode; code: number }> {
  const { stdout, code } = await status(`${line} --format json`);
  const value = JSON.parse(stdout);
  expect(schemaFaults('status', value)).toEqual([]);
  expect(value.ready).toBe(code === 0);
  return { root: value.domains[0].root, code };
}

/** `kind label state` of every node that is not ok. */
function notOk(node: StatusNode): string[] {
  const own = node.state === 'ok' ? [] : [`${node.kind} ${node.label}: ${node.state}`];
  return [...own, ...node.children.flatMap(notOk)];
}

describe('status', () => {
  test('the example is ready, and only unsigned', async () => {
    const { root, code } = await rootOf(`example.net --zone example.net.zone ${certificates}`);
    expect(notOk(root)).toEqual(['dnssec DNSSEC: absent']);
    expect(code).toBe(0);
    expect(root.children.map(({ kind }) => kind)).toEqual([
      'mx',
      'srv',
      'client-mx',
      'mta-sts',
      'tls-report',
      'spf',
      'dmarc',
      'caa',
      'dnssec',
    ]);
  });

  test.each([
    [
      'an expired certificate',
      given('old-mx1', 'server') + given('mx2', 'server') + given('out1', 'client'),
      'cert-expired',
    ],
    [
      'a name that is missing',
      given('mx1', 'server') + given('wrong-mx2', 'server') + given('out1', 'client'),
      'cert-server-name-not-in-mx',
    ],
    [
      'swapped roles',
      given('mx1', 'client') + given('out1', 'server') + given('mx2', 'server'),
      'cert-client-name-not-in-client-mx',
    ],
  ])('%s turns it red with the rule that lint names', async (_, arguments_, rule) => {
    const { root, code } = await rootOf(`example.net --zone example.net.zone${arguments_}`);
    expect(code).toBe(1);
    expect(root.state).toBe('broken');
    const rules = findingsIn(root).map((finding) => finding.rule);
    expect(rules).toContain(rule);
    const lint = await cli(['lint', 'example.net.zone', ...arguments_.trim().split(' '), '--format', 'json'], {
      cwd: folder.path,
    });
    const found = JSON.parse(lint.stdout).diagnostics.map((diagnostic: { rule: string }) => diagnostic.rule);
    expect(found).toEqual(expect.arrayContaining(rules));
  });

  test('a host without addresses is broken where it stands', async () => {
    const { root } = await rootOf(`example.net --zone without-mx2.zone --origin example.net ${certificates}`);
    expect(notOk(root)).toEqual(
      expect.arrayContaining(['host 20 mx2.example.net: broken', 'addresses addresses: broken']),
    );
  });

  test('null MX is told, and what other zones hold is unknown', async () => {
    expect((await rootOf('null.example --zone null.zone')).root.children[0]?.detail).toBe('takes no mail (null MX)');
    const { root, code } = await rootOf('bare.example --zone bare.zone');
    expect(notOk(root)).toEqual(
      expect.arrayContaining(['addresses addresses: unknown', 'certificate server certificate: unknown']),
    );
    expect(code).toBe(0);
  });

  test('for people: marks without colour, the rule beside its sentence, nothing wider than the screen', async () => {
    const line = `example.net --zone example.net.zone${given('old-mx1', 'server')}`;
    const { stdout } = await status(line, { columns: 80, env: { NO_COLOR: '1' } });
    expect(stdout).toMatch(/^BROKEN {3}example\.net {2}not ready: /u);
    expect(stdout).toContain('[cert-expired]');
    const plain = await status(line, { columns: 80, env: { NO_COLOR: '1', LC_ALL: 'C' } });
    expect(plain.stdout).toMatch(/^[\p{ASCII}]*$/u);
  });

  test.each([
    ['no zone', 'example.net'],
    ['a domain of no zone', 'example.org --zone example.net.zone'],
    ['no domain name', '192.0.2.1 --zone example.net.zone'],
    ['a zone that is not there', 'example.net --zone nowhere.zone'],
  ])('%s is wrong use', async (_, line) => {
    const { code, stderr } = await status(line);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]+\n$/u);
  });
});
