import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ehloKeywords, type ReplyFault, ReplyReader, type SmtpReply } from '../../lib/net/smtp-replies.ts';

const octets = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function read(text: string, size = text.length): (SmtpReply | ReplyFault)[] {
  const reader = new ReplyReader();
  const found: (SmtpReply | ReplyFault)[] = [];
  for (let at = 0; at < text.length; at += size) {
    reader.push(octets(text.slice(at, at + size)));
    for (let next = reader.next(); next !== undefined; next = reader.next()) {
      found.push(next);
      if ('kind' in next) return found;
    }
  }
  return found;
}

describe('a reader of replies', () => {
  test.each<[string, Partial<SmtpReply>]>([
    ['220 mx1 ESMTP\r\n', { code: 220, lines: ['mx1 ESMTP'], notes: [] }],
    ['220\r\n', { code: 220, lines: [''] }],
    ['250-a\r\n250-SIZE 10\r\n250 HELP\r\n', { code: 250, lines: ['a', 'SIZE 10', 'HELP'] }],
    ['554 5.5.1 TLS already active\r\n', { code: 554, enhanced: '5.5.1' }],
    ['554 5.5.1\r\n', { code: 554, enhanced: '5.5.1' }],
    ['220 mx1\n', { code: 220, lines: ['mx1'], notes: ['bare-lf'] }],
    [`220 ${'a'.repeat(600)}\r\n`, { notes: ['long-line'] }],
    [`220 ${'a'.repeat(506)}\r\n`, { notes: [] }],
    ['250-a\r\n550 b\r\n', { code: 550, notes: ['mixed-codes'] }],
    ['220 caf\u00e9\r\n', { lines: ['caf\u00e9'], notes: ['not-ascii'] }],
  ])('takes %j', (text, expected) => {
    expect(read(text)).toMatchObject([expected]);
    expect(read(text, 1)).toEqual(read(text));
  });

  test.each<[string, ReplyFault['kind']]>([
    ['HTTP/1.1 400 Bad Request\r\n', 'garbage'],
    ['+OK POP3 ready', 'garbage'],
    ['\u0016\u0003\u0001', 'garbage'],
    ['100 no\r\n', 'garbage'],
    ['220x\r\n', 'garbage'],
    ['250-a\r\nx\r\n', 'garbage'],
    [`220 ${'a'.repeat(5000)}`, 'line-too-long'],
    [`220 ${'a'.repeat(5000)}\r\n`, 'line-too-long'],
    ['250-a\r\n'.repeat(300), 'reply-too-long'],
    [`250-${'a'.repeat(4000)}\r\n`.repeat(20), 'reply-too-long'],
  ])('refuses %.20j as %s', (text, kind) => {
    expect(read(text).at(-1)).toMatchObject({ kind });
    expect(read(text, 7).at(-1)).toMatchObject({ kind });
  });

  test('counts what nobody asked for', () => {
    const reader = new ReplyReader();
    reader.push(octets('220 go\r\n250 more\r\n'));
    reader.next();
    expect(reader.left).toBe(10);
  });

  test('cuts of the octets change nothing, and no octets make it throw', () => {
    const piece = fc.oneof(
      fc.constantFrom('250-', '250 ', '220', '\r\n', '\n', 'STARTTLS', '5.5.1 '),
      fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replace(/[^\0-\xff]/g, 'x')),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
        const text = pieces.join('');
        const whole = read(text);
        const cut = read(text, size);
        const plain = (found: (SmtpReply | ReplyFault)[]): unknown[] =>
          found.map((each) => ('kind' in each ? each.kind : each));
        expect(plain(cut)).toEqual(plain(whole));
      }),
    );
  });

  test('keywords of EHLO are all lines but the first', () => {
    const [reply] = read('250-STARTTLS\r\n250-size 10\r\n250-AUTH=LOGIN\r\n250-\r\n250 STARTTLS \r\n') as SmtpReply[];
    expect(reply && ehloKeywords(reply)).toEqual([
      { keyword: 'SIZE', parameters: '10' },
      { keyword: 'AUTH', parameters: 'LOGIN' },
      { keyword: 'STARTTLS', parameters: '' },
    ]);
  });
});
