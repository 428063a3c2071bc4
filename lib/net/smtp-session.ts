import type { Socket } from 'node:net';
import { type Patience, StepError } from './patience.ts';
import type { ClearFacts, ConnectAttempt, ProbeFailure, ProbeQuestion, ProbeStep, ProbeWorld } from './probe-result.ts';
import { openSocket, SmtpClient } from './smtp-client.ts';
import { ehloKeywords } from './smtp-replies.ts';

/** What one connection is opened with. */
export interface Session {
  readonly question: ProbeQuestion;
  readonly world: ProbeWorld;
  readonly patience: Patience;
}

const mostAddresses = 4;

/** A part of a result that grows while steps are done. */
export type Growing<T> = { -readonly [Key in keyof T]: T[Key] };

/** Tries the addresses of a host until one takes the connection. */
export async function connectAny(
  { question, world, patience }: Session,
  addresses: readonly string[],
): Promise<{ readonly attempts: readonly ConnectAttempt[]; readonly socket?: Socket; readonly address?: string }> {
  const attempts: ConnectAttempt[] = [];
  for (const address of addresses.slice(0, mostAddresses)) {
    const start = world.ticks();
    const attempt = (outcome: ConnectAttempt['outcome'], detail = ''): void =>
      void attempts.push({ address, outcome, detail, milliseconds: Math.round(world.ticks() - start) });
    try {
      const socket = await openSocket(address, question.port, question.timeouts, patience);
      attempt('connected');
      return { attempts, socket, address };
    } catch (error) {
      const { trouble, detail } = stepError(error);
      attempt(trouble === 'refused' || trouble === 'unreachable' ? trouble : 'timeout', detail);
    }
  }
  return { attempts };
}

/** The error of a step; any other error is a fault of the program and thrown on. */
export function stepError(error: unknown): StepError {
  if (error instanceof StepError) return error;
  throw error;
}

/** Does a step; when it fails, gives the failure with its name. */
export async function attemptStep<T>(
  { world }: Session,
  step: ProbeStep,
  act: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly failure: ProbeFailure }> {
  world.told?.(step);
  try {
    return { value: await act() };
  } catch (error) {
    const { trouble, detail } = stepError(error);
    return { failure: { step, trouble, detail } };
  }
}

/**
 * Reads the banner, says EHLO and, where it is offered, STARTTLS (RFC 3207 §4); `facts` gets what came. True when TLS may begin,
 * false when it is not offered or refused, else the failure.
 */
export async function reachTls(
  session: Session,
  client: SmtpClient,
  facts: Growing<ClearFacts>,
): Promise<boolean | ProbeFailure> {
  if (facts.banner === undefined) {
    const banner = await attemptStep(session, 'banner', () => client.reply());
    if ('failure' in banner) return banner.failure;
    facts.banner = banner.value;
  }
  if (facts.banner.code !== 220) return false;
  const ehlo = await attemptStep(session, 'ehlo', () => client.command(`EHLO ${session.question.ehlo}`));
  if ('failure' in ehlo) return ehlo.failure;
  facts.ehlo = ehlo.value;
  if (ehlo.value.code !== 250) return false;
  facts.keywords = ehloKeywords(ehlo.value);
  if (!facts.keywords.some(({ keyword }) => keyword === 'STARTTLS')) return false;
  const starttls = await attemptStep(session, 'starttls', async () => {
    const reply = await client.command('STARTTLS');
    facts.starttls = reply;
    // RFC 3207 §4.2: what was said before TLS counts for nothing, and text behind the reply could be anybody's.
    if (reply.code === 220 && client.unasked > 0) throw new StepError('text-before-tls');
    return reply;
  });
  if ('failure' in starttls) return starttls.failure;
  return starttls.value.code === 220;
}

/** Opens another connection to the address that answered, up to where TLS begins; undefined when that fails. */
export async function reopen(session: Session, address: string, implicit: boolean): Promise<Socket | undefined> {
  const { question, patience, world } = session;
  const quiet: Session = { question, patience, world: { ticks: world.ticks, random: world.random } };
  const { socket } = await connectAny(quiet, [address]);
  if (socket === undefined || implicit) return socket;
  const client = new SmtpClient(socket, question.timeouts, patience);
  if ((await reachTls(quiet, client, { keywords: [] })) === true) return socket;
  socket.destroy();
  return undefined;
}
