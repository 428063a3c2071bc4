import type { Tag } from '../../../mail/tag-list.ts';
import { nameToText } from '../../../rr/name.ts';
import type { Edit } from '../../../text/edits.ts';
import { lookAt } from '../../../zone/look.ts';
import { textFix } from '../../common-fixes.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix } from '../../rule.ts';

/** A fix that adds a record in a line of its own behind another record; none when the line after that lives on its owner. */
export function lineFix(
  facts: Facts,
  record: number,
  owner: Uint8Array,
  rdata: string,
  fix: { readonly title: string; readonly safe: boolean },
): readonly ProposedFix[] {
  const { entry, written } = lookAt(facts.zone, record);
  if (!written || ownerIsInherited(facts, record)) return [];
  const { bytes, end } = entry;
  const ended = bytes[end - 1] === 0x0a;
  const newline = bytes[end - 2] === 0x0d && ended ? '\r\n' : '\n';
  const line = `${nameToText(owner)} TXT ${rdata}`;
  const edit: Edit = { start: end, end, text: ended ? line + newline : newline + line };
  return [{ ...fix, edits: [edit] }];
}

/** A fix that writes another owner; none when the record has none of its own or the line after it lives on that. */
export function ownerFix(
  facts: Facts,
  record: number,
  owner: Uint8Array,
  fix: { readonly title: string; readonly safe: boolean },
): readonly ProposedFix[] {
  const { entry, header, written } = lookAt(facts.zone, record);
  if (!written || header.ownerWord < 0 || ownerIsInherited(facts, record)) return [];
  const start = entry.wordStart(header.ownerWord);
  const end = entry.wordEnd(header.ownerWord);
  return [{ ...fix, edits: [{ start, end, text: nameToText(owner) }] }];
}

/** Whether the record after this one in its file has no owner of its own. */
function ownerIsInherited({ zone }: Facts, record: number): boolean {
  const after = record + 1;
  if (after >= zone.count || zone.fileOf[after] !== zone.fileOf[record]) return zone.broken.length > 0;
  return zone.broken.length > 0 || lookAt(zone, after).entry.blankStart;
}

/** A fix that takes a tag out of the text, with the blanks that become superfluous. */
export function tagRemoval(
  facts: Facts,
  record: number,
  tag: Tag,
  fix: { readonly title: string; readonly safe: boolean },
): readonly ProposedFix[] {
  const text = facts.text(record);
  let { start: from, end: to } = tag;
  while (isBlank(text, to)) to++;
  if (to >= text.length) while (isBlank(text, from - 1)) from--;
  return textFix(facts, record, { from, to }, '', fix);
}

function isBlank(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}

/** A fix that puts the version in front of all other tags. */
export function versionToFront(
  facts: Facts,
  record: number,
  version: Tag,
  written: string,
  safe: boolean,
): readonly ProposedFix[] {
  const text = facts.text(record);
  const before = text.slice(0, version.start).trim().replace(/;$/, '');
  const parts = [written, before, text.slice(version.end).trim()].filter((part) => part !== '');
  return textFix(facts, record, { from: 0, to: text.length }, parts.join('; '), {
    title: `put ${written} in front`,
    safe,
  });
}

/** A fix that puts a tag right behind the first one. */
export function tagToSecond(
  facts: Facts,
  record: number,
  first: Tag,
  tag: Tag,
  fix: { readonly title: string; readonly safe: boolean },
): readonly ProposedFix[] {
  const text = facts.text(record);
  const moved = `${tag.name}=${tag.value}`;
  const between = text.slice(first.end, tag.start).trim();
  const rest = text.slice(tag.end);
  const behind = `${between}${rest === '' ? '' : ` ${rest.trimStart()}`}`.trim();
  const head = text.slice(first.start, first.valueEnd);
  return textFix(facts, record, { from: first.start, to: text.length }, `${head}; ${moved}; ${behind}`, fix);
}

/** Octets of a text that only looks whole: the rest stands behind an unquoted semicolon, where the comment begins (RFC 1035 §5.1). */
export interface CutText {
  readonly comment: string;
  readonly fixes: readonly ProposedFix[];
}

/** Finds the tags that an unquoted semicolon turned into a comment; undefined when there are none. */
export function cutAtSemicolon(facts: Facts, record: number): CutText | undefined {
  const { entry, written } = lookAt(facts.zone, record);
  const last = entry.wordCount - 1;
  if (!written || last < 0 || entry.wordQuoted(last)) return undefined;
  const { bytes } = entry;
  const { start } = facts.span(record, 'rdata');
  const end = entry.wordEnd(last);
  const line = bytes.subarray(end, lineEnd(bytes, end));
  const comment = /^[ \t]*;(\s*[a-z]{1,5}\s*=.*?)[\s;]*$/i.exec(Buffer.from(line).toString('latin1'))?.[1];
  if (comment === undefined) return undefined;
  const stop = end + line.indexOf(0x3b) + 1 + comment.length;
  const text = Buffer.from(bytes.subarray(start, stop)).toString('latin1');
  const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(text) && stop - start <= 255;
  const edits = [
    { start, end: start, text: '"' },
    { start: stop, end: stop, text: '"' },
  ];
  const fixes = plain ? [{ title: 'put the whole text in quotes', safe: false, edits }] : [];
  return { comment: comment.trim(), fixes };
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const newline = bytes.indexOf(0x0a, from);
  return newline < 0 ? bytes.length : newline;
}
