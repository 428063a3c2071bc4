import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from './context.ts';
import { type Input, mailHoster, tinyZone } from './inputs.ts';
import { measure, median, type Program } from './measure.ts';
import { findTool } from './peers.ts';
import { atMost, inSeconds, table, type Verdict } from './table.ts';

/** What the helper is asked: figures of keys in this process, or how long a program takes to its first frame. */
export type EditJob =
  | {
      readonly kind: 'keys';
      readonly file: string;
      readonly origin: string;
      readonly columns: number;
      readonly rows: number;
    }
  | { readonly kind: 'first-frame'; readonly command: readonly string[]; readonly rounds: number };

/** Milliseconds from a key to its frame, and octets written for it. */
export interface KeyFigures {
  readonly p50: number;
  readonly p95: number;
  readonly octets: number;
}

/** What keys took, in milliseconds. */
export interface EditFigures {
  readonly keys: Readonly<Record<string, KeyFigures>>;
  /** The longest time for which a key would have waited while the linter ran. */
  readonly longest: number;
}

const RECORDS = 100_000;
const SCREENS = [
  [80, 24],
  [200, 60],
] as const;

/** Keys that make no new zone, so that they have to be drawn within a frame. */
const QUICK = ['move', 'page', 'search', 'form', 'form while the linter runs'];
const FRAME = 16;

/** Opening zones in the editor, and what each key takes. */
export function editCase(context: Context): readonly Verdict[] {
  const input = mailHoster(Math.max(1000, Math.round(RECORDS * context.size)));
  return [...opening(context, input), ...SCREENS.flatMap(([columns, rows]) => pressing(context, input, columns, rows))];
}

/** A job of the helper, with a folder for states of its own. */
function asked<Answer>(context: Context, job: EditJob): Answer {
  const states = mkdtempSync(join(tmpdir(), 'zonewright-bench-'));
  try {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [context.helper('edit-run'), JSON.stringify(job)],
      // As the bundle is; and the renderer draws nothing where it believes to be in a pipeline.
      { encoding: 'utf8', env: { ...process.env, XDG_STATE_HOME: states, CI: 'false', NODE_ENV: 'production' } },
    );
    if (status !== 0) throw new Error(`the helper ended with ${status}: ${stderr.trim().slice(-500)}`);
    return JSON.parse(stdout) as Answer;
  } finally {
    rmSync(states, { recursive: true, force: true });
  }
}

function opening(context: Context, input: Input): readonly Verdict[] {
  if (findTool('script') === undefined) {
    context.print('  no script(1) here, so no terminal to open a zone on');
    return [];
  }
  const tiny = tinyZone(20);
  const times = (each: Input): { readonly lint: number; readonly edit: number } => {
    const lint = context.lint('lint', ['--profile', 'load', '--origin', each.origin, each.file]);
    const [measured] = measure([lint], { rounds: context.rounds });
    const edit = firstFrames(context, context.zonewright('edit', ['edit', '--origin', each.origin, each.file]));
    return { lint: median(measured?.seconds ?? []), edit: median(edit) };
  };
  const rows = [tiny, input].map((each) => ({ each, ...times(each) }));
  context.print(
    table(
      ['to the first frame', 'lint --profile load s', 'edit s'],
      rows.map(({ each, lint, edit }) => [each.title, inSeconds(lint), inSeconds(edit)]),
    ),
  );
  const large = rows.at(-1);
  return large === undefined ? [] : [atMost('edit opens, against lint', large.edit / large.lint, 1.5)];
}

function firstFrames({ rounds, ...context }: Context, { command, args }: Program): readonly number[] {
  return asked({ rounds, ...context }, { kind: 'first-frame', command: [command, ...args], rounds });
}

function pressing(context: Context, input: Input, columns: number, rows: number): readonly Verdict[] {
  const job = { kind: 'keys', file: input.file, origin: input.origin, columns, rows } as const;
  const { keys, longest } = asked<EditFigures>(context, job);
  const list = Object.entries(keys);
  context.print(
    table(
      [`${input.title}, ${columns}x${rows}`, 'p50 ms', 'p95 ms', 'octets a key'],
      list.map(([name, { p50, p95, octets }]) => [name, p50.toFixed(1), p95.toFixed(1), octets.toFixed(0)]),
    ),
  );
  context.print(`  longest wait for a turn while the linter ran: ${longest.toFixed(0)} ms`);
  const slowest = Math.max(...list.filter(([name]) => QUICK.includes(name)).map(([, { p95 }]) => p95));
  const reached = slowest < FRAME;
  const says = `key to frame at ${columns}x${rows}, p95: needs < ${FRAME} ms, has ${slowest.toFixed(1)} ms`;
  return [{ says: reached ? says : `${says}  MISSED`, reached }];
}
