import { describe, expect, test } from 'vitest';
import type { ExtendedKeyUsagePolicy } from '../../lib/certs/path-purpose.ts';
import type { CertificateRole } from '../../lib/certs/roles.ts';
import { loadTrust } from '../../lib/certs/trust.ts';
import { type PathVerdict, validatePath } from '../../lib/certs/validate-path.ts';
import { clientAuth, serverAuth } from './chains.ts';
import { allOf, dropAt, host, type LineChange, putAt, type SignedLine, signLine, soundLine } from './line.ts';
import { faultsOf, type HarmlessChange, harmlessOf, type LineFault, standTogether } from './line-faults.ts';
import { ext, pem } from './maker.ts';
import { askNode, askOpenssl, type Identity, namesHost, type OpensslVerdict, opensslVersion } from './peers.ts';

const openssl = opensslVersion();
if (openssl === undefined) console.log('openssl is not installed: the comparison with openssl verify is left out');

/** Node has no clock to set, so the certificates of this matrix are made around the present second. */
const now = Math.floor(Date.now() / 1000) * 1000;

/** One path of the matrix and what validatePath must say about it. */
interface Row {
  readonly label: string;
  readonly role: CertificateRole;
  readonly line: SignedLine;
  /** Faults as code@place, sorted. */
  readonly expected: string;
}

interface Case {
  readonly label: string;
  readonly length: number;
  readonly change: LineChange;
  readonly expected: readonly string[];
}

const lengths = [1, 2, 3, 4];

const sound: readonly Case[] = lengths.flatMap((length) => {
  const changes = harmlessOf(length, now).map((one) => ({ ...one, length, expected: [] }));
  return [{ label: `nothing at all of ${length}`, length, change: (line) => line, expected: [] }, ...changes];
});

const singles: readonly Case[] = lengths.flatMap((length) =>
  faultsOf(length, now).map((one) => ({ ...one, length, expected: [one.expected] })),
);

/** Of the pairs of a list those whose parts can stand side by side; all of them, or one of `every`. */
function pairsOf<T extends HarmlessChange>(
  list: readonly T[],
  length: number,
  every: number,
  expected: (one: T, other: T) => readonly string[],
): Case[] {
  const found: Case[] = [];
  for (const [i, one] of list.entries()) {
    for (const other of list.slice(i + 1)) {
      if (!standTogether(one, other)) continue;
      const label = `${one.label} + ${other.label}`;
      found.push({ label, length, change: allOf(one.change, other.change), expected: expected(one, other) });
    }
  }
  return found.filter((_, i) => i % every === 0);
}

const faultPairs: readonly Case[] = [2, 3, 4].flatMap((length) =>
  pairsOf<LineFault>(faultsOf(length, now), length, length < 4 ? 1 : 20, (one, other) => [
    one.expected,
    other.expected,
  ]),
);
const soundPairs: readonly Case[] = [1, 2, 3, 4].flatMap((length) =>
  pairsOf(harmlessOf(length, now), length, 3 * length ** 2, () => []),
);

let made = 0;

function rowsOf(cases: readonly Case[], rolesOf: (position: number) => readonly CertificateRole[]): Row[] {
  return cases.flatMap(({ label, length, change, expected }, position) => {
    const line = signLine(change(soundLine(length, String(made++), now)));
    return rolesOf(position).map((role) => ({ label, role, line, expected: [...expected].sort().join(' ') }));
  });
}

const rows: readonly Row[] = [
  ...rowsOf([...sound, ...singles], () => ['server', 'client']),
  ...rowsOf([...soundPairs, ...faultPairs], (position) => [position % 2 === 0 ? 'server' : 'client']),
];

function weSay({ leaf, others, trusted }: SignedLine, role: CertificateRole, eku: ExtendedKeyUsagePolicy): PathVerdict {
  const trust = loadTrust(trusted.map(({ der }) => ({ name: 'root', bytes: der })));
  return validatePath({ leaf, others, trust, role, eku, now, names: [host] });
}

function outline({ faults, unverifiable }: PathVerdict): string {
  const told = [...faults, ...unverifiable].map(({ code, index }) => `${code}@${index}`);
  return told.sort().join(' ');
}

const verdicts: ReadonlyMap<Row, PathVerdict> = new Map(
  rows.map((row) => [row, weSay(row.line, row.role, 'strict')] as const),
);

