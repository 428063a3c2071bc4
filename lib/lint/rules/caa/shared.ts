import { CAA_TAGS, type CaaParameter, type IssueValue, parseIssueValue } from '../../../mail/caa.ts';
import { parentOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { isHidden } from '../../common-hosts.ts';
import type { Facts } from '../../facts.ts';
import type { Details, ProposedFix, Report } from '../../rule.ts';

/** One CAA record, taken apart (RFC 8659 §4.1). */
export interface Property {
  readonly record: number;
  readonly flags: number;
  /** In small letters. */
  readonly tag: string;
  /** One character per octet. */
  readonly value: string;
  /** The value taken apart when the tag says who may issue. */
  readonly issue: IssueValue | undefined;
}

/** The properties of all CAA records that the zone answers with, in file order. */
export function properties(facts: Facts): readonly Property[] {
  return facts.once(readProperties);
}

/** The CAA records of each owner as properties. */
export function propertySets(facts: Facts): readonly (readonly Property[])[] {
  return facts.once(readSets);
}

function readProperties(facts: Facts): readonly Property[] {
  const { owners } = facts.zone;
  return [...facts.records(TYPE.CAA)]
    .filter((record) => !isHidden(facts, owners[record] ?? 0))
    .map((record) => propertyOf(facts, record));
}

function readSets(facts: Facts): readonly (readonly Property[])[] {
  const sets = new Map<number, Property[]>();
  for (const property of properties(facts)) {
    const owner = facts.zone.owners[property.record] ?? 0;
    const same = sets.get(owner);
    if (same === undefined) sets.set(owner, [property]);
    else same.push(property);
  }
  return [...sets.values()];
}

/** A CAA record taken apart. */
function propertyOf(facts: Facts, record: number): Property {
  const rdata = facts.rdata(record);
  const behind = 2 + (rdata[1] ?? 0);
  const latin1 = (from: number, to: number): string =>
    Buffer.from(rdata.buffer, rdata.byteOffset + from, Math.max(0, to - from)).toString('latin1');
  const tag = latin1(2, Math.min(behind, rdata.length)).toLowerCase();
  const value = latin1(Math.min(behind, rdata.length), rdata.length);
  const issue = CAA_TAGS.get(tag) === 'issuer' ? parseIssueValue(value) : undefined;
  return { record, flags: rdata[0] ?? 0, tag, value, issue };
}

/** Whether a property says which certificates for web and mail servers may be issued. */
export function isIssue({ tag }: Property): boolean {
  return tag === 'issue' || tag === 'issuewild';
}

/** The parameters of a property by tag, compared as it is, as CAs do. */
export function parametersOf({ issue }: Property, tag: string): readonly CaaParameter[] {
  return issue === undefined ? [] : issue.parameters.filter((each) => each.tag === tag);
}

/** A finding on a range of a property's value. */
export function reportValue(
  facts: Facts,
  report: Report,
  { record }: Property,
  range: { readonly start: number; readonly end: number },
  details: Details,
): void {
  const before = wordsBefore(facts, record);
  if (range.start === range.end) report.record(record, 'value', details);
  else report.text(record, before + range.start, before + range.end, details);
}

/** A fix that writes `text` for a range of a property's value; none when that is written with escapes or in generic form. */
export function valueFix(
  facts: Facts,
  { record, value }: Property,
  range: { readonly start: number; readonly end: number },
  text: string,
  fix: { readonly title: string; readonly safe: boolean },
): readonly ProposedFix[] {
  const before = wordsBefore(facts, record);
  const span = facts.textSpan(record, before + range.start, before + range.end);
  const old = new TextDecoder().decode(facts.fileOf(record).bytes.subarray(span.start, span.end));
  if (old !== value.slice(range.start, range.end) || /["\\]/.test(old) || range.start === range.end) return [];
  if (!/^[\x21\x23-\x27\x2a-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(text)) return [];
  return [{ ...fix, edits: [{ ...span, text }] }];
}

/** Octets in the words of flags and tag: ranges of texts are counted over all words of the RDATA. */
function wordsBefore(facts: Facts, record: number): number {
  return (facts.source(record, 'flags') + facts.source(record, 'tag')).replaceAll('"', '').length;
}

/** The CAA records that count for a name: its own or the nearest above it in the zones given (RFC 8659 §3). */
export type Relevant = { readonly facts: Facts; readonly set: readonly Property[] } | 'none' | 'unknown';

/** Longest way through aliases that is followed. */
const MOST_ALIASES = 8;

/** Climbs from a name to the top of the zones given; `unknown` where an alias or a delegation leads elsewhere. */
export function relevantSet(facts: Facts, name: Uint8Array): Relevant {
  for (let at: Uint8Array | undefined = name; at !== undefined; at = parentOf(at)) {
    const zone = facts.zoneFor(at);
    if (zone === undefined) return 'none';
    const found = caaAt(facts, at);
    if (found !== 'none') return found;
  }
  return 'none';
}

function caaAt(facts: Facts, name: Uint8Array): Relevant {
  let at = name;
  for (let steps = 0; steps < MOST_ALIASES; steps++) {
    const zone = facts.zoneFor(at);
    if (zone === undefined || zone.mayBeBroken(TYPE.CAA)) return 'unknown';
    const outcome = zone.lookup(at, TYPE.CAA);
    if (outcome.kind === 'answer') {
      return { facts: zone, set: outcome.records.map((record) => propertyOf(zone, record)) };
    }
    if (outcome.kind === 'nodata' || outcome.kind === 'nxdomain') return 'none';
    if (outcome.kind !== 'alias') return 'unknown';
    at = outcome.target;
  }
  return 'unknown';
}
