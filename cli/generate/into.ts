import { findBlock, generateInto, sameOutside } from '../../lib/edit/generate-into.ts';
import type { MailZone } from '../../lib/edit/generate-plan.ts';
import { serialChange } from '../../lib/edit/serial.ts';
import { equalNames } from '../../lib/rr/name.ts';
import { applyEdits } from '../../lib/text/edits.ts';
import { LineTable } from '../../lib/text/lines.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { readZoneFile, type ZoneFileOptions } from '../zone-file.ts';
import type { LookedAt } from './findings.ts';

/** A zone file with the block of a spec in it, not written yet. */
export interface Changed {
  readonly zone: Zone;
  /** Files that are not as they were, that of the zone first. */
  readonly files: readonly { readonly name: string; readonly before: Uint8Array; readonly after: Uint8Array }[];
  readonly block: LookedAt;
  /** The serial before and after, when it was raised. */
  readonly serial: { readonly from: number; readonly to: number } | undefined;
}

/** How a zone is changed. */
export interface IntoOptions extends ZoneFileOptions {
  readonly path: string;
  readonly ttl: number | undefined;
  readonly bumpSerial: boolean;
  readonly now: number;
}

/** Puts a plan into a zone; sentences with their places when that cannot be done. Throws UsageError when it would change what others wrote. */
export function putInto(
  zone: Zone,
  wanted: MailZone,
  options: IntoOptions,
  io: Io,
): Changed | { readonly faults: readonly string[] } {
  const result = generateInto(zone, wanted, options.ttl);
  if ('problems' in result) {
    return {
      faults: result.problems.map(({ file, start, message }) => {
        const { line, column } = new LineTable(file.bytes).position(start);
        return `${file.name}:${line}:${column}: ${message}`;
      }),
    };
  }
  const { file, edit, block } = result;
  if (edit === undefined) return { zone, files: [], block, serial: undefined };
  let after = applyEdits(file.bytes, [edit]);
  let made = reread(options, after, io);
  const fresh = made.files[0] === undefined ? block : findBlock(made.files[0], wanted.label);
  if ('message' in fresh || !sameOutside(zone, block, made, fresh) || !holdsExactly(made, fresh, zone, wanted))
    throw new UsageError(refusal(file.name, file.bytes, block));
  const change = options.bumpSerial ? serialChange(made, zone, options.now) : undefined;
  const files = [{ name: file.name, before: file.bytes, after }];
  if (change !== undefined && change.file.name === file.name) {
    after = applyEdits(after, [change.edit]);
    files[0] = { name: file.name, before: file.bytes, after };
  } else if (change !== undefined) {
    const { name, bytes } = change.file;
    files.push({ name, before: bytes, after: applyEdits(bytes, [change.edit]) });
  }
  if (change !== undefined && files.length === 1) made = reread(options, after, io);
  const found = made.files[0] === undefined ? fresh : findBlock(made.files[0], wanted.label);
  return { zone: made, files, block: 'message' in found ? fresh : found, serial: change };
}

function reread(options: IntoOptions, bytes: Uint8Array, io: Io): Zone {
  return readZoneFile({ path: options.path, bytes }, options, io);
}

/** Whether every record that is wanted is in the zone, and the block holds no other. */
function holdsExactly(zone: Zone, block: LookedAt, before: Zone, wanted: MailZone): boolean {
  const all = wanted.sections.flatMap(({ records }) => records);
  const is = (record: number, type: number, owner: Uint8Array, rdata: Uint8Array): boolean =>
    zone.types[record] === type &&
    equalNames(zone.ownerOf(record), owner) &&
    Buffer.compare(zone.rdataOf(record), rdata) === 0;
  let inside = 0;
  for (let record = 0; record < zone.count; record++) {
    const at = zone.entries[record] ?? 0;
    if (zone.fileOf[record] !== 0 || at < block.start || at >= block.end) continue;
    inside++;
    if (!all.some(({ type, owner, rdata }) => is(record, type, owner, rdata))) return false;
  }
  return inside <= all.length && zone.broken.length <= before.broken.length;
}

function refusal(name: string, bytes: Uint8Array, { end }: LookedAt): string {
  const { line } = new LineTable(bytes).position(end);
  const why = /^[ \t]+[^\s;]/.test(new TextDecoder('latin1').decode(bytes.subarray(end, end + 400)))
    ? `line ${line} begins with a blank and would belong to another owner: write its owner`
    : 'the lines around the block would mean something else: look for syntax errors with zonewright lint';
  return `${name}: ${why}; nothing was written`;
}
