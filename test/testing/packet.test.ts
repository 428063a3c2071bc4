import * as dnsPacket from 'dns-packet';
import { describe, expect, test } from 'vitest';
import { type DecodedPacket, type Packet, packetBytes, packetOf } from '../../lib/testing/packet.ts';

const BYTES = Buffer.from('00112233445566778899aabbccddeeff00112233', 'hex');

/** Records of every type that dns-packet has a form for. */
const RECORDS: readonly (readonly [type: string, data: unknown])[] = [
  ['A', '192.0.2.1'],
  ['AAAA', '2001:db8::1'],
  ['AAAA', '2001:db8:0:1:1:1:1:1'],
  ['AAAA', '::'],
  ['NS', 'ns1.example.test'],
  ['CNAME', 'www.example.test'],
  ['DNAME', 'example.net'],
  ['PTR', 'host.example.test'],
  ['MX', { preference: 10, exchange: 'mx1.example.test' }],
  ['MX', { preference: 0, exchange: '.' }],
  ['SRV', { priority: 1, weight: 2, port: 842, target: 'mx1.example.test' }],
  ['TXT', [Buffer.from('v=spf1 -all')]],
  ['TXT', [Buffer.from('one'), Buffer.from([0, 255, 200])]],
  ['NULL', BYTES],
  ['HINFO', { cpu: 'x86', os: 'Linux' }],
  [
    'SOA',
    { mname: 'ns.example.test', rname: 'host.example.test', serial: 1, refresh: 2, retry: 3, expire: 4, minimum: 5 },
  ],
  ['RP', { mbox: 'host.example.test', txt: 'txt.example.test' }],
  [
    'NAPTR',
    { order: 1, preference: 2, flags: 'S', services: 'SIP+D2T', regexp: '', replacement: '_sip._tcp.example.test' },
  ],
  ['CAA', { flags: 128, tag: 'issue', value: 'ca.example; a=b', issuerCritical: true }],
  ['CAA', { flags: 0, tag: 'iodef', value: 'mailto:a@example.test', issuerCritical: false }],
  ['TLSA', { usage: 3, selector: 1, matchingType: 0, certificate: BYTES }],
  ['DS', { keyTag: 1, algorithm: 13, digestType: 1, digest: BYTES }],
  ['DNSKEY', { flags: 257, algorithm: 13, key: BYTES }],
  ['SSHFP', { algorithm: 4, hash: 1, fingerprint: BYTES.toString('hex').toUpperCase() }],
  [
    'RRSIG',
    {
      typeCovered: 'A',
      algorithm: 13,
      labels: 2,
      originalTTL: 3600,
      expiration: 1_700_000_000,
      inception: 1_600_000_000,
      keyTag: 12345,
      signersName: 'example.test',
      signature: BYTES,
    },
  ],
  ['NSEC', { nextDomain: 'b.example.test', rrtypes: ['A', 'MX', 'RRSIG', 'NSEC', 'UNKNOWN_65280'] }],
  [
    'NSEC3',
    {
      algorithm: 1,
      flags: 1,
      iterations: 2,
      salt: Buffer.from('aabb', 'hex'),
      nextDomain: BYTES,
      rrtypes: ['A', 'MX'],
    },
  ],
  ['UNKNOWN_65280', BYTES],
];

const OPT = {
  name: '.',
  type: 'OPT',
  udpPayloadSize: 1232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0x8000,
  flag_do: true,
  options: [
    { code: 10, data: Buffer.from('0011223344556677', 'hex') },
    { code: 'CLIENT_SUBNET', ip: '192.0.2.0', sourcePrefixLength: 24, family: 1 },
    { code: 'TCP_KEEPALIVE', timeout: 100 },
    { code: 'PADDING', length: 7 },
    { code: 'KEY_TAG', tags: [1, 2, 3] },
  ],
};

/** A response with one record. */
function response(type: string, data: unknown): DecodedPacket {
  return {
    id: 4711,
    type: 'response',
    flags: 0x0580,
    questions: [{ name: 'name.example.test', type, class: 'IN' }],
    answers: [{ name: 'name.example.test', type, class: 'IN', ttl: 300, data }],
    authorities: [],
    additionals: [],
  } as unknown as DecodedPacket;
}

const encoded = (packet: unknown): Buffer => dnsPacket.encode(structuredClonePacket(packet) as dnsPacket.Packet);

/** A copy, as dns-packet changes what it is given. */
function structuredClonePacket(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return Buffer.from(value);
  if (Array.isArray(value)) return value.map(structuredClonePacket);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, structuredClonePacket(each)]));
}

