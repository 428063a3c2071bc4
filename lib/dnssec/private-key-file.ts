import { createECDH, createPrivateKey, type JsonWebKeyInput, type KeyObject } from 'node:crypto';

/** A private key with the number of its DNSSEC algorithm, or why there is none. */
type Read = { readonly secret: KeyObject; readonly algorithm: number } | { readonly problem: string };

const HEAD = /^Private-key-format:\s*v1\./mu;

/** Whether a text is a file of private keys as dnssec-keygen and its kin write them. */
export function isPrivateKeyFile(text: string): boolean {
  return HEAD.test(text);
}

/** Reads such a file; what is said of one that cannot be used repeats nothing of it. */
export function readPrivateKeyFile(text: string): Read {
  const fields = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/^([A-Za-z0-9-]+):[ \t]*(\S+)/gmu)) fields.set(name, value);
  const algorithm = Number(fields.get('Algorithm'));
  try {
    const input = inputOf(algorithm, (name) => Buffer.from(fields.get(name) ?? '', 'base64'));
    if (input === undefined) return { problem: `keys of algorithm ${fields.get('Algorithm') ?? ''} sign nothing here` };
    return { secret: createPrivateKey(input), algorithm };
  } catch {
    return { problem: 'the key cannot be read' };
  }
}

type Field = (name: string) => Buffer;

const CURVES: Readonly<Record<number, { readonly curve: string; readonly crv: string; readonly octets: number }>> = {
  13: { curve: 'prime256v1', crv: 'P-256', octets: 32 },
  14: { curve: 'secp384r1', crv: 'P-384', octets: 48 },
};

/** What stands before the octets of a key in PKCS#8 (RFC 8410 §7). */
const EDWARDS: Readonly<Record<number, string>> = {
  15: '302e020100300506032b657004220420',
  16: '3047020100300506032b6571043b0439',
};

function inputOf(algorithm: number, field: Field): Parameters<typeof createPrivateKey>[0] | undefined {
  const [curve, edwards] = [CURVES[algorithm], EDWARDS[algorithm]];
  if (edwards !== undefined) {
    const key = Buffer.concat([Buffer.from(edwards, 'hex'), field('PrivateKey')]);
    return { key, format: 'der', type: 'pkcs8' };
  }
  if (curve !== undefined) return onCurve(curve, field('PrivateKey'));
  return algorithm === 8 || algorithm === 10 ? rsaKey(field) : undefined;
}

function onCurve({ curve, crv, octets }: (typeof CURVES)[number], secret: Buffer): JsonWebKeyInput {
  const pair = createECDH(curve);
  pair.setPrivateKey(secret);
  // An octet that says how the point is written goes before its two halves.
  const point = pair.getPublicKey();
  const [x, y] = [point.subarray(1, 1 + octets), point.subarray(1 + octets)];
  const d = Buffer.concat([Buffer.alloc(octets), secret]).subarray(-octets);
  return jwk({ kty: 'EC', crv, x, y, d });
}

function rsaKey(field: Field): JsonWebKeyInput {
  return jwk({
    kty: 'RSA',
    n: field('Modulus'),
    e: field('PublicExponent'),
    d: field('PrivateExponent'),
    p: field('Prime1'),
    q: field('Prime2'),
    dp: field('Exponent1'),
    dq: field('Exponent2'),
    qi: field('Coefficient'),
  });
}

function jwk(members: Readonly<Record<string, string | Buffer>>): JsonWebKeyInput {
  const written = Object.entries(members).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value.toString('base64url'),
  ]);
  return { key: Object.fromEntries(written), format: 'jwk' };
}
