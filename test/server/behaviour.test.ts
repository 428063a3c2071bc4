import { describe, expect, test } from 'vitest';
import { answer } from '../../lib/server/answer.ts';
import type { Exchange, ServerOptions } from '../../lib/server/exchange.ts';
import { rcodeToText } from '../../lib/wire/codes.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import { extendedErrors } from '../../lib/wire/extended-errors.ts';
import type { EdnsOption, Message } from '../../lib/wire/message.ts';
import { ask, asked, EDNS, exchange, messageOf, octets, query, served, shown, told } from './dialogue.ts';

const zones = served({
  'example.net.': `$TTL 3600
@ SOA ns host 7 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
host A 192.0.2.2
sub NS ns.sub
ns.sub A 192.0.2.3
big TXT "${'x'.repeat(200)}" "${'y'.repeat(200)}"
big TXT "${'a'.repeat(200)}" "${'b'.repeat(200)}"
huge TXT ${Array.from({ length: 16 }, (_, index) => `"${String(index).repeat(250).slice(0, 250)}"`).join(' ')}
`,
});

const SOA = query('example.net. SOA');
const SECRET = Uint8Array.from({ length: 16 }, (_, index) => index);
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const hexOf = (octets: Uint8Array | undefined): string | undefined => octets && Buffer.from(octets).toString('hex');
const option = (code: number, data = ''): EdnsOption => ({ code, data: hex(data) });
const withOptions = (...options: EdnsOption[]): Partial<Message> => ({ edns: { ...EDNS, options } });
const optionsOf = (message: Message): string[] =>
  (message.edns?.options ?? []).map(({ code, data }) => `${code} ${hexOf(data)}`);

/** RFC 8906 §8: what is sent, what comes back. The numbers are those of its sections. */
describe('RFC 8906 §8.1: basic DNS', () => {
  test.each<[string, Message, string]>([
    ['8.1.1 a known name', SOA, 'NOERROR aa answer question'],
    ['8.1.2 an unknown type', query('example.net. TYPE1000'), 'NOERROR aa authority question'],
    ['8.1.3.1 CD', { ...SOA, checkingDisabled: true }, 'NOERROR aa cd answer question'],
    ['8.1.3.2 the reserved bit', { ...SOA, reserved: true }, 'NOERROR aa answer question'],
    ['8.1.3.3 RD', { ...SOA, recursionDesired: true }, 'NOERROR aa rd answer question'],
    ['8.1.3 AD', { ...SOA, authenticData: true }, 'NOERROR aa answer question'],
    [
      '8.1.3 AA, TC and RA',
      { ...SOA, authoritative: true, truncated: true, recursionAvailable: true },
      'NOERROR aa answer question',
    ],
    ['8.1.4 an unknown operation', { ...SOA, opcode: 15 }, 'NOTIMP'],
    [
      'an unknown operation with flags',
      { ...SOA, opcode: 3, recursionDesired: true, checkingDisabled: true },
      'NOTIMP',
    ],
    ['STATUS', { ...SOA, opcode: 2 }, 'NOTIMP'],
    ['UPDATE', { ...SOA, opcode: 5 }, 'NOTIMP'],
  ])('%s', (_, sent, expected) => {
    const got = ask(zones, sent);
    expect(summary(got)).toBe(expected);
    expect(got.edns).toBeUndefined();
    expect([got.id, got.opcode, got.response]).toEqual([sent.id, sent.opcode, true]);
  });
});

