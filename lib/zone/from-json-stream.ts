import {
  addJsonRecord,
  checkMembers,
  type JsonProblem,
  type JsonState,
  type Report,
  readName,
  shownJson,
  stateOf,
  ZONE_MEMBERS,
} from './from-json.ts';
import { type ReadPiece, ReadWindow } from './stream.ts';
import { Zone } from './zone.ts';

/** What zone JSON is read from piece by piece. */
export interface JsonStreamOptions {
  readonly read: ReadPiece;
  /** Keeps all records, so that only the text is never held whole. */
  readonly keep?: boolean;
  /** Takes what is wrong with a record, which is left out. */
  readonly report: (problem: JsonProblem) => void;
  /** Octets of the text that are at hand at a time, if no record is longer. */
  readonly window?: number;
}

/** Records of a batch. */
const BATCH = 0x8000;
const WINDOW = 1 << 20;

/**
 * Reads zone JSON (schemas/zone.schema.json) too large to be held: hands over its records batch by batch, at least one
 * of them, as zoneFromJson reads them. When `records` stands before `origin` it is read whole first. Returns the zone of
 * the last batch, or what keeps the text from being a zone; throws SyntaxError when it is no JSON.
 */
export function streamJsonZone(
  options: JsonStreamOptions,
  take: (batch: Zone) => void,
): { readonly zone: Zone } | { readonly problems: readonly JsonProblem[] } {
  const reader = new JsonZoneReader(options, take);
  reader.document();
  if (reader.zone === undefined || reader.problems.length > 0) return { problems: reader.problems };
  take(reader.zone);
  return { zone: reader.zone };
}

class JsonZoneReader {
  readonly problems: JsonProblem[] = [];
  private readonly text: JsonPieces;
  private readonly options: JsonStreamOptions;
  private readonly take: (batch: Zone) => void;
  private state: JsonState | undefined;
  private waiting: unknown;
  private readonly members = new Set<string>();

  constructor(options: JsonStreamOptions, take: (batch: Zone) => void) {
    this.options = options;
    this.take = take;
    this.text = new JsonPieces(new ReadWindow(options.read, options.window ?? WINDOW));
  }

  get zone(): Zone | undefined {
    return this.state?.zone;
  }

  document(): void {
    const { text } = this;
    if (text.peek() !== OPEN_OBJECT) {
      text.value();
      this.report('', 'expected an object with "origin" and "records"');
    } else {
      text.list(CLOSE_OBJECT, () => this.member());
      if (!this.members.has('origin')) readName({}, 'origin', '', this.report);
      if (!this.members.has('records')) this.report('/records', 'expected an array of records, found nothing');
    }
    text.end();
  }

  private readonly report: Report = (path, message) => this.problems.push({ path, message });

  private member(): void {
    const { text, members } = this;
    const name = text.value();
    text.expect(COLON);
    if (typeof name !== 'string') throw new SyntaxError(`a member without a name at octet ${text.offset}`);
    if (members.has(name)) this.report('', `the member ${shownJson(name)} stands there twice`);
    members.add(name);
    checkMembers({ [name]: 0 }, ZONE_MEMBERS, '', this.report);
    if (name === 'records') this.records();
    else {
      const value = text.value();
      if (name === 'origin') this.origin(value);
    }
  }

  private origin(value: unknown): void {
    const origin = readName({ origin: value }, 'origin', '', this.report);
    if (origin === undefined) return;
    this.state = stateOf(new Zone(origin, 1024, 1 << 16));
    if (!Array.isArray(this.waiting)) return;
    for (const [index, record] of this.waiting.entries()) this.record(record, index);
    this.waiting = undefined;
  }

  private records(): void {
    const { text } = this;
    const first = text.peek();
    if (first !== OPEN_ARRAY || this.state === undefined || this.problems.length > 0) {
      this.waiting = text.value();
      if (!Array.isArray(this.waiting)) {
        this.report('/records', `expected an array of records, found ${shownJson(this.waiting)}`);
      }
      return;
    }
    let index = 0;
    text.list(CLOSE_ARRAY, () => this.record(text.value(), index++));
  }

