import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lintZone } from '../../../lib/lint/engine.ts';
import { activeRules } from '../../../lib/lint/profiles.ts';
import { findRule, RULES } from '../../../lib/lint/rules.ts';
import type { Diagnostic } from '../../../lib/text/diagnostic.ts';
import { applyEdits } from '../../../lib/text/edits.ts';
import { readZone } from '../../../lib/zone/read.ts';
import { wire } from '../../zone/zones.ts';
import { lineOf, lintText, pointedAt, sayOf, TOP } from '../dns-core/run.ts';

const OWN = RULES.filter(({ group }) => group === 'suppression').map(({ id }) => id);
const USUAL = ['core-ttl-zero', 'core-ttl-short', 'core-address-special-use', ...OWN].filter(
  (id) => id !== 'suppression-reason-missing',
);
const FIRST = TOP.split('\n').length - 1;

/** `line rule` of the findings behind TOP. */
function found(records: string, rules: readonly string[] = USUAL): string[] {
  return lintText(TOP + records, rules).map((one) => `${lineOf(one) - FIRST} ${one.rule}`);
}

const ZERO = 'w 0 A 192.0.2.3';
const IGNORE = '; zonewright-ignore core-ttl-zero -- it moves';
const START = '; zonewright-ignore-start core-ttl-zero -- they move';
const END = '; zonewright-ignore-end core-ttl-zero';

describe('a comment hides', () => {
  test.each<[about: string, records: string, expected: readonly string[]]>([
    ['nothing without one', `${ZERO}\n`, ['1 core-ttl-zero']],
    ['its own entry', `${ZERO} ${IGNORE}\n`, []],
    ['nothing of the next entry', `${ZERO} ${IGNORE}\nv 0 A 192.0.2.4\n`, ['2 core-ttl-zero']],
    ['the next entry when it stands alone', `${IGNORE}\n${ZERO}\nv 0 A 192.0.2.4\n`, ['3 core-ttl-zero']],
    ['the next entry over blank lines', `  ${IGNORE}\n\n; web\n \n${ZERO}\n`, []],
    [
      'with others before the same entry',
      `${IGNORE}\n; zonewright-ignore core-ttl-short -- x\nw 0 A 192.0.2.3\n`,
      ['2 suppression-unused'],
    ],
    ['an entry of several lines from its last', `w 0 TXT (\n a\n b ) ${IGNORE}\n`, []],
    ['an entry of several lines from between', `w 0 TXT (\n ${IGNORE}\n b )\n`, []],
    ['without a blank before or behind the semicolon', `${ZERO};zonewright-ignore core-ttl-zero -- it moves\n`, []],
    ['behind a remark', `${ZERO} ; web server ${IGNORE}\n`, []],
    ['with two rules', 'w 0 A 127.0.0.1 ; zonewright-ignore core-ttl-zero,core-address-special-use -- lab\n', []],
    ['with two comments in one', `w 0 A 127.0.0.1 ${IGNORE} ; zonewright-ignore core-address-special-use -- lab\n`, []],
    ['by a group', `${ZERO} ; zonewright-ignore dns-core -- it moves\n`, []],
    ['by a pattern', `${ZERO} ; zonewright-ignore *-zero -- it moves\n`, []],
    ['without a reason', `${ZERO} ; zonewright-ignore core-ttl-zero\n`, []],
    ['in a file of CRLF', `${ZERO} ${IGNORE}\r\nv 0 A 192.0.2.4 ${IGNORE}\r\n`, []],
    ['in the last line without a newline', `${ZERO} ${IGNORE}`, []],
    ['a block', `${START}\n${ZERO}\nv 0 A 192.0.2.4\n${END}\nu 0 A 192.0.2.4\n`, ['5 core-ttl-zero']],
    [
      'a block from and to a record',
      `${ZERO} ${START}\nv 0 A 192.0.2.4 ${END}\nu 0 A 192.0.2.4\n`,
      ['3 core-ttl-zero'],
    ],
    ['a block in a block', `${START}\n${START}\n${ZERO}\n${END}\nv 0 TXT a\n${END}\nu 0 TXT a\n`, ['7 core-ttl-zero']],
    ['an open block to the end', `${START}\n${ZERO}\nv 0 A 192.0.2.4\n`, ['1 suppression-block-unclosed']],
    [
      'a file from anywhere',
      `${ZERO}\nv 0 A 192.0.2.4\n; zonewright-ignore-file core-ttl-zero -- lab\nu 0 A 192.0.2.5\n`,
      [],
    ],
    ['nothing before its block', `${ZERO}\n${START}\n${END}\n`, ['1 core-ttl-zero', '2 suppression-unused']],
  ])('%s', (_, records, expected) => expect(found(records)).toEqual(expected));
});

