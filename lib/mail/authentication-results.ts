import { normalizeHostName } from '../certs/names.ts';

/** One finding about a message, such as `smtp.mailfrom=example.net` (RFC 8601 §2.2 `propspec`). */
export interface AuthProperty {
  /** `smtp`, `header`, `body`, `policy` or another ptype. */
  readonly type: string;
  readonly property: string;
  /** Without quotes and escapes. */
  readonly value: string;
}

/** What one method found (RFC 8601 §2.2 `resinfo`). */
export interface AuthResult {
  readonly method: string;
  /** Version of the method; 1 when left out. */
  readonly version?: number;
  readonly result: string;
  readonly reason?: string;
  readonly properties: readonly AuthProperty[];
  /** Remarks for people. */
  readonly comments?: readonly string[];
}

/** The content of an Authentication-Results field; no results at all are written as `none` (RFC 8601 §2.2). */
export interface AuthenticationResults {
  /** The host that vouches for the results. */
  readonly authservId: string;
  /** Version of the field; 1 when left out. */
  readonly version?: number;
  readonly results: readonly AuthResult[];
}

const FIELD = 'Authentication-Results:';
const LINE = 78;

/** Values are cut here, so that no line nears the 998 octets of RFC 5322 §2.1.1. */
const LONGEST_VALUE = 512;

/**
 * The field with its name, folded before column 78, lines ended by CRLF but for the last. Values never end the field: what is
 * no printable ASCII becomes `?`, and domains with other letters become A-labels.
 */
export function writeAuthenticationResults({ authservId, version, results }: AuthenticationResults): string {
  const head = [valueText(hostOrText(authservId)), ...(version === undefined ? [] : [String(version)])];
  if (results.length === 0) return fold([FIELD, ...attached(head, ';'), 'none']);
  const pieces = results.map(resultPieces);
  const separated = pieces.flatMap((words, index) => (index < pieces.length - 1 ? attached(words, ';') : words));
  return fold([FIELD, ...attached(head, ';'), ...separated], new Set(firstsOf(pieces, head.length + 1)));
}

/** Positions of the words that begin a result, which get a line of their own. */
function firstsOf(pieces: readonly (readonly string[])[], before: number): number[] {
  let at = before;
  return pieces.map((words) => {
    const first = at;
    at += words.length;
    return first;
  });
}

function attached(words: readonly string[], mark: string): string[] {
  return words.map((word, index) => (index === words.length - 1 ? word + mark : word));
}

function resultPieces({ method, version, result, reason, properties, comments = [] }: AuthResult): string[] {
  const slash = version === undefined ? '' : `/${version}`;
  return [
    `${keyword(method)}${slash}=${keyword(result)}`,
    ...comments.map((comment) => `(${printableText(comment).replace(/[()\\]/g, '\\$&')})`),
    ...(reason === undefined ? [] : [`reason=${quoted(printableText(reason))}`]),
    ...properties.map(({ type, property, value }) => `${keyword(type)}.${keyword(property)}=${propertyValue(value)}`),
  ];
}

/** RFC 5321 §4.1.2 `Keyword`: letters, digits and hyphens, ending in a letter or digit. */
function keyword(text: string): string {
  const plain = text.toLowerCase().replace(/[^a-z\d-]/g, '-');
  return /[a-z\d]$/.test(plain) ? plain : `${plain}0`;
}

function propertyValue(value: string): string {
  const at = value.lastIndexOf('@');
  const domain = at < 0 ? value : value.slice(at + 1);
  const ascii = /[^\x20-\x7e]/.test(domain) ? (normalizeHostName(domain) ?? domain) : domain;
  const text = printableText(value.slice(0, at + 1) + ascii);
  return isAddress(text) ? text : valueText(text);
}

/** `[[local-part] "@"] domain-name`, as far as it needs no quotes (RFC 8601 §2.2). */
export function isAddress(text: string): boolean {
  return /^(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*)?@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/i.test(
    text,
  );
}

/** A token as it is, anything else in quotes (RFC 2045 §5.1 `value`). */
function valueText(text: string): string {
  const plain = printableText(text);
  return isToken(plain) ? plain : quoted(plain);
}

/** Text that needs no quotes (RFC 2045 §5.1 `token`). */
export function isToken(text: string): boolean {
  return /^[\w!#$%&'*+.^`{|}~-]+$/.test(text);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function hostOrText(text: string): string {
  return /[^\x20-\x7e]/.test(text) ? (normalizeHostName(text) ?? text) : text;
}

/** Printable ASCII only: a line end or NUL in a value of a hostile client must not begin a field of its own. */
function printableText(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]+/g, '?');
  return plain.length > LONGEST_VALUE ? `${plain.slice(0, LONGEST_VALUE - 3)}...` : plain;
}

/** Puts blanks between words, or line ends before words that begin a result or would pass column 78. */
function fold(words: readonly string[], firsts: ReadonlySet<number> = new Set()): string {
  const lines: string[] = [''];
  const line = (): string => lines[lines.length - 1] ?? '';
  words.forEach((word, index) => {
    // What is longer than a line is cut at its blanks anyway.
    const fits = line().length + 1 + word.length <= LINE || (word.length + 2 > LINE && word.includes(' '));
    if (index === 0) lines[0] = word;
    else if (fits && !firsts.has(index)) lines[lines.length - 1] = `${line()} ${word}`;
    else lines.push(`  ${word}`);
    for (let cut = cutOf(line()); cut > 0; cut = cutOf(line())) {
      const rest = line().slice(cut);
      lines[lines.length - 1] = line().slice(0, cut);
      lines.push(rest);
    }
  });
  return lines.join('\r\n');
}

/** Where a line that is too long can be cut: before the last blank that fits and has a word on either side; 0 when nowhere. */
function cutOf(line: string): number {
  if (line.length <= LINE) return 0;
  const start = line.length - line.trimStart().length;
  let best = 0;
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] !== ' ' || line[at + 1] === ' ' || line[at + 1] === undefined) continue;
    // A line of blanks only is obsolete syntax (RFC 5322 §4.2), and a blank before the cut is lost by some mail servers.
    if (line[at - 1] === ' ' || line[at - 1] === '\\') continue;
    if (at <= LINE) best = at;
    else if (best === 0) return at;
    if (at > LINE) break;
  }
  return best;
}
