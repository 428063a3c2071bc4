import { describe, expect, test } from 'vitest';
import { served, told } from './dialogue.ts';

const zones = served({
  'example.net.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
www CNAME web
web CNAME host
host A 192.0.2.2
host AAAA 2001:db8::2
out CNAME www.example.com.
lost CNAME nope
empty CNAME host
loop1 CNAME loop2
loop2 CNAME loop1
self CNAME self
cut NS ns.cut
ns.cut A 192.0.2.5
into CNAME x.cut
org CNAME www.example.org.
sub CNAME www.s
s NS ns
`,
  's.example.net.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
www A 192.0.2.7
`,
  'example.org.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
www CNAME back.example.net.
`,
});

describe('RFC 1034 §3.6.2: aliases', () => {
  test.each<[string, string[]]>([
    [
      'www.example.net. A',
      [
        'NOERROR aa',
        'answer www.example.net. 3600 CNAME web.example.net.',
        'answer web.example.net. 3600 CNAME host.example.net.',
        'answer host.example.net. 3600 A 192.0.2.2',
      ],
    ],
    [
      'web.example.net. AAAA',
      [
        'NOERROR aa',
        'answer web.example.net. 3600 CNAME host.example.net.',
        'answer host.example.net. 3600 AAAA 2001:db8::2',
      ],
    ],
    [
      'WWW.example.net. A',
      [
        'NOERROR aa',
        'answer WWW.example.net. 3600 CNAME web.example.net.',
        'answer web.example.net. 3600 CNAME host.example.net.',
        'answer host.example.net. 3600 A 192.0.2.2',
      ],
    ],
    ['www.example.net. CNAME', ['NOERROR aa', 'answer www.example.net. 3600 CNAME web.example.net.']],
    [
      'www.example.net. MX',
      [
        'NOERROR aa',
        'answer www.example.net. 3600 CNAME web.example.net.',
        'answer web.example.net. 3600 CNAME host.example.net.',
        'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300',
      ],
    ],
    ['out.example.net. A', ['NOERROR aa', 'answer out.example.net. 3600 CNAME www.example.com.']],
    [
      'lost.example.net. A',
      [
        'NXDOMAIN aa',
        'answer lost.example.net. 3600 CNAME nope.example.net.',
        'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300',
      ],
    ],
    [
      'loop1.example.net. A',
      [
        'NOERROR aa',
        'answer loop1.example.net. 3600 CNAME loop2.example.net.',
        'answer loop2.example.net. 3600 CNAME loop1.example.net.',
      ],
    ],
    ['self.example.net. A', ['NOERROR aa', 'answer self.example.net. 3600 CNAME self.example.net.']],
    [
      'into.example.net. A',
      [
        'NOERROR aa',
        'answer into.example.net. 3600 CNAME x.cut.example.net.',
        'authority cut.example.net. 3600 NS ns.cut.example.net.',
        'additional ns.cut.example.net. 3600 A 192.0.2.5',
      ],
    ],
    [
      'org.example.net. A',
      [
        'NXDOMAIN aa',
        'answer org.example.net. 3600 CNAME www.example.org.',
        'answer www.example.org. 3600 CNAME back.example.net.',
        'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300',
      ],
    ],
    [
      'sub.example.net. A',
      [
        'NOERROR aa',
        'answer sub.example.net. 3600 CNAME www.s.example.net.',
        'answer www.s.example.net. 3600 A 192.0.2.7',
      ],
    ],
    [
      'www.example.net. DS',
      [
        'NOERROR aa',
        'answer www.example.net. 3600 CNAME web.example.net.',
        'answer web.example.net. 3600 CNAME host.example.net.',
        'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300',
      ],
    ],
  ])('%s', (question, lines) => {
    expect(told(zones, question)).toEqual(lines);
  });
});
