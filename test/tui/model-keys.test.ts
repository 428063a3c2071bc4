import { describe, expect, test } from 'vitest';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS } from '../../cli/tui/model/commands.ts';
import { commandOfKey, helpSections, KEYS, keyHints, keyLabel } from '../../cli/tui/model/keys.ts';
import { completionsOf, readPalette } from '../../cli/tui/model/palette.ts';
import { IMPLEMENTED } from '../../cli/tui/model/reduce.ts';
import { editorOf, press } from './model-editor.ts';
import { EXAMPLE } from './model-zones.ts';

/** Commands that only prompts choose. */
const CHOSEN = ['reload-now', 'keep'];

describe('the table of keys', () => {
  test('has no key twice in a mode', () => {
    const all = KEYS.flatMap(({ mode, keys }) => keys.map((key) => `${mode} ${key}`));
    expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
  });

  test('or the palette reaches every command', () => {
    const reached = new Set([
      ...KEYS.map(({ command }) => command),
      ...COMMAND_IDS.filter((id) => COMMANDS[id].palette),
    ]);
    expect(COMMAND_IDS.filter((id) => !reached.has(id))).toEqual(CHOSEN);
  });

  test('has words that name one command each', () => {
    const words = COMMAND_IDS.flatMap((id) => COMMANDS[id].palette ?? []);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  test('stands for commands that do something, and those only', () => {
    expect([...IMPLEMENTED].sort()).toEqual([...COMMAND_IDS].sort());
  });

  test('is what help shows', () => {
    const sections = helpSections(false);
    expect(sections.map(({ group }) => group)).toEqual(COMMAND_GROUPS);
    const lines = sections.flatMap((section) => section.lines);
    const titles = new Set(lines.map(({ title }) => title));
    expect(COMMAND_IDS.filter((id) => !CHOSEN.includes(id) && !titles.has(COMMANDS[id].title))).toEqual([]);
    // Keys that mean the same in several modes have one line.
    const distinct = new Set(KEYS.map(({ command, keys }) => `${command} ${keys.join(' ')}`));
    expect(lines.filter(({ keys }) => keys.length > 0)).toHaveLength(distinct.size);
    const reading = helpSections(true).flatMap((section) => section.lines.map(({ title }) => title));
    expect(reading).not.toContain(COMMANDS.delete.title);
    expect(reading).toContain(COMMANDS.search.title);
  });

  test.each([
    ['ctrl-s', 'Ctrl-s'],
    ['shift-tab', 'Shift-Tab'],
    [' ', 'Space'],
    ['_', '_'],
    ['-', '-'],
    ['ctrl-up', 'Ctrl-↑'],
  ])('calls %s %s', (key, label) => {
    expect(keyLabel(key)).toBe(label);
  });

  test('means text where text is typed, and commands elsewhere', () => {
    const state = editorOf(EXAMPLE);
    expect(commandOfKey(state, 'd')).toEqual({ kind: 'run', id: 'delete' });
    const searching = press(state, '/').state;
    expect(commandOfKey(searching, 'd')).toEqual({ kind: 'text', text: 'd' });
    expect(commandOfKey(searching, '日')).toEqual({ kind: 'text', text: '日' });
    expect(commandOfKey(searching, 'f5')).toBeUndefined();
    expect(commandOfKey(press(state, '2').state, 'd')).toBeUndefined();
    expect(keyHints(searching).map(({ key }) => key)).toEqual(['Tab', 'Enter', 'Esc']);
  });
});

describe('the palette', () => {
  test.each([
    ['w', { id: 'save', argument: undefined }],
    ['q!', { id: 'quit-now', argument: undefined }],
    ['sort owner', { id: 'sort', argument: 'owner' }],
    ['120', { id: 'goto', argument: '120' }],
    ['mx', { id: 'filter-type', argument: 'mx' }],
    ['cmx', { id: 'filter-type', argument: 'clientmx' }],
    ['ttl 300', { id: 'set-ttl', argument: '300' }],
    ['set serial off', { id: 'set', argument: 'serial off' }],
    ['filter t:mx !x', { id: 'filter', argument: 't:mx !x' }],
    ['udno', { problem: 'There is no command "udno"; did you mean undo?' }],
  ])('reads %s', (text, read) => {
    expect(readPalette(text)).toEqual(read);
  });

  test('completes commands, types and arguments', () => {
    const state = editorOf(EXAMPLE);
    const texts = (text: string): string[] => completionsOf(state, text).map((each) => each.text);
    expect(texts('so')).toEqual(['sort', 'soa']);
    expect(texts('sort t')).toEqual(['sort ttl', 'sort type']);
    expect(texts('add cli')).toEqual(['add CLIENTMX']);
    expect(texts('set ser')).toEqual(['set serial']);
    expect(press(state, ':sor<tab> ow<tab><enter>').state.list.sort).toEqual({ key: 'owner', backwards: false });
  });

  test('remembers what was typed', () => {
    const { state } = press(editorOf(EXAMPLE), ':sort ttl<enter>:mx<enter>:<up><up>');
    expect(state.mode).toMatchObject({ kind: 'palette', line: { text: 'sort ttl' } });
    expect(press(state, '<down>').state.mode).toMatchObject({ line: { text: 'mx' } });
  });
});
