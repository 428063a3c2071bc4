/** How long one step and all steps together may take, in milliseconds. */
export interface Timeouts {
  readonly connect: number;
  readonly step: number;
  readonly total: number;
}

/** What went wrong while talking to a server. */
export type StepTrouble =
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'total-timeout'
  | 'closed'
  | 'reset'
  | 'garbage'
  | 'line-too-long'
  | 'reply-too-long'
  | 'text-before-tls'
  | 'not-tls'
  | 'tls-alert'
  | 'tls-failed';

/** A step that failed; `detail` is what came, or what the system says. */
export class StepError extends Error {
  override readonly name: string = 'StepError';
  readonly trouble: StepTrouble;
  readonly detail: string;

  constructor(trouble: StepTrouble, detail = '') {
    super(`${trouble} ${detail}`);
    this.trouble = trouble;
    this.detail = detail;
  }
}

/** Begins to wait for something; gives back what stops waiting, whichever way it ended. */
export type Begin<T> = (resolve: (value: T) => void, reject: (error: StepError) => void) => () => void;

/** Waits with an end: no step takes longer than its time, and none goes on when the time of all is over. */
export class Patience {
  private readonly timer: ReturnType<typeof setTimeout>;
  private readonly pending = new Set<(error: StepError) => void>();
  over = false;

  constructor(total: number) {
    this.timer = setTimeout(() => {
      this.over = true;
      for (const reject of [...this.pending]) reject(new StepError('total-timeout'));
    }, total);
  }

  /** Waits for one thing; rejects with a StepError. */
  wait<T>(milliseconds: number, begin: Begin<T>): Promise<T> {
    if (this.over) return Promise.reject(new StepError('total-timeout'));
    return new Promise<T>((resolve, reject) => {
      let stop: (() => void) | undefined;
      let ended = false;
      const end = (act: () => void): void => {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        this.pending.delete(fail);
        stop?.();
        act();
      };
      const fail = (error: StepError): void => end(() => reject(error));
      const timer = setTimeout(() => fail(new StepError('timeout')), milliseconds);
      this.pending.add(fail);
      stop = begin((value) => end(() => resolve(value)), fail);
      if (ended) stop();
    });
  }

  /** Ends the waiting for all. */
  stop(): void {
    clearTimeout(this.timer);
  }
}
