/** A value of a configuration file with its place in the text (an index into the string). */
export type ConfigNode = ScalarNode | ListNode | MapNode;

/** Text, a number, a truth value or null. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly at: number;
  readonly value: string | number | boolean | null;
}

/** A list of values. */
export interface ListNode {
  readonly kind: 'list';
  readonly at: number;
  readonly items: readonly ConfigNode[];
}

/** Members by name, each name once. */
export interface MapNode {
  readonly kind: 'map';
  readonly at: number;
  readonly members: ReadonlyMap<string, Member>;
}

/** A name with its value; the name has a place of its own. */
export interface Member {
  readonly name: string;
  readonly at: number;
  readonly value: ConfigNode;
}

/** Something wrong at a place of the text. */
export interface PlacedProblem {
  readonly at: number;
  readonly message: string;
}

/** What reading a text gives: its value, or why it has none. */
export type ParsedTree = { readonly root: ConfigNode } | { readonly problem: PlacedProblem };

/** Levels that lists and maps may have inside each other; a configuration needs six. */
export const DEEPEST = 20;

/** The value of a node as a program has it; maps have no prototype, so that no name is special. */
export function plainValue(node: ConfigNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map': {
      const value = Object.create(null) as Record<string, unknown>;
      for (const [name, member] of node.members) value[name] = plainValue(member.value);
      return value;
    }
  }
}

/** The member of a map by its name. */
export function memberOf(node: ConfigNode | undefined, name: string): Member | undefined {
  return node?.kind === 'map' ? node.members.get(name) : undefined;
}

/** What a JSON pointer (RFC 6901) leads to: the node, and its way as people write it, such as `overrides[1].rules`. */
export function follow(root: ConfigNode, pointer: string): { readonly node: ConfigNode; readonly way: string } {
  let node = root;
  let way = '';
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = node.kind === 'list' ? node.items[Number(name)] : memberOf(node, name)?.value;
    if (next === undefined) break;
    way = node.kind === 'list' ? `${way}[${name}]` : memberWay(way, name);
    node = next;
  }
  return { node, way };
}

/** The way to a member: `rules.mx-single`, with brackets around a name that has other characters. */
export function memberWay(way: string, name: string): string {
  if (!/^[\w$-]{1,64}$/u.test(name)) return `${way}[${JSON.stringify(shortened(name))}]`;
  return way === '' ? name : `${way}.${name}`;
}

/** Text that fits into a sentence. */
export function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

/** Lines and columns of a text, both from 1; columns count characters. */
export class TextPlaces {
  private readonly text: string;
  private readonly starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** Line and column; takes time in proportion to the length of the line. */
  of(at: number): { readonly line: number; readonly column: number } {
    const line = this.line(at);
    return { line, column: [...this.text.slice(this.starts[line - 1], at)].length + 1 };
  }

  line(at: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
}
