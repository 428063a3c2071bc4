import { fieldSpans, fieldsOf } from '../rr/layout.ts';
import { isHostName, nameToText } from '../rr/name.ts';
import { classToText, TYPE, typeRow, typeToText } from '../rr/types.ts';
import { isRaised } from '../zone/serial.ts';
import type { Zone } from '../zone/zone.ts';
import { isDnssec, type RrsetChange, soaSerial, type ZoneDiff } from './diff.ts';
import { type Message, messagesOf } from './diff-messages.ts';
import { addLine, LARGEST_RECORD, prerequisiteLine } from './diff-update-lines.ts';

/** A script for nsupdate. */
export interface NsupdateScript {
  /** What the script leaves out or cannot do, a sentence each; they stand in it as comments too. */
  readonly notes: readonly string[];
  /** The script in pieces of whole lines. */
  chunks(): Generator<string>;
}

/**
 * The commands that make a server change the old zone into the new one by DNS UPDATE (RFC 2136), as nsupdate of BIND reads them.
 * Each RRset that changes must be there as the old zone has it (RFC 2136 §2.4), the SOA too; otherwise the server does nothing.
 * Messages stay below 64 KiB; each after the first needs the one before to have been done. What signers make is left out.
 * Zones that no server can be brought to give the problems instead.
 */
export function nsupdateScript(diff: ZoneDiff): NsupdateScript | { readonly problems: readonly string[] } {
  const problems = problemsOf(diff);
  if (problems.length > 0) return { problems };
  let messages = 0;
  for (const _ of messagesOf(diff)) messages++;
  const soa = planSoa(diff, messages);
  const notes = [...leftOutNotes(diff), ...soa.notes];
  const zoneClass = classToText(diff.old.zoneClass);
  const start = [
    ...(zoneClass === 'IN' ? [] : [`class ${zoneClass}`]),
    `zone ${nameToText(diff.old.origin)}`,
    ...(needsNoNameCheck(diff) ? ['check-names no'] : []),
  ];
  const text = (message: Message, before: Message | undefined, index: number): string =>
    [
      '',
      ...start,
      ...conditions(diff, before, soa, index),
      ...message.prerequisites,
      ...message.updates,
      ...soaLines(diff, soa, index),
      'send',
      '',
    ].join('\n');
  return {
    notes,
    *chunks() {
      yield header(diff, notes, messages + (messages === 0 && soa.needed ? 1 : 0));
      let index = 0;
      let before: Message | undefined;
      for (const message of messagesOf(diff)) {
        yield text(message, before, index++);
        before = message;
      }
      if (index === 0 && soa.needed) yield text(EMPTY, undefined, 0);
    },
  };
}

const EMPTY: Message = { prerequisites: [], updates: [], guard: [] };

function header(diff: ZoneDiff, notes: readonly string[], messages: number): string {
  const origin = nameToText(diff.old.origin);
  const lines = [
    `DNS UPDATE of ${origin} in ${messages} ${messages === 1 ? 'message' : 'messages'}, for nsupdate:`,
    'nsupdate -k KEYFILE THIS, or nsupdate -l THIS on the host of the server.',
    'When a prerequisite fails the server has another zone than the old one, and leaves it as it is.',
    ...notes,
  ];
  return lines.map((line) => `; ${line}\n`).join('');
}

/** The SOA that a message expects, and what tells that the message before was done: a server may have that serial by chance. */
function conditions({ old }: ZoneDiff, before: Message | undefined, soa: SoaPlan, index: number): readonly string[] {
  const expected = soa.expected(index);
  const serial = expected === undefined ? [] : [prerequisiteLine(old, old.origin, TYPE.SOA, expected)];
  return [...serial, ...(before?.guard ?? [])];
}

function soaLines({ new: now }: ZoneDiff, soa: SoaPlan, index: number): readonly string[] {
  const written = soa.written(index);
  return written === undefined ? [] : [addLine(now, now.origin, TYPE.SOA, soa.ttl, written)];
}

/** What each message expects and makes of the SOA. */
interface SoaPlan {
  /** Whether the SOA changes, though nothing else may. */
  readonly needed: boolean;
  readonly ttl: number;
  readonly notes: readonly string[];
  expected(index: number): Uint8Array | undefined;
  written(index: number): Uint8Array | undefined;
}

