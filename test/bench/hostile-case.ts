import type { Context } from './context.ts';
import { HOSTILE, type Hostile } from './hostile.ts';
import { hostile, type Input, mailHoster } from './inputs.ts';
import { measure, type Program } from './measure.ts';
import { peerProgram } from './peers.ts';
import { table, times, type Verdict } from './table.ts';

const MEGABYTES = [1, 2, 4, 8];
/** Records of the mail hoster that fill 8 MB: what normal speed is. */
const NORMAL = 113_000;
/** Share of the normal speed that hostile inputs have to reach. */
const SHARE = 1 / 4;
/** Growth from the second to the last size above which time is no longer linear: 4 if linear, 16 if quadratic. */
const GROWTH = 8;
/** Times below this many milliseconds say nothing about growth. */
const NOISE = 15;

interface Way {
  readonly name: string;
  /** Milliseconds of one run. */
  time(input: Input): number;
}

/** Reads and lints each hostile input in growing sizes: time has to grow no faster than the input. */
export function hostileCase(context: Context): readonly Verdict[] {
  const baseline = Math.min(...(measure([context.zonewright('', ['--version'])], { rounds: 5 })[0]?.seconds ?? [0]));
  const ways: Way[] = [
    { name: 'read', time: (input) => readTime(context, input) },
    { name: 'lint --profile load', time: (input) => lintTime(context, input, baseline) },
  ];
  return ways.flatMap((way) => growth(context, way));
}

function growth({ size, print }: Context, way: Way): readonly Verdict[] {
  const normal = mailHoster(Math.round(NORMAL * size));
  const normalSpeed = normal.bytes / 1000 / way.time(normal);
  print(
    `  ${way.name}: milliseconds; a normal zone of ${(normal.bytes / 1e6).toFixed(1)} MB: ${normalSpeed.toFixed(0)} MB/s`,
  );
  const verdicts: Verdict[] = [];
  const rows = HOSTILE.map((kind) => {
    const inputs = MEGABYTES.map((megabytes) => hostile(kind, Math.round(megabytes * 1e6 * size)));
    const milliseconds = inputs.map(way.time);
    const verdict = judge(kind, way.name, inputs, milliseconds, normalSpeed);
    verdicts.push(...verdict.filter(({ reached }) => !reached));
    const speed = (inputs.at(-1)?.bytes ?? 0) / 1000 / (milliseconds.at(-1) ?? 1);
    const note = verdict.every(({ reached }) => reached) ? '' : 'MISSED';
    return [
      kind.name,
      ...milliseconds.map((each) => each.toFixed(0)),
      speed.toFixed(0),
      times(speed / normalSpeed),
      note,
    ];
  });
  const sizes = MEGABYTES.map((megabytes) => `${megabytes * size} MB`);
  print(table([way.name, ...sizes, 'MB/s', 'of normal', ''], rows));
  if (verdicts.length > 0) return verdicts;
  const says = `${way.name} of ${rows.length} hostile inputs: linear, and no slower than ¼ of the normal speed`;
  return [{ says, reached: true }];
}

function judge(
  kind: Hostile,
  way: string,
  inputs: readonly Input[],
  times: readonly number[],
  normal: number,
): Verdict[] {
  const [, second = 0, , last = 0] = times;
  const speed = (inputs.at(-1)?.bytes ?? 0) / 1000 / last;
  const grown = Math.max(last, NOISE) / Math.max(second, NOISE);
  const share = speed / normal;
  return [
    {
      says: `${way} of ${kind.name}: needs ≥ ¼ of the normal speed, has ${share.toFixed(2)}  MISSED`,
      reached: share >= SHARE || last < NOISE,
    },
    {
      says: `${way} of ${kind.name}: four times the size takes ${grown.toFixed(1)} times as long  MISSED`,
      reached: grown <= GROWTH,
    },
  ];
}

/** Time that reading takes inside the process, the better of two. */
function readTime(context: Context, input: Input): number {
  const runs = [0, 1].map(() => measure([context.read(input.origin, input.file)], { rounds: 1, keepOutput: true })[0]);
  return Math.min(...runs.map((run) => milliseconds(run?.stdout ?? '', run?.failure)));
}

function milliseconds(output: string, failure: string | undefined): number {
  if (failure !== undefined) throw new Error(`the reader failed: ${failure}`);
  const result: unknown = JSON.parse(output);
  if (typeof result !== 'object' || result === null || !('milliseconds' in result))
    throw new Error('no time in the result');
  return Number(result.milliseconds);
}

/** Time of a whole run without what starting takes, the better of two. */
function lintTime(context: Context, input: Input, baseline: number): number {
  const options = ['--profile', 'load', '--origin', input.origin, '--format', 'concise', input.file];
  const run = measure([context.lint(`lint ${input.title}`, options)], { rounds: 2, timeout: 120 })[0];
  if (run?.failure !== undefined) throw new Error(`lint of ${input.title} failed: ${run.failure}`);
  return Math.max(0.1, (Math.min(...(run?.seconds ?? [])) - baseline) * 1000);
}

/** What the peers make of the largest hostile inputs: seconds, or why not. */
export function hostilePeersCase(context: Context): readonly Verdict[] {
  const peers = context.peers.filter(({ start, name }) => start !== undefined && !name.startsWith('npm '));
  const rows = HOSTILE.map((kind) => {
    const input = hostile(kind, Math.round((MEGABYTES.at(-1) ?? 8) * 1e6 * context.size));
    const options = ['--profile', 'load', '--origin', input.origin, '--format', 'concise', input.file];
    const programs: Program[] = [context.lint('zonewright lint', options)];
    for (const peer of peers) programs.push(peerProgram(peer, input.origin, input.file) ?? programs[0]!);
    const measured = measure(
      programs.map((each) => ({ ...each, done: [0, 1, 255] })),
      { rounds: 1, timeout: 30 },
    );
    return [
      kind.name,
      ...measured.map(({ seconds, failure }) => failure?.replace(/:.*/, '') ?? (seconds[0] ?? 0).toFixed(2)),
      '',
    ];
  });
  context.print(table(['seconds', 'zonewright lint', ...peers.map(({ name }) => name), ''], rows));
  return [];
}
