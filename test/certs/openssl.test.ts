import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CertificateRole } from '../../lib/certs/roles.ts';
import { loadTrust } from '../../lib/certs/trust.ts';
import { validatePath } from '../../lib/certs/validate-path.ts';
import { caseOf, cases } from './cases.ts';
import { both, type Chain, type MadeChain, makeChain, now, soundChain } from './chains.ts';
import { certificateOf, pem } from './maker.ts';
import { changes, differences } from './path-changes.ts';

const openssl = opensslVersion();
if (openssl === undefined) console.log('openssl is not installed: the comparison with openssl verify is left out');

const folder = mkdtempSync(join(tmpdir(), 'zonewright-path-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Without it OpenSSL takes no policy at all for acceptable. */
const anyPolicy = '2.5.29.32.0';

interface Opinion {
  readonly plain: boolean;
  readonly strict: boolean;
  readonly said: string;
}

let files = 0;

async function opensslSays({ leaf, others, root }: MadeChain, role: CertificateRole): Promise<Opinion> {
  const base = join(folder, String(files++));
  writeFileSync(`${base}.leaf`, pem(leaf.der));
  writeFileSync(`${base}.root`, pem(root.der));
  writeFileSync(`${base}.others`, pem(...others.map((one) => one.der)));
  const purpose = role === 'server' ? 'sslserver' : 'sslclient';
  const given = [
    '-CAfile',
    `${base}.root`,
    '-no-CApath',
    '-no-CAstore',
    ...(others.length > 0 ? ['-untrusted', `${base}.others`] : []),
  ];
  const time = ['-attime', String(now / 1000), '-purpose', purpose, '-policy_check', '-policy', anyPolicy];
  const ask = (...more: readonly string[]): Promise<[boolean, string]> =>
    new Promise((resolve) => {
      execFile('openssl', ['verify', ...given, ...time, ...more, `${base}.leaf`], (error, _, stderr) => {
        resolve([error === null, stderr]);
      });
    });
  const strict = await ask('-x509_strict');
  // What passes the strict checks passes the others too.
  const plain = strict[0] ? strict : await ask();
  return { plain: plain[0], strict: strict[0], said: plain[1] + strict[1] };
}

function weSay({ leaf, others, root }: MadeChain, role: CertificateRole): { plain: boolean; strict: boolean } {
  const trust = loadTrust([{ name: 'root', bytes: Buffer.from(pem(root.der)) }]);
  const { valid, deviations } = validatePath({ leaf, others, trust, role, eku: 'strict', now });
  return { plain: valid, strict: valid && deviations.length === 0 };
}

interface Disagreement {
  readonly label: string;
  readonly we: { plain: boolean; strict: boolean };
  readonly openssl: string;
}

async function disagreements(
  rows: readonly (readonly [string, Chain])[],
  role: CertificateRole,
): Promise<Disagreement[]> {
  const found: Disagreement[] = [];
  for (let at = 0; at < rows.length; at += 4) {
    await Promise.all(
      rows.slice(at, at + 4).map(async ([label, chain]) => {
        const made = makeChain(chain);
        const [they, we] = [await opensslSays(made, role), weSay(made, role)];
        if (they.plain === we.plain && they.strict === we.strict) return;
        found.push({ label, we, openssl: `${they.plain} ${they.strict} ${they.said.replaceAll(folder, '')}` });
      }),
    );
  }
  return found;
}

describe.runIf(openssl !== undefined)('the verdicts agree with openssl verify', () => {
  test.each(['server', 'client'] as const)(
    'every single change, as %s',
    async (role) => {
      const rows = changes.map(([label, change]) => [label, change(soundChain)] as const);
      const found = await disagreements(rows, role);
      expect(found.filter(({ label }) => differences[label] === undefined)).toEqual([]);
      expect(found.map(({ label }) => label).sort()).toEqual(Object.keys(differences).sort());
    },
    60_000,
  );

  test('certificates that OpenSSL issued, of every key and signature algorithm', async () => {
    const [root, rsaRoot] = ['root', 'rsa-root'].map((name) => certificateOf(caseOf(name).der));
    const others = ['issuing', 'constrained'].map((name) => certificateOf(caseOf(name).der));
    const found: string[] = [];
    let valid = 0;
    for (let at = 0; at < cases.length; at += 4) {
      const some = cases.slice(at, at + 4).map(async ({ name, der }) => {
        const leaf = certificateOf(der);
        const made = { leaf, others, root: leaf.facts.issuer === rsaRoot!.facts.subject ? rsaRoot! : root! };
        const [they, we] = [await opensslSays(made, 'server'), weSay(made, 'server')];
        valid += Number(we.plain);
        if (they.plain !== we.plain || they.strict !== we.strict) found.push(name);
      });
      await Promise.all(some);
    }
    // As with the leaf for any purpose above.
    expect(found).toEqual(['eku-any']);
    expect(valid).toBeGreaterThan(20);
  }, 60_000);

  test('pairs of changes', async () => {
    const usable = changes.filter(([label]) => differences[label] === undefined && !label.startsWith('nothing'));
    // A stride without a common divisor with the number of changes pairs each with others of every kind.
    const rows = usable.flatMap(([label, change], i) => {
      const [otherLabel, other] = usable[(i * 37 + 11) % usable.length]!;
      return [[`${label} + ${otherLabel}`, both(change, other)(soundChain)] as const];
    });
    expect(await disagreements(rows, 'server')).toEqual([]);
  }, 60_000);

  test('pairs of changes that break nothing by themselves', async () => {
    const usable = changes.filter(([label, , faults]) => differences[label] === undefined && faults === '');
    const rows = usable.flatMap(([label, change], i) =>
      [23, 31].map((stride) => {
        const [otherLabel, other] = usable[(i * stride + 7) % usable.length]!;
        return [`${label} + ${otherLabel}`, both(change, other)(soundChain)] as const;
      }),
    );
    expect(rows.length).toBeGreaterThan(100);
    expect(await disagreements(rows, 'server')).toEqual([]);
  }, 60_000);
});

function opensslVersion(): string | undefined {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}