/**
 * A server takes a SOA only when its serial is higher (RFC 2136 §3.4.2.2) and raises the serial itself where a message brings none.
 * So each message brings one, if there are serials enough between the old and the new one.
 */
function planSoa(diff: ZoneDiff, messages: number): SoaPlan {
  const [old, now] = [soaOf(diff.old), soaOf(diff.new)] as [Uint8Array, Uint8Array];
  const [from, to] = [soaSerial(old) ?? 0, soaSerial(now) ?? 0];
  const change = soaChange(diff);
  const ignored = diff.options.ignoreSerial === true;
  const raised = isRaised(from, to);
  const notes: string[] = [];
  const ttl = (diff.options.ignoreTtl === true ? change?.oldTtl : change?.newTtl) ?? 0;
  if (change === undefined) {
    if (!ignored && messages > 0)
      notes.push(`The new zone has the serial of the old one, ${from}; the server raises its own.`);
    return {
      needed: false,
      ttl,
      notes,
      expected: (index) => (ignored || index > 0 ? undefined : old),
      written: () => undefined,
    };
  }
  const onlySerial = change.oldTtl === change.newTtl && sameButSerial(old, now);
  if (!raised && onlySerial) {
    notes.push(`The serial of the new zone, ${to}, is not after ${from}, and no server goes back; it raises its own.`);
    return { needed: false, ttl, notes, expected: (index) => (index > 0 ? undefined : old), written: () => undefined };
  }
  const target = raised ? to : (from + 1) >>> 0;
  if (!raised)
    notes.push(`The serial of the new zone, ${to}, is not after ${from}: its SOA is written with ${target}.`);
  if (ignored)
    notes.push(`The SOA is written with the serial ${target}; a server whose own is as high leaves it as it is.`);
  const chained = (target - from) >>> 0 >= messages;
  if (!chained) {
    notes.push(`There are not enough serials from ${from} to ${target} for all messages: the server goes beyond it.`);
  }
  const serial = (index: number): number =>
    index === messages - 1 || !chained || messages === 0 ? target : (from + index + 1) >>> 0;
  return {
    needed: true,
    ttl,
    notes,
    expected(index) {
      if (index === 0) return ignored ? undefined : old;
      return chained && !ignored ? withSerial(now, serial(index - 1)) : undefined;
    },
    written: (index) => (index === 0 || chained ? withSerial(now, serial(index)) : undefined),
  };
}

function soaChange(diff: ZoneDiff): RrsetChange | undefined {
  for (let index = 0; index < diff.length; index++) {
    const change = diff.at(index);
    if (change.type === TYPE.SOA) return change;
    // Differences stand in canonical order, the apex first.
    if (change.owner.length > diff.new.origin.length) return undefined;
  }
  return undefined;
}

/** RDATA of the one SOA at the apex. */
function soaOf(zone: Zone): Uint8Array | undefined {
  const found: Uint8Array[] = [];
  for (let record = 0; record < zone.count; record++) {
    const soa = zone.types[record] === TYPE.SOA && zone.owners[record] === zone.apex;
    if (soa && zone.classes[record] === zone.zoneClass) found.push(zone.rdataOf(record));
  }
  const [first, ...others] = found;
  if (first === undefined || soaSerial(first) === undefined) return undefined;
  return others.every((other) => Buffer.compare(first, other) === 0) ? first : undefined;
}

function withSerial(soa: Uint8Array, serial: number): Uint8Array {
  const other = soa.slice();
  new DataView(other.buffer).setUint32(other.length - 20, serial);
  return other;
}

function sameButSerial(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(withSerial(a, 0), withSerial(b, 0)) === 0;
}

