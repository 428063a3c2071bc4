import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer } from '../../lib/server/answer.ts';
import { signed } from '../dnssec/signer.ts';
import { served } from '../server/dialogue.ts';
import { installed } from './real-dns.ts';
import { type Served, serving } from './serving.ts';

/** As RFC 8906 §8 has them: the section, what is tried, how dig is called, what has to be in its answer and what not. */
type Row = [section: string, what: string, asked: string, has: readonly RegExp[], not?: RegExp];

const ROWS: Row[] = [
  [
    '8.1.1',
    'the zone is served',
    '+noedns +noad +norec soa ZONE',
    [/status: NOERROR/, /flags: qr aa;/, /\d\tIN\tSOA/],
    /EDNS/,
  ],
  [
    '8.1.2',
    'unknown type',
    '+noedns +noad +norec type1000 ZONE',
    [/status: NOERROR/, /flags: qr aa;/, /ANSWER: 0/],
    /EDNS/,
  ],
  [
    '8.1.3.1',
    'CD=1',
    '+noedns +noad +norec +cd soa ZONE',
    [/status: NOERROR/, /flags: qr aa(?: cd)?;/, /\d\tIN\tSOA/],
    /EDNS/,
  ],
  [
    '8.1.3.2',
    'reserved flag',
    '+noedns +noad +norec +zflag soa ZONE',
    [/status: NOERROR/, /flags: qr aa;/, /\d\tIN\tSOA/],
    /MBZ|EDNS/,
  ],
  [
    '8.1.3.3',
    'recursion desired',
    '+noedns +noad +rec soa ZONE',
    [/status: NOERROR/, /flags: qr aa rd;/, /\d\tIN\tSOA/],
    /EDNS/,
  ],
  [
    '8.1.4',
    'unknown operation',
    '+noedns +noad +opcode=15 +norec +header-only',
    [/opcode: RESERVED15, status: NOTIMP/, /flags: qr;/, /QUERY: 0, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 0/],
    /EDNS/,
  ],
  [
    '8.1.5',
    'TCP',
    '+noedns +noad +norec +tcp soa ZONE',
    [/status: NOERROR/, /flags: qr aa;/, /\d\tIN\tSOA/, /\(TCP\)/],
    /EDNS/,
  ],
  [
    '8.2.1',
    'minimal EDNS',
    '+nocookie +edns=0 +noad +norec soa ZONE',
    [/status: NOERROR/, /flags: qr aa;/, /EDNS: version: 0,/, /\d\tIN\tSOA/],
  ],
  [
    '8.2.2',
    'version negotiation',
    '+nocookie +edns=1 +noednsneg +noad +norec soa ZONE',
    [/status: BADVERS/, /flags: qr;/, /EDNS: version: 0,/],
    /\d\tIN\tSOA/,
  ],
  [
    '8.2.3',
    'unknown option',
    '+nocookie +edns=0 +noad +norec +ednsopt=100 soa ZONE',
    [/status: NOERROR/, /flags: qr aa;/, /EDNS: version: 0,/, /\d\tIN\tSOA/],
    /OPT=100/,
  ],
  [
    '8.2.4',
    'unknown flags',
    '+nocookie +edns=0 +noad +norec +ednsflags=0x40 soa ZONE',
    [/status: NOERROR/, /flags: qr aa;/, /EDNS: version: 0,/, /\d\tIN\tSOA/],
    /MBZ/,
  ],
  [
    '8.2.5',
    'version negotiation with unknown flags',
    '+nocookie +edns=1 +noednsneg +noad +norec +ednsflags=0x40 soa ZONE',
    [/status: BADVERS/, /flags: qr;/, /EDNS: version: 0,/],
    /MBZ|\d\tIN\tSOA/,
  ],
  [
    '8.2.6',
    'version negotiation with an unknown option',
    '+nocookie +edns=1 +noednsneg +noad +norec +ednsopt=100 soa ZONE',
    [/status: BADVERS/, /flags: qr;/, /EDNS: version: 0,/],
    /OPT=100|\d\tIN\tSOA/,
  ],
  [
    '8.2.7',
    'truncated',
    '+nocookie +norec +dnssec +bufsize=512 +ignore dnskey ZONE',
    [/status: NOERROR/, /flags: qr aa tc;/, /EDNS: version: 0, flags: do;/],
  ],
  [
    '8.2.8',
    'DO=1',
    '+nocookie +edns=0 +noad +norec +dnssec soa ZONE',
    [/status: NOERROR/, /flags: qr aa;/, /EDNS: version: 0, flags: do;/, /IN\tRRSIG/],
  ],
  [
    '8.2.9',
    'version negotiation with DO=1',
    '+nocookie +edns=1 +noednsneg +noad +norec +dnssec soa ZONE',
    [/status: BADVERS/, /flags: qr;/, /EDNS: version: 0, flags: do;/],
    /\d\tIN\tSOA/,
  ],
  [
    '8.2.10',
    'several known options',
    '+edns=0 +noad +norec +cookie +nsid +expire +subnet=0.0.0.0/0 soa ZONE',
    [
      /status: NOERROR/,
      /flags: qr aa;/,
      /EDNS: version: 0,/,
      /COOKIE: \w{48} \(good\)/,
      /NSID: /,
      /EXPIRE: 1209600 /,
      /CLIENT-SUBNET: 0\.0\.0\.0\/0\/0/,
      /\d\tIN\tSOA/,
    ],
  ],
];

const text = signed(`$TTL 3600
@ SOA ns1 hostmaster 1 7200 3600 1209600 300
@ NS ns1
ns1 A 127.0.0.1
${Array.from({ length: 8 }, (_, index) => `@ DNSKEY 256 3 13 ${Buffer.alloc(64, index).toString('base64')}`).join('\n')}
`);

const there = installed('dig');
if (!there) console.log('no dig: the tests of RFC 8906 are not run with it');

let server: Served;
const told: string[] = [];
beforeAll(async () => {
  const zones = served({ 'example.net.': text });
  const options = { nsid: new TextEncoder().encode('one'), cookieSecrets: [new Uint8Array(16)] };
  server = await serving({ handle: (query, exchange) => answer(query, zones, exchange, options) });
});
afterAll(async () => {
  await server.close();
  if (process.env['RFC8906_TABLE'] !== undefined) console.log(told.join('\n'));
});

function dig(asked: string): Promise<string> {
  const words = asked.replace('ZONE', 'example.net').split(' ');
  const args = ['@127.0.0.1', '-p', String(server.port), '+time=2', '+tries=1', ...words];
  return new Promise((resolve) => execFile('dig', args, { timeout: 10_000 }, (_, stdout) => resolve(stdout)));
}

describe.skipIf(!there)('RFC 8906 §8, with dig', () => {
  test.each<Row>(ROWS)('%s %s', async (section, what, asked, has, not) => {
    const said = await dig(asked);
    for (const each of has) expect(said).toMatch(each);
    if (not !== undefined) expect(said).not.toMatch(not);
    const [, status] = /status: (\w+)/.exec(said) ?? [];
    const [, flags] = /flags: ([^;]*);/.exec(said) ?? [];
    told.push(`| ${section} | ${what} | ${status} ${flags} | as required |`);
  });
});
