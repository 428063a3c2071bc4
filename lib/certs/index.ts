export type { InvalidDnsName } from './alternative-names.ts';
export { type CertificateFacts, type CertificateProblem, readCertificate } from './facts.ts';
export {
  type Binding,
  type CertificateFile,
  type GivenCertificate,
  type KeyFile,
  readCertificateFile,
  readCertificates,
} from './load.ts';
export {
  type CertificateNames,
  certificateNames,
  type MatchPolicy,
  matchNames,
  type NameMatch,
  normalizeHostName,
} from './names.ts';
export { keyPurpose } from './object-identifiers.ts';
export { describePathFault, type PathFault, type PathFaultCode } from './path-faults.ts';
export type { Certificate } from './path-member.ts';
export type { PolicyDemand } from './path-policies.ts';
export type { ExtendedKeyUsagePolicy } from './path-purpose.ts';
export { type SignatureMemory, signatureMemory } from './path-signatures.ts';
export { type PemBlock, type PemFault, type PemFaultCode, type PemFile, type PemKind, readPem } from './pem.ts';
export { keyFit } from './private-key.ts';
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
export { type SelfSigned, type SelfSignedOptions, selfSigned } from './self-signed.ts';
export { mergeCertificates } from './sources/merge.ts';
export { readSource } from './sources/read-source.ts';
export {
  type CertificateEntry,
  type CertificateSource,
  describeSourceProblem,
  isHarmlessSourceProblem,
  type SourcePort,
} from './sources/source.ts';
export type { Association } from './tlsa.ts';
export { associationOf, matchesTlsa } from './tlsa.ts';
export { loadTrust, type TrustFile, type TrustStore } from './trust.ts';
export { type PathQuestion, type PathVerdict, validatePath } from './validate-path.ts';
