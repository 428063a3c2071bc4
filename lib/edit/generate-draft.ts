import { equalNames, nameKey } from '../rr/name.ts';
import { TYPE, typeToText } from '../rr/types.ts';
import { bareText, type SpecNames } from './generate-names.ts';
import type { MailRecord, MailSection } from './generate-plan.ts';
import type { Placed } from './generate-values.ts';

/** The records of a spec in the making, by zone and section. */
export class RecordDraft {
  private readonly names: SpecNames;
  private readonly sections: { readonly zone: Uint8Array; readonly comment: string; readonly records: MailRecord[] }[] =
    [];
  private readonly seen = new Set<string>();

  constructor(names: SpecNames) {
    this.names = names;
  }

  /** Adds a record to a section of the zone of its owner, unless it is there already. */
  add(at: Placed, comment: string, owner: Uint8Array, type: number, rdata: Uint8Array): void {
    const zone = this.names.zoneOf(owner);
    if (zone === undefined) {
      this.names.complain(at, `would stand at ${bareText(owner)}, which lies in none of the zones here`);
      return;
    }
    const key = `${nameKey(owner)} ${type} ${rdata.join()}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const there = this.sections.find((each) => each.comment === comment && equalNames(each.zone, zone));
    const section = there ?? { zone, comment, records: [] };
    if (there === undefined) this.sections.push(section);
    section.records.push({ owner, type, rdata, path: at.path });
  }

  /** The sections of a zone in the order in which they were begun. */
  of(zone: Uint8Array): readonly MailSection[] {
    return this.sections.filter((section) => equalNames(section.zone, zone));
  }

  /** Notes aliases (CNAME) that are not alone at their name (RFC 1034 §3.6.2). */
  checkAliases(): void {
    const all = this.sections.flatMap(({ records }) => records);
    const byOwner = new Map<string, MailRecord[]>();
    for (const record of all) {
      const key = nameKey(record.owner);
      byOwner.set(key, [...(byOwner.get(key) ?? []), record]);
    }
    for (const records of byOwner.values()) {
      const alias = records.find(({ type }) => type === TYPE.CNAME);
      const other = records.find((record) => record !== alias);
      if (alias === undefined || other === undefined) continue;
      const name = bareText(alias.owner);
      this.names.complain(alias, `makes ${name} an alias (CNAME), but ${typeToText(other.type)} stands there too`);
    }
  }
}
