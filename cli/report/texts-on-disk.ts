import { isAbsolute, relative, sep } from 'node:path';
import { FileError, type Io } from '../io.ts';
import type { ReportedFinding, ReportedRange } from './finding.ts';
import { Fingerprints } from './fingerprint.ts';
import { Locator } from './locator.ts';
import type { Texts } from './reporter.ts';

/** Files whose text is kept at a time. */
const KEPT = 64;

/** Octets of a file that is read to show lines of it. */
const LARGEST = 2 ** 28;

/**
 * The texts that findings of a finished report point into, as they lie on the disk now: only files inside the working folder,
 * and only where every finding in the file has the same place and fingerprint as before. A fingerprint holds the text of its
 * line, so that a report made up by somebody else shows nothing its maker has not seen, and no file that must not be shown.
 */
export function textsOnDisk(findings: readonly ReportedFinding[], io: Io): Texts {
  const byFile = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const list = byFile.get(finding.file);
    if (list === undefined) byFile.set(finding.file, [finding]);
    else list.push(finding);
  }
  const known = new Map<string, Locator | undefined>();
  return {
    of(file) {
      if (known.has(file)) return known.get(file);
      if (known.size >= KEPT) known.clear();
      const text = readUnchanged(file, byFile.get(file) ?? [], io);
      known.set(file, text);
      return text;
    },
  };
}

function readUnchanged(file: string, findings: readonly ReportedFinding[], io: Io): Locator | undefined {
  if (findings.length === 0 || !isInside(file, io) || io.kind(file) !== 'file') return undefined;
  let text: Locator;
  try {
    text = new Locator(io.readFile(file, LARGEST));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
  const fingerprints = new Fingerprints();
  const same = findings.every((finding) => {
    const fingerprint = fingerprints.of(finding, text);
    const { related, fixes } = finding;
    const ranges = [
      finding.range,
      ...related.filter((one) => one.file === file).map((one) => one.range),
      ...fixes.filter((one) => one.file === file).flatMap(({ edits }) => edits.map(({ range }) => range)),
    ];
    return finding.fingerprint === fingerprint && ranges.every((range) => isPlaceIn(range, text));
  });
  return same ? text : undefined;
}

function isInside(file: string, io: Io): boolean {
  const real = io.realPath(file);
  if (real === undefined) return false;
  const way = relative(io.realPath('.') ?? io.cwd, real);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function isPlaceIn({ start, end }: ReportedRange, text: Locator): boolean {
  return [start, end].every(({ line, column, offset }) => {
    const here = text.position(offset);
    return here.line === line && here.column === column && here.offset === offset;
  });
}
