import type { ReportedFinding } from './finding.ts';
import type { Locator } from './locator.ts';

/** What a fingerprint is made of. */
type Identity = Pick<ReportedFinding, 'rule' | 'file' | 'range' | 'zone' | 'name' | 'type'>;

/** Octets of a line that are looked at on each side of a place. */
const NEAR = 256;

const UTF8 = new TextDecoder();

/**
 * Gives findings of a report their fingerprints, in the order of the report. A fingerprint rests on the rule, the record and
 * the text of its line without blanks and comment, not on the number of the line; equal findings are told apart by their count.
 */
export class Fingerprints {
  private readonly counts = new Map<string, number>();

  /** Without a text, as for a file that must not be shown, rule and record alone count. */
  of(finding: Identity, text: Locator | undefined): string {
    const { rule, file, zone, name = '', type = '' } = finding;
    const written = text === undefined ? '' : writtenAt(finding, text);
    const key = [rule, file, zone, name, type, written].join('\n');
    const count = this.counts.get(key) ?? 0;
    this.counts.set(key, count + 1);
    return hash(`${key}\n${count}`);
  }
}

/** The line of a place with its blanks evened and its comment left out, and the text of the place itself. */
function writtenAt({ range }: Identity, text: Locator): string {
  const line = text.range(text.line(range.start.offset));
  const from = Math.max(line.start, range.start.offset - NEAR);
  const to = Math.min(line.end, range.start.offset + NEAR);
  const part = text.bytes.subarray(range.start.offset, Math.min(range.end.offset, range.start.offset + NEAR));
  const around = text.bytes.subarray(from, Math.max(from, to));
  return [withoutComment(UTF8.decode(around)), UTF8.decode(part)].map(even).join('\n');
}

function even(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** A line up to the first semicolon that is neither quoted nor escaped. */
function withoutComment(line: string): string {
  return /^(?:[^;"\\]|\\.|"(?:[^"\\]|\\.)*(?:"|\\?$))*/su.exec(line)?.[0] ?? line;
}

/** A hash of 128 bits in hexadecimal: four lanes that are multiplied, turned and mixed. It guards against chance, not malice. */
export function hash(text: string): string {
  const lanes = new Uint32Array([0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f]);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    for (let lane = 0; lane < 4; lane++) {
      const mixed = Math.imul((lanes[lane] ?? 0) ^ unit, MULTIPLIERS[lane] ?? 1);
      lanes[lane] = ((mixed << 13) | (mixed >>> 19)) + (lanes[(lane + 1) & 3] ?? 0);
    }
  }
  // Every lane goes through every other one twice, so that a late difference reaches all of the digits.
  for (let round = 0; round < 8; round++) {
    const lane = round & 3;
    let value = (lanes[lane] ?? 0) ^ Math.imul((lanes[(lane + 3) & 3] ?? 0) + text.length, 0x165667b1);
    value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
    value = Math.imul(value ^ (value >>> 12), 0x297a2d39);
    lanes[lane] = value ^ (value >>> 15);
  }
  return [...lanes].map((lane) => lane.toString(16).padStart(8, '0')).join('');
}

const MULTIPLIERS: readonly number[] = [0x5bd1e995, 0x1b873593, 0xcc9e2d51, 0x38b34ae5];
