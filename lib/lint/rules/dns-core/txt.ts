import { TYPE } from '../../../rr/types.ts';
import type { Facts } from '../../facts.ts';

/** Records of text: TXT and the obsolete SPF type. */
export function* textRecords(facts: Facts): Generator<number> {
  for (const type of [TYPE.TXT, TYPE.SPF]) yield* facts.records(type);
}

/** Whether the RDATA of a text record has more than one character-string. */
export function hasSeveralStrings(facts: Facts, record: number): boolean {
  const { rdata, rdataStarts, rdataLengths } = facts.zone;
  return (rdata[rdataStarts[record] as number] as number) + 1 < (rdataLengths[record] as number);
}
