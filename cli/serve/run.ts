import type { NotifyTarget } from '../../lib/net/notify.ts';
import { signalReady } from '../../lib/net/ready.ts';
import { startServer } from '../../lib/net/serve.ts';
import { type ListenAt, ListenError, SERVE_LIMITS } from '../../lib/net/serve-options.ts';
import { nameToText } from '../../lib/rr/name.ts';
import type { ServerOptions } from '../../lib/server/exchange.ts';
import type { FaultSet } from '../../lib/server/faults/fault-set.ts';
import type { Rotation } from '../../lib/server/record-order.ts';
import { type Elsewhere, HISTORY, TestServer, type TestServerWorld } from '../../lib/server/test-server.ts';
import type { TsigKey } from '../../lib/wire/tsig-keys.ts';
import { EXIT_CLEAN } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { tell } from '../output.ts';
import { counted, listed } from '../report/words.ts';
import { watchFiles } from '../watch-files.ts';
import { carryOver } from './carry-over.ts';
import { handOut, type ServeIdentity, tellOfOwn } from './certificate.ts';
import type { Allowed } from './clients.ts';
import { type ControlRequested, startControlling } from './control.ts';
import { FaultFiles } from './faults.ts';
import { type LoadOptions, ZoneLoader } from './load.ts';
import { keepNotified } from './notify.ts';
import { isLoopback, placesText } from './places.ts';
import { type LogFormat, QueryLog } from './query-log.ts';
import { keepSigned, Signing, type SigningRequested } from './signing.ts';
import { tellState } from './state.ts';
import { become, type RunAs } from './user.ts';
import { type ZoneArgument, ZoneStore } from './zones.ts';

/** A server as the command line asks for it. */
export interface ServeRequest {
  readonly zones: readonly ZoneArgument[];
  readonly load: LoadOptions;
  readonly places: readonly ListenAt[];
  readonly tls: ServeIdentity | undefined;
  readonly log: LogFormat | undefined;
  readonly watch: boolean;
  readonly allowed: Allowed;
  readonly keys: readonly TsigKey[];
  /** Secondaries that are told of changes. */
  readonly notify: readonly NotifyTarget[];
  readonly answers: ServerOptions;
  /** Order of the records of each RRset, when it is not that of the zone. */
  readonly rotate: Rotation | undefined;
  /** Files of faults. */
  readonly faults: readonly string[];
  /** What faults throw with, when not as their files say. */
  readonly seed: number | undefined;
  readonly control: ControlRequested;
  readonly signing: SigningRequested | undefined;
  /** Makes what answers for names of no zone, until `ended`; nothing when nothing does. */
  readonly elsewhere: (ended: AbortSignal) => Promise<Elsewhere | undefined>;
  /** The server that it asks, as the command line has it. */
  readonly upstream: string | undefined;
  /** Pipe or socket that gets a line when the server is ready. */
  readonly readyFd: number | undefined;
  /** Whom the server becomes once its ports are open. */
  readonly runAs: RunAs | undefined;
  readonly quiet: boolean;
}

/** What a running server is told from outside. */
export interface Controls {
  /** Resolves when the server is to end. */
  readonly stopped: Promise<void>;
  /** Sets what is done when zones are to be read again. */
  onReload(act: () => void): void;
  /** Sets what is done when the state is asked for. */
  onState?(act: () => void): void;
  /** Gets the server once it takes queries. */
  started?(running: RunningServer): void;
}

/** A server that takes queries. */
export interface RunningServer {
  readonly server: TestServer;
  readonly listeners: readonly ListenAt[];
}

