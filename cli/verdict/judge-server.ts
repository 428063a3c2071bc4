import type { GivenCertificate } from '../../lib/certs/load.ts';
import { matchNames } from '../../lib/certs/names.ts';
import { validatePath } from '../../lib/certs/validate-path.ts';
import { daneCheck } from '../../lib/mail/dane-check.ts';
import type { DnsLookup } from '../../lib/mail/dns.ts';
import { DRAFTS, serviceName } from '../../lib/mail/drafts.ts';
import { type Exchanges, findExchanges } from '../../lib/mail/exchanges.ts';
import type { SrvRecord } from '../../lib/mail/mail-rdata.ts';
import { briefReason } from '../../lib/mail/mtls-faults.ts';
import { judgeServer, type OtherPolicy, type RecipientDomain, type ServerVerdict } from '../../lib/mail/mtls-sender.ts';
import { serviceAnswerIn } from '../../lib/mail/service-answers.ts';
import { TYPE } from '../../lib/rr/types.ts';
import type { Judging } from './judge-client.ts';
import { certificateShown, faultShown, type Judged, pathShown, warningShown } from './judged.ts';
import { refuseOutside } from './outside.ts';
import { renewalFaults } from './renewal.ts';

/** A server to judge: whose mail it takes, and which host it is. */
export interface ServerQuestion {
  readonly domain: string;
  /** Undefined: the host of the domain that the certificate names, else the most preferred one. */
  readonly host: string | undefined;
  /** DNS is asked live, so that TLSA counts only when it is secure; zone files are signed later. */
  readonly live: boolean;
}

/** Judges server certificates as a sender does for a recipient domain. */
export async function judgeServerCertificates(
  certificates: readonly GivenCertificate[],
  question: ServerQuestion,
  judging: Judging,
): Promise<Judged[]> {
  const found = await recordsOf(question.domain, judging.lookup);
  refuseOutside(found.serverMx);
  refuseOutside(found.clientMx);
  const judged: Judged[] = [];
  for (const given of certificates) judged.push(await judgeOne(given, question, found, judging));
  return judged;
}

interface DomainRecords {
  readonly serverMx: Exchanges;
  readonly clientMx: Exchanges;
  readonly srv: readonly SrvRecord[];
  readonly secure: boolean;
}

/** SRV stands at the domain, or at the name it is an alias of (AMB-S11). */
async function recordsOf(domain: string, lookup: DnsLookup): Promise<DomainRecords> {
  const serverMx = await findExchanges(domain, 'server', lookup);
  const clientMx = await findExchanges(domain, 'client', lookup);
  for (const name of new Set([domain, serverMx.domain])) {
    const answer = serviceAnswerIn(await lookup.ask({ name: serviceName(DRAFTS, name), type: TYPE.SRV }));
    // Without SRV nobody knows which hosts are meant: the names cannot be told, whatever MX says (AMB-S5).
    if (answer.kind === 'failure') {
      const { reason, detail } = answer;
      return { serverMx: { kind: 'failure', domain, reason, detail }, clientMx, srv: [], secure: false };
    }
    if (answer.kind !== 'records') continue;
    const srv = answer.records.filter(({ target }) => target !== '.');
    return { serverMx, clientMx, srv, secure: answer.security === 'secure' };
  }
  return { serverMx, clientMx, srv: [], secure: false };
}

async function judgeOne(
  given: GivenCertificate,
  question: ServerQuestion,
  records: DomainRecords,
  { lookup, trust, policy, now }: Judging,
): Promise<Judged> {
  const { domain, live } = question;
  const { serverMx, clientMx, srv, secure } = records;
  const path = validatePath({ leaf: given, others: given.chain, trust, role: 'server', eku: policy.eku, now });
  const named = question.host ?? namedHost(given, records);
  const host = named ?? hostsOf(records)[0] ?? domain;
  // Without a host nobody knows whose TLSA records count.
  const dane = named === undefined ? undefined : await daneOf(named, given, records, lookup, live);
  const targets = [...new Set(srv.map(({ target }) => target))];
  const recipient: RecipientDomain = {
    domain,
    serverMx,
    clientMx,
    ...(targets.length > 0 && { srv: { targets, secure } }),
    ...(dane && { dane }),
  };
  const [verdict] = judgeServer({ host, shown: { leaf: given.facts, path } }, [recipient], policy);
  if (verdict === undefined) throw new Error('a recipient without a verdict');
  const renewal = await renewalFaults(given, lookup);
  return {
    role: 'server',
    result: verdict.result,
    good: verdict.result === 'verified' && renewal.length === 0,
    summary: summaryOf(verdict),
    domain,
    host,
    optedIn: verdict.optedIn,
    certificate: certificateShown(given),
    faults: [...verdict.faults.map((fault) => faultShown(fault, given)), ...renewal],
    warnings: verdict.flags.map(warningShown),
    compared: verdict.comparison,
    path: pathShown(path),
    next: verdict.next,
    trace: verdict.trace,
  };
}

function summaryOf({ result, domain, optedIn, comparison, faults }: ServerVerdict): string {
  if (result === 'verified')
    return `path and name hold: ${comparison.hit?.host} is in ${comparison.hit?.list} of ${domain}`;
  if (result === 'continue')
    return `the check fails, and ${domain} has no Client MX that would ask for it: ${briefReason(faults)}`;
  const reason = briefReason(faults);
  if (faults.every(({ code }) => code === 'dane' || code === 'mta-sts'))
    return `path and name hold, and another policy of ${domain} does not: ${reason}`;
  const asks = optedIn === 'yes' ? 'asks for it' : 'cannot be looked up, which counts as asking for it';
  return `the check fails, and Client MX of ${domain} ${asks}: ${reason}`;
}

/** The host of the domain that the certificate names, if by a wildcard. */
function namedHost({ facts }: GivenCertificate, records: DomainRecords): string | undefined {
  return matchNames(hostsOf(records), facts, { wildcards: true }).host;
}

/** The hosts that take mail for the domain, those of SRV first. */
function hostsOf({ srv, serverMx }: DomainRecords): readonly string[] {
  const exchanges = serverMx.kind === 'hosts' ? serverMx.hosts.map(({ host }) => host) : [];
  return [...srv.map(({ target }) => target), ...exchanges];
}

/** TLSA of every port at which the host takes mail; the first that does not hold counts (RFC 7672 §2.2, RFC 7673 §3). */
async function daneOf(
  host: string,
  given: GivenCertificate,
  { srv }: DomainRecords,
  lookup: DnsLookup,
  live: boolean,
): Promise<OtherPolicy | undefined> {
  const ports = new Set([DRAFTS.starttlsPort, ...srv.filter(({ target }) => target === host).map(({ port }) => port)]);
  let found: OtherPolicy | undefined;
  for (const port of [...ports].slice(0, MOST_PORTS)) {
    const answer = await lookup.ask({ name: `_${port}._tcp.${host}`, type: TYPE.TLSA });
    const one = daneCheck(answer, [given, ...given.chain], live);
    if (one?.holds === false) return one;
    found = one ?? found;
  }
  return found;
}

const MOST_PORTS = 10;