describe('no comment is', () => {
  test.each([
    ['quoted text', `w 0 TXT "a ${IGNORE}"\n`],
    ['an escaped semicolon', `w 0 TXT a\\${IGNORE.replaceAll(' ', '\\ ')}\n`],
    ['a comment that only mentions us', `${ZERO} ; see zonewright-ignore core-ttl-zero -- it moves\n`],
    ['a word of another tool', `${ZERO} ; zonewright-managed core-ttl-zero\n`],
  ])('%s', (_, records) => expect(found(records)).toEqual(['1 core-ttl-zero']));
});

describe('what is wrong with a comment', () => {
  test.each<[records: string, at: string, sentence: string]>([
    [
      `v A 192.0.2.4 ${IGNORE}\n`,
      IGNORE,
      'the entry meant by this comment has no finding of core-ttl-zero that would need to be hidden',
    ],
    [
      `${ZERO} ; zonewright-ignore core-ttl-short, core-ttl-zero -- x\n`,
      'core-ttl-short',
      'the entry meant by this comment has no finding of core-ttl-short that would need to be hidden',
    ],
    [
      `${START}\n${END}\n`,
      START,
      'the block that begins here has no finding of core-ttl-zero that would need to be hidden',
    ],
    [
      '; zonewright-ignore-file core-ttl-zero -- x\n',
      '; zonewright-ignore-file core-ttl-zero -- x',
      'the file has no finding of core-ttl-zero that would need to be hidden',
    ],
    [
      `${ZERO} ; zonewright-ignore core-ttl-zerro, core-ttl-zero\n`,
      'core-ttl-zerro',
      'no rule, group or pattern is called "core-ttl-zerro"; did you mean core-ttl-zero?',
    ],
    [
      'v TXT a ; zonewright-ignore quite-another-thing\n',
      'quite-another-thing',
      'no rule, group or pattern is called "quite-another-thing"; see `zonewright rules`',
    ],
    [
      'v TXT a ; zonewright-ignore\n',
      '; zonewright-ignore',
      'the comment has no effect: found no rule, expected "zonewright-ignore RULE[, RULE] -- reason"',
    ],
    [
      'v TXT a ; zonewright-ignore -- all of it\n',
      '; zonewright-ignore -- all of it',
      'the comment has no effect: found no rule, expected "zonewright-ignore RULE[, RULE] -- reason"',
    ],
    [
      'v TXT a ; zonewright-ignore core-ttl-zero because it moves\n',
      '; zonewright-ignore core-ttl-zero because it moves',
      'the comment has no effect: found core-ttl-zero because it moves, expected "zonewright-ignore RULE[, RULE] -- reason"',
    ],
    [
      'v TXT a ; zonewright-ingore core-ttl-zero\n',
      '; zonewright-ingore core-ttl-zero',
      'the comment has no effect: found zonewright-ingore, expected "zonewright-ignore"',
    ],
    [
      '; zonewright-ignore-stop core-ttl-zero\n',
      '; zonewright-ignore-stop core-ttl-zero',
      'the comment has no effect: found zonewright-ignore-stop, expected "zonewright-ignore-start"',
    ],
    [
      '; zonewright-ignore-end\n',
      '; zonewright-ignore-end',
      'the comment has no effect: found no rule, expected "zonewright-ignore-end RULE"',
    ],
    [
      `${END}\n`,
      'core-ttl-zero',
      'no block that hides core-ttl-zero is open here; expected "zonewright-ignore-start core-ttl-zero" before it',
    ],
    [
      `${START}\n${ZERO}\n`,
      'core-ttl-zero',
      'the block that hides core-ttl-zero never ends; expected "zonewright-ignore-end core-ttl-zero" behind it',
    ],
  ])('%j', (records, at, sentence) => {
    const own = lintText(TOP + records, USUAL).filter(({ rule }) => OWN.includes(rule));
    expect(own.map((one) => [pointedAt(one), sayOf(one)])).toEqual([[at, sentence]]);
  });

  test('a missing reason, when somebody asks', () => {
    const rules = ['core-ttl-zero', 'suppression-reason-missing'];
    expect(found(`${ZERO} ; zonewright-ignore core-ttl-zero\n`, rules)).toEqual(['1 suppression-reason-missing']);
    expect(found(`${ZERO} ; zonewright-ignore core-ttl-zero --\n`, rules)).toEqual(['1 suppression-reason-missing']);
    expect(found(`${START}\n${ZERO}\n${END}\n`, rules)).toEqual([]);
  });
});

