import type { Command } from './command.ts';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, type CommandGroup, type CommandId } from './commands.ts';
import { currentProblem } from './current-problem.ts';
import { isDirty } from './document.ts';
import { currentRow } from './list.ts';
import { bringsRows } from './rows.ts';
import type { EditorState, Pane } from './state.ts';

/** Where keys hold: a pane, all of them, a kind of mode, or what several modes share. */
export type KeyMode =
  | Pane
  | 'normal'
  | 'typing'
  | 'search'
  | 'filter'
  | 'palette'
  | 'form'
  | 'line'
  | 'input'
  | 'choices'
  | 'scroll'
  | 'help'
  | 'page'
  | 'save';

/** Keys that run a command in a mode; `hint` are the few words of the line of keys. */
export interface KeyRow {
  readonly mode: KeyMode;
  readonly keys: readonly string[];
  readonly command: CommandId;
  readonly hint?: string;
}

/** The one table of keys: what runs, what help shows and what the manual says all come from it. */
// biome-ignore format: one row a binding
export const KEYS: readonly KeyRow[] = [
  { mode: 'normal', keys: ['j', 'down'], command: 'cursor-down' },
  { mode: 'normal', keys: ['k', 'up'], command: 'cursor-up' },
  { mode: 'normal', keys: ['ctrl-d'], command: 'half-page-down' },
  { mode: 'normal', keys: ['ctrl-u'], command: 'half-page-up' },
  { mode: 'normal', keys: ['pagedown', 'ctrl-f'], command: 'page-down' },
  { mode: 'normal', keys: ['pageup', 'ctrl-b'], command: 'page-up' },
  { mode: 'normal', keys: ['g', '<', 'home'], command: 'first' },
  { mode: 'normal', keys: ['G', '>', 'end'], command: 'last' },
  { mode: 'normal', keys: ['h', 'left'], command: 'column-left' },
  { mode: 'normal', keys: ['l', 'right'], command: 'column-right' },
  { mode: 'normal', keys: ['tab'], command: 'pane-next' },
  { mode: 'normal', keys: ['shift-tab'], command: 'pane-previous' },
  { mode: 'normal', keys: ['1'], command: 'pane-records' },
  { mode: 'normal', keys: ['2'], command: 'pane-detail' },
  { mode: 'normal', keys: ['3'], command: 'pane-problems' },
  { mode: 'normal', keys: ['4', 'D'], command: 'pane-diff' },
  { mode: 'normal', keys: ['5', 'm'], command: 'pane-mail' },
  { mode: 'normal', keys: ['+'], command: 'pane-grow' },
  { mode: 'normal', keys: ['_'], command: 'pane-shrink' },
  { mode: 'records', keys: ['enter', 'e'], command: 'edit', hint: 'edit' },
  { mode: 'records', keys: ['L'], command: 'edit-line' },
  { mode: 'records', keys: ['a'], command: 'add', hint: 'add' },
  { mode: 'records', keys: ['c'], command: 'duplicate' },
  { mode: 'records', keys: ['d', 'delete'], command: 'delete', hint: 'delete' },
  { mode: 'normal', keys: ['u', 'z'], command: 'undo', hint: 'undo' },
  { mode: 'normal', keys: ['ctrl-r', 'Z'], command: 'redo' },
  { mode: 'records', keys: ['y'], command: 'copy' },
  { mode: 'records', keys: ['p'], command: 'paste' },
  { mode: 'records', keys: ['K', 'ctrl-up'], command: 'move-up' },
  { mode: 'records', keys: ['J', 'ctrl-down'], command: 'move-down' },
  { mode: 'records', keys: [';'], command: 'toggle-comment' },
  { mode: 'records', keys: [' '], command: 'mark' },
  { mode: 'records', keys: ['v'], command: 'mark-range' },
  { mode: 'records', keys: ['*'], command: 'mark-all' },
  { mode: 'records', keys: ['T'], command: 'set-ttl' },
  { mode: 'records', keys: ['R'], command: 'replace' },
  { mode: 'records', keys: ['O'], command: 'sort-column' },
  { mode: 'records', keys: ['o'], command: 'fold', hint: 'fold' },
  { mode: 'normal', keys: ['w', 'ctrl-s'], command: 'save', hint: 'save' },
  { mode: 'normal', keys: ['f'], command: 'fix', hint: 'fix' },
  { mode: 'normal', keys: ['F'], command: 'fix-all' },
  { mode: 'normal', keys: ['x'], command: 'explain', hint: 'explain' },
  { mode: 'normal', keys: ['i'], command: 'ignore', hint: 'ignore' },
  { mode: 'normal', keys: [']'], command: 'problem-next', hint: 'next problem' },
  { mode: 'normal', keys: ['['], command: 'problem-previous' },
  { mode: 'normal', keys: ['/'], command: 'search', hint: 'search' },
  { mode: 'normal', keys: ['n'], command: 'search-next', hint: 'next match' },
  { mode: 'normal', keys: ['N'], command: 'search-previous' },
  { mode: 'normal', keys: ['&'], command: 'filter', hint: 'filter' },
  { mode: 'normal', keys: ['P'], command: 'filter-problems' },
  { mode: 'normal', keys: ['C'], command: 'filter-changed' },
  { mode: 'normal', keys: ['escape'], command: 'clear', hint: 'all rows' },
  { mode: 'normal', keys: ['S'], command: 'raise-serial' },
  { mode: 'normal', keys: ['E'], command: 'external-editor' },
  { mode: 'normal', keys: ['q'], command: 'quit', hint: 'quit' },
  { mode: 'normal', keys: [':'], command: 'palette', hint: 'command' },
  { mode: 'normal', keys: ['?', 'f1'], command: 'help', hint: 'help' },
  { mode: 'normal', keys: ['ctrl-c'], command: 'interrupt' },
  { mode: 'normal', keys: ['ctrl-z'], command: 'suspend' },
  { mode: 'normal', keys: ['ctrl-l'], command: 'redraw' },
  { mode: 'problems', keys: ['enter'], command: 'to-record', hint: 'to the record' },
  { mode: 'diff', keys: ['enter'], command: 'to-record', hint: 'to the record' },
  { mode: 'diff', keys: ['d', 'delete'], command: 'change-drop', hint: 'take back' },
  { mode: 'mail', keys: ['enter', 'o', ' '], command: 'fold', hint: 'open or close' },
  { mode: 'typing', keys: ['left', 'ctrl-b'], command: 'line-left' },
  { mode: 'typing', keys: ['right', 'ctrl-f'], command: 'line-right' },
  { mode: 'typing', keys: ['ctrl-left', 'alt-left', 'alt-b'], command: 'line-word-left' },
  { mode: 'typing', keys: ['ctrl-right', 'alt-right', 'alt-f'], command: 'line-word-right' },
  { mode: 'typing', keys: ['home', 'ctrl-a'], command: 'line-home' },
  { mode: 'typing', keys: ['end', 'ctrl-e'], command: 'line-end' },
  { mode: 'typing', keys: ['backspace'], command: 'line-backspace' },
  { mode: 'typing', keys: ['delete', 'ctrl-d'], command: 'line-delete' },
  { mode: 'typing', keys: ['ctrl-k'], command: 'line-kill' },
  { mode: 'typing', keys: ['ctrl-u'], command: 'line-kill-before' },
  { mode: 'typing', keys: ['ctrl-w', 'alt-backspace'], command: 'line-kill-word' },
  { mode: 'typing', keys: ['ctrl-y'], command: 'line-yank' },
  { mode: 'typing', keys: ['enter'], command: 'accept', hint: 'accept' },
  { mode: 'typing', keys: ['escape', 'ctrl-c'], command: 'cancel', hint: 'cancel' },
  { mode: 'palette', keys: ['tab'], command: 'complete', hint: 'complete' },
  { mode: 'palette', keys: ['shift-tab'], command: 'complete-back' },
  { mode: 'palette', keys: ['up', 'ctrl-p'], command: 'history-back' },
  { mode: 'palette', keys: ['down', 'ctrl-n'], command: 'history-forth' },
  { mode: 'search', keys: ['tab'], command: 'filter-search', hint: 'as a filter' },
  { mode: 'search', keys: ['up', 'ctrl-p'], command: 'history-back' },
  { mode: 'search', keys: ['down', 'ctrl-n'], command: 'history-forth' },
  { mode: 'filter', keys: ['tab'], command: 'complete', hint: 'complete' },
  { mode: 'filter', keys: ['shift-tab'], command: 'complete-back' },
  { mode: 'filter', keys: ['up', 'ctrl-p'], command: 'history-back' },
  { mode: 'filter', keys: ['down', 'ctrl-n'], command: 'history-forth' },
  { mode: 'form', keys: ['tab', 'down', 'ctrl-n'], command: 'field-next', hint: 'next field' },
  { mode: 'form', keys: ['shift-tab', 'up', 'ctrl-p'], command: 'field-previous' },
  { mode: 'form', keys: ['ctrl-s'], command: 'accept' },
  { mode: 'scroll', keys: ['j', 'down'], command: 'scroll-down', hint: 'down' },
  { mode: 'scroll', keys: ['k', 'up'], command: 'scroll-up', hint: 'up' },
  { mode: 'scroll', keys: ['pagedown', ' ', 'ctrl-d', 'ctrl-f'], command: 'scroll-page-down' },
  { mode: 'scroll', keys: ['pageup', 'ctrl-u', 'ctrl-b'], command: 'scroll-page-up' },
  { mode: 'scroll', keys: ['g', '<', 'home'], command: 'scroll-first' },
  { mode: 'scroll', keys: ['G', '>', 'end'], command: 'scroll-last' },
  { mode: 'scroll', keys: ['escape', 'q', 'ctrl-c'], command: 'cancel', hint: 'back' },
  { mode: 'help', keys: ['?', 'enter'], command: 'cancel' },
  { mode: 'page', keys: ['x', 'enter'], command: 'cancel' },
  { mode: 'save', keys: ['enter', 'w', 'y', 'ctrl-s'], command: 'save-now', hint: 'save' },
  { mode: 'save', keys: ['S'], command: 'toggle-serial', hint: 'serial on or off' },
  { mode: 'choices', keys: ['escape', 'ctrl-c'], command: 'cancel', hint: 'cancel' },
];

