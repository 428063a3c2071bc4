import { createPublicKey, getHashes, X509Certificate } from 'node:crypto';
import { signatureAlgorithms } from './object-identifiers.ts';
import type { PathMember } from './path-member.ts';

/** What checking one signature gave; the last three mean that this OpenSSL cannot tell. */
export type SignatureVerdict =
  | 'good'
  | 'bad'
  | 'signature-algorithm-unknown'
  | 'issuer-key-unknown'
  | 'certificate-unreadable';

/** Checks signatures and remembers the verdicts; undefined once the number of checks is used up. */
export type SignatureChecker = (certificate: PathMember, issuer: PathMember) => SignatureVerdict | undefined;

/** A checker that makes at most `limit` signature checks (RFC 5280 §6.1.3 (a)(1)). */
export function signatureChecker(limit: number): SignatureChecker {
  const verdicts = new Map<string, SignatureVerdict>();
  const hashes = new Set(getHashes().map((name) => name.toLowerCase()));
  let left = limit;
  return (certificate, issuer) => {
    const pair = `${certificate.facts.fingerprintSha256} ${issuer.facts.spkiSha256}`;
    const known = verdicts.get(pair);
    if (known !== undefined) return known;
    if (left === 0) return undefined;
    left--;
    const verdict = checkSignature(certificate, issuer, hashes);
    verdicts.set(pair, verdict);
    return verdict;
  };
}

const knownNames: ReadonlySet<string> = new Set([...signatureAlgorithms.values()].map(({ name }) => name));

function checkSignature(certificate: PathMember, issuer: PathMember, hashes: ReadonlySet<string>): SignatureVerdict {
  const { signatureAlgorithm, signatureHash } = certificate.facts;
  if (!knownNames.has(signatureAlgorithm)) return 'signature-algorithm-unknown';
  if (signatureHash !== undefined && !hashes.has(signatureHash)) return 'signature-algorithm-unknown';
  if (signatureAlgorithm === 'rsassaPss' && signatureHash === undefined) return 'signature-algorithm-unknown';
  const read = attempt(() => new X509Certificate(certificate.der));
  if (read === undefined) return 'certificate-unreadable';
  const key = attempt(() =>
    createPublicKey({ key: Buffer.from(issuer.details.publicKey), format: 'der', type: 'spki' }),
  );
  if (key === undefined) return 'issuer-key-unknown';
  return attempt(() => read.verify(key)) === true ? 'good' : 'bad';
}

/** Undefined for what OpenSSL throws at, which it does with keys and certificates it does not know. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
