/** Characters a chunk has at least, the last one excepted. */
const CHUNK = 0x10000;

/** Joins lines, each closed by a line feed, into pieces large enough to write without waste. */
export function* chunksOf(lines: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    chunk += '\n';
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