  private record(value: unknown, index: number): void {
    const { state, options } = this;
    if (state === undefined) return;
    addJsonRecord(state, value, `/records/${index}`, (path, message) => options.report({ path, message }));
    if (options.keep || state.zone.count < BATCH) return;
    this.take(state.zone);
    state.zone.forget(-1);
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** JSON text of which some octets are at hand at a time. */
class JsonPieces {
  private readonly window: ReadWindow;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private bytes: Uint8Array;
  private at: number;
  private dropped = 0;

  constructor(window: ReadWindow) {
    this.window = window;
    this.bytes = window.next(0);
    this.at = this.bytes[0] === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf ? 3 : 0;
  }

  /** Octets before what is read next. */
  get offset(): number {
    return this.dropped + this.at;
  }

  /** The next octet that is no white space, -1 at the end. */
  peek(): number {
    for (;;) {
      const octet = this.bytes[this.at];
      if (octet === undefined) {
        if (!this.more()) return -1;
      } else if (octet !== 0x20 && octet !== 0x0a && octet !== 0x0d && octet !== 0x09) return octet;
      else this.at++;
    }
  }

  expect(octet: number): void {
    if (this.peek() !== octet) throw this.wrong(`'${String.fromCharCode(octet)}'`);
    this.at++;
  }

  end(): void {
    if (this.peek() !== -1) throw this.wrong('the end');
  }

  /** Reads an object or array, whose opening bracket comes next, up to `close`: `each` reads what stands between commas. */
  list(close: number, each: () => void): void {
    this.at++;
    if (this.peek() === close) {
      this.at++;
      return;
    }
    for (;;) {
      each();
      if (this.peek() === close) break;
      this.expect(COMMA);
    }
    this.at++;
  }

  /** Reads one whole value. */
  value(): unknown {
    if (this.peek() === -1) throw this.wrong('a value');
    let end = this.endOfValue();
    while (end < 0 && this.more()) end = this.endOfValue();
    if (end < 0) end = this.bytes.length;
    const text = this.decoder.decode(this.bytes.subarray(this.at, end));
    try {
      const value: unknown = JSON.parse(text);
      this.at = end;
      return value;
    } catch (error) {
      throw new SyntaxError(`${(error as Error).message} (in the value at octet ${this.offset})`);
    }
  }

  /** Where the value at hand ends as its brackets and quotes say; -1 when that is not at hand. */
  private endOfValue(): number {
    const { bytes } = this;
    let depth = 0;
    for (let at = this.at; at < bytes.length; at++) {
      const octet = bytes[at] as number;
      if (octet === QUOTE) {
        at = endOfString(bytes, at);
        if (at < 0) return -1;
        if (depth === 0) return at + 1;
      } else if (octet === OPEN_OBJECT || octet === OPEN_ARRAY) depth++;
      else if (octet === CLOSE_OBJECT || octet === CLOSE_ARRAY) {
        if (depth <= 1) return depth === 1 || at === this.at ? at + 1 : at;
        depth--;
      } else if (depth === 0 && (octet <= 0x20 || octet === COMMA || octet === COLON)) {
        return at === this.at ? at + 1 : at;
      }
    }
    return -1;
  }

  /** Reads on; false at the end. */
  private more(): boolean {
    if (this.window.ended) return false;
    this.dropped += this.at;
    this.bytes = this.window.next(this.at);
    this.at = 0;
    return true;
  }

  private wrong(expected: string): SyntaxError {
    return new SyntaxError(`expected ${expected} at octet ${this.offset}`);
  }
}

/** The closing quote of a string, -1 when it is not at hand. */
function endOfString(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at < bytes.length ? at : -1;
}
