import type { Span } from '../text/diagnostic.ts';
import { nearest } from '../text/nearest.ts';

/** What senders do when a host fails the policy (RFC 8461 §5). */
export type StsMode = 'enforce' | 'testing' | 'none';

/** What can be wrong with a policy file (RFC 8461 §3.2). */
export type PolicyFault =
  | 'no-colon'
  | 'empty-line'
  | 'byte-order-mark'
  | 'bad-key'
  | 'missing-key'
  /** A key that may stand once stands again: the first counts. */
  | 'repeated-key'
  | 'bad-version'
  | 'bad-mode'
  | 'bad-max-age'
  | 'bad-mx'
  | 'no-mx'
  | 'too-large';

/** A fault with its range of octets in the file; `key` is the key it is about. */
export interface PolicyProblem extends Span {
  readonly fault: PolicyFault;
  readonly key: string;
  readonly instead: string | undefined;
}

/** One `key: value` line; the ranges leave blanks and the line end out, `line` has them. */
export interface PolicyLine {
  readonly key: string;
  readonly value: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  readonly line: Span;
}

/** An MTA-STS policy file (RFC 8461 §3.2): what it says and everything wrong with it. */
export interface StsPolicy {
  readonly lines: readonly PolicyLine[];
  readonly mode: StsMode | undefined;
  readonly modeLine: PolicyLine | undefined;
  /** Seconds, as large as written. */
  readonly maxAge: number | undefined;
  readonly maxAgeLine: PolicyLine | undefined;
  /** Valid patterns, in lower case. */
  readonly mx: readonly { readonly pattern: string; readonly at: PolicyLine }[];
  readonly problems: readonly PolicyProblem[];
}

/** Octets of a policy that senders must be able to take (RFC 8461 §3.3). */
const LARGEST_POLICY = 65_536;

/** Seconds that max_age may say at most: about one year (RFC 8461 §3.2). */
export const LONGEST_MAX_AGE = 31_557_600;

const KEYS = ['version', 'mode', 'mx', 'max_age'] as const;
const MODES: readonly StsMode[] = ['enforce', 'testing', 'none'];
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

/** Reads a policy file; lines may end in CRLF or LF. Never throws, linear. */
export function parsePolicy(bytes: Uint8Array): StsPolicy {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const problems: PolicyProblem[] = [];
  if (bytes.length > LARGEST_POLICY) problems.push(problem('too-large', '', { start: 0, end: 1 }));
  const lines = [...readLines(text, problems)];
  const reader = new PolicyReader(lines, problems);
  const mode = reader.mode();
  const maxAge = reader.maxAge();
  const mx = reader.mx();
  reader.version();
  const whole = { start: 0, end: /^[^\r\n]*/.exec(text)?.[0].length ?? 0 };
  reader.missing(whole);
  if (mx.length === 0 && mode !== 'none' && !lines.some(({ key }) => key === 'mx')) {
    const at = reader.first('mode')?.line ?? whole;
    if (!reader.isMeant('mx')) problems.push(problem('no-mx', 'mx', at));
  }
  problems.sort((a, b) => a.start - b.start || a.end - b.end);
  return { lines, mode, modeLine: reader.first('mode'), maxAge, maxAgeLine: reader.first('max_age'), mx, problems };
}

/** Whether a host matches a pattern: the same name, or one label in place of the star (RFC 8461 §4.1). */
export function matchesPattern(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot + 1) === pattern.slice(2);
}

function problem(fault: PolicyFault, key: string, { start, end }: Span, instead?: string): PolicyProblem {
  return { fault, key, start, end, instead };
}

function* readLines(text: string, problems: PolicyProblem[]): Generator<PolicyLine> {
  let at = 0;
  if (text.startsWith(BYTE_ORDER_MARK)) {
    at = BYTE_ORDER_MARK.length;
    problems.push(problem('byte-order-mark', '', { start: 0, end: at }, ''));
  }
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, next).replace(/\r?\n$/, '');
    const found = readLine(line, at, next, problems);
    if (found !== undefined) yield found;
    at = next;
  }
}

