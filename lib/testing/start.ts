import { selfSigned } from '../certs/self-signed.ts';
import { startServer } from '../net/serve.ts';
import type { ListenAt, TlsIdentity } from '../net/serve-options.ts';
import { waitFor } from '../net/waiting.ts';
import { ServedZones } from '../server/served-zones.ts';
import { HISTORY, TestServer } from '../server/test-server.ts';
import { ZoneTree } from '../zone/tree.ts';
import { answersOf, type DnsServerOptions, placesOf, sourcesOf } from './options.ts';
import { QueryJournal } from './query-journal.ts';
import { DnsServer } from './server.ts';
import { signingBy } from './signing.ts';
import { unmatchedBy } from './unmatched.ts';
import { REAL_CLOCK } from './world.ts';
import { loadZone } from './zone-source.ts';

/**
 * Starts a DNS server for a test, on a free port of the loopback unless told otherwise. Rejects, and listens nowhere, when
 * a zone, a rule or a place cannot be used. Servers share nothing: as many as wanted run side by side.
 */
export async function startDnsServer(options: DnsServerOptions = {}): Promise<DnsServer> {
  const { lint = 'read', unmatched = 'refuse', seed = 1, history = HISTORY, tls, limits } = options;
  const clock = options.clock === undefined || options.clock === 'real' ? REAL_CLOCK : options.clock;
  // The rules take longer to load than all the rest, and most tests do without them.
  const rules = lint === 'error' ? await import('./zone-lint.ts') : undefined;
  const judge = { lint, refused: rules?.refusedBy(() => clock.now()) ?? (() => []) };
  const zones = sourcesOf(options.zones).map((source) => new ZoneTree(loadZone(source, judge)));
  const closing = new AbortController();
  const answers = answersOf(options);
  const world = {
    now: () => clock.now(),
    ticks: () => clock.ticks(),
    wait: (milliseconds: number) => clock.wait(milliseconds, closing.signal),
  };
  const places = placesOf(options.listen);
  const signing = options.sign && signingBy(options.sign, world.now);
  const elsewhere =
    typeof unmatched === 'string' ? undefined : unmatchedBy(unmatched, places, world.now, closing.signal);
  const tested = new TestServer(new ServedZones(zones), world, {
    answers,
    seed,
    history,
    // Whoever reaches the server of a test may have its zones.
    mayTransfer: () => true,
    ...(options.updates && { mayUpdate: () => true }),
    ...(options.rotate && { rotate: options.rotate }),
    ...(options.keys && { keys: options.keys }),
    ...(elsewhere && { elsewhere }),
    ...(signing && { prepare: signing.prepare }),
  });
  for (const fault of [...(signing?.faults ?? []), ...(options.faults ?? [])]) {
    const problems = tested.faults.add(fault).map(({ path, message }) => `\n  ${path} ${message}`);
    if (problems.length > 0) throw new Error(`fault ${fault.id} cannot be used:${problems.join('')}`);
  }
  const identity = tls ?? ownIdentity(places);
  const failures: unknown[] = [];
  const running = await startServer({
    listen: places,
    handle: (query, exchange) => tested.handle(query, exchange),
    now: world.now,
    failed: (error) => failures.push(error),
    ...(identity && { tls: identity }),
    ...(limits && { limits }),
  });
  const strict = unmatched === 'fail-test';
  const journal = new QueryJournal(tested.history, waitFor);
  const release = (): void => closing.abort();
  return new DnsServer({
    tested,
    running,
    journal,
    clock,
    judge,
    strict,
    // Who explains has no cookie to show.
    explainWith: { ...answers, requireCookie: false },
    release,
    failures,
    identity,
  });
}

/** A certificate for the places that need one, of the time of the machine, by which clients judge it. */
function ownIdentity(places: readonly ListenAt[]): TlsIdentity | undefined {
  const secure = places.filter(({ transport }) => transport === 'tls' || transport === 'https');
  if (secure.length === 0) return undefined;
  const addresses = [...new Set(['127.0.0.1', '::1', ...secure.map(({ address }) => address)])];
  return selfSigned({ names: ['localhost'], addresses, now: REAL_CLOCK.now() });
}
