/** Pseudo-random numbers that are the same on every machine for the same seed. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** The next whole number below 2^32. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * limit);
  }

  /** True in `share` of all calls. */
  chance(share: number): boolean {
    return this.next() < share * 0x1_0000_0000;
  }

  /** One of `list`. */
  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  /** Lower-case hexadecimal digits of `octets` octets. */
  hex(octets: number): string {
    let digits = '';
    while (digits.length < octets * 2) digits += this.next().toString(16).padStart(8, '0');
    return digits.slice(0, octets * 2);
  }

  /** An IPv4 address that a host could have. */
  ip4(): string {
    return `${1 + this.below(223)}.${this.below(256)}.${this.below(256)}.${1 + this.below(254)}`;
  }

  /** An IPv6 address below 2001:db8::/32. */
  ip6(): string {
    return `2001:db8:${this.below(65_536).toString(16)}:${this.below(65_536).toString(16)}::${(1 + this.below(65_535)).toString(16)}`;
  }

  /** A word that can be spoken, made different from all others by `index`. */
  word(index: number): string {
    let word = '';
    for (let syllables = 2 + this.below(3); syllables > 0; syllables -= 1) word += this.pick(SYLLABLES);
    return word + index.toString(36);
  }
}

const SYLLABLES = [
  ...(['ba', 'cor', 'den', 'el', 'fi', 'gam', 'hol', 'is', 'jun', 'ko', 'lar', 'min'] as const),
  ...(['no', 'or', 'pel', 'quin', 'ras', 'su', 'tem', 'ul', 'ven', 'wi', 'yar', 'zeb'] as const),
] as unknown as readonly [string, ...string[]];
