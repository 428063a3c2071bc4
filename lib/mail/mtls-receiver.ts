import { normalizeHostName } from '../certs/names.ts';
import { keyPurpose } from '../certs/object-identifiers.ts';
import type { AuthResult } from './authentication-results.ts';
import type { Exchanges } from './exchanges.ts';
import { briefReason, describeMtlsFault, fewNames, type MtlsFault, mtlsFault } from './mtls-faults.ts';
import {
  compareNames,
  type MtlsFlag,
  type NameComparison,
  pathFaultsOf,
  type ShownCertificate,
  type VerdictStep,
} from './mtls-names.ts';
import { DEFAULT_MTLS_POLICY, type MtlsPolicy } from './mtls-policy.ts';

/** What a receiver knows of a session: it lasts, while transactions come and go. */
export interface ClientSession {
  readonly tls: boolean;
  /** Undefined when the client showed none. */
  readonly shown?: ShownCertificate;
  /** TLS was resumed; a certificate counts only when the session still carries it (AMB-15). */
  readonly resumed?: boolean;
}

/** The domain that a MAIL command is judged by. */
export interface MailIdentity {
  readonly domain: string;
  readonly from: 'mailfrom' | 'helo';
}

/** One MAIL command: the domain it stands for, and the Client MX of that. */
export interface MailTransaction {
  /** Undefined when there is none: a null reverse-path that stands for nobody. */
  readonly identity: MailIdentity | undefined;
  /** Client MX of that domain; undefined without one. */
  readonly clientMx?: Exchanges;
  /** Server MX of that domain, which never counts, and only helps to explain a mix-up. */
  readonly serverMx?: Exchanges;
}

/** A reply to MAIL FROM. */
export interface SmtpReply {
  readonly code: 421 | 451 | 550;
  /** RFC 3463. */
  readonly enhanced: string;
  /** ASCII on one line, without the codes. */
  readonly text: string;
  /** The server ends the connection after it. */
  readonly close: boolean;
}

/** What a receiver says about a client, for one MAIL command (draft-chuang §1.2.4). */
export interface ClientVerdict {
  /** The draft knows pass and fail; `none` (no Client MX) and `temperror` are extensions that are not written by default (AMB-18). */
  readonly result: 'pass' | 'fail' | 'none' | 'temperror';
  readonly identity?: MailIdentity;
  /** One clause: why. */
  readonly reason: string;
  readonly faults: readonly MtlsFault[];
  readonly flags: readonly MtlsFlag[];
  readonly comparison: NameComparison;
  /** Undefined when the mail is taken. */
  readonly reply?: SmtpReply;
  /** For Authentication-Results, once the mail has been taken; undefined when nothing is to be said. */
  readonly authResult?: AuthResult;
  /** What a receiver that complies does next; one sentence. */
  readonly next: string;
  readonly trace: readonly VerdictStep[];
}

/** The domain of a reverse-path `user@domain`; an empty one stands for that of EHLO if the policy says so (AMB-13). */
export function mailIdentity(
  reversePath: string,
  helo: string | undefined,
  policy: Pick<MtlsPolicy, 'nullReversePath'> = DEFAULT_MTLS_POLICY,
): MailIdentity | undefined {
  if (reversePath !== '') {
    const domain = normalizeHostName(reversePath.slice(reversePath.lastIndexOf('@') + 1));
    return domain === undefined ? undefined : { domain, from: 'mailfrom' };
  }
  if (policy.nullReversePath !== 'helo' || helo === undefined) return undefined;
  const domain = normalizeHostName(helo);
  return domain?.includes('.') === true ? { domain, from: 'helo' } : undefined;
}

/** Judges a client for every MAIL command of a session, each by its own domain (AMB-15). */
export function judgeClients(
  session: ClientSession,
  transactions: readonly MailTransaction[],
  policy: MtlsPolicy = DEFAULT_MTLS_POLICY,
): readonly ClientVerdict[] {
  return transactions.map((transaction) => judgeClient(session, transaction, policy));
}

