import { nameField, readField } from '../rr/layout.ts';
import { isWithin } from '../rr/name.ts';
import { TYPE, typeRow } from '../rr/types.ts';
import type { ResourceRecord } from '../wire/message.ts';
import { lookup } from '../zone/lookup.ts';
import type { Sections } from './sections.ts';
import type { ServedZone } from './served-zone.ts';

const ADDRESSES: readonly number[] = [TYPE.A, TYPE.AAAA];

/** Field of TYPE265 that names hosts, for those who want their addresses although the table has none. */
const CLIENT_MX_FIELD = 'exchange';

/** Adds what the records of an answer make useful (RFC 1035 §3.3.9 and the like, by the table of types). */
export function addAdditional(
  sections: Sections,
  zone: ServedZone,
  from: readonly ResourceRecord[],
  clientMx: boolean,
): void {
  for (const record of from) {
    const field =
      typeRow(record.type)?.additional ?? (clientMx && record.type === TYPE.CLIENTMX ? CLIENT_MX_FIELD : undefined);
    if (field === undefined) continue;
    const target = targetOf(record, field);
    if (target === undefined) continue;
    for (const type of wanted(record)) addAt(sections, zone, target, type, record.type === TYPE.NS);
  }
}

/** The name whose records are wanted; undefined when it is the root, which stands for none. */
function targetOf(record: ResourceRecord, field: string): Uint8Array | undefined {
  const target = readField(record.type, record.rdata, field);
  if (target === undefined || target.length > 1) return target;
  // RFC 9460 §2.5.2: in ServiceMode the root stands for the owner.
  const binds = record.type === TYPE.SVCB || record.type === TYPE.HTTPS;
  return binds && ((record.rdata[0] ?? 0) | (record.rdata[1] ?? 0)) !== 0 ? record.name : undefined;
}

/** Types that the client will want next: those that the flag of a NAPTR names (RFC 3403 §4.1), else addresses. */
function wanted(record: ResourceRecord): readonly number[] {
  if (record.type !== TYPE.NAPTR) return ADDRESSES;
  const flag = readField(record.type, record.rdata, 'flags') ?? new Uint8Array(0);
  const letter = flag.length === 2 ? String.fromCharCode(flag[1] as number).toLowerCase() : '';
  if (letter === 'a') return ADDRESSES;
  if (letter === 's') return [TYPE.SRV];
  return flag.length <= 1 ? [TYPE.NAPTR] : [];
}

function addAt(sections: Sections, zone: ServedZone, target: Uint8Array, type: number, glue: boolean): void {
  if (!isWithin(target, zone.origin)) return;
  const { tree } = zone;
  const outcome = lookup(tree, target, type);
  if (outcome.kind === 'answer') {
    sections.add(sections.additional, zone.set(outcome.name, type), target);
  } else if (glue && outcome.kind === 'referral') {
    const name = tree.zone.names.find(target);
    if (name >= 0) sections.add(sections.additional, zone.set(name, type), target);
  }
}

/**
 * Adds the addresses of a delegation's servers that this zone has, those within the delegation first, and tells how many
 * records they are: a referral without them is of no use (RFC 9471 §2.1). Those of sibling zones may be left out (§2.2).
 */
export function addGlue(
  sections: Sections,
  zone: ServedZone,
  cut: Uint8Array,
  servers: readonly ResourceRecord[],
): number {
  const targets = servers.map(({ type, rdata }) => nameField(type, rdata, 0)).filter((name) => name !== undefined);
  for (const target of targets) if (isWithin(target, cut)) addBoth(sections, zone, target);
  const needed = sections.additional.length;
  for (const target of targets) if (!isWithin(target, cut)) addBoth(sections, zone, target);
  return needed;
}

function addBoth(sections: Sections, zone: ServedZone, target: Uint8Array): void {
  for (const type of ADDRESSES) addAt(sections, zone, target, type, true);
}
