/** A tag of a record such as `v=DMARC1; p=none`: octet ranges in the text, the end not included, blanks around left out. */
export interface Tag {
  /** As spelled. */
  readonly name: string;
  /** As spelled, folded white space inside kept. */
  readonly value: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** The semicolon behind the tag is included when there is one, so that the range can be removed. */
  readonly start: number;
  readonly end: number;
}

/** A piece between semicolons that is no tag: no `=`, or no name before it. */
export interface BrokenTag {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The tags of a text in their order (RFC 6376 §3.2), and what between the semicolons is none. */
export interface TagList {
  readonly tags: readonly Tag[];
  readonly broken: readonly BrokenTag[];
}

/** Splits `name=value; …` at its semicolons; empty pieces at the end or between semicolons are left out. Never throws, linear. */
export function parseTagList(text: string): TagList {
  const tags: Tag[] = [];
  const broken: BrokenTag[] = [];
  let at = 0;
  while (at < text.length) {
    const semicolon = text.indexOf(';', at);
    const stop = semicolon < 0 ? text.length : semicolon;
    const start = skipBlanks(text, at, stop);
    const last = endWithoutBlanks(text, start, stop);
    const equals = indexBefore(text, '=', start, last);
    if (start < last) {
      const nameEnd = equals < 0 ? start : endWithoutBlanks(text, start, equals);
      if (nameEnd === start) broken.push({ text: text.slice(start, last), start, end: last });
      else {
        const valueStart = skipBlanks(text, equals + 1, last);
        tags.push({
          name: text.slice(start, nameEnd),
          value: text.slice(valueStart, last),
          nameStart: start,
          nameEnd,
          valueStart,
          valueEnd: last,
          start,
          end: semicolon < 0 ? last : semicolon + 1,
        });
      }
    }
    at = stop + 1;
  }
  return { tags, broken };
}

/** Where a sign first stands in a range, -1 when it does not: the rest of the text is not looked at. */
function indexBefore(text: string, sign: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (text[at] === sign) return at;
  return -1;
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function endWithoutBlanks(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(text.charCodeAt(end - 1))) end--;
  return end;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}