/** Judges the certificate of a client by the Client MX of the domain in MAIL FROM. */
export function judgeClient(
  session: ClientSession,
  transaction: MailTransaction,
  policy: MtlsPolicy = DEFAULT_MTLS_POLICY,
): ClientVerdict {
  const { identity, clientMx } = transaction;
  if (identity === undefined)
    return without('none', 'the reverse-path is null and stands for no domain', ['AMB-13'], transaction, policy);
  const { domain } = identity;
  if (clientMx === undefined || clientMx.kind === 'absent' || clientMx.kind === 'no-domain') {
    const why = clientMx?.kind === 'no-domain' ? 'does not exist' : 'has no Client MX';
    const reason = `${domain} ${why}, so it has not opted in and there is no verdict`;
    return without('none', reason, ['CMX-1.2.2-i', 'CMX-1-d', 'AMB-18'], transaction, policy);
  }
  if (clientMx.kind === 'failure') {
    const reason = `Client MX of ${domain} cannot be looked up: ${clientMx.detail}`;
    return without('temperror', reason, ['AMB-18', 'AMB-19'], transaction, policy);
  }
  if (session.shown === undefined && policy.missingCertificate === 'none')
    return without(
      'none',
      'the client showed no certificate, which the policy lets pass',
      ['AMB-8'],
      transaction,
      policy,
    );
  return verdictOn(session, { ...transaction, identity, clientMx }, policy);
}

interface Consented extends MailTransaction {
  readonly identity: MailIdentity;
  readonly clientMx: Extract<Exchanges, { kind: 'hosts' | 'null' }>;
}

function verdictOn(session: ClientSession, transaction: Consented, policy: MtlsPolicy): ClientVerdict {
  const { identity, clientMx } = transaction;
  const { comparison, faults } = faultsOf(session, transaction, policy);
  const consent = `${identity.domain} has Client MX, so its clients are validated`;
  const trace: VerdictStep[] = [{ step: consent, requirements: ['CMX-1-d', 'CMX-1-e', 'CMX-1.2.2-g'] }];
  if (session.shown?.path.valid === true)
    trace.push({ step: 'the path of the client certificate is valid', requirements: ['CMX-1.2.2-b'] });
  const { hit } = comparison;
  if (hit !== undefined)
    trace.push({
      step: `the certificate names ${hit.host} of Client MX`,
      requirements: ['CMX-1.2.3-a', 'CMX-1.2.3-e'],
    });
  for (const fault of faults) trace.push({ step: describeMtlsFault(fault), requirements: fault.requirements });
  const result = faults.length === 0 ? 'pass' : 'fail';
  const reason = result === 'pass' ? `the certificate names ${hit?.host} of Client MX` : briefReason(faults);
  const reply = result === 'fail' ? refusal(reason, policy) : undefined;
  const authResult = authResultOf(result, identity, reason, hit?.host);
  const next = nextFor(result, reply, policy);
  trace.push({ step: next, requirements: nextRequirements(result, reply) });
  if (reply === undefined)
    trace.push({ step: `the field says mtls=${result}`, requirements: ['CMX-1.2.4-e', 'CMX-1.5-d', 'AMB-36'] });
  const flags = flagsFor(session, clientMx, comparison, faults);
  return { result, identity, reason, faults, flags, comparison, ...(reply && { reply }), authResult, next, trace };
}

function faultsOf(
  { tls, shown, resumed }: ClientSession,
  { identity: { domain }, clientMx, serverMx }: Consented,
  policy: MtlsPolicy,
): { comparison: NameComparison; faults: readonly MtlsFault[] } {
  const hosts = clientMx.kind === 'hosts' ? clientMx.hosts.map((each) => each.host) : [];
  const allowed = [{ list: 'Client MX', hosts }] as const;
  const none: NameComparison = { certificate: [], unusable: [], allowed };
  const barred = clientMx.kind === 'null' ? [mtlsFault('null-list', 'client', { domain })] : [];
  if (shown === undefined) {
    const expected = fewNames(hosts) || 'a Client MX host';
    const how =
      resumed === true ? 'TLS was resumed and carries no client certificate' : 'the client showed no certificate';
    const fault = mtlsFault(tls ? 'no-certificate' : 'no-tls', 'client', { domain, expected, how });
    return { comparison: none, faults: [fault, ...barred] };
  }
  const path = pathFaultsOf(shown, 'client');
  if (clientMx.kind === 'null') return { comparison: none, faults: [...path, ...barred] };
  const servers = serverMx?.kind === 'hosts' ? serverMx.hosts.map((each) => each.host) : undefined;
  const other = servers && ({ list: 'Server MX', hosts: servers } as const);
  const question = { leaf: shown.leaf, role: 'client', domain, allowed, ...(other && { other }) } as const;
  const { comparison, faults } = compareNames(question, policy);
  return { comparison, faults: [...path, ...faults] };
}

