import { createPublicKey, getHashes, type KeyObject, verify, X509Certificate } from 'node:crypto';
import { signatureAlgorithms } from './object-identifiers.ts';
import type { PathMember } from './path-member.ts';

/** What checking one signature gave; the last three mean that this OpenSSL cannot tell. */
export type SignatureVerdict =
  | 'good'
  | 'bad'
  | 'signature-algorithm-unknown'
  | 'issuer-key-unknown'
  | 'certificate-unreadable';

/** What signature checks found, which validations of one run may share; whoever starts the run makes it. */
export interface SignatureMemory {
  readonly verdicts: Map<string, SignatureVerdict>;
  /** Keys of issuers by the hash of their SubjectPublicKeyInfo; null for those this OpenSSL does not know. */
  readonly keys: Map<string, KeyObject | null>;
  readonly hashes: ReadonlySet<string>;
}

/** Beyond this nothing more is remembered, lest a crowd of certificates takes all there is. */
const mostRemembered = 2 ** 16;

/** An empty memory. A signature does not change, so it is good for any time, role and trust store. */
export function signatureMemory(): SignatureMemory {
  const hashes = new Set(getHashes().map((name) => name.toLowerCase()));
  return { verdicts: new Map(), keys: new Map(), hashes };
}

/** Checks signatures and remembers the verdicts; undefined once the number of checks is used up. */
export type SignatureChecker = (certificate: PathMember, issuer: PathMember) => SignatureVerdict | undefined;

/** A checker that makes at most `limit` signature checks (RFC 5280 §6.1.3 (a)(1)). */
export function signatureChecker(limit: number, memory: SignatureMemory): SignatureChecker {
  let left = limit;
  return (certificate, issuer) => {
    const pair = `${certificate.facts.fingerprintSha256} ${issuer.facts.spkiSha256}`;
    const known = memory.verdicts.get(pair);
    if (known !== undefined) return known;
    if (left === 0) return undefined;
    left--;
    const verdict = checkSignature(certificate, issuer, memory);
    remember(memory.verdicts, pair, verdict);
    return verdict;
  };
}

const knownNames: ReadonlySet<string> = new Set([...signatureAlgorithms.values()].map(({ name }) => name));

function checkSignature(certificate: PathMember, issuer: PathMember, memory: SignatureMemory): SignatureVerdict {
  const { signatureAlgorithm, signatureHash } = certificate.facts;
  if (!knownNames.has(signatureAlgorithm)) return 'signature-algorithm-unknown';
  if (signatureHash !== undefined && !memory.hashes.has(signatureHash)) return 'signature-algorithm-unknown';
  if (signatureAlgorithm === 'rsassaPss' && signatureHash === undefined) return 'signature-algorithm-unknown';
  if (isSignedPlainly(certificate, issuer, memory)) return 'good';
  const read = attempt(() => new X509Certificate(certificate.der));
  if (read === undefined) return 'certificate-unreadable';
  const key = keyOf(issuer, memory);
  if (key === null) return 'issuer-key-unknown';
  return attempt(() => read.verify(key)) === true ? 'good' : 'bad';
}

/** Signatures of most certificates, which OpenSSL need not read as a whole: that takes twice as long as to check the signature. */
const plainKeys: readonly (readonly [algorithm: RegExp, keyType: string])[] = [
  [/^ecdsa-with-SHA/, 'ec'],
  [/^sha\d+WithRSAEncryption$/, 'rsa'],
];

function isSignedPlainly({ facts, details }: PathMember, issuer: PathMember, memory: SignatureMemory): boolean {
  const { signatureAlgorithm, signatureHash } = facts;
  const keyType = plainKeys.find(([algorithm]) => algorithm.test(signatureAlgorithm))?.[1];
  const key = keyOf(issuer, memory);
  if (signatureHash === undefined || key === null || key.asymmetricKeyType !== keyType || !details.sameAlgorithm)
    return false;
  return attempt(() => verify(signatureHash, details.signed, key, details.signature)) === true;
}

function keyOf({ facts, details }: PathMember, { keys }: SignatureMemory): KeyObject | null {
  const known = keys.get(facts.spkiSha256);
  if (known !== undefined) return known;
  const octets = Buffer.from(details.publicKey);
  const key = attempt(() => createPublicKey({ key: octets, format: 'der', type: 'spki' })) ?? null;
  remember(keys, facts.spkiSha256, key);
  return key;
}

function remember<T>(found: Map<string, T>, key: string, value: T): void {
  if (found.size < mostRemembered) found.set(key, value);
}

/** Undefined for what OpenSSL throws at, which it does with keys and certificates it does not know. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