/** The key modes that hold just now, the nearest first. */
function keyModes({ mode, pane }: Pick<EditorState, 'mode' | 'pane'>): readonly KeyMode[] {
  switch (mode.kind) {
    case 'normal':
      return [pane, 'normal'];
    case 'prompt':
      return mode.prompt.kind === 'choices' ? ['choices'] : ['input', 'typing'];
    case 'help':
    case 'page':
    case 'save':
      return [mode.kind, 'scroll'];
    default:
      return [mode.kind, 'typing'];
  }
}

const BY_KEY: ReadonlyMap<string, CommandId> = new Map(
  KEYS.flatMap(({ mode, keys, command }) => keys.map((key) => [`${mode} ${key}`, command] as const)),
);

/** What a key means just now; undefined when it means nothing. Where text is expected, other characters are text. */
export function commandOfKey(state: EditorState, key: string): Command | undefined {
  const { mode } = state;
  if (mode.kind === 'prompt' && mode.prompt.kind === 'choices') {
    const choice = mode.prompt.choices.find((each) => each.key === key);
    if (choice !== undefined) {
      const { command: id, argument } = choice;
      return { kind: 'run', id, ...(argument === undefined ? {} : { argument }) };
    }
  }
  const modes = keyModes(state);
  for (const each of modes) {
    const id = BY_KEY.get(`${each} ${key}`);
    if (id !== undefined) return { kind: 'run', id };
  }
  return modes.includes('typing') && isCharacter(key) ? { kind: 'text', text: key } : undefined;
}

