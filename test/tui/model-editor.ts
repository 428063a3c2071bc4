import type { Command } from '../../cli/tui/model/command.ts';
import type { Effect } from '../../cli/tui/model/effects.ts';
import { commandOfKey } from '../../cli/tui/model/keys.ts';
import { openEditor } from '../../cli/tui/model/open.ts';
import { reduce } from '../../cli/tui/model/reduce.ts';
import { type RowView, rowView } from '../../cli/tui/model/rows.ts';
import type { EditorState } from '../../cli/tui/model/state.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import { readZone } from '../../lib/zone/read.ts';

/** 2026-03-04 12:00 UTC. */
const NOW: number = Date.UTC(2026, 2, 4, 12);

/** The wire form of a name. */
export function wire(text: string): Uint8Array {
  const read = nameFromText(text);
  if ('name' in read) return read.name;
  throw new Error(`${text} is no name`);
}

/** An editor with a zone example.net of files by name; the first is the zone file. */
export function editorOf(files: string | Readonly<Record<string, string>>, readOnly = false): EditorState {
  const all = typeof files === 'string' ? { 'example.net.zone': files } : files;
  const [[name, text] = ['', '']] = Object.entries(all);
  const bytes = new TextEncoder().encode(text);
  const readInclude = (path: string) => {
    const found = all[path];
    return found === undefined ? { problem: 'there is none' } : { name: path, bytes: new TextEncoder().encode(found) };
  };
  const zone = readZone({ name, bytes, origin: wire('example.net.'), readInclude });
  const settings = { readOnly, raiseSerial: true };
  return openEditor({ zone, readInclude, size: { columns: 80, rows: 24 }, settings, now: NOW });
}

/** Presses keys one after the other: words of several letters in angle brackets, such as `<enter>`, all others one by one. */
export function press(state: EditorState, keys: string): { state: EditorState; effects: Effect[] } {
  const effects: Effect[] = [];
  let at = state;
  for (const [, named, character] of keys.matchAll(/<([a-z0-9-]+)>|([\s\S])/gu)) {
    const command = commandOfKey(at, named ?? character ?? '');
    if (command === undefined) continue;
    const result = reduce(at, command);
    at = result.state;
    effects.push(...result.effects);
  }
  return { state: at, effects };
}

/** The state after commands. */
export function having(state: EditorState, ...commands: readonly Command[]): EditorState {
  return commands.reduce((at, command) => reduce(at, command).state, state);
}

/** What a file holds now. */
export function textOf(state: EditorState, name = 'example.net.zone'): string {
  return new TextDecoder().decode(state.document.files.get(name));
}

/** The rows of the list as drawn. */
export function rowsOf(state: EditorState): RowView[] {
  return Array.from({ length: state.list.view.length }, (_, index) => rowView(state, index)).flatMap(
    (row) => row ?? [],
  );
}

/** The rows of the list as short texts. */
export function shown(state: EditorState): string[] {
  return rowsOf(state).map(({ kind, owner, type, data }) =>
    kind === 'record' || kind === 'generated' ? `${owner} ${type} ${data}` : data,
  );
}
