import { describe, expect, test } from 'vitest';
import { clientCheck, clientList, isNobody } from '../../lib/server/client-list.ts';
import type { Exchange } from '../../lib/server/exchange.ts';
import { extendedErrors } from '../../lib/wire/extended-errors.ts';
import { ask, asked, exchange, served } from './dialogue.ts';

const listOf = (text: string): Exclude<ReturnType<typeof clientList>, { problem: string }> => {
  const list = clientList(text.split(','));
  if ('problem' in list) throw new Error(list.problem);
  return list;
};

const from = (address: string, key?: Uint8Array): Exchange => ({
  ...exchange(),
  client: { address, port: 1 },
  ...(key && { key }),
});

describe('a list of clients', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['loopback', ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'], ['192.0.2.1', '::2', '2001:db8::1']],
    ['any', ['192.0.2.1', '::2'], []],
    ['NONE', [], ['127.0.0.1', '::1']],
    ['key', [], ['127.0.0.1']],
    ['192.0.2.0/24', ['192.0.2.0', '192.0.2.255', '::ffff:192.0.2.7'], ['192.0.3.0', '127.0.0.1', '::c000:207']],
    ['192.0.2.7', ['192.0.2.7'], ['192.0.2.6']],
    ['2001:DB8::/33', ['2001:db8::1', '2001:db8:7fff::%eth0'], ['2001:db8:8000::', '192.0.2.1']],
    ['0.0.0.0/0', ['192.0.2.1'], ['::1']],
    ['::FFFF:0:0/96', ['192.0.2.1', '::ffff:192.0.2.1'], ['::1', '2001:db8::1']],
    ['::ffff:192.0.2.0/120', ['192.0.2.9', '::ffff:192.0.2.9'], ['192.0.3.1']],
    ['::ffff:192.0.2.7', ['192.0.2.7'], ['192.0.2.6']],
    ['loopback,192.0.2.0/30', ['127.0.0.1', '192.0.2.3'], ['192.0.2.4']],
  ])('%s has those and not these', (text, those, these) => {
    const fits = clientCheck(listOf(text));
    expect([those.filter((each) => fits(from(each))), these.filter((each) => fits(from(each)))]).toEqual([those, []]);
  });

  test.each([
    ['key', true],
    ['loopback', true],
    ['192.0.2.9,key', true],
    ['192.0.2.9', false],
    ['none', false],
  ])('%s lets a key in: %s', (text, expected) => {
    expect(clientCheck(listOf(text))(from('192.0.2.1', Uint8Array.of(0)))).toBe(expected);
    expect(isNobody(listOf(text))).toBe(text === 'none');
  });

  test.each([
    ['lopback', "cannot be 'lopback'; did you mean loopback?"],
    ['192.0.2.0/33', "cannot be '192.0.2.0/33'; it is loopback, any, key, none, or an address or prefix such as"],
    ['::ffff:192.0.2.0/24', "cannot be '::ffff:192.0.2.0/24'; it is"],
    ['::ffff:0:0/129', "cannot be '::ffff:0:0/129'; it is"],
    ['any,none', "cannot be 'none' and somebody else"],
  ])('%s is none', (text, problem) => {
    expect((clientList(text.split(',')) as { problem: string }).problem).toContain(problem);
  });

  test('without anybody in it is a mistake', () => {
    expect(clientList([])).toEqual({ problem: 'needs a word or an address: none means nobody' });
  });
});

describe('who gets no answers', () => {
  const zones = served({ 'example.net.': '@ 60 SOA ns host 1 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.1\n' });
  const mayQuery = clientCheck(listOf('192.0.2.0/24'));

  test.each(['example.net. SOA', 'nix.example.net. A', 'example.net. AXFR +tcp', 'other. A', 'version.bind. TXT CH'])(
    'is refused %s, with the reason for those who know EDNS',
    (words) => {
      const { message, transport } = asked(`${words} +edns`);
      const reply = ask(zones, message, { mayQuery, version: 'x' }, transport);
      expect([reply.rcode, reply.authoritative, reply.answer, reply.answered.summary.outcome]).toEqual([
        5,
        false,
        [],
        'prohibited',
      ]);
      expect(extendedErrors(reply)).toEqual([{ code: 18, text: 'this client gets no answers' }]);
      const plain = ask(zones, asked(words).message, { mayQuery }, transport);
      expect([plain.rcode, plain.edns]).toEqual([5, undefined]);
    },
  );

  test('is not refused what others ask', () => {
    const open = ask(zones, asked('example.net. SOA').message, { mayQuery: clientCheck(listOf('127.0.0.1')) });
    expect([open.rcode, open.answer.length]).toEqual([0, 1]);
  });
});
