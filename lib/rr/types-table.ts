import type { KindName } from './kind.ts';

/**
 * A field in the table: its name in the RFC's words, its kind and, for names, how they are treated: `compress` (RFC 1035
 * types), `decompress` (RFC 3597 §4: understood compressed, never written so) and `lower` (neither) are lower-cased in
 * the canonical form (RFC 4034 §6.2, RFC 6840 §5.1), others not. `optional` fields may be missing at the end.
 */
export type FieldRow = readonly [name: string, kind: KindName, mode?: 'compress' | 'decompress' | 'lower' | 'optional'];

/** A row as it is written here; TypeRow says what each part means. */
export interface TableRow {
  readonly number: number;
  readonly mnemonic: string;
  readonly aliases?: readonly string[];
  readonly fields: readonly FieldRow[];
  readonly reference: string;
  readonly status?: 'obsolete' | 'experimental' | 'reserved' | 'private';
  readonly meta?: true;
  readonly generic?: true;
  readonly additional?: string;
  readonly singleton?: true;
  readonly signalled?: true;
  readonly refusedBy?: string;
}

// biome-ignore format: one row a line
const ROWS = [
  { number: 1, mnemonic: 'A', fields: [['address', 'ip4']], reference: 'RFC 1035 §3.4.1' },
  { number: 2, mnemonic: 'NS', fields: [['nsdname', 'name', 'compress']], reference: 'RFC 1035 §3.3.11', additional: 'nsdname' },
  { number: 3, mnemonic: 'MD', fields: [['madname', 'name', 'decompress']], reference: 'RFC 1035 §3.3.4', status: 'obsolete', additional: 'madname', refusedBy: 'BIND and Knot DNS' },
  { number: 4, mnemonic: 'MF', fields: [['madname', 'name', 'decompress']], reference: 'RFC 1035 §3.3.5', status: 'obsolete', additional: 'madname', refusedBy: 'BIND and Knot DNS' },
  { number: 5, mnemonic: 'CNAME', fields: [['cname', 'name', 'compress']], reference: 'RFC 1035 §3.3.1', singleton: true },
  { number: 6, mnemonic: 'SOA', fields: [['mname', 'name', 'compress'], ['rname', 'name', 'compress'], ['serial', 'u32'], ['refresh', 'period'], ['retry', 'period'], ['expire', 'period'], ['minimum', 'period']], reference: 'RFC 1035 §3.3.13', singleton: true },
  { number: 7, mnemonic: 'MB', fields: [['madname', 'name', 'decompress']], reference: 'RFC 1035 §3.3.3', status: 'experimental', additional: 'madname', refusedBy: 'Knot DNS' },
  { number: 8, mnemonic: 'MG', fields: [['mgmname', 'name', 'decompress']], reference: 'RFC 1035 §3.3.6', status: 'experimental', refusedBy: 'Knot DNS' },
  { number: 9, mnemonic: 'MR', fields: [['newname', 'name', 'decompress']], reference: 'RFC 1035 §3.3.8', status: 'experimental', refusedBy: 'Knot DNS' },
  { number: 10, mnemonic: 'NULL', fields: [['data', 'opaque']], reference: 'RFC 1035 §3.3.10', status: 'experimental', generic: true, refusedBy: 'Knot DNS' },
  { number: 11, mnemonic: 'WKS', fields: [['address', 'ip4'], ['protocol', 'protocol'], ['services', 'services']], reference: 'RFC 1035 §3.4.2', status: 'obsolete', refusedBy: 'Knot DNS' },
  { number: 12, mnemonic: 'PTR', fields: [['ptrdname', 'name', 'compress']], reference: 'RFC 1035 §3.3.12' },
  { number: 13, mnemonic: 'HINFO', fields: [['cpu', 'string'], ['os', 'string']], reference: 'RFC 1035 §3.3.2' },
  { number: 14, mnemonic: 'MINFO', fields: [['rmailbx', 'name', 'compress'], ['emailbx', 'name', 'compress']], reference: 'RFC 1035 §3.3.7', status: 'experimental' },
  { number: 15, mnemonic: 'MX', fields: [['preference', 'u16'], ['exchange', 'name', 'compress']], reference: 'RFC 1035 §3.3.9', additional: 'exchange' },
  { number: 16, mnemonic: 'TXT', fields: [['strings', 'strings']], reference: 'RFC 1035 §3.3.14' },
  { number: 17, mnemonic: 'RP', fields: [['mbox', 'name', 'decompress'], ['txt', 'name', 'decompress']], reference: 'RFC 1183 §2.2' },
  { number: 18, mnemonic: 'AFSDB', fields: [['subtype', 'u16'], ['hostname', 'name', 'decompress']], reference: 'RFC 1183 §1', additional: 'hostname' },
  { number: 19, mnemonic: 'X25', fields: [['psdnAddress', 'digits']], reference: 'RFC 1183 §3.1', status: 'experimental', refusedBy: 'Knot DNS' },
  { number: 20, mnemonic: 'ISDN', fields: [['isdnAddress', 'string'], ['subaddress', 'string', 'optional']], reference: 'RFC 1183 §3.2', status: 'experimental', refusedBy: 'Knot DNS' },
  { number: 21, mnemonic: 'RT', fields: [['preference', 'u16'], ['intermediateHost', 'name', 'decompress']], reference: 'RFC 1183 §3.3', status: 'experimental', additional: 'intermediateHost' },
  { number: 22, mnemonic: 'NSAP', fields: [['address', 'nsap']], reference: 'RFC 1706 §5', status: 'obsolete', refusedBy: 'Knot DNS' },
  { number: 23, mnemonic: 'NSAP-PTR', fields: [['owner', 'name']], reference: 'RFC 1348', status: 'obsolete', refusedBy: 'NSD and Knot DNS' },
  { number: 24, mnemonic: 'SIG', fields: [['typeCovered', 'type'], ['algorithm', 'algorithm'], ['labels', 'u8'], ['originalTtl', 'ttl'], ['expiration', 'time'], ['inception', 'time'], ['keyTag', 'u16'], ['signerName', 'name', 'decompress'], ['signature', 'base64']], reference: 'RFC 2535 §4', status: 'obsolete', refusedBy: 'Knot DNS' },
  { number: 25, mnemonic: 'KEY', fields: [['flags', 'u16'], ['protocol', 'u8'], ['algorithm', 'algorithm'], ['publicKey', 'base64']], reference: 'RFC 2535 §3', status: 'obsolete' },
  { number: 26, mnemonic: 'PX', fields: [['preference', 'u16'], ['map822', 'name', 'decompress'], ['mapx400', 'name', 'decompress']], reference: 'RFC 2163 §4', status: 'obsolete', refusedBy: 'Knot DNS' },
  { number: 27, mnemonic: 'GPOS', fields: [['longitude', 'string'], ['latitude', 'string'], ['altitude', 'string']], reference: 'RFC 1712 §3', status: 'experimental', refusedBy: 'NSD and Knot DNS' },
  { number: 28, mnemonic: 'AAAA', fields: [['address', 'ip6']], reference: 'RFC 3596 §2.2' },
  { number: 29, mnemonic: 'LOC', fields: [['location', 'location']], reference: 'RFC 1876 §2', status: 'experimental' },
  { number: 30, mnemonic: 'NXT', fields: [['nextName', 'name', 'decompress'], ['types', 'nxt-types']], reference: 'RFC 2535 §5', status: 'obsolete', refusedBy: 'Knot DNS' },
  { number: 31, mnemonic: 'EID', fields: [['endpoint', 'hex']], reference: 'draft-ietf-nimrod-dns', status: 'experimental', refusedBy: 'NSD and Knot DNS' },
  { number: 32, mnemonic: 'NIMLOC', fields: [['locator', 'hex']], reference: 'draft-ietf-nimrod-dns', status: 'experimental', refusedBy: 'NSD and Knot DNS' },
  { number: 33, mnemonic: 'SRV', fields: [['priority', 'u16'], ['weight', 'u16'], ['port', 'u16'], ['target', 'name', 'decompress']], reference: 'RFC 2782', additional: 'target' },
  { number: 34, mnemonic: 'ATMA', fields: [['address', 'atma']], reference: 'ATM Forum af-saa-0069', status: 'experimental', refusedBy: 'NSD and Knot DNS' },
  { number: 35, mnemonic: 'NAPTR', fields: [['order', 'u16'], ['preference', 'u16'], ['flags', 'string'], ['services', 'string'], ['regexp', 'regexp'], ['replacement', 'name', 'decompress']], reference: 'RFC 3403 §4.1', additional: 'replacement' },
  { number: 36, mnemonic: 'KX', fields: [['preference', 'u16'], ['exchanger', 'name', 'lower']], reference: 'RFC 2230 §3.1', additional: 'exchanger' },
  { number: 37, mnemonic: 'CERT', fields: [['type', 'cert-type'], ['keyTag', 'u16'], ['algorithm', 'algorithm'], ['certificate', 'base64']], reference: 'RFC 4398 §2' },
  { number: 38, mnemonic: 'A6', fields: [['prefixLength', 'a6-length'], ['suffix', 'a6-suffix'], ['prefixName', 'a6-name', 'lower']], reference: 'RFC 2874 §3', status: 'obsolete', refusedBy: 'NSD and Knot DNS' },
  { number: 39, mnemonic: 'DNAME', fields: [['target', 'name', 'lower']], reference: 'RFC 6672 §2.1', singleton: true },
  { number: 40, mnemonic: 'SINK', fields: [['meaning', 'u8'], ['coding', 'u8'], ['subcoding', 'u8'], ['data', 'base64', 'optional']], reference: 'draft-eastlake-kitchen-sink', status: 'experimental', refusedBy: 'NSD and Knot DNS' },
  { number: 41, mnemonic: 'OPT', fields: [['options', 'opaque']], reference: 'RFC 6891 §6.1', meta: true },
  { number: 42, mnemonic: 'APL', fields: [['items', 'apl']], reference: 'RFC 3123 §4', status: 'experimental' },
  { number: 43, mnemonic: 'DS', fields: [['keyTag', 'u16'], ['algorithm', 'algorithm'], ['digestType', 'u8'], ['digest', 'ds-digest']], reference: 'RFC 4034 §5.1' },
  { number: 44, mnemonic: 'SSHFP', fields: [['algorithm', 'u8'], ['fingerprintType', 'u8'], ['fingerprint', 'sshfp-digest']], reference: 'RFC 4255 §3.1' },
  { number: 45, mnemonic: 'IPSECKEY', fields: [['precedence', 'u8'], ['gatewayType', 'ipseckey-type'], ['algorithm', 'u8'], ['gateway', 'ipseckey-gateway'], ['publicKey', 'ipseckey-key']], reference: 'RFC 4025 §2' },
  { number: 46, mnemonic: 'RRSIG', fields: [['typeCovered', 'type'], ['algorithm', 'algorithm'], ['labels', 'u8'], ['originalTtl', 'ttl'], ['expiration', 'time'], ['inception', 'time'], ['keyTag', 'u16'], ['signerName', 'name', 'lower'], ['signature', 'base64']], reference: 'RFC 4034 §3.1' },
  { number: 47, mnemonic: 'NSEC', fields: [['nextName', 'name'], ['types', 'types']], reference: 'RFC 4034 §4.1' },
  { number: 48, mnemonic: 'DNSKEY', fields: [['flags', 'u16'], ['protocol', 'u8'], ['algorithm', 'algorithm'], ['publicKey', 'base64']], reference: 'RFC 4034 §2.1' },
  { number: 49, mnemonic: 'DHCID', fields: [['data', 'base64']], reference: 'RFC 4701 §3.1' },
  { number: 50, mnemonic: 'NSEC3', fields: [['hashAlgorithm', 'u8'], ['flags', 'u8'], ['iterations', 'u16'], ['salt', 'salt'], ['nextHash', 'base32hex'], ['types', 'types-or-none']], reference: 'RFC 5155 §3.1' },
  { number: 51, mnemonic: 'NSEC3PARAM', fields: [['hashAlgorithm', 'u8'], ['flags', 'u8'], ['iterations', 'u16'], ['salt', 'salt']], reference: 'RFC 5155 §4.1' },
  { number: 52, mnemonic: 'TLSA', fields: [['usage', 'u8'], ['selector', 'u8'], ['matchingType', 'u8'], ['data', 'hex']], reference: 'RFC 6698 §2.1' },
  { number: 53, mnemonic: 'SMIMEA', fields: [['usage', 'u8'], ['selector', 'u8'], ['matchingType', 'u8'], ['data', 'hex']], reference: 'RFC 8162 §2' },
  { number: 55, mnemonic: 'HIP', fields: [['algorithm', 'hip-algorithm'], ['tag', 'hip-tag'], ['publicKey', 'hip-key'], ['servers', 'names']], reference: 'RFC 8005 §5', refusedBy: 'NSD and Knot DNS' },
  { number: 56, mnemonic: 'NINFO', fields: [['strings', 'strings']], reference: 'IANA template', status: 'experimental', refusedBy: 'NSD and Knot DNS' },
  { number: 57, mnemonic: 'RKEY', fields: [['flags', 'u16'], ['protocol', 'u8'], ['algorithm', 'algorithm'], ['publicKey', 'base64']], reference: 'IANA template', status: 'experimental', refusedBy: 'NSD and Knot DNS' },
  { number: 58, mnemonic: 'TALINK', fields: [['previous', 'name'], ['next', 'name']], reference: 'IANA template', status: 'experimental', refusedBy: 'NSD and Knot DNS' },
  { number: 59, mnemonic: 'CDS', fields: [['keyTag', 'u16'], ['algorithm', 'algorithm'], ['digestType', 'u8'], ['digest', 'ds-digest']], reference: 'RFC 7344 §3.1' },
  { number: 60, mnemonic: 'CDNSKEY', fields: [['flags', 'u16'], ['protocol', 'u8'], ['algorithm', 'algorithm'], ['publicKey', 'base64']], reference: 'RFC 7344 §3.2' },
  { number: 61, mnemonic: 'OPENPGPKEY', fields: [['publicKey', 'base64']], reference: 'RFC 7929 §2.1' },
  { number: 62, mnemonic: 'CSYNC', fields: [['serial', 'u32'], ['flags', 'u16'], ['types', 'types-or-none']], reference: 'RFC 7477 §2.1' },
  { number: 63, mnemonic: 'ZONEMD', fields: [['serial', 'u32'], ['scheme', 'u8'], ['hashAlgorithm', 'u8'], ['digest', 'zonemd-digest']], reference: 'RFC 8976 §2.2' },
  { number: 64, mnemonic: 'SVCB', fields: [['priority', 'u16'], ['target', 'name'], ['params', 'svcparams']], reference: 'RFC 9460 §2', additional: 'target' },
  { number: 65, mnemonic: 'HTTPS', fields: [['priority', 'u16'], ['target', 'name'], ['params', 'svcparams']], reference: 'RFC 9460 §9', additional: 'target' },
  { number: 66, mnemonic: 'DSYNC', fields: [['type', 'type'], ['scheme', 'scheme'], ['port', 'u16'], ['target', 'name']], reference: 'RFC 9859 §2', additional: 'target', refusedBy: 'NSD and Knot DNS' },
  { number: 67, mnemonic: 'HHIT', fields: [['data', 'base64']], reference: 'RFC 9886', refusedBy: 'NSD and Knot DNS' },
  { number: 68, mnemonic: 'BRID', fields: [['data', 'base64']], reference: 'RFC 9886', refusedBy: 'NSD and Knot DNS' },
  { number: 69, mnemonic: 'UNECE', fields: [['data', 'opaque']], reference: 'draft-woodcock-faltstrom-external-registry-rrtypes', generic: true, refusedBy: 'BIND, NSD and Knot DNS' },
  { number: 70, mnemonic: 'ISO', fields: [['data', 'opaque']], reference: 'draft-woodcock-faltstrom-external-registry-rrtypes', generic: true, refusedBy: 'BIND, NSD and Knot DNS' },
  { number: 99, mnemonic: 'SPF', fields: [['strings', 'strings']], reference: 'RFC 7208 §3.1', status: 'obsolete' },
  { number: 100, mnemonic: 'UINFO', fields: [['data', 'opaque']], reference: 'IANA reserved', status: 'reserved', generic: true, refusedBy: 'NSD and Knot DNS' },
  { number: 101, mnemonic: 'UID', fields: [['data', 'opaque']], reference: 'IANA reserved', status: 'reserved', generic: true, refusedBy: 'NSD and Knot DNS' },
  { number: 102, mnemonic: 'GID', fields: [['data', 'opaque']], reference: 'IANA reserved', status: 'reserved', generic: true, refusedBy: 'NSD and Knot DNS' },
  { number: 103, mnemonic: 'UNSPEC', fields: [['data', 'opaque']], reference: 'IANA reserved', status: 'reserved', generic: true, refusedBy: 'NSD and Knot DNS' },
  { number: 104, mnemonic: 'NID', fields: [['preference', 'u16'], ['nodeId', 'locator64']], reference: 'RFC 6742 §2.1', status: 'experimental' },
  { number: 105, mnemonic: 'L32', fields: [['preference', 'u16'], ['locator', 'ip4']], reference: 'RFC 6742 §2.2', status: 'experimental' },
  { number: 106, mnemonic: 'L64', fields: [['preference', 'u16'], ['locator', 'locator64']], reference: 'RFC 6742 §2.3', status: 'experimental' },
  { number: 107, mnemonic: 'LP', fields: [['preference', 'u16'], ['fqdn', 'name']], reference: 'RFC 6742 §2.4', status: 'experimental', additional: 'fqdn' },
  { number: 108, mnemonic: 'EUI48', fields: [['address', 'eui48']], reference: 'RFC 7043 §3' },
  { number: 109, mnemonic: 'EUI64', fields: [['address', 'eui64']], reference: 'RFC 7043 §4' },
  { number: 128, mnemonic: 'NXNAME', fields: [['data', 'opaque']], reference: 'RFC 9824 §2', meta: true, signalled: true, refusedBy: 'BIND, NSD and Knot DNS' },
  { number: 249, mnemonic: 'TKEY', fields: [['algorithm', 'name'], ['inception', 'time'], ['expiration', 'time'], ['mode', 'u16'], ['error', 'u16'], ['key', 'sized-base64'], ['other', 'sized-base64']], reference: 'RFC 2930 §2', meta: true },
  { number: 250, mnemonic: 'TSIG', fields: [['algorithm', 'name'], ['timeSigned', 'u48'], ['fudge', 'u16'], ['mac', 'sized-base64'], ['originalId', 'u16'], ['error', 'u16'], ['other', 'sized-base64']], reference: 'RFC 8945 §4.2', meta: true },
  { number: 251, mnemonic: 'IXFR', fields: [['data', 'opaque']], reference: 'RFC 1995', meta: true },
  { number: 252, mnemonic: 'AXFR', fields: [['data', 'opaque']], reference: 'RFC 5936', meta: true },
  { number: 253, mnemonic: 'MAILB', fields: [['data', 'opaque']], reference: 'RFC 1035 §3.2.3', status: 'obsolete', meta: true },
  { number: 254, mnemonic: 'MAILA', fields: [['data', 'opaque']], reference: 'RFC 1035 §3.2.3', status: 'obsolete', meta: true },
  { number: 255, mnemonic: 'ANY', fields: [['data', 'opaque']], reference: 'RFC 1035 §3.2.3', meta: true },
  { number: 256, mnemonic: 'URI', fields: [['priority', 'u16'], ['weight', 'u16'], ['target', 'quoted-text']], reference: 'RFC 7553 §4' },
  { number: 257, mnemonic: 'CAA', fields: [['flags', 'u8'], ['tag', 'tag'], ['value', 'text']], reference: 'RFC 8659 §4.1' },
  { number: 258, mnemonic: 'AVC', fields: [['strings', 'strings']], reference: 'IANA template', status: 'experimental', refusedBy: 'Knot DNS' },
  { number: 259, mnemonic: 'DOA', fields: [['enterprise', 'u32'], ['type', 'u32'], ['location', 'u8'], ['mediaType', 'string'], ['data', 'base64-or-dash']], reference: 'draft-durand-doa-over-dns', status: 'experimental', refusedBy: 'NSD and Knot DNS' },
  { number: 260, mnemonic: 'AMTRELAY', fields: [['precedence', 'u8'], ['discoveryOptional', 'amtrelay-discovery'], ['relayType', 'amtrelay-type'], ['relay', 'amtrelay-relay']], reference: 'RFC 8777 §4.2', refusedBy: 'NSD and Knot DNS' },
  { number: 261, mnemonic: 'RESINFO', fields: [['strings', 'strings']], reference: 'RFC 9606 §4', refusedBy: 'NSD and Knot DNS' },
  { number: 262, mnemonic: 'WALLET', fields: [['strings', 'strings']], reference: 'IANA template', refusedBy: 'NSD and Knot DNS' },
  { number: 263, mnemonic: 'CLA', fields: [['strings', 'strings']], reference: 'draft-johnson-dns-ipn-cla', refusedBy: 'BIND, NSD and Knot DNS' },
  { number: 264, mnemonic: 'IPN', fields: [['number', 'u64']], reference: 'draft-johnson-dns-ipn-cla', refusedBy: 'BIND, NSD and Knot DNS' },
  { number: 265, mnemonic: 'CLIENTMX', aliases: ['CMX'], fields: [['preference', 'u16'], ['exchange', 'name']], reference: 'draft-chuang-mutual-tls-email-authentication-00 §1.2.1', status: 'experimental', generic: true },
  { number: 32768, mnemonic: 'TA', fields: [['keyTag', 'u16'], ['algorithm', 'algorithm'], ['digestType', 'u8'], ['digest', 'ds-digest']], reference: 'IANA template', status: 'experimental', refusedBy: 'NSD and Knot DNS' },
  { number: 32769, mnemonic: 'DLV', fields: [['keyTag', 'u16'], ['algorithm', 'algorithm'], ['digestType', 'u8'], ['digest', 'ds-digest']], reference: 'RFC 4431 §3', status: 'obsolete', refusedBy: 'Knot DNS' },
  { number: 61440, mnemonic: 'DELEG', fields: [['data', 'opaque']], reference: 'draft-ietf-deleg', status: 'experimental', generic: true, refusedBy: 'BIND, NSD and Knot DNS' },
  { number: 65400, mnemonic: 'ADDR', fields: [['data', 'opaque']], reference: 'PowerDNS', status: 'private', generic: true, refusedBy: 'BIND, NSD and Knot DNS' },
  { number: 65401, mnemonic: 'ALIAS', fields: [['target', 'name']], reference: 'PowerDNS', status: 'private', refusedBy: 'BIND, NSD and Knot DNS' },
  { number: 65402, mnemonic: 'LUA', fields: [['type', 'type'], ['code', 'strings']], reference: 'PowerDNS', status: 'private', refusedBy: 'BIND, NSD and Knot DNS' },
  { number: 65433, mnemonic: 'DELEGPARAM', fields: [['data', 'opaque']], reference: 'draft-ietf-deleg', status: 'experimental', generic: true, refusedBy: 'BIND, NSD and Knot DNS' },
  { number: 65533, mnemonic: 'KEYDATA', fields: [['data', 'opaque']], reference: 'BIND', status: 'private', generic: true, refusedBy: 'NSD and Knot DNS' },
] as const;

/** Mnemonics of all types in the table. */
export type Mnemonic = (typeof ROWS)[number]['mnemonic'];

/** The fields of a type as its row has them. */
export type FieldRowsOf<M extends Mnemonic> = Extract<(typeof ROWS)[number], { readonly mnemonic: M }>['fields'];

/** Every RR type: to add one, add its row here and a row of vectors in test/rr/vectors. */
export const TABLE: readonly TableRow[] = ROWS;
