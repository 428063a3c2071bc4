import { describe, expect, it } from 'vitest';
import { rdataFromText } from '../../lib/rr/codec.ts';
import { genericText, ORIGIN, toHex, typeNumber } from './rdata.ts';
import {
  type Answers,
  askBind,
  askDnspython,
  bindTexts,
  dnspythonTexts,
  ldnsTexts,
  type Question,
  version,
} from './tools.ts';
import { VECTORS } from './vectors/all.ts';
import type { GoodVector } from './vectors/shape.ts';

const rows = VECTORS.flatMap(({ type, good }) => good.map((vector) => ({ type, ...vector })));

const questions: readonly Question[] = rows.map(({ type, text }) => ({ type, text }));

/** Texts of ldns 1.8.3 that are not the form of the type, or leave out empty and quoted parts. */
const LDNS_MISTAKES: readonly string[] = [
  'ATMA 0039246f000e7c9c03120001000100001234567800',
  'ATMA 013631323030303030303030',
  'ATMA 0136313230303030',
  String.raw`NS @$\(\)\;"\\.example.net.`,
  'NSAP-PTR "foo"',
  'URI 10 1',
  'CAA 0 issue',
  String.raw`NXT medium.foo. \# 4 40010082`,
  String.raw`SVCB 16 foo.example.net. alpn=f\\oo\,bar,h2`,
  'SINK 8',
  'SINK 1',
];

/** dnspython 2.3 does not escape quotes in the target of URI. */
const DNSPYTHON_MISTAKES: readonly string[] = ['URI 0 65535 "https://www.example.com/%C3%A9?q="x""'];

describe('the wire forms of the vectors are those of other software', () => {
  const opinions = new Map<string, Answers>();

  it('BIND', ({ skip }) => compare('named-compilezone', askBind, skip));
  it('dnspython', ({ skip }) => compare('python3-dnspython', askDnspython, skip));

  it('each vector is confirmed by one of them, or is known to stand alone', ({ skip }) => {
    if (opinions.size < 2) return skip('needs both named-compilezone and python3-dnspython');
    if (!version('named-compilezone', ['-v'])?.startsWith('9.18')) return skip('measured with BIND 9.18 only');
    const confirmed = (index: number) => [...opinions.values()].some((answers) => answers[index] !== undefined);
    const known = rows.filter((row) => row.alone).map(titleOf);
    const alone = rows.filter((_, index) => !confirmed(index)).map(titleOf);
    expect(alone.filter((title) => !known.includes(title))).toEqual([]);
  });

  function compare(
    name: string,
    ask: (questions: readonly Question[]) => Answers | undefined,
    skip: (note: string) => void,
  ): void {
    const answers = ask(questions);
    if (answers === undefined) {
      console.log(`cross-check skipped: ${name} is not installed`);
      skip(`${name} is not installed`);
      return;
    }
    opinions.set(name, answers);
    const known = rows.filter((_, index) => answers[index] !== undefined);
    expect(known.length).toBeGreaterThan(150);
    const theirs = rows.map((row, index) => [titleOf(row), answers[index] ?? row.wire]);
    expect(theirs).toEqual(rows.map((row) => [titleOf(row), row.wire]));
  }
});

describe('what other software writes of the wire forms we read as the same octets', () => {
  const generic = rows.map(({ type, wire }) => ({ type: `TYPE${typeNumber(type)}`, text: genericText(wire) }));

  it.each([
    { name: 'named-compilezone', ask: bindTexts, miswritten: [] },
    { name: 'ldns-read-zone', ask: ldnsTexts, miswritten: LDNS_MISTAKES },
    { name: 'python3-dnspython', ask: dnspythonTexts, miswritten: DNSPYTHON_MISTAKES },
  ])('$name', ({ name, ask, miswritten }) => {
    const texts = ask(generic);
    if (texts === undefined) {
      console.log(`cross-check skipped: ${name} is not installed`);
      return;
    }
    expect(texts.filter((text) => text !== undefined && !text.startsWith('\\#')).length).toBeGreaterThan(100);
    const misread = rows.flatMap(({ type, wire }, index) => {
      const text = texts[index];
      if (text === undefined) return [];
      const read = rdataFromText(typeNumber(type), text, ORIGIN);
      return 'rdata' in read && toHex(read.rdata) === wire ? [] : [`${type} ${text}`];
    });
    expect(misread.filter((one) => !miswritten.includes(one))).toEqual([]);
  });
});

function titleOf({ type, text }: GoodVector & { type: string }): string {
  return `${type} ${text}`;
}
