import { shown } from '../rr/found.ts';
import type { Report } from '../rr/problem.ts';
import { MAX_TTL, readPeriod } from '../rr/ttl.ts';
import { classFromBytes, classToText, nearestType, typeFromBytes, typeRow } from '../rr/types.ts';
import type { Entry } from '../text/entry.ts';

/** Where the parts of a record stand among the words of its entry; -1 for a part that is not written. */
export interface Header {
  ownerWord: number;
  ttlWord: number;
  classWord: number;
  typeWord: number;
  /** First word of the RDATA. */
  rdataWord: number;
  ttl: number;
  recordClass: number;
  type: number;
}

/**
 * Reads owner position, TTL, class and type of a record entry (RFC 1035 §5.1: TTL and class in either order).
 * False when no type is found; what was wrong is reported.
 */
export function readHeader(entry: Entry, header: Header, report: Report): boolean {
  header.ownerWord = entry.blankStart ? -1 : 0;
  header.ttlWord = -1;
  header.classWord = -1;
  header.typeWord = -1;
  header.ttl = -1;
  header.recordClass = -1;
  header.type = -1;
  for (let word = header.ownerWord + 1; word < entry.wordCount; word++) {
    const start = entry.wordStart(word);
    const end = entry.wordEnd(word);
    if (!entry.wordQuoted(word)) {
      const recordClass = header.classWord < 0 ? classFromBytes(entry.bytes, start, end) : -1;
      if (recordClass >= 0) {
        header.classWord = word;
        header.recordClass = recordClass;
        // Mnemonics have two letters; the other words are CLASSn (RFC 3597 §5).
        if (end - start > 4) {
          const found = shown(entry.bytes, start, end);
          report('nonportable', start, end, {
            found,
            refusedBy: 'Knot DNS',
            hint: `write ${classToText(recordClass)}`,
          });
        }
        continue;
      }
      if (header.ttlWord < 0 && isDigit(entry.bytes[start] ?? 0)) {
        if (!readTtl(entry, word, header, report)) return false;
        continue;
      }
    }
    return readType(entry, word, header, report);
  }
  const at = entry.wordCount > 0 ? entry.wordEnd(entry.wordCount - 1) : entry.start;
  report('parse-error', at, at, {
    expected:
      header.ownerWord === 0 && entry.wordCount === 1 ? 'a TTL, class or RR type after the owner' : 'an RR type',
  });
  return false;
}

function readTtl(entry: Entry, word: number, header: Header, report: Report): boolean {
  const start = entry.wordStart(word);
  const end = entry.wordEnd(word);
  const ttl = readPeriod(entry.bytes, start, end);
  const found = shown(entry.bytes, start, end);
  if (ttl < 0) {
    report('ttl-invalid', start, end, { found });
    return false;
  }
  header.ttlWord = word;
  header.ttl = usableTtl(ttl);
  if (header.ttl !== ttl) report('ttl-too-large', start, end, { found });
  return true;
}

/** A TTL with the highest bit set counts as zero (RFC 2181 §8). */
export function usableTtl(ttl: number): number {
  return ttl > MAX_TTL ? 0 : ttl;
}

function readType(entry: Entry, word: number, header: Header, report: Report): boolean {
  const start = entry.wordStart(word);
  const end = entry.wordEnd(word);
  const type = entry.wordQuoted(word) ? -1 : typeFromBytes(entry.bytes, start, end);
  if (type < 0) {
    const found = shown(entry.bytes, start, end);
    const nearest = nearestType(found);
    report('unknown-type', start, end, nearest === undefined ? { found } : { found, nearest });
    return false;
  }
  header.typeWord = word;
  header.type = type;
  header.rdataWord = word + 1;
  if (typeRow(type)?.meta || type === 0) {
    report('meta-type-in-zone', start, end, { found: shown(entry.bytes, start, end) });
    return false;
  }
  return true;
}

/** A header with nothing read yet. */
export function emptyHeader(): Header {
  return { ownerWord: -1, ttlWord: -1, classWord: -1, typeWord: -1, rdataWord: 0, ttl: -1, recordClass: -1, type: -1 };
}

function isDigit(octet: number): boolean {
  return octet >= 0x30 && octet <= 0x39;
}
