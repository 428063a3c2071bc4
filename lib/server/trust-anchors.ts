import { dsRdata, entryKeys } from '../dnssec/sign-zone.ts';
import type { SigningKey } from '../dnssec/signing-key.ts';
import { printRdata } from '../rr/codec.ts';
import { nameToText } from '../rr/name.ts';
import { TYPE, typeToText } from '../rr/types.ts';

/** The DS records with which a parent, or a resolver, trusts a zone that is signed with these keys; a line each, without TTL. */
export function dsLines(origin: Uint8Array, keys: readonly SigningKey[]): string[] {
  return entryKeys(keys).map((key) => recordText(origin, TYPE.DS, dsRdata(origin, key)));
}

/** The same keys as DNSKEY records. */
export function dnskeyLines(origin: Uint8Array, keys: readonly SigningKey[]): string[] {
  return entryKeys(keys).map((key) => recordText(origin, TYPE.DNSKEY, key.dnskey));
}

/** A line of unbound.conf that trusts what a DS or DNSKEY line says. */
export function unboundAnchor(line: string): string {
  return `trust-anchor: "${line}"`;
}

function recordText(origin: Uint8Array, type: number, rdata: Uint8Array): string {
  return `${nameToText(origin)} IN ${typeToText(type)} ${printRdata(type, rdata)}`;
}
