import { describe, expect, test } from 'vitest';
import { checkCookie } from '../../lib/server/cookies.ts';
import { sipHash24 } from '../../lib/server/siphash.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const text = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

describe('SipHash-2-4', () => {
  const key = Uint8Array.from({ length: 16 }, (_, index) => index);

  // The first and others of the vectors that the authors publish: octets 0, 1, 2 … under the key 0 to 15.
  test.each([
    [0, '310e0edd47db6f72'],
    [1, 'fd67dc93c539f874'],
    [2, '5a4fa9d909806c0d'],
    [7, '37d1018bf50002ab'],
    [8, '6224939a79f5f593'],
    [15, 'e545be4961ca29a1'],
  ])('of %i octets', (length, expected) => {
    expect(
      text(
        sipHash24(
          key,
          Uint8Array.from({ length }, (_, index) => index),
        ),
      ),
    ).toBe(expected);
  });
});

describe('cookies of RFC 9018', () => {
  const secret = hex('e5e973e5a6b2a43f48e7dc849e37bfcf');
  const at = (seconds: number): number => seconds * 1000;

  test('Appendix A.1: a new one', () => {
    const check = checkCookie(hex('2464c4abcf10c957'), [secret], '198.51.100.100', at(1559731985));
    expect(check).toMatchObject({ state: 'client-only' });
    expect('reply' in check && text(check.reply)).toBe('2464c4abcf10c957010000005cf79f111f8130c3eee29480');
  });

  test('Appendix A.2: one renewed after forty minutes', () => {
    const known = hex('2464c4abcf10c957010000005cf79f111f8130c3eee29480');
    const check = checkCookie(known, [secret], '198.51.100.100', at(1559734385));
    expect(check).toMatchObject({ state: 'valid' });
    expect('reply' in check && text(check.reply)).toBe('2464c4abcf10c957010000005cf7a871d4a564a1442aca77');
  });

  test('Appendix A.3: one with reserved octets that are not zero', () => {
    const known = hex('fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5');
    const check = checkCookie(known, [secret], '203.0.113.203', at(1559727985));
    expect(check).toEqual({ state: 'valid', reply: known });
  });

  test('Appendix A.4: IPv6 and a new secret beside the old one', () => {
    const secrets = [hex('445536bcd2513298075a5d379663c962'), hex('dd3bdf9344b678b185a6f5cb60fca715')];
    const known = hex('22681ab97d52c298010000005cf7c57926556bd0934c72f8');
    const check = checkCookie(known, secrets, '2001:db8:220:1:59de:d0f4:8769:82b8', at(1559741961));
    expect(check).toMatchObject({ state: 'valid' });
    expect('reply' in check && text(check.reply)).toBe('22681ab97d52c298010000005cf7c609a6bb79d16625507a');
  });

  const cookie = hex('2464c4abcf10c957010000005cf79f111f8130c3eee29480');

  test.each<[string, Uint8Array, string, number, string]>([
    ['fresh', cookie, '198.51.100.100', 1559731985 + 1800, 'valid'],
    ['an hour old', cookie, '198.51.100.100', 1559731985 + 3600, 'valid'],
    ['older', cookie, '198.51.100.100', 1559731985 + 3601, 'invalid'],
    ['five minutes ahead', cookie, '198.51.100.100', 1559731985 - 300, 'valid'],
    ['further ahead', cookie, '198.51.100.100', 1559731985 - 301, 'invalid'],
    ['of another address', cookie, '198.51.100.101', 1559731985, 'invalid'],
    ['from a mapped address', cookie, '::ffff:198.51.100.100', 1559731985, 'valid'],
    [
      'with an octet changed',
      cookie.map((octet, index) => (index === 3 ? octet ^ 1 : octet)),
      '198.51.100.100',
      1559731985,
      'invalid',
    ],
    [
      'of another version',
      cookie.map((octet, index) => (index === 8 ? 2 : octet)),
      '198.51.100.100',
      1559731985,
      'invalid',
    ],
    ['of 40 octets', new Uint8Array(40), '198.51.100.100', 1559731985, 'invalid'],
    ['of 41 octets', new Uint8Array(41), '198.51.100.100', 1559731985, 'malformed'],
    ['of 15 octets', new Uint8Array(15), '198.51.100.100', 1559731985, 'malformed'],
    ['of 9 octets', new Uint8Array(9), '198.51.100.100', 1559731985, 'malformed'],
    ['of 7 octets', new Uint8Array(7), '198.51.100.100', 1559731985, 'malformed'],
    ['of none', new Uint8Array(0), '198.51.100.100', 1559731985, 'malformed'],
  ])('%s', (_, data, address, seconds, state) => {
    expect(checkCookie(data, [secret], address, at(seconds)).state).toBe(state);
  });
});
