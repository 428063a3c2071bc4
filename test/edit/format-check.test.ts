import { describe, expect, test } from 'vitest';
import { FormatChecker } from '../../lib/edit/format-check.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(`${text}\n`);

function differs(old: string, now: string): boolean {
  return new FormatChecker(octets(old), octets(now), undefined, 265).run() !== undefined;
}

const SIGNATURE = 'AAAA 13 3 3600 20450101000000 20260101000000 64829 signed.example. ayD2NEcZZRFSztERXjyVhw==';

describe('layout makes no difference', () => {
  test.each([
    ['a 60 IN MX 10 mx', 'a  60  IN MX 10 mx'],
    ['a MX ( 10\n\tmx )', 'a MX 10 mx'],
    ['a MX (\r\n 10 mx )', 'a MX 10 mx'],
    ['a TXT ("x"\n"y")', 'a TXT "x" "y"'],
    ['a MX ( 10 ; one\n mx ; two\n )', 'a MX ( 10 ; one\n       mx ; two\n     )'],
    ['a MX ( ; one\n 10 mx ) ; two', 'a MX ( ; one\n       10 mx ) ; two'],
    ['a TLSA 3 1 1 (\n ab cd\n ef )', 'a TLSA 3 1 1 abcdef'],
    ['a TLSA 3 1 1 abcdef', 'a TLSA 3 1 1 (\n ab cd\n ef )'],
    ['a TLSA 3 1 1 abc def', 'a TLSA 3 1 1 ab cdef'],
    ['$ORIGIN e.\na SRV ( 1 2\n3 b.e. )', '$ORIGIN e.\na SRV 1 2 3 b'],
    [`a RRSIG ${SIGNATURE}`, `a RRSIG ${SIGNATURE.replace('ayD2', '( ayD2\n ').replace('==', '== )')}`],
  ])('%j and %j', (old, now) => {
    expect(differs(old, now)).toBe(false);
  });
});

describe('what is not the same is found', () => {
  test.each([
    ['a MX ( 10\n\tmx )', 'a MX 10 my'],
    ['a MX ( 10\n\tmx )', 'a MX 10'],
    ['a MX ( 10 mx )\nb A 1.1.1.1', 'a MX ( 10 mx\nb A 1.1.1.1 )'],
    ['a TXT "x y"', 'a TXT "x" "y"'],
    ['a TXT x y', 'a TXT xy'],
    ['a MX ( 10 ; one\n mx ; two\n )', 'a MX ( 10 ; one\n mx )'],
    ['a MX ( 10 ; one\n mx ; two\n )', 'a MX ( 10 ; one\n mx ; other\n )'],
    ['a MX ( 10 ; one\n mx )', 'a MX 10 mx'],
    ['a TLSA 3 1 1 abcdef', 'a TLSA 3 1 1 abcdee'],
    ['a TLSA 3 1 1 abcdef', 'a TLSA 3 1 1 abcd'],
    ['a TLSA 3 1 1 abcdef', 'a TLSA 3 1 1 abcdef01'],
    ['a TLSA 3 1 11 abcdef', 'a TLSA 3 1 1 1 abcdef'],
    ['a TLSA 3 1 1 ( ab ; one\n cd )', 'a TLSA 3 1 1 abcd'],
    [`a\t60 RRSIG ${SIGNATURE}`, `a\t60 RRSIG\t${SIGNATURE.replace('signed', 'sign ed')}`],
    [`a RRSIG ${SIGNATURE}`, `a RRSIG ${SIGNATURE.replace('64829', '6482 9')}`],
    ['a 60 A 1.1.1.1', 'a 6 0 A 1.1.1.1'],
    ['$ORIGIN e.\na SRV ( 1 2\n3 b.e. )', '$ORIGIN e.\na SRV 1 2 3 b.e'],
  ])('%j and %j', (old, now) => {
    expect(differs(old, now)).toBe(true);
  });
});
