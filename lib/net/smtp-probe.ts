import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { openDer } from '../certs/der.ts';
import { readDistinguishedName } from '../certs/distinguished-name.ts';
import { Patience } from './patience.ts';
import type {
  Acceptance,
  CertificateRequest,
  ClearFacts,
  NameOutcome,
  ProbeFailure,
  ProbeQuestion,
  ProbeResult,
  ProbeWorld,
  SecureFacts,
} from './probe-result.ts';
import { SmtpClient } from './smtp-client.ts';
import { ehloKeywords } from './smtp-replies.ts';
import { attemptStep, connectAny, type Growing, reachTls, reopen, type Session, stepError } from './smtp-session.ts';
import type { ServerFlight } from './tls-flight.ts';
import { startTls, type TlsWish, tlsFacts } from './tls-socket.ts';
import { firstFlights } from './tls-versions.ts';

/**
 * Looks at the TLS of one mail host at one port: what it says before and inside TLS, its certificates, whether it wants a client
 * certificate, which old versions it takes and whether other server names bring other certificates. No mail transaction is begun,
 * every wait has an end, and whatever a server does becomes part of the result.
 */
export async function probeHost(question: ProbeQuestion, world: ProbeWorld): Promise<ProbeResult> {
  const start = world.ticks();
  const patience = new Patience(question.timeouts.total);
  const session: Session = { question, world, patience };
  const { host, port, mode } = question;
  const seen: Growing<Seen> = { speaks: 'nothing', clear: { keywords: [] }, secure: { keywords: [] } };
  try {
    world.told?.('connect');
    const { attempts, socket, address } = await connectAny(session, question.addresses);
    if (socket === undefined || address === undefined) {
      const last = attempts.at(-1);
      const trouble = last === undefined || last.outcome === 'connected' ? 'unreachable' : last.outcome;
      const failure: ProbeFailure = { step: 'connect', trouble, detail: last?.detail ?? 'no address' };
      return finished({ failure }, attempts);
    }
    await talk(session, seen, socket, address);
    const more = seen.tls !== undefined || tlsWasTried(seen) ? await lookFurther(session, seen, address) : {};
    return { ...finished(more, attempts), address };
  } finally {
    patience.stop();
  }

  function finished(more: Partial<ProbeResult>, attempts: ProbeResult['attempts']): ProbeResult {
    const certificates = seen.tls?.certificates ?? [];
    const request = { asked: seen.tls?.asksCertificate ?? null, authorities: null };
    const milliseconds = Math.round(world.ticks() - start);
    return { host, port, mode, attempts, ...nothingMore, certificates, request, ...seen, ...more, milliseconds };
  }
}

const nothingMore = { asSent: false, versions: [], names: [] } as const;

/** What the first connection shows. */
type Seen = Pick<ProbeResult, 'speaks' | 'clear' | 'secure' | 'tls' | 'quit' | 'failure'>;

function tlsWasTried({ failure, speaks }: Seen): boolean {
  return (
    failure?.step === 'handshake' &&
    (failure.trouble === 'tls-alert' || failure.trouble === 'tls-failed' || speaks === 'tls')
  );
}

/** Milliseconds in which a server that speaks first has done so, for servers that may do either. */
const patienceForBanner = 3000;

async function talk(session: Session, seen: Growing<Seen>, socket: Socket, address: string): Promise<void> {
  const { question, patience } = session;
  const client = new SmtpClient(socket, question.timeouts, patience);
  if (question.mode === 'starttls') return talkClear(session, seen, client);
  if (question.mode === 'auto') {
    const wait = Math.min(question.timeouts.step, patienceForBanner);
    const banner = await attemptStep(session, 'banner', () => client.reply(wait));
    if ('value' in banner) {
      seen.clear = { banner: banner.value, keywords: [] };
      return talkClear(session, seen, client);
    }
    if (banner.failure.trouble !== 'timeout') return fail(seen, banner.failure, socket);
  }
  await talkImplicit(session, seen, socket);
  const { failure } = seen;
  if (failure?.step !== 'handshake' || failure.trouble === 'tls-alert' || failure.trouble === 'total-timeout') return;
  session.world.told?.('clear-text');
  const { socket: second } = await connectAny(session, [address]);
  if (second === undefined) return;
  const clear: Growing<Seen> = { speaks: 'nothing', clear: { keywords: [] }, secure: { keywords: [] } };
  const plain = new SmtpClient(second, question.timeouts, patience);
  const facts: Growing<ClearFacts> = { keywords: [] };
  if (question.mode === 'auto') {
    await talkClear(session, clear, plain);
    if (clear.speaks === 'clear') Object.assign(seen, { failure: undefined }, clear);
    return;
  }
  await greet(session, plain, facts);
  if (facts.banner !== undefined) Object.assign(seen, { speaks: 'clear', clear: facts });
}