test('the matrix has sound paths, every single fault and pairs of faults', () => {
  expect([sound, singles, soundPairs, faultPairs].map(({ length }) => length)).toEqual([197, 112, 220, 764]);
});

test('every fault is told, and nothing else', () => {
  for (const row of rows) {
    const verdict = verdicts.get(row)!;
    expect(outline(verdict), `${row.label}, as ${row.role}`).toBe(row.expected);
    expect(verdict.valid).toBe(row.expected === '');
  }
});

/** Where OpenSSL, and Node with it, takes a path that we refuse. No path of the matrix is taken by us alone. */
const laxer: readonly (readonly [label: RegExp, reason: string])[] = [
  [
    /^no basicConstraints at (1 of 2|2 of 3|3 of 4), as (server|client)$/,
    'a self-signed root without basicConstraints is a CA to OpenSSL unless it is asked to be strict',
  ],
];

/** Asks about every path, compares, and prints one line of the agreement table. */
function expectAgreement(
  peer: string,
  accepts: (row: Row) => boolean,
  own: (row: Row) => boolean,
  explained: typeof laxer,
): void {
  const [onlyPeer, onlyWe]: [string[], string[]] = [[], []];
  let [bothAccept, bothRefuse] = [0, 0];
  for (const row of rows) {
    const [they, we] = [accepts(row), own(row)];
    if (they !== we) (we ? onlyWe : onlyPeer).push(`${row.label}, as ${row.role}`);
    else if (we) bothAccept++;
    else bothRefuse++;
  }
  const counts = `both accept ${bothAccept}, both refuse ${bothRefuse}`;
  const differ = `only ${peer} accepts ${onlyPeer.length}, only we accept ${onlyWe.length}`;
  console.log(`${rows.length} paths against ${peer}: ${counts}, ${differ}`);
  expect(onlyWe).toEqual([]);
  expect(onlyPeer.filter((label) => !explained.some(([pattern]) => pattern.test(label)))).toEqual([]);
  // An explanation that nothing needs any more has to go.
  for (const [pattern] of explained) expect(onlyPeer.filter((label) => pattern.test(label))).toHaveLength(6);
  expect([bothAccept > 200, bothRefuse > 200]).toEqual([true, true]);
}

const ofRole = (role: CertificateRole): readonly Row[] => rows.filter((row) => row.role === role);

async function ask(...options: readonly string[]): Promise<ReadonlyMap<Row, OpensslVerdict>> {
  const found = new Map<Row, OpensslVerdict>();
  for (const role of ['server', 'client'] as const) {
    const some = ofRole(role);
    const lines = some.map(({ line }) => line);
    const said = await askOpenssl(lines, now, ['-purpose', `ssl${role}`, '-verify_hostname', host, ...options]);
    for (const [i, row] of some.entries()) found.set(row, said[i]!);
  }
  return found;
}

/** What the numbers of `openssl verify` stand for here; `above` where it names the certificate below the faulty one. */
const meanings: Readonly<Record<string, readonly string[]>> = {
  7: ['signature-invalid'],
  9: ['not-yet-valid'],
  10: ['expired'],
  18: ['self-signed'],
  20: ['issuer-missing', 'key-identifier-mismatch', 'above extension-unreadable'],
  21: ['issuer-missing', 'key-identifier-mismatch', 'above extension-unreadable'],
  25: ['path-length-exceeded'],
  26: ['extended-key-usage', 'key-usage-role', 'not-a-ca', 'key-usage-cert-sign'],
  32: ['key-usage-cert-sign'],
  34: ['critical-extension'],
  47: ['name-not-permitted'],
  48: ['name-excluded'],
  62: ['name-mismatch'],
  79: ['not-a-ca', 'key-usage-cert-sign'],
};

function isTold(error: string, expected: ReadonlySet<string>): boolean {
  const [number, depth] = error.split('@').map(Number);
  const told = meanings[number!] ?? [];
  return told.some((code) => {
    return code.startsWith('above ')
      ? expected.has(`${code.slice(6)}@${depth! + 1}`)
      : expected.has(`${code}@${depth}`);
  });
}

