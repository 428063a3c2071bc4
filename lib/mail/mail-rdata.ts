import { printRdata } from '../rr/codec.ts';
import { nameLength } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { hostText } from './dns-names.ts';

/** One host of a mail domain, from MX or Client MX. */
export interface Exchange {
  readonly preference: number;
  /** As written in the record, never the target of an alias: lower case, no final dot. */
  readonly host: string;
}

/** One server of a service (RFC 2782). */
export interface SrvRecord {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  /** Lower case, no final dot; `.` when the service is not offered. */
  readonly target: string;
}

/** Preference and host of RDATA of MX or Client MX, whichever number that has; undefined when it is anything else. */
export function exchangeIn(rdata: Uint8Array): Exchange | undefined {
  const host = hostBehind(rdata, 2);
  return host === undefined ? undefined : { preference: numberIn(rdata.subarray(0, 2)), host };
}

/** What RDATA of SRV says; undefined when it is anything else. */
export function srvIn(rdata: Uint8Array): SrvRecord | undefined {
  const target = hostBehind(rdata, 6);
  if (target === undefined) return undefined;
  const [priority, weight, port] = [0, 2, 4].map((at) => numberIn(rdata.subarray(at, at + 2)));
  return { priority: priority ?? 0, weight: weight ?? 0, port: port ?? 0, target };
}

/** The address in RDATA of A or AAAA as text; undefined when it has not the length of one. */
export function addressIn(rdata: Uint8Array, type: number): string | undefined {
  return rdata.length === (type === TYPE.A ? 4 : 16) ? printRdata(type, rdata) : undefined;
}

/** Octets as one number, the most significant first. */
export function numberIn(octets: Uint8Array): number {
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

function hostBehind(rdata: Uint8Array, head: number): string | undefined {
  const name = rdata.subarray(head);
  return rdata.length > head && nameLength(name, 0) === name.length ? hostText(name) : undefined;
}
