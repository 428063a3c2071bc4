import { ByteSink } from '../text/sink.ts';
import type { AnswerOutcome, Transport } from './exchange.ts';
import { PlainAnswer } from './plain-answer.ts';
import { Remembered } from './query-record.ts';

/** Octets of an array with queries. */
const SLAB = 1 << 18;

/** Places at the beginning; there are twice as many each time they are full. */
const FEW = 64;

const TRANSPORTS: readonly Transport[] = ['udp', 'tcp', 'tls', 'https'];

const NO_FAULTS: readonly string[] = [];

/**
 * The last queries in a ring. Of those with a plain answer that no fault has touched only octets and numbers are kept, as so many
 * objects that live for a moment would have the garbage collector do more than the server.
 */
export class KeptQueries {
  private readonly most: number;
  /** Queries taken since the start or the last clearing; each stands at its number modulo the most that are kept. */
  private taken = 0;
  private slab = new ByteSink(0);
  private numbers = new Numbers(0);
  /** Queries that are kept whole. */
  private readonly whole: (Remembered | undefined)[] = [];
  private readonly slabs: (Uint8Array | undefined)[] = [];
  /** Where answers were written: many in one, so that they need no copy. */
  private readonly answers: (ArrayBufferLike | undefined)[] = [];
  private readonly addresses: (string | undefined)[] = [];
  private readonly outcomes: (AnswerOutcome | undefined)[] = [];
  private readonly zones: (Uint8Array | undefined)[] = [];
  private lastAddress = '';

  constructor(most: number) {
    this.most = most;
  }

  add(record: Remembered): void {
    const at = this.taken++ % this.most;
    if (at >= this.numbers.length) this.numbers = this.numbers.grown(Math.min(this.most, Math.max(FEW, 2 * at)));
    const { answered, response, exchange } = record;
    const plain = answered instanceof PlainAnswer && response === answered.bytes && !record.sealed;
    if (plain && record.faults.length === 0 && exchange.key === undefined) {
      this.whole[at] = undefined;
      this.put(at, record, answered);
    } else {
      this.whole[at] = record;
      this.slabs[at] = undefined;
      this.answers[at] = undefined;
    }
  }

  /** The queries, the oldest first; the last of them has the number given. */
  list(last: number): Remembered[] {
    const count = Math.min(this.taken, this.most);
    return Array.from({ length: count }, (_, index) => {
      const back = count - 1 - index;
      const at = (this.taken - 1 - back) % this.most;
      return this.whole[at] ?? this.get(at, last - back);
    });
  }

  clear(): void {
    this.taken = 0;
    this.whole.length = 0;
    this.slabs.length = 0;
    this.answers.length = 0;
    this.slab = new ByteSink(0);
  }

  private put(at: number, { exchange, query, ms }: Remembered, { bytes, outcome, zone }: PlainAnswer): void {
    const { numbers } = this;
    const { address, port } = exchange.client;
    // What was there before may be in somebody's hands.
    if (this.slab.length + query.length > this.slab.bytes.length) this.slab = new ByteSink(SLAB);
    const { slab } = this;
    numbers.starts[at] = slab.length;
    slab.copy(query, 0, query.length);
    this.slabs[at] = slab.bytes;
    this.answers[at] = bytes.buffer;
    numbers.answerStarts[at] = bytes.byteOffset;
    numbers.queryLengths[at] = query.length;
    numbers.answerLengths[at] = bytes.length;
    numbers.times[at] = exchange.now;
    numbers.durations[at] = ms;
    numbers.ports[at] = port;
    numbers.transports[at] = TRANSPORTS.indexOf(exchange.transport);
    // Each query brings its own copy of the address.
    if (address !== this.lastAddress) this.lastAddress = address;
    this.addresses[at] = this.lastAddress;
    this.outcomes[at] = outcome;
    this.zones[at] = zone;
  }

  private get(at: number, number: number): Remembered {
    const { numbers } = this;
    const slab = this.slabs[at] as Uint8Array;
    const start = numbers.starts[at] as number;
    const query = slab.subarray(start, start + (numbers.queryLengths[at] as number));
    const answers = this.answers[at] as ArrayBufferLike;
    const response = new Uint8Array(answers, numbers.answerStarts[at], numbers.answerLengths[at]);
    const exchange = {
      transport: TRANSPORTS[numbers.transports[at] as number] as Transport,
      client: { address: this.addresses[at] as string, port: numbers.ports[at] as number },
      now: numbers.times[at] as number,
    };
    const answered = new PlainAnswer(response, query, this.outcomes[at] as AnswerOutcome, this.zones[at] as Uint8Array);
    const ms = numbers.durations[at] as number;
    return new Remembered(number, answered, { exchange, query, response, faults: NO_FAULTS, ms }, false);
  }
}

/** The numbers of the queries in a ring. */
class Numbers {
  readonly length: number;
  readonly times: Float64Array;
  readonly durations: Float64Array;
  readonly starts: Uint32Array;
  readonly answerStarts: Uint32Array;
  readonly queryLengths: Uint16Array;
  readonly answerLengths: Uint16Array;
  readonly ports: Uint16Array;
  readonly transports: Uint8Array;

  constructor(length: number) {
    this.length = length;
    this.times = new Float64Array(length);
    this.durations = new Float64Array(length);
    this.starts = new Uint32Array(length);
    this.answerStarts = new Uint32Array(length);
    this.queryLengths = new Uint16Array(length);
    this.answerLengths = new Uint16Array(length);
    this.ports = new Uint16Array(length);
    this.transports = new Uint8Array(length);
  }

  /** The same with more places. */
  grown(length: number): Numbers {
    const larger = new Numbers(length);
    larger.times.set(this.times);
    larger.durations.set(this.durations);
    larger.starts.set(this.starts);
    larger.answerStarts.set(this.answerStarts);
    larger.queryLengths.set(this.queryLengths);
    larger.answerLengths.set(this.answerLengths);
    larger.ports.set(this.ports);
    larger.transports.set(this.transports);
    return larger;
  }
}