/** Whether the name of a key is the character that it types. */
function isCharacter(key: string): boolean {
  const [first = '', second] = key;
  return second === undefined && first !== '' && !/\p{Cc}/u.test(first);
}

/** A line of help: keys, the words of the palette, and what they do. */
export interface HelpLine {
  readonly keys: readonly string[];
  readonly palette: string;
  readonly title: string;
  /** Panes or modes in which the keys hold; empty for all panes. */
  readonly where: string;
}

/** Help by groups: every command once for each mode that has keys for it, those without keys by their words. */
export function helpSections(
  readOnly: boolean,
): { readonly group: CommandGroup; readonly lines: readonly HelpLine[] }[] {
  return COMMAND_GROUPS.map((group) => {
    const ids = COMMAND_IDS.filter((id) => COMMANDS[id].group === group && !(readOnly && COMMANDS[id].writes === true));
    return { group, lines: ids.flatMap(helpLines) };
  });
}

function helpLines(id: CommandId): HelpLine[] {
  const { title, palette = [], argument } = COMMANDS[id];
  const words = palette.length === 0 ? '' : `:${palette.join(', :')}${argument === undefined ? '' : ` ${argument}`}`;
  const rows = KEYS.filter(({ command }) => command === id);
  if (rows.length === 0) return words === '' ? [] : [{ keys: [], palette: words, title, where: '' }];
  const known = new Map<string, { readonly keys: readonly string[]; readonly where: string[] }>();
  for (const { mode, keys } of rows) {
    const labels = keys.map(keyLabel);
    const line = known.get(labels.join(' ')) ?? { keys: labels, where: [] };
    known.set(labels.join(' '), line);
    if (!EVERYWHERE.has(mode)) line.where.push(mode);
  }
  return [...known.values()].map(({ keys, where }) => ({ keys, palette: words, title, where: where.join(', ') }));
}

