import {
  type Validator,
  validateBaseline,
  validateCertificates,
  validateConfig,
  validateFaults,
  validateMailSpec,
  validateReport,
  validateZone,
} from './validators.generated.js';
import { faultsOf, type SchemaFault, type SchemaProblem, sayViolations } from './violations.ts';

/** Name of a schema: that of its file in schemas/. */
export type SchemaName = 'baseline' | 'certificates' | 'config' | 'faults' | 'mail-spec' | 'report' | 'zone';

const VALIDATORS: Readonly<Record<SchemaName, Validator>> = {
  baseline: validateBaseline,
  certificates: validateCertificates,
  config: validateConfig,
  faults: validateFaults,
  'mail-spec': validateMailSpec,
  report: validateReport,
  zone: validateZone,
};

/** What keeps a value from fitting a schema; nothing when it fits. */
export function validate(schemaName: SchemaName, value: unknown): readonly SchemaProblem[] {
  const validator: Validator = VALIDATORS[schemaName];
  return validator(value) ? [] : sayViolations(validator.errors ?? [], value);
}

/** The same, with the name of a member at fault apart from the place it stands in. */
export function schemaFaults(schemaName: SchemaName, value: unknown): readonly SchemaFault[] {
  const validator: Validator = VALIDATORS[schemaName];
  return validator(value) ? [] : faultsOf(validator.errors ?? [], value);
}
