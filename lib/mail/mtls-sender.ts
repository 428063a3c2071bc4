import { normalizeHostName } from '../certs/names.ts';
import type { Exchanges } from './exchanges.ts';
import { describeMtlsFault, type MtlsFault, mtlsFault } from './mtls-faults.ts';
import {
  type AllowedNames,
  compareNames,
  type MtlsFlag,
  type NameComparison,
  pathFaultsOf,
  type ShownCertificate,
  type VerdictStep,
} from './mtls-names.ts';
import { DEFAULT_MTLS_POLICY, type MtlsPolicy } from './mtls-policy.ts';

/** What a sender saw on the connection to a server. */
export interface ServerSession {
  /** The host connected to, as MX or SRV names it. */
  readonly host: string;
  /** Undefined when STARTTLS was not offered or the handshake failed. */
  readonly shown?: ShownCertificate;
}

/** What another policy of the domain says about the connection; undefined stands for none published, or not enforced. */
export interface OtherPolicy {
  readonly holds: boolean;
  /** A clause such as `no record fits the certificate`. */
  readonly detail: string;
}

/** A domain to which mail is to be sent over the connection, and what DNS says about it. */
export interface RecipientDomain {
  readonly domain: string;
  readonly serverMx: Exchanges;
  /** Targets of its SRV records, when it has usable ones; whether DNSSEC proves them. */
  readonly srv?: { readonly targets: readonly string[]; readonly secure: boolean };
  /** Needed only when the check fails; a sender that asks late may judge twice. */
  readonly clientMx: Exchanges;
  /** TLSA records of the host (RFC 7672). */
  readonly dane?: OtherPolicy;
  /** An MTA-STS policy in mode enforce (RFC 8461). */
  readonly mtaSts?: OtherPolicy;
}

/** What a sender does about a server, for one recipient domain (draft-chuang §1.2.2 and §1.2.3). */
export interface ServerVerdict {
  readonly domain: string;
  readonly host: string;
  /**
   * `verified`: path and name hold. `close`: they do not and the domain asked for validation, or another policy fails: end
   * the connection before MAIL. `continue`: they do not, and nobody asked for it.
   */
  readonly result: 'verified' | 'close' | 'continue';
  /** Whether the domain has Client MX; `unknown` when that could not be looked up. */
  readonly optedIn: 'yes' | 'no' | 'unknown';
  /** All faults: of the connection, the path, the names and other policies. */
  readonly faults: readonly MtlsFault[];
  readonly flags: readonly MtlsFlag[];
  readonly comparison: NameComparison;
  /** What a sender that complies does next; one sentence. */
  readonly next: string;
  readonly trace: readonly VerdictStep[];
}

/** Judges a server for every recipient domain of a connection: one may be verified while another closes it (AMB-14). */
export function judgeServer(
  session: ServerSession,
  recipients: readonly RecipientDomain[],
  policy: MtlsPolicy = DEFAULT_MTLS_POLICY,
): readonly ServerVerdict[] {
  return recipients.map((recipient) => judgeFor(session, recipient, policy));
}

function judgeFor(session: ServerSession, recipient: RecipientDomain, policy: MtlsPolicy): ServerVerdict {
  const { shown, host } = session;
  const { domain, clientMx } = recipient;
  const trace: VerdictStep[] = [];
  const { comparison, faults: nameFaults } = namesFor(session, recipient, policy);
  const expected = comparison.allowed.length === 0 ? host : expectedOf(comparison);
  const own =
    shown === undefined
      ? [mtlsFault('no-tls', 'server', { host, expected, domain }), ...nameFaults]
      : [...pathFaultsOf(shown, 'server'), ...nameFaults];
  noteCheck(own, shown, comparison, trace);
  const others = otherFaults(session, recipient);
  for (const fault of others) trace.push({ step: describeMtlsFault(fault), requirements: fault.requirements });
  const optedIn = consent(clientMx);
  const sound = own.length === 0;
  if (!sound) noteConsent(clientMx, trace);
  const ignored = shown === undefined && policy.missingTls === 'ignore';
  const demanded = optedIn === 'yes' || (optedIn === 'unknown' && policy.clientMxFailure === 'closed');
  const close = others.length > 0 || (!sound && demanded && !ignored);
  const result = close ? 'close' : sound ? 'verified' : 'continue';
  const next = nextFor(result, recipient, host, optedIn);
  trace.push({ step: next, requirements: NEXT_REQUIREMENTS[result] });
  const flags = flagsFor(session, recipient, comparison, sound);
  return { domain, host, result, optedIn, faults: [...own, ...others], flags, comparison, next, trace };
}

