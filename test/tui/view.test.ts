import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../cli/report/characters.ts';
import type { EditorEvent } from '../../cli/tui/model/command.ts';
import type { EditorProblem } from '../../cli/tui/model/problem.ts';
import type { EditorState } from '../../cli/tui/model/state.ts';
import { screenLines } from '../../cli/tui/view/screen-lines.ts';
import { painted } from '../../cli/tui/view/text.ts';
import type { StatusNode } from '../../lib/lint/status/node.ts';
import { editorOf, having, press } from './model-editor.ts';
import { EXAMPLE } from './model-zones.ts';

const SIZES = [
  [60, 15],
  [80, 24],
  [200, 60],
  [50, 12],
  [20, 5],
] as const;

const ZONE = `${EXAMPLE}wide IN TXT "日本語 テスト" ; コメント
comb IN TXT "e\\204\\129galite\\204\\129" ; ｗｉｄｅ
long IN TXT "${'v=DKIM1; k=rsa; p='.padEnd(250, 'M')}"
`;

const PROBLEM: EditorProblem = {
  rule: 'mx-target-missing',
  severity: 'error',
  message: 'mx1.example.net, an MX host of example.net, has no address and no mail can come there; expected A or AAAA',
  help: 'Give the host an address.',
  file: 'example.net.zone',
  start: ZONE.indexOf('IN MX'),
  end: ZONE.indexOf('IN MX') + 12,
  name: 'example.net.',
  type: 'MX',
  related: [],
  fixes: [{ title: 'name another host', safe: true, file: 'example.net.zone', edits: [] }],
};

const node = (label: string, more: Partial<StatusNode> = {}): StatusNode => ({
  kind: 'host',
  label,
  detail: '',
  state: 'ok',
  findings: [],
  children: [],
  ...more,
});

const TREE = node('example.net', {
  kind: 'domain',
  state: 'broken',
  detail: 'not ready: 1 error',
  children: [
    node('MX', {
      kind: 'mx',
      state: 'broken',
      children: [
        node('10 mx1.example.net', {
          state: 'broken',
          findings: [{ rule: 'mx-target-missing', severity: 'error', message: PROBLEM.message }],
          children: [node('server certificate', { state: 'unknown', detail: 'none was given' })],
        }),
      ],
    }),
  ],
});

function told(state: EditorState, ...events: readonly EditorEvent[]): EditorState {
  return having(state, ...events.map((event) => ({ kind: 'event', ...event }) as const));
}

/** An editor of a size with a problem and a tree of the mail domain. */
function editor(columns: number, rows: number, readOnly = false): EditorState {
  const problems = [PROBLEM, { ...PROBLEM, start: 0, end: 1, severity: 'warning', fixes: [] } as const];
  return told(
    editorOf(ZONE, readOnly),
    { event: 'resized', columns, rows },
    { event: 'linted', revision: 0, problems },
    { event: 'mail-tree', revision: 0, tree: TREE },
  );
}

const drawn = (state: EditorState): string[] => screenLines(state).map((line) => line.map(({ text }) => text).join(''));

/** Keys from a fresh editor, and what has to be on the screen then, on those from 60×15 up. */
const SCREENS: Readonly<Record<string, readonly [keys: string, ...wanted: (string | RegExp)[]]>> = {
  records: ['', /^▸ +owner .*type .*data .*1\/\d+$/mu, 'example.net.', /q quit +\? help/u],
  'the end of the records': ['G', 'long', 'TXT'],
  'wide characters': [':goto wide<enter>', '日本語'],
  'a filter': ['&t:mx<enter>', /t:mx/u, /1\/\d/u],
  'a filter that lets nothing through': ['&nothing-is-so<enter>', 'no row passes the filter'],
  'a filter being typed': ['&is', 'is:problem', 'Tab complete'],
  'a search being typed': ['/mx', /^\/mx .*1\/\d+$/mu],
  'a search in vain': ['/nowhere', /^\/nowhere .*not found$/mu],
  marks: ['*', /marked/iu],
  'the detail': ['2G', /▸ 2 detail/u],
  'problems with the one at the cursor whole': ['3', /▸ 3 problems .*1\/2/u, 'expected A or AAAA'.slice(9)],
  'the problem of a row': [']]', 'expected'],
  'no differences': ['4', 'nothing has changed'],
  differences: [':goto mx1<enter>d4', /▸ 4 differences/u, /^ - mx1 IN A 192\.0\.2\.2/mu],
  'the mail domain': ['m', /▸ 5 mail and TLS/u, 'BROKEN'],
  'a finding of the mail domain': ['mjj', '[mx-target-missing]'],
  'a form': [':goto mx1<enter>e', /▸ edit A .*RFC 1035/u, /▸ address +192\.0\.2\.2/u, 'Esc cancel'],
  'a form with a fault': [':goto mx1<enter>ex', /^! .*IPv4/mu],
  'a form nearly left': [':goto mx1<enter>ex<escape>', 'Esc again drops'],
  'the form of an SOA record': [':goto @<enter>e', /▸ edit SOA/u, /mname/u],
  'a new record': ['aTLSA<enter>', /▸ new TLSA/u],
  'a line': [':goto mx1<enter>L', /▸ text of the entry/u, 'mx1 IN A 192.0.2.2'],
  commands: [':', /▸ commands/u, 'goto', 'Tab complete'],
  'a command with its argument': [':ttl 3', 'ttl TTL', 'set the TTL'],
  'a question for a line': ['a', /▸ question/u, 'Type of the new record', /^ >/mu],
  'a question with answers': ['Gdq', 'not saved', 's  save and quit', 'd  discard them', 'Esc'],
  help: ['?', /▸ help/u, 'down', 'Esc back'],
  'the end of help': ['?G', /(\d+)\/\1 *$/mu, 'cancel'],
  'what saving would do': ['Gdw', /▸ save example\.net\.zone/u, /2026030401 → \d+/u, 'Enter save'],
  'the end of what saving would do': ['GdwG', /^ -long/mu],
  'a long message': [
    ':goto no-such-name-anywhere-in-this-zone-of-an-example<enter>',
    'No record belongs to',
    'example.',
  ],
};

