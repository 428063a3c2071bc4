import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../cli/report/characters.ts';
import { MOST_KEPT } from '../../cli/tui/serve/collector.ts';
import { parseLiveFilter, passes } from '../../cli/tui/serve/filter.ts';
import { LIVE_KEYS, liveHelp } from '../../cli/tui/serve/keys.ts';
import { liveLayout } from '../../cli/tui/serve/layout.ts';
import { Rates } from '../../cli/tui/serve/rates.ts';
import { placeOf } from '../../cli/tui/serve/state.ts';
import { Tally } from '../../cli/tui/serve/tally.ts';
import type { QueryRecord } from '../../lib/server/query-record.ts';
import { LiveModel } from './live.ts';

describe('the table of keys', () => {
  test('has no key twice in a mode', () => {
    const all = LIVE_KEYS.flatMap(({ mode, keys }) => keys.map((key) => `${mode} ${key}`));
    expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
  });

  test('has no key of a pane that holds everywhere too', () => {
    const everywhere = new Set(LIVE_KEYS.filter(({ mode }) => mode === 'normal').flatMap(({ keys }) => keys));
    const ofPanes = LIVE_KEYS.filter(({ mode }) => ['queries', 'faults', 'counts'].includes(mode));
    expect(ofPanes.flatMap(({ keys }) => keys).filter((key) => everywhere.has(key))).toEqual([]);
  });

  test('is what help shows, every row of it', () => {
    const shown = liveHelp().flatMap(({ lines }) => lines.map(([, title]) => title));
    expect(shown).toEqual(expect.arrayContaining(LIVE_KEYS.map(({ title }) => title)));
    expect(shown).toHaveLength(LIVE_KEYS.length);
  });
});