/** Modes that need no word in help. */
const EVERYWHERE: ReadonlySet<KeyMode> = new Set(['normal', 'records', 'typing', 'scroll']);

/** A key as people call it. */
export function keyLabel(key: string): string {
  const names: Readonly<Record<string, string>> = {
    ' ': 'Space',
    up: '↑',
    down: '↓',
    left: '←',
    right: '→',
    enter: 'Enter',
    escape: 'Esc',
    tab: 'Tab',
    pageup: 'PgUp',
    pagedown: 'PgDn',
    home: 'Home',
    end: 'End',
    delete: 'Del',
    backspace: 'Backspace',
    f1: 'F1',
  };
  const modifiers: Readonly<Record<string, string>> = { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift' };
  const [modifier = '', rest] = key.length > 2 ? key.split('-', 2) : [];
  if (rest !== undefined && Object.hasOwn(modifiers, modifier)) return `${modifiers[modifier]}-${names[rest] ?? rest}`;
  return names[key] ?? key;
}

/** A key for the line of keys; one that stays is there however little room there is. */
export interface KeyHint {
  readonly key: string;
  readonly words: string;
  readonly stays?: boolean;
}

/** Help, and the way out. */
const STAYS: ReadonlySet<CommandId> = new Set(['help', 'quit', 'cancel']);

/** The keys that matter most just now, for the last line of the screen. */
export function keyHints(state: EditorState): KeyHint[] {
  const { mode, settings } = state;
  const choices =
    mode.kind === 'prompt' && mode.prompt.kind === 'choices'
      ? mode.prompt.choices.map(({ key, label }) => ({ key: keyLabel(key), words: label }))
      : [];
  const hints = keyModes(state).flatMap((each) =>
    KEYS.flatMap(({ mode: where, keys, command, hint }) => {
      if (where !== each || hint === undefined) return [];
      if ((settings.readOnly && COMMANDS[command].writes === true) || WITHOUT_USE[command]?.(state) === true) return [];
      return [{ key: keyLabel(keys[0] ?? ''), words: hint, stays: STAYS.has(command) }];
    }),
  );
  return [...choices, ...hints];
}

/** Commands that would do nothing just now, so that their keys are no help. */
const WITHOUT_USE: Readonly<Partial<Record<CommandId, (state: EditorState) => boolean>>> = {
  undo: ({ document }) => document.done === undefined,
  save: ({ document }) => !isDirty(document),
  clear: ({ list }) => list.filter.terms.length === 0,
  'search-next': ({ search }) => search === undefined || search.hits.length === 0,
  'problem-next': ({ problems }) => problems.all.length === 0,
  fix: (state) => (currentProblem(state)?.fixes.length ?? 0) === 0,
  explain: (state) => currentProblem(state) === undefined,
  ignore: (state) => state.pane !== 'problems' || currentProblem(state) === undefined,
  'change-drop': ({ document }) => !isDirty(document),
  fold: (state) => state.pane !== 'mail' && !bringsRows(state.list.rows, currentRow(state)),
};
