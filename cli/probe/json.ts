import { describePathFault } from '../../lib/certs/path-faults.ts';
import type { Certificate } from '../../lib/certs/path-member.ts';
import { pemText } from '../../lib/certs/pem-text.ts';
import type { Observation } from '../../lib/net/probe-observation.ts';
import { type ProbedPlace, servedCertificates } from '../../lib/net/probe-place.ts';
import type { ClearFacts, SecureFacts } from '../../lib/net/probe-result.ts';
import type { SmtpReply } from '../../lib/net/smtp-replies.ts';
import type { PlannedDomain } from './visits.ts';

/** A place with what was seen at it. */
export interface Looked {
  readonly place: ProbedPlace;
  readonly observations: readonly Observation[];
}

/** How many places were looked at and what was found. */
export interface ProbeSummary {
  readonly places: number;
  /** Places that took a connection. */
  readonly reached: number;
  /** Places where TLS was begun. */
  readonly secured: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Counts what was found. */
export function summaryOf(looked: readonly Looked[]): ProbeSummary {
  const severities = looked.flatMap(({ observations }) => observations.map(({ severity }) => severity));
  const count = (wanted: Observation['severity']): number => severities.filter((each) => each === wanted).length;
  return {
    places: looked.length,
    reached: looked.filter(({ place }) => place.result.address !== undefined).length,
    secured: looked.filter(({ place }) => place.result.tls !== undefined).length,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
  };
}

/** What `--format json` writes; schemas/probe.schema.json describes it. */
export function probeJson(domains: readonly PlannedDomain[], looked: readonly Looked[], now: number): object {
  return {
    version: 1,
    now: new Date(now).toISOString(),
    summary: summaryOf(looked),
    domains: domains.map(({ optedIn, ...rest }) => ({ ...rest, optedIn: optedIn ?? null })),
    places: looked.map(placeJson),
    findings: looked.flatMap(({ place: { host, port }, observations }) =>
      observations
        .filter(({ state }) => state === 'fault')
        .map(({ state: _, ...finding }) => ({ host, port, ...finding })),
    ),
  };
}

function placeJson({ place, observations }: Looked): object {
  const { host, port, wanted, from, companion, domain, result, path } = place;
  const { attempts, address, speaks, clear, secure, tls, request, versions, brokenSuites, names, quit } = result;
  return {
    host,
    port,
    connectedPort: result.port,
    domain: domain ?? null,
    from,
    companion,
    wanted,
    speaks,
    address: address ?? null,
    attempts,
    milliseconds: result.milliseconds,
    failure: result.failure ?? null,
    clear: saidJson(clear),
    secure: saidJson(secure),
    tls: tls && {
      version: tls.version,
      cipher: tls.cipher,
      alpn: tls.alpn,
      serverName: tls.sni,
      opensslFault: tls.opensslFault,
    },
    certificateRequest: request,
    certificates: servedCertificates(result).map(certificateJson),
    certificatesAsSent: result.asSent,
    path: path && {
      valid: path.valid,
      subjects: path.path.map(({ subject }) => subject),
      faults: [...path.faults, ...path.unverifiable].map((fault) => ({
        code: fault.code,
        section: fault.section,
        message: describePathFault(fault, path.path[fault.index]?.subject),
      })),
    },
    referenceNames: place.names,
    versions,
    brokenSuites,
    serverNames: names.map(({ certificate, ...rest }) => ({
      ...rest,
      certificate: certificate === undefined ? null : pemText([certificate]),
    })),
    quit: quit === undefined ? null : replyJson(quit),
    observations,
  };
}

function saidJson({ banner, ehlo, keywords, starttls }: ClearFacts | SecureFacts): object {
  return {
    banner: banner === undefined ? null : replyJson(banner),
    ehlo: ehlo === undefined ? null : replyJson(ehlo),
    keywords,
    starttls: starttls === undefined ? null : replyJson(starttls),
  };
}

function replyJson({ code, enhanced, lines, notes }: SmtpReply): object {
  return { code, enhanced: enhanced ?? null, lines, notes };
}

function certificateJson({ facts, der }: Certificate): object {
  return {
    subject: facts.subject,
    issuer: facts.issuer,
    serial: facts.serialHex,
    dnsNames: facts.dnsNames,
    notBefore: new Date(facts.notBefore).toISOString(),
    notAfter: new Date(facts.notAfter).toISOString(),
    fingerprintSha256: facts.fingerprintSha256,
    spkiSha256: facts.spkiSha256,
    pem: pemText([der]),
  };
}