/** Serves until told to stop; the exit code. */
export async function serve(request: ServeRequest, control: () => Controls, io: Io): Promise<number> {
  const store = new ZoneStore(request.zones, new ZoneLoader(request.load, io), io);
  for (const warning of await store.open()) tell(io, 'warning', warning);
  const faults = new FaultFiles(request.faults, io);
  await faults.open();
  const signing = request.signing && new Signing(request.signing, io);
  const ended = new AbortController();
  const elsewhere = await request.elsewhere(ended.signal);
  const tested = new TestServer(store.current, worldOf(io), {
    seed: faults.seed(request.seed),
    answers: { keepAlive: SERVE_LIMITS.idle, ...request.answers, ...request.allowed.query },
    history: request.control.api === undefined && request.control.challtestsrv === undefined ? 0 : HISTORY,
    ...(request.rotate && { rotate: request.rotate }),
    ...request.allowed.changes,
    keys: request.keys,
    ...(signing && { prepare: signing.prepare }),
    ...(elsewhere && { elsewhere }),
  });
  faults.fill(tested.faults);
  let read = store.current;
  store.onChange((zones) => {
    tested.zones = carryOver(tested.zones, read, zones);
    read = zones;
  });
  const log = request.log === undefined ? undefined : new QueryLog(request.log, io);
  if (log !== undefined) tested.history.listen((record) => log.query(record));
  if (request.tls !== undefined) handOut(request.tls, io);
  const server = await startServer({
    listen: request.places,
    handle: (query, exchange) => tested.handle(query, exchange),
    now: io.now,
    ...(request.tls && { tls: request.tls }),
    failed: (error) => tell(io, 'error', `a query could not be answered: ${String(error)}`),
  }).catch((error: unknown) => {
    throw error instanceof ListenError ? new UsageError(error.message) : error;
  });
  await orClose([server], () => ensureOther(request.upstream, server.listeners));
  const controlled = { server: tested, listeners: server.listeners, loaded: () => store.current };
  const controlling = await orClose([server], () => startControlling(request.control, controlled, io));
  await orClose([server, controlling], () => request.runAs && become(request.runAs));
  const controls = control();
  const stated = { server: tested, listeners: server.listeners, since: io.ticks() };
  controls.onState?.(() => tellState(stated, request.log, io));
  const watching = await keepUpToDate(request, { store, faults, set: tested.faults }, controls, io);
  controls.started?.(controlled);
  controlling.announce(request.log);
  signing?.announce(request.log, request.quiet);
  await announce(request, server.listeners, store, io);
  const endNotifying = keepNotified(tested, request.notify, io);
  const endSigning = keepSigned(tested, signing);
  await controls.stopped;
  endNotifying();
  endSigning();
  await watching.close();
  await Promise.all([server.close(), controlling.close()]);
  ended.abort();
  log?.close();
  return EXIT_CLEAN;
}

/** Throws when the server is its own upstream, which port 0 hides until it is open. */
async function ensureOther(upstream: string | undefined, listeners: readonly ListenAt[]): Promise<void> {
  if (upstream === undefined) return;
  const { upstreamOf } = await import('./elsewhere.ts');
  upstreamOf(upstream, listeners);
}

/** Does what a server needs to start, or closes what is open already. */
async function orClose<T>(open: readonly { close(): Promise<void> }[], act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    await Promise.all(open.map((each) => each.close()));
    throw error;
  }
}

function worldOf(io: Io): TestServerWorld {
  // An answer that waits for longer than the end takes holds nobody up.
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());
  return { now: io.now, ticks: io.ticks, wait };
}

/** What is read again, and the faults that are at work. */
interface Sources {
  readonly store: ZoneStore;
  readonly faults: FaultFiles;
  readonly set: FaultSet;
}

