import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { version } from '../../cli/version.ts';
import { root } from './sources.ts';

/** What is loaded before the first line of main.ts runs; more of it would be felt in `--version`. */
const startLimit = 20_000;

describe('the command line bundle', () => {
  test('starts without any package and stays small', async () => {
    const { metafile } = await build({
      entryPoints: [join(root, 'cli/main.ts')],
      absWorkingDir: root,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      minifyWhitespace: true,
      metafile: true,
      write: false,
      outdir: 'dist/cli',
    });
    const start = loadedAtStart(metafile, 'dist/cli/main.js');
    expect(start.inputs.filter((path) => path.includes('node_modules'))).toEqual([]);
    expect(start.bytes).toBeLessThan(startLimit);
  });

  test('static imports count, dynamic ones do not', () => {
    const output = (input: string, imports: Metafile['outputs'][string]['imports']): Metafile['outputs'][string] => {
      return { bytes: 10, inputs: { [input]: { bytesInOutput: 10 } }, imports, exports: [] };
    };
    const outputs = {
      'main.js': output('main.ts', [
        { path: 'a.js', kind: 'import-statement' },
        { path: 'b.js', kind: 'dynamic-import' },
        { path: 'node:fs', kind: 'import-statement', external: true },
      ]),
      'a.js': output('node_modules/a/a.js', []),
      'b.js': output('node_modules/b/b.js', []),
    };
    const start = loadedAtStart({ inputs: {}, outputs }, 'main.js');
    expect(start).toEqual({ inputs: ['main.ts', 'node_modules/a/a.js'], bytes: 20 });
  });

  test('names the version of package.json', () => {
    expect(version).toBe((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version);
  });
});

function loadedAtStart({ outputs }: Metafile, entry: string): { inputs: string[]; bytes: number } {
  const reached = new Set([entry]);
  for (const path of reached) {
    for (const each of outputs[path]?.imports ?? []) {
      if (each.kind === 'import-statement' && each.external !== true) reached.add(each.path);
    }
  }
  const files = [...reached].flatMap((path) => outputs[path] ?? []);
  return {
    inputs: files.flatMap(({ inputs }) => Object.keys(inputs)),
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
