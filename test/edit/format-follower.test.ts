import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormatFollower, formatFile, roomFor } from '../../lib/edit/format.ts';
import { FormatChecker } from '../../lib/edit/format-check.ts';
import { FORMAT_OPTIONS } from '../../lib/edit/format-options.ts';
import { messyZone } from './messy-zones.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Checks each piece as soon as it is written, and can spoil it before. */
class Follower implements FormatFollower {
  readonly room: Uint8Array;
  private readonly size: number;
  private readonly checker: FormatChecker;
  private readonly spoil: (room: Uint8Array, from: number, to: number) => void;
  private seen = 0;
  private wrong = false;
  private done = false;

  constructor(file: Uint8Array, room = roomFor(file.length), spoil: Follower['spoil'] = () => {}) {
    this.size = file.length;
    // What is behind the end of the text is not to be read as part of it.
    this.room = new Uint8Array(room).fill(0x0a);
    this.checker = new FormatChecker(file, this.room, undefined, FORMAT_OPTIONS.clientMxType);
    this.spoil = spoil;
  }

  wrote(old: number, now: number): void {
    this.spoil(this.room, this.seen, now);
    this.seen = now;
    this.wrong ||= this.checker.upTo(old, now) !== undefined;
    this.done = old === this.size;
  }

  isSame(): boolean {
    return this.done && !this.wrong;
  }
}

describe('following the formatter', () => {
  it('finds every piece the same', () => {
    fc.assert(
      fc.property(messyZone, (text) => {
        const file = octets(`${text}\n`);
        // Long words in narrow columns may grow beyond the usual room, and then nobody follows.
        const follower = new Follower(file, 4 * roomFor(file.length));
        const plain = formatFile(file);
        expect(formatFile(file, { follower })).toEqual(plain);
        expect(plain.unchanged || follower.isSame()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['an address', '1', '2'],
    ['an owner', 'b', 'c'],
    ['a type', 'X', 'Y'],
    ['a comment', 'w', 'v'],
    ['a blank inside a word', 'i', ' '],
    ['a line end', '\n', ' '],
    ['a quote', '"', ' '],
  ])('a writer that gets %s wrong is found out', (_, from, to) => {
    const file = octets('a  60 A 192.0.2.1\nb  60 MX 10 mail ; why\nb  60 TXT "one two"\n');
    const spoil = (room: Uint8Array, start: number, end: number): void => {
      for (let at = start; at < end; at++) if (room[at] === from.charCodeAt(0)) room[at] = to.charCodeAt(0);
    };
    const follower = new Follower(file, undefined, spoil);
    const { bytes, unchanged, refused } = formatFile(file, { follower });
    expect(follower.isSame()).toBe(false);
    expect(refused?.why).toMatch(/not be the same|would be lost|missing or too many/u);
    expect(unchanged).toBe(true);
    expect(bytes).toBe(file);
  });

  it('does without a follower that the text grew too long for', () => {
    const file = octets('a A 192.0.2.1\nlong.name A 192.0.2.2\n');
    expect(formatFile(file, { follower: new Follower(file, 8) })).toEqual(formatFile(file));
  });

  it('does without a follower for a file without a final newline, and one to be sorted', () => {
    const never: FormatFollower = {
      room: new Uint8Array(1000),
      wrote: () => expect.unreachable(),
      isSame: () => expect.unreachable(),
    };
    const bare = octets('b  A 192.0.2.1\na A 192.0.2.2');
    expect(formatFile(bare, { follower: never })).toEqual(formatFile(bare));
    const whole = octets('b  A 192.0.2.1\na A 192.0.2.2\n');
    expect(formatFile(whole, { follower: never, sort: true })).toEqual(formatFile(whole, { sort: true }));
  });
});
