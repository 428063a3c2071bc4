import { keyLabel } from '../model/keys.ts';
import type { LineEdit } from '../model/line-input.ts';
import type { LiveMode, LivePane, LiveState } from './state.ts';

/** Everything that a key can do. */
export type LiveCommand =
  | 'down'
  | 'up'
  | 'page-down'
  | 'page-up'
  | 'first'
  | 'last'
  | 'follow'
  | 'pane-next'
  | 'pane-previous'
  | 'pane-queries'
  | 'pane-faults'
  | 'pane-counts'
  | 'open'
  | 'toggle'
  | 'filter'
  | 'clear-filter'
  | 'pause'
  | 'clear'
  | 'reset-faults'
  | 'reload'
  | 'messages'
  | 'help'
  | 'quit'
  | 'suspend'
  | 'redraw'
  | 'accept'
  | 'cancel'
  | 'next-query'
  | 'previous-query'
  | LineEdit;

/** Where keys hold: a pane, all of them, or a mode. */
export type LiveKeyMode = LivePane | 'normal' | 'filter' | 'page';

/** Keys that run a command in a mode, what it does, and the few words of the line of keys. */
export interface LiveKeyRow {
  readonly mode: LiveKeyMode;
  readonly keys: readonly string[];
  readonly command: LiveCommand;
  readonly title: string;
  readonly hint?: string;
}

/** The one table of keys: what runs, what help shows and what the manual says all come from it. */
// biome-ignore format: one row a binding
export const LIVE_KEYS: readonly LiveKeyRow[] = [
  { mode: 'queries', keys: ['enter'], command: 'open', title: 'the query with all of its response', hint: 'open' },
  { mode: 'queries', keys: ['f'], command: 'follow', title: 'stay at the newest query, or where the cursor is', hint: 'follow' },
  { mode: 'faults', keys: [' '], command: 'toggle', title: 'switch the fault on or off', hint: 'on or off' },
  { mode: 'faults', keys: ['enter'], command: 'open', title: 'all of the fault', hint: 'open' },
  { mode: 'normal', keys: ['?', 'f1'], command: 'help', title: 'this help', hint: 'help' },
  { mode: 'normal', keys: ['q', 'ctrl-c'], command: 'quit', title: 'end the server, as SIGTERM does', hint: 'quit' },
  { mode: 'normal', keys: ['/', '&'], command: 'filter', title: 'show some of the queries only', hint: 'filter' },
  { mode: 'normal', keys: ['escape'], command: 'clear-filter', title: 'show all queries' },
  { mode: 'normal', keys: ['p'], command: 'pause', title: 'stop the list, or let it go on; the server answers all the same', hint: 'pause' },
  { mode: 'normal', keys: ['c'], command: 'clear', title: 'forget queries and counts', hint: 'clear' },
  { mode: 'normal', keys: ['R'], command: 'reset-faults', title: 'counters, states and seed of the faults as at the start' },
  { mode: 'normal', keys: ['r'], command: 'reload', title: 'read zones and faults again, as SIGHUP does' },
  { mode: 'normal', keys: ['m'], command: 'messages', title: 'what the server has said' },
  { mode: 'normal', keys: ['j', 'down'], command: 'down', title: 'down' },
  { mode: 'normal', keys: ['k', 'up'], command: 'up', title: 'up' },
  { mode: 'normal', keys: ['pagedown', 'ctrl-d', 'ctrl-f'], command: 'page-down', title: 'a page down' },
  { mode: 'normal', keys: ['pageup', 'ctrl-u', 'ctrl-b'], command: 'page-up', title: 'a page up' },
  { mode: 'normal', keys: ['g', '<', 'home'], command: 'first', title: 'to the first row' },
  { mode: 'normal', keys: ['G', '>', 'end'], command: 'last', title: 'to the last row; the newest query is followed' },
  { mode: 'normal', keys: ['tab'], command: 'pane-next', title: 'next pane', hint: 'pane' },
  { mode: 'normal', keys: ['shift-tab'], command: 'pane-previous', title: 'previous pane' },
  { mode: 'normal', keys: ['1'], command: 'pane-queries', title: 'queries' },
  { mode: 'normal', keys: ['2'], command: 'pane-faults', title: 'faults' },
  { mode: 'normal', keys: ['3'], command: 'pane-counts', title: 'counts' },
  { mode: 'normal', keys: ['ctrl-z'], command: 'suspend', title: 'stop the server and go to the shell; fg goes on' },
  { mode: 'normal', keys: ['ctrl-l'], command: 'redraw', title: 'draw the screen anew' },
  { mode: 'page', keys: ['j', 'down'], command: 'down', title: 'down', hint: 'down' },
  { mode: 'page', keys: ['k', 'up'], command: 'up', title: 'up', hint: 'up' },
  { mode: 'page', keys: ['pagedown', ' ', 'ctrl-d', 'ctrl-f'], command: 'page-down', title: 'a page down' },
  { mode: 'page', keys: ['pageup', 'ctrl-u', 'ctrl-b'], command: 'page-up', title: 'a page up' },
  { mode: 'page', keys: ['g', '<', 'home'], command: 'first', title: 'to the start' },
  { mode: 'page', keys: ['G', '>', 'end'], command: 'last', title: 'to the end' },
  { mode: 'page', keys: ['n', 'right'], command: 'next-query', title: 'the next query' },
  { mode: 'page', keys: ['N', 'left'], command: 'previous-query', title: 'the query before' },
  { mode: 'page', keys: ['escape', 'q', 'enter', '?', 'ctrl-c'], command: 'cancel', title: 'back', hint: 'back' },
  { mode: 'filter', keys: ['enter'], command: 'accept', title: 'keep the filter', hint: 'keep' },
  { mode: 'filter', keys: ['escape', 'ctrl-c'], command: 'cancel', title: 'the filter of before', hint: 'back' },
  { mode: 'filter', keys: ['left', 'ctrl-b'], command: 'line-left', title: 'left' },
  { mode: 'filter', keys: ['right', 'ctrl-f'], command: 'line-right', title: 'right' },
  { mode: 'filter', keys: ['ctrl-left', 'alt-left', 'alt-b'], command: 'line-word-left', title: 'a word to the left' },
  { mode: 'filter', keys: ['ctrl-right', 'alt-right', 'alt-f'], command: 'line-word-right', title: 'a word to the right' },
  { mode: 'filter', keys: ['home', 'ctrl-a'], command: 'line-home', title: 'to the start of the line' },
  { mode: 'filter', keys: ['end', 'ctrl-e'], command: 'line-end', title: 'to the end of the line' },
  { mode: 'filter', keys: ['backspace'], command: 'line-backspace', title: 'delete the character before' },
  { mode: 'filter', keys: ['delete', 'ctrl-d'], command: 'line-delete', title: 'delete the character here' },
  { mode: 'filter', keys: ['ctrl-k'], command: 'line-kill', title: 'cut to the end of the line' },
  { mode: 'filter', keys: ['ctrl-u'], command: 'line-kill-before', title: 'cut to the start of the line' },
  { mode: 'filter', keys: ['ctrl-w', 'alt-backspace'], command: 'line-kill-word', title: 'cut the word before' },
  { mode: 'filter', keys: ['ctrl-y'], command: 'line-yank', title: 'insert what was cut' },
];

