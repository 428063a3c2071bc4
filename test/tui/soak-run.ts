import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../cli/io.ts';
import { columnsOf } from '../../cli/report/characters.ts';
import { isDirty } from '../../cli/tui/model/document.ts';
import type { FileContents } from '../../cli/tui/model/effects.ts';
import { reduce } from '../../cli/tui/model/reduce.ts';
import type { EditorState } from '../../cli/tui/model/state.ts';
import type { Linting } from '../../cli/tui/run/lint-thread.ts';
import type { EditorLinter, LintAnswer, LintQuestion } from '../../cli/tui/run/lint-worker.ts';
import { Random } from '../bench/random.ts';
import { world } from '../cli/run.ts';
import { type Opened, openEditorOn } from './fake-terminal.ts';
import { EXAMPLE, INCLUDING } from './model-zones.ts';
import { randomInput } from './soak-keys.ts';

/** What a soak has done. */
export interface SoakCounts {
  keys: number;
  screens: number;
  editors: number;
  saves: number;
  outside: number;
  resizes: number;
  undone: number;
}

const SIZES = [
  [80, 24],
  [60, 15],
  [120, 40],
  [200, 60],
  [59, 14],
  [30, 8],
  [10, 3],
  [1, 1],
] as const;

/** Milliseconds after which a state that stays is on the screen. */
const FRAME = 40;

const NAME = 'example.net.zone';
const ZONES: readonly Readonly<Record<string, string>>[] = [
  { [NAME]: EXAMPLE },
  INCLUDING,
  { [NAME]: EXAMPLE.replaceAll('\n', '\r\n').slice(0, -2) },
  { [NAME]: `${EXAMPLE}bücher 60 IN TXT "日本語の文字 \u{1f600}" ; 説明\n\tbroken A\n` },
  { [NAME]: '' },
  { [NAME]: '@ IN SOA ns root 1 2 3 4 5\n' },
  { [NAME]: `${EXAMPLE}${Array.from({ length: 200 }, (_, index) => `h${index} A 192.0.2.${index}\n`).join('')}` },
];

/** Lints in a later turn, at times much later. */
class LateLint implements Linting {
  private readonly linter: EditorLinter;
  private readonly answered: (answer: LintAnswer) => void;
  private readonly random: Random;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(linter: EditorLinter, answered: (answer: LintAnswer) => void, random: Random) {
    this.linter = linter;
    this.answered = answered;
    this.random = random;
  }

  lint(revision: number, files: FileContents): void {
    this.later({ revision, files, tree: false });
  }

  mailTree(revision: number, files: FileContents): void {
    this.later({ revision, files, tree: true });
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private later(question: LintQuestion): void {
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        this.answered(this.linter.answer(question));
      },
      this.random.below(3) === 0 ? this.random.below(300) : 1,
    );
    this.timers.add(timer);
  }
}

