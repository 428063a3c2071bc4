import { describe, expect, test } from 'vitest';
import { NameHasher } from '../../lib/dnssec/nsec3.ts';
import { base32hex, type Chain, signed } from '../dnssec/signer.ts';
import { wire } from '../zone/zones.ts';
import { served, told } from './dialogue.ts';

const TEXT = `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
*.w TXT "wild"
host.w A 192.0.2.2
a.b.ent A 192.0.2.3
safe NS ns.example.com.
safe DS 1 8 2 ${'00'.repeat(32)}
cut NS ns.cut
ns.cut A 192.0.2.4
u.v NS ns.example.com.
old DNAME w
*.alias CNAME host.w
`;

const NAMES = [
  '@',
  'ns',
  '*.w',
  'w',
  'host.w',
  'a.b.ent',
  'b.ent',
  'ent',
  'safe',
  'cut',
  'u.v',
  'v',
  'old',
  '*.alias',
  'alias',
];
const hasher = new NameHasher({ algorithm: 1, flags: 0, iterations: 0, salt: new Uint8Array(0) });
const HASHES = new Map(
  NAMES.map((name) => {
    const octets = wire(name === '@' ? 'example.net.' : `${name}.example.net.`);
    return [base32hex(hasher.hash(octets, 0, octets.length)), name];
  }),
);

/** Lines without TTLs; signatures, the zone's name and SOA left out, hashes as the names they are of. */
function shortened(lines: readonly string[]): string[] {
  return lines
    .filter((line) => !/ \d+ (SOA |RRSIG (SOA|NSEC3?)$)/.test(line))
    .map((line) =>
      line
        .replace(/ (0{64}|\S{43}=)$/, '')
        .replaceAll('.example.net.', '')
        .replaceAll('example.net.', '@')
        .replace(/ 3600 /, ' ')
        .replace(/NSEC3 1 [01] 0 - (\S+)/, 'NSEC3 $1')
        .replace(/[0-9a-v]{32}/g, (hash) => `H(${HASHES.get(hash) ?? hash})`),
    );
}

const CHAINS: Readonly<Record<string, Chain>> = {
  NSEC: { kind: 'nsec' },
  NSEC3: { kind: 'nsec3' },
  'NSEC3 with Opt-Out': { kind: 'nsec3', optOut: true, leaveOut: true },
};

