import type { CertificateFacts } from '../../lib/certs/facts.ts';
import type { GivenCertificate, KeyFile } from '../../lib/certs/load.ts';
import { certificateNames } from '../../lib/certs/names.ts';
import { keyPurpose } from '../../lib/certs/object-identifiers.ts';
import { describePathFault, type PathFault } from '../../lib/certs/path-faults.ts';
import { type CertificateRole, certificateRoles } from '../../lib/certs/roles.ts';
import type { PathVerdict } from '../../lib/certs/validate-path.ts';
import { type JudgeSetup, PathJudge } from '../lint/path-judge.ts';

/** One certificate as `certs` lists it; this is the shape of its JSON. */
export interface CertificateRow {
  readonly file: string;
  /** Counts the certificates of the file from 1. */
  readonly position: number;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  /** Names peers compare, lower case. */
  readonly names: readonly string[];
  /** The names are common names, because there is no dNSName. */
  readonly commonNameOnly: boolean;
  readonly roles: readonly CertificateRole[];
  /** Who says the roles: the source, or nothing but the extKeyUsage of the certificate. */
  readonly rolesFrom: 'source' | 'extendedKeyUsage';
  /** Hosts that show it: those of its source, else those of its names that the zones given use. */
  readonly hosts: readonly string[];
  readonly domains?: readonly string[];
  readonly ports?: readonly number[];
  /** ISO 8601. */
  readonly notBefore: string;
  /** ISO 8601. */
  readonly notAfter: string;
  /** Whole days from `now` to notAfter, negative when it has expired. */
  readonly daysLeft: number;
  /** Such as `EC P-256` or `RSA 2048`. */
  readonly keyType: string;
  readonly fingerprintSha256: string;
  /** What a TLSA record `3 1 1` holds. */
  readonly spkiSha256: string;
  /** Subjects of the issuers in the file, nearest first. */
  readonly chain: readonly string[];
  readonly key?: KeyFile;
  readonly verdicts: readonly RowVerdict[];
}

/** The path of a certificate judged for one role. */
export interface RowVerdict {
  readonly role: CertificateRole;
  readonly valid: boolean;
  /** Subjects from the certificate to the trust anchor, or as far as issuers were found. */
  readonly path: readonly string[];
  readonly faults: readonly RowFault[];
}

/** Something wrong with a path, with its sentence and the section of the standard. */
export interface RowFault {
  readonly code: string;
  readonly section: string;
  readonly message: string;
}

/** By what certificates are judged. */
export interface Judging extends Omit<JudgeSetup, 'certificates'> {
  /** Hosts of the zones that a certificate names, when there are zones. */
  hostsOf(index: number): readonly string[];
}

const DAY = 86_400_000;

/** Makes the rows of certificates, in their order. */
export function certificateRows(given: readonly GivenCertificate[], judging: Judging): CertificateRow[] {
  const judge = new PathJudge({ ...judging, certificates: given });
  return given.map((certificate, index) => {
    const { facts, file, binding, key, roles } = certificate;
    const { names, cnFallback } = certificateNames(facts);
    const judged = roles.length > 0 ? roles : rolesByPurpose(facts);
    return {
      file,
      position: certificate.index + 1,
      subject: facts.subject,
      issuer: facts.issuer,
      serial: facts.serialHex,
      names,
      commonNameOnly: cnFallback && names.length > 0,
      roles: judged,
      rolesFrom: roles.length > 0 ? 'source' : 'extendedKeyUsage',
      hosts: binding.hosts ?? judging.hostsOf(index),
      ...(binding.domains && { domains: binding.domains }),
      ...(binding.ports && { ports: binding.ports }),
      notBefore: new Date(facts.notBefore).toISOString(),
      notAfter: new Date(facts.notAfter).toISOString(),
      daysLeft: Math.floor((facts.notAfter - judging.now) / DAY),
      keyType: keyLabel(facts),
      fingerprintSha256: facts.fingerprintSha256,
      spkiSha256: facts.spkiSha256,
      chain: certificate.chain.map((issuer) => issuer.facts.subject),
      ...(key && { key }),
      verdicts: judged.map((role) => rowVerdict(role, judge.path(certificate, role))),
    };
  });
}

/** A certificate is good when each path is valid and its key, if one was found, belongs to it. */
export function isGood({ verdicts, key }: CertificateRow): boolean {
  return verdicts.every(({ valid }) => valid) && key?.fit !== 'differs';
}

/** The roles that extKeyUsage allows; without the extension both. */
function rolesByPurpose({ extendedKeyUsage }: CertificateFacts): CertificateRole[] {
  if (extendedKeyUsage === undefined || extendedKeyUsage.includes(keyPurpose.any)) return [...certificateRoles];
  const allowed = certificateRoles.filter((role) => extendedKeyUsage.includes(PURPOSE[role]));
  return allowed.length > 0 ? allowed : [...certificateRoles];
}

const PURPOSE: Readonly<Record<CertificateRole, string>> = {
  server: keyPurpose.serverAuth,
  client: keyPurpose.clientAuth,
};

function keyLabel({ keyType, keyBits, curve }: CertificateFacts): string {
  if (keyType === 'ec') return `EC ${curve ?? keyBits}`;
  return keyType === 'rsa' || keyType === 'dsa' ? `${keyType.toUpperCase()} ${keyBits}` : keyType;
}

function rowVerdict(role: CertificateRole, verdict: PathVerdict): RowVerdict {
  const said = (fault: PathFault): RowFault => ({
    code: fault.code,
    section: fault.section,
    message: describePathFault(fault, fault.index === 0 ? undefined : verdict.path[fault.index]?.subject),
  });
  return {
    role,
    valid: verdict.valid,
    path: verdict.path.map(({ subject }) => subject),
    faults: [...verdict.faults, ...verdict.unverifiable].map(said),
  };
}
