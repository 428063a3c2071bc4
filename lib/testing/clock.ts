/** What a test server knows of time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds of any clock that never goes back. */
  ticks(): number;
  /** Waits so long, or until nobody waits any more. */
  wait(milliseconds: number, ended?: AbortSignal): Promise<void>;
}

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Waits that have not ended. */
  readonly waiting: number;
  /** Moves the clock on; whoever waits that long goes on, in the order of time. */
  advance(milliseconds: number): Promise<void>;
  /** Resolves when so many wait, such as answers that a rule delays. */
  untilWaiting(count?: number): Promise<void>;
}

/** One who waits until a time. */
interface Waiting {
  readonly due: number;
  readonly resolve: () => void;
}

/** A clock that stands at a time, the first second of 2026 unless given, until it is moved. */
export function fakeClock(start: number | string | Date = '2026-01-01T00:00:00Z'): FakeClock {
  const began = new Date(start).getTime();
  if (Number.isNaN(began)) throw new Error(`fakeClock: '${String(start)}' is no time`);
  return new StandingClock(began);
}

class StandingClock implements FakeClock {
  private readonly began: number;
  private passed = 0;
  private pending: Waiting[] = [];
  private watchers: { readonly count: number; readonly resolve: () => void }[] = [];

  constructor(began: number) {
    this.began = began;
  }

  now(): number {
    return this.began + this.passed;
  }

  ticks(): number {
    return this.passed;
  }

  get waiting(): number {
    return this.pending.length;
  }

  wait(milliseconds: number, ended?: AbortSignal): Promise<void> {
    if (milliseconds <= 0 || ended?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = { due: this.passed + milliseconds, resolve: () => end() };
      const end = (): void => {
        ended?.removeEventListener('abort', end);
        this.pending = this.pending.filter((each) => each !== waiting);
        resolve();
      };
      ended?.addEventListener('abort', end);
      this.pending.push(waiting);
      this.tell();
    });
  }

  async advance(milliseconds: number): Promise<void> {
    if (!(milliseconds >= 0)) throw new Error(`advance: time does not pass by ${milliseconds} milliseconds`);
    const until = this.passed + milliseconds;
    for (;;) {
      const next = this.pending.reduce<Waiting | undefined>(
        (first, each) => (each.due <= until && (first === undefined || each.due < first.due) ? each : first),
        undefined,
      );
      if (next === undefined) break;
      this.passed = Math.max(this.passed, next.due);
      next.resolve();
      await settled();
    }
    this.passed = until;
    await settled();
  }

  untilWaiting(count = 1): Promise<void> {
    if (this.pending.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.watchers.push({ count, resolve }));
  }

  private tell(): void {
    const { length } = this.pending;
    for (const { count, resolve } of this.watchers) if (length >= count) resolve();
    this.watchers = this.watchers.filter(({ count }) => length < count);
  }
}

/** Promises that follow one from the other before those who waited have done what they waited for. */
const STEPS = 20;

async function settled(): Promise<void> {
  for (let step = 0; step < STEPS; step++) await Promise.resolve();
}