function expectedOf({ allowed }: NameComparison): string {
  return allowed[0]?.hosts[0] ?? '';
}

type Compared = ReturnType<typeof compareNames>;

/** The names of the certificate against those of SRV and Server MX; DNS alone may already rule out any match. */
function namesFor({ shown, host }: ServerSession, recipient: RecipientDomain, policy: MtlsPolicy): Compared {
  const { domain, serverMx, srv, clientMx } = recipient;
  const allowed: AllowedNames[] = [];
  if (srv !== undefined) allowed.push({ list: 'SRV', hosts: srv.targets });
  if (serverMx.kind === 'hosts' && (srv === undefined || policy.srvNames === 'srv-and-mx'))
    allowed.push({ list: 'Server MX', hosts: serverMx.hosts.map((each) => each.host) });
  const other: AllowedNames | undefined =
    clientMx.kind === 'hosts' ? { list: 'Client MX', hosts: clientMx.hosts.map((each) => each.host) } : undefined;
  const none: NameComparison = { certificate: [], unusable: [], allowed };
  if (allowed.length === 0) return { comparison: none, faults: [withoutHosts(domain, serverMx)] };
  if (shown === undefined) return { comparison: none, faults: [] };
  const question = {
    leaf: shown.leaf,
    role: 'server',
    domain,
    allowed,
    connected: host,
    ...(other && { other }),
  } as const;
  const { comparison, faults } = compareNames(question, policy);
  const { hit } = comparison;
  if (hit === undefined || policy.alignment === 'any-of-set' || sameHost(hit.host, host)) return { comparison, faults };
  const { list, host: covered } = hit;
  const { certificate, unusable } = comparison;
  return {
    comparison: { certificate, unusable, allowed },
    faults: [mtlsFault('other-host', 'server', { covered, list, domain, host, expected: host })],
  };
}

function withoutHosts(domain: string, serverMx: Exchanges): MtlsFault {
  const list = 'MX';
  if (serverMx.kind === 'null') return mtlsFault('null-list', 'server', { domain });
  if (serverMx.kind === 'failure')
    return mtlsFault('list-unknown', 'server', { domain, list, detail: serverMx.detail });
  const why = serverMx.kind === 'no-domain' ? ' and does not exist' : ' and no address of its own';
  return mtlsFault('no-list', 'server', { domain, list, why });
}

/** DANE and MTA-STS ask for their own checks, and all of them have to hold (AMB-21). */
function otherFaults({ host }: ServerSession, { domain, dane, mtaSts }: RecipientDomain): MtlsFault[] {
  const faults: MtlsFault[] = [];
  if (dane?.holds === false) faults.push(mtlsFault('dane', 'server', { host, domain, detail: dane.detail }));
  if (mtaSts?.holds === false) faults.push(mtlsFault('mta-sts', 'server', { host, domain, detail: mtaSts.detail }));
  return faults;
}

/** Any Client MX, the null one too, is consent (CMX-1.2.1-f, AMB-1). */
function consent({ kind }: Exchanges): ServerVerdict['optedIn'] {
  if (kind === 'hosts' || kind === 'null') return 'yes';
  return kind === 'failure' ? 'unknown' : 'no';
}

