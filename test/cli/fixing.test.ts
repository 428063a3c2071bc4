import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FixRequest, type FixResult, fixAll } from '../../cli/lint/fixing.ts';
import { type ChangedBytes, chooseMends, withMends } from '../../cli/lint/fixing-choice.ts';
import type { LintedZone } from '../../cli/lint/fixing-trial.ts';
import { type ActiveRule, lintZone } from '../../lib/lint/engine.ts';
import { activeRules } from '../../lib/lint/profiles.ts';
import type { ProposedFix, Rule } from '../../lib/lint/rule.ts';
import { RULES } from '../../lib/lint/rules.ts';
import type { Severity } from '../../lib/text/diagnostic.ts';
import { readZone } from '../../lib/zone/read.ts';
import { cleanZone, wire } from '../zone/zones.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const DEFAULT = activeRules(RULES, { profile: 'default', select: [], ignore: [], levels: new Map() }).active;
const EXAMPLE = RULES[0]?.bad ?? { zone: '' };

type Files = Readonly<Record<string, string>>;
type Given = Partial<Omit<FixRequest<LintedZone>, 'lint'>>;

const octets = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1');

/** Fixes the zone in the file `zone`, with further files beside it. */
function fix(
  files: Files,
  active: readonly ActiveRule[],
  given: Given = {},
): FixResult<LintedZone> & { lints: number } {
  let lints = 0;
  const lint = (changed: ChangedBytes): LintedZone => {
    lints++;
    const bytesOf = (name: string): Uint8Array => changed.get(name) ?? octets(files[name] ?? '');
    const zone = readZone({
      name: 'zone',
      bytes: bytesOf('zone'),
      origin: wire('example.net.'),
      readInclude: (path) => ({ name: path, bytes: bytesOf(path) }),
    });
    return { zone, found: lintZone({ zone, certificateFiles: new Map(), now: NOW }, active) };
  };
  return { ...fixAll({ lint, unsafe: false, ...given }), lints };
}

/** The changed files of a result as text. */
function texts({ changed }: FixResult<LintedZone>): Files {
  return Object.fromEntries(changed.map(({ name, after }) => [name, textOf(after)]));
}

interface Toy {
  readonly find: RegExp;
  /** Where to what; absent words are not touched. */
  readonly edits: (at: number, text: string) => ProposedFix['edits'];
  readonly safe?: boolean;
  readonly level?: Severity;
}

/** A rule that finds text in any file and changes it. */
function toy(id: string, { find, edits, safe = true, level = 'warning' }: Toy): ActiveRule {
  const rule: Rule = {
    id,
    group: 'style',
    level,
    cites: [],
    what: '',
    why: '',
    help: '',
    bad: EXAMPLE,
    good: EXAMPLE,
    say: () => id,
    check(facts, report) {
      for (const file of facts.zone.files) {
        for (const match of textOf(file.bytes).matchAll(find)) {
          const span = { start: match.index, end: match.index + match[0].length };
          const fixes = [{ title: `fix of ${id}`, safe, edits: edits(match.index, match[0]) }];
          report.place({ file, span }, { args: { text: match[0] }, fixes });
        }
      }
    },
  };
  return { rule, severity: level };
}

/** A rule that writes another word. */
function replace(id: string, find: RegExp, by: string, more: Partial<Toy> = {}): ActiveRule {
  return toy(id, { find, edits: (at, text) => [{ start: at, end: at + text.length, text: by }], ...more });
}

