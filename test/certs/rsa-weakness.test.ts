import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { readPem } from '../../lib/certs/pem.ts';
import { rsaModulus, rsaWeakness } from '../../lib/certs/rsa-weakness.ts';

const primes = Array.from({ length: 752 }, (_, number) => number).filter(
  (number) => number > 2 && Array.from({ length: number - 2 }, (_, at) => at + 2).every((each) => number % each !== 0),
);

/** The first number from `start` on, in steps, that no small prime divides. */
function sound(start: bigint, step: bigint): bigint {
  let number = start;
  while (primes.some((prime) => number % BigInt(prime) === 0n)) number += step;
  return number;
}

const product = primes.filter((prime) => prime <= 167).reduce((all, prime) => all * BigInt(prime), 1n);
/** A number that is a power of 65537 modulo the product, odd and without small factors. */
function flawed(power: bigint, size: bigint): bigint {
  const start = (65_537n ** power % product) + (product << size);
  return sound(start % 2n === 1n ? start : start + product, 2n * product);
}

const large = (1n << 1023n) + 0x1234_5678_9abc_def1n;

describe('the modulus of an RSA key', () => {
  test.each([
    ['even', 1n << 2047n],
    ['small-factor', 751n * sound(large, 2n)],
    ['small-factor', 3n * sound(large, 2n)],
    // Both factors have the form k·M + 65537^a mod M, as the flawed library made them.
    ['roca', flawed(12n, 800n) * flawed(77n, 801n)],
    ['close-primes', sound(large, 2n) * sound(large + 1000n, 2n)],
    ['close-primes', sound(large, 2n) ** 2n],
    [undefined, sound(large, 2n) * sound((large << 1n) + 1n, 2n)],
  ] as const)('%s', (expected, modulus) => {
    expect(rsaWeakness(modulus)).toBe(expected);
  });

  test('those of root certificates have no weakness', () => {
    const moduli = rootCertificates.flatMap((text) => {
      const [block] = readPem(new TextEncoder().encode(text)).blocks;
      return (block?.der && rsaModulus(block.der)) ?? [];
    });
    expect(moduli.length).toBeGreaterThan(50);
    expect(moduli.map(rsaWeakness).filter((weakness) => weakness !== undefined)).toEqual([]);
  });

  test('is read from a certificate, and only from one with an RSA key', () => {
    const weak = readFileSync(new URL('../example/certificates/weak.pem', import.meta.url));
    const [leaf, issuer] = readPem(weak).blocks.map(({ der }) => rsaModulus(der ?? new Uint8Array()));
    expect(leaf?.toString(2).length).toBe(1024);
    expect(issuer).toBeUndefined();
    for (const octets of [new Uint8Array(), new Uint8Array(40).fill(0x30), new Uint8Array([0x30, 0x80])])
      expect(rsaModulus(octets)).toBeUndefined();
  });
});
