import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import { type ConfigNode, DEEPEST, type Member, type ParsedTree, type PlacedProblem, shortened } from './tree.ts';

/** Words and signs that are looked at; a configuration of a thousand overrides has 60,000. */
const MOST_LEXEMES = 100_000;
/** Levels of the parser's stack, of which a value takes up to three. */
const DEEPEST_STACK = 3 * DEEPEST + 20;
/** Values that a document may have once its aliases are replaced by what they stand for. */
const MOST_VALUES = 100_000;

/** Reads the one document of a YAML 1.2 text; what is large or deep enough to exhaust the parser is refused before it gets that far. */
export function parseYaml(text: string): ParsedTree {
  const document = compose(text);
  if ('problem' in document) return document;
  const converter = new Converter();
  try {
    if (document.contents === null) return problem(0, 'the file is empty; write at least {}');
    return { root: converter.node(document.contents, 0) };
  } catch (error) {
    if (error instanceof Stop) return problem(error.at, error.message);
    throw error;
  }
}

function problem(at: number, message: string): { readonly problem: PlacedProblem } {
  return { problem: { at, message } };
}

function compose(text: string): ReturnType<typeof parsedBy> {
  const lexer = new Lexer();
  const parser = new Parser();
  const tokens: ReturnType<Parser['next']> extends Generator<infer Token> ? Token[] : never = [];
  let count = 0;
  for (const lexeme of lexer.lex(text)) {
    count++;
    if (count > MOST_LEXEMES) return problem(text.length, `the file has more than ${MOST_LEXEMES} words and signs`);
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > DEEPEST_STACK) return problem(0, tooDeep());
  }
  tokens.push(...parser.end());
  return parsedBy(tokens, text);
}

function parsedBy(
  tokens: Parameters<Composer['compose']>[0],
  text: string,
): { readonly problem: PlacedProblem } | { readonly contents: unknown } {
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent', version: '1.2' });
  let contents: unknown = null;
  let documents = 0;
  for (const document of composer.compose(tokens, true, text.length)) {
    const [error] = document.errors;
    if (error !== undefined) return problem(error.pos[0], sentence(error.message));
    if (++documents > 1) return problem(document.range[0], 'the file has a second document; one is all there can be');
    contents = document.contents;
  }
  return { contents };
}

function tooDeep(): string {
  return `values are nested more than ${DEEPEST} levels deep`;
}

function sentence(message: string): string {
  const line = message.split('\n')[0] ?? '';
  return shortened(line.charAt(0).toLowerCase() + line.slice(1));
}

class Stop extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Turns nodes of the YAML package into ours. */
class Converter {
  /** What each anchor stands for, with how many values that is. */
  private readonly anchors = new Map<string, { readonly node: ConfigNode; readonly size: number }>();
  private count = 0;

  node(value: unknown, depth: number): ConfigNode {
    const at = startOf(value);
    if (depth > DEEPEST) throw new Stop(at, tooDeep());
    if (isAlias(value)) return this.alias(value.source, at);
    const before = this.count;
    this.add(1, at);
    const node = this.plain(value, at, depth);
    const anchor = isMap(value) || isSeq(value) || isScalar(value) ? value.anchor : undefined;
    if (anchor !== undefined) this.anchors.set(anchor, { node, size: this.count - before });
    return node;
  }

  private plain(value: unknown, at: number, depth: number): ConfigNode {
    if (isMap(value)) return { kind: 'map', at, members: this.members(value.items, depth) };
    if (isSeq(value)) return { kind: 'list', at, items: value.items.map((item) => this.node(item, depth + 1)) };
    const scalar = isScalar(value) ? value.value : value;
    if (scalar === null || scalar === undefined) return { kind: 'scalar', at, value: null };
    if (typeof scalar === 'string' || typeof scalar === 'number' || typeof scalar === 'boolean') {
      return { kind: 'scalar', at, value: scalar };
    }
    throw new Stop(at, 'a value of this kind has no use here');
  }

  private members(pairs: readonly { key: unknown; value: unknown }[], depth: number): Map<string, Member> {
    const members = new Map<string, Member>();
    for (const { key, value } of pairs) {
      const at = startOf(key);
      const name = isScalar(key) ? String(key.value) : undefined;
      if (name === undefined) throw new Stop(at, 'a name has to be plain text');
      if (members.has(name)) throw new Stop(at, `"${shortened(name)}" stands here for the second time`);
      const node = value === null ? ({ kind: 'scalar', at, value: null } as const) : this.node(value, depth + 1);
      members.set(name, { name, at, value: node });
    }
    return members;
  }

  private alias(name: string, at: number): ConfigNode {
    const known = this.anchors.get(name);
    if (known === undefined) throw new Stop(at, `nothing before has the anchor "${shortened(name)}"`);
    this.add(known.size, at);
    return known.node;
  }

  private add(values: number, at: number): void {
    this.count += values;
    if (this.count > MOST_VALUES) throw new Stop(at, `the aliases stand for more than ${MOST_VALUES} values`);
  }
}

function startOf(node: unknown): number {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) ? Number(range[0]) : 0;
}