describe('packets are what dns-packet makes of the same octets', () => {
  test.each(RECORDS)('%s %j', (type, data) => {
    const bytes = encoded(response(type, data));
    const theirs: Packet = dnsPacket.decode(bytes);
    expect(packetOf(bytes)).toEqual(theirs);
    const written = packetBytes(response(type, data));
    expect(dnsPacket.decode(Buffer.from(written))).toEqual(dnsPacket.decode(bytes));
    expect(packetOf(packetBytes(packetOf(bytes)))).toEqual(packetOf(bytes));
  });

  test('an address that holds an IPv4 one, in the form of RFC 5952 §5 though', () => {
    const bytes = encoded(response('AAAA', '::ffff:192.0.2.1'));
    expect(packetOf(bytes).answers).toMatchObject([{ data: '::ffff:192.0.2.1' }]);
    expect(packetBytes(response('AAAA', '::ffff:c000:201'))).toEqual(packetBytes(packetOf(bytes)));
  });

  test('the OPT record and its options', () => {
    const query = { id: 1, type: 'query', flags: 0x100, questions: [{ name: '.', type: 'ANY' }], additionals: [OPT] };
    const bytes = encoded(query);
    expect(packetOf(bytes)).toEqual(dnsPacket.decode(bytes));
    expect(dnsPacket.decode(Buffer.from(packetBytes(query as never)))).toEqual(dnsPacket.decode(bytes));
  });

  test.each([0, 3, 5, 8, 11, 15])('response code %i in words', (rcode) => {
    const bytes = encoded({ id: 1, type: 'response', flags: 0x8400 | rcode });
    expect(packetOf(bytes)).toEqual(dnsPacket.decode(bytes));
  });

  test.each([0, 2, 3, 4, 5, 6, 15])('operation %i in words', (opcode) => {
    const bytes = encoded({ id: 1, type: 'query', flags: opcode << 11 });
    expect(packetOf(bytes)).toEqual(dnsPacket.decode(bytes));
  });
});

describe('what dns-packet does not know', () => {
  const clientMx = { preference: 10, exchange: 'out1.example.test' };
  const rdata = Buffer.from('000a046f757431076578616d706c65047465737400', 'hex');

  test.each(['CLIENTMX', 'CMX', 'TYPE265', 'UNKNOWN_265'])('Client MX as %s with fields', (type) => {
    const bytes = packetBytes(response(type, clientMx));
    expect(dnsPacket.decode(Buffer.from(bytes)).answers).toMatchObject([{ type: 'UNKNOWN_265', data: rdata }]);
    expect(packetOf(bytes).answers).toMatchObject([{ type: 'CLIENTMX', data: clientMx }]);
  });

  test('Client MX as octets', () => {
    expect(packetBytes(response('UNKNOWN_265', rdata))).toEqual(packetBytes(response('CLIENTMX', clientMx)));
  });

  test('types by our own fields or as in a zone file', () => {
    const text = packetBytes(response('SVCB', '1 svc.example.test. alpn=h2'));
    expect(packetOf(text).answers[0]).toMatchObject({ type: 'UNKNOWN_64' });
    const fields = packetBytes(response('URI', { priority: 1, weight: 2, target: 'https://example.test/' }));
    expect(packetBytes(response('URI', '1 2 "https://example.test/"'))).toEqual(fields);
  });
});

describe('what cannot be written is said', () => {
  test.each<[string, unknown, string]>([
    ['A', '192.0.2.300', 'name.example.test A {"address":"192.0.2.300"}: address'],
    ['MX', { preference: 10 }, 'MX: exchange is missing'],
    ['TXT', 'x'.repeat(256), 'one has at most 255'],
    ['MIX', 'x', "'MIX' is no type of a packet"],
    ['DS', { keyTag: 1, algorithm: 8, digestType: 1, digest: 4 }, 'octets have to be a Buffer'],
  ])('%s %j', (type, data, says) => {
    expect(() => packetBytes(response(type, data))).toThrow(says);
  });

  test('an RCODE word counts when it was changed, and flags when they were', () => {
    const before = packetOf(encoded({ id: 1, type: 'response', flags: 0x8400 }));
    const rcode = (packet: object): string => packetOf(packetBytes({ ...before, ...packet }, { before })).rcode;
    expect(rcode({ rcode: 'NXDOMAIN' })).toBe('NXDOMAIN');
    expect(rcode({ flags: before.flags | 2 })).toBe('SERVFAIL');
    expect(rcode({})).toBe('NOERROR');
    expect(() => rcode({ rcode: 'NXDOMIAN' })).toThrow("'NXDOMIAN' is no RCODE");
  });
});
