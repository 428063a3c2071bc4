/** Numbers that look random and are the same for the same seed and purpose; whoever has a stream of his own disturbs nobody else. */
export class SeededRandom {
  private state: number;

  constructor(seed: number, purpose: string) {
    let hash = 0x811c9dc5;
    for (const character of `${seed}:${purpose}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    this.state = hash;
  }

  /** From 0 up to, but never, 1. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from 0 on, less than the bound. */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }
}
