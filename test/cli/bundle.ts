import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles the command line into a folder, as the build does, so that tests can start it as a process. */
export async function bundleCli(outdir: string): Promise<void> {
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
