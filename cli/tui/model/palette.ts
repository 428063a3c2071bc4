import { TYPES } from '../../../lib/rr/types.ts';
import { nearest } from '../../../lib/text/nearest.ts';
import { COMMAND_IDS, COMMANDS, type CommandId } from './commands.ts';
import { FILTER_WORDS } from './filter.ts';
import { typeName } from './rows.ts';
import { SORT_KEYS } from './sort-key.ts';
import type { Completion, EditorState } from './state.ts';

/** A line of the palette read: a command with its argument, or why it is none. */
export type PaletteReading =
  | { readonly id: CommandId; readonly argument: string | undefined }
  | { readonly problem: string };

const WORDS: ReadonlyMap<string, CommandId> = new Map(
  COMMAND_IDS.flatMap((id) => (COMMANDS[id].palette ?? []).map((word) => [word, id] as const)),
);

const TYPE_WORDS: ReadonlyMap<string, string> = new Map(
  TYPES.flatMap(({ mnemonic, meta, aliases = [] }) =>
    meta ? [] : [mnemonic, ...aliases].map((word) => [word.toLowerCase(), mnemonic] as const),
  ),
);

/** Reads a line of the palette: a command, a line number, or an RR type, which filters as `t:` does. */
export function readPalette(text: string): PaletteReading {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*?)\s*$/u.exec(text) ?? [];
  if (/^\d+$/u.test(word)) return { id: 'goto', argument: word };
  const id = WORDS.get(word);
  if (id !== undefined) return { id, argument: rest === '' ? undefined : rest };
  const type = TYPE_WORDS.get(word.toLowerCase());
  if (type !== undefined) return { id: 'filter-type', argument: type.toLowerCase() };
  if (Object.hasOwn(COMMANDS, word)) return { id: word as CommandId, argument: rest === '' ? undefined : rest };
  const guess = nearest(word, WORDS.keys());
  return {
    problem: `There is no command "${word}"${guess === undefined ? '; ? lists them' : `; did you mean ${guess}?`}`,
  };
}

/** Completions of what is typed before the cursor: of the command, or of its argument. */
export function completionsOf(state: EditorState, text: string): readonly Completion[] {
  const [, word = '', gap = '', rest = ''] = /^\s*(\S*)(\s*)([\s\S]*)$/u.exec(text) ?? [];
  if (gap === '') return [...commandCompletions(state, word), ...typeCompletions(word)];
  const id = WORDS.get(word);
  if (id === undefined) return [];
  const last = /\S*$/u.exec(rest)?.[0] ?? '';
  const before = `${word} ${rest.slice(0, rest.length - last.length)}`;
  return argumentsOf(state, id)
    .filter(([each]) => each.toLowerCase().startsWith(last.toLowerCase()) && each !== last)
    .map(([each, words]) => ({ text: before + each, words }));
}

/** Completions of the last word of a filter: a condition, a type that the zone has, or a rule that was broken. */
export function filterCompletions(state: EditorState, text: string): readonly Completion[] {
  const [last = ''] = /\S*$/u.exec(text) ?? [];
  const [not = ''] = /^!*/u.exec(last) ?? [];
  const [sign = ''] = /^[a-z]+:/u.exec(last.slice(not.length)) ?? [];
  const before = text.slice(0, text.length - last.length) + not;
  const typed = last.slice(not.length);
  return [...filterValues(state, sign), ...FILTER_WORDS]
    .filter(([each]) => each.startsWith(typed.toLowerCase()) && each !== typed && (not === '' || each !== '!'))
    .map(([each, words]) => ({ text: before + each, words }));
}

function filterValues({ document, problems }: EditorState, sign: string): (readonly [text: string, words: string])[] {
  if (sign === 't:') {
    const { types, count } = document.zone;
    const names = [...new Set(types.subarray(0, count))].map(typeName).sort();
    return names.map((name) => [`t:${name.toLowerCase()}`, `only ${name} records`]);
  }
  if (sign !== 'r:') return [];
  return [...new Set(problems.all.map(({ rule }) => rule))].sort().map((rule) => [`r:${rule}`, '']);
}

/** What a command is for and takes, once it is typed; undefined while it is none. */
export function usageOf(text: string): Completion | undefined {
  const [word = ''] = /^\s*(\S+)/u.exec(text)?.slice(1) ?? [];
  const id = WORDS.get(word);
  if (id === undefined) return undefined;
  const { argument, title } = COMMANDS[id];
  return { text: `${word}${argument === undefined ? '' : ` ${argument}`}`, words: title };
}

function commandCompletions({ settings }: EditorState, word: string): Completion[] {
  return [...WORDS].flatMap(([text, id]) => {
    const { title, writes } = COMMANDS[id];
    return text.startsWith(word) && !(settings.readOnly && writes) ? [{ text, words: title }] : [];
  });
}

function typeCompletions(word: string): Completion[] {
  if (word === '') return [];
  return [...TYPE_WORDS].flatMap(([text, mnemonic]) =>
    text.startsWith(word.toLowerCase()) && !WORDS.has(text) ? [{ text, words: `only ${mnemonic} records` }] : [],
  );
}

function argumentsOf(state: EditorState, id: CommandId): readonly (readonly [text: string, words: string])[] {
  switch (id) {
    case 'sort':
      return [...SORT_KEYS, 'file'].map((key) => [key, key === 'file' ? 'in the order of the file' : `by ${key}`]);
    case 'set':
      return [
        ['serial', 'whether saving raises the serial'],
        ['on', ''],
        ['off', ''],
      ];
    case 'add':
    case 'filter-type':
      return [...TYPE_WORDS].map(([text, mnemonic]) => [id === 'add' ? text.toUpperCase() : text, mnemonic]);
    case 'filter-rule':
    case 'explain':
      return [...new Set(state.problems.all.map(({ rule }) => rule))].sort().map((rule) => [rule, '']);
    case 'filter':
      return FILTER_WORDS;
    default:
      return [];
  }
}
