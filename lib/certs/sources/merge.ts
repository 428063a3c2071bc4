import type { GivenCertificate } from '../load.ts';
import type { CertificateRole } from '../roles.ts';

/** Who says the roles of a certificate, from the one that counts most to the one that says nothing. */
export type RoleStatement = 'inventory' | 'command-line' | 'configuration' | 'nobody';

/** A certificate that was read, and who says its roles. */
export interface StatedCertificate {
  readonly certificate: GivenCertificate;
  readonly said: RoleStatement;
}

const ranks: readonly RoleStatement[] = ['inventory', 'command-line', 'configuration', 'nobody'];

/**
 * Makes one of the copies of a certificate that several sources name: the copy with the longest chain stays, and the roles are those of the
 * statements that count most, taken together when several count the same.
 */
export function mergeCertificates(stated: readonly StatedCertificate[]): GivenCertificate[] {
  const groups = new Map<string, StatedCertificate[]>();
  for (const each of stated) {
    const { fingerprintSha256 } = each.certificate.facts;
    groups.set(fingerprintSha256, [...(groups.get(fingerprintSha256) ?? []), each]);
  }
  return [...groups.values()].map((group) => {
    const { certificate } = group.reduce((best, each) =>
      each.certificate.chain.length > best.certificate.chain.length ? each : best,
    );
    const roles = statedRoles(group.map(({ certificate: { roles: own }, said }) => ({ roles: own, said })));
    return { ...certificate, roles, roleSource: roles.length > 0 ? 'given' : 'none' };
  });
}

/** The roles of the statements that count most among those that name any. */
export function statedRoles(
  statements: readonly { readonly roles: readonly CertificateRole[]; readonly said: RoleStatement }[],
): CertificateRole[] {
  const naming = statements.filter(({ roles }) => roles.length > 0);
  const most = ranks.find((rank) => naming.some(({ said }) => said === rank));
  return [...new Set(naming.filter(({ said }) => said === most).flatMap(({ roles }) => roles))];
}
