import type { ControlReply } from '../../net/control-options.ts';
import { EventFeed } from './events.ts';
import { FILTER_PARAMETERS, QueryFilter } from './query-filter.ts';
import { ControlError, JSON_TYPE, jsonOf, jsonReply, objectOf } from './replies.ts';
import type { Call, ControlContext, Route, Schema } from './route.ts';

const count = { type: 'integer', minimum: 0 };

const STATUS: Schema = {
  type: 'object',
  properties: {
    version: { type: 'string' },
    time: { type: 'string', format: 'date-time' },
    listeners: {
      type: 'array',
      items: {
        type: 'object',
        properties: { transport: { type: 'string' }, address: { type: 'string' }, port: count },
        required: ['transport', 'address', 'port'],
      },
    },
    zones: count,
    records: count,
    faults: {
      type: 'object',
      properties: { total: count, enabled: count },
      required: ['total', 'enabled'],
    },
    queries: {
      type: 'object',
      properties: {
        total: { ...count, description: 'since the start' },
        kept: { ...count, description: 'that are remembered' },
      },
      required: ['total', 'kept'],
    },
  },
  required: ['version', 'time', 'listeners', 'zones', 'records', 'faults', 'queries'],
};

/** Media type of server-sent events. */
const EVENT_TYPE = 'text/event-stream';

/** What a reset may be restricted to. */
const PARTS = ['zones', 'faults', 'queries'] as const;

/** Routes about the server as a whole. */
export const SERVER_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/status',
    summary: 'tell what is there',
    answers: { 200: { description: 'counts and places', content: { [JSON_TYPE]: STATUS } } },
    handle: ({ context }) => jsonReply(statusOf(context)),
  },
  {
    method: 'POST',
    path: '/v1/reset',
    summary: 'serve the zones that were loaded, set faults back to their start, forget queries',
    body: {
      optional: true,
      content: {
        [JSON_TYPE]: {
          type: 'object',
          description: 'without a body, all; with one, what is true in it',
          properties: Object.fromEntries(PARTS.map((part) => [part, { type: 'boolean' }])),
          additionalProperties: false,
        },
      },
    },
    answers: {
      200: { description: 'what is there now', content: { [JSON_TYPE]: STATUS } },
      422: { description: 'the body says nothing that could be done' },
    },
    handle: reset,
  },
  {
    method: 'GET',
    path: '/v1/events',
    summary: 'follow queries, zones and faults as server-sent events',
    parameters: FILTER_PARAMETERS,
    answers: {
      200: {
        description:
          'events query, zone and fault with JSON as their data, and skipped with a count where there were too many; ' +
          'with since or Last-Event-ID, remembered queries come first',
        content: { [EVENT_TYPE]: { type: 'string' } },
      },
    },
    handle: (call) => {
      const last = call.request.headers['last-event-id'] ?? '';
      const since = call.query['since'] ?? (/^\d{1,15}$/u.test(last) ? Number(last) : undefined);
      const filter = new QueryFilter({ query: { ...call.query, since } });
      const headers = { 'content-type': EVENT_TYPE };
      return { status: 200, headers, events: new EventFeed(call.context.server, filter, since !== undefined) };
    },
  },
];

function statusOf({ server, version, now, listeners }: ControlContext): object {
  const zones = server.zones.zones();
  const faults = server.faults.list();
  return {
    version,
    time: new Date(now()).toISOString(),
    listeners: listeners().map(({ transport, address, port }) => ({ transport, address, port })),
    zones: zones.length,
    records: zones.reduce((sum, { text }) => sum + text.zone.count, 0),
    faults: { total: faults.length, enabled: faults.filter(({ enabled }) => enabled).length },
    queries: { total: server.history.total, kept: server.history.list().length },
  };
}

function reset({ context, request }: Call): ControlReply {
  const given = request.body.length === 0 ? undefined : objectOf(jsonOf(request), 'the body', PARTS);
  for (const [part, value] of Object.entries(given ?? {})) {
    if (typeof value !== 'boolean') throw new ControlError(422, 'invalid', `"${part}" is true or false`);
  }
  const wanted = (part: (typeof PARTS)[number]): boolean => given === undefined || given[part] === true;
  const { server } = context;
  if (wanted('zones')) server.zones = context.loaded();
  if (wanted('faults')) {
    server.faults.reset();
    server.order?.reset();
  }
  if (wanted('queries')) server.history.clear();
  if (given === undefined) context.onReset?.();
  return jsonReply(statusOf(context));
}
