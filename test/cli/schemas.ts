import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** What is wrong with a value by a schema of the project; empty when it fits. */
export function schemaFaults(name: string, value: unknown): readonly string[] {
  const path = fileURLToPath(new URL(`../../schemas/${name}.schema.json`, import.meta.url));
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  addFormats.default(ajv);
  const valid = ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
  valid(value);
  return (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
