import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { associationOf, matchesTlsa, publicKeyInfoOf } from '../../lib/certs/tlsa.ts';
import { cases } from './cases.ts';
import { makeChain, soundChain } from './chains.ts';
import { certificateOf } from './maker.ts';

const openssl = hasOpenssl();
if (!openssl) console.log('openssl is not installed: TLSA data is compared with node:crypto only');

const hex = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString('hex');
const forms = [0, 1].flatMap((selector) => [0, 1, 2].map((matching) => ({ selector, matching })));
const { leaf, others, root } = makeChain(soundChain);
const chain = [leaf, ...others];
const all = cases.map(({ name, der }) => ({ name, certificate: certificateOf(der) }));

describe('the association of a certificate', () => {
  test.each(all)('of $name is what node:crypto makes', ({ certificate }) => {
    const node = new X509Certificate(certificate.der);
    const spki = node.publicKey.export({ type: 'spki', format: 'der' });
    for (const { selector, matching } of forms) {
      const selected = selector === 0 ? node.raw : spki;
      const digest = matching === 1 ? 'sha256' : 'sha512';
      const expected = matching === 0 ? selected : createHash(digest).update(selected).digest();
      expect(hex(associationOf(certificate, { selector, matching }))).toBe(expected.toString('hex'));
    }
  });

  test.runIf(openssl)('is what openssl makes', () => {
    for (const { certificate } of all.slice(0, 6)) {
      const key = run(['x509', '-inform', 'DER', '-noout', '-pubkey'], certificate.der);
      const spki = run(['pkey', '-pubin', '-outform', 'DER'], key);
      const digest = (name: string, octets: Uint8Array): string =>
        run(['dgst', `-${name}`, '-r'], octets)
          .toString()
          .split(' ')[0] ?? '';
      expect(hex(associationOf(certificate, { selector: 1, matching: 0 }))).toBe(spki.toString('hex'));
      for (const [matching, name] of [
        [1, 'sha256'],
        [2, 'sha512'],
      ] as const) {
        expect(hex(associationOf(certificate, { selector: 0, matching }))).toBe(digest(name, certificate.der));
        expect(hex(associationOf(certificate, { selector: 1, matching }))).toBe(digest(name, spki));
      }
    }
  });

  test.each([
    { selector: 2, matching: 1 },
    { selector: 255, matching: 0 },
    { selector: 0, matching: 3 },
    { selector: 1, matching: 255 },
  ])('is unknown for $selector $matching', (form) => {
    expect(associationOf(leaf, form)).toBeUndefined();
    expect(matchesTlsa({ ...form, data: new Uint8Array() }, [leaf], 3)).toBe(false);
  });

  test('of octets that are not at hand is known for SHA-256 alone', () => {
    const bare = { ...leaf, der: new Uint8Array() };
    for (const form of forms) {
      const expected = form.matching === 1 ? hex(associationOf(leaf, form)) : '';
      expect(hex(associationOf(bare, form))).toBe(expected);
    }
  });

  test('octets that are no certificate have no key, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (octets) => {
        expect(publicKeyInfoOf(octets)).toBeUndefined();
      }),
    );
    for (let end = 0; end < leaf.der.length; end += 7) {
      expect(hex(publicKeyInfoOf(leaf.der.subarray(0, end)))).toBe('');
    }
  });
});

describe('a TLSA record', () => {
  const data = (form: { selector: number; matching: number }, of = leaf): Uint8Array =>
    associationOf(of, form) ?? new Uint8Array();

  test('fits the certificate it was made from by its usage, and none other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...forms), fc.nat(chain.length - 1), fc.nat(255), (form, position, usage) => {
        const made = { ...form, data: data(form, chain[position]) };
        const isServer = usage === 1 || usage === 3;
        const isIssuer = usage === 0 || usage === 2;
        expect(matchesTlsa(made, chain, usage)).toBe((isServer && position === 0) || (isIssuer && position > 0));
      }),
    );
  });

  test('with any octet changed, added or left out fits nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...forms), fc.nat(), fc.integer({ min: 1, max: 255 }), (form, at, change) => {
        const right = data(form);
        const wrong = right.slice();
        wrong[at % wrong.length] = (wrong[at % wrong.length] ?? 0) ^ change;
        for (const bad of [
          wrong,
          right.slice(1),
          right.slice(0, -1),
          new Uint8Array([...right, 0]),
          new Uint8Array(),
        ]) {
          expect(matchesTlsa({ ...form, data: bad }, chain, 3)).toBe(false);
        }
      }),
    );
  });

  test.each([
    ['a root that is not sent does not count', 1, false, 2],
    ['unless the record holds all of its key', 0, true, 2],
    ['which public CAs are not taken by', 0, false, 0],
  ] as const)('%s', (_, matching, matches, usage) => {
    for (const selector of [0, 1]) {
      const made = { selector, matching, data: data({ selector, matching }, root) };
      expect(matchesTlsa(made, chain, usage)).toBe(matches);
      expect(matchesTlsa(made, [...chain, root], usage)).toBe(true);
    }
  });

  test('with a whole key of another CA fits nothing', () => {
    const stranger = makeChain({ ...soundChain, root: { ...soundChain.root, key: 9, signer: 9 } }).root;
    for (const selector of [0, 1]) {
      expect(matchesTlsa({ selector, matching: 0, data: data({ selector, matching: 0 }, stranger) }, chain, 2)).toBe(
        false,
      );
    }
    expect(matchesTlsa({ selector: 1, matching: 0, data: new Uint8Array([1, 2, 3]) }, chain, 2)).toBe(false);
  });

  test('fits no server without a certificate', () => {
    for (const usage of [0, 1, 2, 3])
      expect(matchesTlsa({ selector: 1, matching: 1, data: data({ selector: 1, matching: 1 }) }, [], usage)).toBe(
        false,
      );
  });
});

function run(args: readonly string[], input: Uint8Array): Buffer {
  return execFileSync('openssl', args, { input });
}

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version']);
    return true;
  } catch {
    return false;
  }
}