describe('an unused comment is not called so', () => {
  test('when its rule is off in this run', () => {
    expect(found(`v A 192.0.2.4 ${IGNORE}\n`, ['core-ttl-short', 'suppression-unused'])).toEqual([]);
  });

  test('when a part of its pattern is off', () => {
    expect(found('v A 192.0.2.4 ; zonewright-ignore core-ttl-* -- x\n')).toEqual([]);
    const all = RULES.filter(({ id }) => id.startsWith('core-ttl-')).map(({ id }) => id);
    const rules = [...all, 'suppression-unused'];
    expect(found('v A 192.0.2.4 ; zonewright-ignore core-ttl-* -- x\n', rules)).toEqual(['1 suppression-unused']);
  });

  test.each([
    ['the past', 'core-serial-not-raised'],
    ['certificates', 'cert-expired'],
  ])('when its rule was not given %s', (_, id) => {
    expect(found(`; zonewright-ignore-file ${id} -- x\n`, [id, 'suppression-unused'])).toEqual([]);
  });

  test('when it is there for a rule that nothing hides', () => {
    const text = `${TOP}w A 192.0.2.3\nw CNAME v ; zonewright-ignore core-cname-and-other-data -- x\n`;
    const load = activeRules(RULES, {
      profile: 'load',
      select: [],
      ignore: [],
      levels: new Map([['suppression-unused', 'warning']]),
    });
    expect(load.active.every(({ binding }) => binding === true)).toBe(true);
    const zone = readZone({ name: 'z', bytes: new TextEncoder().encode(text), origin: wire('example.net.') });
    const rules = lintZone({ zone, certificateFiles: new Map(), now: 0 }, load.active).map(({ rule }) => rule);
    expect(rules).toEqual(['core-cname-and-other-data']);
  });
});

describe('a finding about a comment', () => {
  test('is never hidden by that comment', () => {
    expect(found('; zonewright-ignore-file suppression-unused -- x\n')).toEqual(['1 suppression-unused']);
    expect(found('; zonewright-ignore-file suppression-unused, core-ttl-zero -- x\n')).toEqual([
      '1 suppression-unused',
      '1 suppression-unused',
    ]);
  });

  test('can be hidden by another one', () => {
    expect(found(`; zonewright-ignore-file suppression-unused -- x\nv A 192.0.2.4 ${IGNORE}\n`)).toEqual([]);
    expect(
      found(
        '; zonewright-ignore-file suppression-unknown-rule -- x\nv A 192.0.2.4 ; zonewright-ignore nothing-at-all\n',
      ),
    ).toEqual([]);
  });
});

