import type { ListenAt } from '../../lib/net/serve-options.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { sentSummary } from '../../lib/server/faults/sent.ts';
import type { QueryRecord } from '../../lib/server/query-record.ts';
import type { TestServer } from '../../lib/server/test-server.ts';
import { rcodeToText } from '../../lib/wire/codes.ts';
import type { Io } from '../io.ts';
import { tell } from '../output.ts';
import { counted, grouped } from '../report/words.ts';
import { placesText } from './places.ts';
import type { LogFormat } from './query-log.ts';

/** A server whose state is told. */
export interface Stated {
  readonly server: TestServer;
  readonly listeners: readonly ListenAt[];
  /** Ticks when it began to take queries. */
  readonly since: number;
}

/** Zones that are told one by one to people. */
const MOST_TOLD = 20;

/** Tells what a server does and has done: people on standard error, programs in one line of the log. */
export function tellState(stated: Stated, log: LogFormat | undefined, io: Io): void {
  const state = stateOf(stated, io);
  if (log !== 'json') {
    for (const sentence of sentences(state, stated.listeners)) tell(io, 'note', sentence);
    return;
  }
  io.stdout.write(`${JSON.stringify({ event: 'state', ...state })}\n`);
  io.stdout.flush();
}

type State = ReturnType<typeof stateOf>;

function stateOf({ server, listeners, since }: Stated, io: Io) {
  const kept = server.history.list();
  return {
    uptime: Math.round(io.ticks() - since),
    listeners: listeners.map(({ transport, address, port }) => ({ transport, address, port })),
    zones: server.zones.zones().map(({ origin, serial, text }) => ({
      name: nameToText(origin),
      serial,
      records: text.zone.count,
    })),
    // Only of what is kept it is known how it was answered: nothing is counted for the sake of this.
    queries: {
      total: server.history.total,
      kept: kept.length,
      rcodes: countsOf(kept, (record) => {
        const { rcode } = sentSummary(record);
        return rcode === undefined ? 'no reply' : rcodeToText(rcode);
      }),
      transports: countsOf(kept, ({ exchange }) => exchange.transport),
    },
    faults: server.faults.list().map(({ fault: { id }, enabled, matched, hit }) => ({ id, enabled, matched, hit })),
  };
}

function countsOf(
  records: readonly QueryRecord[],
  keyOf: (record: QueryRecord) => string,
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const record of records) counts.set(keyOf(record), (counts.get(keyOf(record)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}

function* sentences({ uptime, zones, queries, faults }: State, listeners: readonly ListenAt[]): Generator<string> {
  yield `up for ${Math.round(uptime / 1000)} s at ${placesText(listeners)}`;
  for (const { name, serial, records } of zones.slice(0, MOST_TOLD))
    yield `zone ${name}: serial ${serial}, ${counted(records, 'record')}`;
  if (zones.length > MOST_TOLD) yield `${counted(zones.length - MOST_TOLD, 'more zone')}`;
  const { total, kept, rcodes, transports } = queries;
  const asked = `${grouped(total)} ${total === 1 ? 'query' : 'queries'}`;
  yield kept === 0 ? asked : `${asked}, ${grouped(kept)} kept: ${countsText(rcodes)}; ${countsText(transports)}`;
  for (const { id, enabled, matched, hit } of faults)
    yield `fault ${id}${enabled ? '' : ' (off)'}: hit ${hit} of ${matched} that fitted`;
}

function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
}