describe('RFC 8906 §8.2: EDNS', () => {
  const plain = { edns: EDNS };
  test.each<[string, Partial<Message>, string]>([
    ['8.2.1 none of it special', plain, 'NOERROR aa answer question edns'],
    ['8.2.2 version 1', { edns: { ...EDNS, version: 1 } }, 'BADVERS question edns'],
    ['8.2.3 an unknown option', withOptions(option(100)), 'NOERROR aa answer question edns'],
    ['8.2.4 an unknown flag', { edns: { ...EDNS, flags: 0x0040 } }, 'NOERROR aa answer question edns'],
    ['8.2.5 version 1 with an unknown flag', { edns: { ...EDNS, version: 1, flags: 0x0040 } }, 'BADVERS question edns'],
    [
      '8.2.6 version 1 with an unknown option',
      { edns: { ...EDNS, version: 1, options: [option(100)] } },
      'BADVERS question edns',
    ],
    ['8.2.8 DO', { edns: { ...EDNS, dnssecOk: true } }, 'NOERROR aa answer question edns do'],
    ['8.2.9 version 1 with DO', { edns: { ...EDNS, version: 1, dnssecOk: true } }, 'BADVERS question edns do'],
    [
      '8.2.10 several options',
      withOptions(
        option(OPTION.NSID),
        option(OPTION.COOKIE, '0001020304050607'),
        option(OPTION.EXPIRE),
        option(OPTION.CLIENT_SUBNET, '00010000'),
      ),
      'NOERROR aa answer question edns',
    ],
  ])('%s', (_, more, expected) => {
    const got = ask(zones, { ...SOA, ...more });
    expect(summary(got)).toBe(expected);
    expect(got.edns).toMatchObject({ version: 0, flags: 0, udpSize: 1232 });
    expect(got.edns?.options.filter(({ code }) => code === 100)).toEqual([]);
  });

  test('8.2.7 truncated', () => {
    const got = ask(zones, { ...query('huge.example.net. TXT'), edns: { ...EDNS, udpSize: 512 } });
    expect(summary(got)).toBe('NOERROR aa tc question edns');
  });
});

function summary(message: Message): string {
  const { answer, authority, questions, edns, authoritative, truncated, recursionDesired, checkingDisabled } = message;
  const parts: readonly (readonly [string, boolean])[] = [
    ['aa', authoritative],
    ['tc', truncated],
    ['rd', recursionDesired],
    ['cd', checkingDisabled],
    ['ra', message.recursionAvailable],
    ['ad', message.authenticData],
    ['z', message.reserved],
    ['answer', answer.length > 0],
    ['authority', authority.length > 0],
    ['question', questions.length > 0],
    ['edns', edns !== undefined],
    ['do', edns?.dnssecOk === true],
  ];
  return [rcodeToText(message.rcode), ...parts.filter(([, on]) => on).map(([word]) => word)].join(' ');
}

describe('options', () => {
  const options: ServerOptions = { nsid: hex('6e7331'), keepAlive: 30_000 };
  test.each<[string, string, EdnsOption[], Exchange['transport'], string[]]>([
    ['NSID (RFC 5001)', 'example.net. SOA', [option(OPTION.NSID)], 'udp', ['3 6e7331']],
    ['EXPIRE with SOA (RFC 7314)', 'example.net. SOA', [option(OPTION.EXPIRE)], 'udp', ['9 00127500']],
    ['EXPIRE with another type', 'example.net. NS', [option(OPTION.EXPIRE)], 'udp', []],
    ['EXPIRE with data', 'example.net. SOA', [option(OPTION.EXPIRE, '00000001')], 'udp', []],
    ['ZONEVERSION (RFC 9660)', 'host.example.net. A', [option(OPTION.ZONEVERSION)], 'udp', ['19 020000000007']],
    [
      'ZONEVERSION of a name that is not there',
      'nope.example.net. A',
      [option(OPTION.ZONEVERSION)],
      'udp',
      ['19 020000000007'],
    ],
    ['ZONEVERSION outside', 'example.com. A', [option(OPTION.ZONEVERSION)], 'udp', ['15']],
    ['TCP keepalive over UDP', 'example.net. SOA', [option(OPTION.TCP_KEEPALIVE)], 'udp', []],
    ['TCP keepalive over TCP (RFC 7828)', 'example.net. SOA', [option(OPTION.TCP_KEEPALIVE)], 'tcp', ['11 012c']],
    ['TCP keepalive over TLS', 'example.net. SOA', [option(OPTION.TCP_KEEPALIVE)], 'tls', ['11 012c']],
    ['TCP keepalive over HTTPS', 'example.net. SOA', [option(OPTION.TCP_KEEPALIVE)], 'https', []],
    ['padding over TCP', 'example.net. SOA', [option(OPTION.PADDING, '00')], 'tcp', []],
    [
      'client subnet (RFC 7871)',
      'example.net. SOA',
      [option(OPTION.CLIENT_SUBNET, '00011800c00002')],
      'udp',
      ['8 00011800c00002'],
    ],
    ['a cookie without a secret', 'example.net. SOA', [option(OPTION.COOKIE, '00')], 'udp', []],
  ])('%s', (_, words, sent, transport, expected) => {
    const got = ask(zones, { ...query(words), ...withOptions(...sent) }, options, transport);
    expect(optionsOf(got).map((each) => (each.startsWith('15 ') ? '15' : each))).toEqual(expected);
  });

  test.each(['tls', 'https'] as const)('padding over %s fills blocks of 468 octets (RFC 8467 §4.1)', (transport) => {
    for (const words of ['example.net. SOA', 'huge.example.net. TXT', 'nope.example.net. A']) {
      const got = ask(zones, { ...query(words), ...withOptions(option(OPTION.PADDING)) }, {}, transport);
      expect((got.answered.bytes?.length ?? 1) % 468).toBe(0);
      expect(ask(zones, query(words, { edns: EDNS }), {}, transport).edns?.options).toEqual([]);
    }
  });

  test.each<[string, string, ServerOptions, number[]]>([
    ['outside', 'example.com. A', {}, [20]],
    ['outside, not wanted', 'example.com. A', { extendedErrors: false }, []],
    ['no type to ask for (RFC 9824 §5)', 'example.net. NXNAME', {}, [30]],
    ['obsolete', 'example.net. MAILB', {}, [21]],
  ])('extended error: %s', (_, words, more, codes) => {
    const got = ask(zones, query(words, { edns: EDNS }), more);
    expect(extendedErrors(got).map(({ code }) => code)).toEqual(codes);
  });
});

