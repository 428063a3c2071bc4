import { printRdata } from '../../lib/rr/codec.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { classToText, typeRow, typeToText } from '../../lib/rr/types.ts';
import { canonicalChunks } from '../../lib/zone/canonical.ts';
import { zoneToDnsZonefile } from '../../lib/zone/formats/dns-zonefile.ts';
import { zoneToDnscontrol } from '../../lib/zone/formats/dnscontrol.ts';
import type { TakeLoss } from '../../lib/zone/formats/loss.ts';
import { zoneToOctodns } from '../../lib/zone/formats/octodns.ts';
import { JsonText } from '../../lib/zone/json.ts';
import { ZoneFileText } from '../../lib/zone/print.ts';
import type { BatchText } from '../../lib/zone/stream.ts';
import type { Zone } from '../../lib/zone/zone.ts';

/** The text of a whole zone in pieces; what the form cannot hold is lost. */
type WholeText = (zone: Zone, lose: TakeLoss) => Iterable<string> | Promise<Iterable<string>>;

/** The forms that are written while the zone is read. */
export const BATCH_FORMS: Readonly<Record<string, (options: { readonly wire: boolean }) => BatchText>> = {
  json: (options) => new JsonText(options),
  zone: () => new ZoneFileText(),
};

/** The forms that need all records. */
export const WHOLE_FORMS: Readonly<Record<string, WholeText>> = {
  canonical: (zone) => canonicalChunks(zone),
  'dns-zonefile': async (zone, lose) => {
    const { json, held } = zoneToDnsZonefile(zone, lose);
    const { checkDnsZonefile } = await import('./dns-zonefile.ts');
    checkDnsZonefile(zone, json, held, lose);
    return [`${JSON.stringify(json, null, 2)}\n`];
  },
  octodns: (zone, lose) => [zoneToOctodns(zone, lose)],
  dnscontrol: (zone, lose) => [zoneToDnscontrol(zone, lose)],
};

/** Longest RDATA that a message shows. */
const SHOWN = 80;

/** A record as a message shows it. */
export function sayRecord(zone: Zone, record: number): string {
  const type = zone.types[record] as number;
  const rdata = printRdata(type, zone.rdataOf(record), { native: true });
  const shown = rdata.length > SHOWN ? `${rdata.slice(0, SHOWN)}…` : rdata;
  const recordClass = classToText(zone.classes[record] as number);
  return `${nameToText(zone.ownerOf(record))} ${zone.ttls[record]} ${recordClass} ${typeRow(type)?.mnemonic ?? typeToText(type)} ${shown}`;
}
