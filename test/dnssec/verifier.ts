import { createPublicKey, type JsonWebKeyInput, type KeyObject, verify } from 'node:crypto';
import { keyTag, readKey, readRsaKey } from '../../lib/dnssec/keys.ts';
import { readSignature, SIGNER_AT, signedLabels } from '../../lib/dnssec/signatures.ts';
import { canonicalRdata } from '../../lib/rr/layout.ts';
import { lowerName, nameKey, nameLength, nameToText } from '../../lib/rr/name.ts';
import { TYPE, typeToText } from '../../lib/rr/types.ts';
import type { Zone } from '../../lib/zone/zone.ts';

const HASHES: Readonly<Record<number, string>> = { 8: 'sha256', 10: 'sha512', 13: 'sha256', 14: 'sha384' };
const CURVES: Readonly<Record<number, string>> = { 13: 'P-256', 14: 'P-384', 15: 'Ed25519', 16: 'Ed448' };

/** The public key of DNSKEY RDATA. */
function publicKey(rdata: Uint8Array): KeyObject {
  const { algorithm = 0, key = rdata } = readKey(rdata) ?? {};
  const text = (octets: Uint8Array): string => Buffer.from(octets).toString('base64url');
  const rsa = readRsaKey(key);
  const crv = CURVES[algorithm] ?? '';
  const half = key.length / 2;
  const members =
    algorithm === 8 || algorithm === 10
      ? { kty: 'RSA', n: text(rsa?.modulus ?? key), e: text(rsa?.exponent ?? key) }
      : crv.startsWith('P')
        ? { kty: 'EC', crv, x: text(key.subarray(0, half)), y: text(key.subarray(half)) }
        : { kty: 'OKP', crv, x: text(key) };
  return createPublicKey({ key: members, format: 'jwk' } as JsonWebKeyInput);
}

/** An RRset with a signature over it. */
export interface SignedRecords {
  readonly owner: Uint8Array;
  readonly type: number;
  readonly rdatas: readonly Uint8Array[];
  readonly signature: Uint8Array;
}

/** Whether the octets of a signature are those of one of the keys over the RRset, times aside (RFC 4035 §5.3.2, §5.3.3). */
export function verifies({ owner, type, rdatas, signature }: SignedRecords, keys: readonly Uint8Array[]): boolean {
  const fields = readSignature(signature);
  const key = keys.find((each) => keyTag(each) === fields.keyTag && each[3] === fields.algorithm);
  if (key === undefined) return false;
  const head = SIGNER_AT + nameLength(signature, SIGNER_AT);
  const labels: Uint8Array[] = [];
  const lower = lowerName(owner);
  for (let at = 0; at < lower.length; at += 1 + (lower[at] ?? 0))
    labels.push(lower.subarray(at, at + 1 + (lower[at] ?? 0)));
  const expanded = fields.labels < signedLabels(owner);
  const name = Buffer.concat(expanded ? [Buffer.from('\x01*'), ...labels.slice(-1 - fields.labels)] : labels);
  const number = (value: number, octets: number): Buffer => {
    const out = Buffer.alloc(octets);
    out.writeUIntBE(value, 0, octets);
    return out;
  };
  const canonical = rdatas.map((rdata) => canonicalRdata(type, rdata)).sort(Buffer.compare);
  const records = canonical.map((rdata) =>
    Buffer.concat([name, number(type, 2), number(1, 2), number(fields.originalTtl, 4), number(rdata.length, 2), rdata]),
  );
  const data = Buffer.concat([signature.subarray(0, head), ...records]);
  const by = { key: publicKey(key), dsaEncoding: 'ieee-p1363' } as const;
  return verify(HASHES[fields.algorithm] ?? null, data, by, signature.subarray(head));
}

/** RRSIG records of a zone with what is wrong with them, as text; how many are right. */
export function verifyZone(zone: Zone): { readonly good: number; readonly bad: readonly string[] } {
  const all = Array.from({ length: zone.count }, (_, record) => record);
  const sets = new Map<string, Uint8Array[]>();
  const keyOf = (record: number, type: number): string => `${nameKey(zone.ownerOf(record))} ${type}`;
  for (const record of all) {
    const key = keyOf(record, zone.types[record] ?? 0);
    sets.set(key, [...(sets.get(key) ?? []), zone.rdataOf(record)]);
  }
  const keys = sets.get(`${nameKey(zone.origin)} ${TYPE.DNSKEY}`) ?? [];
  const bad: string[] = [];
  const signatures = all.filter((record) => zone.types[record] === TYPE.RRSIG);
  for (const record of signatures) {
    const [owner, signature] = [zone.ownerOf(record), zone.rdataOf(record)];
    const type = readSignature(signature).typeCovered;
    const rdatas = sets.get(keyOf(record, type)) ?? [];
    if (!verifies({ owner, type, rdatas, signature }, keys)) bad.push(`${nameToText(owner)} ${typeToText(type)}`);
  }
  return { good: signatures.length - bad.length, bad };
}
