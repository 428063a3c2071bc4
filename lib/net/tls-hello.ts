import { isIP } from 'node:net';

/** Version numbers on the wire (RFC 8446 §B.3.1.1). */
export const TLS_1_0 = 0x0301;
export const TLS_1_1 = 0x0302;
export const TLS_1_2 = 0x0303;

/** What a ClientHello made by hand offers. */
export interface HelloWish {
  /** The highest version; the server may choose a lower one. */
  readonly version: number;
  readonly suites: readonly number[];
  /** Server name; without, none is sent. An IP address is never sent (RFC 6066 §3). */
  readonly sni?: string;
  /** 32 octets. */
  readonly random: Uint8Array;
}

/**
 * The record of a ClientHello for TLS 1.2 and earlier (RFC 5246 §7.4.1.2). What the server answers up to ServerHelloDone is in
 * clear text, so no key exchange is needed to see it, and old versions can be offered that the TLS of this machine refuses.
 */
export function clientHello({ version, suites, sni, random }: HelloWish): Uint8Array {
  const body = [
    ...uint16(version),
    ...random,
    0,
    ...vector(2, suites.flatMap(uint16)),
    ...vector(1, [0]),
    ...vector(2, extensions(version, sni)),
  ];
  const message = [1, ...vector(3, body)];
  // RFC 5246 §E.1: the record of a first hello says at most 1.0, as old servers look at it.
  return Uint8Array.from([22, ...uint16(TLS_1_0), ...vector(2, message)]);
}

/** Alerts that end a handshake which goes no further: user_canceled, then close_notify (RFC 5246 §7.2). */
export function farewell(version: number): Uint8Array {
  const alert = (description: number): number[] => [21, ...uint16(version), ...vector(2, [1, description])];
  return Uint8Array.from([...alert(90), ...alert(0)]);
}

function extensions(version: number, sni: string | undefined): number[] {
  const groups = [29, 23, 24, 25, 256].flatMap(uint16);
  return [
    ...(sni === undefined || isIP(sni) !== 0 ? [] : extension(0, vector(2, [0, ...vector(2, ascii(sni))]))),
    ...extension(10, vector(2, groups)),
    ...extension(11, vector(1, [0])),
    ...(version >= TLS_1_2 ? extension(13, vector(2, signatureSchemes.flatMap(uint16))) : []),
    ...extension(23, []),
    ...extension(0xff01, vector(1, [])),
  ];
}

/** ECDSA, RSA-PSS, EdDSA and RSA with SHA-2, then SHA-1 for old servers. */
const signatureSchemes: readonly number[] = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601,
  0x0203, 0x0201,
];

function extension(type: number, data: readonly number[]): number[] {
  return [...uint16(type), ...vector(2, data)];
}

/** Octets behind their length in `size` octets. */
function vector(size: number, data: readonly number[]): number[] {
  const length = Array.from({ length: size }, (_, index) => (data.length >>> (8 * (size - 1 - index))) & 0xff);
  return [...length, ...data];
}

function uint16(value: number): number[] {
  return [value >>> 8, value & 0xff];
}

function ascii(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
