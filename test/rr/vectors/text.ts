import type { TypeVectors } from './shape.ts';

/** Types of text: text, wire form and JSON, and what is wrong with bad text. */
export const TEXT_VECTORS: readonly TypeVectors[] = [
  {
    type: 'HINFO',
    good: [
      { text: 'PC Linux', printed: '"PC" "Linux"', wire: '025043054c696e7578', json: { cpu: 'PC', os: 'Linux' } },
      { text: '"" ""', wire: '0000', json: { cpu: '', os: '' } },
      {
        text: '"INTEL-386" "UN\\"IX"',
        wire: '09494e54454c2d33383605554e224958',
        json: { cpu: 'INTEL-386', os: 'UN"IX' },
      },
    ],
    bad: [
      ['PC', 'expected a text as HINFO os, but the record ends here'],
      ['"a" "b" "c"', 'expected the end of the record after HINFO os, found "c"'],
      ['"a""b"', 'expected a blank between two values as HINFO os, found "b"'],
    ],
  },
  {
    type: 'SPF',
    good: [{ text: '"v=spf1 -all"', wire: '0b763d73706631202d616c6c', json: { strings: ['v=spf1 -all'] } }],
    bad: [['', 'expected a text as SPF strings, but the record ends here']],
  },
  {
    type: 'AVC',
    good: [
      {
        text: '"app-name:WOLFGANG|app-class:OAM"',
        wire: '1f6170702d6e616d653a574f4c4647414e477c6170702d636c6173733a4f414d',
        json: { strings: ['app-name:WOLFGANG|app-class:OAM'] },
      },
    ],
    bad: [],
  },
  {
    type: 'NINFO',
    good: [{ text: '"foo" "bar"', wire: '03666f6f03626172', json: { strings: ['foo', 'bar'] } }],
    bad: [],
  },
  {
    type: 'RESINFO',
    good: [
      {
        text: 'qnamemin exterr=15,16,17 infourl=https://resolver.example.com/guide',
        printed: '"qnamemin" "exterr=15,16,17" "infourl=https://resolver.example.com/guide"',
        wire: '08716e616d656d696e0f6578746572723d31352c31362c31372a696e666f75726c3d68747470733a2f2f7265736f6c7665722e6578616d706c652e636f6d2f6775696465',
        json: { strings: ['qnamemin', 'exterr=15,16,17', 'infourl=https://resolver.example.com/guide'] },
      },
    ],
    bad: [],
  },
  {
    type: 'WALLET',
    good: [
      {
        text: 'BTC 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
        printed: '"BTC" "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"',
        wire: '03425443223141317a5031655035514765666932444d505466544c35534c6d7637446976664e61',
        json: { strings: ['BTC', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'] },
      },
    ],
    bad: [],
  },
  {
    type: 'CLA',
    good: [{ text: '"TCP-v4-v6"', wire: '095443502d76342d7636', json: { strings: ['TCP-v4-v6'] }, alone: true }],
    bad: [],
  },
  {
    type: 'X25',
    good: [
      {
        text: '311061700956',
        printed: '"311061700956"',
        wire: '0c333131303631373030393536',
        json: { psdnAddress: '311061700956' },
      },
      { text: '"31106"', wire: '053331313036', json: { psdnAddress: '31106' } },
    ],
    bad: [
      ['abc', 'expected at least four digits as X25 psdn address, found "abc"'],
      ['123', 'expected at least four digits as X25 psdn address, found "123"'],
      ['', 'expected at least four digits as X25 psdn address, but the record ends here'],
    ],
  },
  {
    type: 'ISDN',
    good: [
      {
        text: '150862028003217 004',
        printed: '"150862028003217" "004"',
        wire: '0f31353038363230323830303332313703303034',
        json: { isdnAddress: '150862028003217', subaddress: '004' },
      },
      {
        text: '150862028003217',
        printed: '"150862028003217"',
        wire: '0f313530383632303238303033323137',
        json: { isdnAddress: '150862028003217' },
      },
    ],
    bad: [
      ['', 'expected a text as ISDN isdn address, but the record ends here'],
      ['a b c', 'expected the end of the record after ISDN subaddress, found "c"'],
    ],
  },
  {
    type: 'URI',
    good: [
      {
        text: '10 1 "ftp://ftp1.example.com/public"',
        wire: '000a00016674703a2f2f667470312e6578616d706c652e636f6d2f7075626c6963',
        json: { priority: 10, weight: 1, target: 'ftp://ftp1.example.com/public' },
      },
      { text: '10 1 ""', wire: '000a0001', json: { priority: 10, weight: 1, target: '' } },
      {
        text: '0 65535 "https://www.example.com/%C3%A9?q=\\"x\\""',
        wire: '0000ffff68747470733a2f2f7777772e6578616d706c652e636f6d2f2543332541393f713d227822',
        json: { priority: 0, weight: 65535, target: 'https://www.example.com/%C3%A9?q="x"' },
      },
    ],
    bad: [
      ['10 1', 'expected a text as URI target, but the record ends here'],
      ['10 1 "a" "b"', 'expected the end of the record after URI target, found "b"'],
      ['10 "x"', 'expected a number from 0 to 65535 without quotes as URI weight, found "x"'],
    ],
  },
  {
    type: 'CAA',
    good: [
      {
        text: '0 issue "ca1.example.net"',
        wire: '000569737375656361312e6578616d706c652e6e6574',
        json: { flags: 0, tag: 'issue', value: 'ca1.example.net' },
      },
      {
        text: '128 tbs "Unknown"',
        wire: '8003746273556e6b6e6f776e',
        json: { flags: 128, tag: 'tbs', value: 'Unknown' },
      },
      { text: '0 issue ""', wire: '00056973737565', json: { flags: 0, tag: 'issue', value: '' } },
      {
        text: '0 issuewild ca.example.net',
        printed: '0 issuewild "ca.example.net"',
        wire: '0009697373756577696c6463612e6578616d706c652e6e6574',
        json: { flags: 0, tag: 'issuewild', value: 'ca.example.net' },
      },
      {
        text: '0 iodef "mailto:security@example.com"',
        wire: '0005696f6465666d61696c746f3a7365637572697479406578616d706c652e636f6d',
        json: { flags: 0, tag: 'iodef', value: 'mailto:security@example.com' },
      },
    ],
    bad: [
      ['0 issue', 'expected a text as CAA value, but the record ends here'],
      ['256 issue "a"', 'CAA flags 256 is out of range (0 to 255)'],
      ['0 is-sue "a"', 'expected a tag of ASCII letters and digits as CAA tag, found "is-sue"'],
      ['0 "" "a"', 'expected a tag of ASCII letters and digits as CAA tag, found ""'],
      ['0 issue "a" "b"', 'expected the end of the record after CAA value, found "b"'],
      ['x issue "a"', 'expected a number from 0 to 255 as CAA flags, found "x"'],
    ],
  },
  {
    type: 'LUA',
    good: [
      {
        text: "A \"ifportup(443, {'192.0.2.1', '192.0.2.2'})\"",
        wire: '0001296966706f72747570283434332c207b273139322e302e322e31272c20273139322e302e322e32277d29',
        json: { type: 'A', code: ["ifportup(443, {'192.0.2.1', '192.0.2.2'})"] },
        alone: true,
      },
    ],
    bad: [
      ['FOO "x"', 'expected an RR type as LUA type, found "FOO"'],
      ['A', 'expected a text as LUA code, but the record ends here'],
    ],
  },
];
