import type { Span } from '../text/diagnostic.ts';
import { parseTagList, type Tag } from './tag-list.ts';

/** What can be wrong with the fields of a record that begins with its version: MTA-STS (RFC 8461 §3.1) and TLSRPT (RFC 8460 §3). */
export type FieldFault =
  /** The first field is not the version as it must be spelled. */
  | 'version'
  /** A piece between semicolons that is no field. */
  | 'no-field'
  /** Blanks beside the equals sign. */
  | 'blank'
  /** A name or value with octets that are not allowed, or without any. */
  | 'bad-field';

/** A fault with its range in the text, and what was most likely meant there. */
export interface FieldProblem<Fault extends string = FieldFault> extends Span {
  readonly fault: Fault;
  readonly instead: string | undefined;
}

/** The fields behind the version, and everything wrong with the form of the record. */
export interface VersionedFields {
  readonly fields: readonly Tag[];
  readonly problems: readonly FieldProblem[];
}

/** Whether a text begins with the version and a semicolon, as it must to be taken for such a record at all. */
export function hasVersion(text: string, version: string): boolean {
  const head = `v=${version}`;
  return text.startsWith(head) && /^[ \t]*;/.test(text.slice(head.length, head.length + 16));
}

/** Whether a text was meant to be such a record: its version in any spelling stands first. */
export function seemsVersion(text: string, version: string): boolean {
  return writtenVersion(text, version) !== '';
}

/** The start of a text as far as it stands for the version, in whatever spelling; empty when nothing does. */
function writtenVersion(text: string, version: string): string {
  const letters = version.replace(/v\d+$/, '');
  const meant = new RegExp(`^[\\s"']*v\\s*[=:]\\s*${letters}(?:v?[0-9.]*)(?![a-z0-9])`, 'iu');
  return meant.exec(text.slice(0, 64))?.[0] ?? '';
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;
const VALUE = /^[\x21-\x3a\x3c\x3e-\x7e]+$/;

/** Reads the fields of a record that has to begin with `v=` and the version. Never throws, linear. */
export function readFields(text: string, version: string): VersionedFields {
  const { tags, broken } = parseTagList(text);
  const problems: FieldProblem[] = [];
  const [first] = tags;
  const isFirst = first?.name.toLowerCase() === 'v' && !broken.some(({ start }) => start < first.start);
  if (!hasVersion(text, version) && !(text.trimEnd() === `v=${version}`)) {
    problems.push(versionProblem(text, version, isFirst ? first : undefined));
  }
  for (const { start, end } of broken) problems.push({ fault: 'no-field', start, end, instead: undefined });
  const fields = isFirst ? tags.slice(1) : tags;
  for (const field of fields) {
    const { name, value, nameStart, nameEnd, valueStart, valueEnd } = field;
    if (nameEnd + 1 !== valueStart && value !== '') {
      problems.push({ fault: 'blank', start: nameStart, end: valueEnd, instead: `${name}=${value}` });
    }
    if (!NAME.test(name)) problems.push({ fault: 'bad-field', start: nameStart, end: nameEnd, instead: undefined });
    else if (name !== 'id' && name !== 'rua' && !VALUE.test(value)) {
      problems.push({ fault: 'bad-field', start: nameStart, end: valueEnd, instead: undefined });
    }
  }
  return { fields, problems };
}

function versionProblem(text: string, version: string, tag: Tag | undefined): FieldProblem {
  const head = `v=${version}`;
  const written = writtenVersion(text, version);
  if (written !== '') {
    // The separator may be a blank or a comma.
    const [separator = ''] = /^[\s,;:]*/.exec(text.slice(written.length, written.length + 16)) ?? [];
    const end = written.length + separator.length;
    return { fault: 'version', start: 0, end, instead: end === text.length ? `${head};` : `${head}; ` };
  }
  if (tag !== undefined) return { fault: 'version', start: tag.start, end: tag.valueEnd, instead: head };
  return { fault: 'version', start: 0, end: Math.min(text.length, 16), instead: undefined };
}
