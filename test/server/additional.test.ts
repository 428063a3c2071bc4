import { describe, expect, test } from 'vitest';
import { served, told } from './dialogue.ts';

const zones = served({
  'example.net.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
@ MX 10 mx1
@ MX 20 mx2.example.net.
@ MX 30 mx.example.com.
mx1 A 192.0.2.10
mx1 AAAA 2001:db8::10
mx2 CNAME mx1
null MX 0 .
_smtp-tls._tcp SRV 0 0 842 mx1
@ TYPE265 \\# 19 000a036d7831076578616d706c65036e657400
*.wild A 192.0.2.11
many MX 10 a.wild
many MX 10 b.wild
same MX 10 same
same A 192.0.2.12
cut NS ns.cut
ns.cut A 192.0.2.13
glue MX 10 ns.cut
web HTTPS 1 . alpn=h2
web A 192.0.2.14
naptr NAPTR 10 10 "s" "" "" _smtp-tls._tcp
naptr NAPTR 20 10 "a" "" "" mx1
naptr NAPTR 30 10 "u" "" "!.*!x!" .
ns2 NS ns
`,
});

describe('RFC 1035 §3.3: additional data', () => {
  test.each<[string, string[]]>([
    [
      'example.net. MX',
      [
        'NOERROR aa',
        'answer example.net. 3600 MX 10 mx1.example.net.',
        'answer example.net. 3600 MX 20 mx2.example.net.',
        'answer example.net. 3600 MX 30 mx.example.com.',
        'additional mx1.example.net. 3600 A 192.0.2.10',
        'additional mx1.example.net. 3600 AAAA 2001:db8::10',
      ],
    ],
    ['null.example.net. MX', ['NOERROR aa', 'answer null.example.net. 3600 MX 0 .']],
    [
      '_smtp-tls._tcp.example.net. SRV',
      [
        'NOERROR aa',
        'answer _smtp-tls._tcp.example.net. 3600 SRV 0 0 842 mx1.example.net.',
        'additional mx1.example.net. 3600 A 192.0.2.10',
        'additional mx1.example.net. 3600 AAAA 2001:db8::10',
      ],
    ],
    [
      'example.net. TYPE265',
      ['NOERROR aa', 'answer example.net. 3600 TYPE265 \\# 19 000a036d7831076578616d706c65036e657400'],
    ],
    [
      'many.example.net. MX',
      [
        'NOERROR aa',
        'answer many.example.net. 3600 MX 10 a.wild.example.net.',
        'answer many.example.net. 3600 MX 10 b.wild.example.net.',
        'additional a.wild.example.net. 3600 A 192.0.2.11',
        'additional b.wild.example.net. 3600 A 192.0.2.11',
      ],
    ],
    [
      'same.example.net. MX',
      [
        'NOERROR aa',
        'answer same.example.net. 3600 MX 10 same.example.net.',
        'additional same.example.net. 3600 A 192.0.2.12',
      ],
    ],
    ['glue.example.net. MX', ['NOERROR aa', 'answer glue.example.net. 3600 MX 10 ns.cut.example.net.']],
    [
      'web.example.net. HTTPS',
      [
        'NOERROR aa',
        'answer web.example.net. 3600 HTTPS 1 . alpn="h2"',
        'additional web.example.net. 3600 A 192.0.2.14',
      ],
    ],
    [
      'naptr.example.net. NAPTR',
      [
        'NOERROR aa',
        'answer naptr.example.net. 3600 NAPTR 10 10 "s" "" "" _smtp-tls._tcp.example.net.',
        'answer naptr.example.net. 3600 NAPTR 20 10 "a" "" "" mx1.example.net.',
        'answer naptr.example.net. 3600 NAPTR 30 10 "u" "" "!.*!x!" .',
        'additional _smtp-tls._tcp.example.net. 3600 SRV 0 0 842 mx1.example.net.',
        'additional mx1.example.net. 3600 A 192.0.2.10',
        'additional mx1.example.net. 3600 AAAA 2001:db8::10',
      ],
    ],
    [
      'example.net. NS',
      ['NOERROR aa', 'answer example.net. 3600 NS ns.example.net.', 'additional ns.example.net. 3600 A 192.0.2.1'],
    ],
  ])('%s', (question, lines) => {
    expect(told(zones, question)).toEqual(lines);
  });
});
