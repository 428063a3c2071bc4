import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import { parse, place, type Source, walk } from './sources.ts';

/** The rooms from left to right, each with the rooms to its left that it needs. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  text: [],
  rr: ['text'],
  wire: ['text', 'rr'],
  zone: ['text', 'rr'],
  dnssec: ['text', 'rr', 'wire', 'zone'],
  certs: ['text', 'rr'],
  mail: ['text', 'rr', 'zone', 'certs'],
  lint: ['text', 'rr', 'zone', 'dnssec', 'certs', 'mail'],
  edit: ['text', 'rr', 'zone', 'mail'],
  server: ['text', 'rr', 'wire', 'zone', 'dnssec', 'edit'],
  acme: ['text', 'rr', 'certs', 'mail'],
  net: ['text', 'rr', 'wire', 'certs', 'mail', 'server', 'acme'],
  config: ['text', 'rr', 'certs', 'lint', 'server'],
  testing: ['text', 'rr', 'wire', 'zone', 'dnssec', 'certs', 'mail', 'lint', 'edit', 'server', 'acme', 'net', 'config'],
  cli: [
    'text',
    'rr',
    'wire',
    'zone',
    'dnssec',
    'certs',
    'mail',
    'lint',
    'edit',
    'server',
    'acme',
    'net',
    'config',
    'testing',
  ],
};

/** Where a room may only use some files of another one. */
const narrow: readonly { readonly from: string; readonly to: string; readonly only: RegExp; readonly why: string }[] = [
  { from: 'certs', to: 'rr', only: /^lib\/rr\/names?(-[a-z]+)?\.ts$/, why: 'certificates know names, not records' },
];

/** Modules of Node that touch nothing outside the process and may be used everywhere. */
const pureModules = new Set(['buffer', 'path', 'path/posix', 'url', 'util']);