/** Why no script can do it: zones that no server holds, and records that no message does. */
function problemsOf(diff: ZoneDiff): string[] {
  const problems: string[] = [];
  const origin = nameToText(diff.old.origin);
  for (const [zone, which] of [
    [diff.old, 'old'],
    [diff.new, 'new'],
  ] as const) {
    if (soaOf(zone) === undefined)
      problems.push(`the ${which} zone has not one SOA at ${origin}, as the zone of a server has`);
  }
  const { new: now, newOrder } = diff;
  const { records } = newOrder;
  let servers = 0;
  for (let from = 0, to = 0; from < records.length; from = to) {
    const owner = now.owners[records[from] as number] as number;
    const types: number[] = [];
    while (to < records.length && now.owners[records[to] as number] === owner)
      types.push(now.types[records[to++] as number] as number);
    if (owner === now.apex) servers = types.filter((type) => type === TYPE.NS).length;
    const name = nameToText(now.names.wire(owner));
    problems.push(...ownerProblems(name, types, owner === now.apex));
  }
  if (servers === 0) problems.push(`the new zone has no NS at ${origin}, and no server gives up the last one`);
  for (const { owner, type, added } of diff.changes()) {
    if (added.some((record) => owner.length + 10 + now.rdataOf(record).length > LARGEST_RECORD)) {
      problems.push(`${nameToText(owner)} ${typeToText(type)} is too large for a DNS message`);
    }
  }
  return problems;
}

/** Types that may stand beside a CNAME (RFC 4034 §2.5, RFC 2181 §10.1). */
const BESIDE_CNAME: ReadonlySet<number> = new Set([TYPE.CNAME, TYPE.RRSIG, TYPE.NSEC, TYPE.SIG, TYPE.KEY, TYPE.NXT]);

/** Types of mail routing before MX (RFC 973), which BIND neither loads nor takes. */
const IGNORED: ReadonlySet<number> = new Set([TYPE.MD, TYPE.MF]);

function ownerProblems(name: string, types: readonly number[], apex: boolean): string[] {
  const problems: string[] = [];
  if (types.includes(TYPE.CNAME) && !types.every((type) => BESIDE_CNAME.has(type))) {
    problems.push(`${name} has a CNAME and other records in the new zone; a server takes only one of them`);
  }
  const twice = types.find((type, index) => typeRow(type)?.singleton === true && types.indexOf(type) !== index);
  if (twice !== undefined) problems.push(`${name} has more than one ${typeToText(twice)} in the new zone`);
  const ignored = types.find((type) => IGNORED.has(type));
  if (ignored !== undefined) problems.push(`${name} has ${typeToText(ignored)}, which BIND ignores in updates`);
  if (types.includes(TYPE.DS) && (apex || !types.includes(TYPE.NS))) {
    problems.push(
      `${name} has a DS ${apex ? 'at the apex' : 'without NS'} in the new zone, which a server does not take`,
    );
  }
  if (!apex && types.includes(TYPE.SOA)) problems.push(`${name} has a SOA in the new zone and is not its apex`);
  return problems;
}

function leftOutNotes(diff: ZoneDiff): string[] {
  let left = 0;
  for (const { type } of diff.changes()) if (isDnssec(type)) left++;
  const notes =
    left === 0
      ? []
      : [
          `Left out: ${left} ${left === 1 ? 'RRset' : 'RRsets'} that signing makes (RRSIG, NSEC, DNSKEY and the like); the server signs itself.`,
        ];
  const { otherClass, outOfZone } = diff.outside.new;
  const strangers = otherClass.length + outOfZone.length;
  if (strangers > 0)
    notes.push(
      `Left out: ${strangers} ${strangers === 1 ? 'record' : 'records'} of the new zone outside of it (other class or name).`,
    );
  return notes;
}

/** Whether nsupdate would hold back records for names that are no host names; the server judges them itself. */
function needsNoNameCheck(diff: ZoneDiff): boolean {
  // Records that stay may be written anew with another TTL.
  for (const { owner, type, after } of diff.changes()) {
    const fields = fieldsOf(type);
    const address = type === TYPE.A || type === TYPE.AAAA || type === TYPE.MX;
    if (after.length > 0 && address && !isHostName(owner)) return true;
    for (const record of fields.some(({ kind }) => kind === 'name') ? after : []) {
      const rdata = diff.new.rdataOf(record);
      const spans = fieldSpans(type, rdata);
      if (
        spans.some(({ start, end }, index) => fields[index]?.kind === 'name' && !isHostName(rdata.subarray(start, end)))
      )
        return true;
    }
  }
  return false;
}
