import { faultProblems } from '../../config/faults-file.ts';
import type { Fault } from '../../server/faults/fault.ts';
import { ControlError, objectOf } from './replies.ts';
import type { Schema } from './route.ts';

/** What a fault is as JSON; schemas/faults.schema.json tells all of it. */
export const FAULT_SCHEMA: Schema = {
  type: 'object',
  description: 'a fault as in files of faults (schemas/faults.schema.json)',
  properties: { id: { type: 'string', minLength: 1 } },
  required: ['id'],
};

/** Problems that are told of one fault. */
const MOST_TOLD = 20;

/** The fault that a JSON value describes; with an id it has to be that one, or none is given. Throws ControlError. */
export function readFault(value: unknown, id?: string): Fault {
  const given = objectOf(value, 'a fault');
  const fault = { ...(id !== undefined && { id }), ...given };
  const problems = faultProblems(fault);
  const [first] = problems;
  if (first !== undefined) {
    const more = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
    throw new ControlError(422, 'bad-fault', `the fault cannot be used: ${first.path} ${first.message}${more}`, {
      problems: problems.slice(0, MOST_TOLD),
    });
  }
  if (id !== undefined && fault.id !== id)
    throw new ControlError(
      422,
      'bad-fault',
      `the fault in the body is '${String(fault.id)}', that in the path '${id}'`,
    );
  return fault as unknown as Fault;
}
