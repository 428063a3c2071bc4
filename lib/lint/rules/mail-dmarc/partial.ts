import type { Tag } from '../../../mail/tag-list.ts';

/** Whether a tag is a `pct` that asked for the policy on a part of the mail only (RFC 7489 §6.3). */
export function isPartial({ name, value }: Tag): boolean {
  return name === 'pct' && Number(value) !== 100;
}
