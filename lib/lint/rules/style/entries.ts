import type { SourceFile } from '../../../text/diagnostic.ts';
import { Entry, scanEntry } from '../../../text/entry.ts';
import type { Facts } from '../../facts.ts';

/** Every entry of every file of the zone in their order; the entry is the same object each time. */
export function* entriesOf(facts: Facts): Generator<{ readonly file: SourceFile; readonly entry: Entry }> {
  const entry = new Entry();
  const seen = new Set<Uint8Array>();
  for (const file of facts.zone.files) {
    // A file that is included twice has one text.
    if (seen.has(file.bytes)) continue;
    seen.add(file.bytes);
    for (let at = 0; at < file.bytes.length; at = entry.end) {
      scanEntry(file.bytes, at, entry);
      yield { file, entry };
    }
  }
}