describe('the fix of an unused comment', () => {
  test.each<[records: string, after: string]>([
    [`v A 192.0.2.4 ${IGNORE}\n`, 'v A 192.0.2.4\n'],
    [`v A 192.0.2.4 ${IGNORE}\r\nu A 192.0.2.4\r\n`, 'v A 192.0.2.4\r\nu A 192.0.2.4\r\n'],
    [`v A 192.0.2.4 ; web ${IGNORE}\n`, 'v A 192.0.2.4 ; web\n'],
    [`v A 192.0.2.4 ; zonewright-ignore core-ttl-zero ; web\n`, 'v A 192.0.2.4 ; web\n'],
    [`a A 192.0.2.4\n  ${IGNORE}\nv A 192.0.2.4\n`, 'a A 192.0.2.4\nv A 192.0.2.4\n'],
    [`v A 192.0.2.4\n${IGNORE}`, 'v A 192.0.2.4\n'],
    [`v TXT (\n a\n ${IGNORE}\n b )\n`, 'v TXT (\n a\n b )\n'],
    [`v TXT ( ${IGNORE}\n b )\n`, 'v TXT (\n b )\n'],
    [
      `${ZERO} ; zonewright-ignore core-ttl-short, core-ttl-zero -- x\n`,
      `${ZERO} ; zonewright-ignore core-ttl-zero -- x\n`,
    ],
    [
      `${ZERO} ; zonewright-ignore core-ttl-zero, core-ttl-short -- x\n`,
      `${ZERO} ; zonewright-ignore core-ttl-zero -- x\n`,
    ],
    [
      `${ZERO} ; zonewright-ignore core-address-special-use,core-ttl-zero , core-ttl-short -- x\n`,
      `${ZERO} ; zonewright-ignore core-ttl-zero -- x\n`,
    ],
    [`a TXT b\n${START}\nv A 192.0.2.4\n${END}\n`, 'a TXT b\nv A 192.0.2.4\n'],
    [
      '; zonewright-ignore-start core-ttl-zero, core-ttl-short -- x\nw 0 A 192.0.2.3\n; zonewright-ignore-end core-ttl-short, core-ttl-zero\n',
      '; zonewright-ignore-start core-ttl-zero -- x\nw 0 A 192.0.2.3\n; zonewright-ignore-end core-ttl-zero\n',
    ],
  ])('of %j', (records, after) => {
    const fixes = lintText(TOP + records, USUAL).flatMap((one) => one.fixes);
    const bytes = new TextEncoder().encode(TOP + records);
    expect(fixes).toHaveLength(1);
    expect(new TextDecoder().decode(applyEdits(bytes, fixes[0]?.edits ?? []))).toBe(TOP + after);
    expect(found(after)).toEqual([]);
  });
});

