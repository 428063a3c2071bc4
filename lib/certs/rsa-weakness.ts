import { openDer, readInto, readValue, tag } from './der.ts';
import { readBitString, readUnsigned } from './der-values.ts';
import { readPathDetails } from './path-details.ts';

/**
 * What makes an RSA modulus one that can be factored: it is even or has a small factor, it was made by the flawed library of
 * CVE-2017-15361 (ROCA), or its factors are so close that Fermat's method finds them (CA/B BR §6.1.1.3, §6.1.6).
 */
export type RsaWeakness = 'even' | 'small-factor' | 'roca' | 'close-primes';

/** Longer moduli are refused by TLS software, and the tests would take long. */
const MOST_BITS = 16_384;

/** The modulus of the RSA key in a certificate; undefined for other keys and for what cannot be read. */
export function rsaModulus(certificate: Uint8Array): bigint | undefined {
  const document = openDer(readPathDetails(certificate).publicKey);
  const info = readInto(document, 'the public key', tag.sequence);
  readValue(info, 'the public key algorithm', tag.sequence);
  const { octets } = readBitString(info, 'the public key');
  const inner = openDer(octets);
  const modulus = readUnsigned(readInto(inner, 'the RSA key', tag.sequence), 'the RSA modulus');
  if (document.faults.length > 0 || inner.faults.length > 0 || modulus.length * 8 > MOST_BITS) return undefined;
  return BigInt(`0x0${Buffer.from(modulus).toString('hex')}`);
}

/** The weakness of a modulus that shows without knowing its factors, undefined when there is none. */
export function rsaWeakness(modulus: bigint): RsaWeakness | undefined {
  if (modulus % 2n === 0n) return 'even';
  const { primes, product, fingerprint } = primesOnce();
  const small = modulus % product;
  if (primes.some((prime) => small % BigInt(prime) === 0n)) return 'small-factor';
  if (fingerprint.every(({ prime, powers }) => powers.has(Number(small % prime)))) return 'roca';
  return hasCloseFactors(modulus) ? 'close-primes' : undefined;
}

/** What moduli are held against. */
interface Primes {
  /** The odd primes below 752 (CA/B BR §6.1.6). */
  readonly primes: readonly number[];
  readonly product: bigint;
  /** The flawed library makes primes that are powers of 65537 modulo many small primes, and so is their product; other moduli pass once in 2^27. */
  readonly fingerprint: readonly { readonly prime: bigint; readonly powers: ReadonlySet<number> }[];
}

let made: Primes | undefined;

/** Made when the first key is looked at: most runs look at none. */
function primesOnce(): Primes {
  if (made !== undefined) return made;
  const primes = oddPrimesBelow(752);
  const product = primes.reduce((whole, prime) => whole * BigInt(prime), 1n);
  const few = primes.filter((prime) => prime <= 167);
  made = {
    primes,
    product,
    fingerprint: few.map((prime) => ({ prime: BigInt(prime), powers: powersOf(65_537, prime) })),
  };
  return made;
}

function oddPrimesBelow(limit: number): number[] {
  const primes: number[] = [];
  for (let number = 3; number < limit; number += 2) {
    if (!primes.some((prime) => number % prime === 0)) primes.push(number);
  }
  return primes;
}

function powersOf(base: number, prime: number): ReadonlySet<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * base) % prime) powers.add(power);
  return powers;
}

/** Rounds of Fermat's method that CAs have to make (CA/B BR §6.1.1.3). */
const ROUNDS = 100;

/** Numbers by whose remainders hardly any number is taken for a square that is none. */
const SIEVE: readonly { readonly modulus: number; readonly squares: ReadonlySet<number> }[] = [64, 63, 65, 11].map(
  (modulus) => ({ modulus, squares: new Set(Array.from({ length: modulus }, (_, root) => (root * root) % modulus)) }),
);
const SIEVED: bigint = BigInt(SIEVE.reduce((product, { modulus }) => product * modulus, 1));

function hasCloseFactors(modulus: bigint): boolean {
  let middle = squareRoot(modulus);
  let rest = middle * middle - modulus;
  for (let round = 0; round <= ROUNDS; round++) {
    if (rest >= 0n && isSquare(rest)) return true;
    rest += 2n * middle + 1n;
    middle++;
  }
  return false;
}

function isSquare(number: bigint): boolean {
  const small = Number(number % SIEVED);
  if (!SIEVE.every(({ modulus, squares }) => squares.has(small % modulus))) return false;
  const root = squareRoot(number);
  return root * root === number;
}

/** The whole part of the square root, by Newton's method. */
function squareRoot(square: bigint): bigint {
  if (square < 2n) return square;
  let root = 1n << BigInt((square.toString(16).length * 4 + 2) >> 1);
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
