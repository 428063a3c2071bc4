import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command, EditorEvent } from '../../cli/tui/model/command.ts';
import { COMMAND_IDS } from '../../cli/tui/model/commands.ts';
import { KEYS } from '../../cli/tui/model/keys.ts';
import type { EditorProblem } from '../../cli/tui/model/problems.ts';
import { reduce } from '../../cli/tui/model/reduce.ts';
import { rowView } from '../../cli/tui/model/rows.ts';
import type { EditorState } from '../../cli/tui/model/state.ts';
import { editorOf, having, press } from './model-editor.ts';
import { EXAMPLE, INCLUDING } from './model-zones.ts';

const PROBLEMS: readonly EditorProblem[] = [
  problem('core-one', 'example.net.zone', 40, 60, 'error'),
  problem('core-two', 'example.net.zone', 120, 125, 'warning'),
  problem('core-far', 'other.pem', 1, 2, 'info'),
];

function problem(
  rule: string,
  file: string,
  start: number,
  end: number,
  severity: EditorProblem['severity'],
): EditorProblem {
  const fixes = [{ title: 'write it so', safe: true, file, edits: [{ start, end, text: '300' }] }];
  return { rule, severity, message: `${rule} is wrong`, help: 'mend it', file, start, end, related: [], fixes };
}

const TEXTS = [
  'a',
  '@',
  'MX',
  '10 mx1',
  'www',
  '"x y"',
  '$ORIGIN a',
  '(',
  '/mx/ns/',
  '3600',
  't:a',
  '!',
  '[',
  'é',
  '\u0301',
  '日',
];

const argument = fc.option(fc.constantFrom(...TEXTS, 'owner', 'serial off', '3', 'off'), { nil: undefined });
const run: fc.Arbitrary<Command> = fc
  .record({ id: fc.constantFrom(...COMMAND_IDS), argument })
  .map(({ id, argument: text }) => ({ kind: 'run', id, ...(text === undefined ? {} : { argument: text }) }));
/** Commands that change the zone, with arguments that fit. */
const edits: readonly Command[] = [
  ...([
    'delete',
    'copy',
    'paste',
    'move-up',
    'move-down',
    'toggle-comment',
    'mark',
    'mark-all',
    'undo',
    'redo',
  ] as const),
  ...([
    'fix',
    'fix-all',
    'change-drop',
    'raise-serial',
    'accept',
    'cancel',
    'cursor-down',
    'cursor-up',
    'last',
  ] as const),
  ...(['edit', 'edit-line', 'duplicate', 'line-backspace', 'field-next', 'save', 'save-now'] as const),
].map((id): Command => ({ kind: 'run', id }));
const fitting: readonly Command[] = [
  { kind: 'run', id: 'set-ttl', argument: '5m' },
  { kind: 'run', id: 'replace', argument: '/mx1/mx7/' },
  { kind: 'run', id: 'ignore', argument: 'it is so' },
  { kind: 'run', id: 'add', argument: 'TXT' },
  { kind: 'run', id: 'goto', argument: '7' },
];
const pasted = [
  'new A 192.0.2.77\n',
  'x TXT "a"\ny MX 1 z\n',
  'not a record (\n',
  '; comment\n',
  '$ORIGIN sub\nz A 192.0.2.7\n',
];
const events: readonly EditorEvent[] = [
  { event: 'resized', columns: 60, rows: 15 },
  { event: 'resized', columns: 20, rows: 3 },
  { event: 'resized', columns: 200, rows: 60 },
  { event: 'outside', files: new Map([['example.net.zone', new TextEncoder().encode('@ SOA a b 1 1 1 1 1\n')]]) },
  { event: 'edited', file: 'example.net.zone', bytes: new TextEncoder().encode('@ SOA a b 2 1 1 1 1\n@ NS a\n') },
  { event: 'save-failed', sentence: 'No.' },
];
const command: fc.Arbitrary<Command> = fc.oneof(
  { arbitrary: run, weight: 4 },
  { arbitrary: fc.constantFrom(...edits, ...fitting), weight: 6 },
  { arbitrary: fc.constantFrom(...TEXTS).map((text): Command => ({ kind: 'text', text })), weight: 2 },
  { arbitrary: fc.constantFrom(...pasted).map((text): Command => ({ kind: 'paste', text })), weight: 1 },
  { arbitrary: fc.constantFrom(...events).map((event): Command => ({ kind: 'event', ...event })), weight: 1 },
);

