import type { Span } from '../text/diagnostic.ts';
import type { PemFaultCode } from './pem.ts';

/** Something wrong with a certificate file; `describeCertificateProblem` makes the sentence. */
export type CertificateFileProblem = { readonly file: string; readonly span: Span } & (
  | { readonly code: PemFaultCode; readonly label: string }
  | { readonly code: 'other-block'; readonly label: string }
  | { readonly code: 'not-a-certificate'; readonly detail: string }
  | { readonly code: 'unrelated-issuer'; readonly subject: string; readonly more: number }
  | { readonly code: 'repeated'; readonly subject: string }
  | { readonly code: PlainCode }
);

type PlainCode =
  | 'empty'
  | 'no-block'
  | 'bare-base64'
  | 'utf16-text'
  | 'only-issuers'
  | 'too-many-certificates'
  | 'private-key'
  | 'public-key'
  | 'certificate-request'
  | 'pkcs12'
  | 'pkcs7'
  | 'java-keystore';

/** Every code a certificate file can give. */
export type CertificateFileProblemCode = CertificateFileProblem['code'];

const giveCertificate = 'give the certificate file (often cert.pem or fullchain.pem)';
const beginLine = "'-----BEGIN CERTIFICATE-----'";
const endLine = "'-----END CERTIFICATE-----'";

/** What a whole file is instead of a certificate file, and what to do; `FILE` stands for its name. */
const fileSentences: Readonly<Record<PlainCode, string>> = {
  empty: 'is empty: give a certificate file in PEM form',
  'no-block': `has no PEM certificate block: ${giveCertificate}, which holds a line ${beginLine}`,
  'bare-base64': `has no PEM certificate block, only base64 text: put it between the lines ${beginLine} and ${endLine}`,
  'utf16-text': 'is UTF-16 text, which mail servers cannot read: save it as ASCII or UTF-8',
  'only-issuers': `holds CA certificates only, none of a host: ${giveCertificate}`,
  'too-many-certificates':
    'holds too many certificates, and those from here on are not read: give the ones that are needed only',
  'private-key': `is a private key, not a certificate: ${giveCertificate}`,
  'public-key': `is a public key, not a certificate: ${giveCertificate}`,
  'certificate-request':
    'is a certificate request, not a certificate: give the certificate that the CA returned for it',
  pkcs12: 'is a PKCS#12 file: convert it with openssl pkcs12 -in FILE -nokeys -out cert.pem',
  pkcs7:
    'is a PKCS#7 file: convert it with openssl pkcs7 -in FILE -print_certs -out cert.pem (with -inform DER if binary)',
  'java-keystore':
    'is a Java keystore: export the certificate with keytool -exportcert -rfc -keystore FILE -alias NAME',
};

/** One whole sentence with the file's name: what it is or where it is broken, and what to do. */
export function describeCertificateProblem(problem: CertificateFileProblem): string {
  const { file } = problem;
  switch (problem.code) {
    case 'unterminated':
      return `${file}: the ${shown(problem.label)} block has no END line: the file is cut short; copy it again`;
    case 'label-mismatch':
      return `${file}: the END line does not match its BEGIN line, which says ${shown(problem.label)}: copy the file again`;
    case 'end-without-begin':
      return `${file}: this END ${shown(problem.label)} line has no BEGIN line before it: copy the file again`;
    case 'boundary-not-alone':
      return `${file}: a BEGIN or END line must stand alone at the start of its line, or mail servers do not find the block: when joining files, put a line end between them`;
    case 'bad-base64':
      return `${file}: the ${shown(problem.label)} block is not base64 text from here on: copy the file again`;
    case 'not-a-certificate':
      return `${file}: this is no X.509 certificate: ${problem.detail}`;
    case 'other-block':
      return `${file} holds ${shown(problem.label)}, not a certificate: ${giveCertificate}`;
    case 'unrelated-issuer':
      return `${file}: the CA certificate ${shown(problem.subject)}${problem.more > 0 ? ` and ${problem.more} more` : ''} issued no certificate of this file: remove it, or put the right intermediate in its place`;
    case 'repeated':
      return `${file}: the certificate ${shown(problem.subject)} stands in this file already: remove the second copy`;
    default:
      return `${file} ${fileSentences[problem.code].replace('FILE', () => file)}`;
  }
}

/** The certificates of the file are read all the same, so the problem is worth a warning only. */
export function isHarmless(code: CertificateFileProblemCode): boolean {
  return code === 'boundary-not-alone' || code === 'unrelated-issuer' || code === 'repeated';
}

function shown(text: string): string {
  return `'${text.length > 80 ? `${text.slice(0, 80)}…` : text}'`;
}
