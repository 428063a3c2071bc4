import type { Zone } from '../zone/zone.ts';
import type { Change } from './change.ts';
import { type ChangeOptions, type ChangeResult, changeEdits } from './change-edits.ts';
import { applyFileEdits, type RereadOptions } from './reread.ts';

/** What changes make: the zone read again and the edits; with a problem the zone as it was and none. */
export interface AppliedChange extends ChangeResult {
  readonly zone: Zone;
}

/** Makes changes (see changeEdits) and reads the zone again. */
export function applyChange(
  zone: Zone,
  changes: Change | readonly Change[],
  options: ChangeOptions & RereadOptions = {},
): AppliedChange {
  const result = changeEdits(zone, changes, options);
  return { ...result, zone: result.files.length === 0 ? zone : applyFileEdits(zone, result.files, options) };
}