describe('client subnet (RFC 7871 §6, §7.2.1)', () => {
  test.each<[string, string, boolean]>([
    ['IPv4 /24', '00011800c00002', true],
    ['IPv4 /22', '00011600c00000', true],
    ['IPv4 /0', '00010000', true],
    ['IPv6 /56', '0002380020010db8000000', true],
    ['IPv6 /128', `00028000${'20'.repeat(16)}`, true],
    ['no family, no address', '00000000', true],
    ['bits behind the prefix', '00011600c00002', false],
    ['too few octets', '00011800c000', false],
    ['too many octets', '00011800c0000200', false],
    ['a prefix too long', '00012100c000020000', false],
    ['a scope in a query', '00011818c00002', false],
    ['an unknown family', '00031800c00002', false],
    ['a family of 256', '01000000', false],
    ['no family', '00', false],
    ['nothing', '', false],
  ])('%s', (_, data, good) => {
    const sent = { ...SOA, ...withOptions(option(OPTION.CLIENT_SUBNET, data)) };
    expect(summary(ask(zones, sent))).toBe(good ? 'NOERROR aa answer question edns' : 'FORMERR question edns');
    expect(optionsOf(ask(zones, sent))).toEqual(good ? [`8 ${data}`] : []);
    const ignored = ask(zones, sent, { clientSubnet: false });
    expect([summary(ignored), optionsOf(ignored)]).toEqual(['NOERROR aa answer question edns', []]);
  });
});

describe('cookies (RFC 7873 §5.2, §5.4)', () => {
  const options: ServerOptions = { cookieSecrets: [SECRET] };
  const strict: ServerOptions = { ...options, requireCookie: true };
  const good =
    optionsOf(ask(zones, { ...SOA, ...withOptions(option(OPTION.COOKIE, '0001020304050607')) }, options))[0]?.slice(
      3,
    ) ?? '';
  const bad = `${good.slice(0, -2)}00`;
  const empty = { ...SOA, questions: [] };

  test.each<[string, Message, string[], ServerOptions, Exchange['transport'], string]>([
    ['client cookie alone', SOA, ['0001020304050607'], options, 'udp', 'NOERROR aa answer question edns'],
    ['a good one', SOA, [good], strict, 'udp', 'NOERROR aa answer question edns'],
    ['a bad one where it does not matter', SOA, [bad], options, 'udp', 'NOERROR aa answer question edns'],
    ['a bad one where it matters', SOA, [bad], strict, 'udp', 'BADCOOKIE question edns'],
    ['client cookie alone where it matters', SOA, ['0001020304050607'], strict, 'udp', 'BADCOOKIE question edns'],
    ['none where it matters', SOA, [], strict, 'udp', 'NOERROR tc question edns'],
    ['none over TCP', SOA, [], strict, 'tcp', 'NOERROR aa answer question edns'],
    ['a bad one over TCP', SOA, [bad], strict, 'tcp', 'NOERROR aa answer question edns'],
    ['too short', SOA, ['00010203040506'], options, 'udp', 'FORMERR question edns'],
    ['too long', SOA, ['00'.repeat(41)], options, 'udp', 'FORMERR question edns'],
    ['no question, client cookie', empty, ['0001020304050607'], options, 'udp', 'NOERROR edns'],
    ['no question, a good one', empty, [good], strict, 'udp', 'NOERROR edns'],
    ['no question, a bad one', empty, [bad], options, 'udp', 'BADCOOKIE edns'],
    ['no question, no cookie', empty, [], options, 'udp', 'FORMERR edns'],
  ])('%s', (_, sent, cookies, more, transport, expected) => {
    const got = ask(
      zones,
      { ...sent, ...withOptions(...cookies.map((data) => option(OPTION.COOKIE, data))) },
      more,
      transport,
    );
    expect(summary(got)).toBe(expected);
    const back = optionsOf(got).filter((each) => each.startsWith('10 '));
    expect(back).toEqual(cookies.length > 0 && got.rcode !== 1 ? [`10 ${good}`] : []);
  });
});

