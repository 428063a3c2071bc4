// Bundles the command line: few files, because each costs time to load, and no more of them for a run than it needs.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const root = dirname(fileURLToPath(import.meta.url));

/** What every command needs, `lint` or not. */
const base =
  /\/cli\/(?:io[^/]*|errors|command|output|options|report\/(?:characters|words|look))\.ts$|\/lib\/text\/nearest\.ts$/;

/** What other commands and rare options need: each in a file of its own, where the bundler puts it. */
const apart = [
  /\/cli\/(?:main|app|watch-files|rule-page|catalogue|example-lines)\.ts$/,
  /\/cli\/commands\/(?!lint|ci)/,
  /\/cli\/config\/templates\.ts$/,
  /\/cli\/lint\/(?:watch|fixing[^/]*|mend|diff|cache|jobs|history-git|show-config|baseline-file)\.ts$/,
  /\/cli\/report\/(?:html\/|merge|texts-on-disk)/,
  /\/lib\/config\/(?:load|read|yaml|json|print|schema|validate|validators\.generated|violations|rule-settings|tree)\./,
  /\/lib\/certs\/(?:der|load|pem|path|sources)/,
];

/** Whether a module of ours is part of a plain run of `lint`. */
function isOfLint(/** @type {string} */ id) {
  return /\/(?:cli|lib)\/.*\.[jt]s$/.test(id) && !id.includes('node_modules') && !apart.some((one) => one.test(id));
}

/** Bundles into a folder; the paths of everything that went in. Unlike other bundlers this one keeps constants, which run faster. */
export async function bundleProgram(
  /** @type {string} */ folder,
  /** @type {{ readonly minify: boolean }} */ { minify },
) {
  const { output } = await build({
    cwd: root,
    input: { main: join(root, 'cli/main.ts') },
    platform: 'node',
    transform: { target: 'node20' },
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
          { name: 'lint', test: isOfLint, priority: 1 },
        ],
      },
    },
  });
  const main = join(folder, 'main.js');
  writeFileSync(main, `#!/usr/bin/env node\n${readFileSync(main, 'utf8').replace(/^#!.*\n/, '')}`);
  chmodSync(main, 0o755);
  return output.flatMap((each) => (each.type === 'chunk' ? each.moduleIds : []));
}
