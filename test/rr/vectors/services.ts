import type { TypeVectors } from './shape.ts';

/** Services and what is left: text, wire form and JSON, and what is wrong with bad text. */
export const SERVICES_VECTORS: readonly TypeVectors[] = [
  {
    type: 'SVCB',
    good: [
      {
        text: '0 foo.example.com.',
        wire: '000003666f6f076578616d706c6503636f6d00',
        json: { priority: 0, target: 'foo.example.com.', params: {} },
      },
      { text: '1 .', wire: '000100', json: { priority: 1, target: '.', params: {} } },
      {
        text: '16 foo port=53',
        printed: '16 foo.example.net. port=53',
        wire: '001003666f6f076578616d706c65036e657400000300020035',
        json: { priority: 16, target: 'foo.example.net.', params: { port: 53 } },
      },
      {
        text: '16 foo port="53" alpn="h2,h3-19"',
        printed: '16 foo.example.net. alpn="h2,h3-19" port=53',
        wire: '001003666f6f076578616d706c65036e657400000100090268320568332d3139000300020035',
        json: { priority: 16, target: 'foo.example.net.', params: { alpn: ['h2', 'h3-19'], port: 53 } },
      },
      {
        text: '1 foo key667="hello\\210qoo"',
        printed: '1 foo.example.net. key667="hello\\210qoo"',
        wire: '000103666f6f076578616d706c65036e657400029b000968656c6c6fd2716f6f',
        json: { priority: 1, target: 'foo.example.net.', params: { key667: { hex: '68656c6c6fd2716f6f' } } },
      },
      {
        text: '1 foo key667',
        printed: '1 foo.example.net. key667',
        wire: '000103666f6f076578616d706c65036e657400029b0000',
        json: { priority: 1, target: 'foo.example.net.', params: { key667: '' } },
      },
      {
        text: '1 foo ipv6hint="2001:db8::1,2001:db8::53:1"',
        printed: '1 foo.example.net. ipv6hint=2001:db8::1,2001:db8::53:1',
        wire: '000103666f6f076578616d706c65036e6574000006002020010db800000000000000000000000120010db8000000000000000000530001',
        json: { priority: 1, target: 'foo.example.net.', params: { ipv6hint: ['2001:db8::1', '2001:db8::53:1'] } },
      },
      {
        text: '16 foo alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1',
        printed: '16 foo.example.net. mandatory=alpn,ipv4hint alpn="h2,h3-19" ipv4hint=192.0.2.1',
        wire: '001003666f6f076578616d706c65036e6574000000000400010004000100090268320568332d313900040004c0000201',
        json: {
          priority: 16,
          target: 'foo.example.net.',
          params: { mandatory: ['alpn', 'ipv4hint'], alpn: ['h2', 'h3-19'], ipv4hint: ['192.0.2.1'] },
        },
      },
      {
        text: '16 foo alpn="f\\\\\\\\oo\\\\,bar,h2"',
        printed: '16 foo.example.net. alpn="f\\\\\\\\oo\\\\,bar,h2"',
        wire: '001003666f6f076578616d706c65036e6574000001000c08665c6f6f2c626172026832',
        json: { priority: 16, target: 'foo.example.net.', params: { alpn: ['f\\oo,bar', 'h2'] } },
      },
      {
        text: '16 foo alpn=f\\\\\\092oo\\092,bar,h2',
        printed: '16 foo.example.net. alpn="f\\\\\\\\oo\\\\,bar,h2"',
        wire: '001003666f6f076578616d706c65036e6574000001000c08665c6f6f2c626172026832',
        json: { priority: 16, target: 'foo.example.net.', params: { alpn: ['f\\oo,bar', 'h2'] } },
      },
      {
        text: '1 . no-default-alpn alpn=h2',
        printed: '1 . alpn="h2" no-default-alpn',
        wire: '0001000001000302683200020000',
        json: { priority: 1, target: '.', params: { alpn: ['h2'], 'no-default-alpn': true } },
      },
      {
        text: '1 . ech=AEX+DQ==',
        wire: '000100000500040045fe0d',
        json: { priority: 1, target: '.', params: { ech: 'AEX+DQ==' } },
      },
      {
        text: '1 . dohpath=/dns-query{?dns} alpn=dot',
        printed: '1 . alpn="dot" key7="/dns-query{?dns}"',
        wire: '0001000001000403646f74000700102f646e732d71756572797b3f646e737d',
        json: { priority: 1, target: '.', params: { alpn: ['dot'], dohpath: '/dns-query{?dns}' } },
      },
      {
        text: '1 . key65535=a key9="\\000\\029"',
        printed: '1 . key9="\\000\\029" key65535="a"',
        wire: '00010000090002001dffff000161',
        json: { priority: 1, target: '.', params: { 'tls-supported-groups': ['29'], key65535: 'a' } },
      },
      {
        text: '1 . mandatory=key667 key667="a b"',
        wire: '00010000000002029b029b0003612062',
        json: { priority: 1, target: '.', params: { mandatory: ['key667'], key667: 'a b' } },
      },
      {
        text: '0 . alpn=h2',
        printed: '0 . alpn="h2"',
        wire: '00000000010003026832',
        json: { priority: 0, target: '.', params: { alpn: ['h2'] } },
      },
    ],
    bad: [
      ['1', 'expected a domain name as SVCB target, but the record ends here'],
      ['1 foo alpn', 'expected protocol names, separated by commas as SVCB parameter alpn, found "alpn"'],
      ['1 foo alpn=', 'expected protocol names, separated by commas as SVCB parameter alpn, found ""'],
      ['1 foo alpn=h2,', 'expected protocol names, separated by commas as SVCB parameter alpn, found "h2,"'],
      ['1 foo alpn=h2 alpn=h3', 'expected alpn only once as SVCB params, found "alpn"'],
      ['1 foo port=65536', 'expected a port from 0 to 65535 as SVCB parameter port, found "65536"'],
      ['1 foo port', 'expected a port from 0 to 65535 as SVCB parameter port, found "port"'],
      ['1 foo port=\\053', 'expected a port from 0 to 65535 as SVCB parameter port, found "\\053"'],
      [
        '1 foo "port=53"',
        'expected a service parameter such as alpn=h2 or port=443 without quotes as SVCB params, found "port=53"',
      ],
      ['1 foo port="5""3"', 'expected a blank between two values as SVCB params, found "3"'],
      ['1 foo PORT=53', 'expected a known parameter key or keyN as SVCB params, found "PORT"'],
      ['1 foo foo=1', 'expected a known parameter key or keyN as SVCB params, found "foo"'],
      ['1 foo key03=a', 'expected a known parameter key or keyN as SVCB params, found "key03"'],
      ['1 foo key65536=a', 'expected a known parameter key or keyN as SVCB params, found "key65536"'],
      ['1 foo key3=a', 'expected the wire form of port as SVCB parameter key3, found "a"'],
      ['1 foo mandatory=alpn', 'expected alpn, which mandatory names as SVCB params, but the record ends here'],
      [
        '1 foo mandatory=alpn,alpn alpn=h2',
        'expected names of other keys, separated by commas as SVCB parameter mandatory, found "alpn,alpn"',
      ],
      [
        '1 foo mandatory=mandatory',
        'expected names of other keys, separated by commas as SVCB parameter mandatory, found "mandatory"',
      ],
      ['1 foo no-default-alpn=1 alpn=h2', 'expected no value as SVCB parameter no-default-alpn, found "1"'],
      ['1 foo ech=AAA', 'expected base64 as SVCB parameter ech, found "AAA"'],
      ['1 foo ech', 'expected base64 as SVCB parameter ech, found "ech"'],
      [
        '1 foo ipv4hint=192.0.2.1,',
        'expected IPv4 addresses, separated by commas as SVCB parameter ipv4hint, found "192.0.2.1,"',
      ],
      [
        '1 foo ipv4hint="192.0.2.1, 192.0.2.2"',
        'expected IPv4 addresses, separated by commas as SVCB parameter ipv4hint, found "192.0.2.1, 192.0.2.2"',
      ],
      [
        '1 foo ipv6hint=192.0.2.1',
        'expected IPv6 addresses, separated by commas as SVCB parameter ipv6hint, found "192.0.2.1"',
      ],
      [
        '1 foo dohpath=dns-query{?dns}',
        'expected a path with a dns variable, such as /dns-query{?dns} as SVCB parameter dohpath, found "dns-query{?dns}"',
      ],
      [
        '1 foo dohpath=/dns-query',
        'expected a path with a dns variable, such as /dns-query{?dns} as SVCB parameter dohpath, found "/dns-query"',
      ],
      ['1 foo =a', 'expected a known parameter key or keyN as SVCB params, found ""'],
      ['1 foo alpn"h2"', 'expected protocol names, separated by commas as SVCB parameter alpn, found "alpn"'],
      ['\\# 11 000100000300020035000100', 'generic data says 11 octets but has 12; write the number it has'],
      [
        '\\# 9 00010000030001aa00',
        'expected a service parameter such as alpn=h2 or port=443 at octet 3 as SVCB params, found "00010000030001aa00"',
      ],
    ],
  },
  {
    type: 'HTTPS',
    good: [
      {
        text: '1 . alpn=h2',
        printed: '1 . alpn="h2"',
        wire: '00010000010003026832',
        json: { priority: 1, target: '.', params: { alpn: ['h2'] } },
      },
      { text: '0 .', wire: '000000', json: { priority: 0, target: '.', params: {} } },
      {
        text: '1 . alpn="h3,h2" ipv4hint=192.0.2.1 port=8443',
        printed: '1 . alpn="h3,h2" port=8443 ipv4hint=192.0.2.1',
        wire: '000100000100060268330268320003000220fb00040004c0000201',
        json: { priority: 1, target: '.', params: { alpn: ['h3', 'h2'], port: 8443, ipv4hint: ['192.0.2.1'] } },
      },
    ],
    bad: [['. alpn=h2', 'expected a number from 0 to 65535 as HTTPS priority, found "."']],
  },
  {
    type: 'DSYNC',
    good: [
      {
        text: 'CDS NOTIFY 5359 cds-scanner.example.net.',
        wire: '003b0114ef0b6364732d7363616e6e6572076578616d706c65036e657400',
        json: { type: 'CDS', scheme: 'NOTIFY', port: 5359, target: 'cds-scanner.example.net.' },
      },
      { text: 'TYPE65280 2 0 .', wire: 'ff0002000000', json: { type: 'TYPE65280', scheme: 2, port: 0, target: '.' } },
    ],
    bad: [
      ['CDS FOO 1 a', 'expected a scheme or a number from 0 to 255 as DSYNC scheme, found "FOO"'],
      ['59 NOTIFY 1 a', 'expected an RR type as DSYNC type, found "59"'],
    ],
  },
  {
    type: 'AMTRELAY',
    good: [
      {
        text: '10 0 1 203.0.113.15',
        wire: '0a01cb00710f',
        json: { precedence: 10, discoveryOptional: 0, relayType: 1, relay: '203.0.113.15' },
      },
      { text: '10 1 0 .', wire: '0a80', json: { precedence: 10, discoveryOptional: 1, relayType: 0, relay: '.' } },
      {
        text: '128 1 2 2001:db8::15',
        wire: '808220010db8000000000000000000000015',
        json: { precedence: 128, discoveryOptional: 1, relayType: 2, relay: '2001:db8::15' },
      },
      {
        text: '10 1 3 amtrelays',
        printed: '10 1 3 amtrelays.example.net.',
        wire: '0a8309616d7472656c617973076578616d706c65036e657400',
        json: { precedence: 10, discoveryOptional: 1, relayType: 3, relay: 'amtrelays.example.net.' },
      },
    ],
    bad: [
      ['10 2 0 .', 'AMTRELAY discovery optional 2 is out of range (0 to 1)'],
      ['10 0 4 .', 'AMTRELAY relay type 4 is out of range (0 to 3)'],
      ['10 0 0', 'expected . for gateway type 0 as AMTRELAY relay, but the record ends here'],
      ['10 0 1 .', 'expected an IPv4 address as AMTRELAY relay, found "."'],
    ],
  },
  {
    type: 'DOA',
    good: [
      {
        text: '1234567890 1234567890 1 "image/gif" R0lGODlhKAAZAOMCAGZm',
        wire: '499602d2499602d20109696d6167652f67696647494638396128001900e302006666',
        json: {
          enterprise: 1234567890,
          type: 1234567890,
          location: 1,
          mediaType: 'image/gif',
          data: 'R0lGODlhKAAZAOMCAGZm',
        },
      },
      {
        text: '0 1 2 "" -',
        wire: '00000000000000010200',
        json: { enterprise: 0, type: 1, location: 2, mediaType: '', data: '' },
      },
    ],
    bad: [
      ['0 1 2 ""', 'expected base64 as DOA data, but the record ends here'],
      ['0 1 256 "" -', 'DOA location 256 is out of range (0 to 255)'],
    ],
  },
  {
    type: 'SINK',
    good: [
      { text: '8 0 2 AAAA', wire: '080002000000', json: { meaning: 8, coding: 0, subcoding: 2, data: 'AAAA' } },
      { text: '1 0 0', wire: '010000', json: { meaning: 1, coding: 0, subcoding: 0 } },
    ],
    bad: [['1 0', 'expected a number from 0 to 255 as SINK subcoding, but the record ends here']],
  },
  {
    type: 'EID',
    good: [
      { text: '1289AB', printed: '1289ab', wire: '1289ab', json: { endpoint: '1289ab' } },
      { text: '12 89 ab', printed: '1289ab', wire: '1289ab', json: { endpoint: '1289ab' } },
    ],
    bad: [
      ['', 'expected hexadecimal digits as EID endpoint, but the record ends here'],
      ['128', 'expected an even number of hexadecimal digits as EID endpoint, found "128"'],
    ],
  },
  {
    type: 'NIMLOC',
    good: [{ text: '1289AB', printed: '1289ab', wire: '1289ab', json: { locator: '1289ab' } }],
    bad: [['', 'expected hexadecimal digits as NIMLOC locator, but the record ends here']],
  },
  {
    type: 'HHIT',
    good: [{ text: 'AAAA', wire: '000000', json: { data: 'AAAA' } }],
    bad: [['', 'expected base64 as HHIT data, but the record ends here']],
  },
  {
    type: 'BRID',
    good: [{ text: 'AAAA', wire: '000000', json: { data: 'AAAA' } }],
    bad: [['', 'expected base64 as BRID data, but the record ends here']],
  },
  {
    type: 'IPN',
    good: [
      { text: '0', wire: '0000000000000000', json: { number: '0' }, alone: true },
      { text: '18446744073709551615', wire: 'ffffffffffffffff', json: { number: '18446744073709551615' }, alone: true },
    ],
    bad: [
      ['18446744073709551616', 'IPN number 18446744073709551616 is out of range (0 to 18446744073709551615)'],
      ['-1', 'expected a number from 0 to 18446744073709551615 as IPN number, found "-1"'],
      ['x', 'expected a number from 0 to 18446744073709551615 as IPN number, found "x"'],
    ],
  },
];