describe('the view of a server', () => {
  const keys = [...new Set(LIVE_KEYS.flatMap((row) => row.keys)), 'a', ':', '(', '!', 't', '日'];
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...keys).map((key) => ({ key })) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 12 }).map((queries) => ({ queries })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.integer({ min: 20, max: 210 }), fc.integer({ min: 5, max: 70 }))
        .map(([columns, rows]) => ({ columns, rows })),
    },
  );

  test('fills its screen exactly, the cursor in sight, whatever is pressed and asked', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const live = new LiveModel();
        for (const each of steps) {
          if ('key' in each) live.press(each.key.length > 1 && each.key !== '日' ? `<${each.key}>` : each.key);
          else if ('queries' in each) {
            for (let at = 0; at < each.queries; at++)
              await live.ask(at % 3 === 0 ? 'example.net. MX' : `h${at}.w.example.net. A`, { passes: 30 });
            live.refresh();
          } else live.take({ kind: 'resized', ...each });
          const lines = live.screen();
          const { columns, height, listRows } = liveLayout(live.state);
          expect(lines).toHaveLength(height);
          expect(lines.filter((text) => columnsOf(text) !== columns)).toEqual([]);
          const { at, first } = placeOf(live.state);
          const { rows } = live.state.collected;
          if (rows.length > 0 && listRows > 0) expect(at >= first && at < first + listRows).toBe(true);
          if (live.state.follow && live.state.mode.kind === 'normal') expect(at).toBe(rows.length - 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('follows the newest query until the cursor is moved, and again at the end', async () => {
    const live = new LiveModel();
    for (let at = 10; at < 60; at++) await live.ask(`${at}.w.example.net. A`);
    live.refresh();
    expect(placeOf(live.state).at).toBe(49);
    live.press('kk');
    const chosen = live.state.cursor;
    await live.ask('70.w.example.net. A');
    live.refresh();
    expect(live.state.cursor).toBe(chosen);
    live.press('G');
    await live.ask('71.w.example.net. A');
    live.refresh();
    expect(placeOf(live.state).at).toBe(51);
  });

  test('keeps the last queries only, and the last that pass the filter', async () => {
    const live = new LiveModel();
    live.press('/t:mx<enter>');
    await live.ask('example.net. MX');
    for (let at = 0; at < 3 * MOST_KEPT; at++) await live.ask('a.w.example.net. A');
    live.refresh();
    expect(live.state.collected.rows).toHaveLength(1);
    live.press('<escape>');
    expect(live.state.collected.rows).toHaveLength(MOST_KEPT);
    expect(live.state.collected.total).toBe(3 * MOST_KEPT + 1);
  });

  test('stands still while it is paused, and counts on', async () => {
    const live = new LiveModel();
    await live.ask('aa.w.example.net. A');
    live.refresh();
    live.press('p');
    await live.ask('bb.w.example.net. A');
    live.refresh();
    expect(live.names()).toEqual(['aa']);
    expect(live.screen()[1]).toContain('paused +1');
    live.press('/n:bb<enter>');
    expect(live.names()).toEqual([]);
    live.press('p');
    expect(live.names()).toEqual(['bb']);
  });

  test('forgets queries and counts when told to', async () => {
    const live = new LiveModel();
    await live.ask('example.net. MX');
    live.refresh();
    live.press('c');
    expect([live.names(), live.state.collected.counted, live.state.collected.total]).toEqual([[], 0, 1]);
    expect(live.state.collected.counts).toEqual({ rcodes: [], transports: [], types: [], names: [] });
  });

  test('switches faults on and off, and tells what they did', async () => {
    const live = new LiveModel();
    await live.ask('example.net. MX');
    live.refresh();
    expect(live.screen().find((text) => text.startsWith(' on'))).toMatch(/ on {2}no-mail .* 1 of 1 .*mail is broken/u);
    live.press('2 ');
    expect(live.server.faults.list()[0]?.enabled).toBe(false);
    expect(live.screen().at(-2)).toContain('no-mail is off.');
    live.press('j ');
    expect(live.server.faults.list()[1]?.enabled).toBe(true);
    await live.ask('x.deaf.example.net. A');
    live.refresh();
    expect(live.screen().find((text) => text.startsWith('! '))).toBeDefined();
    expect(live.state.collected.rows.at(-1)).toMatchObject({ response: undefined, faults: ['deaf'] });
    live.press('R');
    expect(live.server.faults.list().map(({ hit }) => hit)).toEqual([0, 0]);
  });

  test('counts by response code, type, transport and name', async () => {
    const live = new LiveModel();
    await live.ask('example.net. MX');
    await live.ask('MX1.example.net. A');
    await live.ask('mx1.EXAMPLE.net. A', { transport: 'tcp' });
    await live.ask('no.example.net. AAAA');
    live.refresh();
    const { rcodes, types, transports, names } = live.state.collected.counts;
    expect(rcodes).toEqual([
      { key: 0, count: 2 },
      { key: 2, count: 1 },
      { key: 3, count: 1 },
    ]);
    expect(types[0]).toEqual({ key: 1, count: 2 });
    expect(transports).toEqual([
      { key: 'udp', count: 3 },
      { key: 'tcp', count: 1 },
    ]);
    expect(names[0]).toEqual({ key: '\x03mx1\x07example\x03net\0', count: 2 });
    live.press('3');
    expect(live.screen().join('\n')).toMatch(/NOERROR +50% +A +50% +udp +75% +mx1\.example\.net\. +50%/u);
  });

  test('opens a query with question and response, and goes to the next from there', async () => {
    const live = new LiveModel({ columns: 100, rows: 60 });
    await live.ask('mx1.example.net. A');
    await live.ask('example.net. MX');
    live.refresh();
    live.press('k<enter>');
    const text = live.screen().join('\n');
    expect(text).toMatch(/mx1\.example\.net\. 300 IN A 192\.0\.2\.2/u);
    expect(text).toContain('192.0.2.99#4000 over UDP');
    live.press('n');
    expect(live.screen().join('\n')).toMatch(/faults +no-mail[\s\S]*status: SERVFAIL/u);
    live.press('<escape>');
    expect(live.state.mode.kind).toBe('normal');
  });

  test('shows octets that are no message as such', async () => {
    const live = new LiveModel({ columns: 100, rows: 60 });
    await live.server.handle(Uint8Array.of(1, 2, 3), {
      transport: 'udp',
      client: { address: '192.0.2.99', port: 4000 },
      now: live.now,
    });
    live.refresh();
    expect(live.screen().join('\n')).toContain('no reply');
    live.press('<enter>');
    expect(live.screen().join('\n')).toMatch(/no message: .*\n 0000 {2}01 02 03 [\s\S]*No reply was sent/u);
  });

  test('tells what the server says until a key is pressed, and all of it with m', () => {
    const live = new LiveModel();
    const at = live.now;
    live.take({ kind: 'message', message: { kind: 'warning', text: 'first', at } });
    live.take({ kind: 'message', message: { kind: 'error', text: 'second', at } });
    live.take({ kind: 'message', message: { kind: 'note', text: 'third', at } });
    expect(live.screen().at(-2)).toMatch(/^error: second +m: 2 more/u);
    live.press('m');
    expect(live.screen().join('\n')).toMatch(/12:00:00 warning: first *\n 12:00:00 error: second/u);
    live.press('q');
    expect(live.screen().at(-2)?.trim()).toBe('');
  });

  test('wants the world to end, reload, stop and draw anew', () => {
    const live = new LiveModel();
    live.press('r<ctrl-z><ctrl-l>q<ctrl-c>');
    expect(live.done.map(({ kind }) => kind)).toEqual(['reload', 'suspend', 'redraw', 'quit', 'quit']);
  });
});

describe('filters', () => {
  const recordOf = async (words: string, transport: 'udp' | 'tcp' = 'udp'): Promise<QueryRecord> => {
    const live = new LiveModel();
    let found: QueryRecord | undefined;
    live.server.history.listen((record) => {
      found = record;
    });
    await live.ask(words, { transport });
    if (found === undefined) throw new Error('no query');
    return found;
  };
  const mx = recordOf('example.net. MX');
  const address = recordOf('MX1.example.net. A', 'tcp');
  const missing = recordOf('no.example.net. TYPE265');

  test.each([
    ['', [true, true, true]],
    ['t:mx', [true, false, false]],
    ['T:mx', [false, false, false]],
    ['!t:mx', [false, true, true]],
    ['t:clientmx', [false, false, true]],
    ['t:TYPE265', [false, false, true]],
    ['mx1', [false, true, false]],
    ['n:^no', [false, false, true]],
    ['rcode:servfail', [true, false, false]],
    ['r:NX', [false, false, true]],
    ['fault:', [true, false, false]],
    ['fault:mail', [true, false, false]],
    ['!fault:', [false, true, true]],
    ['via:tcp', [false, true, false]],
    ['c:192.0.2.', [true, true, true]],
    ['client:127', [false, false, false]],
    ['ms:50', [false, false, false]],
    ['example !rcode:serv via:udp', [false, false, true]],
    ['t: n:', [true, true, true]],
    ['!', [true, true, true]],
    ['"a b"', [false, false, false]],
  ])('%s', async (text, wanted) => {
    const read = parseLiveFilter(text);
    if (!('filter' in read)) throw new Error(read.problem);
    expect([await mx, await address, await missing].map((record) => passes(record, read.filter))).toEqual(wanted);
  });

  test.each(['n:(', '[', 'ms:soon'])('%s is told to be wrong, and that of before holds', async (text) => {
    expect(parseLiveFilter(text)).toHaveProperty('problem');
    const live = new LiveModel();
    live.press(`/t:mx ${text}`);
    expect(live.screen().at(-2)).toContain('filter (');
    expect(live.state.filter.text).not.toContain(text);
    live.press('<enter>');
    expect(live.state.mode.kind).toBe('filter');
    live.press('<escape>');
    expect(live.state.filter.text).toBe('');
  });
});

describe('counting', () => {
  test('tells the most frequent of any number of keys', () => {
    const tally = new Tally<number>(64);
    for (let at = 0; at < 10_000; at++) {
      tally.add(at + 100);
      if (at % 4 === 0) tally.add(1);
      if (at % 8 === 0) tally.add(2);
    }
    expect(tally.top(2)).toEqual([
      { key: 1, count: 2500 },
      { key: 2, count: 1250 },
    ]);
    expect(tally.top(1000).length).toBeLessThanOrEqual(64);
  });

  test('tells how many there are a second', () => {
    const rates = new Rates(0);
    expect(rates.perSecond(1, 0)).toBe(0);
    // A hundred a second for ten seconds, then none.
    for (let now = 0; now < 10_000; now += 10) rates.add(now);
    expect([1, 10, 60].map((seconds) => rates.perSecond(seconds, 10_000))).toEqual([100, 100, 100]);
    expect([1, 10, 60].map((seconds) => rates.perSecond(seconds, 15_000))).toEqual([0, 50, 1000 / 15]);
    expect(rates.perSecond(60, 80_000)).toBe(0);
    // A clock that was put back does no harm.
    rates.add(1);
    expect(rates.perSecond(1, 80_100)).toBe(1);
  });
});
