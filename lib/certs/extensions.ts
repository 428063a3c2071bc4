import { type AlternativeNames, noAlternativeNames, readAlternativeNames } from './alternative-names.ts';
import {
  contentsOf,
  contextTag,
  type DerCursor,
  expectEnd,
  hasMore,
  nextTag,
  readInto,
  readOptional,
  readValue,
  reportFault,
  tag,
} from './der.ts';
import { hex, readBitString, readObjectIdentifier, readSmallInteger } from './der-values.ts';
import { extension, knownExtensions } from './object-identifiers.ts';

/** What the extensions of a certificate say (RFC 5280 §4.2). */
export interface ExtensionFacts {
  names: AlternativeNames;
  hasSan: boolean;
  extendedKeyUsage: readonly string[] | undefined;
  keyUsage: readonly string[] | undefined;
  isCa: boolean;
  pathLength: number | undefined;
  criticalUnknownExtensions: string[];
  mustStaple: boolean;
  hasScts: boolean;
  policies: readonly string[];
  subjectKeyId: string | undefined;
  authorityKeyId: string | undefined;
}

/** Bit names of keyUsage, from bit 0 on (RFC 5280 §4.2.1.3). */
const keyUsageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

/** TLS extensions whose presence in the TLS feature list asks for a stapled answer (RFC 7633, RFC 6961). */
const staplingFeatures: ReadonlySet<number> = new Set([5, 17]);

type ExtensionReader = (facts: ExtensionFacts, value: DerCursor) => void;

const readers: ReadonlyMap<string, ExtensionReader> = new Map<string, ExtensionReader>([
  [extension.subjectAltName, readSubjectAltName],
  [extension.basicConstraints, readBasicConstraints],
  [extension.keyUsage, readKeyUsage],
  [extension.extendedKeyUsage, readExtendedKeyUsage],
  [extension.certificatePolicies, readPolicies],
  [extension.subjectKeyIdentifier, readSubjectKeyIdentifier],
  [extension.authorityKeyIdentifier, readAuthorityKeyIdentifier],
  [extension.tlsFeature, readTlsFeature],
  [extension.signedCertificateTimestamps, readTimestamps],
]);

/** The facts of a certificate without extensions. */
export function noExtensions(): ExtensionFacts {
  return {
    names: noAlternativeNames(),
    hasSan: false,
    extendedKeyUsage: undefined,
    keyUsage: undefined,
    isCa: false,
    pathLength: undefined,
    criticalUnknownExtensions: [],
    mustStaple: false,
    hasScts: false,
    policies: [],
    subjectKeyId: undefined,
    authorityKeyId: undefined,
  };
}

/** Reads the list of extensions; a repeated one is a fault (RFC 5280 §4.2). */
export function readExtensions(cursor: DerCursor): ExtensionFacts {
  const facts = noExtensions();
  const seen = new Set<string>();
  const list = readInto(cursor, 'the extensions', tag.sequence);
  while (hasMore(list)) {
    const start = list.position;
    const fields = readInto(list, 'an extension', tag.sequence);
    const identifier = readObjectIdentifier(fields, 'the kind of an extension');
    const critical = readBoolean(fields, 'the critical flag of an extension');
    const value = readInto(fields, `the value of extension ${identifier}`, tag.octetString);
    expectEnd(fields, `extension ${identifier}`);
    if (seen.has(identifier)) reportFault(list, start, `extension ${identifier} stands twice`);
    seen.add(identifier);
    if (critical && !knownExtensions.has(identifier)) facts.criticalUnknownExtensions.push(identifier);
    const reader = readers.get(identifier);
    if (reader === undefined) continue;
    reader(facts, value);
    expectEnd(value, `extension ${identifier}`);
  }
  return facts;
}

function readBoolean(cursor: DerCursor, what: string): boolean {
  const value = readOptional(cursor, what, tag.boolean);
  if (value === undefined) return false;
  const octets = contentsOf(cursor, value);
  if (octets.length !== 1) reportFault(cursor, value.start, `${what} is not a BOOLEAN`);
  return octets[0] !== 0;
}

function readSubjectAltName(facts: ExtensionFacts, value: DerCursor): void {
  facts.names = readAlternativeNames(value);
  facts.hasSan = true;
}

function readBasicConstraints(facts: ExtensionFacts, value: DerCursor): void {
  const fields = readInto(value, 'basicConstraints', tag.sequence);
  facts.isCa = readBoolean(fields, 'cA');
  if (nextTag(fields) === tag.integer) facts.pathLength = readSmallInteger(fields, 'pathLenConstraint');
  expectEnd(fields, 'basicConstraints');
}

function readKeyUsage(facts: ExtensionFacts, value: DerCursor): void {
  const { octets } = readBitString(value, 'keyUsage');
  facts.keyUsage = keyUsageBits.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function readExtendedKeyUsage(facts: ExtensionFacts, value: DerCursor): void {
  const purposes: string[] = [];
  const list = readInto(value, 'extKeyUsage', tag.sequence);
  while (hasMore(list)) purposes.push(readObjectIdentifier(list, 'a purpose of extKeyUsage'));
  facts.extendedKeyUsage = purposes;
}

function readPolicies(facts: ExtensionFacts, value: DerCursor): void {
  const policies: string[] = [];
  const list = readInto(value, 'certificatePolicies', tag.sequence);
  while (hasMore(list)) {
    const policy = readInto(list, 'a certificate policy', tag.sequence);
    policies.push(readObjectIdentifier(policy, 'a certificate policy'));
  }
  facts.policies = policies;
}

function readSubjectKeyIdentifier(facts: ExtensionFacts, value: DerCursor): void {
  const identifier = readValue(value, 'subjectKeyIdentifier', tag.octetString);
  facts.subjectKeyId = hex(contentsOf(value, identifier));
}

function readAuthorityKeyIdentifier(facts: ExtensionFacts, value: DerCursor): void {
  const fields = readInto(value, 'authorityKeyIdentifier', tag.sequence);
  const identifier = readOptional(fields, 'keyIdentifier', contextTag(0, false));
  if (identifier !== undefined) facts.authorityKeyId = hex(contentsOf(fields, identifier));
}

function readTlsFeature(facts: ExtensionFacts, value: DerCursor): void {
  const list = readInto(value, 'the TLS feature list', tag.sequence);
  while (hasMore(list)) {
    if (staplingFeatures.has(readSmallInteger(list, 'a TLS feature'))) facts.mustStaple = true;
  }
}

function readTimestamps(facts: ExtensionFacts, value: DerCursor): void {
  readValue(value, 'the signed certificate timestamps', tag.octetString);
  facts.hasScts = true;
}
