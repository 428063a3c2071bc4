type Rule = readonly [section: string, clause: string];

type RuleCode =
  | 'issuer-missing'
  | 'self-signed'
  | 'too-long'
  | 'limit-reached'
  | 'signature-invalid'
  | 'signature-algorithm-differs'
  | 'key-identifier-mismatch'
  | 'not-yet-valid'
  | 'expired'
  | 'not-a-ca'
  | 'path-length-exceeded'
  | 'key-usage-cert-sign'
  | 'key-usage-role'
  | 'extended-key-usage'
  | 'name-not-permitted'
  | 'name-excluded'
  | 'name-constraint-unsupported'
  | 'name-constraints-too-many'
  | 'policy-missing'
  | 'policy-mapping-any'
  | 'policies-too-many'
  | 'critical-extension'
  | 'extension-unreadable'
  | 'explicit-curve'
  | 'name-mismatch';

type OpenCode = 'signature-algorithm-unknown' | 'issuer-key-unknown' | 'certificate-unreadable';

type ProfileCode =
  | 'version-without-extensions'
  | 'path-length-without-ca'
  | 'path-length-without-key-usage'
  | 'basic-constraints-not-critical'
  | 'ca-without-key-usage'
  | 'cert-sign-without-ca'
  | 'issuer-empty'
  | 'subject-empty'
  | 'alternative-names-not-critical'
  | 'alternative-names-empty'
  | 'key-identifier-critical'
  | 'authority-key-identifier-missing'
  | 'subject-key-identifier-missing';

/** Every rule a path can break: the section that sets it, and a clause with `{arguments}` that says what is wrong. */
const rules: Readonly<Record<RuleCode, Rule>> = {
  'issuer-missing': [
    'RFC 5280 §6.1',
    "its issuer '{issuer}' is neither among the certificates given nor trusted: add the intermediate certificate to the chain, or the root to the trust store",
  ],
  'self-signed': ['RFC 5280 §6.1', 'it is self-signed and not in the trust store'],
  'too-long': ['RFC 5280 §6.1', 'the path has more than {limit} certificates'],
  'limit-reached': [
    'RFC 5280 §6.1',
    'the search for a path was given up after {limit}: leave out certificates that do not belong to the chain',
  ],
  'signature-invalid': [
    'RFC 5280 §6.1.3 (a)(1)',
    "its signature was not made with the key of '{issuer}': the wrong intermediate certificate is given, or the certificate was changed",
  ],
  'signature-algorithm-differs': [
    'RFC 5280 §4.1.1.2',
    'the signed part names another signature algorithm than the signature',
  ],
  'key-identifier-mismatch': [
    'RFC 5280 §4.2.1.1',
    "its authorityKeyIdentifier does not fit '{issuer}': OpenSSL does not take that certificate for its issuer",
  ],
  'not-yet-valid': ['RFC 5280 §6.1.3 (a)(2)', 'it is not valid before {notBefore}'],
  expired: ['RFC 5280 §6.1.3 (a)(2)', 'it expired at {notAfter}'],
  'not-a-ca': [
    'RFC 5280 §6.1.4 (k)',
    'it issued a certificate of the path and is no CA certificate (basicConstraints)',
  ],
  'path-length-exceeded': [
    'RFC 5280 §6.1.4 (l)',
    'it allows {allowed} CA certificates between itself and the last certificate, and the path has {found}',
  ],
  'key-usage-cert-sign': [
    'RFC 5280 §6.1.4 (n)',
    'its keyUsage does not hold keyCertSign, so it may not issue certificates',
  ],
  'key-usage-role': ['RFC 5280 §4.2.1.3', 'its keyUsage ({found}) does not allow TLS as {role}: {wanted} is needed'],
  'extended-key-usage': [
    'RFC 5280 §4.2.1.12',
    'its extKeyUsage ({found}) does not allow the role {role}: {wanted} is needed',
  ],
  'name-not-permitted': ['RFC 5280 §6.1.3 (b)', "its {kind} '{name}' is outside of the names that '{issuer}' permits"],
  'name-excluded': ['RFC 5280 §6.1.3 (c)', "its {kind} '{name}' is among the names that '{issuer}' excludes"],
  'name-constraint-unsupported': [
    'RFC 5280 §4.2.1.10',
    "its {kind} '{name}' is constrained by '{issuer}' in a way that cannot be judged",
  ],
  'name-constraints-too-many': [
    'RFC 5280 §4.2.1.10',
    "it and '{issuer}' have too many names and constraints to compare",
  ],
  'policy-missing': [
    'RFC 5280 §6.1.3 (f)',
    'an explicit certificate policy is demanded, and no policy is valid from the trust anchor down to here',
  ],
  'policy-mapping-any': ['RFC 5280 §6.1.4 (a)', 'its policyMappings map from or to anyPolicy'],
  'policies-too-many': ['RFC 5280 §6.1.3 (d)', 'it has more than {limit} policies or policy mappings'],
  'critical-extension': [
    'RFC 5280 §4.2',
    'it marks extension {extension} critical, which path validation does not process',
  ],
  'extension-unreadable': ['RFC 5280 §4.2', 'an extension cannot be read: {detail}'],
  'explicit-curve': ['RFC 5480 §2.1.1', 'its elliptic curve is written out instead of named'],
  'name-mismatch': ['RFC 9525 §6.3', 'it has none of the names {names}'],
};

