import { type Answer, decode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { rdataFromText } from '../../lib/rr/codec.ts';
import { typeFromText } from '../../lib/rr/types.ts';

/** A response whose one answer, at the root, carries our RDATA. */
function response(type: number, rdata: Uint8Array): Buffer {
  const head = Buffer.from('000084000000000100000000' + '00', 'hex');
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(3600, 4);
  fixed.writeUInt16BE(rdata.length, 8);
  return Buffer.concat([head, fixed, rdata]);
}

function dataOf(answer: Answer | undefined): unknown {
  return answer !== undefined && 'data' in answer ? answer.data : undefined;
}

/** dns-packet as the second implementation of the wire form, for the types and names it reads right. */
describe('dns-packet reads our wire form', () => {
  const cases: readonly (readonly [type: string, text: string, data: unknown])[] = [
    ['A', '192.0.2.1', '192.0.2.1'],
    ['AAAA', '2001:db8::25', '2001:db8::25'],
    ['NS', 'ns1.example.net.', 'ns1.example.net'],
    ['CNAME', 'mx1.example.net.', 'mx1.example.net'],
    ['PTR', 'mx1.example.net.', 'mx1.example.net'],
    ['DNAME', 'example.org.', 'example.org'],
    ['MX', '10 mx1.example.net.', { preference: 10, exchange: 'mx1.example.net' }],
    ['SRV', '0 5 842 mx1.example.net.', { priority: 0, weight: 5, port: 842, target: 'mx1.example.net' }],
    ['TXT', '"v=spf1 " "-all"', [Buffer.from('v=spf1 '), Buffer.from('-all')]],
    ['HINFO', 'cpu os', { cpu: 'cpu', os: 'os' }],
    ['CAA', '128 issue "ca.example.org"', { flags: 128, tag: 'issue', value: 'ca.example.org', issuerCritical: true }],
    [
      'SOA',
      'ns1.example.net. hostmaster.example.net. 2026112101 2h 15m 2w 1h',
      {
        mname: 'ns1.example.net',
        rname: 'hostmaster.example.net',
        serial: 2026112101,
        refresh: 7200,
        retry: 900,
        expire: 1209600,
        minimum: 3600,
      },
    ],
    ['TLSA', '3 1 1 00ff', { usage: 3, selector: 1, matchingType: 1, certificate: Buffer.from('00ff', 'hex') }],
    ['SSHFP', `4 2 ${'ab'.repeat(32)}`, { algorithm: 4, hash: 2, fingerprint: 'AB'.repeat(32) }],
    [
      'DS',
      `7 13 2 ${'cd'.repeat(32)}`,
      { keyTag: 7, algorithm: 13, digestType: 2, digest: Buffer.from('cd'.repeat(32), 'hex') },
    ],
    ['NSEC', 'a.example.net. A MX TYPE265', { nextDomain: 'a.example.net', rrtypes: ['A', 'MX', 'UNKNOWN_265'] }],
    [
      'NAPTR',
      '1 2 "S" "SIP+D2U" "" sip.example.net.',
      { order: 1, preference: 2, flags: 'S', services: 'SIP+D2U', regexp: '', replacement: 'sip.example.net' },
    ],
    ['CLIENTMX', '10 out1.example.net.', Buffer.from('\0\x0a\x04out1\x07example\x03net\0', 'latin1')],
  ];
  it.each(cases)('%s %s', (mnemonic, text, data) => {
    const type = typeFromText(mnemonic) ?? 0;
    const read = rdataFromText(type, text);
    const rdata = 'rdata' in read ? read.rdata : new Uint8Array(0);
    expect(dataOf(decode(response(type, rdata)).answers?.[0])).toEqual(data);
  });
});
