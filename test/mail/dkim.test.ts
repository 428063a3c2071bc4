import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeDkim, parseDkim } from '../../lib/mail/dkim.ts';
import { decodeDkimKey } from '../../lib/mail/dkim-key.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ed25519 = generateKeyPairSync('ed25519');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const spki = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });
const wrapped = spki(rsa.publicKey).toString('base64');
const bare = rsa.publicKey.export({ format: 'der', type: 'pkcs1' }).toString('base64');
const raw = spki(ed25519.publicKey).subarray(12).toString('base64');

describe('keys', () => {
  it.each([
    ['', 'rsa', { kind: 'revoked' }],
    [wrapped, 'rsa', { kind: 'rsa', bits: 1024, wrapped: true, paddingMissing: 0 }],
    [wrapped.replace(/.{60}/g, '$& '), 'rsa', { kind: 'rsa', bits: 1024, wrapped: true, paddingMissing: 0 }],
    [bare, 'rsa', { kind: 'rsa', bits: 1024, wrapped: false, paddingMissing: 0 }],
    [raw, 'ed25519', { kind: 'ed25519', paddingMissing: 0 }],
    [raw.replace(/=+$/, ''), 'ed25519', { kind: 'ed25519', paddingMissing: 1 }],
    [raw, 'rsa', { kind: 'other-type', found: 'ed25519' }],
    [spki(ed25519.publicKey).toString('base64'), 'ed25519', { kind: 'wrong-length', octets: 44, raw }],
    [spki(ed25519.publicKey).toString('base64'), 'rsa', { kind: 'other-type', found: 'ed25519' }],
    [spki(ec.publicKey).toString('base64'), 'rsa', { kind: 'other-type', found: 'ec' }],
    [wrapped, 'ed25519', { kind: 'other-type', found: 'rsa' }],
    ['AAAA', 'ed25519', { kind: 'wrong-length', octets: 3, raw: undefined }],
    [rsa.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'), 'rsa', { kind: 'private' }],
    [rsa.privateKey.export({ format: 'der', type: 'pkcs1' }).toString('base64'), 'rsa', { kind: 'private' }],
    [wrapped, 'dsa', { kind: 'unknown-type' }],
    ['!!!', 'rsa', { kind: 'not-base64', from: 0, to: 3 }],
    ['MIGf...', 'rsa', { kind: 'not-base64', from: 4, to: 7 }],
    ['MII=AAAA', 'rsa', { kind: 'not-base64', from: 3, to: 5 }],
  ] as const)('%s as %s', (value, type, expected) => {
    expect(decodeDkimKey(value, type)).toEqual(expected);
  });

  it.each([
    ['cut short', wrapped.slice(0, 100)],
    ['with octets behind it', Buffer.concat([spki(rsa.publicKey), Buffer.of(0)]).toString('base64')],
    ['a digit too many', `${wrapped.replace(/=+$/, '')}AAA`.slice(0, 121)],
    ['no DER', Buffer.from('this is no key').toString('base64')],
  ])('%s is no key', (_, value) => {
    expect(decodeDkimKey(value, 'rsa')).toMatchObject({ kind: 'not-a-key' });
  });

  it('takes any text without a throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('rsa', 'ed25519', ''), (value, type) => {
        const key = decodeDkimKey(value, type);
        if (key.kind === 'not-base64') expect(0 <= key.from && key.from < key.to && key.to <= value.length).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (octets) => {
        expect(decodeDkimKey(Buffer.from(octets).toString('base64'), 'rsa').kind).not.toBe('not-base64');
      }),
    );
  });
});

/** Code and text of each problem: what the octets of its range say. */
function problems(text: string): string[] {
  return parseDkim(text).problems.map(({ code, from, to }) => `${code}: ${text.slice(from, to)}`);
}

describe('DKIM key records', () => {
  it.each([
    `v=DKIM1; k=rsa; p=${wrapped}`,
    `k=rsa; p=${wrapped}`,
    `p=${wrapped}`,
    'v=DKIM1; p=',
    `v=DKIM1; h=sha256; s=email:*; t=y:s; n=made=in May=; k=ed25519; p=${raw};`,
    `v=DKIM1; s=tlsrpt; p=${wrapped}`,
    `v=DKIM1; h=sha1:sha512; p=${wrapped}`,
    `v=DKIM1; p=${wrapped.slice(0, 80)} ${wrapped.slice(80)}`,
  ])('has nothing against %s', (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([
    ['v=dkim1; p=', ['version-wrong: dkim1']],
    ['v=DKIM1.0; p=', ['version-wrong: DKIM1.0']],
    ['v=DKIM1\\; p=', ['version-wrong: DKIM1\\']],
    ['p=; v=DKIM1', ['version-not-first: v=DKIM1']],
    ['v=DKIM1; k=rsa', ['key-missing: v=DKIM1; k=rsa']],
    [`v=DKIM1 k=rsa p=${raw}`, ['semicolon-missing:  ', 'semicolon-missing:  ']],
    [`v=DKIM1; k=rsap=${raw}`, ['semicolon-missing: ']],
    [`v=DKIM1; p=${raw} s=email`, ['semicolon-missing:  ']],
    [`"k=ed25519; p=${raw}"`, ['quoted: "']],
    ['v=DKIM1; p=; p=', ['duplicate: p']],
    ['v=DKIM1; rsa; p=', ['not-a-tag: rsa']],
    ['v=DKIM1; h=md5; p=', ['hashes-unknown: h=md5']],
    ['v=DKIM1; s=mail; p=', ['services-unknown: s=mail']],
  ] as const)('finds what is wrong in %j', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('knows where the words of a list stand', () => {
    const text = 'v=DKIM1; h= sha1 : sha256 ;t=y:s; p=';
    const { hashes, flags } = parseDkim(text);
    expect([...hashes, ...flags].map(({ from, to }) => text.slice(from, to))).toEqual(['sha1', 'sha256', 'y', 's']);
  });

  it.each([
    ['v=DKIM1; p=', true],
    [`k=rsa; p=${wrapped}`, true],
    [`p=${wrapped}`, true],
    ['"v=DKIM1; p="', true],
    ['p=none', false],
    ['t=y; o=~', false],
    ['v=spf1 -all', false],
  ] as const)('tells whether %s was meant as one', (text, meant) => {
    expect(mayBeDkim(text)).toBe(meant);
  });

  it('is read without a throw, every range within the text', () => {
    const piece = fc.constantFrom('v', '=', 'DKIM1', ';', ' ', 'p', 'rsa', 'k', 'h', ':', 'sha1', '"', 'MIIB', '\xa0');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const record = parseDkim(text);
        for (const { from, to } of [...record.problems, ...record.hashes, ...record.flags]) {
          expect(0 <= from && from <= to && to <= text.length).toBe(true);
        }
      }),
    );
  });
});