/** Signatures that could not be checked, which is neither good nor bad. */
const openQuestions: Readonly<Record<OpenCode, Rule>> = {
  'signature-algorithm-unknown': [
    'RFC 5280 §6.1.3 (a)(1)',
    'its signature algorithm {algorithm} cannot be checked here',
  ],
  'issuer-key-unknown': [
    'RFC 5280 §6.1.3 (a)(1)',
    "its signature cannot be checked here, because the key of '{issuer}' ({keyType}) cannot be used",
  ],
  'certificate-unreadable': [
    'RFC 5280 §6.1.3 (a)(1)',
    'its signature cannot be checked here, because OpenSSL cannot read the certificate',
  ],
};

/** What a certificate of the path has that RFC 5280 §4 forbids to its issuer; `openssl verify -x509_strict` refuses such a path. */
const profile: Readonly<Record<ProfileCode, Rule>> = {
  'version-without-extensions': ['RFC 5280 §4.1.2.1', 'it has extensions and is of version {version}, not 3'],
  'path-length-without-ca': ['RFC 5280 §4.2.1.9', 'it has a pathLenConstraint and is no CA certificate'],
  'path-length-without-key-usage': [
    'RFC 5280 §4.2.1.9',
    'it has a pathLenConstraint and its keyUsage does not hold keyCertSign',
  ],
  'basic-constraints-not-critical': [
    'RFC 5280 §4.2.1.9',
    'it is a CA certificate and basicConstraints is not critical',
  ],
  'ca-without-key-usage': ['RFC 5280 §4.2.1.3', 'it is a CA certificate without keyUsage'],
  'cert-sign-without-ca': ['RFC 5280 §4.2.1.3', 'its keyUsage holds keyCertSign and it is no CA certificate'],
  'issuer-empty': ['RFC 5280 §4.1.2.4', 'its issuer is empty'],
  'subject-empty': ['RFC 5280 §4.1.2.6', 'its subject is empty and it has no subjectAltName or is a CA certificate'],
  'alternative-names-not-critical': ['RFC 5280 §4.2.1.6', 'its subject is empty and subjectAltName is not critical'],
  'alternative-names-empty': ['RFC 5280 §4.2.1.6', 'its subjectAltName holds no name'],
  'key-identifier-critical': ['RFC 5280 §4.2.1.1', 'its subjectKeyIdentifier or authorityKeyIdentifier is critical'],
  'authority-key-identifier-missing': ['RFC 5280 §4.2.1.1', 'it has no authorityKeyIdentifier'],
  'subject-key-identifier-missing': ['RFC 5280 §4.2.1.2', 'it is a CA certificate without subjectKeyIdentifier'],
};

/** Codes of everything `validatePath` can say about a certificate. */
export type PathFaultCode = RuleCode | OpenCode | ProfileCode;

/** One thing said about one certificate of a path; `describePathFault` makes the sentence. */
export interface PathFault {
  readonly code: PathFaultCode;
  /** Position in the path, 0 for the leaf. */
  readonly index: number;
  /** The section of the standard that sets the rule. */
  readonly section: string;
  readonly args: Readonly<Record<string, string>>;
}

const all: Readonly<Record<PathFaultCode, Rule>> = {
  ...rules,
  ...openQuestions,
  ...profile,
};

/** Makes a fault with the section of its code. */
export function pathFault(code: PathFaultCode, index: number, args: Readonly<Record<string, string>> = {}): PathFault {
  return { code, index, section: all[code][0], args };
}

/** One sentence about a fault that names the certificate by its place and, if given, its subject. */
export function describePathFault({ code, index, args }: PathFault, subject?: string): string {
  const place = index === 0 ? 'the certificate' : `issuer ${index} of the path`;
  const named = subject === undefined ? place : `${place} '${shortened(subject)}'`;
  const clause = all[code][1].replace(/\{(\w+)\}/g, (_, name: string) => shortened(args[name] ?? ''));
  return `${named}: ${clause}`;
}

// A name out of a hostile certificate may be megabytes long and hold control characters.
function shortened(text: string): string {
  const cut = text.length > 160 ? `${text.slice(0, 160)}…` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return cut.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '?');
}
