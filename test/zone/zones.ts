import { printRdata } from '../../lib/rr/codec.ts';
import { nameFromText, nameToText } from '../../lib/rr/name.ts';
import { NOTES } from '../../lib/rr/problem.ts';
import { typeToText } from '../../lib/rr/types.ts';
import type { Outcome } from '../../lib/zone/lookup.ts';
import { readZone } from '../../lib/zone/read.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { VECTORS } from '../rr/vectors/all.ts';

/** Wire form of a name in a test; a name that cannot be read is a mistake of the test. */
export function wire(text: string, origin?: Uint8Array): Uint8Array {
  const read = nameFromText(text, origin);
  if ('problem' in read) throw new Error(`${text}: ${JSON.stringify(read.problem)}`);
  return read.name;
}

/** A zone from text, problems and all. */
export function zoneOf(origin: string, text: string): Zone {
  return readZone({ name: 'test.zone', bytes: new TextEncoder().encode(text), origin: wire(origin) });
}

/** A zone from text whose records have to be readable, whatever notes there are. */
export function cleanZone(origin: string, text: string): Zone {
  const zone = zoneOf(origin, text);
  const faults = zone.problems.filter(({ code }) => !NOTES.has(code));
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return zone;
}

/** One line a record, `owner ttl class type rdata` in file order. */
export function recordLines(zone: Zone): string[] {
  return Array.from({ length: zone.count }, (_, record) => {
    const type = zone.types[record] as number;
    const owner = nameToText(zone.ownerOf(record)).toLowerCase();
    return `${owner} ${zone.ttls[record]} ${zone.classes[record]} ${typeToText(type)} ${printRdata(type, zone.rdataOf(record))}`;
  });
}

/** A zone with a record for each good vector of every type. */
export function vectorZone(): Zone {
  const texts = VECTORS.flatMap(({ type, good }) => good.map(({ text }) => `${type} ${text.replaceAll('\n', ' ')}`));
  return cleanZone('example.net.', texts.map((text, index) => `v${index} 60 IN ${text}\n`).join(''));
}

/** RDATA of every record in hex, in file order. */
export function rdataHex(zone: Zone): string[] {
  return Array.from({ length: zone.count }, (_, record) => Buffer.from(zone.rdataOf(record)).toString('hex'));
}

/** An outcome in one line, names as the zone spells them. */
export function sayOutcome(zone: Zone, outcome: Outcome): string {
  const name = (id: number): string => nameToText(zone.names.wire(id));
  const rdata = (record: number): string => {
    const type = zone.types[record] as number;
    return `${typeToText(type)} ${printRdata(type, zone.rdataOf(record))}`;
  };
  const from = 'wildcard' in outcome && outcome.wildcard !== undefined ? ` from ${name(outcome.wildcard)}` : '';
  switch (outcome.kind) {
    case 'answer':
      return `answer ${outcome.records.map(rdata).join(', ')}${from || ` at ${name(outcome.name)}`}`;
    case 'alias':
      return `alias to ${nameToText(outcome.target)}${from}`;
    case 'rewrite':
      return `rewrite by ${name(outcome.name)} to ${outcome.target === undefined ? 'a name too long' : nameToText(outcome.target)}`;
    case 'referral': {
      const ds = outcome.ds.length === 0 ? '' : ` with ${outcome.ds.map(rdata).join(', ')}`;
      return `referral at ${name(outcome.cut)} to ${outcome.records.map(rdata).join(', ')}${ds}`;
    }
    case 'nodata':
      return `nodata${outcome.emptyNonTerminal ? ', empty non-terminal' : ''}${from || ` at ${name(outcome.name)}`}`;
    case 'nxdomain':
      return `nxdomain below ${name(outcome.closestEncloser)}`;
    case 'outside':
      return 'outside';
  }
}
