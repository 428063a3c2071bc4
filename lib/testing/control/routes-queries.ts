import type { ControlReply } from '../../net/control-options.ts';
import { nameToText } from '../../rr/name.ts';
import type { QueryRecord } from '../../server/query-record.ts';
import { askedInstead, FILTER_PARAMETERS, QueryFilter } from './query-filter.ts';
import { QUERY_DETAILS_SCHEMA, QUERY_SCHEMA, queryDetails, queryToJson } from './query-json.ts';
import { ControlError, JSON_TYPE, jsonReply, NO_CONTENT } from './replies.ts';
import { type Call, type Parameter, pathPart, type Route, type Schema } from './route.ts';

const LIMIT: Parameter = {
  name: 'limit',
  description: 'the last so many',
  schema: { type: 'integer', minimum: 1, maximum: 10_000, default: 100 },
};

/** Milliseconds that a request may wait for a query. */
const LONGEST_WAIT = 600_000;

const WAITING: readonly Parameter[] = [
  { name: 'count', description: 'how many', schema: { type: 'integer', minimum: 1, maximum: 10_000, default: 1 } },
  {
    name: 'timeout',
    description: 'milliseconds to wait at most',
    schema: { type: 'integer', minimum: 0, maximum: LONGEST_WAIT, default: 5000 },
  },
];

const QUERIES: Schema = {
  type: 'object',
  properties: {
    total: { type: 'integer', minimum: 0, description: 'queries since the start, those forgotten included' },
    found: { type: 'integer', minimum: 0, description: 'queries that are meant, those beyond the limit included' },
    queries: { type: 'array', items: QUERY_SCHEMA },
  },
  required: ['total', 'found', 'queries'],
};

/** Routes that tell what was asked. */
export const QUERY_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/queries',
    summary: 'list the last queries, the oldest first',
    parameters: [...FILTER_PARAMETERS, LIMIT],
    answers: { 200: { description: 'queries', content: { [JSON_TYPE]: QUERIES } } },
    handle: (call) => told(call, new QueryFilter(call).among(call.context.server.history), Number(call.query['limit'])),
  },
  {
    method: 'DELETE',
    path: '/v1/queries',
    summary: 'forget all queries',
    answers: { 204: { description: 'done' } },
    handle: ({ context }) => {
      context.server.history.clear();
      return NO_CONTENT;
    },
  },
  {
    method: 'GET',
    path: '/v1/queries/wait',
    summary: 'wait until queries have come; those remembered count, unless since says otherwise',
    parameters: [...FILTER_PARAMETERS, ...WAITING],
    answers: {
      200: { description: 'as many queries as were waited for', content: { [JSON_TYPE]: QUERIES } },
      504: { description: 'not enough came in time; the sentence says what was asked instead' },
    },
    handle: waitFor,
  },
  {
    method: 'GET',
    path: '/v1/queries/{number}',
    summary: 'tell all of one query',
    answers: {
      200: { description: 'the query', content: { [JSON_TYPE]: QUERY_DETAILS_SCHEMA } },
      404: { description: 'no such query is remembered' },
    },
    handle: (call) => {
      const number = pathPart(call, 'number');
      const record = call.context.server.history.list().find((each) => String(each.number) === number);
      if (record !== undefined) return jsonReply(queryDetails(record));
      throw new ControlError(404, 'no-such-query', `no query of the number ${number} is remembered`);
    },
  },
];

function told({ context }: Call, records: readonly QueryRecord[], limit: number): ControlReply {
  const { total } = context.server.history;
  return jsonReply({ total, found: records.length, queries: records.slice(-limit).map(queryToJson) });
}

async function waitFor(call: Call): Promise<ControlReply> {
  const { context, request, query } = call;
  const { history } = context.server;
  const filter = new QueryFilter(call);
  const count = Number(query['count']);
  const found = filter.among(history).slice(0, count);
  if (found.length < count) {
    const enough = new AbortController();
    const leave = (): void => enough.abort();
    request.signal.addEventListener('abort', leave);
    const stop = history.listen((record) => {
      if (found.length < count && filter.fits(record) && found.push(record) === count) enough.abort();
    });
    try {
      if (request.signal.aborted) leave();
      await context.wait(Number(query['timeout']), enough.signal);
    } finally {
      stop();
      request.signal.removeEventListener('abort', leave);
    }
  }
  if (found.length >= count) return told(call, found, count);
  const wanted = filter.words === '' ? '' : ` with ${filter.words}`;
  const came = count === 1 ? 'no query' : `only ${found.length} of ${count} queries`;
  const instead = askedInstead(history.list(), (name) => nameToText(name));
  throw new ControlError(504, 'timed-out', `${came}${wanted} came within ${query['timeout']} ms; ${instead}`);
}
