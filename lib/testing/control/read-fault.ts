import type { Fault } from '../../server/faults/fault.ts';
import { ControlError, objectOf } from './replies.ts';
import type { Schema } from './route.ts';

/** Members that a fault may have. */
const MEMBERS = ['id', 'description', 'match', 'trigger', 'state', 'preset', 'action', 'steps', 'pass', 'enabled'];

/** What a fault is as JSON; schemas/faults.schema.json tells all of it. */
export const FAULT_SCHEMA: Schema = {
  type: 'object',
  description: 'a fault as in files of faults (schemas/faults.schema.json)',
  properties: { id: { type: 'string', minLength: 1 } },
  required: ['id'],
};

/** The fault that a JSON value describes; with an id it has to be that one. Throws ControlError. */
export function readFault(value: unknown, id?: string): Fault {
  const given = objectOf(value, 'a fault', MEMBERS);
  const fault = { ...(id !== undefined && { id }), ...given };
  if (typeof fault.id !== 'string' || fault.id === '')
    throw new ControlError(422, 'bad-fault', 'a fault has an "id", a text of its own');
  if (id !== undefined && fault.id !== id)
    throw new ControlError(422, 'bad-fault', `the fault in the body is '${fault.id}', that in the path '${id}'`);
  return fault as unknown as Fault;
}
