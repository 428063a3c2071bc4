import { keyPurpose } from './object-identifiers.ts';
import { type PathFault, pathFault } from './path-faults.ts';
import type { PathMember } from './path-member.ts';
import type { CertificateRole } from './roles.ts';

/**
 * How extKeyUsage is judged. `strict`: the purpose of the role is needed. `accept-server-auth`: a client may show a
 * certificate for servers as well, because public CAs issue no others. `ignore`: it is not looked at.
 */
export type ExtendedKeyUsagePolicy = 'strict' | 'accept-server-auth' | 'ignore';

const purposeNames: ReadonlyMap<string, string> = new Map(Object.entries(keyPurpose).map(([name, id]) => [id, name]));

/** Any of these bits lets a certificate take part in a TLS handshake (RFC 5280 §4.2.1.12). */
const roleBits: Readonly<Record<CertificateRole, readonly string[]>> = {
  server: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  client: ['digitalSignature', 'keyAgreement'],
};

/** The leaf's keyUsage, where it exists, allows TLS in this role (RFC 5280 §4.2.1.3, §4.2.1.12). */
export function roleUsageFaults({ facts }: PathMember, role: CertificateRole): PathFault[] {
  const { keyUsage } = facts;
  if (keyUsage === undefined || roleBits[role].some((bit) => keyUsage.includes(bit))) return [];
  const wanted = roleBits[role].join(' or ');
  return [pathFault('key-usage-role', 0, { role, found: keyUsage.join(', ') || 'empty', wanted })];
}

/**
 * extKeyUsage nests, as browsers and OpenSSL read it although RFC 5280 does not say so: one purpose must be allowed by every
 * certificate of the path that has the extension, the trust anchor included. anyExtendedKeyUsage allows all of them.
 */
export function purposeFaults(
  path: readonly PathMember[],
  role: CertificateRole,
  policy: ExtendedKeyUsagePolicy,
): PathFault[] {
  if (policy === 'ignore') return [];
  const own = role === 'server' ? keyPurpose.serverAuth : keyPurpose.clientAuth;
  const purposes = policy === 'strict' || role === 'server' ? [own] : [own, keyPurpose.serverAuth];
  const refusals = purposes.map((purpose) => path.flatMap((member, index) => (allows(member, purpose) ? [] : [index])));
  // Of two purposes that would do, the one more of the path agrees with shows best what is wrong.
  const fewest = refusals.reduce((best, refusal) => (refusal.length < best.length ? refusal : best));
  const wanted = purposes.map((purpose) => purposeNames.get(purpose)!).join(' or ');
  return fewest.map((index) => {
    const found = path[index]!.facts.extendedKeyUsage!.map((id) => purposeNames.get(id) ?? id).join(', ');
    return pathFault('extended-key-usage', index, { role, found: found || 'empty', wanted });
  });
}

function allows({ facts }: PathMember, purpose: string): boolean {
  const { extendedKeyUsage } = facts;
  return (
    extendedKeyUsage === undefined || extendedKeyUsage.includes(purpose) || extendedKeyUsage.includes(keyPurpose.any)
  );
}