describe('fixing', () => {
  test('goes on until nothing is left, file by file', () => {
    const rules = [replace('a-b', /aa/g, 'bb'), replace('b-c', /bb/g, 'cc')];
    const result = fix({ zone: 'x TXT aa\ny TXT bb\n$INCLUDE more\n', more: 'z TXT aa aa\n' }, rules);
    expect(texts(result)).toEqual({ zone: 'x TXT cc\ny TXT cc\n$INCLUDE more\n', more: 'z TXT cc cc\n' });
    expect(Object.fromEntries(result.fixed)).toEqual({ 'a-b': 3, 'b-c': 4 });
    expect(result.notes).toEqual([]);
    expect(result.last.found).toEqual([]);
    expect(result.changed.map(({ before }) => textOf(before))).toEqual([
      'z TXT aa aa\n',
      'x TXT aa\ny TXT bb\n$INCLUDE more\n',
    ]);
  });

  test('does nothing where nothing is found', () => {
    const result = fix({ zone: 'x TXT a\n' }, [replace('a-b', /aa/g, 'bb')]);
    expect(result).toMatchObject({ changed: [], notes: [], lints: 1 });
  });

  test('makes unsafe fixes only when asked', () => {
    const rules = [replace('a-b', /aa/g, 'bb', { safe: false })];
    expect(texts(fix({ zone: 'x TXT aa\n' }, rules))).toEqual({});
    expect(texts(fix({ zone: 'x TXT aa\n' }, rules, { unsafe: true }))).toEqual({ zone: 'x TXT bb\n' });
  });

  test('makes a fix whole or not at all', () => {
    const both = toy('both', {
      find: /left.*right/g,
      edits: (at, text) => [
        { start: at, end: at + 4, text: 'LEFT' },
        { start: at + text.length - 5, end: at + text.length, text: 'RIGHT' },
      ],
    });
    const first = replace('first', /left/g, 'lost');
    const result = fix({ zone: 'x TXT left right\n' }, [first, both]);
    expect(texts(result)).toEqual({ zone: 'x TXT lost right\n' });
    const other = replace('other', /right/g, 'wrong');
    expect(texts(fix({ zone: 'x TXT left right\n' }, [both, other]))).toEqual({ zone: 'x TXT LEFT RIGHT\n' });
  });

  test('leaves out fixes that touch each other for the next pass', () => {
    const rules = [
      replace('a-b', /a/g, 'b'),
      toy('insert', {
        find: /c(?!d)/g,
        edits: (at) => [
          { start: at, end: at, text: 'x' },
          { start: at + 1, end: at + 1, text: 'd' },
        ],
      }),
    ];
    expect(texts(fix({ zone: '1 TXT ac\n' }, rules))).toEqual({ zone: '1 TXT bxcd\n' });
  });

  test('does not take a fix that lies outside its file or edits another one', () => {
    const outside = toy('outside', { find: /aa/g, edits: () => [{ start: 0, end: 1000, text: '' }] });
    const twice = toy('twice', {
      find: /aa/g,
      edits: (at) => [
        { start: at, end: at + 2, text: '' },
        { start: at + 1, end: at + 2, text: '' },
      ],
    });
    const idle = replace('idle', /aa/g, 'aa');
    expect(fix({ zone: 'x TXT aa\n' }, [outside, twice, idle])).toMatchObject({ changed: [], lints: 1, notes: [] });
  });
});

describe('a fix that does harm', () => {
  const zone = Array.from({ length: 20 }, (_, index) => `x${index} TXT aa${index}.\n`).join('');

  test('is taken back alone when it breaks the syntax', () => {
    const rules = [
      replace('good', /aa/g, 'bb'),
      replace('bad', /(?<=x13 TXT )/g, '"'),
      replace('bad-too', /(?<=x7 )TXT/g, 'NOTHING'),
    ];
    const result = fix({ zone }, rules);
    expect(texts(result)).toEqual({ zone: zone.replaceAll('aa', 'bb') });
    expect(Object.fromEntries(result.fixed)).toEqual({ good: 20 });
    expect(result.notes).toEqual([
      'zone:8: left out a fix of bad-too ("fix of bad-too"): it would bring a syntax error',
      'zone:14: left out a fix of bad ("fix of bad"): it would bring a syntax error',
    ]);
    expect(result.lints).toBeLessThan(40);
  });

  test('is taken back when it brings an error of a rule that is on', () => {
    const watch = replace('watch', /ccc/g, '', { level: 'error', safe: false });
    const result = fix({ zone: 'x TXT aa\ny TXT bb\n' }, [
      watch,
      replace('a-b', /aa/g, 'ccc'),
      replace('b-d', /bb/g, 'dd'),
    ]);
    expect(texts(result)).toEqual({ zone: 'x TXT aa\ny TXT dd\n' });
    expect(result.notes).toEqual(['zone:1: left out a fix of a-b ("fix of a-b"): it would bring a new error of watch']);
  });

  test('may bring warnings, and change how an error reads', () => {
    const warns = replace('warns', /cc/g, '', { safe: false });
    expect(texts(fix({ zone: 'x TXT aa\n' }, [warns, replace('a-c', /aa/g, 'cc')]))).toEqual({ zone: 'x TXT cc\n' });
    const reads = toy('reads', { find: /TXT .*/g, edits: () => [], level: 'error' });
    expect(texts(fix({ zone: 'x TXT aa\n' }, [reads, replace('a-c', /aa/g, 'cc')]))).toEqual({ zone: 'x TXT cc\n' });
  });

  test('among very many does not cost very many looks', () => {
    const many = Array.from({ length: 3000 }, (_, index) => `x${index} TXT aa\n`).join('');
    const result = fix({ zone: many }, [replace('bad', /(?<=x\d+7 )TXT/g, 'NOTHING'), replace('good', /aa/g, 'bb')]);
    expect(result.lints).toBeLessThan(120);
    expect(result.last.zone.broken).toEqual([]);
    expect(result.notes.length).toBeGreaterThan(0);
  });
});

