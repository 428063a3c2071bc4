import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'rolldown';
import { CASES, limits } from './cases.ts';
import type { Case, Context } from './context.ts';
import { buildMiekg, zonePeers } from './peers.ts';
import type { Verdict } from './table.ts';

const HELP = `npm run bench -- [options]: whole processes beside the installed peers, in alternating rounds
  --case ID     only this case; may be repeated: ${CASES.map(({ id, optional }) => (optional ? `${id} (only so)` : id)).join(', ')}
  --size F      factor on the size of all inputs (0.1 for a quick look; the figures that count are those of 1)
  --rounds N    rounds of each case (5)
  --no-build    measure dist/ as it is`;

/** Programs of the bench that run as processes of their own. */
const HELPERS = ['read', 'parse-npm', 'echo', 'serve-run', 'edit-run'];

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string') {
    console.error(options);
    return options === HELP ? 0 : 2;
  }
  const { cases, build: fresh, ...sizes } = options;
  if (fresh && spawnSync(process.execPath, ['build.js', 'cli'], { stdio: 'inherit' }).status !== 0) return 2;
  const context = { ...(await prepare()), ...sizes };
  console.log(`node ${process.version}, size ${context.size}`);
  for (const line of limits()) console.log(line);
  const missed: string[] = [];
  for (const each of cases) missed.push(...report(each, context).map(({ says }) => `${each.id}: ${says}`));
  if (missed.length === 0) console.log('\nevery figure is reached');
  else console.log(`\nmissed:\n${missed.map((each) => `  ${each}`).join('\n')}`);
  return missed.length === 0 ? 0 : 1;
}

/** Runs one case, prints what came out, and gives back the figures it missed. */
function report(each: Case, context: Context): readonly Verdict[] {
  console.log(`\n${each.id}: ${each.title}`);
  const verdicts = each.run(context);
  for (const { says } of verdicts) console.log(`  ${says}`);
  return verdicts.filter(({ reached }) => !reached);
}

async function prepare(): Promise<Omit<Context, 'size' | 'rounds'>> {
  const folder = resolve('.bench');
  mkdirSync(folder, { recursive: true });
  await build({
    input: Object.fromEntries(HELPERS.map((name) => [name, `test/bench/${name}.ts`])),
    platform: 'node',
    transform: { target: 'node20' },
    // Packages stay where they are, files of ours go in.
    external: (id) => !/^[./]/.test(id),
    logLevel: 'silent',
    output: { dir: folder, format: 'esm' },
  });
  const helpers = {
    npm: join(folder, 'parse-npm.js'),
    miekg: buildMiekg('test/bench/miekg/main.go', join(folder, 'miekg')),
  };
  const node = process.execPath;
  const cli = resolve('dist/cli/main.js');
  return {
    peers: zonePeers(helpers),
    read: (origin, file) => ({
      name: 'zonewright, read',
      command: node,
      args: [join(folder, 'read.js'), origin, file],
    }),
    lint: (name, args) => ({ name, command: node, args: [cli, 'lint', ...args], done: [0, 1] }),
    zonewright: (name, args) => ({ name, command: node, args: [cli, ...args] }),
    helper: (name) => join(folder, `${name}.js`),
    print: (text) => console.log(text),
  };
}

interface Options {
  readonly cases: readonly Case[];
  readonly size: number;
  readonly rounds: number;
  readonly build: boolean;
}

/** The options, or what to print instead of running. */
function readOptions(): Options | string {
  try {
    const { values } = parseArgs({
      options: {
        case: { type: 'string', multiple: true },
        size: { type: 'string', default: '1' },
        rounds: { type: 'string', default: '5' },
        'no-build': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return HELP;
    const [size, rounds] = [Number(values.size), Number(values.rounds)];
    if (!(size > 0)) return `--size needs a number above 0, found '${values.size}'`;
    if (!Number.isInteger(rounds) || rounds < 1)
      return `--rounds needs a whole number from 1 on, found '${values.rounds}'`;
    const unknown = values.case?.find((id) => !CASES.some((each) => each.id === id));
    if (unknown !== undefined) return `no case '${unknown}'\n${HELP}`;
    const wanted = values.case;
    const cases = CASES.filter(({ id, optional }) => (wanted === undefined ? optional !== true : wanted.includes(id)));
    return { cases, size, rounds, build: !values['no-build'] };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${HELP}`;
  }
}
