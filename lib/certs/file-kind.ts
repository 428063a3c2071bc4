import {
  contextTag,
  enterValue,
  expectEnd,
  hasMore,
  nextTag,
  octetsOf,
  openDer,
  readInto,
  readOptional,
  readValue,
  tag,
} from './der.ts';
import { readObjectIdentifier, readSmallInteger } from './der-values.ts';

/** What a file without any PEM block turns out to be. */
export type FileKind =
  | 'empty'
  | 'der-certificate'
  | 'der-private-key'
  | 'der-certificate-request'
  | 'pkcs12'
  | 'pkcs7'
  | 'java-keystore'
  | 'utf16-text'
  | 'bare-base64'
  | 'text'
  | 'binary';

const pkcs7SignedData = '1.2.840.113549.1.7.2';

/** Recognises the usual containers by their first octets or their outer DER structure. */
export function fileKind(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'empty';
  if (bytes[0] === tag.sequence) {
    const kind = derKind(bytes);
    if (kind !== undefined) return kind;
  }
  const magic = bytes.subarray(0, 4).reduce((sum, octet) => sum * 256 + octet, 0);
  if (magic === 0xfeedfeed || magic === 0xcececece) return 'java-keystore';
  if (magic >>> 16 === 0xfffe || magic >>> 16 === 0xfeff) return 'utf16-text';
  const head = bytes.subarray(0, 4096);
  if (head.some((octet) => octet < 0x09 || (octet > 0x0d && octet < 0x20))) return 'binary';
  return /^\s*MII[A-Za-z\d+/=\s]{60,}$/.test(String.fromCharCode(...head)) ? 'bare-base64' : 'text';
}

/** The octets of the first DER value of a document; OpenSSL's TRUSTED CERTIFICATE adds a second one. */
export function firstDerValue(bytes: Uint8Array): Uint8Array {
  const document = openDer(bytes);
  const value = readValue(document, 'the certificate');
  return document.faults.length === 0 ? octetsOf(document, value) : bytes;
}

function derKind(bytes: Uint8Array): FileKind | undefined {
  const document = openDer(bytes);
  const outer = readInto(document, 'the file', tag.sequence);
  // Some tools leave a line end behind the DER.
  if (document.faults.length > 0 || document.end - document.position > 2) return undefined;
  switch (nextTag(outer)) {
    case tag.integer:
      return keyOrContainer(bytes);
    case tag.objectIdentifier:
      return readObjectIdentifier(outer, 'the content type') === pkcs7SignedData ? 'pkcs7' : undefined;
    case tag.sequence:
      return signedKind(bytes);
    default:
      return undefined;
  }
}

/** PFX has version 3 (RFC 7292 §4); PKCS#8 and PKCS#1 keys have 0 or 1, SEC 1 keys have 1. */
function keyOrContainer(bytes: Uint8Array): FileKind | undefined {
  const outer = readInto(openDer(bytes), 'the file', tag.sequence);
  const version = readSmallInteger(outer, 'the version');
  const next = nextTag(outer);
  if (outer.faults.length > 0) return undefined;
  if (version === 3 && next === tag.sequence) return 'pkcs12';
  return version <= 1 && next !== -1 ? 'der-private-key' : undefined;
}

/** Tells a certificate, a request (RFC 2986 §4.1) and an encrypted PKCS#8 key apart. */
function signedKind(bytes: Uint8Array): FileKind | undefined {
  const outer = readInto(openDer(bytes), 'the file', tag.sequence);
  const first = readValue(outer, 'the first part', tag.sequence);
  const inside = enterValue(outer, first);
  if (nextTag(inside) === tag.objectIdentifier)
    return nextTag(outer) === tag.octetString ? 'der-private-key' : undefined;
  const versioned = readOptional(inside, 'the version', contextTag(0, true)) !== undefined;
  readValue(inside, 'a number', tag.integer);
  readValue(inside, 'the first field', tag.sequence);
  readValue(inside, 'the second field', tag.sequence);
  if (inside.faults.length > 0) return undefined;
  // After two SEQUENCEs a certificate goes on with its validity, a request with [0] attributes.
  const isRequest = !versioned && (nextTag(inside) === contextTag(0, true) || !hasMore(inside));
  readValue(outer, 'the algorithm', tag.sequence);
  readValue(outer, 'the signature', tag.bitString);
  expectEnd(outer, 'the file');
  if (outer.faults.length > 0) return undefined;
  return isRequest ? 'der-certificate-request' : 'der-certificate';
}
