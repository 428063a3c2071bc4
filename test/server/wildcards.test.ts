import { describe, expect, test } from 'vitest';
import { served, told } from './dialogue.ts';

const zones = served({
  'example.net.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
*.w MX 10 mx
*.w TXT "wild"
mx A 192.0.2.2
mx AAAA 2001:db8::2
host.w A 192.0.2.3
sub.*.w TXT "below the asterisk"
a.ent.w A 192.0.2.4
cut.w NS ns.cut.w
ns.cut.w A 192.0.2.5
*.alias CNAME host.w
*.lost CNAME nowhere
*.big.w A 192.0.2.9
`,
});

describe('RFC 4592: wildcards', () => {
  test.each<[string, string[]]>([
    [
      'x.w.example.net. MX',
      [
        'NOERROR aa',
        'answer x.w.example.net. 3600 MX 10 mx.example.net.',
        'additional mx.example.net. 3600 A 192.0.2.2',
        'additional mx.example.net. 3600 AAAA 2001:db8::2',
      ],
    ],
    ['x.w.example.net. TXT', ['NOERROR aa', 'answer x.w.example.net. 3600 TXT "wild"']],
    ['x.y.z.w.example.net. TXT', ['NOERROR aa', 'answer x.y.z.w.example.net. 3600 TXT "wild"']],
    ['X.W.example.net. TXT', ['NOERROR aa', 'answer X.W.example.net. 3600 TXT "wild"']],
    [
      'x.w.example.net. A',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'w.example.net. MX',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    ['*.w.example.net. TXT', ['NOERROR aa', 'answer *.w.example.net. 3600 TXT "wild"']],
    [
      'host.w.example.net. TXT',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'x.host.w.example.net. TXT',
      ['NXDOMAIN aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'ent.w.example.net. TXT',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'x.ent.w.example.net. TXT',
      ['NXDOMAIN aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      '*.*.w.example.net. TXT',
      ['NXDOMAIN aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    ['sub.*.w.example.net. TXT', ['NOERROR aa', 'answer sub.*.w.example.net. 3600 TXT "below the asterisk"']],
    [
      'x.*.w.example.net. TXT',
      ['NXDOMAIN aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'x.cut.w.example.net. TXT',
      [
        'NOERROR',
        'authority cut.w.example.net. 3600 NS ns.cut.w.example.net.',
        'additional ns.cut.w.example.net. 3600 A 192.0.2.5',
      ],
    ],
    [
      'x.alias.example.net. A',
      [
        'NOERROR aa',
        'answer x.alias.example.net. 3600 CNAME host.w.example.net.',
        'answer host.w.example.net. 3600 A 192.0.2.3',
      ],
    ],
    ['x.alias.example.net. CNAME', ['NOERROR aa', 'answer x.alias.example.net. 3600 CNAME host.w.example.net.']],
    [
      'x.lost.example.net. A',
      [
        'NXDOMAIN aa',
        'answer x.lost.example.net. 3600 CNAME nowhere.example.net.',
        'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300',
      ],
    ],
    [
      'big.w.example.net. TXT',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'x.big.w.example.net. TXT',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
  ])('%s', (question, lines) => {
    expect(told(zones, question)).toEqual(lines);
  });
});
