/** One connection as the limits see it. */
export interface Guest {
  /** Turns of the clock since something was done for it. */
  age: number;
  /** A query of it is being answered, which may take any time. */
  readonly waiting: boolean;
  /** Nothing of it waits for an answer: it may be closed without loss. */
  readonly idle: boolean;
  /** Finishes what is at hand and closes then. */
  finish(): void;
  /** Closes at once. */
  destroy(): void;
}

/** So often within the idle time the ages of connections are looked at. */
const TURNS = 4;

/** The connections of one listener: not too many, and none that is idle for too long. */
export class Guests {
  private readonly all = new Set<Guest>();
  private readonly most: number;
  private readonly clock: NodeJS.Timeout;
  private gone: (() => void) | undefined;

  constructor(most: number, idle: number) {
    this.most = most;
    this.clock = setInterval(() => this.turn(), Math.max(1, idle / TURNS));
    this.clock.unref();
  }

  get size(): number {
    return this.all.size;
  }

  /** Takes a connection in, in the place of the one idle for longest when there are too many; false when all are busy. */
  admit(guest: Guest): boolean {
    if (this.gone !== undefined) return false;
    if (this.all.size >= this.most && !this.makeRoom()) return false;
    this.all.add(guest);
    return true;
  }

  leave(guest: Guest): void {
    this.all.delete(guest);
    if (this.all.size === 0) this.gone?.();
  }

  /** Lets all finish; those that have not after so many milliseconds are closed. */
  async dismiss(drain: number): Promise<void> {
    clearInterval(this.clock);
    await new Promise<void>((resolve) => {
      const patience = setTimeout(() => {
        for (const guest of [...this.all]) guest.destroy();
        resolve();
      }, drain);
      this.gone = () => {
        clearTimeout(patience);
        resolve();
      };
      for (const guest of [...this.all]) guest.finish();
      if (this.all.size === 0) this.gone();
    });
  }

  private makeRoom(): boolean {
    let oldest: Guest | undefined;
    for (const guest of this.all) if (guest.idle && (oldest === undefined || guest.age > oldest.age)) oldest = guest;
    if (oldest === undefined) return false;
    this.all.delete(oldest);
    oldest.destroy();
    return true;
  }

  private turn(): void {
    for (const guest of [...this.all]) if (!guest.waiting && ++guest.age > TURNS) guest.destroy();
  }
}