describe('octets', () => {
  const bytes = octets(query('Host.Example.NET. A'));
  const cut = (length: number): Uint8Array => bytes.slice(0, length);
  const changed = (at: number, ...to: number[]): Uint8Array => {
    const copy = bytes.slice();
    copy.set(to, at);
    return copy;
  };
  const opt = [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0];
  const joined = (...parts: (Uint8Array | number[])[]): Uint8Array =>
    Uint8Array.from(parts.flatMap((part) => [...part]));

  test.each<[string, Uint8Array, string]>([
    ['trailing octets', joined(bytes, [0]), 'FORMERR question'],
    ['no question', joined(changed(5, 0).slice(0, 12)), 'FORMERR'],
    ['two questions (RFC 9619)', joined(changed(5, 2), bytes.slice(12)), 'FORMERR'],
    ['a question that is counted but missing', cut(12), 'FORMERR'],
    ['a question cut off', cut(bytes.length - 1), 'FORMERR'],
    ['a pointer to itself', joined(bytes.slice(0, 12), [0xc0, 12, 0, 1, 0, 1]), 'FORMERR'],
    ['two pointers to each other', joined(bytes.slice(0, 12), [1, 97, 0xc0, 14, 0xc0, 12, 0, 1, 0, 1]), 'FORMERR'],
    ['a label of unknown type', joined(bytes.slice(0, 12), [0x40, 0, 0, 1, 0, 1]), 'FORMERR'],
    ['two OPT records', joined(changed(11, 2), opt, opt), 'FORMERR question'],
    ['OPT in the answer section', joined(changed(7, 1), opt), 'FORMERR question'],
    ['OPT with an owner', joined(changed(11, 1), [1, 97], opt), 'FORMERR question'],
    ['an option longer than OPT', joined(changed(11, 1), opt.slice(0, 9), [0, 4, 0, 10, 0, 8]), 'FORMERR question'],
    ['more records than there are', changed(9, 1), 'FORMERR question'],
  ])('%s', (_, sent, expected) => {
    const got = messageOf(answer(sent, zones, exchange()).bytes);
    expect(summary(got)).toBe(expected);
    expect(got.id).toBe(4711);
  });

  test.each<[string, Uint8Array]>([
    ['a response', changed(2, 0x80)],
    ['a response of an unknown operation', changed(2, 0xf8)],
    ['eleven octets', cut(11)],
    ['nothing', cut(0)],
  ])('%s gets no reply', (_, sent) => {
    const { bytes: reply, summary: facts } = answer(sent, zones, exchange());
    expect(reply).toBeUndefined();
    expect(facts).toMatchObject({ outcome: 'ignored', rcode: undefined, answerSize: 0 });
  });

  test('the case of the question is kept, in the owner too', () => {
    const reply = answer(bytes, zones, exchange()).bytes ?? new Uint8Array(0);
    expect([...reply.slice(12, bytes.length)]).toEqual([...bytes.slice(12)]);
    expect(shown(messageOf(reply))).toContain('answer Host.Example.NET. 3600 A 192.0.2.2');
    const inZone = answer(bytes, zones, exchange(), { ownerCase: 'zone' }).bytes;
    expect(shown(messageOf(inZone))).toContain('answer host.example.net. 3600 A 192.0.2.2');
  });
});

