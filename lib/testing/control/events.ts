import type { ControlEvents } from '../../net/control-options.ts';
import { nameKey, nameToText } from '../../rr/name.ts';
import type { QueryRecord } from '../../server/query-record.ts';
import type { ServedZone } from '../../server/served-zone.ts';
import type { ServedZones } from '../../server/served-zones.ts';
import type { TestServer } from '../../server/test-server.ts';
import type { QueryFilter } from './query-filter.ts';
import { queryToJson } from './query-json.ts';
import { faultJson } from './routes-faults.ts';
import { summary } from './routes-zones.ts';

/** Queries that one look tells, and that are kept for the next ones; further ones are only counted. */
const MOST_QUERIES = 500;

/**
 * What happens at a server: queries, zones that come, change and go, faults that change or count. Zones and faults are
 * compared with what they were at the last look, so that it does not matter who changed them.
 */
export class EventFeed implements ControlEvents {
  private readonly server: TestServer;
  private readonly filter: QueryFilter;
  private readonly stop: () => void;
  private queries: QueryRecord[] = [];
  private readonly most: number;
  private skipped = 0;
  private zones: ServedZones;
  private faults: ReadonlyMap<string, string>;

  /** With `replay`, queries that are remembered and meant come first. */
  constructor(server: TestServer, filter: QueryFilter, replay: boolean) {
    this.server = server;
    this.filter = filter;
    this.zones = server.zones;
    this.faults = faultsOf(server);
    if (replay) this.queries = filter.among(server.history);
    this.most = this.queries.length + MOST_QUERIES;
    this.stop = server.history.listen((record) => this.take(record));
  }

  next(): string {
    const { skipped } = this;
    this.skipped = 0;
    const told = this.queries
      .splice(0, MOST_QUERIES)
      .map((record) => event('query', queryToJson(record), record.number))
      .join('');
    const left = skipped === 0 ? '' : event('skipped', { queries: skipped });
    return told + left + this.zoneEvents() + this.faultEvents();
  }

  close(): void {
    this.stop();
  }

  private take(record: QueryRecord): void {
    if (!this.filter.fits(record)) return;
    if (this.queries.length < this.most) this.queries.push(record);
    else this.skipped++;
  }

  private zoneEvents(): string {
    const [before, after] = [this.zones, this.server.zones];
    if (before === after) return '';
    this.zones = after;
    const kept = new Map(before.zones().map((zone) => [nameKey(zone.origin), zone]));
    let told = '';
    for (const zone of after.zones()) {
      const old = kept.get(nameKey(zone.origin));
      kept.delete(nameKey(zone.origin));
      if (old?.tree !== zone.tree) told += zoneEvent(old === undefined ? 'added' : 'changed', zone);
    }
    for (const gone of kept.values()) told += event('zone', { change: 'removed', name: nameToText(gone.origin) });
    return told;
  }

  private faultEvents(): string {
    const before = this.faults;
    const after = faultsOf(this.server);
    this.faults = after;
    let told = '';
    for (const [id, text] of after) if (before.get(id) !== text) told += `event: fault\ndata: ${text}\n\n`;
    for (const id of before.keys()) if (!after.has(id)) told += event('fault', { change: 'removed', id });
    return told;
  }
}

function zoneEvent(change: string, zone: ServedZone): string {
  return event('zone', { change, ...summary(zone) });
}

function event(name: string, value: object, id?: number): string {
  return `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(value)}\n\n`;
}

function faultsOf({ faults }: TestServer): ReadonlyMap<string, string> {
  return new Map(faults.list().map((status) => [status.fault.id, JSON.stringify(faultJson(status))]));
}