const ROWS: Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>> = {
  NSEC: [
    ['host.w.example.net. A +do', ['NOERROR aa', 'answer host.w A 192.0.2.2', 'answer host.w RRSIG A']],
    ['host.w.example.net. A', ['NOERROR aa', 'answer host.w A 192.0.2.2']],
    [
      'x.w.example.net. TXT +do',
      ['NOERROR aa', 'answer x.w TXT "wild"', 'answer x.w RRSIG TXT', 'authority host.w NSEC @ A RRSIG NSEC'],
    ],
    [
      'x.w.example.net. A +do',
      ['NOERROR aa', 'authority *.w NSEC host.w TXT RRSIG NSEC', 'authority host.w NSEC @ A RRSIG NSEC'],
    ],
    [
      'x.y.w.example.net. TXT +do',
      ['NOERROR aa', 'answer x.y.w TXT "wild"', 'answer x.y.w RRSIG TXT', 'authority host.w NSEC @ A RRSIG NSEC'],
    ],
    ['host.w.example.net. MX +do', ['NOERROR aa', 'authority host.w NSEC @ A RRSIG NSEC']],
    [
      'nope.example.net. A +do',
      ['NXDOMAIN aa', 'authority a.b.ent NSEC ns A RRSIG NSEC', 'authority @ NSEC *.alias NS SOA RRSIG NSEC DNSKEY'],
    ],
    ['x.host.w.example.net. A +do', ['NXDOMAIN aa', 'authority host.w NSEC @ A RRSIG NSEC']],
    ['b.ent.example.net. A +do', ['NOERROR aa', 'authority cut NSEC a.b.ent NS RRSIG NSEC']],
    [
      'safe.example.net. A +do',
      ['NOERROR', 'authority safe NS ns.example.com.', 'authority safe DS 1 8 2', 'authority safe RRSIG DS'],
    ],
    [
      'x.cut.example.net. A +do',
      [
        'NOERROR',
        'authority cut NS ns.cut',
        'authority cut NSEC a.b.ent NS RRSIG NSEC',
        'additional ns.cut A 192.0.2.4',
      ],
    ],
    ['cut.example.net. DS +do', ['NOERROR aa', 'authority cut NSEC a.b.ent NS RRSIG NSEC']],
    ['v.example.net. A +do', ['NOERROR aa', 'authority safe NSEC u.v NS DS RRSIG NSEC']],
    ['u.v.example.net. A +do', ['NOERROR', 'authority u.v NS ns.example.com.', 'authority u.v NSEC *.w NS RRSIG NSEC']],
    ['u.v.example.net. DS +do', ['NOERROR aa', 'authority u.v NSEC *.w NS RRSIG NSEC']],
    [
      'z.old.example.net. TXT +do',
      [
        'NOERROR aa',
        'answer old DNAME w',
        'answer old RRSIG DNAME',
        'answer z.old CNAME z.w',
        'answer z.w TXT "wild"',
        'answer z.w RRSIG TXT',
        'authority host.w NSEC @ A RRSIG NSEC',
      ],
    ],
    [
      'x.alias.example.net. A +do',
      [
        'NOERROR aa',
        'answer x.alias CNAME host.w',
        'answer x.alias RRSIG CNAME',
        'answer host.w A 192.0.2.2',
        'answer host.w RRSIG A',
        'authority *.alias NSEC cut CNAME RRSIG NSEC',
      ],
    ],
    ['example.net. NSEC3PARAM +do', ['NOERROR aa', 'authority @ NSEC *.alias NS SOA RRSIG NSEC DNSKEY']],
    ['ns.example.net. NSEC +do', ['NOERROR aa', 'answer ns NSEC old A RRSIG NSEC']],
    ['ns.example.net. RRSIG +do', ['NOERROR aa', 'answer ns RRSIG A']],
    ['ns.example.net. ANY +do', ['NOERROR aa', 'answer ns A 192.0.2.1', 'answer ns RRSIG A']],
  ],
  NSEC3: [
    ['host.w.example.net. A +do', ['NOERROR aa', 'answer host.w A 192.0.2.2', 'answer host.w RRSIG A']],
    ['host.w.example.net. A', ['NOERROR aa', 'answer host.w A 192.0.2.2']],
    [
      'x.w.example.net. TXT +do',
      ['NOERROR aa', 'answer x.w TXT "wild"', 'answer x.w RRSIG TXT', 'authority H(ent) NSEC3 H(v)'],
    ],
    [
      'x.w.example.net. A +do',
      [
        'NOERROR aa',
        'authority H(w) NSEC3 H(u.v)',
        'authority H(ent) NSEC3 H(v)',
        'authority H(*.w) NSEC3 H(old) TXT RRSIG',
      ],
    ],
    [
      'x.y.w.example.net. TXT +do',
      ['NOERROR aa', 'answer x.y.w TXT "wild"', 'answer x.y.w RRSIG TXT', 'authority H(host.w) NSEC3 H(ns) A RRSIG'],
    ],
    ['host.w.example.net. MX +do', ['NOERROR aa', 'authority H(host.w) NSEC3 H(ns) A RRSIG']],
    [
      'nope.example.net. A +do',
      [
        'NXDOMAIN aa',
        'authority H(@) NSEC3 H(ent) NS SOA RRSIG DNSKEY NSEC3PARAM',
        'authority H(old) NSEC3 H(*.alias) DNAME RRSIG',
        'authority H(*.alias) NSEC3 H(@) CNAME RRSIG',
      ],
    ],
    [
      'x.host.w.example.net. A +do',
      [
        'NXDOMAIN aa',
        'authority H(host.w) NSEC3 H(ns) A RRSIG',
        'authority H(*.w) NSEC3 H(old) TXT RRSIG',
        'authority H(alias) NSEC3 H(safe)',
      ],
    ],
    ['b.ent.example.net. A +do', ['NOERROR aa', 'authority H(b.ent) NSEC3 H(w)']],
    [
      'safe.example.net. A +do',
      ['NOERROR', 'authority safe NS ns.example.com.', 'authority safe DS 1 8 2', 'authority safe RRSIG DS'],
    ],
    [
      'x.cut.example.net. A +do',
      ['NOERROR', 'authority cut NS ns.cut', 'authority H(cut) NSEC3 H(alias) NS', 'additional ns.cut A 192.0.2.4'],
    ],
    ['cut.example.net. DS +do', ['NOERROR aa', 'authority H(cut) NSEC3 H(alias) NS']],
    ['v.example.net. A +do', ['NOERROR aa', 'authority H(v) NSEC3 H(host.w)']],
    ['u.v.example.net. A +do', ['NOERROR', 'authority u.v NS ns.example.com.', 'authority H(u.v) NSEC3 H(*.w) NS']],
    ['u.v.example.net. DS +do', ['NOERROR aa', 'authority H(u.v) NSEC3 H(*.w) NS']],
    [
      'z.old.example.net. TXT +do',
      [
        'NOERROR aa',
        'answer old DNAME w',
        'answer old RRSIG DNAME',
        'answer z.old CNAME z.w',
        'answer z.w TXT "wild"',
        'answer z.w RRSIG TXT',
        'authority H(old) NSEC3 H(*.alias) DNAME RRSIG',
      ],
    ],
    [
      'x.alias.example.net. A +do',
      [
        'NOERROR aa',
        'answer x.alias CNAME host.w',
        'answer x.alias RRSIG CNAME',
        'answer host.w A 192.0.2.2',
        'answer host.w RRSIG A',
        'authority H(ent) NSEC3 H(v)',
      ],
    ],
    ['example.net. NSEC3PARAM +do', ['NOERROR aa', 'answer @ NSEC3PARAM 1 0 0 -', 'answer @ RRSIG NSEC3PARAM']],
    ['ns.example.net. NSEC +do', ['NOERROR aa', 'authority H(ns) NSEC3 H(cut) A RRSIG']],
    ['ns.example.net. RRSIG +do', ['NOERROR aa', 'answer ns RRSIG A']],
    ['ns.example.net. ANY +do', ['NOERROR aa', 'answer ns A 192.0.2.1', 'answer ns RRSIG A']],
    [
      '93j57bnunnk7b6rcofljbhj4mkp5bpjh.example.net. NSEC3 +do',
      [
        'NXDOMAIN aa',
        'authority H(@) NSEC3 H(ent) NS SOA RRSIG DNSKEY NSEC3PARAM',
        'authority H(old) NSEC3 H(*.alias) DNAME RRSIG',
        'authority H(*.alias) NSEC3 H(@) CNAME RRSIG',
      ],
    ],
    ['x.93j57bnunnk7b6rcofljbhj4mkp5bpjh.example.net. A', ['NXDOMAIN aa']],
  ],
  'NSEC3 with Opt-Out': [
    ['host.w.example.net. A +do', ['NOERROR aa', 'answer host.w A 192.0.2.2', 'answer host.w RRSIG A']],
    ['host.w.example.net. A', ['NOERROR aa', 'answer host.w A 192.0.2.2']],
    [
      'x.w.example.net. TXT +do',
      ['NOERROR aa', 'answer x.w TXT "wild"', 'answer x.w RRSIG TXT', 'authority H(ent) NSEC3 H(host.w)'],
    ],
    [
      'x.w.example.net. A +do',
      [
        'NOERROR aa',
        'authority H(w) NSEC3 H(*.w)',
        'authority H(ent) NSEC3 H(host.w)',
        'authority H(*.w) NSEC3 H(old) TXT RRSIG',
      ],
    ],
    [
      'x.y.w.example.net. TXT +do',
      ['NOERROR aa', 'answer x.y.w TXT "wild"', 'answer x.y.w RRSIG TXT', 'authority H(host.w) NSEC3 H(ns) A RRSIG'],
    ],
    ['host.w.example.net. MX +do', ['NOERROR aa', 'authority H(host.w) NSEC3 H(ns) A RRSIG']],
    [
      'nope.example.net. A +do',
      [
        'NXDOMAIN aa',
        'authority H(@) NSEC3 H(ent) NS SOA RRSIG DNSKEY NSEC3PARAM',
        'authority H(old) NSEC3 H(*.alias) DNAME RRSIG',
        'authority H(*.alias) NSEC3 H(@) CNAME RRSIG',
      ],
    ],
    [
      'x.host.w.example.net. A +do',
      [
        'NXDOMAIN aa',
        'authority H(host.w) NSEC3 H(ns) A RRSIG',
        'authority H(*.w) NSEC3 H(old) TXT RRSIG',
        'authority H(alias) NSEC3 H(safe)',
      ],
    ],
    ['b.ent.example.net. A +do', ['NOERROR aa', 'authority H(b.ent) NSEC3 H(w)']],
    [
      'safe.example.net. A +do',
      ['NOERROR', 'authority safe NS ns.example.com.', 'authority safe DS 1 8 2', 'authority safe RRSIG DS'],
    ],
    [
      'x.cut.example.net. A +do',
      [
        'NOERROR',
        'authority cut NS ns.cut',
        'authority H(@) NSEC3 H(ent) NS SOA RRSIG DNSKEY NSEC3PARAM',
        'authority H(ns) NSEC3 H(alias) A RRSIG',
        'additional ns.cut A 192.0.2.4',
      ],
    ],
    [
      'cut.example.net. DS +do',
      [
        'NOERROR aa',
        'authority H(@) NSEC3 H(ent) NS SOA RRSIG DNSKEY NSEC3PARAM',
        'authority H(ns) NSEC3 H(alias) A RRSIG',
      ],
    ],
    [
      'v.example.net. A +do',
      ['NOERROR aa', 'authority H(@) NSEC3 H(ent) NS SOA RRSIG DNSKEY NSEC3PARAM', 'authority H(ent) NSEC3 H(host.w)'],
    ],
    [
      'u.v.example.net. A +do',
      [
        'NOERROR',
        'authority u.v NS ns.example.com.',
        'authority H(@) NSEC3 H(ent) NS SOA RRSIG DNSKEY NSEC3PARAM',
        'authority H(ent) NSEC3 H(host.w)',
      ],
    ],
    [
      'u.v.example.net. DS +do',
      ['NOERROR aa', 'authority H(@) NSEC3 H(ent) NS SOA RRSIG DNSKEY NSEC3PARAM', 'authority H(ent) NSEC3 H(host.w)'],
    ],
    [
      'z.old.example.net. TXT +do',
      [
        'NOERROR aa',
        'answer old DNAME w',
        'answer old RRSIG DNAME',
        'answer z.old CNAME z.w',
        'answer z.w TXT "wild"',
        'answer z.w RRSIG TXT',
        'authority H(old) NSEC3 H(*.alias) DNAME RRSIG',
      ],
    ],
    [
      'x.alias.example.net. A +do',
      [
        'NOERROR aa',
        'answer x.alias CNAME host.w',
        'answer x.alias RRSIG CNAME',
        'answer host.w A 192.0.2.2',
        'answer host.w RRSIG A',
        'authority H(ent) NSEC3 H(host.w)',
      ],
    ],
    ['example.net. NSEC3PARAM +do', ['NOERROR aa', 'answer @ NSEC3PARAM 1 0 0 -', 'answer @ RRSIG NSEC3PARAM']],
    ['ns.example.net. NSEC +do', ['NOERROR aa', 'authority H(ns) NSEC3 H(alias) A RRSIG']],
    ['ns.example.net. RRSIG +do', ['NOERROR aa', 'answer ns RRSIG A']],
    ['ns.example.net. ANY +do', ['NOERROR aa', 'answer ns A 192.0.2.1', 'answer ns RRSIG A']],
    [
      '93j57bnunnk7b6rcofljbhj4mkp5bpjh.example.net. NSEC3 +do',
      [
        'NXDOMAIN aa',
        'authority H(@) NSEC3 H(ent) NS SOA RRSIG DNSKEY NSEC3PARAM',
        'authority H(old) NSEC3 H(*.alias) DNAME RRSIG',
        'authority H(*.alias) NSEC3 H(@) CNAME RRSIG',
      ],
    ],
    ['x.93j57bnunnk7b6rcofljbhj4mkp5bpjh.example.net. A', ['NXDOMAIN aa']],
  ],
};

describe.each(Object.entries(CHAINS))('proofs by %s', (name, chain) => {
  const zones = served({ 'example.net.': signed(TEXT, chain) });
  test.each(ROWS[name] ?? [])('%s', (question, lines) => {
    expect(shortened(told(zones, question))).toEqual(lines);
  });
});