describe('fixes that undo each other', () => {
  test('end, and leave the file as it was', () => {
    const result = fix({ zone: 'x TXT aa\n' }, [replace('a-b', /aa/g, 'bb'), replace('b-a', /bb/g, 'aa')]);
    expect(result).toMatchObject({ changed: [], notes: ['fixes of a-b, b-a undo each other and are left out'] });
    expect(result.lints).toBeLessThan(6);
  });

  test('do not keep others from being made', () => {
    const rules = [replace('a-b', /aa/g, 'bb'), replace('b-a', /bb/g, 'aa'), replace('c-d', /cc/g, 'dd')];
    expect(texts(fix({ zone: 'x TXT aa\ny TXT cc\n' }, rules))).toEqual({ zone: 'x TXT aa\ny TXT dd\n' });
  });

  test('end too when they grow', () => {
    const result = fix({ zone: 'x TXT a\n' }, [replace('grow', /a(?!a)/g, 'aa')]);
    expect(texts(result)).toEqual({ zone: `x TXT ${'a'.repeat(11)}\n` });
    expect(result.notes).toEqual(['stopped after 10 passes, 1 fix could still be made']);
  });
});

describe('the serial', () => {
  const soa = (serial: number): string => `@ 60 SOA ns hostmaster ${serial} 7200 3600 1209600 3600\n`;
  const zone = (serial: number): string => `${soa(serial)}x 60 TXT aa ; aa\n`;
  const aa = [replace('a-b', /aa/g, 'bb')];
  const comment = [replace('c-d', /; aa/g, '; bb')];

  test('goes up once when a record changed', () => {
    const result = fix({ zone: zone(2026112001) }, aa, { raiseSerial: { now: NOW } });
    expect(texts(result)).toEqual({ zone: zone(2026112100).replaceAll('aa', 'bb') });
    expect(result.serial).toEqual({ from: 2026112001, to: 2026112100 });
    expect(fix({ zone: texts(result)['zone'] ?? '' }, aa, { raiseSerial: { now: NOW } }).changed).toEqual([]);
  });

  test('stays when nobody asks, and when only comments changed', () => {
    expect(texts(fix({ zone: zone(1) }, aa))).toEqual({ zone: zone(1).replaceAll('aa', 'bb') });
    const result = fix({ zone: zone(1) }, comment, { raiseSerial: { now: NOW } });
    expect(texts(result)).toEqual({ zone: zone(1).replace('; aa', '; bb') });
    expect(result.serial).toBeUndefined();
  });

  test('stays when it was raised against the zone before', () => {
    const raise = (before: number): number | undefined => {
      const past = cleanZone('example.net.', zone(before));
      return fix({ zone: zone(7) }, aa, { raiseSerial: { now: NOW, before: past } }).serial?.to;
    };
    expect(raise(6)).toBeUndefined();
    expect(raise(7)).toBe(8);
    expect(raise(9)).toBe(10);
  });

  test('goes up in the included file where it stands', () => {
    const result = fix({ zone: '$INCLUDE head\nx 60 TXT aa\n', head: soa(4) }, aa, { raiseSerial: { now: NOW } });
    expect(texts(result)).toEqual({ zone: '$INCLUDE head\nx 60 TXT bb\n', head: soa(5) });
  });

  test('that has no word of its own is named', () => {
    const generic = '@ 60 SOA \\# 22 00 00 00000001 00000002 00000003 00000004 00000005\nx 60 TXT aa\n';
    const result = fix({ zone: generic }, aa, { raiseSerial: { now: NOW } });
    expect(result.notes).toEqual(['records changed, and the serial 1 could not be raised: raise it by hand']);
  });

  test('of a signed zone is not all there is to do', () => {
    const signed = `${zone(1)}x 60 RRSIG TXT 13 3 60 20270101000000 20260101000000 1 example.net. AAAA\n`;
    const result = fix({ zone: signed }, aa, { raiseSerial: { now: NOW } });
    expect(result.notes).toEqual(['the zone holds signatures that no longer fit: sign it again']);
  });
});