/** What holds in every state. */
function check(state: EditorState): void {
  const { list, problems, search } = state;
  const last = Math.max(0, list.view.length - 1);
  expect(list.cursor).toBeGreaterThanOrEqual(0);
  expect(list.cursor).toBeLessThanOrEqual(last);
  expect(list.top).toBeGreaterThanOrEqual(0);
  expect(list.top).toBeLessThanOrEqual(list.cursor);
  for (const row of [...list.view, ...list.marks, ...list.folded]) expect(row).toBeLessThan(list.rows.count);
  expect(new Set(list.view).size).toBe(list.view.length);
  expect(problems.cursor).toBeLessThanOrEqual(Math.max(0, problems.all.length - 1));
  expect(problems.top).toBeLessThanOrEqual(problems.cursor);
  for (const hit of search?.hits ?? []) expect(hit).toBeLessThan(list.view.length);
  for (const index of [0, list.cursor, last]) expect(rowView(state, index) === undefined).toBe(list.view.length === 0);
  if (state.mode.kind === 'form') expect(state.mode.form.fields[state.mode.form.focus]).toBeDefined();
}

const contents = (state: EditorState): Record<string, string> =>
  Object.fromEntries([...state.document.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')]));

describe('any commands', () => {
  const start = fc.constantFrom<string | Readonly<Record<string, string>>>(EXAMPLE, INCLUDING, '', 'broken (\n');
  const linted = (state: EditorState): EditorState =>
    having(state, { kind: 'event', event: 'linted', revision: state.document.revision, problems: PROBLEMS });

  test('never throw, keep the state sound, and are taken back and made again to the octet', () => {
    let steps = 0;
    fc.assert(
      fc.property(start, fc.array(command, { minLength: 10, maxLength: 60 }), (files, commands) => {
        const opened = linted(editorOf(files));
        let state = opened;
        for (const each of commands) {
          state = reduce(state, each).state;
          check(state);
        }
        const end = contents(state);
        const depth = state.document.done?.depth ?? 0;
        steps += depth;
        for (let step = 0; step < depth; step++) {
          state = reduce({ ...state, mode: { kind: 'normal' } }, { kind: 'run', id: 'undo' }).state;
          check(state);
        }
        expect(state.document.done).toBeUndefined();
        expect(contents(state)).toEqual(contents(opened));
        for (let step = 0; step < depth; step++) state = having(state, { kind: 'run', id: 'redo' });
        expect(contents(state)).toEqual(end);
      }),
      { numRuns: 300 },
    );
    expect(steps).toBeGreaterThan(300);
  });

  test('that are keys keep the state sound', () => {
    const keys = [...new Set(KEYS.flatMap((row) => row.keys)), ...'abcxyz0123'];
    fc.assert(
      fc.property(start, fc.array(fc.constantFrom(...keys), { maxLength: 80 }), (files, pressed) => {
        const opened = linted(editorOf(files));
        let state = opened;
        for (const key of pressed) {
          state = press(state, key.length === 1 ? key : `<${key}>`).state;
          check(state);
        }
        while (state.document.done !== undefined) {
          state = reduce({ ...state, mode: { kind: 'normal' } }, { kind: 'run', id: 'undo' }).state;
        }
        expect(contents(state)).toEqual(contents(opened));
      }),
      { numRuns: 200 },
    );
  });

  test('leave a zone that is open for reading only as it is', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 60 }), (commands) => {
        const opened = linted(editorOf(EXAMPLE, true));
        expect(contents(having(opened, ...commands))).toEqual(contents(opened));
      }),
      { numRuns: 50 },
    );
  });
});
