// Bundles the command line: few files, because each costs time to load, and no more of them for a run than it needs.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = dirname(fileURLToPath(import.meta.url));

/** What every command needs, `lint` or not. */
const base =
  /\/cli\/(?:io[^/]*|errors|command|output|options|report\/(?:characters|words|look))\.ts$|\/lib\/text\/nearest\.ts$/;

/** What a plain run of `lint` begins with; all that these import by statements goes with them, and what they import later stands apart. */
const lintStarts = ['cli/commands/lint.ts', 'cli/commands/ci.ts'];

/** The command line starts no program for a subcommand, and all that stands behind child_process takes milliseconds to load. */
const withoutPrograms = {
  name: 'commander-without-programs',
  resolveId(/** @type {string} */ id, /** @type {string | undefined} */ importer) {
    return id === 'node:child_process' && importer?.includes('/commander/') ? '\0no-programs' : undefined;
  },
  load(/** @type {string} */ id) {
    return id === '\0no-programs' ? 'export {};' : undefined;
  },
};

/** The modules of ours that a plain run of these commands loads. */
function modulesOf(/** @type {readonly string[]} */ starts) {
  const reached = new Set(starts.map((path) => join(root, path)));
  for (const path of reached) {
    const text = readFileSync(path, 'utf8');
    for (const [, from = ''] of text.matchAll(/^(?:import|export)\b(?! type\b)[^;'"]*?\bfrom '(\.[^']+)'/gmu)) {
      reached.add(join(dirname(path), from));
    }
  }
  return reached;
}

/** Bundles into a folder; the paths of everything that went in. Unlike other bundlers this one keeps constants, which run faster. */
export async function bundleProgram(
  /** @type {string} */ folder,
  /** @type {{ readonly minify: boolean }} */ { minify },
) {
  const ofLint = modulesOf(lintStarts);
  const ofFmt = modulesOf(['cli/commands/fmt.ts']);
  const ofServe = modulesOf(['cli/commands/serve.ts']);
  const ofQuery = modulesOf(['cli/commands/query.ts']);
  const { output } = await build({
    cwd: root,
    input: { main: join(root, 'cli/main.ts') },
    platform: 'node',
    transform: { target: 'node20', define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' } },
    // What the renderer of the terminal editor has for its own makers; never loaded.
    external: ['react-devtools-core'],
    plugins: [withoutPrograms],
    logLevel: 'silent',
    output: {
      dir: folder,
      format: 'esm',
      minify,
      chunkFileNames: '[name]-[hash].js',
      codeSplitting: {
        groups: [
          // The entry waits for the command to end: nothing that a command needs may be in its file.
          { name: 'version', test: /\/cli\/version\.ts$/, priority: 3 },
          { name: 'base', test: (id) => base.test(id), priority: 2 },
          // A thread starts with it, which is to load nothing that draws.
          { name: 'edit-worker', test: /\/cli\/tui\/run\/lint-worker\.ts$/, priority: 0 },
          // What `fmt` needs too stands apart, as it needs no rules.
          { name: 'zone', test: (id) => ofLint.has(id) && ofFmt.has(id), priority: 1.5 },
          // What `serve` judges zones by.
          { name: 'judge', test: (id) => ofLint.has(id) && ofServe.has(id), priority: 1.4 },
          { name: 'lint', test: (id) => ofLint.has(id), priority: 1 },
          { name: 'ask', test: (id) => ofServe.has(id) && ofQuery.has(id), priority: 0.9 },
          { name: 'serve', test: (id) => ofServe.has(id), priority: 0.8 },
        ],
      },
    },
  });
  const main = join(folder, 'main.js');
  writeFileSync(main, `#!/usr/bin/env node\n${readFileSync(main, 'utf8').replace(/^#!.*\n/, '')}`);
  chmodSync(main, 0o755);
  return output.flatMap((each) => (each.type === 'chunk' ? each.moduleIds : []));
}
