import type { GivenCertificate } from '../../lib/certs/load.ts';
import type { TrustStore } from '../../lib/certs/trust.ts';
import { validatePath } from '../../lib/certs/validate-path.ts';
import { type AuthResult, writeAuthenticationResults } from '../../lib/mail/authentication-results.ts';
import { type DmarcVerdict, dmarcResult, judgeDmarc } from '../../lib/mail/dmarc-verdict.ts';
import type { DnsLookup } from '../../lib/mail/dns.ts';
import { type Exchanges, findExchanges } from '../../lib/mail/exchanges.ts';
import { pathFaultsOf } from '../../lib/mail/mtls-names.ts';
import type { MtlsPolicy } from '../../lib/mail/mtls-policy.ts';
import { type ClientVerdict, judgeClient, type MailIdentity, replyLine } from '../../lib/mail/mtls-receiver.ts';
import { gatherTreeWalk } from '../../lib/mail/organizational-domain.ts';
import { UsageError } from '../errors.ts';
import { certificateShown, faultShown, type Judged, pathShown, warningShown } from './judged.ts';
import { refuseOutside } from './outside.ts';
import { renewalFaults } from './renewal.ts';

/** By what a certificate is judged. */
export interface Judging {
  readonly lookup: DnsLookup;
  readonly trust: TrustStore;
  readonly policy: MtlsPolicy;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A client to judge: whose mail it sends, and who judges. */
export interface ClientQuestion {
  readonly identity: MailIdentity | undefined;
  readonly authservId: string;
  /** The domain of the From field, when DMARC is to be shown. */
  readonly dmarcFrom?: string;
}

/** Judges client certificates as a receiver does for a MAIL FROM. */
export async function judgeClientCertificates(
  certificates: readonly GivenCertificate[],
  question: ClientQuestion,
  judging: Judging,
): Promise<Judged[]> {
  const { identity } = question;
  const { lookup } = judging;
  const clientMx = identity && (await findExchanges(identity.domain, 'client', lookup));
  const serverMx = identity && (await findExchanges(identity.domain, 'server', lookup));
  refuseOutside(clientMx);
  const judged: Judged[] = [];
  for (const given of certificates) judged.push(await judgeOne(given, question, { clientMx, serverMx }, judging));
  return judged;
}

interface FoundExchanges {
  readonly clientMx: Exchanges | undefined;
  readonly serverMx: Exchanges | undefined;
}

async function judgeOne(
  given: GivenCertificate,
  question: ClientQuestion,
  { clientMx, serverMx }: FoundExchanges,
  judging: Judging,
): Promise<Judged> {
  const { trust, policy, now } = judging;
  const { identity } = question;
  const path = validatePath({ leaf: given, others: given.chain, trust, role: 'client', eku: policy.eku, now });
  const shown = { leaf: given.facts, path };
  const transaction = { identity, ...(clientMx && { clientMx }), ...(serverMx && { serverMx }) };
  const verdict = judgeClient({ tls: true, shown }, transaction, policy);
  const dmarc = await dmarcOf(verdict, question, judging);
  const header = headerOf(verdict, dmarc, question);
  // Without a verdict the path is worth knowing all the same.
  const faults =
    verdict.result === 'none' || verdict.result === 'temperror' ? pathFaultsOf(shown, 'client') : verdict.faults;
  const renewal = await renewalFaults(given, judging.lookup);
  return {
    role: 'client',
    result: verdict.result,
    good: verdict.result === 'pass' && renewal.length === 0,
    summary: summaryOf(verdict),
    ...(identity && { domain: identity.domain, identity: identity.from }),
    optedIn: clientMx === undefined ? 'no' : consentOf(clientMx),
    certificate: certificateShown(given),
    faults: [...faults.map((fault) => faultShown(fault, given)), ...renewal],
    warnings: verdict.flags.map(warningShown),
    compared: verdict.comparison,
    path: pathShown(path),
    next: verdict.next,
    ...(verdict.reply && { reply: replyLine(verdict.reply) }),
    ...(header !== undefined && { header }),
    ...(dmarc && { dmarc: withoutTrace(dmarc) }),
    trace: [...verdict.trace, ...(dmarc?.trace ?? [])],
  };
}

function summaryOf({ result, reason, identity, comparison }: ClientVerdict): string {
  if (result === 'pass') return `path and name hold: ${comparison.hit?.host} is in Client MX of ${identity?.domain}`;
  return result === 'fail' ? `the check fails, and Client MX of ${identity?.domain} asks for it: ${reason}` : reason;
}

/** Whether a domain has Client MX. */
function consentOf({ kind }: Exchanges): Judged['optedIn'] {
  if (kind === 'hosts' || kind === 'null') return 'yes';
  return kind === 'failure' ? 'unknown' : 'no';
}

function withoutTrace({ trace: _, ...verdict }: DmarcVerdict): Omit<DmarcVerdict, 'trace'> {
  return verdict;
}

async function dmarcOf(
  { result }: ClientVerdict,
  { identity, dmarcFrom }: ClientQuestion,
  { lookup, policy }: Judging,
): Promise<DmarcVerdict | undefined> {
  if (dmarcFrom === undefined) return undefined;
  const from = await gatherTreeWalk(dmarcFrom, lookup);
  if (from.steps[0]?.found === 'outside')
    throw new UsageError(`--dmarc-from ${dmarcFrom} lies in none of the zones given; give its zone too`);
  const known = { fromDomain: dmarcFrom, from, mtls: result, alignedDkim: false };
  if (identity === undefined) return judgeDmarc(known, policy);
  const mailFrom = await gatherTreeWalk(identity.domain, lookup);
  return judgeDmarc({ ...known, identity, mailFrom }, policy);
}

function headerOf(
  { authResult, reply }: ClientVerdict,
  dmarc: DmarcVerdict | undefined,
  { authservId, dmarcFrom }: ClientQuestion,
): string | undefined {
  // RFC 8601 describes messages that were taken (draft-chuang §1.2.4).
  if (reply !== undefined) return undefined;
  const results: AuthResult[] = authResult === undefined ? [] : [authResult];
  if (dmarc !== undefined && dmarcFrom !== undefined) results.push(dmarcResult(dmarc, dmarcFrom));
  return results.length === 0 ? undefined : writeAuthenticationResults({ authservId, results });
}
