import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles the command line into a folder, as the build does, so that tests can start it as a process. */
async function bundleCli(outdir: string): Promise<void> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { metafile } = await build({
    entryPoints: { main: join(root, 'cli/main.ts') },
    outdir,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    metafile: true,
  });
  writeFileSync(join(outdir, 'package.json'), '{ "type": "module" }\n');
  for (const file of Object.keys(metafile.outputs)) giveRequire(join(root, file));
}

/** CommonJS packages call `require` for the modules of Node. */
function giveRequire(file: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes('Dynamic require of')) return;
  const real = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);\n";
  writeFileSync(file, real + text);
}

/** The bundled program, made by the first test file that asks for it and shared by those that run beside it. */
export async function sharedProgram(): Promise<string> {
  const folder = process.env['ZONEWRIGHT_TEST_BUNDLE'];
  if (folder === undefined) throw new Error('the global setup has not run');
  const [making, made] = [join(folder, 'making'), join(folder, 'made')];
  const main = join(folder, 'main.js');
  if (isFirst(making)) {
    await bundleCli(folder);
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