function noteCheck(
  faults: readonly MtlsFault[],
  shown: ShownCertificate | undefined,
  { hit }: NameComparison,
  trace: VerdictStep[],
): void {
  if (shown?.path.valid === true)
    trace.push({ step: 'the path of the server certificate is valid', requirements: ['CMX-1.2.2-b'] });
  if (hit !== undefined) {
    const requirements = ['CMX-1.2.3-a', 'CMX-1.2.3-b', ...(hit.list === 'SRV' ? ['AMB-S15'] : [])];
    trace.push({ step: `the certificate names ${hit.host} of ${hit.list}`, requirements });
  }
  for (const fault of faults) trace.push({ step: describeMtlsFault(fault), requirements: fault.requirements });
}

function noteConsent(clientMx: Exchanges, trace: VerdictStep[]): void {
  const { domain } = clientMx;
  const asked = ['CMX-1.2.2-d', 'CMX-1.2.3-c'];
  switch (clientMx.kind) {
    case 'hosts':
    case 'null':
      trace.push({
        step: `${domain} has Client MX, so it asks to be validated`,
        requirements: [...asked, 'CMX-1.2.1-f'],
      });
      break;
    case 'failure':
      trace.push({
        step: `Client MX of ${domain} cannot be looked up: ${clientMx.detail}`,
        requirements: [...asked, 'AMB-19'],
      });
      break;
    default:
      trace.push({
        step: `${domain} has no Client MX, so nothing is enforced`,
        requirements: [...asked, 'CMX-1.2.2-f', 'CMX-1.2.1-e'],
      });
  }
}

const NEXT_REQUIREMENTS: Readonly<Record<ServerVerdict['result'], readonly string[]>> = {
  verified: ['CMX-1.2.2-b', 'CMX-1.2.3-b', 'CMX-1-f'],
  close: ['CMX-1.2.2-e', 'CMX-1.2.3-d', 'AMB-16'],
  continue: ['CMX-1.2.2-f', 'CMX-1.2.1-e'],
};

function nextFor(
  result: ServerVerdict['result'],
  { domain }: RecipientDomain,
  host: string,
  optedIn: ServerVerdict['optedIn'],
): string {
  if (result === 'verified') return `send the mail for ${domain} over this connection to ${host}`;
  if (result === 'continue') {
    const why = optedIn === 'unknown' ? 'its Client MX is not known' : `${domain} has no Client MX`;
    return `send the mail as without the draft, because ${why}; the faults are worth a line in the log`;
  }
  return `send no MAIL and close the connection to ${host} without QUIT, try the next host of ${domain}, and when none passes keep the mail and try again later, never in clear text`;
}

function flagsFor(
  { host, shown }: ServerSession,
  { srv, dane, clientMx, domain }: RecipientDomain,
  { hit, certificate }: NameComparison,
  sound: boolean,
): MtlsFlag[] {
  const flags: MtlsFlag[] = [];
  if (hit?.by === 'common name') flags.push('common-name');
  if (hit?.by === 'wildcard') flags.push('wildcard');
  if (hit !== undefined && !sameHost(hit.host, host)) flags.push('own-host');
  if (hit?.list === 'SRV' && srv?.secure === false && !namesSource(domain, certificate, shown))
    flags.push('insecure-reference');
  if ((clientMx.kind === 'hosts' || clientMx.kind === 'null') && clientMx.security === 'insecure')
    flags.push('insecure-client-mx');
  if (!sound && shown !== undefined && dane?.holds === true) flags.push('dane-alone');
  return flags;
}

/** Whether the certificate names the mail domain itself, as a host or as a service (RFC 9525 §6.3, RFC 4985). */
function namesSource(domain: string, certificate: readonly string[], shown: ShownCertificate | undefined): boolean {
  if (certificate.some((name) => sameHost(name, domain))) return true;
  return shown?.leaf.srvNames.some((name) => sameHost(name, `_smtp-tls.${domain}`)) === true;
}

function sameHost(one: string, other: string): boolean {
  const normal = normalizeHostName(one);
  return normal !== undefined && normal === normalizeHostName(other);
}
