import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { associationOf } from '../../lib/certs/tlsa.ts';
import { makeChain, put, set, soundChain } from '../certs/chains.ts';
import { ext, general, pem } from '../certs/maker.ts';
import { cli, folderOf } from './run.ts';

const example = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../example/${name}`, import.meta.url)), 'utf8');
const zone = example('example.net.zone');
const folders: ReturnType<typeof folderOf>[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

/** A certificate of mx1.example.net with a key of its own, by a CA of that name. */
function issued(key: number, authority = 'Example Mail Trust'): { text: string; digest: string } {
  const named = put('leaf', ext.names(general.dns('mx1.example.net')));
  const lower = set('lower', { subject: `O=${authority}/CN=E7` });
  const { leaf, others } = makeChain(set('leaf', { key, issuer: `O=${authority}/CN=E7` })(lower(named(soundChain))));
  const digest = Buffer.from(associationOf(leaf, { selector: 1, matching: 1 }) ?? []).toString('hex');
  return { text: pem(leaf.der, ...others.map(({ der }) => der)), digest };
}

/** The example zone and a certificate for mx1; with roles the arguments of `lint`. */
function world(
  certificate: string,
  text = zone,
): { lint: (line: string) => ReturnType<typeof cli>; zone: () => string } {
  const folder = folderOf({ 'example.net.zone': text, 'mx1.pem': certificate });
  folders.push(folder);
  return {
    lint: (line) =>
      cli(['lint', 'example.net.zone', '--server-cert', 'mx1.pem', ...line.split(' ')], { cwd: folder.path }),
    zone: () => readFileSync(join(folder.path, 'example.net.zone'), 'utf8'),
  };
}

const select = (...rules: readonly string[]): string =>
  `${rules.map((rule) => `--select ${rule}`).join(' ')} --format json`;
const dane = select('tlsa-cert-mismatch', 'tlsa-usage2-chain', 'tlsa-stale');
const found = (stdout: string): { rule: string; message: string; fixes: unknown[] }[] => JSON.parse(stdout).diagnostics;

describe('a new key', () => {
  const renewed = issued(21);
  const [old] = /90b1[0-9a-f]{60}/.exec(zone) ?? [];

  test('of the example is found without its record, and --fix writes the record', async () => {
    const { lint, zone: now } = world(renewed.text);
    const { stdout, code } = await lint(select('tlsa-cert-mismatch'));
    expect(code).toBe(1);
    // Ports 25 and 842 have their own records.
    expect(found(stdout).map(({ rule }) => rule)).toEqual(['tlsa-cert-mismatch', 'tlsa-cert-mismatch']);
    expect(found(stdout)[0]?.message).toContain(`expected 3 1 1 ${renewed.digest}`);
    await lint('--select tlsa-cert-mismatch --fix');
    expect(now()).toBe(zone.replaceAll(old ?? '', renewed.digest));
    const after = await lint(select('tlsa-cert-mismatch'));
    expect([after.code, found(after.stdout)]).toEqual([0, []]);
  });

  test('that stands in DNS beside the one before is fine', async () => {
    const line = /^_(?:25|842)\._tcp\.mx1 .*\n/gm;
    const both = zone.replace(line, (text) => text + text.replace(old ?? '', renewed.digest));
    const { lint } = world(renewed.text, both);
    const { stdout, code } = await lint(dane);
    expect([code, found(stdout)]).toEqual([0, []]);
  });

  test('beside another certificate is added by --unsafe-fixes only', async () => {
    const other = issued(22);
    const { lint, zone: now } = world(renewed.text + other.text);
    const safe = await lint('--select tlsa-cert-mismatch --fix');
    expect(safe.code).toBe(1);
    expect(now()).toBe(zone);
    await lint('--select tlsa-cert-mismatch --fix --unsafe-fixes');
    for (const digest of [renewed.digest, other.digest]) expect(now().split(digest)).toHaveLength(3);
    const after = await lint(select('tlsa-cert-mismatch'));
    expect([after.code, found(after.stdout)]).toEqual([0, []]);
  });
});

describe('CAA', () => {
  const encrypted = issued(23, "Let's Encrypt");

  test('that forbids the CA in use is found, and --unsafe-fixes allows it', async () => {
    const { lint, zone: now } = world(encrypted.text);
    const { stdout, code } = await lint(select('caa-forbids-issuer'));
    expect(code).toBe(1);
    expect(found(stdout)[0]?.message).toMatch(/allows only ca\.example\.org; expected issue "letsencrypt\.org"/);
    await lint('--select caa-forbids-issuer --fix');
    expect(now()).toBe(zone);
    await lint('--select caa-forbids-issuer --fix --unsafe-fixes');
    expect(now()).toContain('@ IN CAA 0 issue "letsencrypt.org"\n');
    const after = await lint(select('caa'));
    expect([after.code, found(after.stdout)]).toEqual([0, []]);
  });

  test.each([
    ['that the configuration names', 'Example Mail Trust=ca.example.com', 1],
    ['that the configuration names and CAA allows', 'Example Mail Trust=ca.example.org', 0],
  ])('and a CA %s', async (_, issuer, code) => {
    const folder = folderOf({
      'example.net.zone': zone,
      'mx1.pem': example('certificates/mx1.pem'),
      'zonewright.json': JSON.stringify({ rules: { 'caa-forbids-issuer': { issuers: [issuer] } } }),
    });
    folders.push(folder);
    const line = ['lint', 'example.net.zone', '--server-cert', 'mx1.pem', '--select', 'caa-forbids-issuer'];
    const ran = await cli(line, { cwd: folder.path });
    expect(ran.stderr).toBe('');
    expect(ran.code, ran.stdout).toBe(code);
  });

  test('that forbids all of them is found for the public CA of the example', async () => {
    const { lint } = world(example('certificates/mx1.pem'), zone.replace('issue "ca.example.org"', 'issue ";"'));
    const { stdout, code } = await lint(select('caa-forbids-issuer'));
    expect(code).toBe(1);
    expect(found(stdout)[0]?.message).toMatch(/is from Example Mail Trust, .* allows nobody/);
  });
});

test('the example itself agrees with its certificates', async () => {
  const { lint } = world(example('certificates/mx1.pem'));
  const { stdout, code } = await lint(dane);
  expect([code, found(stdout)]).toEqual([0, []]);
});
