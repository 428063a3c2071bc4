/** What is wrong with a fault: a path such as `match.type` or `action.answer[0]`, and a clause that makes a sentence behind it. */
export interface FaultProblem {
  readonly path: string;
  readonly message: string;
}

/** Collects what is wrong with one fault. */
export class FaultProblems {
  readonly found: FaultProblem[] = [];

  say(path: string, message: string): undefined {
    this.found.push({ path, message });
    return undefined;
  }

  /** A whole number between two bounds, both included; undefined and a problem for anything else. */
  whole(path: string, value: unknown, least: number, most: number): number | undefined {
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
    return this.say(path, `is ${shownValue(value)}, expected a whole number from ${least} to ${most}`);
  }

  /** The number of milliseconds, fractions allowed. */
  milliseconds(path: string, value: unknown, most: number): number | undefined {
    if (typeof value === 'number' && value >= 0 && value <= most) return value;
    return this.say(path, `is ${shownValue(value)}, expected milliseconds from 0 to ${most}`);
  }

  /** One of some words. */
  word<Word extends string>(path: string, value: unknown, words: readonly Word[]): Word | undefined {
    const found = words.find((each) => each === value);
    return found ?? this.say(path, `is ${shownValue(value)}, expected one of ${words.join(', ')}`);
  }

  /** One value or a list of them, each with its path; undefined when nothing is given. */
  each<Read>(path: string, given: unknown, read: (path: string, text: string) => Read | undefined): Read[] | undefined {
    if (given === undefined) return undefined;
    const isList = Array.isArray(given);
    const values: readonly unknown[] = isList ? given : [given];
    if (values.length === 0) this.say(path, 'is an empty list, which nothing fits; leave it out or give a value');
    return values.flatMap((value, index) => {
      const at = isList ? `${path}[${index}]` : path;
      if (typeof value !== 'string') return this.say(at, `is ${shownValue(value)}, expected text`) ?? [];
      return read(at, value) ?? [];
    });
  }
}

/** A value as a sentence shows it. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
