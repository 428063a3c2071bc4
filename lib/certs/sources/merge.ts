import type { Binding, GivenCertificate, KeyFile } from '../load.ts';
import type { CertificateRole } from '../roles.ts';

/** Who says the roles of a certificate, from the one that counts most to the one that says nothing. */
export type RoleStatement = 'inventory' | 'command-line' | 'configuration' | 'nobody';

/** A certificate that was read, and who says its roles. */
export interface StatedCertificate {
  readonly certificate: GivenCertificate;
  readonly said: RoleStatement;
}

/** What somebody says of a certificate. */
export interface Statement {
  readonly roles: readonly CertificateRole[];
  readonly binding: Binding;
  readonly said: RoleStatement;
}

const ranks: readonly RoleStatement[] = ['inventory', 'command-line', 'configuration', 'nobody'];

/**
 * Makes one of the copies of a certificate that several sources name: the copy with the longest chain stays, and roles, hosts, domains
 * and ports are each those of the statements that count most, taken together when several count the same. Of several keys one that does
 * not fit is kept, so that it is told of.
 */
export function mergeCertificates(stated: readonly StatedCertificate[]): GivenCertificate[] {
  const groups = new Map<string, StatedCertificate[]>();
  for (const each of stated) {
    const { fingerprintSha256 } = each.certificate.facts;
    const group = groups.get(fingerprintSha256);
    if (group === undefined) groups.set(fingerprintSha256, [each]);
    else group.push(each);
  }
  return [...groups.values()].map((group) => {
    const { certificate } = group.reduce((best, each) =>
      each.certificate.chain.length > best.certificate.chain.length ? each : best,
    );
    const { key: _, ...rest } = certificate;
    const statements = group.map(({ certificate: { roles, binding }, said }) => ({ roles, binding, said }));
    const roles = statedRoles(statements);
    const key = worstKey(group.flatMap(({ certificate: { key: own } }) => own ?? []));
    const roleSource = roles.length > 0 ? 'given' : 'none';
    return { ...rest, roles, roleSource, binding: statedBinding(statements), ...(key && { key }) };
  });
}

/** The roles of the statements that count most among those that name any. */
export function statedRoles(statements: readonly Omit<Statement, 'binding'>[]): CertificateRole[] {
  const naming = statements.filter(({ roles }) => roles.length > 0);
  const most = ranks.find((rank) => naming.some(({ said }) => said === rank));
  return [...new Set(naming.filter(({ said }) => said === most).flatMap(({ roles }) => roles))];
}

/**
 * Hosts, domains and ports, each by the statements that count most among those that name any: all that they name, or everything when one
 * of the same weight leaves it open. What is said for clients alone says nothing of ports.
 */
export function statedBinding(statements: readonly Statement[]): Binding {
  const hosts = statedPart(statements, ({ hosts: named }) => named);
  const domains = statedPart(statements, ({ domains: named }) => named);
  const ofServers = statements.filter(({ roles }) => roles.length === 0 || roles.includes('server'));
  const ports = statedPart(ofServers, ({ ports: named }) => named);
  return { ...(hosts && { hosts }), ...(domains && { domains }), ...(ports && { ports }) };
}

function statedPart<T>(
  statements: readonly Statement[],
  partOf: (binding: Binding) => readonly T[] | undefined,
): readonly T[] | undefined {
  const most = ranks.find((rank) =>
    statements.some(({ said, binding }) => said === rank && partOf(binding) !== undefined),
  );
  const parts = statements.filter(({ said }) => said === most).map(({ binding }) => partOf(binding));
  return parts.length === 0 || parts.includes(undefined)
    ? undefined
    : [...new Set(parts.flatMap((part) => part ?? []))];
}

function worstKey(keys: readonly KeyFile[]): KeyFile | undefined {
  return keys.find(({ fit }) => fit === 'differs') ?? keys.find(({ fit }) => fit === 'fits') ?? keys[0];
}
