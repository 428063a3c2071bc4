import { lowerOctet } from '../../rr/escapes.ts';
import { nameToText } from '../../rr/name.ts';
import { HEADER_LENGTH, u16At } from '../../wire/header.ts';

const MAX_NAME = 255;
const MAX_LABEL = 63;

/** Small letters, digits, hyphen and underscore. */
const PLAIN: Uint8Array = Uint8Array.from({ length: 256 }, (_, octet) =>
  /[a-z\d_-]/.test(String.fromCharCode(octet)) ? 1 : 0,
);

/** What the octets of a query say of its header and first question, read again for each query without anything being made. */
export class QueryView {
  opcode = 0;
  recursionDesired = false;
  /** Octets of the name of the question; 0 when there is no question that can be read. */
  nameLength = 0;
  /** The name in wire form and small letters, as far as `nameLength`. */
  readonly name: Uint8Array = new Uint8Array(MAX_NAME);
  /** -1 without a question. */
  type = -1;
  class = -1;
  private nameText: string | undefined;

  /** Takes a query that has a whole header. */
  read(query: Uint8Array): void {
    this.nameText = undefined;
    this.opcode = ((query[2] as number) >> 3) & 15;
    this.recursionDesired = ((query[2] as number) & 1) !== 0;
    const end = u16At(query, 4) === 0 ? -1 : this.readName(query);
    const whole = end >= 0 && end + 4 <= query.length;
    this.nameLength = whole ? end - HEADER_LENGTH : 0;
    this.type = whole ? u16At(query, end) : -1;
    this.class = whole ? u16At(query, end + 2) : -1;
  }

  /** The name as text in small letters, without the final dot; that of the root is empty. */
  get text(): string {
    this.nameText ??= this.plainText() ?? nameToText(this.name.subarray(0, this.nameLength)).slice(0, -1);
    return this.nameText;
  }

  /** Whether the name is another one, given in small letters. */
  isNamed(name: Uint8Array): boolean {
    const { length } = name;
    if (this.nameLength !== length) return false;
    // From the front: names of one zone differ there.
    for (let at = 0; at < length; at++) if (this.name[at] !== name[at]) return false;
    return true;
  }

  /** Whether the name is, or lies below, another one that is given in small letters. */
  isWithin(suffix: Uint8Array): boolean {
    const from = this.nameLength - suffix.length;
    if (from < 0 || !this.endsWith(suffix)) return false;
    // What looks like the suffix may be the octets of one long label.
    let at = 0;
    while (at < from) at += 1 + (this.name[at] as number);
    return at === from;
  }

  /** The text of a name in which nothing has to be escaped; undefined for others. */
  private plainText(): string | undefined {
    const { name, nameLength } = this;
    let text = '';
    for (let at = 0; at + 1 < nameLength; ) {
      const end = at + 1 + (name[at] as number);
      if (at > 0) text += '.';
      for (at++; at < end; at++) {
        const octet = name[at] as number;
        if (PLAIN[octet] !== 1) return undefined;
        text += String.fromCharCode(octet);
      }
    }
    return text;
  }

  private endsWith(suffix: Uint8Array): boolean {
    const from = this.nameLength - suffix.length;
    for (let at = suffix.length - 1; at >= 0; at--) if (this.name[from + at] !== suffix[at]) return false;
    return true;
  }

  /** Where the name of the question ends; -1 when it is broken, or made of pointers, of which the first name can have none. */
  private readName(query: Uint8Array): number {
    const { name } = this;
    for (let at = HEADER_LENGTH; at < query.length; ) {
      const size = query[at] as number;
      const end = at + 1 + size;
      if (size > MAX_LABEL || end - HEADER_LENGTH > MAX_NAME || end > query.length) return -1;
      name[at - HEADER_LENGTH] = size;
      for (let each = at + 1; each < end; each++) name[each - HEADER_LENGTH] = lowerOctet(query[each] as number);
      if (size === 0) return end;
      at = end;
    }
    return -1;
  }
}
