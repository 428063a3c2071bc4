import { basename, join } from 'node:path';
import { mergeLines } from '../../../lib/text/merge-lines.ts';
import { counted } from '../../../lib/text/words.ts';
import { ruleNamed } from '../../catalogue.ts';
import { UsageError } from '../../errors.ts';
import { FileError, type Io } from '../../io.ts';
import { pageOf } from '../../rule-page.ts';
import { explanation } from '../../rule-text.ts';
import type { EditorEvent } from '../model/command.ts';
import type { Effect, FileContents } from '../model/effects.ts';
import { saveFiles } from './saving.ts';

/** Effects that the world answers at once. */
export type FileEffect = Extract<Effect, { kind: 'save' | 'reload' | 'merge' | 'explain' | 'external-editor' }>;

/** Does what an effect asks for; what came of it. Never throws for what is wrong with files. */
export function answerEffect(effect: FileEffect, known: FileContents, columns: number, io: Io): EditorEvent {
  try {
    switch (effect.kind) {
      case 'save':
        return saved(effect, io);
      case 'reload':
        return { event: 'reloaded', files: new Map([...known.keys()].map((name) => [name, io.readFile(name)])) };
      case 'merge':
        return merged(effect);
      case 'explain':
        return pageOfRule(effect.rule, columns);
      case 'external-editor':
        return edited(effect, io);
    }
  } catch (error) {
    if (error instanceof FileError || error instanceof UsageError) return { event: 'failed', sentence: error.message };
    throw error;
  }
}

function saved({ files, force, quit }: Extract<Effect, { kind: 'save' }>, io: Io): EditorEvent {
  const result = saveFiles(files, force, io);
  if (result.kind === 'saved')
    return { event: 'saved', files: new Map(files.map(({ name, bytes }) => [name, bytes])), quit };
  if (result.kind === 'outside') return { event: 'outside', files: result.theirs };
  const { why, written } = result;
  const rest =
    written.length === 0 ? 'nothing was written' : `${counted(written.length, 'file')} written: ${written.join(', ')}`;
  return { event: 'save-failed', sentence: `${why}; ${rest}.` };
}

/** Where both sides changed the same lines, those of the disk become comments. */
function merged({ base, ours, theirs }: Extract<Effect, { kind: 'merge' }>): EditorEvent {
  let conflicts = 0;
  const none = new Uint8Array(0);
  const files = new Map<string, Uint8Array>();
  for (const [name, other] of theirs) {
    const result = mergeLines(base.get(name) ?? none, ours.get(name) ?? none, other, (lines) =>
      lines.map((text) => `; on the disk: ${text}`),
    );
    conflicts += result.conflicts.length;
    files.set(name, result.bytes);
  }
  return { event: 'merged', files, theirs, conflicts };
}

const MOST_COLUMNS = 100;

function pageOfRule(rule: string, columns: number): EditorEvent {
  const found = ruleNamed(rule);
  const look = { color: false, unicode: true, width: Math.min(MOST_COLUMNS, Math.max(20, columns - 2)) };
  return { event: 'page', title: rule, lines: explanation(pageOf(found), look).split('\n').slice(1) };
}

/** Lets the user's editor change a copy, as the file itself is not to change before it is saved. */
function edited({ file, bytes, line }: Extract<Effect, { kind: 'external-editor' }>, io: Io): EditorEvent {
  const command = io.env['VISUAL'] || io.env['EDITOR'] || 'vi';
  const [program = 'vi', ...words] = command.trim().split(/\s+/u);
  const folder = io.temporaryFolder();
  const copy = join(folder, basename(file));
  try {
    const made = io.createFile(copy);
    made.write(bytes);
    made.commit();
    const code = io.runOnTerminal(program, [...words, ...placeArguments(program, copy, line)]);
    if (code === undefined)
      return { event: 'failed', sentence: `${program} cannot be started: set EDITOR to an editor.` };
    if (code !== 0) return { event: 'failed', sentence: `${program} ended with code ${code}; nothing was changed.` };
    return { event: 'edited', file, bytes: io.readFile(copy) };
  } finally {
    io.removeFolder(folder);
  }
}

/** How editors are told the line: most take `+LINE`, some `FILE:LINE`. */
function placeArguments(program: string, file: string, line: number): string[] {
  const name = basename(program);
  if (/^(?:code|codium|cursor|zed|hx|helix|subl)$/u.test(name))
    return [...(name === 'code' ? ['--goto'] : []), `${file}:${line}`];
  return /^(?:vi|vim|nvim|view|nano|emacs|emacsclient|micro|joe|mg|kak|ne|pico|gedit|kate)$/u.test(name)
    ? [`+${line}`, file]
    : [file];
}
