import { type DerCursor, hasMore, octetsOf, readInto, readValue, reportFault, tag } from './der.ts';
import { hex, readObjectIdentifier, textOf } from './der-values.ts';
import { attributeNames } from './object-identifiers.ts';

/** A distinguished name as RFC 4514 text, and its common names in the order of the certificate. */
export interface DistinguishedName {
  readonly text: string;
  readonly commonNames: readonly string[];
}

/** Reads a Name (RFC 5280 §4.1.2.4). */
export function readDistinguishedName(cursor: DerCursor, what: string): DistinguishedName {
  const relative: string[] = [];
  const commonNames: string[] = [];
  const names = readInto(cursor, what, tag.sequence);
  while (hasMore(names)) {
    const attributes = readInto(names, what, tag.set);
    const parts: string[] = [];
    while (hasMore(attributes)) parts.push(readAttribute(attributes, what, commonNames));
    if (parts.length === 0) reportFault(names, names.position, `${what} has an empty part`);
    relative.push(parts.reverse().join('+'));
  }
  return { text: relative.reverse().join(','), commonNames };
}

function readAttribute(attributes: DerCursor, what: string, commonNames: string[]): string {
  const attribute = readInto(attributes, what, tag.sequence);
  const type = readObjectIdentifier(attribute, `an attribute type of ${what}`);
  const value = readValue(attribute, `an attribute value of ${what}`);
  const text = textOf(attribute, value);
  const name = attributeNames.get(type);
  if (name === 'CN' && text !== undefined) commonNames.push(text);
  // RFC 4514 §2.4: an attribute without a short name, or a value that is no string, is written as #hex.
  if (name === undefined || text === undefined) return `${name ?? type}=#${hex(octetsOf(attribute, value))}`;
  return `${name}=${escapeValue(text)}`;
}

// Controls and direction marks are legal unescaped in RFC 4514, yet they could rewrite a terminal line.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function escapeValue(text: string): string {
  return text
    .replace(/["+,;<>\\]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, (space) => (text.length > 1 ? `\\${space}` : space))
    .replace(unsafe, (character) => Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '\\$&'));
}
