import { TYPE } from '../../../rr/types.ts';
import { lookAt } from '../../../zone/look.ts';
import { findBelow } from '../../common-below.ts';
import { isWildcard } from '../../common-hosts.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix } from '../../rule.ts';
import { counts, policyTexts, type TextKind } from './texts.ts';

/** A text that was meant for the labels of its kind and stands at another name of a mail domain. */
export interface Stray {
  readonly record: number;
  /** Name id of the mail domain it was meant for. */
  readonly domain: number;
  readonly fixes: readonly ProposedFix[];
}

/** Labels where such texts belong, and names people put them at instead. */
const PLACES: Readonly<Record<TextKind, { readonly right: readonly string[]; readonly wrong: readonly string[] }>> = {
  sts: { right: ['_mta-sts'], wrong: ['mta-sts', '_mta_sts', '_mtasts', '_sts', '_mta-sts._tcp', '_smtp._mta-sts'] },
  report: {
    right: ['_smtp', '_tls'],
    wrong: ['_tls', 'smtp._tls', '_smtp._tlsrpt', '_tlsrpt', '_smtp-tls', '_smtp_tls', '_smtp-tlsrpt', '_tls._smtp'],
  },
};

/**
 * The misplaced texts of a kind. Texts anywhere else are no fault: an alias at the right name may lead there, as it does to
 * the names of providers.
 */
export function* strays(facts: Facts, kind: TextKind): Generator<Stray> {
  const { right, wrong } = PLACES[kind];
  const { owners } = facts.zone;
  for (const stray of policyTexts(facts).strays) {
    const owner = owners[stray.record] ?? 0;
    if (stray.kind !== kind || isWildcard(facts, owner) || isAliasTarget(facts, owner)) continue;
    const label = isMailDomain(facts, owner) ? '' : wrong.find((labels) => domainAbove(facts, owner, labels) >= 0);
    if (label === undefined) continue;
    const domain = label === '' ? owner : domainAbove(facts, owner, label);
    const place = findBelow(facts, domain, ...right);
    // A copy of what stands at the right name as well does no harm.
    if (isServed(facts, place, kind)) continue;
    const taken = facts.recordsAt(place).length > 0;
    yield { record: stray.record, domain, fixes: taken ? [] : moved(facts, stray.record, label, right.join('.')) };
  }
}

function isServed(facts: Facts, place: number, kind: TextKind): boolean {
  if (facts.hasType(place, TYPE.CNAME)) return true;
  return facts.rrset(place, TYPE.TXT).some((record) => counts[kind](facts.text(record)));
}

function isMailDomain(facts: Facts, name: number): boolean {
  return name === facts.zone.apex || facts.hasType(name, TYPE.MX) || facts.hasType(name, TYPE.CLIENTMX);
}

/** The mail domain that has a name below it with these labels; -1 when there is none. */
function domainAbove(facts: Facts, owner: number, labels: string): number {
  const parts = labels.split('.');
  let domain = owner;
  for (const _ of parts) domain = facts.tree.parent[domain] ?? -1;
  if (domain < 0 || !isMailDomain(facts, domain)) return -1;
  return findBelow(facts, domain, ...parts) === owner ? domain : -1;
}

function isAliasTarget(facts: Facts, owner: number): boolean {
  const { names } = facts.zone;
  return facts.records(TYPE.CNAME).some((record) => names.find(facts.rdata(record)) === owner);
}

/** The owner word changed to the right one; none when another record takes its owner from this one. */
function moved(facts: Facts, record: number, wrong: string, right: string): readonly ProposedFix[] {
  const { zone } = facts;
  const { entry, header, written } = lookAt(zone, record);
  if (!written || header.ownerWord < 0) return [];
  const start = entry.wordStart(header.ownerWord);
  const end = entry.wordEnd(header.ownerWord);
  const next = record + 1;
  if (next < zone.count && zone.fileOf[next] === zone.fileOf[record] && lookAt(zone, next).entry.blankStart) return [];
  const word = facts.source(record, 'owner');
  const text = newOwner(word, wrong, right);
  if (text === undefined) return [];
  return [{ title: `move it to ${right}`, safe: true, edits: [{ start, end, text }] }];
}

function newOwner(word: string, wrong: string, right: string): string | undefined {
  if (word.includes('\\')) return undefined;
  if (wrong === '') return word === '@' ? right : `${right}.${word}`;
  if (!word.toLowerCase().startsWith(wrong)) return undefined;
  const rest = word.slice(wrong.length);
  return rest === '' || rest.startsWith('.') ? right + rest : undefined;
}
