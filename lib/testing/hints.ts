import { isWithin, labelsOf, nameToText } from '../rr/name.ts';
import type { AnswerOutcome } from '../server/exchange.ts';
import type { ServedZones } from '../server/served-zones.ts';
import { nearest } from '../text/nearest.ts';
import type { Question } from '../wire/message.ts';
import { typeName } from './records.ts';

/** Names of a zone that a misspelt one is held against. */
const MOST_NAMES = 20_000;

/** What may be meant instead of a question without an answer, a sentence each. */
export function hintsFor(
  zones: ServedZones,
  { name, type }: Question,
  outcome: AnswerOutcome,
  types: readonly string[],
): string[] {
  if (outcome === 'nodata') {
    const has = types.length === 0 ? 'nothing of its own' : types.join(', ');
    return [`there is no ${typeName(type)} at ${nameToText(name)}; it has ${has}`];
  }
  if (outcome !== 'nxdomain' && outcome !== 'outside') return [];
  const hints = searchList(zones, name);
  const near = hints.length > 0 ? undefined : nearName(zones, name, outcome);
  return near === undefined ? hints : [`did you mean ${near}?`];
}

/** A name of a zone, or a name that exists, with more labels behind it: what the search list of a client makes. */
function searchList(zones: ServedZones, name: Uint8Array): string[] {
  const labels = labelsOf(name);
  let best: { readonly meant: string; readonly suffix: string } | undefined;
  for (let cut = 1; cut < labels.length; cut++) {
    const meant = name.slice(0, lengthOf(name, cut) + 1);
    meant[meant.length - 1] = 0;
    const zone = zones.nearest(meant);
    if (zone === undefined || zone.origin.length === 1) continue;
    if (!zone.tree.exists(zone.tree.zone.names.find(meant))) continue;
    best = { meant: nameToText(meant), suffix: nameToText(name.subarray(lengthOf(name, cut))) };
  }
  if (best === undefined) return [];
  const { meant, suffix } = best;
  return [
    `${meant} with ${suffix} behind it looks like the search list of the client: end the name with a dot, or take ${suffix} from the search list`,
  ];
}

/** Octets of so many labels at the start of a name. */
function lengthOf(name: Uint8Array, labels: number): number {
  let at = 0;
  for (let left = labels; left > 0; left--) at += 1 + (name[at] ?? 0);
  return at;
}

function nearName(zones: ServedZones, name: Uint8Array, outcome: AnswerOutcome): string | undefined {
  const text = nameToText(name);
  const origins = zones.zones().map(({ origin }) => nameToText(origin));
  const zone = zones.nearest(name);
  if (outcome === 'outside' || zone === undefined) {
    const names = zones.zones().flatMap((each) => namesOf(each.tree.zone.names, each.tree));
    return nearest(text, [...origins, ...names]);
  }
  const above = nameToText(zone.origin);
  // The part that is the same in all names would make any two of them look alike.
  const cut = (each: string): string => each.slice(0, each.length - above.length);
  const candidates = namesOf(zone.tree.zone.names, zone.tree).filter((each) => each !== above);
  const found = isWithin(name, zone.origin) ? nearest(cut(text), candidates.map(cut)) : undefined;
  return found === undefined ? undefined : `${found}${above}`;
}

type Names = { readonly count: number; wire(id: number): Uint8Array };

function namesOf(names: Names, tree: { exists(id: number): boolean }): string[] {
  const found: string[] = [];
  for (let id = 0; id < names.count && found.length < MOST_NAMES; id++)
    if (tree.exists(id)) found.push(nameToText(names.wire(id)));
  return found;
}
