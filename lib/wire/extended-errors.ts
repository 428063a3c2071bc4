import { OPTION } from './edns.ts';
import { u16At } from './header.ts';
import type { EdnsOption, Message } from './message.ts';

/** What a server adds to explain a response (RFC 8914). */
export interface ExtendedError {
  readonly code: number;
  /** EXTRA-TEXT, empty when there is none. */
  readonly text: string;
}

interface Purpose {
  readonly says: string;
  /** The code of a validator that found the answer to be bogus. */
  readonly bogus?: true;
}

/** Extended DNS Errors by code (RFC 8914 §4 and the IANA registry). */
const PURPOSES: readonly Purpose[] = [
  { says: 'other error' },
  { says: 'unsupported DNSKEY algorithm' },
  { says: 'unsupported DS digest type' },
  { says: 'stale answer' },
  { says: 'forged answer' },
  { says: 'DNSSEC indeterminate' },
  { says: 'DNSSEC bogus', bogus: true },
  { says: 'signature expired', bogus: true },
  { says: 'signature not yet valid', bogus: true },
  { says: 'DNSKEY missing', bogus: true },
  { says: 'RRSIGs missing', bogus: true },
  { says: 'no zone key bit set', bogus: true },
  { says: 'NSEC missing', bogus: true },
  { says: 'cached error' },
  { says: 'not ready' },
  { says: 'blocked' },
  { says: 'censored' },
  { says: 'filtered' },
  { says: 'prohibited' },
  { says: 'stale NXDOMAIN answer' },
  { says: 'not authoritative' },
  { says: 'not supported' },
  { says: 'no reachable authority' },
  { says: 'network error' },
  { says: 'invalid data' },
  { says: 'signature expired before valid', bogus: true },
  { says: 'too early' },
  { says: 'unsupported NSEC3 iterations value' },
  { says: 'unable to conform to policy' },
  { says: 'synthesized' },
  { says: 'invalid query type' },
];

/** The extended errors of a response, in their order; an option too short for a code says nothing. */
export function extendedErrors({ edns }: Message): ExtendedError[] {
  const options = edns?.options.filter(({ code, data }) => code === OPTION.EXTENDED_ERROR && data.length >= 2) ?? [];
  return options.map(({ data }) => ({
    code: u16At(data, 0),
    // A final null octet is to be ignored (RFC 8914 §2).
    text: new TextDecoder().decode(data.subarray(2)).replace(/\0$/, ''),
  }));
}

/** The option that tells an extended error. */
export function extendedErrorOption({ code, text }: ExtendedError): EdnsOption {
  const octets = new TextEncoder().encode(text);
  const data = new Uint8Array(2 + octets.length);
  data.set([code >> 8, code & 255]);
  data.set(octets, 2);
  return { code: OPTION.EXTENDED_ERROR, data };
}

/** `signature expired` and the like; what has no name is `extended error 4711`. */
export function sayExtendedError(code: number): string {
  return PURPOSES[code]?.says ?? `extended error ${code}`;
}

/** Whether an extended error means that DNSSEC validation failed. */
export function meansBogus({ code }: ExtendedError): boolean {
  return PURPOSES[code]?.bogus === true;
}
