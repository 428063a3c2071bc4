import type { Socket } from 'node:net';
import type { Exchange, Transport } from '../server/exchange.ts';
import type { Delivery } from '../server/faults/fault.ts';
import { ByteSink } from '../text/sink.ts';
import { frame } from '../wire/frames.ts';
import { putU16, u16At } from '../wire/header.ts';
import type { Guest, Guests } from './serve-guests.ts';
import type { Handled, Host } from './serve-options.ts';

/** What the connections of one listener share. */
export interface StreamSurroundings {
  readonly transport: Transport;
  readonly host: Host;
  readonly guests: Guests;
  readonly batch: ByteSink;
  /** Resets a connection, so that the other side gets an error and no end. */
  readonly reset: (socket: Socket) => void;
}

/** Octets of room a connection keeps for messages in pieces. */
const KEPT = 4096;

const NOTHING = new Uint8Array(0);

/**
 * One connection that carries messages with their length before them (RFC 1035 §4.2.2, RFC 7766): queries as they come,
 * whatever the pieces, all answers of one piece in one write, and no more read than the client takes.
 */
export class StreamGuest implements Guest {
  age = 0;
  private readonly socket: Socket;
  private readonly transport: Transport;
  private readonly host: Host;
  private readonly client: Exchange['client'];
  /** What came last and is not looked at yet. */
  private piece: Uint8Array = NOTHING;
  private at = 0;
  /** The start of a message whose rest has not come. */
  private readonly begun = new ByteSink(0);
  /** Answers on their way out; empty between two turns. */
  private readonly batch: ByteSink;
  /** What is left of transfers, the first of which is sent on: answers that were late may come to stand behind it. */
  private readonly transfers: Iterator<Uint8Array>[] = [];
  private inFlight = 0;
  private corked = false;
  private blocked = false;
  private ending = false;
  /** Nothing is answered any more: the connection hangs, or is about to close. */
  private over = false;
  private readonly reset: StreamSurroundings['reset'];

