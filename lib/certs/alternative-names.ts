import {
  contentsOf,
  contextTag,
  type DerCursor,
  enterValue,
  hasMore,
  readInto,
  readValue,
  reportFault,
  tag,
} from './der.ts';
import { hex, latin1, readObjectIdentifier, textOf } from './der-values.ts';
import { srvNameForm } from './object-identifiers.ts';

/** A dNSName of the subject alternative name that breaks RFC 5280 §4.2.1.6, with the reason in words. */
export interface InvalidDnsName {
  readonly name: string;
  readonly reason: string;
}

/** The subject alternative names mail TLS can match against (RFC 5280 §4.2.1.6, RFC 4985). */
export interface AlternativeNames {
  readonly dnsNames: string[];
  readonly invalidDnsNames: InvalidDnsName[];
  readonly ipAddresses: string[];
  readonly emailAddresses: string[];
  readonly srvNames: string[];
}

const otherName = contextTag(0, true);
const rfc822Name = contextTag(1, false);
const dnsName = contextTag(2, false);
const ipAddress = contextTag(7, false);

/** No names at all, as in a certificate without the extension. */
export function noAlternativeNames(): AlternativeNames {
  return { dnsNames: [], invalidDnsNames: [], ipAddresses: [], emailAddresses: [], srvNames: [] };
}

/** Reads the GeneralNames of a subjectAltName extension. */
export function readAlternativeNames(cursor: DerCursor): AlternativeNames {
  const found = noAlternativeNames();
  const names = readInto(cursor, 'subjectAltName', tag.sequence);
  while (hasMore(names)) {
    const value = readValue(names, 'a name of subjectAltName');
    const octets = contentsOf(names, value);
    if (value.tag === dnsName) addDnsName(found, latin1(octets));
    else if (value.tag === ipAddress) found.ipAddresses.push(ipAddressText(octets));
    else if (value.tag === rfc822Name) found.emailAddresses.push(latin1(octets));
    else if (value.tag === otherName) addOtherName(found, enterValue(names, value));
    else if ((value.tag & 0xc0) !== 0x80) reportFault(names, value.start, 'a name of subjectAltName has no known kind');
  }
  return found;
}

/** Why a dNSName is not in the preferred name syntax, or undefined when it is; a left-most `*` label is allowed. */
export function dnsNameFault(name: string): string | undefined {
  if (name === '') return 'is empty';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'holds a control character';
  if (/\s/.test(name)) return 'holds a space';
  if (/[^ -~]/.test(name)) return 'holds a character outside ASCII: an internationalised name must stand as A-labels';
  if (/^(\d+\.){3}\d+$/.test(name) || name.includes(':')) return 'is an IP address: it belongs in iPAddress';
  if (name.endsWith('.')) return 'ends with a dot';
  if (name.length > 253) return 'is longer than 253 octets';
  const labels = name.split('.');
  if (labels[0] === '*' && labels.length > 1) labels.shift();
  for (const label of labels) {
    if (label === '') return 'has an empty label';
    if (label.length > 63) return 'has a label longer than 63 octets';
    if (label.includes('*')) return 'has a wildcard that is not the whole left-most label';
    if (label.includes('_')) return 'has an underscore, which host names do not hold';
    if (!/^[a-z\d-]+$/i.test(label)) return 'holds a character that is no letter, digit or hyphen';
    if (label.startsWith('-') || label.endsWith('-')) return 'has a label that starts or ends with a hyphen';
  }
  return undefined;
}

function addDnsName(found: AlternativeNames, name: string): void {
  const reason = dnsNameFault(name);
  found.dnsNames.push(name);
  if (reason !== undefined) found.invalidDnsNames.push({ name, reason });
}

function addOtherName(found: AlternativeNames, cursor: DerCursor): void {
  const form = readObjectIdentifier(cursor, 'the kind of an otherName');
  const wrapped = readInto(cursor, 'the value of an otherName', contextTag(0, true));
  if (form !== srvNameForm) return;
  const value = readValue(wrapped, 'an SRVName', tag.ia5String);
  found.srvNames.push(textOf(wrapped, value) ?? '');
}

function ipAddressText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return `#${hex(octets)}`;
  const groups = Array.from({ length: 8 }, (_, i) => ((octets[2 * i]! << 8) | octets[2 * i + 1]!).toString(16));
  return shortenIpv6(groups);
}

// RFC 5952 §4.2: the longest run of at least two zero groups, the first of equals, becomes `::`.
function shortenIpv6(groups: readonly string[]): string {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === '0') length++;
    if (length > best.length) best = { start, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}
