import { type ConfigNode, DEEPEST, type Member, type ParsedTree, shortened } from './tree.ts';

/** Reads JSON in which comments and a comma behind the last value are allowed; takes time in proportion to the text. */
export function parseJson(text: string): ParsedTree {
  const reader = new Reader(text);
  try {
    return { root: reader.document() };
  } catch (error) {
    if (error instanceof Stop) return { problem: { at: error.at, message: error.message } };
    throw error;
  }
}

/** Ends reading at the first fault; never leaves this file. */
class Stop extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const WORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): ConfigNode {
    this.skip();
    if (this.at >= this.text.length) throw new Stop(0, 'the file is empty; write at least {}');
    const root = this.value(0);
    this.skip();
    if (this.at < this.text.length) {
      throw new Stop(this.at, `${this.found()} stands behind the end of the configuration`);
    }
    return root;
  }

  private value(depth: number): ConfigNode {
    const { at, text } = this;
    if (depth > DEEPEST) throw new Stop(at, `values are nested more than ${DEEPEST} levels deep`);
    switch (text[at]) {
      case '{':
        return this.map(depth);
      case '[':
        return this.list(depth);
      case '"':
        return { kind: 'scalar', at, value: this.string() };
      default:
        return this.word();
    }
  }

  private map(depth: number): ConfigNode {
    const start = this.at++;
    const members = new Map<string, Member>();
    for (;;) {
      this.skip(start);
      if (this.text[this.at] === '}') break;
      const at = this.at;
      if (this.text[at] !== '"') throw new Stop(at, `${this.found()} stands where a name in double quotes belongs`);
      const name = this.string();
      const before = members.get(name);
      if (before !== undefined) throw new Stop(at, `"${shortened(name)}" stands here for the second time`);
      this.skip(start);
      if (this.text[this.at] !== ':') throw new Stop(this.at, `${this.found()} stands where a colon belongs`);
      this.at++;
      this.skip(start);
      members.set(name, { name, at, value: this.value(depth + 1) });
      this.skip(start);
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== '}') throw new Stop(this.at, `a comma or } is missing before ${this.found()}`);
    }
    this.at++;
    return { kind: 'map', at: start, members };
  }

  private list(depth: number): ConfigNode {
    const start = this.at++;
    const items: ConfigNode[] = [];
    for (;;) {
      this.skip(start);
      if (this.text[this.at] === ']') break;
      items.push(this.value(depth + 1));
      this.skip(start);
      if (this.text[this.at] === ',') this.at++;
      else if (this.text[this.at] !== ']') throw new Stop(this.at, `a comma or ] is missing before ${this.found()}`);
    }
    this.at++;
    return { kind: 'list', at: start, items };
  }

  private string(): string {
    const start = this.at++;
    let value = '';
    for (;;) {
      const end = nextOf(this.text, this.at);
      value += this.text.slice(this.at, end);
      this.at = end + 1;
      const sign = this.text[end];
      if (sign === '"') return value;
      if (sign === '\\') value += this.escape(end);
      else throw new Stop(start, 'the text that begins here has no closing quote on its line');
    }
  }

  private escape(at: number): string {
    const sign = this.text[this.at++] ?? '';
    const plain = Object.hasOwn(ESCAPES, sign) ? ESCAPES[sign] : undefined;
    if (plain !== undefined) return plain;
    const hex = this.text.slice(this.at, this.at + 4);
    if (sign !== 'u' || !/^[\da-f]{4}$/iu.test(hex)) {
      throw new Stop(at, 'a backslash must be followed by one of " \\ / b f n r t or u and four hex digits');
    }
    this.at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  private word(): ConfigNode {
    const { at, text } = this;
    const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    number.lastIndex = at;
    const digits = number.exec(text)?.[0];
    const plain = /[\w.+-]{1,64}/y;
    plain.lastIndex = at;
    const word = plain.exec(text)?.[0] ?? '';
    this.at += word.length;
    if (digits !== undefined && digits === word) return { kind: 'scalar', at, value: Number(digits) };
    const known = WORDS.find(([each]) => each === word);
    if (known !== undefined) return { kind: 'scalar', at, value: known[1] };
    this.at = at;
    if (text[at] === "'") throw new Stop(at, 'text has to stand in double quotes');
    if (/^[A-Za-z]/u.test(word)) throw new Stop(at, `"${shortened(word)}" has to stand in double quotes`);
    throw new Stop(at, `${this.found()} stands where a value belongs`);
  }

  /** Skips blanks and comments; `open` is the bracket that is missed when the text ends here. */
  private skip(open?: number): void {
    for (;;) {
      while (/[ \t\r\n]/u.test(this.text[this.at] ?? '')) this.at++;
      const two = this.text.slice(this.at, this.at + 2);
      if (two === '//') {
        const end = this.text.indexOf('\n', this.at);
        this.at = end < 0 ? this.text.length : end;
      } else if (two === '/*') {
        const end = this.text.indexOf('*/', this.at + 2);
        if (end < 0) throw new Stop(this.at, 'the comment that begins here has no end');
        this.at = end + 2;
      } else break;
    }
    if (open !== undefined && this.at >= this.text.length) {
      throw new Stop(open, `the ${this.text[open]} that stands here is never closed`);
    }
  }

  private found(): string {
    const sign = this.text[this.at];
    if (sign === undefined) return 'the end of the file';
    if (sign === '#') return '# (comments begin with //)';
    const code = this.text.codePointAt(this.at) ?? 0;
    return code > 0x20 && code < 0x7f ? sign : `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  }
}

/** Where the next quote, backslash or control character stands. */
function nextOf(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || code === 0x5c || code < 0x20) break;
  }
  return at;
}
