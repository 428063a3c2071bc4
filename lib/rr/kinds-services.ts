import type { ByteSink } from '../text/sink.ts';
import { asciiText } from './found.ts';
import { elementsOf, fault, type Kind, type Kinds } from './kind.ts';
import { readNumber, writeAscii } from './octets.ts';

/** Protocols that WKS may name (RFC 1010). */
const PROTOCOLS: Readonly<Record<string, number>> = {
  icmp: 1,
  igmp: 2,
  ggp: 3,
  tcp: 6,
  egp: 8,
  udp: 17,
  hmp: 20,
  rdp: 27,
};

/** Services that WKS may name, with their ports. */
const SERVICES: Readonly<Record<string, number>> = {
  echo: 7,
  discard: 9,
  systat: 11,
  daytime: 13,
  netstat: 15,
  qotd: 17,
  chargen: 19,
  'ftp-data': 20,
  ftp: 21,
  ssh: 22,
  telnet: 23,
  smtp: 25,
  time: 37,
  whois: 43,
  domain: 53,
  bootps: 67,
  bootpc: 68,
  tftp: 69,
  gopher: 70,
  finger: 79,
  http: 80,
  kerberos: 88,
  pop3: 110,
  sunrpc: 111,
  auth: 113,
  nntp: 119,
  ntp: 123,
  imap2: 143,
  snmp: 161,
  irc: 194,
  ldap: 389,
  https: 443,
  submissions: 465,
  submission: 587,
  ldaps: 636,
  imaps: 993,
  pop3s: 995,
};

const PROTOCOL = 'a protocol such as tcp or a number from 0 to 255';
const PORT = 'a service such as smtp or a port from 0 to 65535';

/** Number of a word or of digits; negative when it is neither or too large. */
function numbered(
  bytes: Uint8Array,
  start: number,
  end: number,
  names: Readonly<Record<string, number>>,
  most: number,
): number {
  const number = readNumber(bytes, start, end, most);
  if (number >= 0 || end - start > 24) return number;
  const word = asciiText(bytes, start, end).toLowerCase();
  return Object.hasOwn(names, word) ? (names[word] ?? -1) : number;
}

/** The protocol of WKS (RFC 1035 §3.4.2). */
const protocol: Kind = {
  expected: PROTOCOL,
  read(words) {
    if (!words.takeUnquoted(PROTOCOL)) return false;
    const number = numbered(words.bytes, words.start, words.end, PROTOCOLS, 255);
    if (number < 0) return words.wrong(PROTOCOL);
    words.out.u8(number);
    return true;
  },
  end: (rdata, at) => (at < rdata.length ? at + 1 : -1),
  write: (rdata, start, _end, out) => writeAscii(String(rdata[start] ?? 0), out),
  toJson: (rdata, start) => rdata[start] ?? 0,
  fromJson(value, { out }) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 255) return fault(PROTOCOL);
    out.u8(value);
    return undefined;
  },
};

/** The bitmap of ports of WKS; at least one, the last octet not zero. */
const services: Kind = {
  expected: PORT,
  read(words) {
    if (!words.more) return words.missing(PORT);
    const from = words.out.length;
    while (words.more) {
      if (!words.takeUnquoted(PORT)) return false;
      const port = numbered(words.bytes, words.start, words.end, SERVICES, 65535);
      if (port === -2) return words.outOfRange(0, 65535);
      if (port < 0) return words.wrong(PORT);
      setPort(port, from, words.out);
    }
    return true;
  },
  end: (rdata, at) => {
    const size = rdata.length - at;
    return size < 1 || size > 8192 || rdata[rdata.length - 1] === 0 ? -1 : rdata.length;
  },
  write: (rdata, start, end, out) => writeAscii(ports(rdata, start, end).join(' '), out),
  toJson: ports,
  fromJson(value, { out }) {
    const items = elementsOf(value);
    if (items === undefined || items.length === 0) return fault('an array of ports');
    const from = out.length;
    for (const [index, port] of items.entries()) {
      if (typeof port !== 'number' || !Number.isInteger(port) || port < 0 || port > 65535) {
        return fault('a port from 0 to 65535', `/${index}`);
      }
      setPort(port, from, out);
    }
    return undefined;
  },
};

function setPort(port: number, from: number, out: ByteSink): void {
  const octet = from + (port >> 3);
  while (out.length <= octet) out.u8(0);
  out.bytes[octet] = (out.bytes[octet] ?? 0) | (128 >> (port & 7));
}

function ports(rdata: Uint8Array, start: number, end: number): number[] {
  const list: number[] = [];
  for (let at = start; at < end; at++) {
    for (let bit = 0; bit < 8; bit++) {
      if (((rdata[at] ?? 0) & (128 >> bit)) !== 0) list.push((at - start) * 8 + bit);
    }
  }
  return list;
}

/** Kinds of WKS. */
export const SERVICE_KINDS: Kinds<'protocol' | 'services'> = { protocol, services };
