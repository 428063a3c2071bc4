import { constants, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type CertificateFacts, readCertificate } from '../../lib/certs/facts.ts';
import type { Certificate } from '../../lib/certs/path-member.ts';
import { der } from './cases.ts';

/** An Ed25519 key that is the same in every run, so that certificates are too. */
export function fixedKey(seed: number): KeyObject {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([head, Buffer.alloc(32, seed)]), format: 'der', type: 'pkcs8' });
}

/** Generates keys as they are asked for and gives the same key for the same number, so that a run needs few of them. */
export function keyPool(): (number: number) => KeyObject {
  const keys = new Map<number, KeyObject>();
  return (number) => {
    const known = keys.get(number);
    if (known !== undefined) return known;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    keys.set(number, privateKey);
    return privateKey;
  };
}

/** DER of an OBJECT IDENTIFIER. */
export function oid(text: string): Uint8Array {
  const [first, second, ...rest] = text.split('.').map(Number);
  const octets = [first! * 40 + second!, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return der(0x06, octets);
}

const attributes: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  E: '1.2.840.113549.1.9.1',
};

/** A Name such as `O=Example/CN=Root`; a value with the mark `printable:` is a PrintableString instead of UTF-8. */
function name(text: string): Uint8Array {
  const parts = text === '' ? [] : text.split('/');
  const relative = parts.map((part) => {
    const at = part.indexOf('=');
    const printable = part.startsWith('printable:', at + 1);
    // RFC 5280 appendix A.1: emailAddress is an IA5String.
    const kind = part.startsWith('E=') ? 0x16 : printable ? 0x13 : 0x0c;
    const value = der(kind, part.slice(at + 1).replace('printable:', ''));
    return der(0x31, der(0x30, oid(attributes[part.slice(0, at)]!), value));
  });
  return der(0x30, ...relative);
}

/** One extension: object identifier, value, critical or not. */
export interface Extension {
  readonly id: string;
  readonly value: Uint8Array;
  readonly critical?: boolean;
}

/** A certificate to be made; `key` and `signer` are private keys, or seeds of fixed Ed25519 keys. */
export interface Wish {
  readonly subject: string;
  readonly issuer: string;
  readonly key: number | KeyObject;
  readonly signer: number | KeyObject;
  readonly serial: number;
  readonly from: string;
  readonly to: string;
  readonly version: number;
  readonly extensions: readonly Extension[];
  /** Object identifier of the algorithm the signed part names, when it differs. */
  readonly innerAlgorithm?: string;
  readonly algorithm?: string;
  /** SubjectPublicKeyInfo to stand in place of that of `key`. */
  readonly publicKey?: Uint8Array;
  /** Flips a bit of the signature. */
  readonly forged?: boolean;
}

/** How a key signs: the AlgorithmIdentifier, the hash, and whether RSA pads by PSS. */
interface Signing {
  readonly algorithm: Uint8Array;
  readonly hash?: string;
  readonly pss?: true;
}

const sha256 = der(0x30, oid('2.16.840.1.101.3.4.2.1'));
// RFC 4055 §3.1: SHA-256, MGF1 with SHA-256, a salt of 32 octets.
const pssParameters = der(
  0x30,
  der(0xa0, sha256),
  der(0xa1, der(0x30, oid('1.2.840.113549.1.1.8'), sha256)),
  der(0xa2, der(0x02, [32])),
);
const curveSigning: Readonly<Record<string, readonly [algorithm: string, hash: string]>> = {
  prime256v1: ['1.2.840.10045.4.3.2', 'sha256'],
  secp384r1: ['1.2.840.10045.4.3.3', 'sha384'],
  secp521r1: ['1.2.840.10045.4.3.4', 'sha512'],
};

function signingOf(key: KeyObject): Signing {
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return { algorithm: der(0x30, oid('1.3.101.112')) };
    case 'ed448':
      return { algorithm: der(0x30, oid('1.3.101.113')) };
    case 'ec': {
      const [algorithm, hash] = curveSigning[key.asymmetricKeyDetails!.namedCurve!]!;
      return { algorithm: der(0x30, oid(algorithm)), hash };
    }
    case 'rsa-pss':
      return { algorithm: der(0x30, oid('1.2.840.113549.1.1.10'), pssParameters), hash: 'sha256', pss: true };
    default:
      return { algorithm: der(0x30, oid('1.2.840.113549.1.1.11'), der(0x05)), hash: 'sha256' };
  }
}

function signWith(key: KeyObject, body: Uint8Array): Uint8Array {
  const { hash, pss } = signingOf(key);
  const padding = pss === true ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {};
  return new Uint8Array(sign(hash ?? null, body, { key, ...padding }));
}

