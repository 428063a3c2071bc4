import { TYPE, typeToText } from '../../rr/types.ts';
import type { FaultAction, FaultTrigger, QuerySelector } from './fault.ts';

/** A named fault: what some server does wrong, or what some client takes badly. */
export interface FaultPreset {
  readonly name: string;
  readonly description: string;
  /** Where it was met or is written down. */
  readonly source: string;
  /** What is not given by the fault that names it. */
  readonly match?: QuerySelector;
  readonly trigger?: FaultTrigger;
  readonly action: FaultAction;
}

/** All presets, by what they are about. */
export const FAULT_PRESETS: readonly FaultPreset[] = [
  // Answers to be told apart.
  {
    name: 'servfail',
    description: 'every query fails',
    source: 'RFC 1035 §4.1.1; a failure is not the absence of records (RFC 2308 §7.1)',
    action: { rcode: 'SERVFAIL' },
  },
  {
    name: 'servfail-flapping',
    description: 'every second query fails',
    source: 'RFC 2308 §7.1',
    trigger: { every: 2 },
    action: { rcode: 'SERVFAIL' },
  },
  {
    name: 'kumomta-543',
    description: 'TLSA queries fail, which must not count as "no TLSA record"',
    source: 'KumoCorp/kumomta issue 543; RFC 7672 §2.1.1',
    match: { type: typeToText(TYPE.TLSA) },
    action: { rcode: 'SERVFAIL' },
  },
  {
    name: 'coredns-7198',
    description: 'one query in ten is refused',
    source: 'coredns/coredns issue 7198',
    trigger: { probability: 0.1 },
    action: { rcode: 'REFUSED' },
  },
  {
    name: 'nxdomain-for-nodata',
    description: 'a name without records of the type asked for is said not to exist',
    source: 'RFC 8020 §2; RFC 4074 §4.2',
    match: { outcome: 'nodata' },
    action: { deny: 'nxdomain' },
  },
  {
    name: 'nodata-for-nxdomain',
    description: 'a name that does not exist is said to have no records of the type',
    source: 'RFC 2308 §2.1',
    match: { outcome: 'nxdomain' },
    action: { deny: 'nodata' },
  },
  {
    name: 'aaaa-ignored',
    description: 'queries for AAAA get no answer',
    source: 'RFC 4074 §4.1',
    match: { type: typeToText(TYPE.AAAA) },
    action: { drop: true },
  },
  {
    name: 'aaaa-nxdomain',
    description: 'queries for AAAA are told that the name does not exist',
    source: 'RFC 4074 §4.2',
    match: { type: typeToText(TYPE.AAAA) },
    action: { deny: 'nxdomain' },
  },
  {
    name: 'aaaa-notimp',
    description: 'queries for AAAA get NOTIMP',
    source: 'RFC 4074 §4.3',
    match: { type: typeToText(TYPE.AAAA) },
    action: { rcode: 'NOTIMP' },
  },
  {
    name: 'lame',
    description: 'the server is asked for a zone that it says not to serve',
    source: 'RFC 9499 §7, lame delegation',
    action: { rcode: 'REFUSED' },
  },
  {
    name: 'upward-referral',
    description: 'a referral to the root in the place of an answer',
    source: 'DNS-OARC, Upward Referrals Considered Harmful',
    action: { referral: 'root' },
  },
  {
    name: 'noaa',
    description: 'answers without AA',
    source: 'BIND 9, named -T noaa',
    action: { flags: { aa: false } },
  },
  // Time, and what lasts.
  {
    name: 'slow',
    description: 'answers come after 2 to 4 seconds',
    source: 'BIND 9, named -T delay',
    action: { delay: { min: 2000, max: 4000 } },
  },
  {
    name: 'first-lost',
    description: 'the first datagram for each name is lost',
    source: 'RFC 1035 §4.2.1: retransmission is up to the client',
    match: { transport: 'udp' },
    trigger: { first: 1, per: 'name' },
    action: { drop: true },
  },
  {
    name: 'stale-serial',
    description: 'SOA records with serial 1, as a secondary has them that was left behind',
    source: 'RFC 1996 §1; RFC 1982',
    action: { serial: 1 },
  },
  { name: 'ttl-zero', description: 'TTL 0, which must not be kept', source: 'RFC 1035 §3.2.1', action: { ttl: 0 } },
  {
    name: 'ttl-negative',
    description: 'TTL with the highest bit set, which counts as 0',
    source: 'RFC 2181 §8',
    action: { ttl: 0x80000000 },
  },
  {
    name: 'negative-ttl-zero',
    description: 'negative answers that must not be kept',
    source: 'RFC 2308 §5',
    action: { soaMinimum: 0 },
  },
  // Truncation and connections.
  {
    name: 'tc-always-udp',
    description: 'over UDP everything is truncated; connections get the answer',
    source: 'pjsip/pjproject issue 2200; RFC 7766 §5',
    action: { truncate: 'udp' },
  },
  {
    name: 'tc-never-over-tcp',
    description: 'over UDP everything is truncated, and connections are never answered',
    source: 'RFC 7766 §5',
    action: { truncate: 'udp', connection: 'hang' },
  },
  {
    name: 'tc-on-tcp',
    description: 'TC over connections too, so that asking again is of no use',
    source: 'systemd/systemd issue 11884; dnsimple/erldns issue 77',
    action: { truncate: 'always' },
  },
  {
    name: 'notcp',
    description: 'connections are reset',
    source: 'BIND 9, named -T notcp',
    action: { connection: 'reset' },
  },
  {
    name: 'tcp-hang',
    description: 'connections are taken and never answered',
    source: 'RFC 7766 §6.2.3',
    action: { connection: 'hang' },
  },
  {
    name: 'tcp-close-early',
    description: 'connections close when a query has come',
    source: 'RFC 7766 §6.2.4',
    action: { connection: 'close' },
  },
  {
    name: 'one-query-per-connection',
    description: 'connections close behind the first answer, whatever else was asked',
    source: 'RFC 7766 §6.2.1',
    action: { connection: 'close-after' },
  },
  {
    name: 'half-length',
    description: 'connections carry half of an answer and fall silent',
    source: 'RFC 1035 §4.2.2; RFC 7766 §8',
    action: { connection: 'half' },
  },
  {
    name: 'wrong-length',
    description: 'connections tell half of the true length',
    source: 'RFC 1035 §4.2.2',
    action: { connection: 'wrong-length' },
  },
  // EDNS.
  {
    name: 'noedns',
    description: 'answers without OPT to queries with one',
    source: 'BIND 9, named -T noedns; RFC 6891 §7',
    action: { edns: 'absent' },
  },
  {
    name: 'ednsformerr',
    description: 'queries with EDNS are malformed to the server',
    source: 'BIND 9, named -T ednsformerr; RFC 6891 §7',
    action: { edns: 'formerr' },
  },
  {
    name: 'ednsnotimp',
    description: 'queries with EDNS get NOTIMP',
    source: 'BIND 9, named -T ednsnotimp',
    action: { edns: 'notimp' },
  },
  {
    name: 'ednsrefused',
    description: 'queries with EDNS are refused',
    source: 'BIND 9, named -T ednsrefused',
    action: { edns: 'refused' },
  },
  {
    name: 'dropedns',
    description: 'queries with EDNS get no answer over UDP',
    source: 'BIND 9, named -T dropedns; RFC 8906 §3.2',
    match: { transport: 'udp' },
    action: { edns: 'drop' },
  },
  {
    name: 'badvers',
    description: 'version 0 of EDNS is said not to be supported',
    source: 'RFC 6891 §6.1.3',
    action: { edns: 'badvers' },
  },
  {
    name: 'opt-twice',
    description: 'answers with two OPT records',
    source: 'RFC 6891 §6.1.1',
    action: { edns: 'twice' },
  },
  {
    name: 'opt-missing-on-truncation',
    description: 'truncated answers without OPT',
    source: 'dnsimple/dns_erlang pull request 68; PowerDNS/pdns issue 4857; RFC 6891 §7',
    match: { transport: 'udp', edns: true },
    action: { truncate: 'udp', edns: 'absent' },
  },
  {
    name: 'cookie-mismatch',
    description: 'answers with the cookie of another client',
    source: 'c-ares/c-ares issue 1271; curl/curl issue 22518; RFC 7873 §5.3',
    action: { edns: 'wrong-cookie' },
  },
  {
    name: 'cookie-flapping',
    description: 'every second answer has no cookie, as behind forwarders with unlike servers',
    source: 'c-ares/c-ares issue 1081',
    trigger: { every: 2 },
    action: { edns: 'no-cookie' },
  },
  // Octets and forgeries.
  {
    name: 'node-66173',
    description: 'targets of SRV records are compressed, which some clients refuse',
    source: 'nodejs/node issue 66173; RFC 2782: no compression of Target',
    match: { type: typeToText(TYPE.SRV) },
    action: { compress: typeToText(TYPE.SRV) },
  },
  {
    name: 'compressed-client-mx',
    description: 'names in TYPE265 records are compressed, which nobody can undo who does not know the type',
    source: 'RFC 3597 §4',
    match: { type: typeToText(TYPE.CLIENTMX) },
    action: { compress: typeToText(TYPE.CLIENTMX) },
  },
  {
    name: 'case-changed',
    description: 'the question comes back in small letters, whatever was sent',
    source: 'draft-vixie-dnsext-dns0x20-00',
    action: { question: 'lower' },
  },
  { name: 'wrong-id', description: 'answers with another id', source: 'RFC 5452 §9.1', action: { id: 'wrong' } },
  {
    name: 'wrong-question',
    description: 'answers to another question',
    source: 'RFC 5452 §9.1',
    action: { question: 'other-name' },
  },
  {
    name: 'not-a-response',
    description: 'answers with QR clear',
    source: 'RFC 1035 §4.1.1',
    action: { flags: { qr: false } },
  },
  {
    name: 'out-of-bailiwick',
    description: 'answers with an address of a name that is none of the business of the server',
    source: 'RFC 5452 §6; RFC 2181 §5.4.1',
    action: { records: { foreign: ['www.bank.example. 86400 A 192.0.2.66'] } },
  },
  {
    name: 'duplicate-records',
    description: 'the first record of an answer stands there twice',
    source: 'RFC 2181 §5',
    action: { records: { duplicate: true } },
  },
  {
    name: 'cname-last',
    description: 'the records of an answer in reverse, so that an alias stands behind what it leads to',
    source: 'RFC 1034 §3.6.2; the order of records is left open by RFC 1034 §3.6',
    action: { records: { order: 'reverse' } },
  },
  {
    name: 'rrsig-missing',
    description: 'signed answers without their signatures',
    source: 'RFC 4035 §3.1.1',
    match: { dnssecOk: true },
    action: { records: { without: typeToText(TYPE.RRSIG) } },
  },
  {
    name: 'dnssec-expired',
    description: 'signatures that ended a week ago',
    source: 'RFC 4035 §5.3.1',
    action: { dnssec: 'expired' },
  },
  {
    name: 'dnssec-not-yet-valid',
    description: 'signatures that begin in a week',
    source: 'RFC 4035 §5.3.1',
    action: { dnssec: 'not-yet-valid' },
  },
  {
    name: 'dnssec-wrong-key',
    description: 'signatures by a key that the zone does not have, as after a change of keys gone wrong',
    source: 'RFC 6781 §4.1; RFC 4035 §5.3.1',
    action: { dnssec: 'wrong-key' },
  },
  {
    name: 'dnssec-corrupt',
    description: 'signatures with one bit wrong',
    source: 'RFC 4035 §5.3.3',
    action: { dnssec: 'corrupt' },
  },
  {
    name: 'dnssec-denial-missing',
    description: 'negative answers and wildcards without NSEC and NSEC3',
    source: 'RFC 4035 §3.1.3, §5.4',
    action: { dnssec: 'missing-denial' },
  },
  {
    name: 'dnssec-denial-wrong',
    description: 'NSEC and NSEC3 that do not prove what the answer says',
    source: 'RFC 4035 §5.4; RFC 5155 §8',
    action: { dnssec: 'wrong-denial' },
  },
  {
    name: 'sent-twice',
    description: 'each datagram comes twice',
    source: 'RFC 768: UDP does not protect from duplicates',
    action: { copies: 2 },
  },
  {
    name: 'trailing-junk',
    description: 'octets of no meaning behind the message',
    source: 'RFC 1035 §4.1: nothing stands behind the additional section',
    action: { octets: { junk: 7 } },
  },
  {
    name: 'cut-short',
    description: 'the last three octets of the message are missing',
    source: 'RFC 9267 §5',
    action: { octets: { cut: -3 } },
  },
  {
    name: 'pointer-loop',
    description: 'the name of the question points to itself',
    source: 'RFC 9267 §2',
    action: { octets: { pointerLoop: true } },
  },
  {
    name: 'counts-lie',
    description: 'the header counts more records than there are',
    source: 'RFC 9267 §6',
    action: { octets: { counts: { answers: 1000 } } },
  },
];
