import {
  type AuthenticationResults,
  type AuthProperty,
  type AuthResult,
  isAddress,
  isToken,
} from './authentication-results.ts';

/** What can be wrong with an Authentication-Results field. */
export type AuthProblemCode =
  | 'too-long'
  | 'authserv-id-missing'
  | 'version-unknown'
  | 'no-results'
  | 'empty-result'
  | 'method-missing'
  | 'result-missing'
  | 'value-missing'
  | 'value-unquoted'
  | 'unexpected'
  | 'unclosed-comment'
  | 'unclosed-quote'
  | 'field-ended';

/** Something wrong with a field, and where: offsets into the text, the end not included. */
export interface AuthProblem {
  readonly code: AuthProblemCode;
  readonly from: number;
  readonly to: number;
  /** One sentence without a final full stop: what was found, and what was expected. */
  readonly message: string;
}

/** What a field says as far as it can be read, and everything that is wrong with it. */
export interface ParsedAuthenticationResults extends AuthenticationResults {
  readonly problems: readonly AuthProblem[];
}

/** Characters of a field that are read. */
export const LONGEST_FIELD = 65_536;

const WORDS: Readonly<Record<AuthProblemCode, string>> = {
  'too-long': `the field has more than ${LONGEST_FIELD} characters, and the rest is not read`,
  'authserv-id-missing': 'the host that made the results is missing; expected its name and a semicolon first',
  'version-unknown': 'the version is not 1, the only one that is defined',
  'no-results': "no result stands in the field; expected '; none' or '; METHOD=RESULT'",
  'empty-result': 'nothing stands behind the semicolon; expected METHOD=RESULT',
  'method-missing': 'no method stands here; expected METHOD=RESULT such as mtls=pass',
  'result-missing': "the method has no result; expected '=' and a word such as pass",
  'value-missing': "no value stands behind '='; expected a word, a quoted string or an address",
  'value-unquoted': 'the value has characters that need quotes',
  unexpected: 'this is no part of a result; expected reason=VALUE, TYPE.PROPERTY=VALUE or a semicolon',
  'unclosed-comment': "the comment is not closed; expected ')'",
  'unclosed-quote': "the quoted string is not closed; expected '\"'",
  'field-ended': 'the field ends here; expected a blank at the start of a line that continues it',
};

/** Reads a field, with its name or without (RFC 8601 §2.2). Any text is accepted, in linear time; nothing is thrown. */
export function parseAuthenticationResults(text: string): ParsedAuthenticationResults {
  return new Reader(text).field();
}

type Draft = {
  -readonly [Key in keyof AuthResult]: AuthResult[Key];
} & { properties: AuthProperty[]; comments: string[] };

class Reader {
  private readonly text: string;
  private readonly end: number;
  private at = 0;
  private readonly problems: AuthProblem[] = [];
  /** Comments since they were last taken. */
  private comments: string[] = [];

  constructor(text: string) {
    this.text = text;
    this.end = Math.min(text.length, LONGEST_FIELD);
    if (text.length > LONGEST_FIELD) this.complain('too-long', LONGEST_FIELD, text.length);
    this.at = /^authentication-results[ \t]*:/i.exec(text.slice(0, 64))?.[0].length ?? 0;
  }

  field(): ParsedAuthenticationResults {
    this.skip();
    const start = this.at;
    let authservId = this.value() ?? '';
    this.skip();
    const nameless = authservId === '' || this.peek() === '=' || this.peek() === '/';
    if (nameless) {
      this.complain('authserv-id-missing', start, Math.max(start + 1, this.at));
      authservId = '';
      this.at = start;
    }
    const version = nameless ? undefined : this.version();
    const results = this.results(nameless && this.peek() !== ';');
    if (this.text.slice(this.at, this.end).trim() !== '') this.complain('field-ended', this.at, this.end);
    return { authservId, ...(version !== undefined && { version }), results, problems: this.problems };
  }

