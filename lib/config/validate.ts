import { type Validator, validateReport, validateZone } from './validators.generated.js';
import { type SchemaProblem, sayViolations } from './violations.ts';

/** Name of a schema: that of its file in schemas/. */
export type SchemaName = 'report' | 'zone';

const VALIDATORS: Readonly<Record<SchemaName, Validator>> = { report: validateReport, zone: validateZone };

/** What keeps a value from fitting a schema; nothing when it fits. */
export function validate(schemaName: SchemaName, value: unknown): readonly SchemaProblem[] {
  const validator: Validator = VALIDATORS[schemaName];
  return validator(value) ? [] : sayViolations(validator.errors ?? [], value);
}
