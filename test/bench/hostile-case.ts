import type { Context } from './context.ts';
import { HOSTILE, type Hostile } from './hostile.ts';
import { hostile, type Input, mailHoster } from './inputs.ts';
import { type Measured, measure, type Program } from './measure.ts';
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
/** Seconds after which a run is ended. */
const PATIENCE = 20;

interface Way {
  readonly name: string;
  program(input: Input): Program;
  /** Milliseconds of one run. */
  time(run: Measured): number;
}

/** Reads and lints each hostile input in growing sizes: time has to grow no faster than the input. */
export function hostileCase(context: Context): readonly Verdict[] {
  const ways: Way[] = [
    {
      name: 'read',
      program: ({ origin, file }) => context.read(origin, file),
      time: ({ stdout }) => timeInside(stdout),
    },
    {
      name: 'lint --profile load, whole process',
      program: (input) => lintOf(context, input),
      time: ({ seconds }) => Math.min(...seconds) * 1000,
    },
  ];
  return ways.flatMap((way) => growth(context, way));
}

function growth({ size, print }: Context, way: Way): readonly Verdict[] {
  const normal = mailHoster(Math.round(NORMAL * size));
  const normalSpeed = speedOf(normal, milliseconds(way, normal));
  const megabytes = (normal.bytes / 1e6).toFixed(1);
  print(`  ${way.name}: milliseconds; a normal zone of ${megabytes} MB is done with ${normalSpeed.toFixed(0)} MB/s`);
  const missed: Verdict[] = [];
  const rows = HOSTILE.map((kind) => {
    const inputs = MEGABYTES.map((each) => hostile(kind, Math.round(each * 1e6 * size)));
    const taken = allTimes(way, inputs);
    const verdicts = judge(kind, way.name, inputs, taken, normalSpeed).filter(({ reached }) => !reached);
    missed.push(...verdicts);
    const speed = speedOf(inputs.at(-1), taken.at(-1) ?? Number.NaN);
    const cells = taken.map((each) => (Number.isFinite(each) ? each.toFixed(0) : '–'));
    return [kind.name, ...cells, speed.toFixed(1), times(speed / normalSpeed), verdicts.length === 0 ? '' : 'MISSED'];
  });
  print(table([way.name, ...MEGABYTES.map((each) => `${each * size} MB`), 'MB/s', 'of normal', ''], rows));
  if (missed.length > 0) return missed;
  const says = `${way.name} of ${rows.length} hostile inputs: linear, and no slower than ¼ of the normal speed`;
  return [{ says, reached: true }];
}

/** Times of growing inputs; once one takes too long, the larger ones are not tried. */
function allTimes(way: Way, inputs: readonly Input[]): number[] {
  const taken: number[] = [];
  for (const input of inputs) {
    const tooLong = taken.some((each) => !Number.isFinite(each));
    taken.push(tooLong ? Number.POSITIVE_INFINITY : milliseconds(way, input));
  }
  return taken;
}

/** The better of two runs; infinite when it failed or was ended. */
function milliseconds(way: Way, input: Input): number {
  const runs = [0, 1].map(() => {
    const run = measure([way.program(input)], { rounds: 1, keepOutput: way.name === 'read', timeout: PATIENCE })[0];
    return run === undefined || run.failure !== undefined ? Number.POSITIVE_INFINITY : way.time(run);
  });
  return Math.min(...runs);
}

function speedOf(input: Input | undefined, taken: number): number {
  return (input?.bytes ?? 0) / 1000 / taken;
}

function judge(
  kind: Hostile,
  way: string,
  inputs: readonly Input[],
  taken: readonly number[],
  normal: number,
): Verdict[] {
  const [, second = 0, , last = 0] = taken;
  if (!Number.isFinite(last))
    return [{ says: `${way} of ${kind.name}: over ${PATIENCE} s or failed  MISSED`, reached: false }];
  const share = speedOf(inputs.at(-1), last) / normal;
  const grown = Math.max(last, NOISE) / Math.max(second, NOISE);
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

/** The time that the reading script measured itself. */
function timeInside(output: string): number {
  const result: unknown = JSON.parse(output);
  if (typeof result !== 'object' || result === null || !('milliseconds' in result)) return Number.POSITIVE_INFINITY;
  return Number(result.milliseconds);
}

function lintOf(context: Context, input: Input): Program {
  const options = ['--profile', 'load', '--origin', input.origin, '--format', 'concise', input.file];
  // A file of NUL octets is refused as binary.
  return { ...context.lint('zonewright lint', options), done: [0, 1, 2] };
}

/** What the peers make of the largest hostile inputs: seconds, or why not. */
export function hostilePeersCase(context: Context): readonly Verdict[] {
  const peers = context.peers.filter(({ start, name }) => start !== undefined && !name.startsWith('npm '));
  const rows = HOSTILE.map((kind) => {
    const input = hostile(kind, Math.round((MEGABYTES.at(-1) ?? 8) * 1e6 * context.size));
    const programs = [
      lintOf(context, input),
      ...peers.flatMap((peer) => peerProgram(peer, input.origin, input.file) ?? []),
    ];
    const patient = programs.map((each) => ({ ...each, done: [0, 1, 255] }));
    const measured = measure(patient, { rounds: 1, timeout: PATIENCE });
    const cells = measured.map(({ seconds, failure }) => failure?.replace(/:.*/, '') ?? (seconds[0] ?? 0).toFixed(2));
    return [kind.name, ...cells, ''];
  });
  context.print(table(['seconds', 'zonewright lint', ...peers.map(({ name }) => name), ''], rows));
  return [];
}