  /** The batch may be shared with other connections. */
  constructor(socket: Socket, { transport, host, guests, batch, reset }: StreamSurroundings) {
    this.socket = socket;
    this.transport = transport;
    this.host = host;
    this.batch = batch;
    this.reset = reset;
    this.client = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    // Whoever resets the connection gets nothing more; there is nothing to tell.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.dropTransfers();
      guests.leave(this);
    });
    if (!guests.admit(this)) {
      this.destroy();
      return;
    }
    socket.setNoDelay(true);
    socket.on('data', (piece) => this.take(piece));
    socket.on('drain', () => {
      this.age = 0;
      this.work();
    });
    // Who hangs does not mind that the other side has said all it had to say.
    socket.on('end', () => {
      if (!this.over) this.finish();
    });
  }

  get waiting(): boolean {
    return this.inFlight > 0 && !this.over;
  }

  get idle(): boolean {
    return (this.over || (this.inFlight === 0 && this.transfers.length === 0)) && this.socket.writableLength === 0;
  }

  finish(): void {
    this.ending = true;
    if (this.over) this.socket.destroySoon();
    this.work();
  }

  destroy(): void {
    this.socket.destroy();
  }

  private take(piece: Uint8Array): void {
    if (this.over) return;
    const left = this.piece.length - this.at;
    if (left > 0) {
      const joined = new Uint8Array(left + piece.length);
      joined.set(this.piece.subarray(this.at));
      joined.set(piece, left);
      this.piece = joined;
    } else this.piece = piece;
    this.at = 0;
    this.work();
  }

  /** Answers what is there, as far as the client takes answers. */
  private work(): void {
    while (!this.over) {
      while (!this.full && !this.over) {
        const query = this.nextQuery();
        if (query === undefined) break;
        this.age = 0;
        this.answer(query);
      }
      const wrote = this.flush();
      const sent = this.pump();
      if ((!wrote && !sent) || this.full) break;
    }
    this.listen();
  }

  /** Whether answers already made have to go first. */
  private get full(): boolean {
    const { limits } = this.host;
    const unsent = this.socket.writableLength + this.batch.length;
    return this.transfers.length > 0 || this.inFlight >= limits.inFlight.connection || unsent > limits.unsent;
  }

  /** Reads on, or waits, or ends when all is done. */
  private listen(): void {
    const { socket } = this;
    if (this.over) return;
    const blocked = this.full;
    if (blocked !== this.blocked) {
      this.blocked = blocked;
      if (blocked) socket.pause();
      else socket.resume();
    }
    if (this.ending && !blocked && this.inFlight === 0 && !socket.destroyed) socket.destroySoon();
  }

  /** The next whole message; undefined when its end has not come. */
  private nextQuery(): Uint8Array | undefined {
    const { piece, begun } = this;
    if (begun.length === 0) {
      const end = this.at + 2 + u16At(piece, this.at);
      if (this.at + 2 <= piece.length && end <= piece.length) {
        const query = piece.subarray(this.at + 2, end);
        this.at = end;
        return query;
      }
    }
    return this.complete();
  }

  private complete(): Uint8Array | undefined {
    const { piece, begun } = this;
    while (this.at < piece.length) {
      const wanted = begun.length < 2 ? 2 : 2 + u16At(begun.bytes, 0);
      const taken = piece.subarray(this.at, this.at + wanted - begun.length);
      begun.put(taken);
      this.at += taken.length;
      if (begun.length >= 2 && begun.length === 2 + u16At(begun.bytes, 0)) {
        const query = begun.slice(2);
        begun.length = 0;
        if (begun.bytes.length > KEPT) begun.bytes = NOTHING;
        return query;
      }
    }
    return undefined;
  }

  private answer(query: Uint8Array): void {
    const { host, transport, client } = this;
    const handled = host.handle(query, { transport, client, now: host.now() });
    if (handled instanceof Promise) {
      this.inFlight++;
      void handled.then((late) => this.answerLate(late));
      return;
    }
    this.put(handled, this.batch);
  }

  private put({ bytes, more, delivery }: Handled, batch: ByteSink): void {
    if (more !== undefined) this.transfers.push(more[Symbol.iterator]());
    if (delivery !== undefined) this.deliver(bytes, delivery, batch);
    else if (bytes !== undefined) {
      batch.u16(bytes.length);
      batch.put(bytes);
    }
  }

  /** Sends an answer otherwise than it should leave, and ends the connection in the way asked for. */
  private deliver(bytes: Uint8Array | undefined, { length, cut, end }: Delivery, batch: ByteSink): void {
    if (bytes !== undefined) {
      const framed = new Uint8Array(2 + bytes.length);
      putU16(framed, 0, length ?? bytes.length);
      framed.set(bytes, 2);
      batch.put(cut === undefined ? framed : framed.subarray(0, cut));
    }
    if (end === undefined) return;
    this.over = true;
    this.dropTransfers();
    this.flush();
    this.piece = NOTHING;
    this.at = 0;
    const { socket } = this;
    // A socket that is paused does not see that the other side has gone.
    socket.resume();
    if (end === 'close') socket.destroySoon();
    // What was sent before goes first.
    if (end === 'reset') socket.write(NOTHING, () => this.reset(socket));
  }

  private answerLate(handled: Handled): void {
    this.inFlight--;
    this.age = 0;
    if (this.socket.destroyed || this.over) return;
    // Answers that are ready in the same turn leave together.
    if (!this.corked) {
      this.corked = true;
      this.socket.cork();
      setImmediate(() => {
        this.corked = false;
        this.socket.uncork();
        this.work();
      });
    }
    this.put(handled, this.batch);
    this.flush();
  }

  private flush(): boolean {
    const { batch, socket } = this;
    if (batch.length === 0) return false;
    if (!socket.destroyed) socket.write(batch.slice());
    batch.length = 0;
    return true;
  }

  /** Sends on with transfers for as long as the client takes them; whether one came to its end. */
  private pump(): boolean {
    const { socket, host, transfers } = this;
    let ended = false;
    for (let [transfer] = transfers; transfer !== undefined; [transfer] = transfers) {
      if (socket.writableLength > host.limits.unsent || socket.destroyed) break;
      const { value, done } = transfer.next();
      if (done) {
        transfers.shift();
        ended = true;
      } else socket.write(frame(value));
    }
    return ended;
  }

  private dropTransfers(): void {
    for (const transfer of this.transfers.splice(0)) transfer.return?.();
  }
}
