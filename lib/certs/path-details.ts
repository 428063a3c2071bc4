import {
  contentsOf,
  contextTag,
  type DerCursor,
  enterValue,
  expectEnd,
  hasMore,
  octetsOf,
  openDer,
  readInto,
  readOptional,
  readValue,
  reportFault,
  tag,
} from './der.ts';
import { hex, readBitString, readObjectIdentifier, readSmallInteger, textOf } from './der-values.ts';
import { extension } from './object-identifiers.ts';

/** A Name for comparison: one text for each RDN, most significant first (RFC 5280 §7.1: case and white space do not count). */
export type ComparableName = readonly string[];

/** A GeneralName with the number of its context tag (RFC 5280 §4.2.1.6). */
export interface GeneralName {
  readonly kind: number;
  readonly octets: Uint8Array;
  /** Of a directoryName only. */
  readonly directory: ComparableName | undefined;
}

/** One GeneralSubtree; `bounded` when it has a minimum or maximum, which RFC 5280 §4.2.1.10 does not allow. */
export interface Subtree {
  readonly base: GeneralName;
  readonly bounded: boolean;
}

/** What nameConstraints says (RFC 5280 §4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly Subtree[];
  readonly excluded: readonly Subtree[];
}

/** What path validation needs of a certificate beyond its facts (RFC 5280 §6.1). */
export interface PathDetails {
  /** The octets that are signed, and the signature over them. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  /** As counted by people: 1 to 3. */
  readonly version: number;
  readonly subject: ComparableName;
  readonly issuer: ComparableName;
  readonly subjectEmails: readonly string[];
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  /** The algorithm inside the signed part is that of the signature. */
  readonly sameAlgorithm: boolean;
  readonly present: ReadonlySet<string>;
  readonly critical: ReadonlySet<string>;
  /** The value of subjectAltName, which `readGeneralNames` takes apart. */
  readonly alternativeNames: Uint8Array | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  readonly mappings: readonly (readonly [string, string])[];
  readonly requireExplicitPolicy: number | undefined;
  readonly inhibitPolicyMapping: number | undefined;
  readonly inhibitAnyPolicy: number | undefined;
  /** authorityCertIssuer (its first directoryName) and authorityCertSerialNumber. */
  readonly authorityIssuer: ComparableName | undefined;
  readonly authoritySerial: string | undefined;
  /** What is wrong with one of the extensions read here. */
  readonly problem: string | undefined;
}

/** Object identifiers of the extensions only path validation reads (RFC 5280 §4.2). */
export const pathExtension = {
  nameConstraints: '2.5.29.30',
  policyMappings: '2.5.29.33',
  policyConstraints: '2.5.29.36',
  inhibitAnyPolicy: '2.5.29.54',
} as const;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const emailAddress = '1.2.840.113549.1.9.1';

/** Reads the details of a certificate that `readCertificate` could read; a broken extension becomes `problem`. */
export function readPathDetails(der: Uint8Array): PathDetails {
  const document = openDer(der);
  const certificate = readInto(document, 'the certificate', tag.sequence);
  const signed = readValue(certificate, 'the signed part', tag.sequence);
  const body = enterValue(certificate, signed);
  const version = readOptional(body, 'the version', contextTag(0, true));
  const versionNumber = version === undefined ? 1 : 1 + readSmallInteger(enterValue(body, version), 'the version');
  readValue(body, 'the serial number', tag.integer);
  const inner = octetsOf(body, readValue(body, 'the signature algorithm', tag.sequence));
  const issuer = readComparableName(body, []);
  readValue(body, 'the validity', tag.sequence);
  const emails: string[] = [];
  const subject = readComparableName(body, emails);
  const publicKey = octetsOf(body, readValue(body, 'the public key', tag.sequence));
  readOptional(body, 'issuerUniqueID', contextTag(1, false));
  readOptional(body, 'subjectUniqueID', contextTag(2, false));
  const outer = octetsOf(certificate, readValue(certificate, 'the signature algorithm', tag.sequence));
  const details: Mutable<PathDetails> = {
    signed: octetsOf(certificate, signed),
    signature: readBitString(certificate, 'the signature').octets,
    version: versionNumber,
    subject,
    issuer,
    subjectEmails: emails,
    publicKey,
    sameAlgorithm: Buffer.compare(inner, outer) === 0,
    present: new Set(),
    critical: new Set(),
    alternativeNames: undefined,
    nameConstraints: undefined,
    mappings: [],
    requireExplicitPolicy: undefined,
    inhibitPolicyMapping: undefined,
    inhibitAnyPolicy: undefined,
    authorityIssuer: undefined,
    authoritySerial: undefined,
    problem: undefined,
  };
  const wrapped = readOptional(body, 'the extensions', contextTag(3, true));
  if (wrapped !== undefined) readExtensions(enterValue(body, wrapped), details);
  details.problem = document.faults[0]?.problem;
  return details;
}

function readExtensions(cursor: DerCursor, details: Mutable<PathDetails>): void {
  const present = new Set<string>();
  const critical = new Set<string>();
  const list = readInto(cursor, 'the extensions', tag.sequence);
  while (hasMore(list)) {
    const fields = readInto(list, 'an extension', tag.sequence);
    const identifier = readObjectIdentifier(fields, 'the kind of an extension');
    const flag = readOptional(fields, 'the critical flag', tag.boolean);
    present.add(identifier);
    if (flag !== undefined && contentsOf(fields, flag)[0] !== 0) critical.add(identifier);
    const value = readInto(fields, `extension ${identifier}`, tag.octetString);
    readExtension(identifier, value, details);
  }
  details.present = present;
  details.critical = critical;
}