/** DER of the certificate that is wished for. */
export function makeDer(wish: Wish): Uint8Array {
  const [own, signer] = [wish.key, wish.signer].map((key) => (typeof key === 'number' ? fixedKey(key) : key));
  const algorithm = wish.algorithm === undefined ? signingOf(signer!).algorithm : der(0x30, oid(wish.algorithm));
  const inner = wish.innerAlgorithm === undefined ? algorithm : der(0x30, oid(wish.innerAlgorithm));
  const key = wish.publicKey ?? createPublicKey(own!).export({ type: 'spki', format: 'der' });
  const time = (text: string): Uint8Array => der(text.length === 13 ? 0x17 : 0x18, text);
  const extensions = wish.extensions.map(({ id, value, critical }) =>
    der(0x30, oid(id), ...(critical === true ? [der(0x01, [0xff])] : []), der(0x04, value)),
  );
  const body = der(
    0x30,
    ...(wish.version === 1 ? [] : [der(0xa0, der(0x02, [wish.version - 1]))]),
    der(0x02, [wish.serial]),
    inner,
    name(wish.issuer),
    der(0x30, time(wish.from), time(wish.to)),
    name(wish.subject),
    key,
    ...(extensions.length > 0 ? [der(0xa3, der(0x30, ...extensions))] : []),
  );
  const signature = signWith(signer!, body);
  if (wish.forged === true) signature[signature.length - 5]! ^= 1;
  return der(0x30, body, algorithm, der(0x03, [0], signature));
}

/** The certificate with its facts; it must be readable. */
export function certificateOf(octets: Uint8Array): Certificate & { readonly facts: CertificateFacts } {
  const read = readCertificate(octets);
  if ('problem' in read) throw new Error(`${read.problem} at ${read.offset}`);
  return { facts: read.facts, der: octets };
}

/** PEM text of certificates. */
export function pem(...certificates: readonly Uint8Array[]): string {
  return certificates
    .map((octets) => {
      const lines = Buffer.from(octets)
        .toString('base64')
        .match(/.{1,64}/g)!;
      return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
    })
    .join('');
}

const bits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
];

/** Extensions as the CAs of the tests write them. */
export const ext = {
  basic: (isCa: boolean, pathLength?: number, critical: boolean = true): Extension => ({
    id: '2.5.29.19',
    critical,
    value: der(
      0x30,
      ...(isCa ? [der(0x01, [0xff])] : []),
      ...(pathLength === undefined ? [] : [der(0x02, [pathLength])]),
    ),
  }),
  keyUsage: (...names: readonly string[]): Extension => {
    const octet = names.reduce((sum, one) => sum | (0x80 >> bits.indexOf(one)), 0);
    return { id: '2.5.29.15', critical: true, value: der(0x03, [0, octet]) };
  },
  purposes: (...ids: readonly string[]): Extension => ({
    id: '2.5.29.37',
    value: der(0x30, ...ids.map((id: string): Uint8Array => oid(id))),
  }),
  names: (...names: readonly Uint8Array[]): Extension => ({ id: '2.5.29.17', value: der(0x30, ...names) }),
  subjectKey: (seed: number): Extension => ({ id: '2.5.29.14', value: der(0x04, [1, 2, 3, seed]) }),
  authorityKey: (seed: number): Extension => ({ id: '2.5.29.35', value: der(0x30, der(0x80, [1, 2, 3, seed])) }),
  constraints: (permitted: readonly Uint8Array[], excluded: readonly Uint8Array[] = []): Extension => ({
    id: '2.5.29.30',
    critical: true,
    value: der(
      0x30,
      ...(permitted.length > 0 ? [der(0xa0, ...permitted.map((base) => der(0x30, base)))] : []),
      ...(excluded.length > 0 ? [der(0xa1, ...excluded.map((base) => der(0x30, base)))] : []),
    ),
  }),
  policies: (...ids: readonly string[]): Extension => ({
    id: '2.5.29.32',
    value: der(0x30, ...ids.map((id) => der(0x30, oid(id)))),
  }),
  mappings: (...pairs: readonly (readonly [string, string])[]): Extension => ({
    id: '2.5.29.33',
    critical: true,
    value: der(0x30, ...pairs.map(([from, to]) => der(0x30, oid(from), oid(to)))),
  }),
  policyConstraints: (explicit?: number, mapping?: number): Extension => ({
    id: '2.5.29.36',
    critical: true,
    value: der(
      0x30,
      ...(explicit === undefined ? [] : [der(0x80, [explicit])]),
      ...(mapping === undefined ? [] : [der(0x81, [mapping])]),
    ),
  }),
  inhibitAny: (skip: number): Extension => ({ id: '2.5.29.54', critical: true, value: der(0x02, [skip]) }),
} as const;

/** General names of subjectAltName and nameConstraints. */
export const general = {
  dns: (text: string): Uint8Array => der(0x82, text),
  email: (text: string): Uint8Array => der(0x81, text),
  uri: (text: string): Uint8Array => der(0x86, text),
  ip: (...octets: readonly number[]): Uint8Array => der(0x87, octets),
  directory: (text: string): Uint8Array => der(0xa4, name(text)),
} as const;
