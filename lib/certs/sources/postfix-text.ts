/** A parameter of main.cf as written, with the line its last definition starts in. */
export interface PostfixParameter {
  readonly text: string;
  readonly line: number;
}

/** What an expansion gave; `fault` says why Postfix would refuse the value. */
export interface Expansion {
  readonly value: string;
  /** Names that nothing sets, in the order of use. */
  readonly unknown: readonly string[];
  readonly fault?: string;
}

/** Postfix gives up at this depth of parameters that name each other. */
const DEEPEST = 100;
/** No path is longer, and the stop keeps a value that doubles itself cheap. */
const LONGEST = 65_536;

/** A line with its continuations, and the number it begins in, counted from 1. */
export interface LogicalLine {
  readonly text: string;
  readonly line: number;
}

/**
 * The logical lines of a file of Postfix (postconf(5)): a line that begins with white space continues the one before, lines of white space
 * or comments between them do not end it.
 */
export function logicalLines(text: string): readonly LogicalLine[] {
  const lines: { text: string; line: number }[] = [];
  text.split('\n').forEach((written, at) => {
    const line = written.replace(/\r$/u, '');
    if (/^\s*(?:#|$)/u.test(line)) return;
    const last = lines.at(-1);
    if (/^\s/u.test(line) && last !== undefined) last.text += line;
    else lines.push({ text: line.trimStart(), line: at + 1 });
  });
  return lines;
}

/** The parameters of a main.cf by name; the last definition counts (postconf(5)). */
export function readMainCf(text: string): ReadonlyMap<string, PostfixParameter> {
  const found = new Map<string, PostfixParameter>();
  for (const { text: logical, line } of logicalLines(text)) {
    const match = /^([^\s={}]+)\s*=([\s\S]*)$/u.exec(logical);
    if (match !== null) found.set(match[1]!, { text: match[2]!.trim(), line });
  }
  return found;
}

/**
 * Replaces `$name`, `$(name)`, `${name}`, `${name?text}`, `${name:text}`, `${name?{text}:{text}}` and
 * `${{text} == {text} ? {text} : {text}}` as postconf(5) describes; `lookup` gives the text of a parameter, itself unexpanded.
 */
export function expand(text: string, lookup: (name: string) => string | undefined): Expansion {
  const unknown: string[] = [];
  try {
    const value = new Expander(lookup, unknown).expand(text, 0);
    return { value: value.trim(), unknown: [...new Set(unknown)] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { value: '', unknown: [...new Set(unknown)], fault: error.message };
  }
}

class Refused extends Error {}

class Expander {
  private readonly lookup: (name: string) => string | undefined;
  private readonly unknown: string[];
  private spent = 0;

  constructor(lookup: (name: string) => string | undefined, unknown: string[]) {
    this.lookup = lookup;
    this.unknown = unknown;
  }

  expand(text: string, depth: number): string {
    if (depth > DEEPEST) throw new Refused('its parameters name each other in a circle');
    let result = '';
    let at = 0;
    while (at < text.length) {
      const dollar = text.indexOf('$', at);
      if (dollar === -1) return result + text.slice(at);
      result += text.slice(at, dollar);
      const next = text[dollar + 1];
      if (next === '$') {
        result += '$';
        at = dollar + 2;
      } else if (next === '{' || next === '(') {
        const end = closing(text, dollar + 1);
        result += this.reference(text.slice(dollar + 2, end), depth);
        at = end + 1;
      } else {
        const name = /^\w+/u.exec(text.slice(dollar + 1, dollar + 1025))?.[0];
        if (name === undefined) throw new Refused("a '$' has no name behind it");
        result += this.value(name, depth);
        at = dollar + 1 + name.length;
      }
      this.spent += 1;
      if (result.length > LONGEST || this.spent > LONGEST) throw new Refused('its expansion does not end');
    }
    return result;
  }

  private value(name: string, depth: number): string {
    const text = this.lookup(name);
    if (text !== undefined) return this.expand(text, depth + 1);
    this.unknown.push(name);
    return '';
  }

  private reference(inside: string, depth: number): string {
    const text = inside.trim();
    if (text.startsWith('{')) return this.comparison(text, depth);
    const [, name = '', rest = ''] = /^(\w*)\s*([\s\S]*)$/u.exec(text) ?? [];
    if (name === '') throw new Refused("a '${' has no name behind it");
    if (rest === '') return this.value(name, depth);
    const operator = rest[0];
    if (operator !== '?' && operator !== ':') throw new Refused(`'${name}' has an odd character behind it`);
    const parameter = this.lookup(name);
    const filled = parameter !== undefined && this.expand(parameter, depth + 1) !== '';
    // Blanks at the end count when the text stands without braces.
    const payload = inside.slice(inside.indexOf(operator, inside.indexOf(name) + name.length) + 1);
    if (operator === ':') {
      const { text: no, rest: behind } = alternative(payload);
      if (behind !== '') throw new Refused("text stands behind the '}' of an alternative");
      return filled ? '' : this.expand(no, depth + 1);
    }
    return this.choose(filled, payload, depth);
  }

  private choose(yes: boolean, payload: string, depth: number): string {
    const first = alternative(payload);
    if (first.rest === '') return yes ? this.expand(first.text, depth + 1) : '';
    if (!first.rest.startsWith(':')) throw new Refused("text stands behind the '}' of an alternative");
    const second = alternative(first.rest.slice(1));
    if (second.rest !== '') throw new Refused("text stands behind the '}' of an alternative");
    return this.expand(yes ? first.text : second.text, depth + 1);
  }

  private comparison(text: string, depth: number): string {
    const left = alternative(text);
    const operator = /^(?:==|!=|<=|>=|<|>)/u.exec(left.rest)?.[0];
    if (operator === undefined) throw new Refused("a comparison has none of '==', '!=', '<', '<=', '>', '>='");
    const right = alternative(left.rest.slice(operator.length).trimStart());
    if (!right.rest.startsWith('?')) throw new Refused("a comparison has no '?' behind it");
    const holds = compare(this.expand(left.text, depth + 1), operator, this.expand(right.text, depth + 1));
    return this.choose(holds, right.rest.slice(1), depth);
  }
}

/** Where the bracket at an offset closes; brackets of its own kind nest. */
function closing(text: string, open: number): number {
  const [opening, ending] = text[open] === '{' ? ['{', '}'] : ['(', ')'];
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === opening) depth++;
    else if (text[at] === ending && --depth === 0) return at;
  }
  throw new Refused(`a '$${opening}' has no '${ending}'`);
}

/** Text in braces and what follows it, or everything when it stands without braces. */
function alternative(payload: string): { readonly text: string; readonly rest: string } {
  const trimmed = payload.trimStart();
  if (!trimmed.startsWith('{')) return { text: payload, rest: '' };
  const end = closing(trimmed, 0);
  return { text: trimmed.slice(1, end), rest: trimmed.slice(end + 1).trim() };
}

function compare(left: string, operator: string, right: string): boolean {
  const numbers = /^\d+$/u.test(left) && /^\d+$/u.test(right);
  const [a, b] = numbers ? [Number(left), Number(right)] : [left, right];
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}
