import type { ControlReply } from '../../net/control-options.ts';
import type { FaultStatus } from '../../server/faults/fault-set.ts';
import { FAULT_PRESETS } from '../../server/faults/presets.ts';
import { FAULT_SCHEMA, readFault } from './read-fault.ts';
import { ControlError, JSON_TYPE, jsonOf, jsonReply, NO_CONTENT, objectOf } from './replies.ts';
import { type Call, pathPart, type Route, type Schema } from './route.ts';

const STATUS: Schema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    enabled: { type: 'boolean' },
    matched: { type: 'integer', minimum: 0, description: 'queries that its selector fitted since the last reset' },
    hit: { type: 'integer', minimum: 0, description: 'queries that it acted on' },
    fault: FAULT_SCHEMA,
  },
  required: ['id', 'enabled', 'matched', 'hit', 'fault'],
};

const LIST: Schema = {
  type: 'object',
  properties: {
    faults: { type: 'array', items: STATUS },
    states: {
      type: 'object',
      description: 'machines that faults share, with their states',
      additionalProperties: { type: 'string' },
    },
  },
  required: ['faults', 'states'],
};

const PRESETS: Schema = {
  type: 'object',
  properties: {
    presets: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          description: { type: 'string' },
          source: { type: 'string', description: 'where it was met or is written down' },
          match: { type: 'object' },
          trigger: { type: 'object' },
          action: { type: 'object' },
        },
        required: ['name', 'description', 'source', 'action'],
      },
    },
  },
  required: ['presets'],
};

const ONE = { description: 'the fault', content: { [JSON_TYPE]: STATUS } };
const NONE_SUCH = { description: 'there is no fault of this id' };
const INVALID = { description: 'the fault cannot be used; the answer says why' };
const BODY = { content: { [JSON_TYPE]: FAULT_SCHEMA } };

/** Routes that read and change faults. */
export const FAULT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/faults',
    summary: 'list the faults in their order',
    answers: { 200: { description: 'all faults', content: { [JSON_TYPE]: LIST } } },
    handle: ({ context }) => {
      const { faults } = context.server;
      return jsonReply({ faults: faults.list().map(faultJson), states: Object.fromEntries(faults.states) });
    },
  },
  {
    method: 'POST',
    path: '/v1/faults',
    summary: 'add a fault behind the others',
    body: BODY,
    answers: { 201: ONE, 409: { description: 'there is one of this id' }, 422: INVALID },
    handle: (call) => {
      const fault = readFault(jsonOf(call.request));
      if (statusOf(call, fault.id) !== undefined)
        throw new ControlError(409, 'fault-exists', `there is a fault '${fault.id}': PUT /v1/faults/ID replaces it`);
      return added(call, fault, 201);
    },
  },
  {
    method: 'DELETE',
    path: '/v1/faults',
    summary: 'remove all faults',
    answers: { 204: { description: 'done' } },
    handle: ({ context }) => {
      context.server.faults.clear();
      return NO_CONTENT;
    },
  },
  {
    method: 'GET',
    path: '/v1/faults/{id}',
    summary: 'read a fault',
    answers: { 200: ONE, 404: NONE_SUCH },
    handle: (call) => jsonReply(faultJson(known(call))),
  },
  {
    method: 'PUT',
    path: '/v1/faults/{id}',
    summary: 'put a fault in the place of the one of its id, or add it',
    body: BODY,
    answers: { 200: ONE, 201: ONE, 422: INVALID },
    handle: (call) => {
      const id = pathPart(call, 'id');
      const fault = readFault(jsonOf(call.request), id);
      return added(call, fault, statusOf(call, id) === undefined ? 201 : 200);
    },
  },
  {
    method: 'PATCH',
    path: '/v1/faults/{id}',
    summary: 'switch a fault on or off',
    body: {
      content: {
        [JSON_TYPE]: {
          type: 'object',
          properties: { enabled: { type: 'boolean' } },
          required: ['enabled'],
          additionalProperties: false,
        },
      },
    },
    answers: { 200: ONE, 404: NONE_SUCH, 422: INVALID },
    handle: (call) => {
      const { fault } = known(call);
      const { enabled } = objectOf(jsonOf(call.request), 'the body', ['enabled']);
      if (typeof enabled !== 'boolean') throw new ControlError(422, 'invalid', '"enabled" is true or false');
      call.context.server.faults.enable(fault.id, enabled);
      return jsonReply(faultJson(known(call)));
    },
  },
  {
    method: 'DELETE',
    path: '/v1/faults/{id}',
    summary: 'remove a fault',
    answers: { 204: { description: 'done' }, 404: NONE_SUCH },
    handle: (call) => {
      call.context.server.faults.remove(known(call).fault.id);
      return NO_CONTENT;
    },
  },
];

/** A route that tells what faults may name. */
export const PRESET_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/presets',
    summary: 'list the named faults that a fault may build upon',
    answers: { 200: { description: 'all of them', content: { [JSON_TYPE]: PRESETS } } },
    handle: () => jsonReply({ presets: FAULT_PRESETS }),
  },
];

/** A fault with its counters; what it does in code is left out. */
export function faultJson({ fault, enabled, matched, hit }: FaultStatus): object {
  const { handler: _, ...data } = fault;
  return { id: fault.id, enabled, matched, hit, fault: data };
}

function statusOf({ context }: Call, id: string): FaultStatus | undefined {
  return context.server.faults.list().find(({ fault }) => fault.id === id);
}

function known(call: Call): FaultStatus {
  const id = pathPart(call, 'id');
  const status = statusOf(call, id);
  if (status !== undefined) return status;
  throw new ControlError(404, 'no-such-fault', `there is no fault '${id}'`);
}

function added(call: Call, fault: ReturnType<typeof readFault>, status: number): ControlReply {
  const problems = call.context.server.faults.add(fault);
  const [first] = problems;
  if (first !== undefined)
    throw new ControlError(422, 'bad-fault', `the fault cannot be used: ${first.path} ${first.message}`, { problems });
  const now = statusOf(call, fault.id);
  return jsonReply(now === undefined ? {} : faultJson(now), status);
}
