import { describe, expect, test } from 'vitest';
import type { EditorProblem } from '../../cli/tui/model/problem.ts';
import type { EditorState } from '../../cli/tui/model/state.ts';
import { editorOf, having, press, textOf } from './model-editor.ts';
import { EXAMPLE, INCLUDING } from './model-zones.ts';

const NAME = 'example.net.zone';
const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('saving', () => {
  test('shows what is to come, raises the serial once and writes every changed file', () => {
    const edited = press(editorOf(EXAMPLE), '/^mx1<enter>d').state;
    const asked = press(edited, 'w').state;
    expect(asked.mode).toMatchObject({
      kind: 'save',
      preview: { files: [NAME], serial: { from: 2026030401, to: 2026030402 }, linted: false },
    });
    const { state, effects } = press(asked, '<enter>');
    const [save] = effects.filter(({ kind }) => kind === 'save');
    expect(save).toMatchObject({ quit: false, force: false, files: [{ name: NAME, expected: octets(EXAMPLE) }] });
    expect(textOf(state)).toBe(EXAMPLE.replace('mx1 IN A 192.0.2.2\n', '').replace('2026030401', '2026030402'));
    const written = new Map([[NAME, octets(textOf(state))]]);
    const saved = having(state, { kind: 'event', event: 'saved', files: written, quit: false });
    expect(saved).toMatchObject({ saving: false, message: { text: `Saved ${NAME}.` } });
    expect(press(saved, 'q').effects).toEqual([{ kind: 'quit', code: 0 }]);
    const back = press(saved, 'uu').state;
    expect(textOf(back)).toBe(EXAMPLE);
    expect(back.document.changed.size).toBe(1);
  });

  test('leaves the serial as it is when told so, and where only a comment changed', () => {
    const off = press(editorOf(EXAMPLE), ':set serial off<enter>/^mx1<enter>dw').state;
    expect(off.mode).toMatchObject({ preview: { serial: undefined } });
    expect(press(off, 'S').state.mode).toMatchObject({ preview: { serial: { to: 2026030402 } } });
    expect(press(editorOf(EXAMPLE), 'dw').state.mode).toMatchObject({ preview: { serial: undefined } });
  });

  test('writes an include to its own file', () => {
    const state = press(editorOf(INCLUDING), '/^b<enter>d').state;
    expect([...state.document.changed.keys()]).toEqual(['hosts.inc']);
    expect(textOf(state, 'hosts.inc')).toBe('; hosts\r\na A 192.0.2.10\r\n  TXT "of a"\r\n');
  });

  test('goes on when nothing was changed', () => {
    expect(press(editorOf(EXAMPLE), 'w').state.message?.text).toBe('There is nothing to save.');
    expect(press(editorOf(EXAMPLE), ':wq<enter>').effects).toEqual([{ kind: 'quit', code: 0 }]);
  });
});

describe('leaving', () => {
  const dirty = (): EditorState => press(editorOf(EXAMPLE), 'd').state;

  test('asks when something would be lost', () => {
    const asked = press(dirty(), 'q');
    expect(asked.effects).toEqual([]);
    expect(press(asked.state, '<escape>').state.mode.kind).toBe('normal');
    expect(press(asked.state, 'd').effects).toEqual([{ kind: 'quit', code: 0 }]);
    expect(press(asked.state, 's').state.mode).toMatchObject({ kind: 'save', preview: { quit: true } });
    expect(press(dirty(), ':q!<enter>').effects).toEqual([{ kind: 'quit', code: 0 }]);
  });

  test('takes Ctrl-C twice, one behind the other', () => {
    expect(press(dirty(), '<ctrl-c>').effects).toEqual([]);
    expect(press(dirty(), '<ctrl-c>j<ctrl-c>').effects).toEqual([]);
    expect(press(dirty(), '<ctrl-c><ctrl-c>').effects).toEqual([{ kind: 'quit', code: 0 }]);
  });
});

describe('a file changed outside', () => {
  const theirs = EXAMPLE.replace('192.0.2.9', '192.0.2.99');
  const outside = (state: EditorState): EditorState =>
    having(state, { kind: 'event', event: 'outside', files: new Map([[NAME, octets(theirs)]]) });

  test('is read at once when nothing is lost, and undo has what was there', () => {
    const state = outside(editorOf(EXAMPLE));
    expect(textOf(state)).toBe(theirs);
    expect(state.document.changed.size).toBe(0);
    expect(textOf(press(state, 'u').state)).toBe(EXAMPLE);
  });

  test('is asked about when there are changes: read, keep or merge', () => {
    const asked = outside(press(editorOf(EXAMPLE), '/^mx1<enter>d').state);
    expect(asked.mode.kind).toBe('prompt');
    expect(textOf(press(asked, 'r').state)).toBe(theirs);
    const kept = press(asked, 'k').state;
    expect(textOf(kept)).toBe(EXAMPLE.replace('mx1 IN A 192.0.2.2\n', ''));
    expect(press(kept, 'w<enter>').effects.find(({ kind }) => kind === 'save')).toMatchObject({
      files: [{ expected: octets(theirs) }],
    });
    const [merge] = press(asked, 'm').effects;
    expect(merge).toMatchObject({ kind: 'merge', base: new Map([[NAME, octets(EXAMPLE)]]) });
  });

  test('that holds what is here already is no question', () => {
    const edited = press(editorOf(EXAMPLE), '/^mx1<enter>d').state;
    const same = having(edited, { kind: 'event', event: 'outside', files: new Map([[NAME, octets(textOf(edited))]]) });
    expect(same.mode.kind).toBe('normal');
    expect(same.document.changed.size).toBe(0);
  });
});

