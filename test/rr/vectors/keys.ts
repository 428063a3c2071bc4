import type { TypeVectors } from './shape.ts';

/** Keys, signatures and digests: text, wire form and JSON, and what is wrong with bad text. */
export const KEYS_VECTORS: readonly TypeVectors[] = [
  {
    type: 'DNSKEY',
    good: [
      {
        text: '256 3 5 AQPSKmynfzW4kyBv015MUG2DeIQ3Cbl+BBZH4b/0PY1kxkmvHjcZc8nokfzj31GajIQKY+5CptLr3buXA10hWqTkF7H6RfoRqXQeogmMHfpftf6zMv1LyBUgia7za6ZEzOJBOztyvhjL742iU/TpPSEDhm2SNKLijfUppn1UaNvv4w==',
        wire: '010003050103d22a6ca77f35b893206fd35e4c506d8378843709b97e041647e1bff43d8d64c649af1e371973c9e891fce3df519a8c840a63ee42a6d2ebddbb97035d215aa4e417b1fa45fa11a9741ea2098c1dfa5fb5feb332fd4bc8152089aef36ba644cce2413b3b72be18cbef8da253f4e93d2103866d9234a2e28df529a67d5468dbefe3',
        json: {
          flags: 256,
          protocol: 3,
          algorithm: 5,
          publicKey:
            'AQPSKmynfzW4kyBv015MUG2DeIQ3Cbl+BBZH4b/0PY1kxkmvHjcZc8nokfzj31GajIQKY+5CptLr3buXA10hWqTkF7H6RfoRqXQeogmMHfpftf6zMv1LyBUgia7za6ZEzOJBOztyvhjL742iU/TpPSEDhm2SNKLijfUppn1UaNvv4w==',
        },
      },
      {
        text: '257 3 ED25519 ( l02Woi0iS8Aa25FQkUd9RMzZ\n HJpBoRQwAQEX1SxZJA4= )',
        printed: '257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=',
        wire: '0101030f974d96a22d224bc01adb915091477d44ccd91c9a41a11430010117d52c59240e',
        json: { flags: 257, protocol: 3, algorithm: 15, publicKey: 'l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=' },
      },
      { text: '0 3 253 AA==', wire: '000003fd00', json: { flags: 0, protocol: 3, algorithm: 253, publicKey: 'AA==' } },
    ],
    bad: [
      ['256 3 8', 'expected base64 as DNSKEY public key, but the record ends here'],
      ['256 3 8 AAA', 'expected base64 in groups of four with padding as DNSKEY public key, found "AAA"'],
      ['256 3 8 AB==', 'expected base64 with zero bits before its padding as DNSKEY public key, found "AB=="'],
      ['256 3 8 AAAA=', 'expected base64 with zero bits before its padding as DNSKEY public key, found "AAAA="'],
      ['256 3 8 AA=A', 'expected base64 as DNSKEY public key, found "A"'],
      ['256 3 8 AA== AAAA', 'expected base64 as DNSKEY public key, found "A"'],
      ['256 3 8 "AAAA"', 'expected base64 without quotes as DNSKEY public key, found "AAAA"'],
      ['256 3 FOO AAAA', 'expected an algorithm or a number from 0 to 255 as DNSKEY algorithm, found "FOO"'],
      [
        '256 3 NSEC3RSASHA1 AAAA',
        'expected an algorithm or a number from 0 to 255 as DNSKEY algorithm, found "NSEC3RSASHA1"',
      ],
      ['ZONE 3 8 AAAA', 'expected a number from 0 to 65535 as DNSKEY flags, found "ZONE"'],
      ['256 3 8 AA*A', 'expected base64 as DNSKEY public key, found "*"'],
      ['65536 3 8 AAAA', 'DNSKEY flags 65536 is out of range (0 to 65535)'],
    ],
  },
  {
    type: 'KEY',
    good: [
      {
        text: '256 3 8 AAAA',
        wire: '01000308000000',
        json: { flags: 256, protocol: 3, algorithm: 8, publicKey: 'AAAA' },
      },
    ],
    bad: [['49152 3 8', 'expected base64 as KEY public key, but the record ends here']],
  },
  {
    type: 'RKEY',
    good: [
      { text: '0 3 8 AAAA', wire: '00000308000000', json: { flags: 0, protocol: 3, algorithm: 8, publicKey: 'AAAA' } },
    ],
    bad: [],
  },
  {
    type: 'CDNSKEY',
    good: [
      { text: '0 3 0 AA==', wire: '0000030000', json: { flags: 0, protocol: 3, algorithm: 0, publicKey: 'AA==' } },
      {
        text: '257 3 13 AAAA',
        wire: '0101030d000000',
        json: { flags: 257, protocol: 3, algorithm: 13, publicKey: 'AAAA' },
      },
    ],
    bad: [['0 3 0 0', 'expected base64 in groups of four with padding as CDNSKEY public key, found "0"']],
  },
  {
    type: 'DS',
    good: [
      {
        text: '60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118',
        printed: '60485 5 1 2bb183af5f22588179a53b0a98631fad1a292118',
        wire: 'ec4505012bb183af5f22588179a53b0a98631fad1a292118',
        json: { keyTag: 60485, algorithm: 5, digestType: 1, digest: '2bb183af5f22588179a53b0a98631fad1a292118' },
      },
      {
        text: '1 RSASHA256 2 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        printed: '1 8 2 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        wire: '00010802000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        json: {
          keyTag: 1,
          algorithm: 8,
          digestType: 2,
          digest: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        },
      },
      {
        text: '1 8 4 000102030405060708090a0b0c0d0e0f1011121314151617 18191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f',
        printed:
          '1 8 4 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f',
        wire: '00010804000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f',
        json: {
          keyTag: 1,
          algorithm: 8,
          digestType: 4,
          digest: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f',
        },
      },
      { text: '1 8 99 00', wire: '0001086300', json: { keyTag: 1, algorithm: 8, digestType: 99, digest: '00' } },
    ],
    bad: [
      ['1 8 2', 'expected hexadecimal digits as DS digest, but the record ends here'],
      ['1 8 SHA256 00', 'expected a number from 0 to 255 as DS digest type, found "SHA256"'],
      ['1 8 99 0', 'expected an even number of hexadecimal digits as DS digest, found "0"'],
      ['1 8 99 0G', 'expected hexadecimal digits as DS digest, found "G"'],
      ['1 8 99 "00"', 'expected hexadecimal digits without quotes as DS digest, found "00"'],
      ['70000 8 2 00', 'DS key tag 70000 is out of range (0 to 65535)'],
    ],
  },
  {
    type: 'CDS',
    good: [{ text: '0 0 0 00', wire: '0000000000', json: { keyTag: 0, algorithm: 0, digestType: 0, digest: '00' } }],
    bad: [['0 0 0 0', 'expected an even number of hexadecimal digits as CDS digest, found "0"']],
  },
  {
    type: 'TA',
    good: [
      {
        text: '1 8 2 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        wire: '00010802000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        json: {
          keyTag: 1,
          algorithm: 8,
          digestType: 2,
          digest: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        },
      },
    ],
    bad: [],
  },
  {
    type: 'DLV',
    good: [
      {
        text: '1 8 2 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        wire: '00010802000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        json: {
          keyTag: 1,
          algorithm: 8,
          digestType: 2,
          digest: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        },
      },
    ],
    bad: [],
  },
  {
    type: 'RRSIG',
    good: [
      {
        text: 'A 5 3 86400 20030322173103 20030220173103 2642 example.com. oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wfuh3DTJXUAfI/M0zmO/zz8bW0Rznl8O3tGNazPwQKkRN20XPXV6nwwfoXmJQbsLNrLfkGJ5D6fwFm8nN+6pBzeDQfsS3Ap3o=',
        wire: '00010503000151803e7c9dd73e5510d70a52076578616d706c6503636f6d00a090755ba58d1affa576f4375831b4310920e481218d18a9f164eb3d81afd3b875d3c75428631e0cf2a28d50875f70c329d7dbfafea807dc1fba1dc34c95d401f23f334ce63bfcf3f1b5b44739e5f0eded18d6b33f040a911376d173d757a9f0c1fa1798941bb0b36b2df9062790fa7f0166f2737eea907378341fb12dc0a77a',
        json: {
          typeCovered: 'A',
          algorithm: 5,
          labels: 3,
          originalTtl: 86400,
          expiration: 1048354263,
          inception: 1045762263,
          keyTag: 2642,
          signerName: 'example.com.',
          signature:
            'oJB1W6WNGv+ldvQ3WDG0MQkg5IEhjRip8WTrPYGv07h108dUKGMeDPKijVCHX3DDKdfb+v6oB9wfuh3DTJXUAfI/M0zmO/zz8bW0Rznl8O3tGNazPwQKkRN20XPXV6nwwfoXmJQbsLNrLfkGJ5D6fwFm8nN+6pBzeDQfsS3Ap3o=',
        },
      },
      {
        text: 'TYPE265 8 2 4294967295 20300101000000 20200101000000 65535 Example.NET. AAAA',
        wire: '01090802ffffffff70dbd8805e0be100ffff074578616d706c65034e455400000000',
        json: {
          typeCovered: 'TYPE265',
          algorithm: 8,
          labels: 2,
          originalTtl: 4294967295,
          expiration: 1893456000,
          inception: 1577836800,
          keyTag: 65535,
          signerName: 'Example.NET.',
          signature: 'AAAA',
        },
      },
      {
        text: 'soa ECDSAP256SHA256 2 3600 19700101000000 21060207062815 1 @ AAAA',
        printed: 'SOA 13 2 3600 19700101000000 21060207062815 1 example.net. AAAA',
        wire: '00060d0200000e1000000000ffffffff0001076578616d706c65036e657400000000',
        json: {
          typeCovered: 'SOA',
          algorithm: 13,
          labels: 2,
          originalTtl: 3600,
          expiration: 0,
          inception: 4294967295,
          keyTag: 1,
          signerName: 'example.net.',
          signature: 'AAAA',
        },
      },
      {
        text: 'A 8 2 3600 21300101000000 1577836800 1 . AAAA',
        printed: 'A 8 2 3600 19931124173144 20200101000000 1 . AAAA',
        wire: '0001080200000e102cf39a805e0be100000100000000',
        json: {
          typeCovered: 'A',
          algorithm: 8,
          labels: 2,
          originalTtl: 3600,
          expiration: 754162304,
          inception: 1577836800,
          keyTag: 1,
          signerName: '.',
          signature: 'AAAA',
        },
      },
      {
        text: 'A 8 2 3600 20301231235960 19010101000000 1 . AAAA',
        printed: 'A 8 2 3600 20310101000000 20370206062816 1 . AAAA',
        wire: '0001080200000e1072bd0c007e36b500000100000000',
        json: {
          typeCovered: 'A',
          algorithm: 8,
          labels: 2,
          originalTtl: 3600,
          expiration: 1924992000,
          inception: 2117514496,
          keyTag: 1,
          signerName: '.',
          signature: 'AAAA',
        },
      },
    ],
    bad: [
      [
        'A 8 2 3600 20301301000000 20200101000000 1 . AAAA',
        'expected a day and time that exist, as YYYYMMDDHHmmSS as RRSIG expiration, found "20301301000000"',
      ],
      [
        'A 8 2 3600 20300229000000 20200101000000 1 . AAAA',
        'expected a day and time that exist, as YYYYMMDDHHmmSS as RRSIG expiration, found "20300229000000"',
      ],
      [
        'A 8 2 3600 20300101240000 20200101000000 1 . AAAA',
        'expected a day and time that exist, as YYYYMMDDHHmmSS as RRSIG expiration, found "20300101240000"',
      ],
      [
        'A 8 2 3600 09991231235959 20200101000000 1 . AAAA',
        'expected a day and time that exist, as YYYYMMDDHHmmSS as RRSIG expiration, found "09991231235959"',
      ],
      [
        'A 8 2 3600 4294967296 20200101000000 1 . AAAA',
        'RRSIG expiration 4294967296 is out of range (0 to 4294967295)',
      ],
      [
        'A 8 2 1h 20300101000000 20200101000000 1 . AAAA',
        'expected a number from 0 to 4294967295 as RRSIG original ttl, found "1h"',
      ],
      ['FOO 8 2 3600 20300101000000 20200101000000 1 . AAAA', 'expected an RR type as RRSIG type covered, found "FOO"'],
      ['1 8 2 3600 20300101000000 20200101000000 1 . AAAA', 'expected an RR type as RRSIG type covered, found "1"'],
      [
        'MXX 8 2 3600 20300101000000 20200101000000 1 . AAAA',
        'expected an RR type as RRSIG type covered, found "MXX"; did you mean MX?',
      ],
      ['ANY 8 2 3600 20300101000000 20200101000000 1 . AAAA', 'expected an RR type as RRSIG type covered, found "ANY"'],
      ['A 8 2 3600 20300101000000 20200101000000 1 .', 'expected base64 as RRSIG signature, but the record ends here'],
    ],
  },
  {
    type: 'SIG',
    good: [
      {
        text: 'A 8 2 3600 20300101000000 20200101000000 1 @ AAAA',
        printed: 'A 8 2 3600 20300101000000 20200101000000 1 example.net. AAAA',
        wire: '0001080200000e1070dbd8805e0be1000001076578616d706c65036e657400000000',
        json: {
          typeCovered: 'A',
          algorithm: 8,
          labels: 2,
          originalTtl: 3600,
          expiration: 1893456000,
          inception: 1577836800,
          keyTag: 1,
          signerName: 'example.net.',
          signature: 'AAAA',
        },
      },
    ],
    bad: [],
  },
  {
    type: 'NSEC',
    good: [
      {
        text: 'host.example.com. A MX RRSIG NSEC TYPE1234',
        wire: '04686f7374076578616d706c6503636f6d000006400100000003041b000000000000000000000000000000000000000000000000000020',
        json: { nextName: 'host.example.com.', types: ['A', 'MX', 'RRSIG', 'NSEC', 'TYPE1234'] },
      },
      {
        text: 'a TYPE265 A TYPE265 mx',
        printed: 'a.example.net. A MX TYPE265',
        wire: '0161076578616d706c65036e6574000002400101020040',
        json: { nextName: 'a.example.net.', types: ['A', 'MX', 'TYPE265'] },
      },
      {
        text: 'a TYPE65535 TYPE256 A',
        printed: 'a.example.net. A URI TYPE65535',
        wire: '0161076578616d706c65036e657400000140010180ff200000000000000000000000000000000000000000000000000000000000000001',
        json: { nextName: 'a.example.net.', types: ['A', 'URI', 'TYPE65535'] },
      },
      {
        text: 'a A NS SOA MX TXT AAAA RRSIG NSEC DNSKEY TYPE265 CAA',
        printed: 'a.example.net. A NS SOA MX TXT AAAA RRSIG NSEC DNSKEY CAA TYPE265',
        wire: '0161076578616d706c65036e65740000076201800800038001024040',
        json: {
          nextName: 'a.example.net.',
          types: ['A', 'NS', 'SOA', 'MX', 'TXT', 'AAAA', 'RRSIG', 'NSEC', 'DNSKEY', 'CAA', 'TYPE265'],
        },
      },
      {
        text: 'a TYPE128',
        printed: 'a.example.net. NXNAME',
        wire: '0161076578616d706c65036e65740000110000000000000000000000000000000080',
        json: { nextName: 'a.example.net.', types: ['NXNAME'] },
      },
    ],
    bad: [
      ['a', 'expected an RR type as NSEC types, but the record ends here'],
      ['a FOO', 'expected an RR type as NSEC types, found "FOO"'],
      ['a TYPE0', 'expected an RR type as NSEC types, found "TYPE0"'],
      ['a ANY', 'expected an RR type as NSEC types, found "ANY"'],
      ['a TXTT', 'expected an RR type as NSEC types, found "TXTT"; did you mean TXT?'],
      ['a TYPE65536', 'expected an RR type as NSEC types, found "TYPE65536"'],
      ['a "A"', 'expected an RR type without quotes as NSEC types, found "A"'],
    ],
  },
  {
    type: 'NSEC3',
    good: [
      {
        text: '1 1 12 AABBCCDD 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX DNSKEY NS SOA NSEC3PARAM RRSIG',
        printed: '1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr NS SOA MX RRSIG DNSKEY NSEC3PARAM',
        wire: '0101000c04aabbccdd14174eb2409fe28bcb4887a1836f957f0a8425e27b000722010000000290',
        json: {
          hashAlgorithm: 1,
          flags: 1,
          iterations: 12,
          salt: 'aabbccdd',
          nextHash: '2t7b4g4vsa5smi47k61mv5bv1a22bojr',
          types: ['NS', 'SOA', 'MX', 'RRSIG', 'DNSKEY', 'NSEC3PARAM'],
        },
      },
      {
        text: '1 0 0 - 0123456789abcdefghijklmnopqrstuv',
        wire: '01000000001400443214c74254b635cf84653a56d7c675be77df',
        json: {
          hashAlgorithm: 1,
          flags: 0,
          iterations: 0,
          salt: '',
          nextHash: '0123456789abcdefghijklmnopqrstuv',
          types: [],
        },
      },
      {
        text: '1 0 65535 ab 0123456789ABCDEFGHIJKLMNOPQRSTUV TYPE265',
        printed: '1 0 65535 ab 0123456789abcdefghijklmnopqrstuv TYPE265',
        wire: '0100ffff01ab1400443214c74254b635cf84653a56d7c675be77df01020040',
        json: {
          hashAlgorithm: 1,
          flags: 0,
          iterations: 65535,
          salt: 'ab',
          nextHash: '0123456789abcdefghijklmnopqrstuv',
          types: ['TYPE265'],
        },
      },
    ],
    bad: [
      [
        '1 0 10 A 0123456789abcdefghijklmnopqrstuv A',
        'expected a salt in hexadecimal, or -, at most 255 octets as NSEC3 salt, found "A"',
      ],
      [
        '1 0 10 ab 0123456789abcdefghijklmnopqrstu A',
        'expected a hash in base32 with the extended hex alphabet as NSEC3 next hash, found "0123456789abcdefghijklmnopqrstu"',
      ],
      [
        '1 0 10 ab 0123456789abcdefghijklmnopqrstuw A',
        'expected a hash in base32 with the extended hex alphabet as NSEC3 next hash, found "0123456789abcdefghijklmnopqrstuw"',
      ],
      [
        '1 0 10 ab',
        'expected a hash in base32 with the extended hex alphabet as NSEC3 next hash, but the record ends here',
      ],
      ['1 0 65536 ab 0123456789abcdefghijklmnopqrstuv', 'NSEC3 iterations 65536 is out of range (0 to 65535)'],
      [
        'SHA-1 0 1 ab 0123456789abcdefghijklmnopqrstuv',
        'expected a number from 0 to 255 as NSEC3 hash algorithm, found "SHA-1"',
      ],
      [
        '1 0 1 "" 0123456789abcdefghijklmnopqrstuv',
        'expected a salt in hexadecimal, or - without quotes as NSEC3 salt, found ""',
      ],
    ],
  },
  {
    type: 'NSEC3PARAM',
    good: [
      {
        text: '1 0 12 aabbccdd',
        wire: '0100000c04aabbccdd',
        json: { hashAlgorithm: 1, flags: 0, iterations: 12, salt: 'aabbccdd' },
      },
      { text: '1 0 0 -', wire: '0100000000', json: { hashAlgorithm: 1, flags: 0, iterations: 0, salt: '' } },
    ],
    bad: [
      ['1 0 0', 'expected a salt in hexadecimal, or - as NSEC3PARAM salt, but the record ends here'],
      ['1 0 0 00 00', 'expected the end of the record after NSEC3PARAM salt, found "00"'],
    ],
  },
  {
    type: 'NXT',
    good: [
      {
        text: 'medium.foo. A MX SIG NXT',
        wire: '066d656469756d03666f6f0040010082',
        json: { nextName: 'medium.foo.', types: ['A', 'MX', 'SIG', 'NXT'] },
      },
    ],
    bad: [
      ['a', 'expected an RR type up to 127 as NXT types, but the record ends here'],
      ['a TYPE128', 'expected an RR type up to 127 as NXT types, found "TYPE128"'],
      ['a FOO', 'expected an RR type as NXT types, found "FOO"'],
    ],
  },
  {
    type: 'CSYNC',
    good: [
      {
        text: '66 3 A NS AAAA',
        wire: '000000420003000460000008',
        json: { serial: 66, flags: 3, types: ['A', 'NS', 'AAAA'] },
      },
      { text: '66 3', wire: '000000420003', json: { serial: 66, flags: 3, types: [] } },
    ],
    bad: [['66', 'expected a number from 0 to 65535 as CSYNC flags, but the record ends here']],
  },
  {
    type: 'TLSA',
    good: [
      {
        text: '3 1 1 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        wire: '030101000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        json: {
          usage: 3,
          selector: 1,
          matchingType: 1,
          data: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        },
      },
      { text: '0 0 0 00', wire: '00000000', json: { usage: 0, selector: 0, matchingType: 0, data: '00' } },
      {
        text: '9 9 9 0001 02',
        printed: '9 9 9 000102',
        wire: '090909000102',
        json: { usage: 9, selector: 9, matchingType: 9, data: '000102' },
      },
    ],
    bad: [
      ['3 1 1', 'expected hexadecimal digits as TLSA data, but the record ends here'],
      ['DANE-EE 1 1 00', 'expected a number from 0 to 255 as TLSA usage, found "DANE-EE"'],
      ['3 1 1 0', 'expected an even number of hexadecimal digits as TLSA data, found "0"'],
      ['3 1 256 00', 'TLSA matching type 256 is out of range (0 to 255)'],
      ['3 1 1 zz', 'expected hexadecimal digits as TLSA data, found "z"'],
    ],
  },
  {
    type: 'SMIMEA',
    good: [{ text: '3 0 0 00', wire: '03000000', json: { usage: 3, selector: 0, matchingType: 0, data: '00' } }],
    bad: [],
  },
  {
    type: 'SSHFP',
    good: [
      {
        text: '1 1 000102030405060708090a0b0c0d0e0f10111213',
        wire: '0101000102030405060708090a0b0c0d0e0f10111213',
        json: { algorithm: 1, fingerprintType: 1, fingerprint: '000102030405060708090a0b0c0d0e0f10111213' },
      },
      {
        text: '4 2 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        wire: '0402000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        json: {
          algorithm: 4,
          fingerprintType: 2,
          fingerprint: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f',
        },
      },
    ],
    bad: [
      ['1 1', 'expected hexadecimal digits as SSHFP fingerprint, but the record ends here'],
      [
        'RSA 1 000102030405060708090a0b0c0d0e0f10111213',
        'expected a number from 0 to 255 as SSHFP algorithm, found "RSA"',
      ],
    ],
  },
  {
    type: 'OPENPGPKEY',
    good: [{ text: 'AQID BAUG', printed: 'AQIDBAUG', wire: '010203040506', json: { publicKey: 'AQIDBAUG' } }],
    bad: [['', 'expected base64 as OPENPGPKEY public key, but the record ends here']],
  },
  {
    type: 'DHCID',
    good: [
      {
        text: 'AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=',
        wire: '000201636fc0b8271c82825bb1ac5c41cf5351aa69b4febd94e8f17cdb95000da48c40',
        json: { data: 'AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=' },
      },
    ],
    bad: [['', 'expected base64 as DHCID data, but the record ends here']],
  },
  {
    type: 'CERT',
    good: [
      {
        text: 'PKIX 1 RSASHA256 AAAA',
        printed: 'PKIX 1 8 AAAA',
        wire: '0001000108000000',
        json: { type: 'PKIX', keyTag: 1, algorithm: 8, certificate: 'AAAA' },
      },
      {
        text: '6 1 0 AAAA',
        printed: 'IPGP 1 0 AAAA',
        wire: '0006000100000000',
        json: { type: 'IPGP', keyTag: 1, algorithm: 0, certificate: 'AAAA' },
      },
      {
        text: '300 1 254 AAAA',
        wire: '012c0001fe000000',
        json: { type: 300, keyTag: 1, algorithm: 254, certificate: 'AAAA' },
      },
      {
        text: 'oid 1 0 AAAA',
        printed: 'OID 1 0 AAAA',
        wire: '00fe000100000000',
        json: { type: 'OID', keyTag: 1, algorithm: 0, certificate: 'AAAA' },
      },
    ],
    bad: [
      ['FOO 1 0 AAAA', 'expected a certificate type or a number from 0 to 65535 as CERT type, found "FOO"'],
      ['1 1 0', 'expected base64 as CERT certificate, but the record ends here'],
      ['65536 1 0 AAAA', 'CERT type 65536 is out of range (0 to 65535)'],
      ['1 1 256 AAAA', 'CERT algorithm 256 is out of range (0 to 255)'],
    ],
  },
  {
    type: 'IPSECKEY',
    good: [
      {
        text: '10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==',
        wire: '0a0102c0000226010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521af82ab7801',
        json: {
          precedence: 10,
          gatewayType: 1,
          algorithm: 2,
          gateway: '192.0.2.38',
          publicKey: 'AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==',
        },
      },
      {
        text: '10 0 2 . AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==',
        wire: '0a0002010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521af82ab7801',
        json: {
          precedence: 10,
          gatewayType: 0,
          algorithm: 2,
          gateway: '.',
          publicKey: 'AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==',
        },
      },
      {
        text: '10 2 2 2001:db8::8002 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==',
        wire: '0a020220010db8000000000000000000008002010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521af82ab7801',
        json: {
          precedence: 10,
          gatewayType: 2,
          algorithm: 2,
          gateway: '2001:db8::8002',
          publicKey: 'AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==',
        },
      },
      {
        text: '10 3 2 mygateway.example.com. AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==',
        wire: '0a0302096d7967617465776179076578616d706c6503636f6d00010351537986ed35533b6064478eeeb27b5bd74dae149b6e81ba3a0521af82ab7801',
        json: {
          precedence: 10,
          gatewayType: 3,
          algorithm: 2,
          gateway: 'mygateway.example.com.',
          publicKey: 'AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==',
        },
      },
    ],
    bad: [
      ['10 4 2 . AAAA', 'IPSECKEY gateway type 4 is out of range (0 to 3)'],
      ['10 1 2 . AAAA', 'expected an IPv4 address as IPSECKEY gateway, found "."'],
      ['10 0 2 x AAAA', 'expected . for gateway type 0 as IPSECKEY gateway, found "x"'],
      ['10 2 2 192.0.2.1 AAAA', 'expected an IPv6 address as IPSECKEY gateway, found "192.0.2.1"'],
      ['10 3 2', 'expected a domain name as IPSECKEY gateway, but the record ends here'],
    ],
  },
  {
    type: 'HIP',
    good: [
      {
        text: '2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D rvs.example.com. rvs2',
        printed:
          '2 200100107b1a74df365639cc39f1d578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D rvs.example.com. rvs2.example.net.',
        wire: '10020084200100107b1a74df365639cc39f1d57803010001b771ca136e4aeb5ce44333c53b3d2c13c22243851fc708bcce29f7e2eb5787b5f56ccad34f8223acc10904ddb56b2ec4a6d6232f3b50ea094f0914b3b941bbe529af582c36bbadefdaf2adaf9b4911906f5b2522603c615272b880ec8fb930cc6ee39c444daa75b1678f005a4b2499d1da5433f805c7a5ad3237acc5dd5c5e4303727673076578616d706c6503636f6d000472767332076578616d706c65036e657400',
        json: {
          algorithm: 2,
          tag: '200100107b1a74df365639cc39f1d578',
          publicKey:
            'AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOFH8cIvM4p9+LrV4e19WzK00+CI6zBCQTdtWsuxKbWIy87UOoJTwkUs7lBu+Upr1gsNrut79ryra+bSRGQb1slImA8YVJyuIDsj7kwzG7jnERNqnWxZ48AWkskmdHaVDP4BcelrTI3rMXdXF5D',
          servers: ['rvs.example.com.', 'rvs2.example.net.'],
        },
      },
      {
        text: '2 2001 AwEAAQ==',
        wire: '02020004200103010001',
        json: { algorithm: 2, tag: '2001', publicKey: 'AwEAAQ==', servers: [] },
      },
    ],
    bad: [
      ['2 20010 AwEAAQ==', 'expected pairs of hexadecimal digits, at most 255 as HIP tag, found "20010"'],
      ['2 2001', 'expected base64 as HIP public key, but the record ends here'],
      ['2 "" AwEA', 'expected hexadecimal digits without quotes as HIP tag, found ""'],
      ['256 2001 AwEA', 'HIP algorithm 256 is out of range (0 to 255)'],
      ['2 2001 AwE', 'expected base64 as HIP public key, found "AwE"'],
    ],
  },
  {
    type: 'ZONEMD',
    good: [
      {
        text: '2018031500 1 1 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f',
        wire: '7848b78c0101000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f',
        json: {
          serial: 2018031500,
          scheme: 1,
          hashAlgorithm: 1,
          digest: '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f',
        },
      },
    ],
    bad: [
      ['1 1 1', 'expected hexadecimal digits as ZONEMD digest, but the record ends here'],
      ['1 1 1 0', 'expected an even number of hexadecimal digits as ZONEMD digest, found "0"'],
    ],
  },
];
