import type { CertificateFacts } from '../../lib/certs/facts.ts';
import type { GivenCertificate } from '../../lib/certs/load.ts';
import { certificateNames } from '../../lib/certs/names.ts';
import type { PathVerdict } from '../../lib/certs/validate-path.ts';
import { RULE_OF_FLAG, rulesOfFault } from '../../lib/lint/verdict-rules.ts';
import type { DmarcVerdict } from '../../lib/mail/dmarc-verdict.ts';
import { describeMtlsFault, helpForMtlsFault, type MtlsFault } from '../../lib/mail/mtls-faults.ts';
import { FLAG_WORDS } from '../../lib/mail/mtls-flags.ts';
import type { MtlsFlag, NameComparison, VerdictStep } from '../../lib/mail/mtls-names.ts';

/** A verdict on one certificate as `verify` shows it; this is the shape of its JSON. */
export interface Judged {
  readonly role: 'server' | 'client';
  /** What the peer says: of a client pass, fail, none or temperror; of a server verified, close or continue. */
  readonly result: string;
  /** Nothing is wrong: pass or verified, and CAA lets the CA issue it again. */
  readonly good: boolean;
  /** One sentence. */
  readonly summary: string;
  /** The mail domain by whose records the certificate was judged; absent for a null reverse-path. */
  readonly domain?: string;
  /** Where the domain of a client comes from. */
  readonly identity?: 'mailfrom' | 'helo';
  /** The host of a server that was taken to show the certificate. */
  readonly host?: string;
  /** Whether the domain has Client MX. */
  readonly optedIn: 'yes' | 'no' | 'unknown';
  readonly certificate: JudgedCertificate;
  readonly faults: readonly JudgedFault[];
  readonly warnings: readonly JudgedWarning[];
  /** Which names were compared, and the one that matched. */
  readonly compared: NameComparison;
  readonly path: { readonly valid: boolean; readonly certificates: readonly PathMemberShown[] };
  /** What a peer that complies does next. */
  readonly next: string;
  /** Its reply to MAIL FROM, when it refuses. */
  readonly reply?: string;
  /** The Authentication-Results field it writes, lines ended by CRLF. */
  readonly header?: string;
  readonly dmarc?: Omit<DmarcVerdict, 'trace'>;
  readonly trace: readonly VerdictStep[];
}

/** The certificate that was judged. */
export interface JudgedCertificate {
  readonly file: string;
  /** Counts the certificates of the file from 1. */
  readonly position: number;
  readonly subject: string;
  readonly names: readonly string[];
  /** ISO 8601. */
  readonly notBefore: string;
  /** ISO 8601. */
  readonly notAfter: string;
  readonly fingerprintSha256: string;
}

/** One thing that is wrong, with what to do. */
export interface JudgedFault {
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly section: string;
  readonly requirements: readonly string[];
  /** Rules by which `lint` says the same. */
  readonly rules: readonly string[];
}

/** One thing that is allowed and still not as it should be. */
export interface JudgedWarning {
  readonly flag: string;
  readonly message: string;
  readonly help: string;
  readonly requirements: readonly string[];
  readonly rules: readonly string[];
}

/** One certificate of the path, the leaf first. */
export interface PathMemberShown {
  readonly subject: string;
  /** ISO 8601. */
  readonly notAfter: string;
}

/** The JSON of a certificate. */
export function certificateShown({ file, index, facts }: GivenCertificate): JudgedCertificate {
  const { names } = certificateNames(facts);
  const { subject, fingerprintSha256 } = facts;
  const dates = { notBefore: isoOf(facts.notBefore), notAfter: isoOf(facts.notAfter) };
  return { file, position: index + 1, subject, names: names.slice(0, MOST_NAMES), ...dates, fingerprintSha256 };
}

const MOST_NAMES = 1000;

/** The path of a verdict as it is shown. */
export function pathShown({ valid, path }: PathVerdict): Judged['path'] {
  return { valid, certificates: path.map((one) => ({ subject: labelOf(one), notAfter: isoOf(one.notAfter) })) };
}

/** A certificate by its subject, or by a name when that is empty. */
function labelOf({ subject, dnsNames, serialHex }: CertificateFacts): string {
  return subject || dnsNames[0] || `serial ${serialHex}`;
}

/** A fault with its sentences and the rules of lint. */
export function faultShown(fault: MtlsFault, given: GivenCertificate): JudgedFault {
  const { code, section, requirements } = fault;
  const message = describeMtlsFault(fault);
  return { code, message, help: helpForMtlsFault(fault), section, requirements, rules: rulesOfFault(fault, given) };
}

/** A flag with its sentences and the rule of lint. */
export function warningShown(flag: MtlsFlag): JudgedWarning {
  const { message, help, requirements } = FLAG_WORDS[flag];
  return { flag, message, help, requirements, rules: [RULE_OF_FLAG[flag]] };
}

function isoOf(time: number): string {
  return Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : 'unknown';
}
