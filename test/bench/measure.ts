import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { resolve } from 'node:path';

/** A program to run, and the name it has in the table. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Exit codes that mean the work was done; 0 alone unless said. */
  readonly done?: readonly number[];
}

/** What some runs of one program took. */
export interface Measured {
  readonly program: Program;
  readonly seconds: readonly number[];
  /** Largest resident memory of a run, undefined where it cannot be measured. */
  readonly peakBytes: number | undefined;
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Why the program has no usable figures. */
  readonly failure?: string;
}

interface Run {
  readonly seconds: number;
  readonly peakBytes: number | undefined;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly failure?: string;
}

/** How to run programs beside each other. */
export interface MeasureOptions {
  readonly rounds: number;
  /** Keep what the programs print; else it goes nowhere, as it costs time to carry. */
  readonly keepOutput?: boolean;
  /** Longest time of one run in seconds. */
  readonly timeout?: number;
}

const TIME = '/usr/bin/time';

/** Whether peak memory can be measured here. */
export const knowsPeak: boolean = existsSync(TIME);

/** Runs whole processes in alternating rounds, so that a noisy machine is noisy to all; slow ones in fewer rounds. */
export function measure(programs: readonly Program[], options: MeasureOptions): Measured[] {
  const runs = programs.map((): Run[] => []);
  for (let round = 0; round < options.rounds; round += 1) {
    for (const [index, program] of programs.entries()) {
      const before = runs[index] ?? [];
      if (before.some(({ failure }) => failure !== undefined) || round >= roundsFor(before[0], options.rounds))
        continue;
      before.push(runOnce(program, options));
    }
  }
  return programs.map((program, index) => summary(program, runs[index] ?? []));
}

function roundsFor(first: Run | undefined, rounds: number): number {
  if (first === undefined || first.seconds < 8) return rounds;
  return first.seconds < 30 ? Math.min(2, rounds) : 1;
}

function runOnce(program: Program, { keepOutput = false, timeout = 600 }: MeasureOptions): Run {
  const { command, args, done = [0] } = program;
  const errors = resolve('.bench/stderr');
  const peak = resolve('.bench/peak');
  // The limit is set by timeout(1), which ends the program itself; to end `time` alone would leave it running.
  const limited = ['timeout', '-s', 'KILL', String(timeout), command, ...args];
  const [file = '', ...all] = knowsPeak ? [TIME, '-q', '-o', peak, '-f', '%M', ...limited] : limited;
  const output = keepOutput ? 'pipe' : 'ignore';
  const sink = openSync(errors, 'w');
  const start = process.hrtime.bigint();
  const { status, stdout } = spawnSync(file, all, { stdio: ['ignore', output, sink], maxBuffer: 1 << 30 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  closeSync(sink);
  const kilobytes = knowsPeak ? Number.parseInt(readFileSync(peak, 'latin1'), 10) : Number.NaN;
  const run = {
    seconds,
    peakBytes: Number.isNaN(kilobytes) ? undefined : kilobytes * 1024,
    exitCode: status,
    stdout: keepOutput ? stdout.toString('utf8') : '',
  };
  if (status !== null && status >= 124 && seconds >= timeout) return { ...run, failure: `over ${timeout} s` };
  if (status !== null && done.includes(status)) return run;
  return { ...run, failure: `exit ${status}: ${firstLine(errors)}`.slice(0, 120) };
}

function firstLine(file: string): string {
  const start = Buffer.alloc(200);
  const source = openSync(file, 'r');
  const length = readSync(source, start);
  closeSync(source);
  return start.toString('latin1', 0, length).trim().split('\n')[0] ?? '';
}

function summary(program: Program, runs: readonly Run[]): Measured {
  const peaks = runs.flatMap(({ peakBytes }) => (peakBytes === undefined ? [] : [peakBytes]));
  const failure = runs.find((run) => run.failure !== undefined)?.failure;
  const last = runs.at(-1);
  return {
    program,
    seconds: runs.map(({ seconds }) => seconds),
    peakBytes: peaks.length === 0 ? undefined : Math.max(...peaks),
    exitCode: last?.exitCode ?? null,
    stdout: last?.stdout ?? '',
    ...(failure === undefined ? {} : { failure }),
  };
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? Number.NaN;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? upper) + upper) / 2 : upper;
}
