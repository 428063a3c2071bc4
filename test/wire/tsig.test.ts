import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage } from '../../lib/wire/decode.ts';
import { encodeMessage } from '../../lib/wire/encode.ts';
import { queryFor } from '../../lib/wire/message.ts';
import { BADSIG, checkTsig, readTsig, signMessage, tsigErrorText, tsigPlace } from '../../lib/wire/tsig.ts';
import { readTsigKey, readTsigKeyFile, TSIG_ALGORITHMS, type TsigKey, TsigKeys } from '../../lib/wire/tsig-keys.ts';
import { TsigSigner, TsigStreamCheck } from '../../lib/wire/tsig-stream.ts';
import { missingModule, ran } from '../net/tools.ts';
import { wire } from './messages.ts';

const NOW = 1_600_000_000_000;
const SECRET = Buffer.from('0123456789abcdef0123456789abcdef').toString('base64');

function keyOf(text: string): TsigKey {
  const read = readTsigKey(text);
  if ('problem' in read || read.keys[0] === undefined) throw new Error('problem' in read ? read.problem : text);
  return read.keys[0];
}

const key = keyOf(`Test.Key:${SECRET}`);
const keys = new TsigKeys([key]);

function query(id = 4711): Uint8Array {
  const edns = { udpSize: 1232, version: 0, dnssecOk: false, flags: 0, options: [] };
  const encoded = encodeMessage({ ...queryFor({ name: wire('www.Example.net.'), type: 1, class: 1 }, id), edns });
  if ('problem' in encoded) throw new Error(encoded.problem.code);
  return encoded.bytes;
}

/** What a check came to, in a word. */
function word(bytes: Uint8Array, with_ = keys, now = NOW, context = {}): string {
  const checked = checkTsig(bytes, with_, now, context);
  return checked.kind === 'refused' ? tsigErrorText(checked.error) : checked.kind;
}

/** A signed message with other octets in its MAC. */
function withMac(bytes: Uint8Array, change: (mac: Uint8Array) => Uint8Array): Uint8Array {
  const place = tsigPlace(bytes);
  const tsig = typeof place === 'object' ? readTsig(bytes, place.start) : undefined;
  if (tsig === undefined || typeof place !== 'object') throw new Error('no TSIG record');
  const mac = change(tsig.mac);
  const tail = bytes.length - 6 - tsig.other.length;
  const at = tail - tsig.mac.length - 2;
  const made = Buffer.concat([bytes.subarray(0, at), Uint8Array.of(0, mac.length), mac, bytes.subarray(tail)]);
  const length = at - tsig.algorithm.length - 8 - 2;
  made.writeUInt16BE(made.length - length - 2, length);
  return new Uint8Array(made);
}

