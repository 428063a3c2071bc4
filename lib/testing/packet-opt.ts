import { isIP } from 'node:net';
import { readIp6 } from '../rr/address.ts';
import { printRdata } from '../rr/codec.ts';
import { TYPE, typeToText } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { OPTION } from '../wire/edns.ts';
import { u16At } from '../wire/header.ts';
import type { Edns, EdnsOption } from '../wire/message.ts';

/** An option of the OPT record in the shape of the package dns-packet; `data` counts before what it was taken apart into. */
export interface PacketOption {
  code: number | string;
  type?: string | undefined;
  data?: Uint8Array | undefined;
  family?: number | undefined;
  sourcePrefixLength?: number | undefined;
  scopePrefixLength?: number | undefined;
  ip?: string | undefined;
  timeout?: number | undefined;
  length?: number | undefined;
  tags?: number[] | undefined;
}

/** The OPT record in the shape of the package dns-packet. */
export interface PacketOpt {
  name: string;
  type: string;
  udpPayloadSize?: number | undefined;
  extendedRcode?: number | undefined;
  ednsVersion?: number | undefined;
  flags?: number | undefined;
  flag_do?: boolean | undefined;
  options?: PacketOption[] | undefined;
}

const DO = 0x8000;

/** Words of dns-packet for codes. */
const WORDS: ReadonlyMap<number, string> = new Map([
  [1, 'LLQ'],
  [2, 'UL'],
  [OPTION.NSID, 'NSID'],
  [OPTION.DAU, 'DAU'],
  [OPTION.DHU, 'DHU'],
  [OPTION.N3U, 'N3U'],
  [OPTION.CLIENT_SUBNET, 'CLIENT_SUBNET'],
  [OPTION.EXPIRE, 'EXPIRE'],
  [OPTION.COOKIE, 'COOKIE'],
  [OPTION.TCP_KEEPALIVE, 'TCP_KEEPALIVE'],
  [OPTION.PADDING, 'PADDING'],
  [OPTION.CHAIN, 'CHAIN'],
  [OPTION.KEY_TAG, 'KEY_TAG'],
  [26946, 'DEVICEID'],
]);

/** EDNS as a record of the additional section. */
export function optAnswer({ udpSize, version, dnssecOk, flags, options }: Edns, rcode: number): PacketOpt {
  return {
    name: '.',
    type: typeToText(TYPE.OPT),
    udpPayloadSize: udpSize,
    extendedRcode: rcode >> 4,
    ednsVersion: version,
    flags: flags | (dnssecOk ? DO : 0),
    flag_do: dnssecOk,
    options: options.map(packetOption),
  };
}

function packetOption({ code, data }: EdnsOption): PacketOption {
  const option: PacketOption = { code, type: WORDS.get(code) ?? `OPTION_${code}`, data: Buffer.from(data) };
  if (code === OPTION.CLIENT_SUBNET && data.length >= 4) return { ...option, ...subnet(data) };
  if (code === OPTION.TCP_KEEPALIVE && data.length >= 2) return { ...option, timeout: u16At(data, 0) };
  if (code === OPTION.KEY_TAG)
    return { ...option, tags: Array.from({ length: data.length >> 1 }, (_, index) => u16At(data, 2 * index)) };
  return option;
}

/** RFC 7871 §6. */
function subnet(data: Uint8Array): Partial<PacketOption> {
  const family = u16At(data, 0);
  const address = new Uint8Array(family === 1 ? 4 : 16);
  address.set(data.subarray(4, 4 + address.length));
  const ip = printRdata(family === 1 ? TYPE.A : TYPE.AAAA, address);
  return { family, sourcePrefixLength: data[2] ?? 0, scopePrefixLength: data[3] ?? 0, ip };
}

/** EDNS of a record of the additional section. */
export function ednsOf({ udpPayloadSize = 4096, ednsVersion = 0, flags = 0, options = [] }: PacketOpt): Edns {
  return {
    udpSize: udpPayloadSize,
    version: ednsVersion,
    dnssecOk: (flags & DO) !== 0,
    flags: flags & ~DO,
    options: options.map(optionOf),
  };
}

function optionOf(option: PacketOption): EdnsOption {
  const code = codeOf(option.code);
  return { code, data: option.data === undefined ? optionData(code, option) : new Uint8Array(option.data) };
}

function codeOf(code: number | string): number {
  if (typeof code === 'number') return code;
  const known = [...WORDS].find(([, word]) => word === code.toUpperCase());
  const number = known?.[0] ?? Number(/_(\d+)$/u.exec(code)?.[1] ?? Number.NaN);
  if (Number.isNaN(number)) throw new Error(`'${code}' is no EDNS option`);
  return number;
}

function optionData(code: number, option: PacketOption): Uint8Array {
  switch (code) {
    case OPTION.CLIENT_SUBNET: {
      const { ip = '0.0.0.0', sourcePrefixLength = 0, scopePrefixLength = 0 } = option;
      const family = option.family ?? (isIP(ip) === 6 ? 2 : 1);
      const octets = addressOctets(ip).subarray(0, Math.ceil(sourcePrefixLength / 8));
      return new Uint8Array([family >> 8, family, sourcePrefixLength, scopePrefixLength, ...octets]);
    }
    case OPTION.TCP_KEEPALIVE:
      return option.timeout ? twoOctets(option.timeout) : new Uint8Array(0);
    case OPTION.PADDING:
      return new Uint8Array(option.length ?? 0);
    case OPTION.KEY_TAG:
      return new Uint8Array((option.tags ?? []).flatMap((tag) => [...twoOctets(tag)]));
    default:
      throw new Error(`EDNS option ${code} needs data`);
  }
}

function twoOctets(value: number): Uint8Array {
  return new Uint8Array([value >> 8, value]);
}

function addressOctets(text: string): Uint8Array {
  if (isIP(text) === 4) return new Uint8Array(text.split('.').map(Number));
  const bytes = new TextEncoder().encode(text);
  const out = new ByteSink(16);
  if (!readIp6(bytes, 0, bytes.length, out)) throw new Error(`'${text}' is no IP address`);
  return out.slice();
}
