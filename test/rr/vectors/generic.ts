import type { TypeVectors } from './shape.ts';

/** Types that have only the generic form, unknown ones and TYPE265: text, wire form and JSON, and what is wrong with bad text. */
export const GENERIC_VECTORS: readonly TypeVectors[] = [
  {
    type: 'NULL',
    good: [
      { text: '\\# 1 00', wire: '00', json: { rdata: '00' } },
      { text: '\\# 0', wire: '', json: { rdata: '' } },
    ],
    bad: [['abc', 'expected \\# with a length and hexadecimal digits as NULL data, found "abc"']],
  },
  {
    type: 'UNECE',
    good: [{ text: '\\# 2 0001', wire: '0001', json: { rdata: '0001' }, alone: true }],
    bad: [['x', 'expected \\# with a length and hexadecimal digits as UNECE data, found "x"']],
  },
  {
    type: 'ISO',
    good: [{ text: '\\# 2 0001', wire: '0001', json: { rdata: '0001' }, alone: true }],
    bad: [['x', 'expected \\# with a length and hexadecimal digits as ISO data, found "x"']],
  },
  {
    type: 'UINFO',
    good: [{ text: '\\# 2 0001', wire: '0001', json: { rdata: '0001' } }],
    bad: [['"a"', 'expected \\# with a length and hexadecimal digits as UINFO data, found "a"']],
  },
  {
    type: 'UID',
    good: [{ text: '\\# 4 00000001', wire: '00000001', json: { rdata: '00000001' } }],
    bad: [['1', 'expected \\# with a length and hexadecimal digits as UID data, found "1"']],
  },
  {
    type: 'GID',
    good: [{ text: '\\# 4 00000001', wire: '00000001', json: { rdata: '00000001' } }],
    bad: [['1', 'expected \\# with a length and hexadecimal digits as GID data, found "1"']],
  },
  {
    type: 'UNSPEC',
    good: [{ text: '\\# 1 ff', wire: 'ff', json: { rdata: 'ff' } }],
    bad: [['/w==', 'expected \\# with a length and hexadecimal digits as UNSPEC data, found "/w=="']],
  },
  {
    type: 'DELEG',
    good: [{ text: '\\# 2 0001', wire: '0001', json: { rdata: '0001' }, alone: true }],
    bad: [['x', 'expected \\# with a length and hexadecimal digits as DELEG data, found "x"']],
  },
  {
    type: 'DELEGPARAM',
    good: [{ text: '\\# 2 0001', wire: '0001', json: { rdata: '0001' }, alone: true }],
    bad: [['x', 'expected \\# with a length and hexadecimal digits as DELEGPARAM data, found "x"']],
  },
  {
    type: 'ADDR',
    good: [{ text: '\\# 2 0001', wire: '0001', json: { rdata: '0001' }, alone: true }],
    bad: [['x', 'expected \\# with a length and hexadecimal digits as ADDR data, found "x"']],
  },
  {
    type: 'KEYDATA',
    good: [{ text: '\\# 2 0001', wire: '0001', json: { rdata: '0001' } }],
    bad: [['x', 'expected \\# with a length and hexadecimal digits as KEYDATA data, found "x"']],
  },
  {
    type: 'TYPE65280',
    good: [
      { text: '\\# 3 ABcdEF', printed: '\\# 3 abcdef', wire: 'abcdef', json: { rdata: 'abcdef' } },
      { text: '\\# 0', wire: '', json: { rdata: '' } },
      { text: '\\# 4 ( 0102 0304 )', printed: '\\# 4 01020304', wire: '01020304', json: { rdata: '01020304' } },
      { text: '\\# 04 01020304', printed: '\\# 4 01020304', wire: '01020304', json: { rdata: '01020304' } },
    ],
    bad: [
      ['abc', 'expected \\# with a length and hexadecimal digits as TYPE65280 data, found "abc"'],
      ['', 'expected \\# with a length and hexadecimal digits as TYPE65280 data, but the record ends here'],
      ['\\#', 'expected a number of octets from 0 to 65535 as TYPE65280 length, but the record ends here'],
      ['\\# x', 'expected a number of octets from 0 to 65535 as TYPE65280 length, found "x"'],
      ['\\# 4', 'generic data says 4 octets but has 0; write the number it has'],
      ['\\# 1 0', 'generic data has an odd number of hexadecimal digits; each octet takes two'],
      ['\\# 1 0g', '"g" is no hexadecimal digit; generic data has only 0 to 9 and a to f'],
      ['\\# 2 00', 'generic data says 2 octets but has 1; write the number it has'],
      ['\\# 1 0000', 'generic data says 1 octet but has 2; write the number it has'],
      ['\\# 65536 00', 'expected a number of octets from 0 to 65535 as TYPE65280 length, found "65536"'],
      ['\\# +1 00', 'expected a number of octets from 0 to 65535 as TYPE65280 length, found "+1"'],
      ['\\#1 00', 'expected \\# with a length and hexadecimal digits as TYPE65280 data, found "\\#1"'],
      ['"\\#" 1 00', 'expected \\# with a length and hexadecimal digits as TYPE65280 data, found "\\#"'],
      ['\\# 1 "00"', 'expected hexadecimal digits without quotes as TYPE65280 data, found "00"'],
      ['\\# 0 00', 'generic data says 0 octets but has 1; write the number it has'],
    ],
  },
  {
    type: 'TYPE265',
    good: [
      {
        text: '\\# 19 000A036D7831076578616D706C65036E657400',
        printed: '\\# 19 000a036d7831076578616d706c65036e657400',
        wire: '000a036d7831076578616d706c65036e657400',
        json: { preference: 10, exchange: 'mx1.example.net.' },
      },
      { text: '\\# 3 000000', wire: '000000', json: { preference: 0, exchange: '.' } },
      { text: '\\# 0', wire: '', json: { rdata: '' } },
      { text: '\\# 4 000ac00c', wire: '000ac00c', json: { rdata: '000ac00c' } },
      { text: '\\# 2 000a', wire: '000a', json: { rdata: '000a' } },
    ],
    bad: [
      ['\\# 19 000A', 'generic data says 19 octets but has 2; write the number it has'],
      ['\\# 3 00000', 'generic data has an odd number of hexadecimal digits; each octet takes two'],
    ],
  },
];
