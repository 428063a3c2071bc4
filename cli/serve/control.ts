import type { RunningControl, startControl } from '../../lib/net/control.ts';
import { type ListenAt, ListenError } from '../../lib/net/serve-options.ts';
import { type ServerAddress, serverText } from '../../lib/net/server-address.ts';
import { waitFor } from '../../lib/net/waiting.ts';
import type { ServedZones } from '../../lib/server/served-zones.ts';
import type { TestServer } from '../../lib/server/test-server.ts';
import type { ControlContext } from '../../lib/testing/control/route.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { tell } from '../output.ts';
import { version } from '../version.ts';
import { isLoopback, parsePlace } from './places.ts';
import type { LogFormat } from './query-log.ts';

/** What the command line says about being controlled. */
export interface ControlCommandOptions {
  readonly control?: string;
  readonly controlToken?: string;
  readonly challtestsrv?: string;
}

/** Where a server is controlled from. */
export interface ControlRequested {
  readonly api: (ServerAddress & { readonly token: string }) | undefined;
  /** The interface of pebble-challtestsrv, which asks for no token. */
  readonly challtestsrv: ServerAddress | undefined;
}

/** What is controlled. */
export interface Controlled {
  readonly server: TestServer;
  readonly listeners: readonly ListenAt[];
  readonly loaded: () => ServedZones;
}

/** The interfaces of a running server. */
export interface Controlling {
  /** Says where they are, and the token. */
  announce(log: LogFormat | undefined): void;
  close(): Promise<void>;
}

type ControlHandle = Parameters<typeof startControl>[0]['handle'];

/** Octets of randomness in a token. */
const TOKEN_OCTETS = 18;

/** Octets that a file with a token has at most. */
const LARGEST_TOKEN = 4096;

/** Reads the options; throws UsageError. */
export function controlOf({ control, controlToken, challtestsrv }: ControlCommandOptions, io: Io): ControlRequested {
  if (controlToken !== undefined && control === undefined) throw new UsageError('--control-token needs --control');
  const challenges = challtestsrv === undefined ? undefined : parsePlace('challtestsrv', challtestsrv);
  if (challenges !== undefined && !isLoopback(challenges.address))
    throw new UsageError(
      `--challtestsrv ${challtestsrv}: this interface asks for no token, so it is at the loopback only: write 127.0.0.1:${challenges.port}`,
    );
  return {
    api: control === undefined ? undefined : { ...parsePlace('control', control), token: tokenOf(controlToken, io) },
    challtestsrv: challenges,
  };
}

function tokenOf(given: string | undefined, io: Io): string {
  if (given === undefined)
    return Buffer.from(crypto.getRandomValues(new Uint8Array(TOKEN_OCTETS))).toString('base64url');
  const path = given.startsWith('@') ? given.slice(1) : undefined;
  const text = path === undefined ? given : Buffer.from(io.readFile(path, LARGEST_TOKEN)).toString('latin1').trim();
  if (/^[\x21-\x7e]+$/u.test(text)) return text;
  const sentence = 'a token is made of letters, digits and signs of ASCII, without blanks';
  throw path === undefined ? new UsageError(`--control-token: ${sentence}`) : new FileError(path, sentence);
}

const NOT_CONTROLLED: Controlling = { announce() {}, async close() {} };

/** Starts the interfaces that are asked for; throws UsageError when one cannot be listened at. */
export async function startControlling(
  requested: ControlRequested,
  controlled: Controlled,
  io: Io,
): Promise<Controlling> {
  const { api, challtestsrv } = requested;
  if (api === undefined && challtestsrv === undefined) return NOT_CONTROLLED;
  // What most servers do without is not read before it is needed.
  const [{ startControl }, { answerControl }, { ChallengeTestServer }, { controlPage }] = await Promise.all([
    import('../../lib/net/control.ts'),
    import('../../lib/testing/control/api.ts'),
    import('../../lib/testing/control/challtestsrv.ts'),
    import('../../lib/testing/control/page.ts'),
  ]);
  const failed = (error: unknown): void => tell(io, 'error', `a request could not be answered: ${String(error)}`);
  const open: RunningControl[] = [];
  const start = async (place: ServerAddress, handle: ControlHandle): Promise<RunningControl> => {
    const running = await startControl({ address: place.address, port: place.port, handle, failed }).catch(
      async (error) => {
        await Promise.all(open.map((each) => each.close()));
        throw error instanceof ListenError ? new UsageError(error.message) : error;
      },
    );
    open.push(running);
    return running;
  };
  const mock = challtestsrv === undefined ? undefined : new ChallengeTestServer(controlled.server);
  if (mock !== undefined) controlled.server.amend = (answered, from) => mock.amend(answered, from);
  const context = contextOf(controlled, () => mock?.reset(), io);
  const pages = new Map([['/', controlPage]]);
  const forApi = api && (await start(api, (request) => answerControl(request, context, api, pages)));
  const forMock =
    mock && challtestsrv && (await start(challtestsrv, (request) => mock.handle(request, challtestsrv.address)));
  return {
    announce(log) {
      if (forApi !== undefined && api !== undefined) announceApi(`http://${serverText(forApi)}/`, api, log, io);
      if (forMock !== undefined) announceMock(`http://${serverText(forMock)}/`, log, io);
    },
    async close() {
      await Promise.all(open.map((each) => each.close()));
    },
  };
}

function contextOf({ server, listeners, loaded }: Controlled, onReset: () => void, io: Io): ControlContext {
  return {
    server,
    version: `zonewright ${version}`,
    loaded,
    listeners: () => listeners,
    now: io.now,
    wait: waitFor,
    onReset,
  };
}

function announceApi(
  url: string,
  { address, token }: ServerAddress & { readonly token: string },
  log: LogFormat | undefined,
  io: Io,
): void {
  if (!isLoopback(address))
    tell(
      io,
      'warning',
      `other machines may reach the control interface at ${url}, without encryption: whoever sees the token may use it`,
    );
  if (log === 'json') io.stdout.write(`${JSON.stringify({ event: 'control', url, token })}\n`);
  else tell(io, 'note', `controlled at ${url}#token=${token}`);
}

function announceMock(url: string, log: LogFormat | undefined, io: Io): void {
  if (log === 'json') io.stdout.write(`${JSON.stringify({ event: 'challtestsrv', url })}\n`);
  else tell(io, 'note', `takes the requests of pebble-challtestsrv at ${url}`);
}
