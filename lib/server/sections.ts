import type { ResourceRecord } from '../wire/message.ts';
import { type SignedSet, setKey } from './served-zone.ts';

/** The three sections of an answer while they are filled: no RRset stands in two of them, signatures stand behind theirs. */
export class Sections {
  readonly answer: ResourceRecord[] = [];
  readonly authority: ResourceRecord[] = [];
  readonly additional: ResourceRecord[] = [];
  private readonly dnssecOk: boolean;
  private readonly present = new Set<string>();

  constructor(dnssecOk: boolean) {
    this.dnssecOk = dnssecOk;
  }

  /** Adds an RRset under its own or another owner; false when there is none or it already stands somewhere. */
  add(section: ResourceRecord[], { records, signatures }: SignedSet, owner?: Uint8Array): boolean {
    const first = records[0];
    if (first === undefined) return false;
    const key = setKey(owner ?? first.name, first.type);
    if (this.present.has(key)) return false;
    this.present.add(key);
    for (const record of records) section.push(owner === undefined ? record : { ...record, name: owner });
    if (!this.dnssecOk) return true;
    for (const record of signatures) section.push(owner === undefined ? record : { ...record, name: owner });
    return true;
  }
}