const BY_KEY: ReadonlyMap<string, LiveCommand> = new Map(
  LIVE_KEYS.flatMap(({ mode, keys, command }) => keys.map((key) => [`${mode} ${key}`, command] as const)),
);

/** The key modes that hold just now, the nearest first. */
function keyModes({ mode, pane }: LiveState): readonly LiveKeyMode[] {
  const byMode: Readonly<Record<LiveMode['kind'], readonly LiveKeyMode[]>> = {
    normal: [pane, 'normal'],
    filter: ['filter'],
    page: ['page'],
    help: ['page'],
  };
  return byMode[mode.kind];
}

/** What a key does just now, or the text that it types; undefined when it means nothing. */
export function liveCommandOf(
  state: LiveState,
  key: string,
): { readonly id: LiveCommand } | { readonly text: string } | undefined {
  for (const mode of keyModes(state)) {
    const id = BY_KEY.get(`${mode} ${key}`);
    if (id !== undefined) return { id };
  }
  const [first = '', second] = key;
  const isCharacter = second === undefined && first !== '' && !/\p{Cc}/u.test(first);
  return state.mode.kind === 'filter' && isCharacter ? { text: key } : undefined;
}

/** The keys that matter most just now, for the last line of the screen. */
export function liveHints(state: LiveState): { readonly key: string; readonly words: string }[] {
  return keyModes(state).flatMap((each) =>
    LIVE_KEYS.flatMap(({ mode, keys, hint }) =>
      mode === each && hint !== undefined ? [{ key: keyLabel(keys[0] ?? ''), words: hint }] : [],
    ),
  );
}

const GROUPS: Readonly<Record<LiveKeyMode, string>> = {
  queries: 'queries',
  faults: 'faults',
  counts: 'counts',
  normal: 'everywhere',
  page: 'texts such as this',
  filter: 'while a filter is typed',
};

/** Help by where keys hold. */
export function liveHelp(): { readonly group: string; readonly lines: readonly (readonly [string, string])[] }[] {
  return Object.entries(GROUPS).flatMap(([mode, group]) => {
    const rows = LIVE_KEYS.filter((row) => row.mode === mode);
    const lines = rows.map(({ keys, title }) => [keys.map(keyLabel).join(' '), title] as const);
    return lines.length === 0 ? [] : [{ group, lines }];
  });
}
