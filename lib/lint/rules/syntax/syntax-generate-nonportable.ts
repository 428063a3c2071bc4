import { sayProblem } from '../../../rr/say.ts';
import type { Fix, SourceFile } from '../../../text/diagnostic.ts';
import { Entry, scanEntry } from '../../../text/entry.ts';
import { ByteSink } from '../../../text/sink.ts';
import { expandGenerate } from '../../../zone/generate.ts';
import type { ZoneProblem } from '../../../zone/zone.ts';
import type { Rule } from '../../rule.ts';
import { oneEdit } from './fixes.ts';

/** More lines than this are not written out. */
const MOST = 1000;

/** Neither are more octets. */
const MOST_OCTETS = 2 ** 20;

/** A directive that only BIND and its kin know. */
export const rule: Rule = {
  id: 'syntax-generate-nonportable',
  group: 'syntax',
  level: 'info',
  cites: ['BIND 9 Administrator Reference Manual'],
  what: 'The zone uses $GENERATE, which is an extension of BIND.',
  why: 'NSD and Knot DNS refuse a zone with it.',
  help: 'Write the records out if other servers than BIND are to load the file.',
  bad: { zone: '$GENERATE 1-2 host$ A 192.0.2.$ ; expect\n' },
  good: { zone: 'host1 A 192.0.2.1\nhost2 A 192.0.2.2\n' },
  fix: 'safe',
  load: true,
  say: (args) => sayProblem({ code: 'generate-nonportable', args }),
  fixOf: writtenOut,
};

const NONE = new Uint8Array(0);
// Made once: a file may have any number of such lines.
const entry = new Entry();
const sink = new ByteSink();
const decoder = new TextDecoder('latin1');

function writtenOut(problem: ZoneProblem, file: SourceFile): readonly Fix[] {
  if (problem.end - problem.start > MOST_OCTETS) return [];
  scanEntry(file.bytes, problem.start, entry);
  const expansion = expandGenerate(entry, MOST, () => {});
  // Nobody else may need the file any more.
  entry.bytes = NONE;
  if (expansion === undefined) return [];
  sink.length = 0;
  while (sink.length <= MOST_OCTETS && expansion.next(sink));
  if (sink.length > MOST_OCTETS) return [];
  const text = decoder.decode(sink.bytes.subarray(0, sink.length));
  // Edits are written as UTF-8, which would make two octets of each that is not ASCII.
  if (/[^\0-\x7f]/.test(text)) return [];
  return oneEdit(`write the ${expansion.count} records out`, true, file, problem, text.replace(/\n$/, ''));
}