/** The verdicts without pass or fail. */
function without(
  result: 'none' | 'temperror',
  reason: string,
  requirements: readonly string[],
  { identity }: MailTransaction,
  policy: MtlsPolicy,
): ClientVerdict {
  const defer = result === 'temperror' && policy.deferOnTempfail;
  const reply: SmtpReply | undefined = defer
    ? { code: 451, enhanced: '4.4.3', text: 'mtls: Client MX cannot be looked up, try again later', close: false }
    : undefined;
  const next = nextFor(result, reply, policy);
  return {
    result,
    ...(identity && { identity }),
    reason,
    faults: [],
    flags: [],
    comparison: { certificate: [], unusable: [], allowed: [] },
    ...(reply && { reply }),
    ...(policy.extendedResults && identity && { authResult: authResultOf(result, identity, reason, undefined) }),
    next,
    trace: [
      { step: reason, requirements },
      { step: next, requirements: nextRequirements(result, reply) },
    ],
  };
}

function refusal(reason: string, { onFail, rejection }: MtlsPolicy): SmtpReply | undefined {
  if (onFail === 'report') return undefined;
  const text = `mtls: ${replyText(reason)}`;
  return rejection === 'close'
    ? { code: 421, enhanced: '4.7.0', text, close: true }
    : { code: 550, enhanced: '5.7.1', text, close: false };
}

const LONGEST_REPLY = 400;

/** RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets, and §4.2 printable ASCII. */
function replyText(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, '?');
  return plain.length > LONGEST_REPLY ? `${plain.slice(0, LONGEST_REPLY)}...` : plain;
}

/** The reply as it goes over the wire, without the line end. */
export function replyLine({ code, enhanced, text }: SmtpReply): string {
  return `${code} ${enhanced} ${text}`;
}

function authResultOf(
  result: ClientVerdict['result'],
  { domain, from }: MailIdentity,
  reason: string,
  host: string | undefined,
): AuthResult {
  const properties = [{ type: 'smtp', property: from, value: domain }];
  if (result !== 'pass') return { method: 'mtls', result, reason, properties };
  const named = host === undefined ? [] : [{ type: 'policy', property: 'client-mx', value: host }];
  return { method: 'mtls', result, properties: [...properties, ...named] };
}

function nextFor(
  result: ClientVerdict['result'],
  reply: SmtpReply | undefined,
  { extendedResults }: Pick<MtlsPolicy, 'extendedResults'>,
): string {
  const note = extendedResults ? `note ${result} in Authentication-Results` : 'write nothing about mtls';
  if (reply !== undefined)
    return `answer MAIL with ${replyLine(reply)}${reply.close ? ', and close the connection' : ''}`;
  switch (result) {
    case 'pass':
      return 'take the mail, let the pass count for DMARC, and write it to Authentication-Results after the final 250';
    case 'fail':
      return 'take the mail, let mtls not count for DMARC, and write the failure to Authentication-Results after the final 250';
    case 'none':
      return `take the mail as without the draft, and ${note}`;
    case 'temperror':
      return `take the mail without a verdict, and ${note}`;
  }
}

function nextRequirements(result: ClientVerdict['result'], reply: SmtpReply | undefined): readonly string[] {
  if (result === 'pass') return ['CMX-1.2.4-a', 'CMX-1.2.4-b', 'CMX-1.2.4-d', 'CMX-1.2.4-f'];
  if (result === 'none') return ['CMX-1.2.2-i', 'CMX-1.2.4-h'];
  if (result === 'temperror') return ['CMX-1.2.4-h', 'AMB-19'];
  const how = reply === undefined ? 'CMX-1.2.4-d' : 'AMB-17';
  return ['CMX-1.2.4-a', 'CMX-1.2.4-g', 'CMX-1.2.2-h', 'CMX-1.2.3-f', how];
}

function flagsFor(
  { shown }: ClientSession,
  { security }: Consented['clientMx'],
  { hit }: NameComparison,
  faults: readonly MtlsFault[],
): MtlsFlag[] {
  const flags: MtlsFlag[] = [];
  if (hit?.by === 'common name') flags.push('common-name');
  if (hit?.by === 'wildcard') flags.push('wildcard');
  const purposes = shown?.leaf.extendedKeyUsage;
  const refused = faults.some(({ code }) => code === 'extended-key-usage');
  if (
    purposes !== undefined &&
    !refused &&
    !purposes.includes(keyPurpose.clientAuth) &&
    !purposes.includes(keyPurpose.any)
  )
    flags.push('server-purpose');
  if (security === 'insecure') flags.push('insecure-client-mx');
  return flags;
}
