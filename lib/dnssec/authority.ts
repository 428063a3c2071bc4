import { TYPE } from '../rr/types.ts';
import { BELOW_CUT, BELOW_DNAME, IS_CUT, OUT_OF_ZONE } from '../zone/tree.ts';

/** Whether a name with these flags of the zone's tree is the zone's own: neither glue nor hidden by a DNAME (RFC 4035 §2.2). */
export function isOwn(flags: number): boolean {
  return (flags & (BELOW_CUT | BELOW_DNAME | OUT_OF_ZONE)) === 0;
}

/** Whether an RRset of a name with these flags is signed: all of the zone's own names, of delegations DS and NSEC alone (RFC 4035 §2.2). */
export function isSigned(flags: number, type: number): boolean {
  if (!isOwn(flags) || type === TYPE.RRSIG) return false;
  return (flags & IS_CUT) === 0 || type === TYPE.DS || type === TYPE.NSEC;
}

/** Whether the bitmap of a name with these flags may list a type that stands there (RFC 4034 §4.1.2, RFC 5155 §3.1.8). */
export function isListed(flags: number, type: number): boolean {
  return (flags & IS_CUT) === 0 || type === TYPE.NS || isSigned(flags, type);
}