/** Presses random keys until a time has come; throws with the seed and the last keys when something is wrong. */
export async function soak(seed: number, until: number, counts: SoakCounts): Promise<void> {
  const random = new Random(seed);
  while (performance.now() < until) {
    const folder = mkdtempSync(join(tmpdir(), 'zonewright-soak-'));
    try {
      await new Soak(seed, random, folder, counts).run(until);
      counts.editors++;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** One editor on one zone until it is left. */
class Soak {
  private readonly seed: number;
  private readonly random: Random;
  private readonly folder: string;
  private readonly counts: SoakCounts;
  private readonly typed: string[] = [];
  private readonly io: Io;
  private readonly names: readonly string[];
  /** What the files hold on the disk as far as anybody has written them. */
  private readonly disk = new Map<string, Uint8Array>();

  constructor(seed: number, random: Random, folder: string, counts: SoakCounts) {
    this.seed = seed;
    this.random = random;
    this.folder = folder;
    this.counts = counts;
    const files = ZONES[random.below(ZONES.length)] ?? {};
    this.names = Object.keys(files);
    for (const [name, text] of Object.entries(files)) this.put(name, new TextEncoder().encode(text));
    const { io } = world({ cwd: folder, env: { HOME: folder, XDG_STATE_HOME: join(folder, 'states') } });
    this.io = {
      ...io,
      createFile: (path, ...rest) => {
        const file = io.createFile(path, ...rest);
        const pieces: Uint8Array[] = [];
        return {
          ...file,
          write: (content) => {
            pieces.push(typeof content === 'string' ? new TextEncoder().encode(content) : content);
            file.write(content);
          },
          commit: () => {
            file.commit();
            if (!this.names.includes(path)) return;
            this.disk.set(path, Buffer.concat(pieces));
            counts.saves++;
          },
        };
      },
      runOnTerminal: (_, args) => this.externalEditor(args.at(-1) ?? ''),
    };
  }

  async run(until: number): Promise<void> {
    const { random } = this;
    const [columns, rows] = SIZES[random.below(5)] ?? [80, 24];
    const opened = await openEditorOn(this.names[0] ?? NAME, this.io, {
      columns,
      rows,
      settings: { readOnly: random.below(10) === 0, raiseSerial: true },
      linterOf: (linter, answered) => new LateLint(linter, answered, random),
    });
    const { session, terminal, ended } = opened;
    const first = session.shown.document.files;
    let over = false;
    const done = ended.then(
      () => {
        over = true;
      },
      (error: unknown) => {
        over = true;
        throw new Error(this.told('the editor failed'), { cause: error });
      },
    );
    done.catch(() => {});
    try {
      await this.pressUntil(opened, () => over || performance.now() >= until, first);
    } catch (error) {
      process.emit('SIGHUP', 'SIGHUP');
      await done;
      throw error;
    }
    while (!over) {
      terminal.type('\x1b');
      await pause(50);
      terminal.type('\x1b');
      await pause(50);
      terminal.type(':q!\r');
      await pause(50);
    }
    await done;
    this.checkDisk(session.shown);
    if ((await terminal.lines()).join('').trim() !== '') throw new Error(this.told('the screen of before is not back'));
  }

  private async pressUntil(opened: Opened, over: () => boolean, first: FileContents): Promise<void> {
    const { random, counts } = this;
    const { session, terminal } = opened;
    while (!over()) {
      for (let left = 1 + random.below(12); left > 0 && !over(); left--) {
        const input = randomInput(random);
        this.typed.push(input);
        counts.keys++;
        terminal.type(input);
        if (random.below(4) === 0) await pause(0);
      }
      if (random.below(4) === 0) await this.escape(opened);
      if (random.below(12) === 0) this.resize(opened);
      if (random.below(20) === 0) this.writeOutside(opened);
      await pause(60);
      if (over()) break;
      await this.checkScreen(opened);
      if (random.below(10) === 0) this.checkUndo(session.shown, first);
    }
  }

  /** Out of a form or a question, into which random keys get more often than out of. */
  private async escape({ terminal }: Opened): Promise<void> {
    for (let times = 0; times < 3; times++) {
      this.typed.push('<escape>');
      terminal.type('\x1b');
      await pause(35);
    }
  }

  private resize({ terminal }: Opened): void {
    const [columns, rows] = SIZES[this.random.below(SIZES.length)] ?? [80, 24];
    this.typed.push(`<${columns}x${rows}>`);
    terminal.resize(columns, rows);
    this.counts.resizes++;
  }

  private writeOutside({ terminal }: Opened): void {
    const name = this.names[this.random.below(this.names.length)] ?? NAME;
    const old = Buffer.from(this.disk.get(name) ?? new Uint8Array()).toString('latin1');
    const texts = [`${old}; by another ${this.random.below(1000)}\n`, old.replace('192.0.2', '198.51.100'), '', old];
    this.put(name, Buffer.from(texts[this.random.below(texts.length)] ?? '', 'latin1'));
    this.typed.push('<outside>');
    terminal.type('\x1b[I');
    this.counts.outside++;
  }

  private externalEditor(path: string): number | undefined {
    const kind = this.random.below(4);
    if (kind === 0) return undefined;
    if (kind === 1) return 1;
    if (kind === 2) writeFileSync(path, `${readFileSync(path, 'latin1')}; edited\n`, 'latin1');
    return 0;
  }

  private put(name: string, bytes: Uint8Array): void {
    this.disk.set(name, bytes);
    writeFileSync(join(this.folder, name), bytes);
  }

  /** The screen is what the state drawn on an empty one would be. */
  private async checkScreen({ session, terminal }: Opened): Promise<void> {
    for (let tries = 0; tries < 10; tries++) {
      const before = session.shown;
      // The frame of the last state may be on its way.
      await pause(FRAME);
      const lines = await terminal.lines();
      if (session.shown !== before) continue;
      const { columns, rows } = before.size;
      terminal.resize(columns, rows);
      const after = session.shown;
      await pause(FRAME);
      const fresh = await terminal.lines();
      if (session.shown !== after) continue;
      this.counts.screens++;
      const wrong = lines.findIndex((text, index) => text !== fresh[index]);
      if (wrong >= 0)
        throw new Error(
          this.told(
            `line ${wrong} is stale:\n${lines[wrong]}\n${fresh[wrong]}\n---\n${lines.join('\n')}\n---\n${fresh.join('\n')}`,
          ),
        );
      const wide = lines.find((text) => columnsOf(text) > columns);
      if (wide !== undefined) throw new Error(this.told(`wider than ${columns}: ${wide}`));
      if (columns >= 40 && rows > 2 && !(lines[0] ?? '').includes('example.net'))
        throw new Error(this.told(`no header:\n${lines.join('\n')}`));
      if (rows > 1 && lines.at(-1) !== '') throw new Error(this.told(`the last line is used:\n${lines.join('\n')}`));
      return;
    }
  }

  /** Taking everything back restores the octets of the beginning. */
  private checkUndo(state: EditorState, first: FileContents): void {
    let at: EditorState = { ...state, mode: { kind: 'normal' }, settings: { ...state.settings, readOnly: false } };
    while (at.document.done !== undefined) at = reduce(at, { kind: 'run', id: 'undo' }).state;
    for (const [name, bytes] of first) {
      if (Buffer.compare(at.document.files.get(name) ?? new Uint8Array(), bytes) !== 0)
        throw new Error(this.told(`${name} is not as it was after all was undone`));
    }
    this.counts.undone++;
  }

  private checkDisk(state: EditorState): void {
    for (const [name, bytes] of this.disk) {
      const path = join(this.folder, name);
      if (!existsSync(path) || Buffer.compare(readFileSync(path), bytes) !== 0)
        throw new Error(this.told(`${name} is not as it was written${isDirty(state.document) ? ', discarded' : ''}`));
    }
  }

  private told(what: string): string {
    return `seed ${this.seed}: ${what}\nlast keys: ${JSON.stringify(this.typed.slice(-40))}`;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
