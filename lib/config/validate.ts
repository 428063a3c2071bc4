import { type Validator, validateZone } from './validators.generated.js';
import { type SchemaProblem, sayViolations } from './violations.ts';

/** The validator of each schema, by the name of its file in schemas/. */
const VALIDATORS = { zone: validateZone } satisfies Readonly<Record<string, Validator>>;

/** Name of a schema. */
export type SchemaName = keyof typeof VALIDATORS;

/** What keeps a value from fitting a schema; nothing when it fits. */
export function validate(schemaName: SchemaName, value: unknown): readonly SchemaProblem[] {
  const validator: Validator = VALIDATORS[schemaName];
  return validator(value) ? [] : sayViolations(validator.errors ?? [], value);
}
