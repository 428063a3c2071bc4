import { writeRdata } from '../rr/codec.ts';
import { asciiText } from '../rr/found.ts';
import { writeAscii } from '../rr/octets.ts';
import { ByteSink } from '../text/sink.ts';

/** Octets a chunk has at least, the last one excepted. */
const CHUNK = 0x10000;

/** Text of a zone in the making, kept as octets until a chunk is full, so that no record costs strings. */
export class TextWriter {
  readonly out: ByteSink = new ByteSink(CHUNK + 0x4000);
  private lineStart = 0;

  /** Column of what is written next, counted from 0. */
  get column(): number {
    return this.out.length - this.lineStart;
  }

  /** Whether enough is written to be taken. */
  get full(): boolean {
    return this.out.length >= CHUNK;
  }

  ascii(text: string): void {
    writeAscii(text, this.out);
  }

  /** Writes blanks up to a column, none when the line is there already. */
  padTo(column: number): void {
    while (this.column < column) this.out.u8(0x20);
  }

  rdata(type: number, rdata: Uint8Array, origin?: Uint8Array): void {
    writeRdata(type, rdata, this.out, origin === undefined ? {} : { origin });
  }

  /** Ends the line; blanks before its end are dropped. */
  endLine(): void {
    const { out } = this;
    while (this.column > 0 && out.bytes[out.length - 1] === 0x20) out.length--;
    out.u8(0x0a);
    this.lineStart = out.length;
  }

  /** What was written, taken away. */
  take(): string {
    const text = asciiText(this.out.bytes, 0, this.out.length);
    this.out.length = 0;
    this.lineStart = 0;
    return text;
  }
}
