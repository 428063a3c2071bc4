import type { TypeVectors } from './shape.ts';

/** Types of names, with SOA and TXT: text, wire form and JSON, and what is wrong with bad text. */
export const NAMES_VECTORS: readonly TypeVectors[] = [
  {
    type: 'NS',
    good: [
      {
        text: 'ns1',
        printed: 'ns1.example.net.',
        wire: '036e7331076578616d706c65036e657400',
        json: { nsdname: 'ns1.example.net.' },
      },
      { text: '.', wire: '00', json: { nsdname: '.' } },
      { text: '@', printed: 'example.net.', wire: '076578616d706c65036e657400', json: { nsdname: 'example.net.' } },
      { text: 'NS1.Example.NET.', wire: '034e5331074578616d706c65034e455400', json: { nsdname: 'NS1.Example.NET.' } },
      {
        text: '*.a\\.b',
        printed: '*.a\\.b.example.net.',
        wire: '012a03612e62076578616d706c65036e657400',
        json: { nsdname: '*.a\\.b.example.net.' },
      },
      {
        text: '\\010\\032\\127\\255x',
        printed: '\\010\\032\\127\\255x.example.net.',
        wire: '050a207fff78076578616d706c65036e657400',
        json: { nsdname: '\\010\\032\\127\\255x.example.net.' },
      },
      {
        text: '\\@\\$\\(\\)\\;\\"\\\\',
        printed: '\\@\\$\\(\\)\\;\\"\\\\.example.net.',
        wire: '07402428293b225c076578616d706c65036e657400',
        json: { nsdname: '\\@\\$\\(\\)\\;\\"\\\\.example.net.' },
      },
      {
        text: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
        printed:
          'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.example.net.',
        wire: '3f6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161613f6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161613f6161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161613162626262626262626262626262626262626262626262626262626262626262626262626262626262626262626262626262076578616d706c65036e657400',
        json: {
          nsdname:
            'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.example.net.',
        },
      },
    ],
    bad: [
      ['', 'expected a domain name as NS nsdname, but the record ends here'],
      ['a..b', 'name "a..b" has an empty label; write one dot between two labels'],
      ['.a', 'name ".a" has an empty label; write one dot between two labels'],
      ['..', 'name ".." has an empty label; write one dot between two labels'],
      ['a..', 'name "a.." has an empty label; write one dot between two labels'],
      [
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        'label "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" has 64 octets; a label has at most 63',
      ],
      [
        'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
        'name "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" has 256 octets on the wire; a name has at most 255',
      ],
      [
        'a\\256',
        'escape "\\256" is not valid; write \\ and three digits from 000 to 255, or \\ and the character itself',
      ],
      ['a\\1', 'escape "\\1" is not valid; write \\ and three digits from 000 to 255, or \\ and the character itself'],
      [
        'a\\12x',
        'escape "\\12x" is not valid; write \\ and three digits from 000 to 255, or \\ and the character itself',
      ],
      ['"ns1"', 'expected a domain name without quotes as NS nsdname, found "ns1"'],
      ['ns1 ns2', 'expected the end of the record after NS nsdname, found "ns2"'],
      ['ns1"x"', 'expected a blank between two values after NS nsdname, found "x"'],
    ],
  },
  {
    type: 'CNAME',
    good: [
      {
        text: 'www',
        printed: 'www.example.net.',
        wire: '03777777076578616d706c65036e657400',
        json: { cname: 'www.example.net.' },
      },
      {
        text: '_dmarc',
        printed: '_dmarc.example.net.',
        wire: '065f646d617263076578616d706c65036e657400',
        json: { cname: '_dmarc.example.net.' },
      },
    ],
    bad: [['www x', 'expected the end of the record after CNAME cname, found "x"']],
  },
  {
    type: 'DNAME',
    good: [{ text: 'Other.Example.', wire: '054f74686572074578616d706c6500', json: { target: 'Other.Example.' } }],
    bad: [['""', 'expected a domain name without quotes as DNAME target, found ""']],
  },
  {
    type: 'PTR',
    good: [
      {
        text: 'host',
        printed: 'host.example.net.',
        wire: '04686f7374076578616d706c65036e657400',
        json: { ptrdname: 'host.example.net.' },
      },
    ],
    bad: [['', 'expected a domain name as PTR ptrdname, but the record ends here']],
  },
  {
    type: 'MD',
    good: [
      {
        text: 'mail',
        printed: 'mail.example.net.',
        wire: '046d61696c076578616d706c65036e657400',
        json: { madname: 'mail.example.net.' },
        alone: true,
      },
    ],
    bad: [],
  },
  {
    type: 'MF',
    good: [
      {
        text: 'mail',
        printed: 'mail.example.net.',
        wire: '046d61696c076578616d706c65036e657400',
        json: { madname: 'mail.example.net.' },
        alone: true,
      },
    ],
    bad: [],
  },
  {
    type: 'MB',
    good: [
      {
        text: 'mail',
        printed: 'mail.example.net.',
        wire: '046d61696c076578616d706c65036e657400',
        json: { madname: 'mail.example.net.' },
      },
    ],
    bad: [],
  },
  {
    type: 'MG',
    good: [
      {
        text: 'mail',
        printed: 'mail.example.net.',
        wire: '046d61696c076578616d706c65036e657400',
        json: { mgmname: 'mail.example.net.' },
      },
    ],
    bad: [],
  },
  {
    type: 'MR',
    good: [
      {
        text: 'mail',
        printed: 'mail.example.net.',
        wire: '046d61696c076578616d706c65036e657400',
        json: { newname: 'mail.example.net.' },
      },
    ],
    bad: [],
  },
  {
    type: 'MINFO',
    good: [
      {
        text: 'r e',
        printed: 'r.example.net. e.example.net.',
        wire: '0172076578616d706c65036e6574000165076578616d706c65036e657400',
        json: { rmailbx: 'r.example.net.', emailbx: 'e.example.net.' },
      },
    ],
    bad: [['r', 'expected a domain name as MINFO emailbx, but the record ends here']],
  },
  {
    type: 'MX',
    good: [
      {
        text: '10 mx1',
        printed: '10 mx1.example.net.',
        wire: '000a036d7831076578616d706c65036e657400',
        json: { preference: 10, exchange: 'mx1.example.net.' },
      },
      { text: '0 .', wire: '000000', json: { preference: 0, exchange: '.' } },
      {
        text: '010 MX1.Example.Net.',
        printed: '10 MX1.Example.Net.',
        wire: '000a034d5831074578616d706c65034e657400',
        json: { preference: 10, exchange: 'MX1.Example.Net.' },
      },
      {
        text: '65535 @',
        printed: '65535 example.net.',
        wire: 'ffff076578616d706c65036e657400',
        json: { preference: 65535, exchange: 'example.net.' },
      },
      {
        text: '00000000000000000010 a',
        printed: '10 a.example.net.',
        wire: '000a0161076578616d706c65036e657400',
        json: { preference: 10, exchange: 'a.example.net.' },
      },
    ],
    bad: [
      ['mx1', 'expected a number from 0 to 65535 as MX preference, found "mx1"'],
      ['10', 'expected a domain name as MX exchange, but the record ends here'],
      ['70000 mx1', 'MX preference 70000 is out of range (0 to 65535)'],
      ['-1 mx1', 'MX preference -1 is out of range (0 to 65535)'],
      ['+1 mx1', 'expected a number from 0 to 65535 as MX preference, found "+1"'],
      ['0x10 mx1', 'expected a number from 0 to 65535 as MX preference, found "0x10"'],
      ['10a mx1', 'expected a number from 0 to 65535 as MX preference, found "10a"'],
      ['"10" mx1', 'expected a number from 0 to 65535 without quotes as MX preference, found "10"'],
      ['10 "mx1"', 'expected a domain name without quotes as MX exchange, found "mx1"'],
      ['10 mx1 mx2', 'expected the end of the record after MX exchange, found "mx2"'],
      ['* mx1', 'expected a number from 0 to 65535 as MX preference, found "*"'],
      ['10 mx1..example.net.', 'name "mx1..example.net." has an empty label; write one dot between two labels'],
      ['\\# 4 000ac00c', 'expected a domain name at octet 2 as MX exchange, found "000ac00c"'],
      ['\\# 2 000a', 'expected a domain name at octet 2 as MX exchange, found "000a"'],
      ['\\# 4 000a0000', 'expected the end of the data at octet 3 as MX exchange, found "000a0000"'],
    ],
  },
  {
    type: 'RP',
    good: [
      {
        text: 'admin info',
        printed: 'admin.example.net. info.example.net.',
        wire: '0561646d696e076578616d706c65036e65740004696e666f076578616d706c65036e657400',
        json: { mbox: 'admin.example.net.', txt: 'info.example.net.' },
      },
      { text: '. .', wire: '0000', json: { mbox: '.', txt: '.' } },
    ],
    bad: [['admin', 'expected a domain name as RP txt, but the record ends here']],
  },
  {
    type: 'AFSDB',
    good: [
      {
        text: '1 afs',
        printed: '1 afs.example.net.',
        wire: '000103616673076578616d706c65036e657400',
        json: { subtype: 1, hostname: 'afs.example.net.' },
      },
    ],
    bad: [['x afs', 'expected a number from 0 to 65535 as AFSDB subtype, found "x"']],
  },
  {
    type: 'RT',
    good: [
      {
        text: '10 relay',
        printed: '10 relay.example.net.',
        wire: '000a0572656c6179076578616d706c65036e657400',
        json: { preference: 10, intermediateHost: 'relay.example.net.' },
      },
    ],
    bad: [],
  },
  {
    type: 'NSAP-PTR',
    good: [
      {
        text: 'foo',
        printed: 'foo.example.net.',
        wire: '03666f6f076578616d706c65036e657400',
        json: { owner: 'foo.example.net.' },
      },
    ],
    bad: [],
  },
  {
    type: 'PX',
    good: [
      {
        text: '10 map822 mapx400',
        printed: '10 map822.example.net. mapx400.example.net.',
        wire: '000a066d6170383232076578616d706c65036e657400076d617078343030076578616d706c65036e657400',
        json: { preference: 10, map822: 'map822.example.net.', mapx400: 'mapx400.example.net.' },
      },
    ],
    bad: [['10 map822', 'expected a domain name as PX mapx400, but the record ends here']],
  },
  {
    type: 'SRV',
    good: [
      {
        text: '0 5 842 mx1',
        printed: '0 5 842 mx1.example.net.',
        wire: '00000005034a036d7831076578616d706c65036e657400',
        json: { priority: 0, weight: 5, port: 842, target: 'mx1.example.net.' },
      },
      { text: '0 0 0 .', wire: '00000000000000', json: { priority: 0, weight: 0, port: 0, target: '.' } },
      {
        text: '65535 65535 65535 MX1',
        printed: '65535 65535 65535 MX1.example.net.',
        wire: 'ffffffffffff034d5831076578616d706c65036e657400',
        json: { priority: 65535, weight: 65535, port: 65535, target: 'MX1.example.net.' },
      },
    ],
    bad: [
      ['0 5 mx1', 'expected a number from 0 to 65535 as SRV port, found "mx1"'],
      ['0 5 65536 mx1', 'SRV port 65536 is out of range (0 to 65535)'],
      ['0 5 smtp mx1', 'expected a number from 0 to 65535 as SRV port, found "smtp"'],
      ['0 5 842', 'expected a domain name as SRV target, but the record ends here'],
    ],
  },
  {
    type: 'NAPTR',
    good: [
      {
        text: '100 50 "s" "z3950+I2L+I2C" "" _z3950._tcp.gatech.edu.',
        wire: '0064003201730d7a333935302b49324c2b49324300065f7a33393530045f746370066761746563680365647500',
        json: {
          order: 100,
          preference: 50,
          flags: 's',
          services: 'z3950+I2L+I2C',
          regexp: '',
          replacement: '_z3950._tcp.gatech.edu.',
        },
      },
      {
        text: '100 10 "" "" "!^urn:cid:.+@([^\\\\.]+\\\\.)(.*)$!\\\\2!i" .',
        wire: '0064000a000021215e75726e3a6369643a2e2b40285b5e5c2e5d2b5c2e29282e2a2924215c32216900',
        json: {
          order: 100,
          preference: 10,
          flags: '',
          services: '',
          regexp: '!^urn:cid:.+@([^\\.]+\\.)(.*)$!\\2!i',
          replacement: '.',
        },
      },
      {
        text: '1 2 u E2U+sip "!^.*$!sip:a@b!" .',
        printed: '1 2 "u" "E2U+sip" "!^.*$!sip:a@b!" .',
        wire: '000100020175074532552b7369700e215e2e2a24217369703a6140622100',
        json: { order: 1, preference: 2, flags: 'u', services: 'E2U+sip', regexp: '!^.*$!sip:a@b!', replacement: '.' },
      },
    ],
    bad: [
      ['100 50 s', 'expected a text as NAPTR services, but the record ends here'],
      ['100 50 "s""t" "" "" .', 'expected a blank between two values as NAPTR services, found "t"'],
      ['1 70000 "" "" "" .', 'NAPTR preference 70000 is out of range (0 to 65535)'],
    ],
  },
  {
    type: 'KX',
    good: [
      {
        text: '10 kx',
        printed: '10 kx.example.net.',
        wire: '000a026b78076578616d706c65036e657400',
        json: { preference: 10, exchanger: 'kx.example.net.' },
      },
    ],
    bad: [],
  },
  {
    type: 'LP',
    good: [
      {
        text: '10 l64-subnet1',
        printed: '10 l64-subnet1.example.net.',
        wire: '000a0b6c36342d7375626e657431076578616d706c65036e657400',
        json: { preference: 10, fqdn: 'l64-subnet1.example.net.' },
      },
    ],
    bad: [],
  },
  {
    type: 'TALINK',
    good: [
      {
        text: 'a b',
        printed: 'a.example.net. b.example.net.',
        wire: '0161076578616d706c65036e6574000162076578616d706c65036e657400',
        json: { previous: 'a.example.net.', next: 'b.example.net.' },
      },
    ],
    bad: [['a', 'expected a domain name as TALINK next, but the record ends here']],
  },
  {
    type: 'ALIAS',
    good: [
      {
        text: 'www',
        printed: 'www.example.net.',
        wire: '03777777076578616d706c65036e657400',
        json: { target: 'www.example.net.' },
        alone: true,
      },
    ],
    bad: [],
  },
  {
    type: 'CLIENTMX',
    good: [
      {
        text: '10 mx1',
        printed: '10 mx1.example.net.',
        wire: '000a036d7831076578616d706c65036e657400',
        json: { preference: 10, exchange: 'mx1.example.net.' },
        alone: true,
      },
      { text: '0 .', wire: '000000', json: { preference: 0, exchange: '.' }, alone: true },
      {
        text: '10 MX1',
        printed: '10 MX1.example.net.',
        wire: '000a034d5831076578616d706c65036e657400',
        json: { preference: 10, exchange: 'MX1.example.net.' },
        alone: true,
      },
    ],
    bad: [
      ['mx1', 'expected a number from 0 to 65535 as CLIENTMX preference, found "mx1"'],
      ['70000 mx1', 'CLIENTMX preference 70000 is out of range (0 to 65535)'],
      ['10 mx1 x', 'expected the end of the record after CLIENTMX exchange, found "x"'],
      ['10 "mx1"', 'expected a domain name without quotes as CLIENTMX exchange, found "mx1"'],
    ],
  },
  {
    type: 'SOA',
    good: [
      {
        text: 'ns1 hostmaster 2026112101 2h 1h30m 2w 1d',
        printed: 'ns1.example.net. hostmaster.example.net. 2026112101 7200 5400 1209600 86400',
        wire: '036e7331076578616d706c65036e6574000a686f73746d6173746572076578616d706c65036e65740078c4046500001c20000015180012750000015180',
        json: {
          mname: 'ns1.example.net.',
          rname: 'hostmaster.example.net.',
          serial: 2026112101,
          refresh: 7200,
          retry: 5400,
          expire: 1209600,
          minimum: 86400,
        },
      },
      {
        text: 'ns1 host\\.master 4294967295 4294967295 0 1w2d3h4m5s 5',
        printed: 'ns1.example.net. host\\.master.example.net. 4294967295 4294967295 0 788645 5',
        wire: '036e7331076578616d706c65036e6574000b686f73742e6d6173746572076578616d706c65036e657400ffffffffffffffff00000000000c08a500000005',
        json: {
          mname: 'ns1.example.net.',
          rname: 'host\\.master.example.net.',
          serial: 4294967295,
          refresh: 4294967295,
          retry: 0,
          expire: 788645,
          minimum: 5,
        },
      },
      {
        text: '. . 0 1H1h 30M1H 7101w 0',
        printed: '. . 0 7200 5400 4294684800 0',
        wire: '00000000000000001c2000001518fffbb08000000000',
        json: { mname: '.', rname: '.', serial: 0, refresh: 7200, retry: 5400, expire: 4294684800, minimum: 0 },
      },
    ],
    bad: [
      ['ns1 hostmaster 1 2 3 4', 'expected seconds or a period such as 1h30m as SOA minimum, but the record ends here'],
      ['ns1 hostmaster 4294967296 1 1 1 1', 'SOA serial 4294967296 is out of range (0 to 4294967295)'],
      ['ns1 hostmaster 1h 1 1 1 1', 'expected a number from 0 to 4294967295 as SOA serial, found "1h"'],
      ['ns1 hostmaster 1 4294967296 1 1 1', 'SOA refresh 4294967296 is out of range (0 to 4294967295)'],
      ['ns1 hostmaster 1 7102w 1 1 1', 'SOA refresh 7102w is out of range (0 to 4294967295)'],
      ['ns1 hostmaster 1 1h30 1 1 1', 'expected seconds or a period such as 1h30m as SOA refresh, found "1h30"'],
      ['ns1 hostmaster 1 h 1 1 1', 'expected seconds or a period such as 1h30m as SOA refresh, found "h"'],
      ['ns1 hostmaster 1 2 3 4 5 6', 'expected the end of the record after SOA minimum, found "6"'],
      ['ns1 hostmaster 1 -1 1 1 1', 'expected seconds or a period such as 1h30m as SOA refresh, found "-1"'],
    ],
  },
  {
    type: 'TXT',
    good: [
      { text: 'abc', printed: '"abc"', wire: '03616263', json: { strings: ['abc'] } },
      { text: '"abc" "def"', wire: '0361626303646566', json: { strings: ['abc', 'def'] } },
      { text: '""', wire: '00', json: { strings: [''] } },
      {
        text: '"v=spf1 include:_spf.example.com -all"',
        wire: '24763d7370663120696e636c7564653a5f7370662e6578616d706c652e636f6d202d616c6c',
        json: { strings: ['v=spf1 include:_spf.example.com -all'] },
      },
      { text: '"a\\"b\\\\c;d"', wire: '076122625c633b64', json: { strings: ['a"b\\c;d'] } },
      { text: '"\\000\\009\\127\\255"', wire: '0400097fff', json: { strings: [{ hex: '00097fff' }] } },
      { text: 'a\\ b \\"', printed: '"a b" "\\""', wire: '036120620122', json: { strings: ['a b', '"'] } },
      {
        text: '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
        wire: 'ff787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878',
        json: {
          strings: [
            'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
          ],
        },
      },
      { text: '\\097\\098', printed: '"ab"', wire: '026162', json: { strings: ['ab'] } },
      { text: '"a\tb"', printed: '"a\\009b"', wire: '03610962', json: { strings: ['a\tb'] } },
    ],
    bad: [
      ['', 'expected a text as TXT strings, but the record ends here'],
      [
        '"a\\256b"',
        'escape "\\256" is not valid; write \\ and three digits from 000 to 255, or \\ and the character itself',
      ],
      [
        '"a\\25b"',
        'escape "\\25b" is not valid; write \\ and three digits from 000 to 255, or \\ and the character itself',
      ],
      [
        '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
        'string has 256 octets; one string has at most 255, so split it into several quoted ones',
      ],
      ['"abc', 'quoted string does not end on its line; add the closing quote'],
      ['( "abc"', 'parenthesis is never closed; add a ) at the end of the record'],
      ['"abc" )', 'parenthesis closes none; remove it or open one before'],
      ['\\# 0', 'expected a text at octet 0 as TXT strings, found ""'],
      ['\\# 1 01', 'expected a text at octet 0 as TXT strings, found "01"'],
      ['\\# 2 0061', 'expected a text at octet 0 as TXT strings, found "0061"'],
    ],
  },
];
