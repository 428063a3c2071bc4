import type { Socket } from 'node:net';
import { StepError } from './patience.ts';
import type { Acceptance } from './probe-result.ts';
import { socketError } from './smtp-client.ts';
import { reopen, type Session, stepError } from './smtp-session.ts';
import { alertName, FlightReader, type ServerFlight } from './tls-flight.ts';
import { clientHello, farewell, type HelloWish, TLS_1_0, TLS_1_1, TLS_1_2 } from './tls-hello.ts';
import { BROKEN_SUITES, suiteName, USUAL_SUITES } from './tls-suites.ts';

/** What connections that go no further than the server's first answer tell. */
export interface FirstFlights {
  /** The whole answer to a hello of TLS 1.2. */
  readonly flight?: ServerFlight;
  readonly versions: readonly Acceptance[];
  readonly brokenSuites: Acceptance;
}

/** Where such connections go, and the server name they send. */
export interface FlightTarget {
  readonly address: string;
  readonly implicit: boolean;
  readonly sni?: string;
}

/** Learns which versions before 1.3 a server takes, what it sends in clear in TLS 1.2, and whether it takes broken suites. */
export async function firstFlights(session: Session, target: FlightTarget): Promise<FirstFlights> {
  const ask = (version: number, suites: readonly number[]): Promise<Answer> =>
    exchange(session, target, { version, suites });
  const all = [...USUAL_SUITES, ...BROKEN_SUITES];
  const current = await ask(TLS_1_2, USUAL_SUITES);
  const older = await ask(TLS_1_1, all);
  // A server that answers a hello of 1.1 with 1.0, or not at all, has said what it does with 1.1.
  const oldest = older.hello?.version === TLS_1_0 || older.refused ? older : await ask(TLS_1_0, all);
  const broken = await ask(TLS_1_2, BROKEN_SUITES);
  return {
    ...(current.flight === undefined ? {} : { flight: current.flight }),
    versions: [
      acceptance('TLSv1.2', current, TLS_1_2),
      acceptance('TLSv1.1', older, TLS_1_1),
      acceptance('TLSv1.0', oldest, TLS_1_0),
    ],
    brokenSuites: acceptance('broken cipher suites', broken),
  };
}

interface Answer {
  readonly flight?: ServerFlight;
  readonly hello?: { readonly version: number; readonly suite: number };
  /** The server ended the handshake because of what was offered. */
  readonly refused: boolean;
  readonly detail: string;
}

function acceptance(what: string, { hello, refused, detail }: Answer, version?: number): Acceptance {
  const taken = hello !== undefined && (version === undefined || hello.version === version);
  if (taken) return { what, outcome: 'accepted', detail: suiteName(hello.suite) };
  return { what, outcome: refused || hello !== undefined ? 'refused' : 'unknown', detail };
}

async function exchange(
  session: Session,
  { address, implicit, sni }: FlightTarget,
  offer: Pick<HelloWish, 'version' | 'suites'>,
): Promise<Answer> {
  const socket = await reopen(session, address, implicit);
  if (socket === undefined) return { refused: false, detail: 'no further connection was possible' };
  const wish = { ...offer, random: session.world.random(32), ...(sni === undefined ? {} : { sni }) };
  try {
    const flight = await readFlight(session, socket, clientHello(wish));
    const { hello, end } = flight;
    if (hello !== undefined) return { flight, hello, refused: false, detail: suiteName(hello.suite) };
    if (end?.kind === 'alert') return { flight, refused: true, detail: alertName(end.description) };
    return { flight, refused: false, detail: end?.kind === 'broken' ? end.detail : 'the answer is no TLS' };
  } catch (error) {
    const { trouble } = stepError(error);
    const refused = trouble === 'closed' || trouble === 'reset';
    return { refused, detail: refused ? 'the connection was closed' : 'no answer in time' };
  } finally {
    socket.end(farewell(offer.version));
    socket.destroySoon();
  }
}

/** What came until the flight was whole; rejects when nothing of use did. */
function readFlight({ question, patience }: Session, socket: Socket, hello: Uint8Array): Promise<ServerFlight> {
  const reader = new FlightReader();
  return patience
    .wait<ServerFlight>(question.timeouts.step, (resolve, reject) => {
      const take = (octets: Uint8Array): void => {
        reader.push(octets);
        if (reader.result.end !== undefined) resolve(reader.result);
      };
      const closed = (): void => reject(new StepError('closed'));
      const failed = (error: Error): void => reject(socketError(error));
      socket.on('data', take);
      socket.once('end', closed);
      socket.once('close', closed);
      socket.once('error', failed);
      socket.resume();
      socket.write(hello);
      return () => {
        socket.off('data', take);
        socket.off('end', closed);
        socket.off('close', closed);
        socket.off('error', failed);
      };
    })
    .catch((error: unknown) => {
      if (reader.result.hello === undefined) throw error;
      return reader.result;
    });
}