describe('limits', () => {
  test.each<[string, number | undefined, Exchange['transport'], ServerOptions, boolean]>([
    ['512 octets without EDNS', undefined, 'udp', {}, true],
    ['512 octets at least', 100, 'udp', {}, true],
    ['what the query allows', 800, 'udp', {}, true],
    ['enough', 900, 'udp', {}, false],
    ['what the server allows', 4096, 'udp', { udpLimit: 800 }, true],
    ['65535 octets over TCP', undefined, 'tcp', {}, false],
  ])('%s', (_, udpSize, transport, options, truncated) => {
    const got = ask(
      zones,
      query('big.example.net. TXT', udpSize === undefined ? {} : { edns: { ...EDNS, udpSize } }),
      options,
      transport,
    );
    expect(got.truncated).toBe(truncated);
    expect(got.answer.length).toBe(truncated ? 0 : 2);
    expect(got.authoritative).toBe(true);
  });

  test('what fits is kept when that is wanted', () => {
    const sent = query('sub.example.net. NS');
    expect(shown(ask(zones, sent, { truncated: 'partial' }))).toEqual(shown(ask(zones, sent)));
    const got = ask(zones, query('big.example.net. TXT'), { truncated: 'partial' });
    expect(shown(got)).toEqual(['NOERROR aa tc']);
  });
});

describe('class CH', () => {
  const options: ServerOptions = { version: 'zonewright', identity: 'lab-1' };
  test.each<[string, ServerOptions, string[]]>([
    ['version.bind. TXT CH', options, ['NOERROR aa', 'answer version.bind. 0 CH TXT "zonewright"']],
    ['VERSION.server. TXT CH', options, ['NOERROR aa', 'answer VERSION.server. 0 CH TXT "zonewright"']],
    ['id.server. TXT CH', options, ['NOERROR aa', 'answer id.server. 0 CH TXT "lab-1"']],
    ['hostname.bind. ANY CH', options, ['NOERROR aa', 'answer hostname.bind. 0 CH TXT "lab-1"']],
    ['version.bind. A CH', options, ['NOERROR aa']],
    ['version.bind. TXT CH', {}, ['REFUSED']],
    ['authors.bind. TXT CH', options, ['REFUSED']],
    ['version.bind. TXT', options, ['REFUSED']],
  ])('%s', (words, given, lines) => {
    expect(told(zones, words, given)).toEqual(lines);
  });
});

describe('types that are no data', () => {
  test.each<[string, Exchange['transport'], string, string]>([
    ['example.net. AXFR', 'udp', 'malformed', 'FORMERR'],
    ['example.net. AXFR', 'tcp', 'transfer', 'REFUSED'],
    ['example.net. IXFR', 'tcp', 'transfer', 'REFUSED'],
    ['example.net. IXFR', 'udp', 'answer', 'NOERROR'],
    ['example.com. AXFR', 'tcp', 'outside', 'NOTAUTH'],
    ['host.example.net. AXFR', 'tcp', 'outside', 'NOTAUTH'],
    ['example.net. MAILA', 'udp', 'not-implemented', 'NOTIMP'],
    ['example.net. OPT', 'udp', 'malformed', 'FORMERR'],
    ['example.net. TSIG', 'udp', 'malformed', 'FORMERR'],
  ])('%s over %s', (words, transport, outcome, rcode) => {
    const { answered } = ask(zones, query(words), {}, transport);
    expect([answered.summary.outcome, rcodeToText(answered.summary.rcode ?? 0)]).toEqual([outcome, rcode]);
  });
});

describe('NOTIFY (RFC 1996)', () => {
  test.each<[string, string, ServerOptions, string]>([
    ['of a zone served', 'example.net. SOA', {}, 'NOERROR aa question'],
    ['of another', 'example.com. SOA', {}, 'NOTAUTH question'],
    ['of a name in the zone', 'host.example.net. SOA', {}, 'NOTAUTH question'],
    ['not wanted', 'example.net. SOA', { acceptNotify: false }, 'NOTIMP'],
  ])('%s', (_, words, options, expected) => {
    expect(summary(ask(zones, { ...query(words), opcode: 4 }, options))).toBe(expected);
  });
});

test('the summary has what a log needs', () => {
  const { message } = asked('nope.Example.net. MX +do +rd');
  const sent = octets({ ...message, edns: { ...EDNS, dnssecOk: true, options: [option(OPTION.NSID)] } });
  const { bytes, summary: facts } = answer(sent, zones, exchange());
  expect(facts).toEqual({
    outcome: 'nxdomain',
    id: 4711,
    opcode: 0,
    flags: 0x0100,
    question: message.questions[0],
    edns: { version: 0, udpSize: 1232, dnssecOk: true, options: [3] },
    rcode: 3,
    authoritative: true,
    truncated: false,
    querySize: sent.length,
    answerSize: bytes?.length,
    zone: zones.zones()[0]?.origin,
  });
});
