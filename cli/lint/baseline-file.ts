import { parseJson } from '../../lib/config/json.ts';
import { follow, plainValue, TextPlaces } from '../../lib/config/tree.ts';
import { validate } from '../../lib/config/validate.ts';
import { UsageError } from '../errors.ts';
import type { Baseline } from './baseline.ts';

/** Reads a baseline; throws UsageError with the place of what is wrong in it. */
export function readBaseline(bytes: Uint8Array, name: string): Baseline {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is no baseline: it is not UTF-8 text`);
  }
  const fail = (at: number, message: string): never => {
    const { line, column } = new TextPlaces(text).of(at);
    throw new UsageError(`${name}:${line}:${column}: ${message}`);
  };
  const conflict = /^(?:<{7}|={7}|>{7})(?: |\r?$)/mu.exec(text);
  if (conflict !== null)
    return fail(
      conflict.index,
      'this is the mark of a merge conflict: settle it, or write the baseline anew with --update-baseline',
    );
  const parsed = parseJson(text);
  if ('problem' in parsed) return fail(parsed.problem.at, parsed.problem.message);
  const value = plainValue(parsed.root);
  const [problem] = validate('baseline', value);
  if (problem !== undefined)
    return fail(follow(parsed.root, problem.path).node.at, `in this baseline ${problem.message}`);
  const { files } = value as { readonly files: Readonly<Record<string, Readonly<Record<string, number>>>> };
  return new Map(Object.entries(files).map(([file, counts]) => [file, new Map(Object.entries(counts))]));
}
