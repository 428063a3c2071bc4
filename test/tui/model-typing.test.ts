import { describe, expect, test } from 'vitest';
import { changedBetween } from '../../cli/tui/model/changed-ranges.ts';
import { readableText } from '../../cli/tui/model/readable-text.ts';
import type { EditorState } from '../../cli/tui/model/state.ts';
import { asciiName, unicodeName } from '../../cli/tui/model/unicode-name.ts';
import { editorOf, having, press, shown, textOf } from './model-editor.ts';
import { EXAMPLE } from './model-zones.ts';

const completions = ({ mode }: EditorState): string[] =>
  mode.kind === 'filter' ? mode.completions.map(({ text }) => text) : [];

describe('names as people read them', () => {
  test.each([
    ['münchen', 'xn--mnchen-3ya'],
    ['www.Köln.example.net.', 'www.xn--kln-sna.example.net.'],
    ['日本', 'xn--wgv71a'],
    ['_tcp.bücher', '_tcp.xn--bcher-kva'],
    ['Plain_Name', 'Plain_Name'],
    ['*.bücher', '*.xn--bcher-kva'],
    ['a\\.ü', 'a\\.xn--tda'],
    ['b ü', 'b ü'],
    ['ü\\046x', 'ü\\046x'],
    ['\u202eü', '\u202eü'],
  ])('%s is written %s', (typed, written) => {
    expect(asciiName(typed)).toBe(written);
    const back = unicodeName(written);
    if (back !== undefined) expect(asciiName(back)).toBe(written);
  });

  test('can be typed as owner and in data, gone to, and searched for', () => {
    const edited = press(editorOf(EXAMPLE), ':goto bücher<enter>e<up><up><ctrl-u>köln<enter>').state;
    expect(textOf(edited)).toContain('\nxn--kln-sna IN A 192.0.2.5\n');
    const added = press(editorOf(EXAMPLE), 'aMX<enter><tab><tab>10<tab>bücher').state;
    expect(added.mode).toMatchObject({ form: { preview: '@ MX 10 xn--bcher-kva' } });
    expect(shown(press(editorOf(EXAMPLE), '&büch').state)).toEqual(['xn--bcher-kva A 192.0.2.5']);
    expect(press(editorOf(EXAMPLE), '/büch').state.search?.hits).toHaveLength(1);
  });

  test.each([
    ['"\\230\\151\\165\\230\\156\\172"', '"日本"'],
    ['"\\195\\188 \\"\\\\"', '"ü \\"\\\\"'],
    ['"\\195"', '"\\195"'],
    ['"\\194\\155"', '"\\194\\155"'],
    ['"\\226\\128\\174"', '"\\226\\128\\174"'],
    ['plain', 'plain'],
  ])('octets %s of data are read as %s', (text, read) => {
    expect(readableText(text)).toBe(read);
  });
});

describe('a filter being typed', () => {
  test('is completed with conditions, types of the zone and broken rules, one after the other', () => {
    const state = press(editorOf(EXAMPLE), '&is:c').state;
    expect(completions(state)).toEqual(['is:changed', 'is:comment']);
    const once = press(state, '<tab>').state;
    expect(once.list.filter.text).toBe('is:changed');
    const twice = press(once, '<tab>').state;
    expect(twice.list.filter.text).toBe('is:comment');
    expect(press(twice, '<shift-tab>').state.list.filter.text).toBe('is:changed');
    expect(completions(press(editorOf(EXAMPLE), '&ns !t:m').state)).toEqual(['ns !t:mx']);
    const only = press(editorOf(EXAMPLE), '&t:client<tab>').state;
    expect(shown(only)).toEqual(['mail CLIENTMX 10 mx1']);
    expect(shown(press(only, '<enter>').state)).toEqual(['mail CLIENTMX 10 mx1']);
  });

  test('can be what was searched for', () => {
    const { state } = press(editorOf(EXAMPLE), '/of an<tab>');
    expect(state.mode).toMatchObject({ kind: 'filter', line: { text: '"of an"' } });
    expect(shown(press(state, '<enter>').state)).toEqual(['; the zone of an example']);
  });
});

describe('what was typed', () => {
  test('in a form or a line is dropped only when told twice', () => {
    for (const keys of [':goto mx1<enter>e7', ':goto mx1<enter>Lx']) {
      const once = press(editorOf(EXAMPLE), `${keys}<escape>`).state;
      expect(once.mode.kind).not.toBe('normal');
      expect(once.message?.text).toContain('Esc again');
      expect(press(once, '<escape>').state.mode.kind).toBe('normal');
      expect(press(once, '7<escape>').state.mode.kind).not.toBe('normal');
    }
    expect(press(editorOf(EXAMPLE), ':goto mx1<enter>e<escape>').state.mode.kind).toBe('normal');
  });

  test('in a line that gives records behind it to another name is asked for twice', () => {
    const once = press(editorOf(EXAMPLE), ':goto www<enter>L<home>x<enter>').state;
    expect(once.mode).toMatchObject({ kind: 'line' });
    expect(once.message?.text).toContain(
      'The record behind it would belong to xwww.example.net. in place of www.example.net.',
    );
    const done = press(once, '<enter>').state;
    expect(textOf(done)).toBe(EXAMPLE.replace('\nwww', '\nxwww'));
    const alone = press(editorOf(EXAMPLE), ':goto mx1<enter>L<home>x<enter>').state;
    expect(alone.mode.kind).toBe('normal');
  });
});

describe('differences', () => {
  test('lie apart where lines between them are equal', () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    const [saved, now] = ['one\ntwo\nthree\nfour\nfive', 'one\ntwö\nthree\nfive\nsix'];
    const ranges = changedBetween(bytes(saved), bytes(now));
    expect(ranges.length).toBeGreaterThan(1);
    const pieces: Uint8Array[] = [];
    let at = 0;
    for (const { start, end, from, to } of ranges) {
      pieces.push(bytes(saved).subarray(at, from), bytes(now).subarray(start, end));
      at = to;
    }
    expect(Buffer.concat([...pieces, bytes(saved).subarray(at)]).toString()).toBe(now);
    expect(changedBetween(bytes(saved), bytes(saved))).toEqual([]);
  });

  test('of what others wrote are as small as if typed here', () => {
    const start = press(editorOf(EXAMPLE), 'Gd').state;
    const other = new TextEncoder().encode(EXAMPLE.replace('in another house', 'in the same house'));
    const asked = having(start, { kind: 'event', event: 'outside', files: new Map([['example.net.zone', other]]) });
    const kept = press(asked, 'k').state;
    expect(kept.document.changed.get('example.net.zone')).toHaveLength(2);
  });
});
