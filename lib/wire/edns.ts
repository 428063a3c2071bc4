import { TYPE } from '../rr/types.ts';
import type { ByteSink } from '../text/sink.ts';
import { u16At } from './header.ts';
import type { Edns, EdnsOption, ResourceRecord } from './message.ts';
import { problem } from './names.ts';
import type { MessageProblem } from './problem.ts';

/** Numbers of EDNS options (IANA, DNS EDNS0 Option Codes). */
export const OPTION: Readonly<
  Record<
    | 'NSID'
    | 'DAU'
    | 'DHU'
    | 'N3U'
    | 'CLIENT_SUBNET'
    | 'EXPIRE'
    | 'COOKIE'
    | 'TCP_KEEPALIVE'
    | 'PADDING'
    | 'CHAIN'
    | 'KEY_TAG'
    | 'EXTENDED_ERROR'
    | 'CLIENT_TAG'
    | 'SERVER_TAG'
    | 'REPORT_CHANNEL'
    | 'ZONEVERSION',
    number
  >
> = {
  NSID: 3,
  DAU: 5,
  DHU: 6,
  N3U: 7,
  CLIENT_SUBNET: 8,
  EXPIRE: 9,
  COOKIE: 10,
  TCP_KEEPALIVE: 11,
  PADDING: 12,
  CHAIN: 13,
  KEY_TAG: 14,
  EXTENDED_ERROR: 15,
  CLIENT_TAG: 16,
  SERVER_TAG: 17,
  REPORT_CHANNEL: 18,
  ZONEVERSION: 19,
};

const DO = 0x8000;

/** Octets of an OPT record before its options: the root as owner, type, class, TTL and RDLENGTH. */
const OPT_HEAD = 11;

/** What an OPT record holds: EDNS and the upper eight bits of the RCODE. */
interface OptRead {
  readonly edns: Edns;
  readonly rcodeHigh: number;
}

/** Takes an OPT record apart, its RDATA starting at an offset of the message (RFC 6891 §6.1.2). */
export function readOpt(record: ResourceRecord, rdataAt: number): OptRead | MessageProblem {
  const { rdata, ttl } = record;
  const options: EdnsOption[] = [];
  for (let at = 0; at < rdata.length; ) {
    const end = at + 4 + u16At(rdata, at + 2);
    if (at + 4 > rdata.length || end > rdata.length) return problem('edns-option', rdataAt + at);
    options.push({ code: u16At(rdata, at), data: rdata.subarray(at + 4, end) });
    at = end;
  }
  const flags = ttl % 65536;
  const edns: Edns = {
    udpSize: record.class,
    version: Math.floor(ttl / 65536) % 256,
    dnssecOk: (flags & DO) !== 0,
    flags: flags & ~DO,
    options,
  };
  return { edns, rcodeHigh: Math.floor(ttl / 0x1000000) };
}

/** Octets of the OPT record. */
export function optLength({ options }: Edns): number {
  return options.reduce((length, { data }) => length + 4 + data.length, OPT_HEAD);
}

/** Appends the OPT record; `rcode` is the whole one. */
export function writeOpt(edns: Edns, rcode: number, out: ByteSink): void {
  out.u8(0);
  out.u16(TYPE.OPT);
  out.u16(edns.udpSize);
  out.u8(rcode >> 4);
  out.u8(edns.version);
  out.u16((edns.dnssecOk ? DO : 0) | edns.flags);
  out.u16(optLength(edns) - OPT_HEAD);
  for (const { code, data } of edns.options) {
    out.u16(code);
    out.u16(data.length);
    out.put(data);
  }
}
