import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { describePathFault } from '../../lib/certs/path-faults.ts';
import type { Certificate } from '../../lib/certs/path-member.ts';
import { loadTrust } from '../../lib/certs/trust.ts';
import { type PathVerdict, validatePath } from '../../lib/certs/validate-path.ts';
import { der } from './cases.ts';
import { allOf, type SignedLine, setAt, signLine, soundLine } from './line.ts';
import { certificateOf, makeDer, oid, pem } from './maker.ts';
import { askNode, askOpenssl, type Identity, opensslVersion } from './peers.ts';

const openssl = opensslVersion();
if (openssl === undefined) console.log('openssl is not installed: the comparison with openssl verify is left out');

const now = Math.floor(Date.now() / 1000) * 1000;

/** One key of each kind serves a whole path, since making RSA keys takes long. */
const keys: readonly (readonly [kind: string, make: () => KeyObject, keyType: string])[] = [
  ['Ed25519', () => generateKeyPairSync('ed25519').privateKey, 'ed25519'],
  ['Ed448', () => generateKeyPairSync('ed448').privateKey, 'ed448'],
  ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, 'ec'],
  ['P-384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey, 'ec'],
  ['P-521', () => generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey, 'ec'],
  ['RSA 2048', () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, 'rsa'],
  ['RSA 4096', () => generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey, 'rsa'],
  ['RSA-PSS 2048', () => generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey, 'rsa'],
];

function judge({ leaf, others, trusted }: SignedLine): PathVerdict {
  const trust = loadTrust([{ name: 'root', bytes: Buffer.from(pem(...trusted.map((one) => one.der))) }]);
  return validatePath({ leaf, others, trust, role: 'server', eku: 'strict', now });
}

describe.each(keys)('%s', (kind, make, keyType) => {
  const key = make();
  const all = allOf(...[0, 1, 2].map((place) => setAt(place, { key, signer: key })));
  const sound = signLine(all(soundLine(3, `A ${kind}`, now)));
  const forged = signLine(allOf(all, setAt(1, { forged: true }))(soundLine(3, `F ${kind}`, now)));

  test('signs a sound path and shows a forged one', () => {
    expect(judge(sound)).toMatchObject({
      valid: true,
      unverifiable: [],
      path: [{ keyType }, { keyType }, { keyType }],
    });
    expect(judge(forged).faults.map(({ code, index }) => [code, index])).toEqual([['signature-invalid', 1]]);
  });

  test("Node's TLS agrees", async () => {
    const peer: Identity = { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(sound.leaf.der) };
    for (const role of ['server', 'client'] as const) {
      expect(await askNode(sound, role, peer)).toBeUndefined();
      expect(await askNode(forged, role, peer)).toBeDefined();
    }
  });

  test.runIf(openssl !== undefined)('openssl verify agrees', async () => {
    const said = await askOpenssl([sound, forged], now, ['-purpose', 'sslserver']);
    expect(said).toEqual([
      { accepts: true, errors: [] },
      { accepts: false, errors: ['7@1'] },
    ]);
  });
});

/** Arcs below 2.16.840.1.101.3.4.3, as the registry of NIST has them. */
const postQuantum: readonly (readonly [arc: number, name: string])[] = [
  [17, 'ML-DSA-44'],
  [18, 'ML-DSA-65'],
  [19, 'ML-DSA-87'],
  [20, 'SLH-DSA-SHA2-128s'],
  [25, 'SLH-DSA-SHA2-256f'],
  [26, 'SLH-DSA-SHAKE-128s'],
  [31, 'SLH-DSA-SHAKE-256f'],
];

describe.each(postQuantum)('signature algorithm 2.16.840.1.101.3.4.3.%i', (arc, name) => {
  const algorithm = `2.16.840.1.101.3.4.3.${arc}`;
  const publicKey = der(0x30, der(0x30, oid(algorithm)), der(0x03, new Uint8Array(1953)));
  const { wishes } = soundLine(3, 'Q', now);
  const [leaf, ca, root] = [{ ...wishes[0]!, algorithm }, { ...wishes[1]!, publicKey }, wishes[2]!].map(
    (wish): Certificate => certificateOf(makeDer(wish)),
  );

  test(`is ${name}, which is said whether or not it can be checked here`, () => {
    expect(leaf!.facts.signatureAlgorithm).toBe(name);
    expect(ca!.facts.keyType).toBe(name.toLowerCase());
    const verdict = judge({ leaf: leaf!, leafKey: wishes[0]!.key as KeyObject, others: [ca!], trusted: [root!] });
    expect(verdict).toMatchObject({ valid: false, path: { length: 3 } });
    if (nodeKnows(ca!.der)) {
      expect(verdict.faults).toMatchObject([{ code: 'signature-invalid', index: 0 }]);
      return;
    }
    expect(verdict.faults).toEqual([]);
    expect(verdict.unverifiable.map((fault) => describePathFault(fault))).toEqual([
      `the certificate: its signature cannot be checked here, because the key of 'CN=CA 1,O=Line Q' (${name.toLowerCase()}) cannot be used`,
    ]);
  });
});

test('an unknown algorithm stays an object identifier', () => {
  const { wishes } = soundLine(2, 'U', now);
  const leaf = certificateOf(makeDer({ ...wishes[0]!, algorithm: '1.2.3.4' }));
  const root = certificateOf(makeDer(wishes[1]!));
  const verdict = judge({ leaf, leafKey: wishes[0]!.key as KeyObject, others: [], trusted: [root] });
  expect(verdict.unverifiable.map((fault) => describePathFault(fault))).toEqual([
    'the certificate: its signature algorithm 1.2.3.4 cannot be checked here',
  ]);
});

function nodeKnows(octets: Uint8Array): boolean {
  try {
    return new X509Certificate(octets).publicKey.asymmetricKeyType !== undefined;
  } catch {
    return false;
  }
}
