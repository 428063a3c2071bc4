import { describe, expect, it } from 'vitest';
import { type Answers, askBind, askDnspython, type Question, version } from './tools.ts';
import { VECTORS } from './vectors/all.ts';
import type { GoodVector } from './vectors/shape.ts';

const rows = VECTORS.flatMap(({ type, good }) => good.map((vector) => ({ type, ...vector })));

const questions: readonly Question[] = rows.map(({ type, text }) => ({ type, text }));

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

function titleOf({ type, text }: GoodVector & { type: string }): string {
  return `${type} ${text}`;
}