describe('a signature', () => {
  test.each(TSIG_ALGORITHMS)('%s is right when it is checked', (algorithm) => {
    const own = keyOf(`${algorithm}:k:${SECRET}`);
    const { bytes } = signMessage(query(), own, { now: NOW });
    const checked = checkTsig(bytes, new TsigKeys([own]), NOW);
    expect(checked).toMatchObject({ kind: 'valid', message: query(), key: own });
    expect(decodeMessage(bytes)).toMatchObject({ message: { additional: [{ type: 250, class: 255, ttl: 0 }] } });
  });

  test('is missing', () => {
    expect(word(query())).toBe('unsigned');
    expect(word(new Uint8Array(12))).toBe('unsigned');
  });

  const { bytes } = signMessage(query(), key, { now: NOW });

  test.each([
    ['in time', NOW + 300_000, 'valid'],
    ['late', NOW + 301_000, 'BADTIME'],
    ['early', NOW - 300_000, 'valid'],
    ['far too early', NOW - 301_000, 'BADTIME'],
  ])('is %s', (_, now, expected) => {
    expect(word(bytes, keys, now)).toBe(expected);
  });

  test.each<[string, string, Uint8Array]>([
    ['a key nobody has', 'BADKEY', signMessage(query(), keyOf(`other:${SECRET}`), { now: NOW }).bytes],
    ['another algorithm', 'BADKEY', signMessage(query(), keyOf(`hmac-sha512:test.key:${SECRET}`), { now: NOW }).bytes],
    ['another secret', 'BADSIG', signMessage(query(), keyOf('test.key:AAAA'), { now: NOW }).bytes],
    ['an error and another secret', 'BADSIG', signMessage(query(), keyOf('test.key:AAAA'), { now: 0 }).bytes],
    ['a MAC cut to 16 octets', 'BADTRUNC', withMac(bytes, (mac) => mac.slice(0, 16))],
    ['a MAC cut to 15 octets', 'malformed', withMac(bytes, (mac) => mac.slice(0, 15))],
    ['no MAC', 'malformed', withMac(bytes, () => new Uint8Array(0))],
    ['a MAC that is too long', 'malformed', withMac(bytes, (mac) => Buffer.concat([mac, Uint8Array.of(0)]))],
    ['a wrong MAC cut to 16 octets', 'BADSIG', withMac(bytes, () => new Uint8Array(16))],
    ['two signatures', 'malformed', signMessage(bytes, key, { now: NOW }).bytes],
    ['an octet behind it', 'malformed', Buffer.concat([bytes, Uint8Array.of(0)])],
    ['another id, as forwarders give it', 'valid', Buffer.concat([Uint8Array.of(9, 9), bytes.subarray(2)])],
  ])('with %s is %s', (_, expected, octets) => {
    expect(word(octets)).toBe(expected);
  });

  test('may be cut where the key says so', () => {
    const short = new TsigKeys([keyOf(`hmac-sha256-128:test.key:${SECRET}`)]);
    expect(
      word(
        withMac(bytes, (mac) => mac.slice(0, 16)),
        short,
      ),
    ).toBe('valid');
    expect(word(bytes, short)).toBe('valid');
  });

  test('of a response covers that of its request', () => {
    const response = signMessage(query(), key, { now: NOW, prior: Uint8Array.of(1, 2) });
    expect(word(response.bytes, keys, NOW, { prior: Uint8Array.of(1, 2) })).toBe('valid');
    expect(word(response.bytes, keys, NOW, { prior: Uint8Array.of(1, 3) })).toBe('BADSIG');
    expect(word(response.bytes)).toBe('BADSIG');
  });

  test('of a time that needs more than four octets', () => {
    const now = 2 ** 33 * 1000;
    expect(word(signMessage(query(), key, { now }).bytes, keys, now)).toBe('valid');
  });

  test('is broken by any octet that is changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const octet = bytes[at] ?? 0;
        // Names may be in capitals.
        const letter = (value: number): number => (value >= 65 && value <= 90 ? value + 32 : value);
        const changed = bytes.slice();
        changed[at] = octet ^ change;
        fc.pre(letter(octet) !== letter(octet ^ change));
        expect(word(changed)).not.toBe('valid');
      }),
      { numRuns: 2000 },
    );
  });

  test('of any octets is looked at without throwing', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(bytes.length - 1),
        fc.nat(bytes.length - 1),
        (noise, from, to) => {
          for (const octets of [noise, bytes.slice(0, to), Buffer.concat([bytes.subarray(0, from), noise])]) {
            expect(word(octets)).not.toBe('valid');
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the signatures of an answer of many messages', () => {
  const messages = Array.from({ length: 5 }, (_, id) => query(id));
  const request = new Uint8Array(32).fill(7);

  function sealed(): Uint8Array[] {
    const signer = new TsigSigner(key, request);
    return messages.map((message) => signer.sign(message, NOW));
  }

  test('are right in their order alone', () => {
    const check = new TsigStreamCheck(key, request);
    expect(sealed().map((bytes) => check.take(bytes, NOW).kind)).toEqual(messages.map(() => 'valid'));
    expect(check.complete).toBe(true);
    const wrong = new TsigStreamCheck(key, request);
    const [first, second, third] = sealed() as [Uint8Array, Uint8Array, Uint8Array];
    expect([first, third, second].map((bytes) => wrong.take(bytes, NOW).kind)).toEqual(['valid', 'refused', 'valid']);
  });

  test('may be left out in between, but not at the ends', () => {
    const check = new TsigStreamCheck(key, request);
    const first = signMessage(query(1), key, { now: NOW, prior: request });
    expect(check.take(first.bytes, NOW).kind).toBe('valid');
    expect(check.take(query(2), NOW).kind).toBe('unsigned');
    expect(check.complete).toBe(false);
    const last = signMessage(query(3), key, { now: NOW, prior: first.mac, between: [query(2)], later: true });
    expect(check.take(last.bytes, NOW).kind).toBe('valid');
    expect(check.complete).toBe(true);
    for (let count = 0; count < 99; count++) expect(check.take(query(4), NOW).kind).toBe('unsigned');
    expect(check.take(query(4), NOW).kind).toBe('malformed');
    expect(new TsigStreamCheck(key, request).take(query(1), NOW).kind).toBe('malformed');
  });
});

describe('a key', () => {
  test('shows its secret to nobody', () => {
    const shown = [inspect(key, { depth: 9, showHidden: true }), JSON.stringify(key), String(key)].join();
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain('0123456789abcdef');
    expect(shown).not.toContain('48, 49, 50');
  });

  test.each([
    ['nothing', 'a key is NAME:SECRET or ALGORITHM:NAME:SECRET'],
    ['a:b:c:d', 'a key is NAME:SECRET or ALGORITHM:NAME:SECRET'],
    [':AAAA', 'the name of the key is no domain name'],
    ['a..b:AAAA', 'the name of the key is no domain name'],
    ['k:AAA', 'the secret of the key "k" is not in base64'],
    ['k:', 'the secret of the key "k" is not in base64'],
    ['hmac-md5:k:AAAA', 'HMAC-MD5 must not be used any more (RFC 8945 §6): make a key with hmac-sha256'],
    ['rot13:k:AAAA', `the algorithm is none of ${TSIG_ALGORITHMS.join(', ')}`],
  ])('%s is refused', (text, problem) => {
    expect(readTsigKey(text)).toEqual({ problem });
  });

  test.each<[string, string, string[]]>([
    [
      'one as tsig-keygen writes it',
      `key "up" {\n\talgorithm hmac-sha512;\n\tsecret "${SECRET}";\n};\n`,
      ['up hmac-sha512'],
    ],
    [
      'two among others',
      `options { x { y; }; };\nkey a.b { secret AAAA; algorithm "hmac-sha1"; };\nkey c { algorithm hmac-sha256.; secret "AAAA"; };`,
      ['a.b hmac-sha1', 'c hmac-sha256'],
    ],
    [
      'comments',
      `// key\n# key "x" {\n/* key\n*/ key k { algorithm hmac-sha256; # why\n secret "AAAA"; };`,
      ['k hmac-sha256'],
    ],
    ['a secret with slashes', `key k { algorithm hmac-sha256; secret "//8/"; };`, ['k hmac-sha256']],
  ])('is read from a file: %s', (_, text, expected) => {
    const read = readTsigKeyFile(text);
    const names = 'keys' in read ? read.keys.map(({ name, algorithm }) => `${labels(name)} ${algorithm.name}`) : read;
    expect(names).toEqual(expected);
  });

  test.each([
    ['', 'there is no key in it; expected key "NAME" { algorithm hmac-sha256; secret "BASE64"; };'],
    ['key "k" { algorithm hmac-sha256; };', 'the key "k" has no secret'],
    ['key "k" { secret "AAAA"; };', 'the key "k" has no algorithm'],
    ['key "k" { algorithm hmac-sha256; secret', 'the key "k" has no secret'],
    ['key "k" { algorithm hmac-sha256; secret "!"; };', 'the secret of the key "k" is not in base64'],
  ])('of a file such as %s is refused', (text, problem) => {
    expect(readTsigKeyFile(text)).toEqual({ problem });
  });

  test('file is read in a time that grows with it', () => {
    const text = `${'key x { algorithm hmac-sha256; '.repeat(20_000)} /* `;
    const start = performance.now();
    expect('problem' in readTsigKeyFile(text)).toBe(true);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

function labels(name: Uint8Array): string {
  return Buffer.from(name)
    .toString('latin1')
    .replaceAll(/[\0-\x3f]/gu, (octet) => (octet === '.' || octet === '-' ? octet : '.'))
    .replace(/^\./u, '')
    .replace(/\.$/u, '');
}

const python = '/usr/bin/python3';
const SCRIPT = `
import sys, json, dns.message, dns.tsig, dns.name, dns.query, dns.tsigkeyring, dns.rcode, time, base64
time.time = lambda: ${NOW / 1000}
out = []
for line in sys.stdin:
  job = json.loads(line)
  key = dns.tsig.Key(job['name'], job['secret'], job['algorithm'])
  ring = {key.name: key}
  if job['what'] == 'sign':
    m = dns.message.from_wire(bytes.fromhex(job['message']))
    m.use_tsig(key)
    if 'request' in job: m.request_mac = bytes.fromhex(job['request'])
    print(json.dumps(m.to_wire().hex()))
  elif job['what'] == 'check':
    try:
      m = dns.message.from_wire(bytes.fromhex(job['message']), keyring=ring, request_mac=bytes.fromhex(job.get('request', '')))
      print(json.dumps('valid' if m.had_tsig else 'unsigned'))
    except Exception as e:
      print(json.dumps(type(e).__name__))
  else:
    ctx = None
    said = []
    for i, h in enumerate(job['messages']):
      try:
        m = dns.message.from_wire(bytes.fromhex(h), keyring=ring, request_mac=bytes.fromhex(job['request']), tsig_ctx=ctx, multi=True)
        ctx = m.tsig_ctx
        said.append('valid' if m.had_tsig else 'unsigned')
      except Exception as e:
        said.append(type(e).__name__)
    print(json.dumps(said))
`;

async function dnspython(jobs: readonly object[]): Promise<unknown[]> {
  const { code, stdout, stderr } = await ran(python, ['-c', SCRIPT], jobs.map((job) => JSON.stringify(job)).join('\n'));
  if (code !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const absent = missingModule('TSIG beside dnspython', 'dns.tsig');

describe.skipIf(absent)('dnspython', () => {
  const jobs = TSIG_ALGORITHMS.map((algorithm) => ({
    algorithm,
    name: 'Some.Key.',
    secret: SECRET,
    own: keyOf(`${algorithm}:some.key:${SECRET}`),
  }));

  test('takes our signatures, and we take its', async () => {
    const signed = jobs.map(({ own, ...job }) => ({
      ...job,
      what: 'check',
      message: hex(signMessage(query(), own, { now: NOW }).bytes),
    }));
    expect(await dnspython(signed)).toEqual(jobs.map(() => 'valid'));
    const late = signed.map((job, index) => ({
      ...job,
      message: hex(signMessage(query(), jobs[index]?.own ?? key, { now: NOW - 301_000 }).bytes),
    }));
    expect(new Set(await dnspython(late))).toEqual(new Set(['BadTime']));
    const theirs = await dnspython(
      jobs.map(({ own, ...job }) => ({ ...job, what: 'sign', message: hex(query()), of: own.name.length })),
    );
    const checks = theirs.map((text, index) => {
      const own = jobs[index]?.own ?? key;
      return word(Buffer.from(String(text), 'hex'), new TsigKeys([own]));
    });
    expect(checks).toEqual(jobs.map(() => 'valid'));
  });

  test('takes our answers of many messages', async () => {
    const request = new Uint8Array(32).fill(9);
    const messages = [1, 2, 3, 4].map((id) => {
      const bytes = query(id);
      bytes[2] = (bytes[2] ?? 0) | 0x80;
      return bytes;
    });
    const streams = jobs.map(({ own, ...job }) => {
      const signer = new TsigSigner(own, request);
      const sealed = messages.map((message) => hex(signer.sign(message, NOW)));
      return { ...job, what: 'stream', request: hex(request), messages: sealed };
    });
    expect(await dnspython(streams)).toEqual(jobs.map(() => messages.map(() => 'valid')));
  });

  test('refuses what we refuse', async () => {
    const { bytes } = signMessage(query(), keyOf('some.key:AAAA'), { now: NOW });
    const [job] = jobs.filter(({ algorithm }) => algorithm === 'hmac-sha256');
    expect(await dnspython([{ ...job, own: undefined, what: 'check', message: hex(bytes) }])).toEqual(['BadSignature']);
    expect(tsigErrorText(BADSIG)).toBe('BADSIG');
  });
});
