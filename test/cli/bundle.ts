import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleProgram } from '../../bundle.js';

/** The bundled program, made by the first test file that asks for it and shared by those that run beside it. */
export async function sharedProgram(): Promise<string> {
  const folder = process.env['ZONEWRIGHT_TEST_BUNDLE'];
  if (folder === undefined) throw new Error('the global setup has not run');
  const [making, made] = [join(folder, 'making'), join(folder, 'made')];
  const main = join(folder, 'main.js');
  if (isFirst(making)) {
    await bundleProgram(folder, { minify: false });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
    mkdirSync(made);
  }
  for (let waits = 0; !existsSync(made); waits++) {
    if (waits > 600) throw new Error('the bundle was not made in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return main;
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