/** Every other module, of Node or from a package, and the files that may use it. */
const owners: readonly { readonly modules: RegExp; readonly allowed: RegExp }[] = [
  { modules: /^(fs(\/promises)?|child_process)$/, allowed: /^cli\/io(-write)?\.ts$/ },
  { modules: /^(net|dgram|tls|https?|http2|dns(\/promises)?)$/, allowed: /^lib\/net\// },
  { modules: /^crypto$/, allowed: /^(lib\/(certs|dnssec)\/|lib\/wire\/tsig(-[a-z]+)?\.ts$|cli\/lint\/cache\.ts$)/ },
  { modules: /^(module|os|process|worker_threads|perf_hooks|v8|readline|tty|events|stream)$/, allowed: /^cli\// },
  { modules: /^chokidar$/, allowed: /^cli\/watch-files\.ts$/ },
  { modules: /^(commander|tinyglobby)$/, allowed: /^cli\// },
  { modules: /^dns-zonefile$/, allowed: /^cli\/convert\// },
  { modules: /^(ink|react)(\/.*)?$/, allowed: /^cli\/tui\// },
  { modules: /^(ajv(-formats)?(\/.*)?|yaml)$/, allowed: /^lib\/config\// },
  { modules: /^vitest$/, allowed: /^lib\/testing\/vitest\.ts$/ },
];

/** Functions of a module with sockets that open none. */
const pureFunctions: Readonly<Record<string, readonly string[]>> = { net: ['isIP', 'isIPv4', 'isIPv6'] };

interface Import {
  readonly from: string;
  readonly to: string;
  readonly where: string;
  /** The names taken, when they are listed one by one. */
  readonly names: readonly string[] | undefined;
}

/** Everything in cli and lib that breaks the import law, one sentence each. */
export function importViolations(sources: readonly Source[]): string[] {
  const imports = sources.flatMap((source) => readImports(source));
  return [
    ...imports.flatMap((each) => (isRelative(each.to) ? roomViolations(each) : moduleViolations(each))),
    ...cycles(imports).map((cycle) => `cycle: ${cycle.join(' -> ')}`),
  ];
}

/** Uses of the clock, of randomness and of the process inside lib, where they have to be arguments. */
export function worldViolations(sources: readonly Source[]): string[] {
  const globals =
    /^(Date\.now|Math\.random|performance\.now|globalThis\.process|process\.\w+|console\.\w+|crypto\.\w+)$/;
  return (
    sources
      // Test programs that use the library in process get the real world where they give none.
      .filter(({ path }) => path.startsWith('lib/') && path !== 'lib/testing/world.ts')
      .flatMap((source) => {
        const file = parse(source);
        const found: string[] = [];
        walk(file, (node) => {
          const clock = ts.isNewExpression(node) && node.expression.getText(file) === 'Date' && !node.arguments?.length;
          const global =
            ts.isPropertyAccessExpression(node) && globals.test(node.getText(file)) && !isLocal(file, node);
          if (clock || global) found.push(`${place(file, node)} uses ${node.getText(file)}: make it an argument`);
        });
        return found;
      })
  );
}

function isLocal(file: ts.SourceFile, node: ts.PropertyAccessExpression): boolean {
  const name = node.expression.getText(file);
  let imported = false;
  walk(file, (each) => {
    if (
      (ts.isImportClause(each) || ts.isNamespaceImport(each) || ts.isImportSpecifier(each) || ts.isParameter(each)) &&
      each.name?.getText(file) === name
    )
      imported = true;
  });
  return imported;
}

function readImports(source: Source): Import[] {
  const file = parse(source);
  const found: Import[] = [];
  walk(file, (node) => {
    const specifier = importedModule(node);
    if (specifier !== undefined)
      found.push({ from: source.path, to: specifier, where: place(file, node), names: importedNames(node) });
  });
  return found;
}

function importedModule(node: ts.Node): string | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined)
    return literal(node.moduleSpecifier);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0] === undefined ? undefined : literal(node.arguments[0]);
  if (ts.isCallExpression(node) && /\bgetBuiltinModule$/.test(node.expression.getText()))
    return node.arguments[0] === undefined ? undefined : literal(node.arguments[0]);
  return undefined;
}

function importedNames(node: ts.Node): string[] | undefined {
  const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
  if (clause?.name !== undefined || clause?.namedBindings === undefined) return undefined;
  if (!ts.isNamedImports(clause.namedBindings)) return undefined;
  return clause.namedBindings.elements.map((each) => (each.propertyName ?? each.name).text);
}

function literal(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : '(computed)';
}

function roomViolations({ from, to, where }: Import): string[] {
  const target = resolve(from, to);
  const [here, there] = [roomOf(from), roomOf(target)];
  const found: string[] = [];
  if (!/\.tsx?$/.test(target) && !/\.generated\.js$/.test(target)) found.push('name the file with its .ts extension');
  if (from === 'lib/index.ts') return found.map((words) => `${where} imports '${to}': ${words}`);
  if (posix.basename(target) === 'index.ts') found.push('import from the defining file, not from an index.ts');
  if (here === undefined) found.push(`${from} is in no known room`);
  else if (there === undefined) found.push(`${target} is in no known room`);
  else if (here !== there && !rooms[here]?.includes(there)) found.push(`${here} may not know ${there}`);
  for (const rule of narrow) {
    if (rule.from === here && rule.to === there && !rule.only.test(target)) found.push(rule.why);
  }
  if (/\.generated\.js$/.test(target) && here !== 'config') found.push('only lib/config uses the validators');
  return found.map((words) => `${where} imports '${to}': ${words}`);
}

function moduleViolations({ from, to, where, names }: Import): string[] {
  const name = to.replace(/^node:/, '');
  const isNode = to.startsWith('node:') || builtinModules.includes(name);
  if (isNode && pureModules.has(name)) return [];
  if (names?.every((each) => pureFunctions[name]?.includes(each))) return [];
  const owner = owners.find(({ modules }) => modules.test(name));
  if (owner === undefined) return [`${where} imports '${to}': no room is allowed to, see the owners of modules`];
  return owner.allowed.test(from) ? [] : [`${where} imports '${to}': only ${owner.allowed.source} may`];
}

function cycles(imports: readonly Import[]): string[][] {
  const edges = new Map<string, string[]>();
  for (const { from, to } of imports) {
    if (isRelative(to)) edges.set(from, [...(edges.get(from) ?? []), resolve(from, to)]);
  }
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path]);
    if (start >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}

function resolve(from: string, to: string): string {
  return posix.normalize(posix.join(posix.dirname(from), to));
}

function roomOf(path: string): string | undefined {
  const [top, room] = path.split('/');
  const name = top === 'lib' ? room : top;
  return name !== undefined && Object.hasOwn(rooms, name) ? name : undefined;
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('.');
}