  private results(begun: boolean): AuthResult[] {
    const results: AuthResult[] = [];
    let none = false;
    for (let first = begun; ; first = false) {
      this.skip();
      if (this.atEnd()) break;
      if (!first && !this.semicolon()) continue;
      this.skip();
      if (this.atEnd() || this.peek() === ';') {
        this.complain('empty-result', this.at - 1, this.at);
        continue;
      }
      const result = this.result();
      if (result === 'none') none = true;
      else if (result !== undefined) results.push(result);
    }
    if (results.length === 0 && !none && this.problems.length === 0)
      this.complain('no-results', 0, Math.max(1, this.end));
    return results;
  }

  /** Goes past a semicolon, or past whatever stands in its place. */
  private semicolon(): boolean {
    if (this.peek() === ';') {
      this.at++;
      // Comments before it belong to the field, not to a result.
      this.comments = [];
      return true;
    }
    const from = this.at;
    this.toSemicolon();
    this.complain('unexpected', from, this.at);
    return false;
  }

  private result(): AuthResult | 'none' | undefined {
    const from = this.at;
    const method = this.keyword();
    this.skip();
    if (method === 'none' && (this.atEnd() || this.peek() === ';')) return 'none';
    const version = method !== '' && this.take('/') ? this.digits() : undefined;
    this.skip();
    if (method === '' || !this.take('=')) {
      this.toSemicolon();
      this.complain(method === '' ? 'method-missing' : 'result-missing', from, this.at);
      return undefined;
    }
    this.skip();
    const result = this.keyword();
    if (result === '') this.complain('result-missing', from, this.at);
    const draft: Draft = { method, ...(version !== undefined && { version }), result, properties: [], comments: [] };
    this.details(draft);
    if (result === '') return undefined;
    const { comments, ...rest } = draft;
    return comments.length > 0 ? draft : rest;
  }

  private details(draft: Draft): void {
    for (;;) {
      this.skip();
      if (this.atEnd() || this.peek() === ';') break;
      const from = this.at;
      const word = this.keyword();
      const past = this.at;
      this.skip();
      if (word === 'reason' && this.take('=')) {
        draft.reason = this.pvalue(false) ?? '';
        continue;
      }
      this.skip();
      const property = word !== '' && this.take('.') ? this.property() : '';
      if (property === '') {
        const apart = this.at > past;
        if (word === '' || !apart) this.toBlank();
        this.complain('unexpected', from, word !== '' && apart ? past : this.at);
        continue;
      }
      const value = this.pvalue(true);
      if (value !== undefined) draft.properties.push({ type: word, property, value });
    }
    draft.comments.push(...this.comments);
    this.comments = [];
  }

  /** The name of a property with the `=` behind it; empty when it is anything else. */
  private property(): string {
    this.skip();
    const property = this.keyword();
    this.skip();
    return property !== '' && this.take('=') ? property : '';
  }

  /** A value behind `=`: a token, a quoted string, and for properties an address or a domain. */
  private pvalue(address: boolean): string | undefined {
    this.skip();
    const from = this.at;
    if (this.peek() === '"') {
      const local = this.quoted();
      if (!address || this.peek() !== '@') return local;
      const written = this.text.slice(from, this.at);
      return written + this.run();
    }
    const run = this.run();
    if (run === '') {
      this.complain('value-missing', from - 1, from);
      return undefined;
    }
    if (!isToken(run) && !(address && isAddress(run)) && !isInternational(run))
      this.complain('value-unquoted', from, this.at);
    return run;
  }

