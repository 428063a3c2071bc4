export type { InvalidDnsName } from './alternative-names.ts';
export { type CertificateFacts, type CertificateProblem, readCertificate } from './facts.ts';
export { type CertificateFile, type GivenCertificate, readCertificateFile } from './load.ts';
export {
  type CertificateNames,
  certificateNames,
  type MatchPolicy,
  matchNames,
  type NameMatch,
  normalizeHostName,
} from './names.ts';
export { keyPurpose } from './object-identifiers.ts';
export { type PemBlock, type PemFault, type PemFaultCode, type PemFile, type PemKind, readPem } from './pem.ts';
export {
  type CertificateFileProblem,
  type CertificateFileProblemCode,
  describeCertificateProblem,
  isHarmless,
} from './problems.ts';
export {
  type CertificateRole,
  certificateRoles,
  describeUnknownRoles,
  parseRoleSuffix,
  type RoleArgument,
  type UnknownRole,
} from './roles.ts';
