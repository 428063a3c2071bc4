import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { say } from '../../../lib/lint/engine.ts';
import type { Rule } from '../../../lib/lint/rule.ts';
import { RULES } from '../../../lib/lint/rules.ts';
import type { StatusNode } from '../../../lib/lint/status/node.ts';
import { mailStatus } from '../../../lib/lint/status/status.ts';
import { ZoneFacts } from '../../../lib/lint/zone-facts.ts';
import type { Diagnostic, Place } from '../../../lib/text/diagnostic.ts';
import { UsageError } from '../../errors.ts';
import { FileError, type Io, processIo } from '../../io.ts';
import { overlayIo } from '../../lint/fixing-overlay.ts';
import { type LintSetup, makeZoneLinter } from '../../lint/linter.ts';
import type { ConfiguredTarget, Linted, ZoneLinter } from '../../lint/zone-linter.ts';
import type { FileContents } from '../model/effects.ts';
import type { EditorProblem, ProblemPlace } from '../model/problems.ts';

/** What a worker is started with. */
export interface EditorWorkerStart {
  readonly zonewright: 'edit';
  readonly setup: LintSetup;
  readonly target: ConfiguredTarget;
}

/** What a worker is asked: findings of files as they are in the editor, with the tree of the mail domain or without. */
export interface LintQuestion {
  readonly revision: number;
  readonly files: FileContents;
  readonly tree: boolean;
}

/** A question as it goes to a thread: octets in memory that both have, which is not written to before the answer has come. */
export interface SharedQuestion extends Omit<LintQuestion, 'files'> {
  readonly files: readonly { readonly name: string; readonly memory: SharedArrayBuffer; readonly length: number }[];
}

/** What a worker answers. */
export type LintAnswer =
  | {
      readonly revision: number;
      readonly problems: readonly EditorProblem[];
      readonly tree: StatusNode | undefined;
    }
  | { readonly revision: number; readonly sentence: string };

/** The module that a worker thread has to start with: this one. */
export const EDITOR_WORKER: string = import.meta.url;

const RULE_OF: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

/** Lints a zone whose files are not as they are on the disk. */
export class EditorLinter {
  private readonly linter: ZoneLinter;
  private readonly target: ConfiguredTarget;
  private readonly io: Io;

  constructor(linter: ZoneLinter, target: ConfiguredTarget, io: Io) {
    this.linter = linter;
    this.target = target;
    this.io = io;
  }

  /** Never throws for what is wrong with the zone. */
  answer({ revision, files, tree }: LintQuestion): LintAnswer {
    try {
      const linted = this.linter.lint(this.target, overlayIo(this.io, files));
      return { revision, problems: linted.found.map(problemOf), tree: tree ? treeOf(linted) : undefined };
    } catch (error) {
      if (error instanceof UsageError || error instanceof FileError) return { revision, sentence: error.message };
      throw error;
    }
  }
}

/** A finding as plain data. */
function problemOf(found: Diagnostic): EditorProblem {
  const { rule, severity, place, name, type, related, fixes } = found;
  return {
    rule,
    severity,
    message: say(found, RULE_OF.get(rule)),
    help: RULE_OF.get(rule)?.help ?? '',
    ...placeOf(place),
    ...(name !== undefined && { name }),
    ...(type !== undefined && { type }),
    related: related.map((each) => ({ ...placeOf(each.place), message: each.message })),
    fixes: fixes.map(({ title, safe, file, edits }) => ({ title, safe, file: file.name, edits })),
  };
}

function placeOf({ file, span }: Place): ProblemPlace {
  return { file: file.name, start: span.start, end: span.end };
}

/** The mail domain that has the zone's own name. */
function treeOf({ input, found, zone }: Linted): StatusNode {
  const facts = new ZoneFacts(input);
  const sayOne = (finding: Diagnostic): string => say(finding, RULE_OF.get(finding.rule));
  return mailStatus({ facts, domain: zone.origin, found, say: sayOne }).root;
}

if (!isMainThread && isStart(workerData)) void serve(workerData);

function isStart(data: unknown): data is EditorWorkerStart {
  return typeof data === 'object' && data !== null && 'zonewright' in data && data.zonewright === 'edit';
}

async function serve({ setup, target }: EditorWorkerStart): Promise<void> {
  const io = processIo();
  const linter = new EditorLinter(await makeZoneLinter(setup, io), target, io);
  parentPort?.on('message', ({ files, ...rest }: SharedQuestion) => {
    const own = files.map(({ name, memory, length }) => [name, new Uint8Array(memory, 0, length).slice()] as const);
    parentPort?.postMessage(linter.answer({ ...rest, files: new Map(own) }));
  });
}
