import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parse, place, readSources, type Source, walk } from './sources.ts';

const fileLimit = 400;
const functionLimit = 70;

/** Files that may be longer, because they are a table that is read by looking something up. */
const tables: Readonly<Record<string, string>> = {};

describe('the size limits', () => {
  const sources = readSources('cli', 'lib');

  test(`a file has at most ${fileLimit} lines`, () => {
    expect(longFiles(sources.filter(({ path }) => !Object.hasOwn(tables, path)))).toEqual([]);
  });

  test(`a function has at most ${functionLimit} lines`, () => {
    expect(longFunctions(sources)).toEqual([]);
  });

  test('only files that need the exemption have it', () => {
    const long = longFiles(sources).map((each) => each.replace(/:.*/, ''));
    expect(Object.keys(tables).filter((path) => !long.includes(path))).toEqual([]);
  });

  test('a file one line too long is found', () => {
    expect(longFiles([lines('lib/a.ts', fileLimit)])).toEqual([]);
    expect(longFiles([lines('lib/a.ts', fileLimit + 1)])).toEqual(['lib/a.ts: 401 lines']);
  });

  test.each([
    ['function', 'function f() {', '}'],
    ['arrow', 'const f = () => {', '};'],
    ['method', 'const o = { f() {', '} };'],
    ['accessor', 'class C { get f() {', 'return 1; } }'],
  ])('a long %s is found', (_, open, close) => {
    const body = (count: number): Source => ({
      path: 'lib/a.ts',
      text: `\n${open}\n${'0;\n'.repeat(count - 2)}${close}\n`,
    });
    expect(longFunctions([body(functionLimit)])).toEqual([]);
    expect(longFunctions([body(functionLimit + 1)])).toEqual(['lib/a.ts:2: f has 71 lines']);
  });
});

function longFiles(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const count = text.replace(/\n$/, '').split('\n').length;
    return count > fileLimit ? [`${path}: ${count} lines`] : [];
  });
}

function longFunctions(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const file = parse(source);
    const found: string[] = [];
    walk(file, (node) => {
      if (!ts.isFunctionLike(node)) return;
      const line = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
      const count = line(node.end) - line(node.getStart(file)) + 1;
      if (count > functionLimit) found.push(`${place(file, node)}: ${functionName(file, node)} has ${count} lines`);
    });
    return found;
  });
}

function functionName(file: ts.SourceFile, node: ts.SignatureDeclaration): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return named?.getText(file) ?? 'a function without a name';
}

function lines(path: string, count: number): Source {
  return { path, text: '0;\n'.repeat(count) };
}
