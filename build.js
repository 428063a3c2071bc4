// Builds what the sources alone do not give: `node build.js [build | cli | schemas | docs [--check] | exports | bench]`.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { bundleProgram } from './bundle.js';

const root = dirname(fileURLToPath(import.meta.url));
const validators = 'lib/config/validators.generated';

/** Lists the rules and their options, so that editors complete them. */
const configSchema = 'schemas/config.schema.json';

/** Holds a page for each rule and nothing else. */
const rulePages = 'docs/rules';
const commandsPage = 'docs/commands.md';
const presetsPage = 'docs/fault-presets.md';
const keysPage = 'docs/editor-keys.md';
const controlPage = 'docs/control-api.json';

const commands = { build, cli, schemas, docs, exports: exportList, bench };

const name = process.argv[2] ?? 'build';
const command = Object.entries(commands).find(([key]) => key === name)?.[1];
if (command === undefined) {
  console.error(`build.js: unknown command '${name}', expected one of ${Object.keys(commands).join(', ')}`);
  process.exit(2);
}
await command(process.argv.slice(3));

/** The whole product: dist/lib by tsc with declarations, dist/cli as one split bundle. */
async function build() {
  await cli();
  rmSync(path('dist/lib'), { recursive: true, force: true });
  runTool('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
  copyValidators();
}

/** dist/cli alone, without looking at types: under a second, for trying things out. */
async function cli() {
  const parts = await schemas();
  rmSync(path('dist/cli'), { recursive: true, force: true });
  parts.push(...(await bundleProgram(path('dist/cli'), { minify: true })));
  writeFileSync(path('dist/THIRD-PARTY.txt'), notices(parts));
}

/** One ES module of ready-made validators from schemas/*.schema.json: ajv itself is never loaded at run time. */
async function schemas() {
  const files = listSchemas();
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const { default: standalone } = await import('ajv/dist/standalone/index.js');
  const { default: addFormats } = await import('ajv-formats');
  const ajv = new Ajv2020({
    code: { source: true, esm: true, lines: true },
    allErrors: true,
    strict: true,
    verbose: true,
  });
  addFormats.default(ajv);
  /** @type {Record<string, string>} */
  const names = {};
  for (const file of files) {
    const schema = JSON.parse(readFileSync(path('schemas', file), 'utf8'));
    // What lists the rules is for editors; the program asks the rules themselves.
    for (const name of madeOf(schema)) schema.$defs[name] = {};
    const id = schema.$id ?? file;
    ajv.addSchema(schema, id);
    names[validatorName(file)] = id;
  }
  const code = files.length === 0 ? 'export {};\n' : standalone.default(ajv, names);
  const result = await bundle({
    stdin: { contents: code, resolveDir: root, loader: 'js' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    metafile: true,
    banner: { js: '// Made by `npm run schemas` from schemas/*.schema.json.' },
  });
  writeIfChanged(`${validators}.js`, result.outputFiles[0]?.text ?? '');
  writeIfChanged(`${validators}.d.ts`, validatorTypes(Object.keys(names)));
  return Object.keys(result.metafile.inputs);
}

/** Writes what the command line prints into the documents; with `--check` only compares and fails when one is stale. */
async function docs(/** @type {string[]} */ args) {
  const check = args.includes('--check');
  const wanted = [
    ...pagesOfRules(),
    { file: configSchema, text: await withRules(configSchema) },
    { file: commandsPage, text: pageOfCommands() },
    { file: presetsPage, text: await pageOfPresets() },
    { file: keysPage, text: await pageOfKeys() },
    { file: controlPage, text: await descriptionOfControl() },
    { file: 'README.md', text: withExamples('README.md') },
  ];
  for (const { file, text } of wanted) {
    if (read(file) === text) continue;
    if (check) {
      console.error(`${file} is stale: run 'npm run docs' and look at what changes`);
      process.exitCode = 1;
    } else if (text === undefined) {
      rmSync(path(file));
      console.error(`removed ${file}`);
    } else if (writeIfChanged(file, text)) console.error(`wrote ${file}`);
  }
  if (check && process.exitCode !== 1)
    console.error(
      `up to date: README.md, ${configSchema}, ${commandsPage}, ${presetsPage}, ${keysPage}, ${controlPage} and ${wanted.length - 6} files in ${rulePages}`,
    );
}

/**
 * The pages as the command line writes them now, and without a text those of rules that are gone.
 * @returns {{ file: string, text: string | undefined }[]}
 */
function pagesOfRules() {
  const folder = mkdtempSync(join(tmpdir(), 'zonewright-'));
  try {
    run(`zonewright rules --pages ${folder}`);
    const written = readdirSync(folder).sort();
    const before = existsSync(path(rulePages)) ? readdirSync(path(rulePages)) : [];
    return [
      ...written.map((file) => ({ file: join(rulePages, file), text: readFileSync(join(folder, file), 'utf8') })),
      ...before
        .filter((file) => !written.includes(file))
        .map((file) => ({ file: join(rulePages, file), text: undefined })),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The command line reference: the help of every command as it prints it now. */
function pageOfCommands() {
  const help = run('zonewright --help');
  const names = [...(/^Commands:\n(.*?)\n\n/ms.exec(help)?.[1] ?? '').matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(
    ([, name]) => name,
  );
  const sections = names
    .filter((name) => name !== 'help')
    .map((name) => `## ${name}\n\n\`\`\`text\n${run(`zonewright ${name} --help`).trimEnd()}\n\`\`\`\n`);
  if (sections.length === 0) throw new Error('zonewright --help lists no commands');
  const head = 'Made by `npm run docs` from what each command says of itself.';
  return `# Commands\n\n${head}\n\n\`\`\`text\n${help.trimEnd()}\n\`\`\`\n\n${sections.join('\n')}`;
}

/** The presets of faults by what each does and where it was met. */
async function pageOfPresets() {
  const { FAULT_PRESETS } = await evaluated(`export { FAULT_PRESETS } from './lib/server/faults/presets.ts';`);
  const rows = FAULT_PRESETS.map(
    (/** @type {{ name: string, description: string, source: string }} */ { name, description, source }) =>
      `| \`${name}\` | ${cell(description)} | ${cell(source)} |`,
  );
  const head = 'Made by `npm run docs`. A fault takes one by `preset: NAME`; what it gives itself comes on top.';
  return `# Presets of faults\n\n${head}\n\n| preset | what it does | where it was met |\n|---|---|---|\n${rows.join('\n')}\n`;
}

/** The keys of the terminal editor by groups. */
async function pageOfKeys() {
  const { helpSections } = await evaluated(`export { helpSections } from './cli/tui/model/keys.ts';`);
  /** @typedef {{ keys: readonly string[], palette: string, title: string, where: string }} HelpLine */
  const sections = helpSections(false).map(
    (/** @type {{ group: string, lines: readonly HelpLine[] }} */ { group, lines }) => {
      const rows = lines.map(({ keys, palette, title, where }) => {
        const shown = keys.map((key) => `\`${key === '|' ? '\\|' : key}\``).join(' ');
        return `| ${shown} | ${cell(where)} | ${cell(title)} | ${palette === '' ? '' : `\`${palette}\``} |`;
      });
      return `## ${group}\n\n| keys | where | what | command |\n|---|---|---|---|\n${rows.join('\n')}\n`;
    },
  );
  return `# Keys of the terminal editor\n\nMade by \`npm run docs\` from the table that the editor itself reads.\n\n${sections.join('\n')}`;
}

/** The description of the control interface (OpenAPI). */
async function descriptionOfControl() {
  const { openApi } = await evaluated(`export { openApi } from './lib/testing/control/routes.ts';`);
  const { version } = JSON.parse(read('package.json') ?? '{}');
  return formatted(controlPage, openApi(version));
}

function cell(/** @type {string} */ text) {
  return text.replaceAll('|', '\\|');
}

/** What a module of TypeScript exports. */
async function evaluated(/** @type {string} */ contents) {
  const { outputFiles } = await bundle({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/** A schema with the definitions that are made from the rules, as they are now. */
async function withRules(/** @type {string} */ file) {
  const { withRules: fill, RULES } = await evaluated(
    `export * from './lib/config/schema.ts'; export { RULES } from './lib/lint/rules.ts';`,
  );
  return formatted(file, fill(JSON.parse(read(file) ?? '{}'), RULES));
}

/** A value as a JSON file of the house. */
function formatted(/** @type {string} */ file, /** @type {unknown} */ value) {
  const tool = path('node_modules/@biomejs/biome/bin/biome');
  const options = {
    cwd: root,
    input: JSON.stringify(value),
    encoding: /** @type {const} */ ('utf8'),
    maxBuffer: 2 ** 26,
  };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [tool, 'format', `--stdin-file-path=${file}`],
    options,
  );
  if (status !== 0) throw new Error(`biome did not format ${file}: ${stderr}`);
  return stdout;
}

/**
 * Names of the definitions of a schema that are made from the rules.
 * @returns {string[]}
 */
function madeOf(/** @type {{ $defs?: Record<string, { $comment?: string }> }} */ { $defs = {} }) {
  return Object.keys($defs).filter((name) => $defs[name]?.$comment === 'made by `npm run docs`');
}

/** A document whose `console` blocks show, after each `$ zonewright …` line, what that command prints now. */
function withExamples(/** @type {string} */ file) {
  let count = 0;
  const text = (read(file) ?? '').replace(/(^```console\n)(.*?)(^```$)/gms, (_, open, body, close) => {
    const steps = body.split(/^(?=\$ )/m).map((/** @type {string} */ step) => {
      const [line = '', ...printed] = step.split('\n');
      const command = /^\$ ((?:npx )?zonewright .*)/.exec(line)?.[1];
      if (command === undefined) return step;
      count += 1;
      const output = run(command);
      return steady(output) === steady(printed.join('\n')) ? step : `${line}\n${output}`;
    });
    return open + steps.join('') + close;
  });
  if (count === 0) throw new Error(`${file} shows no '$ zonewright' example in a console block`);
  return text;
}

/** Everything a command line prints, with the zonewright built here; findings (exit code 1) are no failure. */
function run(/** @type {string} */ command) {
  const line = command.replace(/^(npx )?zonewright\b/, 'node dist/cli/main.js');
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, COLUMNS: '100' };
  const { status, stdout } = spawnSync('bash', ['-c', `{ ${line}; } 2>&1`], { cwd: root, encoding: 'utf8', env });
  if (status !== 0 && status !== 1) throw new Error(`'${command}' ended with ${status}:\n${stdout}`);
  return stdout;
}

/** Text without the durations that differ from run to run. */
function steady(/** @type {string} */ text) {
  return text.replace(/\d+(\.\d+)? (ms|s)\b/g, '? $2');
}

/** Rewrites the snapshot of the public export lists that a test compares. */
function exportList() {
  runTool('vitest/vitest.mjs', ['run', 'test/house/exports.test.ts'], { UPDATE_EXPORTS: '1' });
}

/** Bundles test/bench/main.ts and runs it with the remaining arguments. */
async function bench(/** @type {string[]} */ args) {
  await bundle({
    entryPoints: [path('test/bench/main.ts')],
    outfile: path('.bench/main.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
  });
  process.exitCode = spawnSync(process.execPath, [path('.bench/main.js'), ...args], { stdio: 'inherit' }).status ?? 1;
}

/** The licence texts of the packages that ended up in the bundle. */
function notices(/** @type {string[]} */ inputs) {
  const folders = new Set(inputs.flatMap((input) => /node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []));
  const sections = [...folders].sort().map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(path(folder, 'package.json'), 'utf8'));
    const file = readdirSync(path(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    // A package that has forgotten its licence file is under the terms that it names.
    const holder = typeof author === 'string' ? author : author?.name;
    if (file === undefined && (license !== 'MIT' || holder === undefined))
      throw new Error(`${name} is bundled but has no licence file`);
    const terms = file === undefined ? ownTerms(holder) : readFileSync(path(folder, file), 'utf8');
    return `${name} ${version} (${license})\n\n${terms.trim()}\n`;
  });
  return `zonewright contains the following packages.\n\n${sections.join('\n----\n\n')}`;
}

/** The terms of the MIT licence, which is our own, for another holder. */
function ownTerms(/** @type {string} */ holder) {
  return readFileSync(path('LICENSE'), 'utf8').replace(/^Copyright .*$/mu, `Copyright (c) ${holder}`);
}

function copyValidators() {
  mkdirSync(path('dist/lib/config'), { recursive: true });
  for (const end of ['.js', '.d.ts']) {
    writeFileSync(path('dist', validators + end), readFileSync(path(validators + end)));
  }
}

function listSchemas() {
  if (!existsSync(path('schemas'))) return [];
  return readdirSync(path('schemas'))
    .filter((file) => file.endsWith('.schema.json'))
    .sort();
}

/** `mail-domain.schema.json` becomes `validateMailDomain`. */
function validatorName(/** @type {string} */ file) {
  const words = file.replace('.schema.json', '').split(/[^A-Za-z0-9]+/);
  return `validate${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}

function validatorTypes(/** @type {string[]} */ names) {
  return `// Made by \`npm run schemas\` from schemas/*.schema.json.
/** One violation: where in the data (JSON pointer) and what is wrong there. */
export interface ValidationError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}
/** Says whether data fits the schema and leaves the violations of the last call in \`errors\`. */
export interface Validator {
  (data: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}
${names.map((each) => `export declare const ${each}: Validator;\n`).join('')}`;
}

function runTool(/** @type {string} */ script, /** @type {string[]} */ args, env = {}) {
  const options = { cwd: root, stdio: /** @type {const} */ ('inherit'), env: { ...process.env, ...env } };
  const { status } = spawnSync(process.execPath, [path('node_modules', script), ...args], options);
  if (status !== 0) process.exit(status ?? 1);
}

/** Writes by rename, so that a test run and a build at the same time never see half a file; true when it changed. */
function writeIfChanged(/** @type {string} */ file, /** @type {string} */ text) {
  if (read(file) === text) return false;
  mkdirSync(dirname(path(file)), { recursive: true });
  const temporary = path(`${file}.${process.pid}`);
  writeFileSync(temporary, text);
  renameSync(temporary, path(file));
  return true;
}

function read(/** @type {string} */ file) {
  return existsSync(path(file)) ? readFileSync(path(file), 'utf8') : undefined;
}

function path(/** @type {string[]} */ ...parts) {
  return join(root, ...parts);
}