/** Reads zones and faults again when told to or when their files change, one time after the other. */
async function keepUpToDate(
  request: ServeRequest,
  sources: Sources,
  controls: Controls,
  io: Io,
): Promise<{ close(): Promise<void> }> {
  let work: Promise<void> = Promise.resolve();
  let closed = false;
  const again = (changed?: readonly string[]): Promise<void> => {
    work = work.then(async () => {
      if (closed) return;
      await reload(request, sources.store, changed, io);
      await reloadFaults(request, sources, changed, io);
    });
    return work;
  };
  controls.onReload(() => void again());
  const watched = (): string[] => [...sources.store.watched(), ...sources.faults.watched()];
  const files = request.watch ? await watchFiles(watched(), io.cwd) : undefined;
  const follow = async (): Promise<void> => {
    while (files !== undefined && !closed) {
      await again(await files.next());
      files.add(watched());
    }
  };
  void follow();
  return {
    async close() {
      closed = true;
      await work;
      await files?.close();
    },
  };
}

async function reload(
  request: ServeRequest,
  store: ZoneStore,
  changed: readonly string[] | undefined,
  io: Io,
): Promise<void> {
  const before = store.current;
  const { read, gone, kept, warnings } = await store.reload(changed);
  const touched = read.length + gone.length + kept.length > 0;
  if (changed !== undefined && !touched) return;
  for (const warning of warnings) tell(io, 'warning', warning);
  for (const why of kept) tell(io, 'error', `${why}; what was served before still is`);
  if (request.log === 'json') {
    io.stdout.write(`${JSON.stringify({ event: 'reload', zones: read, gone, kept })}\n`);
    io.stdout.flush();
  }
  if (request.quiet) return;
  const news = [
    ...(read.length > 0 ? [`read ${some(read)} again`] : []),
    ...(gone.length > 0 ? [`${some(gone)} ${gone.length === 1 ? 'is' : 'are'} gone`] : []),
  ];
  if (news.length > 0 && store.current !== before) tell(io, 'note', news.join('; '));
}

async function reloadFaults(
  { log, quiet }: ServeRequest,
  { faults, set }: Sources,
  changed: readonly string[] | undefined,
  io: Io,
): Promise<void> {
  const { read, kept } = await faults.reload(changed, set);
  for (const why of kept) tell(io, 'error', why);
  if (kept.length > 0) tell(io, 'error', 'all faults stay as they were');
  if (read.length + kept.length > 0 && log === 'json') {
    io.stdout.write(`${JSON.stringify({ event: 'reload', faults: read, kept })}\n`);
    io.stdout.flush();
  }
  if (read.length > 0 && !quiet) tell(io, 'note', `read ${listed(read)} again`);
}

const MOST_NAMED = 5;

function some(zones: readonly string[]): string {
  return zones.length > MOST_NAMED ? counted(zones.length, 'zone') : listed(zones);
}

/** Tells that queries are taken from now on. */
async function announce(
  { log, quiet, readyFd, tls }: ServeRequest,
  listeners: readonly ListenAt[],
  store: ZoneStore,
  io: Io,
): Promise<void> {
  const open = listeners.filter(({ address }) => !isLoopback(address));
  if (open.length > 0) tell(io, 'warning', `other machines may reach this test server at ${placesText(open)}`);
  const own = tls?.own;
  if (own !== undefined && !quiet) tellOfOwn(own, io);
  if (log === 'json') {
    for (const { transport, address, port } of listeners) {
      const pin = transport === 'tls' || transport === 'https' ? own?.pin : undefined;
      io.stdout.write(`${JSON.stringify({ event: 'listening', transport, address, port, pin })}\n`);
    }
    io.stdout.write(`${JSON.stringify({ event: 'ready' })}\n`);
  } else if (!quiet) {
    const zones = store.current.zones();
    const [only] = zones;
    const what = zones.length === 1 && only !== undefined ? nameToText(only.origin) : counted(zones.length, 'zone');
    io.stdout.write(`Serving ${what} (${counted(store.records, 'record')}) at ${placesText(listeners)}.\n`);
  }
  io.stdout.flush();
  if (readyFd !== undefined)
    await signalReady(readyFd).catch(() => {
      // The server is there all the same.
      tell(io, 'error', `--ready-fd ${readyFd}: no pipe or socket is open there`);
    });
}
