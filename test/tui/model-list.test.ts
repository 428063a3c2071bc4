import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../cli/tui/model/filter.ts';
import type { EditorProblem } from '../../cli/tui/model/problem.ts';
import type { EditorState } from '../../cli/tui/model/state.ts';
import { unicodeName } from '../../cli/tui/model/unicode-name.ts';
import { editorOf, having, press, rowsOf, shown, textOf } from './model-editor.ts';
import { EXAMPLE, INCLUDING } from './model-zones.ts';

const owners = (state: EditorState): string[] =>
  rowsOf(state).map(({ owner, type, data }) => (type === '' ? data : `${owner} ${type}`));

function withProblem(state: EditorState): EditorState {
  const start = EXAMPLE.indexOf('www 300');
  const problem: EditorProblem = {
    rule: 'core-ttl-differs',
    severity: 'warning',
    message: 'the TTL differs',
    help: 'write one TTL',
    file: 'example.net.zone',
    start: start + 4,
    end: start + 7,
    related: [],
    fixes: [
      {
        title: 'write 3600',
        safe: true,
        file: 'example.net.zone',
        edits: [{ start: start + 4, end: start + 7, text: '3600' }],
      },
    ],
  };
  return having(state, { kind: 'event', event: 'linted', revision: state.document.revision, problems: [problem] });
}

describe('rows', () => {
  test('are all that a person can act on, in the order of the file', () => {
    expect(shown(editorOf(EXAMPLE))).toEqual([
      '; the zone of an example',
      '$TTL 3600',
      '@ SOA ns1 hostmaster 2026030401 7200 3600 1209600 300',
      '@ NS ns1',
      '@ NS ns2',
      '@ MX 10 mx1',
      'www A 192.0.2.1',
      'www AAAA 2001:db8::1',
      '; old IN A 192.0.2.9',
      'mx1 A 192.0.2.2',
      'ns1 A 192.0.2.3',
      'ns2 A 192.0.2.4',
      '_client TYPE265 \\# 16 000a 036d7832076578616d706c65 ; too short',
      'mail CLIENTMX 10 mx1',
      'txt TXT "v=spf1 mx -all" "two"',
      'xn--bcher-kva A 192.0.2.5',
      '$GENERATE 1-3 host$ A 192.0.2.$',
    ]);
  });

  test('say what is written and what is taken over', () => {
    const rows = rowsOf(editorOf(EXAMPLE));
    expect(rows[4]).toMatchObject({ ownerWritten: false, ttlWritten: false, comment: 'in another house', ttl: '3600' });
    expect(rows[6]).toMatchObject({ ownerWritten: true, ttlWritten: true, ttl: '300', folded: undefined });
    expect(rows[12]).toMatchObject({ kind: 'broken' });
    expect(rows[15]).toMatchObject({ ownerUnicode: 'bücher' });
    expect(rows[16]).toMatchObject({ kind: 'directive', folded: true });
  });

  test('of includes stand behind their line and are hidden with it', () => {
    const state = editorOf(INCLUDING);
    expect(
      rowsOf(state)
        .map(({ depth, file }) => `${depth} ${file}`)
        .slice(3, 8),
    ).toEqual(['0 example.net.zone', '1 hosts.inc', '1 hosts.inc', '1 hosts.inc', '1 hosts.inc']);
    const folded = press(state, ':goto 4<enter>o').state;
    expect(owners(folded)).toEqual(['$TTL 1h', '@ SOA', '@ NS', '$INCLUDE hosts.inc', 'ns1 A', 'last A']);
    expect(owners(press(folded, 'o').state)).toEqual(owners(state));
    expect(owners(press(press(editorOf(EXAMPLE), 'Go').state, '').state)).toContain('host2 A');
  });

  test.each([
    ['xn--bcher-kva', 'bücher'],
    ['xn--wgv71a119e.xn--fiqs8s', '日本語.中国'],
    ['www', undefined],
    ['xn--', undefined],
    ['xn--a', undefined],
    ['xn--99999999999', undefined],
  ])('reads %s as %s', (name, read) => {
    expect(unicodeName(name)).toBe(read);
  });
});

describe('filters', () => {
  test.each<[string, string[]]>([
    ['t:mx', ['@ MX']],
    ['-t aaaa', ['www AAAA']],
    ['t:cmx', ['mail CLIENTMX']],
    ['T:mx', []],
    ['clientmx', ['mail CLIENTMX']],
    ['^www', ['www A', 'www AAAA']],
    ['www t:a', ['www A']],
    ['t:a !192.0.2.[2-9] !host', ['www A']],
    ['o:ns', ['ns1 A', 'ns2 A']],
    ['-f wdb8', ['www AAAA']],
    ['house', ['@ NS']],
    ['House', []],
    ['"v=spf1 mx"', ['txt TXT']],
    ['r:ttl', ['www A']],
    ['is:problem', ['www A']],
    ['!is:problem t:a www', []],
    ['is:error', []],
    ['is:changed', []],
    ['is:comment', ['; the zone of an example', '; old IN A 192.0.2.9']],
    ['r:', undefined as unknown as string[]],
  ])('%s', (text, wanted) => {
    const all = withProblem(editorOf(EXAMPLE));
    const state = press(all, `&${text}<enter>`).state;
    expect(owners(state)).toEqual(wanted ?? owners(all));
    expect(state.list.filter.text).toBe(text);
  });

  test('that cannot be read say so and keep the rows', () => {
    const { state } = press(editorOf(EXAMPLE), '&t:mx (');
    expect(state.mode).toMatchObject({ kind: 'filter', problem: expect.stringContaining('is no regular expression') });
    expect(owners(press(state, '<escape>').state)).toHaveLength(17);
    expect(parseFilter('a[')).toHaveProperty('problem');
  });

  test('follow changes, and undo takes rows back out', () => {
    const edited = press(editorOf(EXAMPLE), '/^mx1<enter>T60<enter>').state;
    expect(textOf(edited)).toContain('mx1 60 IN A');
    const changed = press(edited, 'C').state;
    expect(owners(changed)).toEqual(['mx1 A']);
    expect(press(changed, 'u').state.document.changed.size).toBe(0);
  });
});