describe('all rules on any zone', () => {
  const pieces = [
    'www A 192.0.2.1',
    'www A 192.0.2.1',
    'www 0 A 192.0.2.1',
    'WWW A 192.0.2.001',
    '@ MX 10 mail.example.net',
    'mail A 192.0.2.2',
    'mail AAAA ::ffff:192.0.2.2',
    '@ TXT "v=spf1 mx -all"',
    '@ TXT v=spf1 mx -all',
    '@ SPF "v=spf1 -all"',
    '_dmarc TXT "v=DMARC1; p=none"',
    '@ TYPE265 \\# 0',
    '@ CLIENTMX 10 mail',
    '@ TYPE265 10 Mail',
    '*.x NS y',
    'a CNAME b',
    'a CNAME b',
    'a A 192.0.2.9',
    '_smtp-tls._tcp SRV 0 0 25 mail',
    '@ CAA 0 issue "ca.example"',
    '$TTL 5m',
    '$ORIGIN sub',
    '$ORIGIN example.net.',
    '$GENERATE 1-3 g$ A 192.0.2.$',
    '; zonewright-ignore core-ttl-zero -- x',
    '; zonewright-ignore-file nothing',
    'ns1 A 192.0.2.3',
    '\xff TXT \xfe',
    'q TXT "open',
    'p SOA ( a b',
    ')',
    '  A 192.0.2.7',
    '\tTXT "a" \\',
    `long TXT ${'x'.repeat(300)}`,
    '@ NS ns1',
    '@ NS ns2.example.org.',
    '@ SOA ns1 hostmaster 2026112001 7200 3600 1209600 3600',
    '@ SOA ns1 host@master 0 1 2 3 4',
    '_25._tcp.mail TLSA 3 1 1 00',
    'x 3600 IN 60 A 192.0.2.1',
    'y TYPE1 \\# 4 c0000201',
  ];
  const top =
    '@ 3600 SOA ns1 hostmaster 2026112001 7200 3600 1209600 3600\n@ NS ns1\n@ NS ns2.example.org.\nns1 A 192.0.2.1\n';
  const zone = fc
    .tuple(
      fc.boolean(),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.constantFrom(...pieces), { maxLength: 12 }),
      fc.boolean(),
    )
    .map(([head, end, lines, last]) => (head ? top : '') + lines.join(end) + (last ? end : ''));

  test('fixing twice is fixing once', () => {
    fc.assert(
      fc.property(zone, fc.boolean(), (text, unsafe) => {
        const once = fix({ zone: text }, DEFAULT, { unsafe });
        fc.pre(!once.notes.some((note) => note.startsWith('stopped')));
        const after = texts(once)['zone'] ?? text;
        const twice = fix({ zone: after }, DEFAULT, { unsafe });
        expect(texts(twice)['zone'] ?? after).toBe(after);
      }),
      { numRuns: 60 },
    );
  });

  test('brings no syntax error', () => {
    fc.assert(
      fc.property(zone, fc.boolean(), (text, unsafe) => {
        const before = fix({ zone: text }, []).last.zone;
        const { broken } = fix({ zone: text }, DEFAULT, { unsafe }).last.zone;
        expect(broken.length).toBeLessThanOrEqual(before.broken.length);
      }),
      { numRuns: 60 },
    );
  });

  test('a pass changes nothing outside its edits', () => {
    fc.assert(
      fc.property(zone, (text) => {
        const { zone: read } = fix({ zone: text }, []).last;
        const found = lintZone({ zone: read, certificateFiles: new Map(), now: NOW }, DEFAULT);
        const mends = chooseMends({ zone: read, found }, () => true);
        const after = Buffer.from(withMends(new Map(), mends).get('zone') ?? octets(text));
        const edits = mends.flatMap((mend) => mend.fix.edits).sort((a, b) => a.start - b.start || a.end - b.end);
        let [from, to] = [0, 0];
        for (const edit of [...edits, { start: text.length, end: text.length, text: '' }]) {
          const kept = Buffer.from(text, 'latin1').subarray(from, edit.start);
          expect(after.subarray(to, to + kept.length)).toEqual(kept);
          to += kept.length + Buffer.byteLength(edit.text);
          from = edit.end;
        }
        expect(to).toBe(after.length);
      }),
      { numRuns: 100 },
    );
  });
});
