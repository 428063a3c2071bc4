import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parse, place, readSources, type Source, walk } from './sources.ts';

/** The only places where the name of a record type may decide something: its table, rules, the mail protocols and formats of other tools. */
const typeAware = /^lib\/(rr\/types[^/]*\.ts|lint\/rules\/.*|mail\/.*|zone\/formats\/.*)$/;

/** Mnemonics of types that shared code is tempted to branch on. */
const mnemonics = new Set(
  (
    'A NS CNAME SOA PTR HINFO MX TXT RP AAAA LOC SRV NAPTR DNAME OPT APL DS SSHFP RRSIG NSEC DNSKEY NSEC3 NSEC3PARAM ' +
    'TLSA SMIMEA CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD SVCB HTTPS SPF URI CAA CLIENTMX CMX TYPE265 TSIG AXFR IXFR ANY'
  ).split(' '),
);

describe('the words of the sources', () => {
  const lib = readSources('lib');
  const all = readSources('cli', 'lib', 'test');

  test('shared code asks the table of types and never compares mnemonics', () => {
    expect(mnemonicBranches(lib)).toEqual([]);
  });

  test('every exported thing of cli and lib has a docstring', () => {
    expect(undocumented(all.filter(({ path }) => /^(cli|lib)\//.test(path)))).toEqual([]);
  });

  test('no comment puts work off', () => {
    expect(postponed(all)).toEqual([]);
  });

  test('no test is skipped or left alone without a reason', () => {
    expect(all.filter(({ path }) => path.endsWith('.test.ts')).flatMap(silencedTests)).toEqual([]);
  });

  test.each([
    `if (type === 'MX') f();`,
    `if ('SRV' != type) f();`,
    `switch (type) { case 'TXT': f(); }`,
    `if (['A', 'AAAA'].includes(type)) f();`,
    `const s = new Set(['SOA']);`,
    'const o = { CLIENTMX: f }[type];',
  ])('finds the branch in %s', (text) => {
    expect(mnemonicBranches([{ path: 'lib/zone/a.ts', text }])).not.toEqual([]);
    expect(mnemonicBranches([{ path: 'lib/lint/rules/a.ts', text }])).toEqual([]);
  });

  test.each([
    'export function f(): void {}',
    'export const f = 1;',
    'export interface F {}',
    'export type F = 1;',
    '/* no docstring */ export class F {}',
    '// no docstring\nexport function f(): void {}',
  ])('finds the missing docstring of %s', (text) => {
    expect(undocumented([{ path: 'lib/a.ts', text }])).toHaveLength(1);
    expect(
      undocumented([{ path: 'lib/a.ts', text: `/** What holds. */\n${text.replace(/^\/.*?(?=export)/s, '')}` }]),
    ).toEqual([]);
  });

  test('one docstring serves a run of constants, up to the next blank line', () => {
    const text = '/** Kinds. */\nexport const a = 1;\nexport const b = 2;\n\nexport const c = 3;';
    expect(undocumented([{ path: 'lib/a.ts', text }])).toEqual(['lib/a.ts:5 exports something without a docstring']);
  });

  test.each(['TODO', 'FIXME', 'XXX', 'HACK'])('finds a comment with %s', (mark) => {
    expect(postponed([{ path: 'lib/a.ts', text: `f(); // ${mark}: later` }])).toHaveLength(1);
    expect(postponed([{ path: 'lib/a.ts', text: `f('// ${mark}: a zone file may say so');` }])).toEqual([]);
  });

  test.each(['test.skip("a", f);', 'describe.only("a", f);', 'it.todo("a");'])('finds %s', (text) => {
    expect(silencedTests({ path: 'test/a.test.ts', text })).toHaveLength(1);
  });

  test('lets a missing tool skip a test that names it', () => {
    const text = 'test.skipIf(missing)("agrees with the tool", f); describe.runIf(present)("b", f);';
    expect(silencedTests({ path: 'test/a.test.ts', text })).toEqual([]);
  });
});

function mnemonicBranches(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => !typeAware.test(path))
    .flatMap((source) => {
      const file = parse(source);
      const found: string[] = [];
      walk(file, (node) => {
        if (decides(node)) found.push(`${place(file, node)} decides by ${node.getText(file)}`);
      });
      return found;
    });
}

function decides(node: ts.Node): boolean {
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) return mnemonics.has(node.name.text);
  if (!ts.isStringLiteralLike(node) || !mnemonics.has(node.text)) return false;
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return /^[!=]==?$/.test(parent.operatorToken.getText());
  return ts.isCaseClause(parent) || ts.isArrayLiteralExpression(parent) || ts.isPropertyAssignment(parent);
}

function undocumented(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const file = parse(source);
    return file.statements
      .filter((each) => ts.canHaveModifiers(each) && isExported(each) && ts.getJSDocCommentsAndTags(each).length === 0)
      .filter((each) => !continues(file, each))
      .map((each) => `${place(file, each)} exports something without a docstring`);
  });
}

function isExported(node: ts.HasModifiers): boolean {
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** An overload, or a constant in an unbroken run of constants, shares the docstring of the first. */
function continues(file: ts.SourceFile, node: ts.Statement): boolean {
  const before = file.statements[file.statements.indexOf(node) - 1];
  if (before === undefined) return false;
  if (ts.isFunctionDeclaration(before) && ts.isFunctionDeclaration(node)) return before.name?.text === node.name?.text;
  const unbroken = !/\n\s*\n/.test(file.text.slice(before.end, node.getStart(file)));
  if (!ts.isVariableStatement(before) || !ts.isVariableStatement(node) || !unbroken) return false;
  return ts.getJSDocCommentsAndTags(before).length > 0 || continues(file, before);
}

function postponed(sources: readonly Source[]): string[] {
  return sources.flatMap((source) =>
    comments(source)
      .filter((each) => /\b(TODO|FIXME|XXX|HACK)\b/.test(each))
      .map((each) => `${source.path}: ${each}`),
  );
}

function comments({ text }: Source): string[] {
  const file = parse({ path: 'a.ts', text });
  const found = new Map<number, string>();
  walk(file, (node) => {
    for (const at of [node.getFullStart(), node.end]) {
      const ranges = [
        ...(ts.getLeadingCommentRanges(text, at) ?? []),
        ...(ts.getTrailingCommentRanges(text, at) ?? []),
      ];
      for (const { pos, end } of ranges) found.set(pos, text.slice(pos, end));
    }
  });
  return [...found.values()];
}

function silencedTests(source: Source): string[] {
  const file = parse(source);
  const found: string[] = [];
  walk(file, (node) => {
    const silenced = ts.isPropertyAccessExpression(node) && /^(skip|only|todo|fails)$/.test(node.name.text);
    if (silenced && /^(test|it|describe)\b/.test(node.getText(file)))
      found.push(`${place(file, node)} ${node.getText(file)}`);
  });
  return found;
}