function readExtension(identifier: string, value: DerCursor, details: Mutable<PathDetails>): void {
  switch (identifier) {
    case extension.subjectAltName:
      details.alternativeNames = value.bytes.subarray(value.position, value.end);
      return;
    case extension.authorityKeyIdentifier:
      readAuthority(value, details);
      return;
    case pathExtension.nameConstraints:
      details.nameConstraints = readNameConstraints(value);
      break;
    case pathExtension.policyMappings:
      details.mappings = readMappings(value);
      break;
    case pathExtension.policyConstraints:
      readPolicyConstraints(value, details);
      break;
    case pathExtension.inhibitAnyPolicy:
      details.inhibitAnyPolicy = readSmallInteger(value, 'inhibitAnyPolicy');
      break;
    default:
      return;
  }
  expectEnd(value, `extension ${identifier}`);
}

/** The names of a subjectAltName value; what cannot be read ends the list, as the facts have reported it. */
export function readGeneralNames(octets: Uint8Array): GeneralName[] {
  const names = readInto(openDer(octets), 'subjectAltName', tag.sequence);
  const found: GeneralName[] = [];
  while (hasMore(names)) found.push(readGeneralName(names));
  return found;
}

/** Reads a Name into its comparable form and collects its emailAddress attributes. */
function readComparableName(cursor: DerCursor, emails: string[]): ComparableName {
  const parts: string[] = [];
  const name = readInto(cursor, 'a name', tag.sequence);
  while (hasMore(name)) {
    const attributes = readInto(name, 'a name', tag.set);
    const texts: string[] = [];
    while (hasMore(attributes)) {
      const attribute = readInto(attributes, 'a name', tag.sequence);
      const type = readObjectIdentifier(attribute, 'an attribute type');
      const value = readValue(attribute, 'an attribute value');
      const text = textOf(attribute, value);
      if (type === emailAddress && text !== undefined) emails.push(text);
      texts.push(`${type}=${text === undefined ? `#${hex(octetsOf(attribute, value))}` : comparableText(text)}`);
    }
    parts.push(texts.sort().join('\u0000'));
  }
  return parts;
}

function comparableText(text: string): string {
  return text
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    .split(/[ \t\n\v\f\r]+/)
    .filter((word) => word !== '')
    .join(' ');
}

function readGeneralName(cursor: DerCursor): GeneralName {
  const value = readValue(cursor, 'a general name');
  const kind = value.tag & 0x1f;
  const octets = contentsOf(cursor, value);
  if ((value.tag & 0xc0) !== 0x80) reportFault(cursor, value.start, 'a general name has no known kind');
  return { kind, octets, directory: kind === 4 ? readComparableName(enterValue(cursor, value), []) : undefined };
}

function readNameConstraints(value: DerCursor): NameConstraints {
  const fields = readInto(value, 'nameConstraints', tag.sequence);
  const [permitted, excluded] = [0, 1].map((number) => {
    const trees = readOptional(fields, 'a list of subtrees', contextTag(number, true));
    return trees === undefined ? [] : readSubtrees(enterValue(fields, trees));
  });
  expectEnd(fields, 'nameConstraints');
  return { permitted: permitted!, excluded: excluded! };
}

function readSubtrees(cursor: DerCursor): Subtree[] {
  const found: Subtree[] = [];
  while (hasMore(cursor)) {
    const fields = readInto(cursor, 'a subtree', tag.sequence);
    const base = readGeneralName(fields);
    const minimum = readOptional(fields, 'the minimum of a subtree', contextTag(0, false));
    const maximum = readOptional(fields, 'the maximum of a subtree', contextTag(1, false));
    const zero = minimum === undefined || contentsOf(fields, minimum).every((octet) => octet === 0);
    found.push({ base, bounded: !zero || maximum !== undefined });
    expectEnd(fields, 'a subtree');
  }
  return found;
}

function readMappings(value: DerCursor): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  const list = readInto(value, 'policyMappings', tag.sequence);
  while (hasMore(list)) {
    const pair = readInto(list, 'a policy mapping', tag.sequence);
    found.push([readObjectIdentifier(pair, 'a policy'), readObjectIdentifier(pair, 'a policy')]);
  }
  return found;
}

function readPolicyConstraints(value: DerCursor, details: Mutable<PathDetails>): void {
  const fields = readInto(value, 'policyConstraints', tag.sequence);
  details.requireExplicitPolicy = readCount(fields, 0, 'requireExplicitPolicy');
  details.inhibitPolicyMapping = readCount(fields, 1, 'inhibitPolicyMapping');
  expectEnd(fields, 'policyConstraints');
}

function readCount(fields: DerCursor, number: number, what: string): number | undefined {
  const value = readOptional(fields, what, contextTag(number, false));
  if (value === undefined) return undefined;
  const octets = contentsOf(fields, value);
  if (octets.length === 0 || octets.length > 4) reportFault(fields, value.start, `${what} is no small number`);
  return octets.reduce((sum, octet) => Math.min(sum * 256 + octet, 0xffff), 0);
}

function readAuthority(value: DerCursor, details: Mutable<PathDetails>): void {
  const fields = readInto(value, 'authorityKeyIdentifier', tag.sequence);
  readOptional(fields, 'keyIdentifier', contextTag(0, false));
  const names = readOptional(fields, 'authorityCertIssuer', contextTag(1, true));
  const serial = readOptional(fields, 'authorityCertSerialNumber', contextTag(2, false));
  if (serial !== undefined) details.authoritySerial = hex(contentsOf(fields, serial)).replace(/^00(?=.)/, '');
  if (names === undefined) return;
  const list = enterValue(fields, names);
  while (hasMore(list) && details.authorityIssuer === undefined)
    details.authorityIssuer = readGeneralName(list).directory;
}