describe.runIf(openssl !== undefined)('against openssl verify', () => {
  test('the verdicts agree', async () => {
    const said = await ask();
    const own = (row: Row): boolean => verdicts.get(row)!.valid;
    expectAgreement('openssl verify', (row) => said.get(row)!.accepts, own, laxer);
    for (const [row, { accepts, errors }] of said) {
      if (accepts) continue;
      const expected = new Set(row.expected.split(' '));
      const untold = errors.filter((error) => !isTold(error, expected));
      expect(untold, `${row.label}, as ${row.role}: ${row.expected}`).toEqual([]);
    }
  }, 60_000);

  test('the strict verdicts agree without any difference', async () => {
    const said = await ask('-x509_strict');
    const own = (row: Row): boolean => verdicts.get(row)!.valid && verdicts.get(row)!.deviations.length === 0;
    expectAgreement('openssl verify -x509_strict', (row) => said.get(row)!.accepts, own, []);
  }, 60_000);
});

test("the verdicts agree with Node's TLS, whose handshakes need no socket", async () => {
  const { leaf, leafKey } = signLine(soundLine(1, 'peer', now));
  const peer: Identity = { key: leafKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(leaf.der) };
  const accepted = new Set<Row>();
  for (const row of rows) {
    const refused = await askNode(row.line, row.role, peer);
    // Names are not OpenSSL's business in a handshake but its caller's.
    if (refused === undefined && namesHost(row.line.leaf.der, host)) accepted.add(row);
  }
  const own = (row: Row): boolean => verdicts.get(row)!.valid;
  expectAgreement("Node's TLS", (row) => accepted.has(row), own, laxer);
}, 60_000);

const anyPurpose = '2.5.29.37.0';
const purposeSets: Readonly<Record<string, readonly string[] | undefined>> = {
  none: undefined,
  server: [serverAuth],
  client: [clientAuth],
  both: [serverAuth, clientAuth],
  other: ['1.3.6.1.5.5.7.3.3'],
  any: [anyPurpose],
};

/** What a certificate for TLS may be asked to be good for by `openssl verify`; one yes is enough. */
const asked: Readonly<Record<ExtendedKeyUsagePolicy, (role: CertificateRole) => readonly string[]>> = {
  strict: (role) => [`ssl${role}`],
  'accept-server-auth': (role) => (role === 'client' ? ['sslclient', 'sslserver'] : ['sslserver']),
  ignore: () => ['any'],
};

describe.runIf(openssl !== undefined)('extKeyUsage of leaf and issuer against openssl verify -purpose', () => {
  const pairs = Object.keys(purposeSets).flatMap((leaf) => Object.keys(purposeSets).map((issuer) => [leaf, issuer]));
  const lines = pairs.map((sets) => {
    const change = allOf(
      ...sets.map((name, place): LineChange => {
        const purposes = purposeSets[name!];
        return purposes === undefined ? dropAt(place, '2.5.29.37') : putAt(place, ext.purposes(...purposes));
      }),
    );
    return signLine(change(soundLine(3, `purposes ${sets.join(' ')}`, now)));
  });

  test.each(
    (['server', 'client'] as const).flatMap((role) =>
      (['strict', 'accept-server-auth', 'ignore'] as const).map((eku) => [role, eku] as const),
    ),
  )(
    'as %s with the policy %s',
    async (role, eku) => {
      const answers = await Promise.all(
        asked[eku](role).map((purpose) => askOpenssl(lines, now, ['-purpose', purpose])),
      );
      const differing = pairs.filter((_, i) => {
        const they = answers.some((verdicts) => verdicts[i]!.accepts);
        return they !== weSay(lines[i]!, role, eku).valid;
      });
      // OpenSSL wants the purpose itself; RFC 5280 §4.2.1.12 lets anyExtendedKeyUsage stand for it.
      const byAny = pairs.filter(([leaf, issuer], i) => {
        return eku !== 'ignore' && [leaf, issuer].includes('any') && weSay(lines[i]!, role, eku).valid;
      });
      expect(differing).toEqual(byAny);
      expect(byAny).toHaveLength(eku === 'ignore' ? 0 : expectedByAny(role, eku));
    },
    60_000,
  );
});

function expectedByAny(role: CertificateRole, eku: ExtendedKeyUsagePolicy): number {
  return role === 'client' && eku === 'accept-server-auth' ? 9 : 7;
}
