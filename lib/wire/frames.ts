import { putU16, u16At } from './header.ts';

/** A message with its length before it, as streams carry it (RFC 1035 §4.2.2). */
export function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(message.length + 2);
  putU16(framed, 0, message.length);
  framed.set(message, 2);
  return framed;
}

/** Takes messages out of a stream whatever its pieces are; holds one unfinished message at most. */
export class FrameReader {
  private readonly lengthOctets = new Uint8Array(2);
  private lengthRead = 0;
  private body: Uint8Array | undefined;
  private bodyRead = 0;

  /** The messages that the next piece of the stream completes, in order. */
  push(piece: Uint8Array): Uint8Array[] {
    const messages: Uint8Array[] = [];
    for (let at = 0; at < piece.length || this.complete; ) {
      if (this.body === undefined) {
        this.lengthOctets[this.lengthRead++] = piece[at++] ?? 0;
        if (this.lengthRead === 2) this.body = new Uint8Array(u16At(this.lengthOctets, 0));
      } else if (this.complete) {
        messages.push(this.body);
        this.body = undefined;
        this.lengthRead = 0;
        this.bodyRead = 0;
      } else {
        const taken = piece.subarray(at, at + this.body.length - this.bodyRead);
        this.body.set(taken, this.bodyRead);
        this.bodyRead += taken.length;
        at += taken.length;
      }
    }
    return messages;
  }

  /** Octets of the unfinished message that came and that it announces; undefined between two messages. */
  get pending(): { readonly read: number; readonly length: number | undefined } | undefined {
    if (this.lengthRead === 0) return undefined;
    return { read: this.bodyRead, length: this.body?.length };
  }

  private get complete(): boolean {
    return this.body !== undefined && this.bodyRead === this.body.length;
  }
}
