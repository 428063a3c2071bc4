import type { JsonValue } from '../../rr/kind.ts';
import { lowerName, nameToText } from '../../rr/name.ts';
import { canonicalOrder } from '../order.ts';
import type { Zone } from '../zone.ts';
import type { TakeLoss } from './loss.ts';

/** Records of one owner and type as a tool takes them that knows no zone files. */
export interface PlainSet {
  /** Relative to the zone in small letters, empty for the zone itself. */
  readonly owner: string;
  readonly type: number;
  readonly ttl: number;
  readonly records: readonly number[];
}

/** The RRsets of a zone in DNSSEC order; what such a tool cannot have by its owner, class or TTL is said to be lost. */
export function plainSets(zone: Zone, tool: string, lose: TakeLoss): PlainSet[] {
  const order = canonicalOrder(zone);
  for (const record of order.outside) lose(record, `it lies outside the zone, where ${tool} puts no records`);
  const sets: (PlainSet & { readonly records: number[]; readonly ownerId: number })[] = [];
  for (const [index, record] of order.records.entries()) {
    const ownerId = zone.owners[record] as number;
    const owner = plainOwner(zone, ownerId);
    if (owner === undefined) {
      lose(record, `${tool} has no such names as this owner`);
      continue;
    }
    const type = zone.types[record] as number;
    const ttl = order.ttls[index] as number;
    if (zone.ttls[record] !== ttl) lose(record, `${tool} has one TTL for its RRset, ${ttl}`);
    const last = sets.at(-1);
    if (last?.ownerId === ownerId && last.type === type) last.records.push(record);
    else sets.push({ owner, type, ttl, records: [record], ownerId });
  }
  return sets;
}

function plainOwner(zone: Zone, owner: number): string | undefined {
  const text = nameToText(lowerName(zone.names.wire(owner)), zone.origin);
  if (text === '@') return '';
  return /^[\w*/-]+(?:\.[\w*/-]+)*$/.test(text) ? text : undefined;
}

/** Whether a tool takes an absolute name as the target of a record: labels of letters, digits, hyphens and underscores. */
export function isPlainTarget(name: JsonValue | undefined): boolean {
  return typeof name === 'string' && /^(?:(?!-)[\w-]{1,63}(?<!-)\.)+$/.test(name);
}

/** Whether a text is of printable ASCII and has no backslash or quote, which tools read in different ways. */
export function isPlainText(text: JsonValue | undefined): text is string {
  return typeof text === 'string' && /^[ !#-[\]-~]*$/.test(text);
}

/** The strings of a TXT record as one text, and what is lost by that; no text when there can be none. */
export function plainStrings(strings: JsonValue | undefined): { readonly text?: string; readonly why?: string } {
  if (!Array.isArray(strings) || !strings.every((each) => typeof each === 'string')) {
    return { why: 'its octets are no text' };
  }
  const text = strings.join('');
  if (!/^[ -~]*$/.test(text)) return { why: 'its text is not all ASCII' };
  if (text === '') return { why: 'its text is empty' };
  const cutAnew = strings.slice(0, -1).some(({ length }) => length < 255) || strings.at(-1) === '';
  return cutAnew ? { text, why: 'its strings become one text, which is cut anew every 255 octets' } : { text };
}
