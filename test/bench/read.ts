import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { nameFromText } from '../../lib/rr/name.ts';
import { readZone } from '../../lib/zone/read.ts';

/** Reads a zone file into the model and prints what came of it: `read.js ORIGIN FILE`. */
const [, , origin = '', file = ''] = process.argv;
const start = process.hrtime.bigint();
const parsed = nameFromText(`${origin}.`);
if (!('name' in parsed)) throw new Error(`'${origin}' is no zone name`);
const bytes = readFileSync(file);
const zone = readZone({ name: basename(file), bytes, origin: parsed.name });
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
console.log(JSON.stringify({ records: zone.count, problems: zone.problems.length, milliseconds }));
