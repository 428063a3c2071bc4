/** Milliseconds that are counted together. */
const SLOT = 100;

/** Slots in a second. */
const PER_SECOND = 1000 / SLOT;

/** Seconds that can be looked back. */
const LONGEST = 60;

/** How many things a second happen, over the last 1 to 60 seconds. Gets its time from its callers. */
export class Rates {
  // One slot more than is summed up is the one that is being filled.
  private readonly slots = new Uint32Array(LONGEST * PER_SECOND + 1);
  private readonly first: number;
  private last: number;

  constructor(now: number) {
    this.first = Math.floor(now / SLOT);
    this.last = this.first;
  }

  /** One thing more; one of a time before the last counts as of that. */
  add(now: number): void {
    this.advance(now);
    const at = this.last % this.slots.length;
    this.slots[at] = (this.slots[at] ?? 0) + 1;
  }

  /** Things a second over the last seconds that are over, or over all there were when they are fewer. */
  perSecond(seconds: number, now: number): number {
    this.advance(now);
    const span = Math.min(seconds * PER_SECOND, this.last - this.first);
    if (span === 0) return 0;
    let sum = 0;
    for (let back = 1; back <= span; back++) sum += this.slots[(this.last - back) % this.slots.length] ?? 0;
    return (sum * PER_SECOND) / span;
  }

  private advance(now: number): void {
    const slot = Math.floor(now / SLOT);
    if (slot <= this.last) return;
    const passed = Math.min(slot - this.last, this.slots.length);
    for (let back = 0; back < passed; back++) this.slots[(slot - back) % this.slots.length] = 0;
    this.last = slot;
  }
}
