import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { root } from './sources.ts';

type Lists = Record<string, string[]>;

const listFile = join(root, 'test/house/exports.json');

describe('the public surface', () => {
  const now = publicExports();

  test('is the one written down in exports.json', () => {
    // `npm run exports` sets this: a changed surface is looked at in the diff of that file.
    if (process.env['UPDATE_EXPORTS'] === '1') writeFileSync(listFile, `${JSON.stringify(now, null, 2)}\n`);
    expect(now, "if the change is meant, run 'npm run exports'").toEqual(JSON.parse(readFileSync(listFile, 'utf8')));
  });

  test('has a list for every folder that package.json exports', () => {
    const missing = Object.values(publicFiles()).filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  test('has no name without a value or a type behind it', () => {
    const unresolved = Object.values(now).flatMap((names) => names.filter((name) => name.endsWith(' (unresolved)')));
    expect(unresolved).toEqual([]);
  });

  test('tells values, types and broken names apart', () => {
    const files = {
      '/a.ts': `export { b, type C } from './b.ts';\nexport * from './d.ts';\nexport { gone } from './b.ts';`,
      '/b.ts': 'export const b = 1; export interface C {}',
      '/d.ts': 'export type D = 1; export function e() {}',
    };
    expect(exportsOf(memoryProgram(files), '/a.ts')).toEqual(['C (type)', 'D (type)', 'b', 'e', 'gone (unresolved)']);
  });
});

function publicFiles(): Record<string, string> {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, unknown>;
  };
  const files: Record<string, string> = {};
  for (const [subpath, target] of Object.entries(exports)) {
    if (typeof target !== 'object' || target === null || !('default' in target)) continue;
    files[subpath] = String(target.default).replace('./dist/', '').replace(/js$/, 'ts');
  }
  return files;
}

function publicExports(): Lists {
  const files = Object.entries(publicFiles()).filter(([, path]) => existsSync(join(root, path)));
  const program = ts.createProgram(
    files.map(([, path]) => join(root, path)),
    options,
  );
  return Object.fromEntries(files.map(([subpath, path]) => [subpath, exportsOf(program, join(root, path))]));
}

const options: ts.CompilerOptions = {
  noLib: true,
  types: [],
  allowImportingTsExtensions: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

function exportsOf(program: ts.Program, path: string): string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(path);
  const symbol = file && checker.getSymbolAtLocation(file);
  if (symbol === undefined) return [];
  return checker
    .getExportsOfModule(symbol)
    .map((each) => each.name + kindOf(each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each))
    .sort();
}

function kindOf(symbol: ts.Symbol): string {
  if (symbol.flags & ts.SymbolFlags.Value && symbol.name !== 'unknown') return '';
  return symbol.flags & ts.SymbolFlags.Type ? ' (type)' : ' (unresolved)';
}

function memoryProgram(files: Readonly<Record<string, string>>): ts.Program {
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    fileExists: (path) => Object.hasOwn(files, path),
    readFile: (path) => files[path],
    getSourceFile: (path, target) => {
      const text = files[path];
      return text === undefined ? undefined : ts.createSourceFile(path, text, target);
    },
  };
  return ts.createProgram(Object.keys(files), options, host);
}