function readLine(line: string, start: number, next: number, problems: PolicyProblem[]): PolicyLine | undefined {
  const whole = { start, end: start + line.length };
  if (/^[ \t]*$/.test(line)) {
    problems.push(problem('empty-line', '', { start, end: next }, ''));
    return undefined;
  }
  const colon = line.indexOf(':');
  if (colon < 0) {
    const [word = ''] = /^[ \t]*[a-z_-]+/i.exec(line) ?? [];
    const meant = KEYS.find((key) => key === word.trim().toLowerCase());
    const instead = meant && `${meant}: ${line.slice(word.length).replace(/^[\s=]+/, '')}`;
    problems.push(problem('no-colon', meant ?? '', whole, instead));
    return undefined;
  }
  const key = line.slice(0, colon);
  const blanks = /^[ \t]*/.exec(line.slice(colon + 1))?.[0].length ?? 0;
  const value = line.slice(colon + 1 + blanks).replace(/[ \t]+$/, '');
  const from = start + colon + 1 + blanks;
  return {
    key,
    value,
    keySpan: { start, end: start + colon },
    valueSpan: { start: from, end: from + value.length },
    line: { start, end: next },
  };
}

/** Reads the keys out of the lines; what is wrong goes to the problems. */
class PolicyReader {
  private readonly lines: readonly PolicyLine[];
  private readonly problems: PolicyProblem[];
  private readonly meant = new Set<string>();

  constructor(lines: readonly PolicyLine[], problems: PolicyProblem[]) {
    this.lines = lines;
    this.problems = problems;
    for (const { key } of problems) this.meant.add(key);
    const seen = new Set<string>();
    for (const { key, keySpan, line } of lines) {
      const known = KEYS.some((each) => each === key);
      if (!known) this.unknown(key, keySpan);
      else if (key !== 'mx' && seen.has(key)) this.add('repeated-key', key, line, '');
      seen.add(key);
    }
  }

  first(key: string): PolicyLine | undefined {
    return this.lines.find((line) => line.key === key);
  }

  /** Whether a line was meant to have the key and has a problem already. */
  isMeant(key: string): boolean {
    return this.meant.has(key);
  }

  version(): void {
    const line = this.first('version');
    if (line !== undefined && line.value !== 'STSv1') this.add('bad-version', 'version', spanOf(line), 'STSv1');
  }

  mode(): StsMode | undefined {
    const line = this.first('mode');
    const mode = MODES.find((each) => each === line?.value);
    if (line !== undefined && mode === undefined)
      this.add('bad-mode', 'mode', spanOf(line), nearest(line.value, MODES));
    return mode;
  }

  maxAge(): number | undefined {
    const line = this.first('max_age');
    if (line === undefined) return undefined;
    if (/^\d{1,10}$/.test(line.value)) return Number(line.value);
    this.add('bad-max-age', 'max_age', spanOf(line));
    return undefined;
  }

  mx(): StsPolicy['mx'] {
    return this.lines.flatMap((line) => {
      if (line.key !== 'mx') return [];
      if (isPattern(line.value)) return [{ pattern: line.value.toLowerCase(), at: line }];
      const bare = line.value.replace(/^\d+[ \t]+/, '').replace(/\.$/, '');
      this.add('bad-mx', 'mx', spanOf(line), bare !== line.value && isPattern(bare) ? bare : undefined);
      return [];
    });
  }

  missing(at: Span): void {
    for (const key of KEYS) {
      if (key !== 'mx' && this.first(key) === undefined && !this.meant.has(key)) this.add('missing-key', key, at);
    }
  }

  /** Other keys are allowed and ignored; those near a known one were meant as it. */
  private unknown(key: string, span: Span): void {
    const meant = nearest(key.trim().replaceAll('-', '_'), KEYS);
    const wellFormed = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/.test(key);
    const isThere = meant !== undefined && this.first(meant) !== undefined;
    if (wellFormed && (meant === undefined || isThere || (meant === 'mx' && !/^mxs?$/i.test(key)))) return;
    if (meant !== undefined) this.meant.add(meant);
    this.add('bad-key', meant ?? '', span, meant);
  }

  private add(fault: PolicyFault, key: string, span: Span, instead?: string): void {
    this.problems.push(problem(fault, key, span, instead));
  }
}

/** The value of a line, or the whole line when there is none. */
function spanOf({ value, valueSpan, keySpan }: PolicyLine): Span {
  return value === '' ? { start: keySpan.start, end: valueSpan.end } : valueSpan;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** `*.` and a domain, or a domain (RFC 8461 §3.2). */
function isPattern(value: string): boolean {
  const labels = (value.startsWith('*.') ? value.slice(2) : value).split('.');
  return value.length <= 253 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
}