describe('a comment in one file of several', () => {
  const files: Readonly<Record<string, string>> = {
    'in.inc': 'v 0 A 192.0.2.4\n',
    'quiet.inc': `v 0 A 192.0.2.4 ${IGNORE}\n`,
  };
  const lint = (text: string, rules: readonly string[] = USUAL): string[] => {
    const zone = readZone({
      name: 'main',
      bytes: new TextEncoder().encode(text),
      origin: wire('example.net.'),
      readInclude: (path) => ({ name: path, bytes: new TextEncoder().encode(files[path] ?? '') }),
    });
    const active = rules.flatMap((id) => {
      const rule = findRule(id);
      return rule === undefined ? [] : [{ rule, severity: rule.level }];
    });
    const input = { zone, certificateFiles: new Map<string, Uint8Array>(), now: 0 };
    return lintZone(input, active).map((one: Diagnostic) => `${one.place.file.name} ${one.rule}`);
  };

  test('speaks for that file alone', () => {
    expect(lint(`${TOP}$INCLUDE in.inc ${IGNORE}\n`)).toEqual(['main suppression-unused', 'in.inc core-ttl-zero']);
    expect(lint(`${TOP}; zonewright-ignore-file core-ttl-zero -- x\n$INCLUDE in.inc\n`)).toContain(
      'in.inc core-ttl-zero',
    );
    expect(lint(`${TOP}$INCLUDE quiet.inc\n`)).toEqual([]);
  });

  test('counts once when the file is included twice', () => {
    expect(lint(`${TOP}$INCLUDE quiet.inc a\n$INCLUDE quiet.inc b\n`)).toEqual([]);
  });

  test('speaks for the zone as a whole from its main file', () => {
    const text = '$TTL 60\nw A 192.0.2.3\n';
    expect(lint(text, ['core-soa-missing'])).toEqual(['main core-soa-missing']);
    const quiet = `${text}; zonewright-ignore-file core-soa-missing -- part of a zone\n`;
    expect(lint(quiet, ['core-soa-missing', 'suppression-unused'])).toEqual([]);
  });
});

describe('whatever stands in a file', () => {
  const pieces = [
    ZERO,
    IGNORE,
    START,
    END,
    '\n',
    '\r\n',
    ' ',
    '(',
    ')',
    '"',
    '\\',
    ';',
    ',',
    '--',
    '*',
    'zonewright-',
    'zonewright-ignore-file dns-core',
    '; zonewright-ignore suppression-unused',
    'v TXT a',
    '\0',
    'ä',
    '$TTL 0',
    '$INCLUDE x',
    '$GENERATE 1-3 g$ 0 A 192.0.2.$',
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

  test('comments never throw, and their fixes leave no record changed', () => {
    const records = (bytes: Uint8Array): string => {
      const zone = readZone({ name: 'z', bytes, origin: wire('example.net.') });
      return JSON.stringify([
        [...zone.types.subarray(0, zone.count)],
        [...zone.ttls.subarray(0, zone.count)],
        Buffer.from(zone.rdata.subarray(0, zone.rdataUsed)).toString('hex'),
      ]);
    };
    fc.assert(
      fc.property(text, (body) => {
        const all = TOP + body;
        for (const one of lintText(all, USUAL)) {
          const { start, end } = one.place.span;
          expect(start).toBeLessThanOrEqual(end);
          if (!OWN.includes(one.rule)) continue;
          expect(sayOf(one)).not.toMatch(/undefined/);
          const bytes = Uint8Array.from(Buffer.from(all, 'latin1'));
          for (const fix of one.fixes.filter(({ safe }) => safe)) {
            expect(records(applyEdits(bytes, fix.edits))).toBe(records(bytes));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('findings hidden and shown are those of the file without comments', () => {
    fc.assert(
      fc.property(text, (body) => {
        const quiet = body.replaceAll('zonewright-', 'zonewronght');
        const plain = lintText(TOP + quiet, ['core-ttl-zero']).map(({ place }) => place.span.start);
        const shown = lintText(TOP + body, ['core-ttl-zero']).map(({ place }) => place.span.start);
        expect(plain.filter((start) => shown.includes(start))).toEqual(shown);
      }),
      { numRuns: 500 },
    );
  });

  test('many comments stay linear', () => {
    const time = (count: number): number => {
      const body = `${START}\n${`w 0 A 192.0.2.3 ; zonewright-ignore core-ttl-none\n${IGNORE}\n`.repeat(count)}`;
      const start = performance.now();
      lintText(TOP + body, USUAL);
      return performance.now() - start;
    };
    time(500);
    const small = Math.min(time(2000), time(2000), time(2000));
    expect(time(16_000)).toBeLessThan(32 * small + 200);
  });
});
