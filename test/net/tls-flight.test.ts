import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alertName, FlightReader, type ServerFlight } from '../../lib/net/tls-flight.ts';
import { clientHello, farewell, TLS_1_2 } from '../../lib/net/tls-hello.ts';
import { suiteName, USUAL_SUITES } from '../../lib/net/tls-suites.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const counted = (size: number, octets: string): string =>
  (octets.replaceAll(' ', '').length / 2).toString(16).padStart(size * 2, '0') + octets;
const message = (type: string, body: string): string => type + counted(3, body);
const record = (type: string, body: string): string => `${type}0303${counted(2, body)}`;

const hello = message('02', `0303 ${'11'.repeat(32)} 00 c02b 00`);
const certificate = message('0b', counted(3, counted(3, '3001 05') + counted(3, '3002 0500')));
const anyCa = message('0d', '01 40 0002 0403 0000');
const oneCa = message('0d', `01 40 0002 0403 ${counted(2, counted(2, '3000'))}`);
const done = message('0e', '');

function read(text: string, size = 1_000_000): ServerFlight {
  const octets = hex(text);
  const reader = new FlightReader();
  for (let at = 0; at < octets.length; at += size) reader.push(octets.subarray(at, at + size));
  return reader.result;
}

describe('a reader of first flights', () => {
  test.each([1, 3, 1000])('puts records and messages together from pieces of %i octets', (size) => {
    const flight = read(record('16', hello + certificate) + record('16', oneCa) + record('16', done), size);
    expect(flight).toEqual({
      hello: { version: TLS_1_2, suite: 0xc02b },
      certificates: [hex('300105'), hex('30020500')],
      request: { authorities: [hex('3000')] },
      complete: true,
      end: { kind: 'done' },
    });
  });

  test('a message may lie in several records', () => {
    const octets = certificate.replaceAll(' ', '');
    const [one, other] = [octets.slice(0, 10), octets.slice(10)];
    expect(read(record('16', hello) + record('16', one) + record('16', other)).certificates).toHaveLength(2);
  });

  test('a request without names means any CA, and none at all no request', () => {
    expect(read(record('16', hello + anyCa + done)).request).toEqual({ authorities: [] });
    expect(read(record('16', hello + done))).not.toHaveProperty('request');
  });

  test('before TLS 1.2 a request names no signature algorithms', () => {
    const old = message('02', `0302 ${'11'.repeat(32)} 00 c009 00`);
    const flight = read(record('16', old + message('0d', `01 40 ${counted(2, counted(2, '3000'))}`) + done));
    expect(flight.request?.authorities).toEqual([hex('3000')]);
  });

  test.each<[string, string, NonNullable<ServerFlight['end']>['kind']]>([
    ['clear text', Buffer.from('220 mx1 ESMTP\r\n').toString('hex'), 'not-tls'],
    ['SSL 2', '80 2e 01', 'not-tls'],
    ['a fatal alert', record('15', '0246'), 'alert'],
    ['an endless record', '16 0303 ffff', 'broken'],
    ['an empty record', '16 0303 0000', 'broken'],
    ['application data', record('17', '00'), 'broken'],
    ['a certificate before the hello', record('16', certificate), 'broken'],
    ['a short hello', record('16', message('02', '0303')), 'broken'],
    ['two hellos', record('16', hello + hello), 'broken'],
    ['an endless message', record('16', '02 ffffff'), 'broken'],
    ['certificates that break off', record('16', hello + message('0b', '000005 000009 3001')), 'broken'],
    ['names that break off', record('16', hello + message('0d', '01 40 0002 0403 00ff')), 'broken'],
    ['too many records', record('16', '0e').repeat(300), 'broken'],
  ])('%s ends it', (_, text, kind) => {
    expect(read(text).end?.kind).toBe(kind);
  });

  test('a warning does not', () => {
    expect(read(record('15', '0170') + record('16', hello + done)).complete).toBe(true);
  });

  test('no octets make it throw, and changed ones end or wait', () => {
    const whole = hex(record('16', hello + certificate + oneCa + done));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 5 }), (changes) => {
        const octets = Uint8Array.from(whole);
        for (const [at, value] of changes) octets[at] = value;
        const reader = new FlightReader();
        reader.push(octets);
        expect(reader.result.certificates?.every((each) => each.length <= octets.length)).not.toBe(false);
      }),
    );
  });
});

describe('a hello made by hand', () => {
  const random = new Uint8Array(32).fill(7);
  const wish = { version: TLS_1_2, suites: USUAL_SUITES, random };

  test('says its own lengths', () => {
    const octets = clientHello({ ...wish, sni: 'mx1.example.net' });
    expect(octets.length).toBe(5 + (octets[3] ?? 0) * 256 + (octets[4] ?? 0));
    expect(octets.length).toBe(9 + (octets[6] ?? 0) * 65_536 + (octets[7] ?? 0) * 256 + (octets[8] ?? 0));
  });

  test('names the host, and never an address', () => {
    const text = (sni: string): string => Buffer.from(clientHello({ ...wish, sni })).toString('latin1');
    expect(text('mx1.example.net')).toContain('mx1.example.net');
    expect(text('192.0.2.1')).not.toContain('192.0.2.1');
  });

  test('ends with alerts', () => {
    expect(farewell(TLS_1_2)).toEqual(hex(record('15', '015a') + record('15', '0100')));
  });

  test('numbers have names', () => {
    expect([alertName(70), alertName(200)]).toEqual(['protocol_version', 'alert 200']);
    expect([suiteName(0xc02b), suiteName(1), suiteName(0xabcd)]).toEqual([
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_NULL_MD5',
      '0xabcd',
    ]);
  });
});
