import { nameToText } from '../rr/name.ts';
import { hexText } from '../rr/octets.ts';
import { typeToText } from '../rr/types.ts';
import type { Edit } from '../text/edits.ts';
import { lookAt } from '../zone/look.ts';
import { wireOf } from './common-certificates.ts';
import { genericEdits } from './common-fixes.ts';
import { standing } from './common-hosts.ts';
import { bareName } from './common-words.ts';
import type { Facts } from './facts.ts';
import type { ProposedFix } from './rule.ts';

/**
 * The edit that adds a record of the same owner right behind one, with the TTL that one states; undefined where that one is not
 * an entry of its own. Records behind it that have no owner or TTL of their own keep theirs.
 */
export function recordBehind(facts: Facts, record: number, type: string, rdata: string): Edit | undefined {
  const look = lookAt(facts.zone, record);
  const { entry, header, written } = look;
  if (!written) return undefined;
  const { bytes } = facts.fileOf(record);
  const word = (index: number): string =>
    index < 0 ? '' : `${decoder.decode(bytes.subarray(entry.wordStart(index), entry.wordEnd(index)))} `;
  const ended = bytes[entry.end - 1] === NEWLINE;
  const newline = bytes[entry.end - 2] === RETURN && ended ? '\r\n' : '\n';
  const owner = word(header.ownerWord) || blanksBefore(bytes.subarray(entry.start, entry.wordStart(0)));
  // An edit is written as UTF-8, which octets of other encodings are not.
  if (!/^[\x20-\x7e\t]*$/.test(owner)) return undefined;
  const line = `${owner}${word(header.ttlWord)}${word(header.classWord)}${type} ${rdata}${newline}`;
  return { start: entry.end, end: entry.end, text: ended ? line : `${newline}${line}` };
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const decoder = new TextDecoder('latin1');

/** The blanks before the first word of an entry without an owner. */
function blanksBefore(bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  return /^[ \t]+$/.test(text) ? text : ' ';
}

/**
 * An unsafe fix that names a host of a certificate beside a record of MX or Client MX, with the preference of that one; the null
 * record makes room for it. A name with addresses in the zone comes first; without one Client MX takes any, since names alone count.
 */
export function hostFix(facts: Facts, record: number, names: readonly string[]): readonly ProposedFix[] {
  const isClient = facts.zone.types[record] === facts.drafts.clientMxType;
  const wires = names.flatMap((name) => (name.startsWith('*.') ? [] : (wireOf(name) ?? [])));
  const host = wires.find((wire) => standing(facts, wire) === 'address') ?? (isClient ? wires[0] : undefined);
  const rdata = facts.rdata(record);
  if (host === undefined || rdata.length < 3) return [];
  const preference = (rdata[0] ?? 0) * 256 + (rdata[1] ?? 0);
  const title = `name ${bareName(host)}`;
  const readable = `${preference} ${nameToText(host)}`;
  if (!isClient) return fixOf(title, recordBehind(facts, record, typeToText(facts.zone.types[record] ?? 0), readable));
  const own = new Uint8Array([...rdata.subarray(0, 2), ...host]);
  const comment = `CLIENTMX ${readable}`;
  if (rdata.length === 3) {
    const edits = genericEdits(facts, record, own, comment);
    return edits.length === 0 ? [] : [{ title, safe: false, edits }];
  }
  const generic = `\\# ${own.length} ${hexText(own)} ; ${comment}`;
  return fixOf(title, recordBehind(facts, record, `TYPE${facts.drafts.clientMxType}`, generic));
}

function fixOf(title: string, edit: Edit | undefined): readonly ProposedFix[] {
  return edit === undefined ? [] : [{ title, safe: false, edits: [edit] }];
}