describe('search', () => {
  test('counts, goes round and comes back', () => {
    const { state } = press(editorOf(EXAMPLE), '/192');
    expect(state.search).toMatchObject({ current: 0 });
    expect(state.search?.hits).toHaveLength(7);
    expect(state.list.cursor).toBe(6);
    const next = press(state, '<enter>nn').state;
    expect([next.list.cursor, next.search?.current]).toEqual([9, 2]);
    expect(press(next, 'NNN').state.search?.current).toBe(6);
    expect(press(state, '<escape>').state).toMatchObject({ search: undefined, list: { cursor: 0 } });
    expect(press(editorOf(EXAMPLE), '/nothing<enter>').state.message?.text).toBe('No row has "nothing".');
  });
});

describe('orders', () => {
  const sorted = (by: string): string[] => owners(press(editorOf(EXAMPLE), `:sort ${by}<enter>`).state);

  test.each([
    [
      'owner',
      [
        '@ SOA',
        '@ NS',
        '@ NS',
        '@ MX',
        'mail CLIENTMX',
        'mx1 A',
        'ns1 A',
        'ns2 A',
        'txt TXT',
        'www A',
        'www AAAA',
        'xn--bcher-kva A',
      ],
    ],
    [
      '-ttl',
      [
        '@ SOA',
        '@ NS',
        '@ NS',
        '@ MX',
        'www AAAA',
        'mx1 A',
        'ns1 A',
        'ns2 A',
        'mail CLIENTMX',
        'txt TXT',
        'xn--bcher-kva A',
        'www A',
      ],
    ],
    [
      'data',
      [
        'www A',
        'mx1 A',
        'ns1 A',
        'ns2 A',
        'xn--bcher-kva A',
        'www AAAA',
        '@ MX',
        '@ NS',
        '@ NS',
        '@ SOA',
        'txt TXT',
        'mail CLIENTMX',
      ],
    ],
  ])('by %s, rows without behind', (by, wanted) => {
    const all = sorted(by);
    expect(all.slice(0, 12)).toEqual(wanted);
    expect(all.slice(12)).toEqual([
      '; the zone of an example',
      '$TTL 3600',
      '; old IN A 192.0.2.9',
      expect.stringContaining('_client'),
      '$GENERATE 1-3 host$ A 192.0.2.$',
    ]);
  });

  test('go round by the column at the cursor', () => {
    const file = owners(editorOf(EXAMPLE));
    const state = press(editorOf(EXAMPLE), 'lO').state;
    expect(state.list.sort).toEqual({ key: 'ttl', backwards: false });
    expect(owners(press(state, 'OO').state)).toEqual(file);
    expect(press(state, 'J').state.message?.kind).toBe('error');
  });
});

describe('edits of rows', () => {
  test.each<[string, string, (text: string) => string]>([
    ['delete', '/^mx1<enter>d', (text) => text.replace('mx1 IN A 192.0.2.2\n', '')],
    ['delete a comment', '/old<enter>d', (text) => text.replace('; old IN A 192.0.2.9\n', '')],
    [
      'move down',
      '/^mx1<enter>J',
      (text) => text.replace('mx1 IN A 192.0.2.2\nns1 IN A 192.0.2.3\n', 'ns1 IN A 192.0.2.3\nmx1 IN A 192.0.2.2\n'),
    ],
    ['move up and down', '/^ns1<enter>KJ', (text) => text],
    [
      'move a comment',
      '/old<enter>J',
      (text) =>
        text.replace('; old IN A 192.0.2.9\nmx1 IN A 192.0.2.2\n', 'mx1 IN A 192.0.2.2\n; old IN A 192.0.2.9\n'),
    ],
    ['comment out', '/^mx1<enter>;', (text) => text.replace('mx1 IN', ';mx1 IN')],
    ['comment out and back', '/^mx1<enter>;;', (text) => text],
    ['take a comment back', '/old<enter>;', (text) => text.replace('; old IN', 'old IN')],
    [
      'comment out an entry of lines, and back',
      ':goto 4<enter>;;',
      (text) => text.replace('  IN NS ns1', '@ IN NS ns1'),
    ],
    ['set the TTL of marked rows', '/^ns.<enter>vjvT2h<enter>', (text) => text],
    ['edit a line', ':goto 11<enter>L<backspace>9<enter>', (text) => text],
    ['raise the serial', 'S', (text) => text.replace('2026030401', '2026030402')],
    ['insert what was copied', '/^ns2<enter>y/^txt<enter>p', (text) => text],
  ])('%s', (name, keys, wanted) => {
    const state = press(editorOf(EXAMPLE), keys).state;
    const text = textOf(state);
    if (wanted(EXAMPLE) !== EXAMPLE || / and | lines/u.test(name)) expect(text).toBe(wanted(EXAMPLE));
    else expect(text).not.toBe(EXAMPLE);
    let at = state;
    while (at.document.done !== undefined) at = press(at, 'u').state;
    expect(textOf(at)).toBe(EXAMPLE);
  });
});