describe.each(SIZES)('a screen of %dx%d', (columns, rows) => {
  test.each(Object.entries(SCREENS))('shows %s, each line as wide as the screen', (_, [keys, ...wanted]) => {
    const lines = drawn(press(editor(columns, rows), keys).state);
    expect(lines).toHaveLength(rows - 1);
    expect(lines.filter((line) => columnsOf(line) !== columns)).toEqual([]);
    if (columns < 60) return;
    const text = lines.map((line) => line.trimEnd()).join('\n');
    for (const each of wanted) expect(text).toMatch(each);
  });

  test('shows what others have done', () => {
    const changed = press(editor(columns, rows), 'Gd').state;
    const files = new Map([['example.net.zone', new TextEncoder().encode(`${ZONE}new A 192.0.2.1\n`)]]);
    const asked = drawn(told(changed, { event: 'outside', files }));
    const page = drawn(told(changed, { event: 'page', title: 'a-rule', lines: ['Why: '.padEnd(120, 'so '), '  end'] }));
    for (const lines of [asked, page]) {
      expect(lines).toHaveLength(rows - 1);
      expect(lines.filter((line) => columnsOf(line) !== columns)).toEqual([]);
    }
    if (columns < 60) return;
    for (const each of ['changed by another program', 'r  ', 'k  ', 'm  ', 'c  '])
      expect(asked.join('\n')).toContain(each);
    expect(page.join('\n')).toMatch(/▸ a-rule[\s\S]*Why: so[\s\S]* {2}end/u);
  });
});

describe('the line of keys', () => {
  test.each(SIZES.slice(0, 4))('has help and the way out at %dx%d', (columns, rows) => {
    for (const keys of ['', ']', '3', '4', 'm', 'Gd', 'Gd4', '*', '&mx<enter>']) {
      expect(drawn(press(editor(columns, rows), keys).state).at(-1)).toMatch(/ q quit .* \? help /u);
    }
    for (const keys of ['/x', '&x', ':x', 'a', 'Gdq', 'L', 'e']) {
      expect(drawn(press(editor(columns, rows), keys).state).at(-1)).toMatch(/ Esc cancel /u);
    }
  });

  test('has no keys that write in an editor for reading only, nor those without use', () => {
    const reading = drawn(editor(200, 60, true)).at(-1);
    expect(reading).not.toMatch(/edit|add|delete|save|undo/u);
    expect(drawn(editor(200, 60)).at(-1)).not.toMatch(/save|undo/u);
    expect(drawn(press(editor(200, 60), 'Gd').state).at(-1)).toMatch(/u undo .*w save/u);
  });
});

describe('the row at the cursor', () => {
  test.each([
    ['with colours', { color: true, unicode: true }],
    ['without', { color: false, unicode: true }],
    ['in ASCII', { color: false, unicode: false }],
  ])('is told by more than its place, %s', (_, look) => {
    const { state } = press(editor(80, 24), 'j');
    const painting = screenLines(state).map((line) => painted(line, look));
    const reversed = painting.filter((text) => text.includes('\u001b[7m'));
    expect(reversed).toHaveLength(1);
    expect(reversed[0]).toContain('$TTL 3600');
    if (!look.unicode) expect(painting.join('')).toMatch(/^[\p{ASCII}]*$/u);
    const elsewhere = screenLines(press(state, '3').state).map((line) => painted(line, look));
    expect(elsewhere.find((text) => text.includes('$TTL 3600'))).toContain('\u001b[4m');
  });
});

describe('what is read', () => {
  test('stays within its ends, and comes back from them at once', () => {
    for (const keys of ['?', 'Gdw']) {
      const end = press(editor(60, 15), `${keys}GGG`).state;
      expect(drawn(press(end, 'k').state)).not.toEqual(drawn(end));
      expect(drawn(press(end, 'jjj<pagedown>').state)).toEqual(drawn(end));
      expect(drawn(press(end, 'g').state)).toEqual(drawn(press(editor(60, 15), keys).state));
    }
    const detail = press(editor(60, 15), ':goto @<enter>2G').state;
    expect(drawn(press(detail, 'k').state)).not.toEqual(drawn(detail));
    expect(drawn(press(detail, 'j').state)).toEqual(drawn(detail));
  });
});
