/** What was odd in a reply that could be read all the same. */
export type ReplyNote =
  /** A line ended with LF alone (RFC 5321 §2.3.8). */
  | 'bare-lf'
  /** A line has more than 512 octets (RFC 5321 §4.5.3.1.5). */
  | 'long-line'
  /** The lines of one reply have several codes (RFC 5321 §4.2.1). */
  | 'mixed-codes'
  /** Octets that are no printable ASCII (RFC 5321 §4.2). */
  | 'not-ascii';

/** A whole reply of a mail server (RFC 5321 §4.2). */
export interface SmtpReply {
  readonly code: number;
  /** The texts behind the codes, an enhanced status code included. */
  readonly lines: readonly string[];
  /** Enhanced status code such as `5.5.1` of the first line (RFC 2034 §3). */
  readonly enhanced?: string;
  readonly notes: readonly ReplyNote[];
}

/** Why octets are no reply. */
export interface ReplyFault {
  readonly kind: 'garbage' | 'line-too-long' | 'reply-too-long';
  /** The first octets of what came, each as one character. */
  readonly start: string;
}

/** Octets of a line that is still taken, and of a reply with all its lines. */
const longestLine = 4096;
const longestReply = 65_536;
const mostLines = 256;
const lineOfStandard = 512;
const shownOctets = 60;

/** Puts replies together from octets as they come; what is no reply is a fault, and after a fault nothing more is read. */
export class ReplyReader {
  private held: Uint8Array = new Uint8Array();
  /** Octets of `held` in which no line end was found. */
  private searched = 0;
  private lines: string[] = [];
  private codes: number[] = [];
  private octets = 0;
  private notes: Set<ReplyNote> = new Set();

  /** Octets that came and belong to no reply that was taken. */
  get left(): number {
    return this.held.length + this.octets;
  }

  push(octets: Uint8Array): void {
    const joined = new Uint8Array(this.held.length + octets.length);
    joined.set(this.held);
    joined.set(octets, this.held.length);
    this.held = joined;
  }

  /** The next whole reply, a fault, or undefined while more octets are needed. */
  next(): SmtpReply | ReplyFault | undefined {
    for (;;) {
      const end = this.held.indexOf(0x0a, this.searched);
      if (end === -1) return this.unfinished();
      const line = this.held.subarray(0, end);
      if (line.length >= longestLine) return this.fault('line-too-long');
      const read = readLine(line);
      if (read === undefined) return this.fault('garbage');
      this.take(read, line);
      this.held = this.held.subarray(end + 1);
      this.searched = 0;
      if (read.last) return this.finish();
      if (this.octets > longestReply || this.lines.length >= mostLines) return this.fault('reply-too-long');
    }
  }

  private unfinished(): ReplyFault | undefined {
    this.searched = this.held.length;
    if (this.held.length >= longestLine) return this.fault('line-too-long');
    // A server that speaks TLS or another protocol need not send a line end at all.
    return /^\d{0,3}$|^\d{3}[ \r-]/.test(textOf(this.held.subarray(0, 4))) ? undefined : this.fault('garbage');
  }

  private fault(kind: ReplyFault['kind']): ReplyFault {
    return { kind, start: this.start() };
  }

  /** The first octets that are left, each as one character. */
  start(): string {
    return textOf(this.held.subarray(0, shownOctets));
  }

  private take({ code, text }: Line, octets: Uint8Array): void {
    this.octets += octets.length + 1;
    this.lines.push(text);
    this.codes.push(code);
    if (octets[octets.length - 1] !== 0x0d) this.notes.add('bare-lf');
    if (octets.length + 1 > lineOfStandard) this.notes.add('long-line');
    if (this.codes[0] !== code) this.notes.add('mixed-codes');
    if (/[^\t\x20-\x7e]/.test(text)) this.notes.add('not-ascii');
  }

  private finish(): SmtpReply {
    const { lines, notes } = this;
    // RFC 5321 §4.2.1: the last line decides where codes differ.
    const code = this.codes.at(-1) ?? 0;
    const [, enhanced] = /^([245]\.\d{1,3}\.\d{1,3})(?:\s|$)/.exec(lines[0] ?? '') ?? [];
    [this.lines, this.codes, this.octets, this.notes] = [[], [], 0, new Set()];
    return { code, lines, ...(enhanced === undefined ? {} : { enhanced }), notes: [...notes] };
  }
}

interface Line {
  readonly code: number;
  readonly text: string;
  readonly last: boolean;
}

function readLine(octets: Uint8Array): Line | undefined {
  const match = /^([2-5]\d\d)([ -]|$)([\s\S]*)$/.exec(textOf(octets).replace(/\r$/, ''));
  if (match === null) return undefined;
  const [, code = '', mark = '', text = ''] = match;
  return { code: Number(code), text, last: mark !== '-' };
}

function textOf(octets: Uint8Array): string {
  return String.fromCharCode(...octets);
}

/** One extension of an EHLO reply: keyword in upper case and its parameters as written (RFC 5321 §4.1.1.1). */
export interface EhloKeyword {
  readonly keyword: string;
  readonly parameters: string;
}

/** The extensions that a reply to EHLO lists: every line but the first. */
export function ehloKeywords(reply: SmtpReply): readonly EhloKeyword[] {
  return reply.lines.slice(1).flatMap((line) => {
    const [keyword = '', ...parameters] = line.trim().split(/[ =]+/);
    return keyword === '' ? [] : [{ keyword: keyword.toUpperCase(), parameters: parameters.join(' ') }];
  });
}
