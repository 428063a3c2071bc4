import type { Span } from '../text/diagnostic.ts';
import { decodeBase64 } from './base64.ts';
import { latin1 } from './der-values.ts';

/** What a PEM label announces, as far as a certificate file may hold it (RFC 7468). */
export type PemKind = 'certificate' | 'private-key' | 'certificate-request' | 'public-key' | 'pkcs7' | 'other';

/** One block from BEGIN to END; only certificates are decoded, so key octets never leave the file. */
export interface PemBlock extends Span {
  readonly label: string;
  readonly kind: PemKind;
  /** Decoded octets of a certificate block; undefined for every other kind and when the base64 text is broken. */
  readonly der: Uint8Array | undefined;
}

/** Faults of the PEM text itself. */
export type PemFaultCode =
  | 'unterminated'
  | 'label-mismatch'
  | 'end-without-begin'
  | 'boundary-not-alone'
  | 'bad-base64';

/** A fault of the PEM text with the octets it is about; `label` is that of the block. */
export interface PemFault extends Span {
  readonly code: PemFaultCode;
  readonly label: string;
}

/** Blocks and faults in file order; text outside of blocks is skipped, as RFC 7468 §2 allows. */
export interface PemFile {
  readonly blocks: readonly PemBlock[];
  readonly faults: readonly PemFault[];
}

/** Splits a file into its PEM blocks in one pass over its lines (RFC 7468 §3, lax in white space as OpenSSL is). */
export function readPem(bytes: Uint8Array): PemFile {
  const found: Found = { bytes, blocks: [], faults: [], open: undefined };
  let position = 0;
  while (position < bytes.length) {
    const end = lineEnd(bytes, position);
    readLine(found, position, end);
    position = end + 1;
  }
  if (found.open !== undefined) addFault(found, 'unterminated', found.open.label, found.open.start, bytes.length);
  return { blocks: found.blocks, faults: found.faults };
}

interface OpenBlock {
  readonly label: string;
  readonly start: number;
  readonly body: number;
}

interface Found {
  readonly bytes: Uint8Array;
  readonly blocks: PemBlock[];
  readonly faults: PemFault[];
  open: OpenBlock | undefined;
}

const dash = 0x2d;
const longestBoundary = 96;

function readLine(found: Found, lineStart: number, end: number): void {
  const { bytes } = found;
  let from = lineStart;
  for (;;) {
    const boundary = nextBoundary(bytes, from, end);
    if (boundary === undefined) return;
    const led = from === lineStart && boundary.start > lineStart;
    const followed = !isBlank(bytes, boundary.end, end);
    // Outside of a block a boundary after other words is prose about PEM files.
    const prose = led && !isBlank(bytes, from, boundary.start) && !isByteOrderMark(bytes, from, boundary.start);
    if (prose && found.open === undefined) return;
    if (led || followed) addFault(found, 'boundary-not-alone', boundary.label, boundary.start, boundary.end);
    if (boundary.begins) begin(found, boundary);
    else finish(found, boundary);
    from = boundary.end;
  }
}

interface Boundary extends Span {
  readonly begins: boolean;
  readonly label: string;
}

/** Finds `-----BEGIN label-----` or `-----END label-----` between two offsets of one line. */
function nextBoundary(bytes: Uint8Array, from: number, end: number): Boundary | undefined {
  for (let start = from; start + 10 < end; start++) {
    if (bytes[start] !== dash || (bytes[start + 5] !== 0x42 && bytes[start + 5] !== 0x45)) continue;
    const text = latin1(bytes.subarray(start, Math.min(end, start + longestBoundary)));
    const match = /^-----(BEGIN|END) ([^-]+(?:-[^-]+)*)-----/.exec(text);
    if (match === null) continue;
    return { begins: match[1] === 'BEGIN', label: match[2]!, start, end: start + match[0].length };
  }
  return undefined;
}

function begin(found: Found, boundary: Boundary): void {
  const { open } = found;
  if (open !== undefined) addFault(found, 'unterminated', open.label, open.start, boundary.start);
  found.open = { label: boundary.label, start: boundary.start, body: boundary.end };
}

function finish(found: Found, boundary: Boundary): void {
  const { open } = found;
  found.open = undefined;
  if (open === undefined) {
    addFault(found, 'end-without-begin', boundary.label, boundary.start, boundary.end);
    return;
  }
  if (open.label !== boundary.label) addFault(found, 'label-mismatch', open.label, boundary.start, boundary.end);
  const kind = pemKind(open.label);
  const span = { start: open.start, end: boundary.end };
  if (kind !== 'certificate') {
    found.blocks.push({ ...span, label: open.label, kind, der: undefined });
    return;
  }
  const decoded = decodeBase64(found.bytes, open.body, boundary.start);
  if ('offset' in decoded) addFault(found, 'bad-base64', open.label, decoded.offset, decoded.offset + 1);
  found.blocks.push({ ...span, label: open.label, kind, der: 'offset' in decoded ? undefined : decoded.octets });
}

function pemKind(label: string): PemKind {
  if (label === 'CERTIFICATE' || label === 'X509 CERTIFICATE' || label === 'TRUSTED CERTIFICATE') return 'certificate';
  if (label.endsWith('PRIVATE KEY') || label.endsWith('PRIVATE KEY BLOCK')) return 'private-key';
  if (label.endsWith('CERTIFICATE REQUEST')) return 'certificate-request';
  if (label.endsWith('PUBLIC KEY')) return 'public-key';
  return label === 'PKCS7' || label === 'CMS' || label === 'PKCS #7 SIGNED DATA' ? 'pkcs7' : 'other';
}

function addFault(found: Found, code: PemFaultCode, label: string, start: number, end: number): void {
  found.faults.push({ code, label, start, end });
}

function lineEnd(bytes: Uint8Array, position: number): number {
  const end = bytes.indexOf(0x0a, position);
  return end === -1 ? bytes.length : end;
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== 0x20 && bytes[i] !== 0x09 && bytes[i] !== 0x0d) return false;
  return true;
}

function isByteOrderMark(bytes: Uint8Array, from: number, to: number): boolean {
  return from === 0 && to === 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