/** Reads the banner and the answer to EHLO of a host that should speak TLS, and goes no further. */
async function greet(session: Session, client: SmtpClient, facts: Growing<ClearFacts>): Promise<void> {
  const banner = await attemptStep(session, 'clear-text', () => client.reply());
  if ('failure' in banner) return void client.socket.destroy();
  facts.banner = banner.value;
  const ehlo = await attemptStep(session, 'clear-text', () => client.command(`EHLO ${session.question.ehlo}`));
  if ('value' in ehlo) {
    facts.ehlo = ehlo.value;
    if (ehlo.value.code === 250) facts.keywords = ehloKeywords(ehlo.value);
  }
  await client.quit();
}

async function talkClear(session: Session, seen: Growing<Seen>, client: SmtpClient): Promise<void> {
  const facts: Growing<ClearFacts> = { ...seen.clear };
  const reached = await reachTls(session, client, facts);
  seen.clear = facts;
  if (facts.banner !== undefined) seen.speaks = 'clear';
  if (typeof reached === 'object') return fail(seen, reached, client.socket);
  if (reached) return talkSecure(session, seen, client.socket, false);
  const quit = await client.quit();
  if (quit !== undefined) seen.quit = quit;
}

function talkImplicit(session: Session, seen: Growing<Seen>, socket: Socket): Promise<void> {
  return talkSecure(session, seen, socket, true);
}

async function talkSecure(session: Session, seen: Growing<Seen>, socket: Socket, implicit: boolean): Promise<void> {
  const { question, patience } = session;
  const wish: TlsWish = {
    sni: question.sni ?? question.host,
    ...(question.client === undefined ? {} : { client: question.client }),
  };
  const handshake = await attemptStep(session, 'handshake', () =>
    startTls(socket, wish, question.timeouts.step, patience),
  );
  if ('failure' in handshake) {
    if (implicit && handshake.failure.trouble === 'tls-alert') seen.speaks = 'tls';
    return fail(seen, handshake.failure, socket);
  }
  if (implicit) seen.speaks = 'tls';
  seen.tls = tlsFacts(handshake.value, wish);
  const facts: Growing<SecureFacts> = { keywords: [] };
  const failure = await talkInside(session, handshake.value, facts, implicit, seen);
  seen.secure = facts;
  if (failure !== undefined) fail(seen, failure, handshake.value);
  socket.destroy();
}

/** Says what is to be said inside TLS; gives the failure, if there is one. */
async function talkInside(
  session: Session,
  secure: TLSSocket,
  facts: Growing<SecureFacts>,
  implicit: boolean,
  seen: Growing<Seen>,
): Promise<ProbeFailure | undefined> {
  const { question, patience } = session;
  const client = new SmtpClient(secure, question.timeouts, patience);
  if (implicit) {
    const banner = await attemptStep(session, 'banner-in-tls', () => client.reply());
    if ('failure' in banner) return banner.failure;
    facts.banner = banner.value;
  }
  const ehlo = await attemptStep(session, 'ehlo-in-tls', () => client.command(`EHLO ${question.ehlo}`));
  if ('failure' in ehlo) return ehlo.failure;
  facts.ehlo = ehlo.value;
  if (ehlo.value.code === 250) facts.keywords = ehloKeywords(ehlo.value);
  if (implicit) {
    const starttls = await attemptStep(session, 'starttls-in-tls', () => client.command('STARTTLS'));
    if ('failure' in starttls) return starttls.failure;
    facts.starttls = starttls.value;
    // The server now waits for TLS inside TLS, and no command would be understood.
    if (starttls.value.code === 220) return void secure.destroy();
  }
  const quit = await client.quit();
  if (quit !== undefined) seen.quit = quit;
  return undefined;
}

