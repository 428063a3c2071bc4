import { isListed, isSigned } from '../../../dnssec/authority.ts';
import { eachType, listsExactly } from '../../../dnssec/bitmaps.ts';
import { TYPE, typeToText } from '../../../rr/types.ts';
import { IS_CUT } from '../../../zone/tree.ts';
import { listed } from '../../common-words.ts';
import type { OwnerLook } from './owner-look.ts';

/** A type bitmap that does not say what stands at the name. */
export interface BitmapFault {
  /** The NSEC or NSEC3 record. */
  readonly record: number;
  /** Name id of the name that the bitmap is about. */
  readonly owner: number;
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}

/** Compares the bitmap at `bytes[start, end)` with the types of a name (RFC 4034 §4.1.2, RFC 5155 §3.1.8). */
export class BitmapCheck {
  readonly faults: BitmapFault[] = [];
  private readonly expected: number[] = [];

  check(at: OwnerLook, flags: number, record: number, bytes: Uint8Array, start: number, end: number): void {
    const { expected } = this;
    expected.length = 0;
    let mayBeSigned = false;
    for (const type of at.types) {
      if (isSigned(flags, type)) mayBeSigned = true;
      if (belongs(at, flags, type)) expected.push(type);
    }
    if (listsExactly(bytes, start, end, expected)) return;
    const extra: number[] = [];
    const found = new Set<number>();
    eachType(bytes, start, end, (type) => {
      found.add(type);
      // A name whose signatures are all missing is reported for that.
      const stands = at.has(type) && belongs(at, flags, type);
      if (!stands && !(type === TYPE.RRSIG && mayBeSigned)) extra.push(type);
    });
    const missing = expected.filter((type) => !found.has(type)).sort((a, b) => a - b);
    if (missing.length + extra.length > 0) this.faults.push({ record, owner: at.owner, missing, extra });
  }
}

/** Whether a type that stands at a name belongs in its bitmap: of the signatures at a delegation only those over DS and NSEC count. */
function belongs(at: OwnerLook, flags: number, type: number): boolean {
  if (type !== TYPE.RRSIG) return isListed(flags, type);
  return (flags & IS_CUT) === 0 || at.hasSignatureOf(TYPE.DS) || at.hasSignatureOf(TYPE.NSEC);
}

/** What a bitmap has too little and too much, for a sentence. */
export function differences({ missing, extra }: BitmapFault): string {
  const names = (types: readonly number[]): string => listed(types.map(typeToText), 5);
  const parts: string[] = [];
  if (missing.length > 0) parts.push(`lacks ${names(missing)}`);
  if (extra.length > 0) parts.push(`lists ${names(extra)}, which the name does not have`);
  return parts.join(' and ');
}