  private value(): string | undefined {
    if (this.peek() === '"') return this.quoted();
    const from = this.at;
    while (!this.atEnd() && !/[\s;()"=/]/.test(this.peek())) this.at++;
    return this.at > from ? this.text.slice(from, this.at) : undefined;
  }

  private version(): number | undefined {
    this.skip();
    const from = this.at;
    const version = this.digits();
    if (version !== undefined && version !== 1) this.complain('version-unknown', from, this.at);
    return version;
  }

  private digits(): number | undefined {
    this.skip();
    const from = this.at;
    while (!this.atEnd() && /\d/.test(this.peek())) this.at++;
    return this.at > from ? Math.min(Number(this.text.slice(from, this.at)), Number.MAX_SAFE_INTEGER) : undefined;
  }

  private keyword(): string {
    const from = this.at;
    while (!this.atEnd() && /[\w-]/.test(this.peek())) this.at++;
    return this.text.slice(from, this.at).toLowerCase();
  }

  private run(): string {
    const from = this.at;
    while (!this.atEnd() && !/[\s;("]/.test(this.peek())) this.at++;
    return this.text.slice(from, this.at);
  }

  /** A quoted string without quotes and escapes; a line end inside that folds the field is left out (RFC 5322 §3.2.4). */
  private quoted(): string {
    const from = this.at++;
    const parts: string[] = [];
    let part = this.at;
    for (; !this.atEnd(); this.at++) {
      const character = this.peek();
      if (character === '"') {
        parts.push(this.text.slice(part, this.at++));
        return parts.join('');
      }
      if (character === '\\') {
        parts.push(this.text.slice(part, this.at++));
        part = this.at;
      } else if (character === '\r' || character === '\n') {
        parts.push(this.text.slice(part, this.at));
        this.at = this.fold();
        part = this.at--;
      }
    }
    parts.push(this.text.slice(part, this.at));
    this.complain('unclosed-quote', from, this.at);
    return parts.join('');
  }

  /** Behind a line end that folds; one that does not ends the field. */
  private fold(): number {
    const length = this.text.startsWith('\r\n', this.at) ? 2 : 1;
    return this.at + length;
  }

  private skip(): void {
    while (!this.atEnd()) {
      const character = this.peek();
      if (character === '(') this.comment();
      else if (/\s/.test(character)) this.at++;
      else break;
    }
  }

  /** A comment, which may hold comments (RFC 5322 §3.2.2). */
  private comment(): void {
    const from = this.at;
    const parts: string[] = [];
    let depth = 0;
    for (; !this.atEnd(); this.at++) {
      const character = this.peek();
      if (character === '\\') parts.push(this.text[++this.at] ?? '');
      else if (character === '(' && depth++ === 0) continue;
      else if (character === ')' && --depth === 0) {
        this.at++;
        this.comments.push(parts.join(''));
        return;
      } else if (character !== '\r' && character !== '\n') parts.push(character);
    }
    this.at = Math.min(this.at, this.end);
    this.complain('unclosed-comment', from, this.at);
  }

  /** Past what cannot be read, to the semicolon before the next result. */
  private toSemicolon(): void {
    while (!this.atEnd() && this.peek() !== ';') this.pass();
  }

  private toBlank(): void {
    do this.pass();
    while (!this.atEnd() && !/[\s;(]/.test(this.peek()));
  }

  private pass(): void {
    if (this.peek() === '"') this.quoted();
    else if (this.peek() === '(') this.comment();
    else this.at++;
  }

  private take(character: string): boolean {
    if (this.atEnd() || this.peek() !== character) return false;
    this.at++;
    return true;
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }

  /** The end of the text, or a line end behind which no blank continues the field. */
  private atEnd(): boolean {
    if (this.at >= this.end) return true;
    const character = this.text[this.at];
    if (character !== '\r' && character !== '\n') return false;
    const next = this.fold();
    return next >= this.end || !/[ \t]/.test(this.text[next] ?? '');
  }

  private complain(code: AuthProblemCode, from: number, to: number): void {
    this.problems.push({ code, from: Math.max(0, from), to, message: WORDS[code] });
  }
}

/** Addresses and domains with letters beyond ASCII (RFC 8616). */
function isInternational(text: string): boolean {
  return /[^\x20-\x7e]/.test(text) && isAddress(text.replace(/[^\x20-\x7e]+/g, 'a'));
}