function fail(seen: Growing<Seen>, failure: ProbeFailure, socket: Socket): void {
  seen.failure = failure;
  socket.destroy();
}

/** The connections after the first: TLS 1.2 and older, and other server names. */
async function lookFurther(session: Session, seen: Seen, address: string): Promise<Partial<ProbeResult>> {
  const { question, world } = session;
  const implicit = seen.speaks === 'tls';
  const sni = question.sni ?? question.host;
  world.told?.('versions');
  const { flight, versions, brokenSuites } = await firstFlights(session, { address, implicit, sni });
  const newest: Acceptance = { what: 'TLSv1.3', ...newestOutcome(seen) };
  const sent = flight?.certificates ?? [];
  const linked = seen.tls?.certificates ?? [];
  const asSent = sent.length > 0 && (linked[0] === undefined || sameOctets(sent[0], linked[0]));
  return {
    certificates: asSent ? sent : linked,
    asSent,
    request: requestOf(seen, flight),
    versions: [newest, ...versions],
    brokenSuites,
    names: seen.tls === undefined ? [] : await tryNames(session, { address, implicit, leaf: linked[0] }),
  };
}

function newestOutcome({ tls }: Seen): Pick<Acceptance, 'outcome' | 'detail'> {
  if (tls === undefined) return { outcome: 'unknown', detail: 'no handshake was finished' };
  if (tls.version === 'TLSv1.3') return { outcome: 'accepted', detail: tls.cipher };
  return { outcome: 'refused', detail: `${tls.version} was chosen` };
}

function requestOf({ tls }: Seen, flight: ServerFlight | undefined): CertificateRequest {
  const inFlight = flight?.request !== undefined || (flight?.complete ? false : undefined);
  const asked = tls?.asksCertificate ?? inFlight ?? null;
  if (flight?.request === undefined) return { asked, authorities: asked === false ? [] : null };
  return { asked, authorities: flight.request.authorities.slice(0, mostAuthorities).map(nameText) };
}

const mostAuthorities = 256;

function nameText(octets: Uint8Array): string {
  const document = openDer(octets);
  const { text } = readDistinguishedName(document, 'the name');
  return document.faults.length === 0 ? text : 'a name that cannot be read';
}

interface NameTarget {
  readonly address: string;
  readonly implicit: boolean;
  readonly leaf: Uint8Array | undefined;
}

const mostNames = 4;

/** Sends other server names and none, each over a connection of its own. */
async function tryNames(session: Session, { address, implicit, leaf }: NameTarget): Promise<NameOutcome[]> {
  const { question, patience, world } = session;
  const first = question.sni ?? question.host;
  const names = [...new Set(question.otherNames)].filter((name) => name !== first).slice(0, mostNames);
  const outcomes: NameOutcome[] = [];
  world.told?.('names');
  for (const sni of [...names, null]) {
    const socket = await reopen(session, address, implicit);
    if (socket === undefined) {
      outcomes.push({ sni, outcome: 'failed', detail: 'no further connection was possible' });
      continue;
    }
    const wish: TlsWish = sni === null ? {} : { sni };
    try {
      const secure = await startTls(socket, wish, question.timeouts.step, patience);
      const [certificate] = tlsFacts(secure, wish).certificates;
      const same = certificate !== undefined && leaf !== undefined && sameOctets(certificate, leaf);
      outcomes.push({
        sni,
        outcome: same ? 'same' : 'other',
        detail: '',
        ...(same || !certificate ? {} : { certificate }),
      });
      secure.destroy();
    } catch (error) {
      const { trouble, detail } = stepError(error);
      outcomes.push({ sni, outcome: 'failed', detail: detail === '' ? trouble : detail });
    }
    socket.destroy();
  }
  return outcomes;
}

function sameOctets(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && one.length === other.length && one.every((octet, index) => octet === other[index]);
}