describe('problems', () => {
  const at = EXAMPLE.indexOf('300 IN A');
  const one: EditorProblem = {
    rule: 'core-ttl-differs',
    severity: 'warning',
    message: 'the TTL differs',
    help: 'write one TTL',
    file: NAME,
    start: at,
    end: at + 3,
    related: [],
    fixes: [{ title: 'write 3600', safe: true, file: NAME, edits: [{ start: at, end: at + 3, text: '3600' }] }],
  };
  const linted = having(editorOf(EXAMPLE), { kind: 'event', event: 'linted', revision: 0, problems: [one] });

  test.each([
    ['one', ']f'],
    ['all safe ones', 'F'],
    ['one that moved with an edit before it', 'd]f'],
  ])('are fixed: %s', (_, keys) => {
    const { state, effects } = press(linted, keys);
    expect(textOf(state)).toContain('www 3600 IN A 192.0.2.1');
    expect(effects.at(-1)).toEqual({ kind: 'lint', revision: state.document.revision });
    expect(state.problems).toMatchObject({ all: [], running: true });
  });

  test('lead to their record and are explained', () => {
    const { state } = press(linted, '3<enter>');
    expect([state.pane, state.list.cursor]).toEqual(['records', 6]);
    expect(press(state, 'x').effects).toEqual([{ kind: 'explain', rule: 'core-ttl-differs' }]);
    expect(press(linted, ']').state.message?.text).toBe('the TTL differs');
  });

  test('are ignored with a reason, which the linter reads', () => {
    const refused = press(linted, ']i<enter>').state;
    expect(refused.mode).toMatchObject({ kind: 'prompt', prompt: { problem: expect.stringContaining('reason') } });
    const state = press(refused, 'short while moving<enter>').state;
    expect(textOf(state)).toContain('; zonewright-ignore core-ttl-differs -- short while moving\nwww 300 IN A');
  });

  test('of an older revision are not taken', () => {
    const edited = press(editorOf(EXAMPLE), 'd').state;
    const late = having(edited, { kind: 'event', event: 'linted', revision: 0, problems: [one] });
    expect(late.problems.all).toEqual([]);
  });
});

describe('text from elsewhere', () => {
  test('is inserted behind the cursor, or refused as a whole', () => {
    const at = press(editorOf(EXAMPLE), '/^mx1<enter>').state;
    const pasted = having(at, { kind: 'paste', text: 'a A 192.0.2.50\n  TXT "b"\n' });
    expect(textOf(pasted)).toContain('mx1 IN A 192.0.2.2\na A 192.0.2.50\n  TXT "b"\nns1 IN A');
    expect(pasted.message?.text).toBe('Done: paste 2 lines; u takes it back.');
    const bad = having(at, { kind: 'paste', text: 'a A 192.0.2.50\nthis is no record\n' });
    expect(textOf(bad)).toBe(EXAMPLE);
    expect(bad.message).toMatchObject({
      kind: 'error',
      text: expect.stringMatching(/^The text cannot be inserted: /u),
    });
    const searching = having(press(at, '/').state, { kind: 'paste', text: 'two\nlines\n' });
    expect(searching.mode).toMatchObject({ line: { text: 'two lines' } });
  });

  test('of the external editor is one step', () => {
    const { effects } = press(editorOf(EXAMPLE), ':goto 11<enter>E');
    expect(effects).toMatchObject([{ kind: 'external-editor', file: NAME, line: 11 }]);
    const state = having(editorOf(EXAMPLE), {
      kind: 'event',
      event: 'edited',
      file: NAME,
      bytes: octets(`${EXAMPLE}z A 192.0.2.8\n`),
    });
    expect(textOf(state)).toBe(`${EXAMPLE}z A 192.0.2.8\n`);
    expect(textOf(press(state, 'u').state)).toBe(EXAMPLE);
  });
});

describe('changes', () => {
  test('are taken back one by one', () => {
    const state = press(editorOf(EXAMPLE), '/^mx1<enter>d/^txt<enter>d').state;
    expect(state.document.changed.get(NAME)).toHaveLength(2);
    const dropped = press(state, 'Dd').state;
    expect(textOf(dropped)).toBe(EXAMPLE.replace('txt IN TXT "v=spf1 mx -all" "two"\n', ''));
    expect(press(dropped, 'd').state.document.changed.size).toBe(0);
  });

  test('of text in many records are made at once, or not at all', () => {
    const state = press(editorOf(EXAMPLE), '*:replace /192.0.2/198.51.100/<enter>').state;
    expect(textOf(state).match(/198\.51\.100\.\d/gu)).toHaveLength(5);
    expect(state.message?.text).toBe('Done: replace "192.0.2" by "198.51.100" in 5 records; u takes it back.');
    const prompt = press(editorOf(EXAMPLE), '*R192.0.2').state;
    expect(prompt.mode).toMatchObject({ prompt: { details: ['5 of 12 records have "192.0.2".'] } });
    const bad = press(editorOf(EXAMPLE), '*:replace /192.0.2/x/<enter>').state;
    expect(textOf(bad)).toBe(EXAMPLE);
    expect(bad.message?.text).toMatch(/would be wrong: Expected an IPv4 address/u);
  });
});
