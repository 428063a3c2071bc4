import { concatNames, equalNames, parentOf } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { RCODE } from '../wire/codes.ts';
import type { Question, ResourceRecord } from '../wire/message.ts';
import { lookup, type Outcome } from '../zone/lookup.ts';
import { addAdditional, addGlue } from './additional.ts';
import type { AnswerOutcome, Settings } from './exchange.ts';
import { Sections } from './sections.ts';
import type { ServedZone, SignedSet } from './served-zone.ts';
import type { ServedZones } from './served-zones.ts';

/** Aliases followed in one answer; the client goes on from there. */
const MOST_ALIASES = 16;

/** What the zones say to a question, before it is written down. */
export interface Resolved {
  readonly outcome: AnswerOutcome;
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
  /** Records at the start of the additional section that a referral needs. */
  readonly glue: number;
  /** The zone that the question belongs to. */
  readonly zone: ServedZone | undefined;
}

/** What of a query besides the question decides about its answer. */
export interface Wishes {
  readonly dnssecOk: boolean;
  /** Whether one RRset is enough for a query for all types (RFC 8482 §4.1). */
  readonly oneOfAny: boolean;
  /** Whether the answer goes over a stream. */
  readonly stream: boolean;
}

/** Looks a question of the zones' class up in them and follows aliases (RFC 1034 §4.3.2). */
export function resolve(question: Question, zones: ServedZones, wishes: Wishes, options: Settings): Resolved {
  return new Resolution(question, zones, wishes, options).resolved();
}

/** One question on its way through the zones. */
class Resolution {
  private readonly question: Question;
  private readonly zones: ServedZones;
  private readonly wishes: Wishes;
  private readonly options: Settings;
  private readonly sections: Sections;
  private readonly seen: Uint8Array[] = [];
  private outcome: AnswerOutcome = 'outside';
  private rcode: number = RCODE.REFUSED;
  private authoritative = false;
  private glue = 0;
  private name: Uint8Array;
  private first: ServedZone | undefined;

  constructor(question: Question, zones: ServedZones, wishes: Wishes, options: Settings) {
    this.question = question;
    this.zones = zones;
    this.wishes = wishes;
    this.options = options;
    this.sections = new Sections(wishes, options.order);
    this.name = question.name;
  }

  resolved(): Resolved {
    for (let zone = this.zoneOf(this.name); zone !== undefined; zone = this.next(zone)) {
      this.first ??= zone;
      this.seen.push(this.name);
      const target = this.step(zone, visible(zone, this.name, this.question.type));
      if (target === undefined) break;
      this.name = target;
    }
    const { outcome, rcode, authoritative, glue, first: zone } = this;
    const { answer, authority, additional } = this.sections;
    return { outcome, rcode, authoritative, answer, authority, additional, glue, zone };
  }

  /** The zone to go on with at the target of an alias, undefined at the end of the chain. */
  private next(zone: ServedZone): ServedZone | undefined {
    if (this.seen.length > MOST_ALIASES || this.seen.some((name) => equalNames(name, this.name))) return undefined;
    const next = this.zoneOf(this.name);
    return next === zone || this.options.followAcrossZones ? next : undefined;
  }

  /** The zone nearest above a name; for DS at a zone's name the one above that, when it holds the delegation (RFC 4035 §3.1.4.1). */
  private zoneOf(name: Uint8Array): ServedZone | undefined {
    const { type, class: wanted } = this.question;
    const nearest = this.zones.nearest(name);
    const parent = parentOf(name);
    if (type === TYPE.DS && parent !== undefined && nearest !== undefined && equalNames(nearest.origin, name)) {
      const above = this.zones.nearest(parent);
      if (above?.class === wanted && lookup(above.tree, name, type).kind !== 'referral') return above;
    }
    return nearest?.class === wanted ? nearest : undefined;
  }

  /** Takes one outcome down; the name to go on with when it is an alias. */
  private step(zone: ServedZone, outcome: Outcome): Uint8Array | undefined {
    // A referral at the end of a chain leaves the answer authoritative for its first owner (RFC 1035 §4.1.1).
    const chained = this.sections.answer.length > 0;
    this.authoritative = chained || outcome.kind !== 'referral';
    this.rcode = RCODE.NOERROR;
    switch (outcome.kind) {
      case 'answer':
        this.answered(zone, outcome.name, outcome.wildcard);
        return undefined;
      case 'alias':
        this.outcome = 'alias';
        this.sections.add(this.sections.answer, zone.set(outcome.name, TYPE.CNAME), this.owner(outcome.wildcard));
        this.proveWildcard(zone, outcome.wildcard);
        return outcome.target;
      case 'rewrite':
        return this.rewritten(zone, outcome.name, outcome.target);
      case 'referral':
        this.referred(zone, outcome.cut);
        return undefined;
      case 'nodata':
        this.denied(zone, 'nodata', this.noType(zone, outcome.wildcard));
        return undefined;
      case 'nxdomain':
        this.rcode = RCODE.NXDOMAIN;
        this.denied(zone, 'nxdomain', this.noName(zone, outcome.closestEncloser));
        return undefined;
      case 'outside':
        return undefined;
    }
  }

  private answered(zone: ServedZone, name: number, wildcard: number | undefined): void {
    const { sections, options, question } = this;
    this.outcome = 'answer';
    const before = sections.answer.length;
    const types = question.type === TYPE.ANY ? this.typesOfAny(zone, name) : [question.type];
    for (const type of types) sections.add(sections.answer, this.ofAny(zone.set(name, type)), this.owner(wildcard));
    if (question.type === TYPE.ANY && options.any === 'hinfo' && this.wishes.oneOfAny) this.sayHinfo(zone, before);
    this.proveWildcard(zone, wildcard);
    const found = sections.answer.slice(before);
    const apexNs = zone.set(zone.tree.zone.apex, TYPE.NS);
    if (options.authorityNs) sections.add(sections.authority, apexNs);
    if (!options.additional) return;
    addAdditional(sections, zone, found, options.clientMxAdditional);
    if (options.authorityNs) addAdditional(sections, zone, apexNs.records, false);
  }

  /** The types that an answer for all types has: all, or one that is data rather than its signature or denial. */
  private typesOfAny(zone: ServedZone, name: number): readonly number[] {
    const types = zone.typesAt(name);
    if (!this.wishes.oneOfAny || this.options.any === 'all') return types;
    const data = types.filter((type) => !DENIES_OR_SIGNS.has(type));
    return [Math.min(...(data.length > 0 ? data : types))];
  }

  /** Without the signatures when those are types of their own in the answer. */
  private ofAny(set: SignedSet): SignedSet {
    const all = this.question.type === TYPE.ANY && !(this.wishes.oneOfAny && this.options.any !== 'all');
    return all ? { records: set.records, signatures: [] } : set;
  }

  /** RFC 8482 §4.2: a record made for the answer in the place of those that exist. */
  private sayHinfo(zone: ServedZone, from: number): void {
    const name = this.sections.answer[from]?.name ?? this.name;
    const ttl = this.sections.answer[from]?.ttl ?? 3600;
    this.sections.answer.length = from;
    this.sections.answer.push({ name, type: TYPE.HINFO, class: zone.class, ttl, rdata: HINFO_OF_ANY });
  }

  /** The DNAME, the CNAME that it makes (RFC 6672 §3.1), and where that leads. */
  private rewritten(zone: ServedZone, owner: number, target: Uint8Array | undefined): Uint8Array | undefined {
    const { sections } = this;
    const set = zone.set(owner, TYPE.DNAME);
    this.outcome = 'alias';
    sections.add(sections.answer, set);
    if (target === undefined) {
      this.outcome = 'too-long';
      this.rcode = RCODE.YXDOMAIN;
      return undefined;
    }
    const ttl = set.records[0]?.ttl ?? 0;
    const cname = { name: this.name, type: TYPE.CNAME, class: zone.class, ttl, rdata: target };
    sections.add(sections.answer, { records: [cname], signatures: [] });
    if (this.question.type !== TYPE.CNAME) return target;
    this.outcome = 'answer';
    return undefined;
  }

  private referred(zone: ServedZone, cut: number): void {
    const { sections, wishes } = this;
    const { names } = zone.tree.zone;
    this.outcome = 'referral';
    const servers = zone.set(cut, TYPE.NS);
    // Only DS is signed at the parent's side of a cut (RFC 4035 §2.2).
    sections.add(sections.authority, { records: servers.records, signatures: [] });
    // RFC 4035 §3.1.4 speaks of signed zones: in one without keys DS says nothing.
    const signed = wishes.dnssecOk && zone.tree.hasType(zone.tree.zone.apex, TYPE.DNSKEY);
    if (signed && !sections.add(sections.authority, zone.set(cut, TYPE.DS))) {
      this.prove(zone, zone.denial.unsignedReferral(names.wire(cut)));
    }
    this.glue = addGlue(sections, zone, names.wire(cut), servers.records);
  }

  private denied(zone: ServedZone, outcome: AnswerOutcome, proof: readonly number[]): void {
    this.outcome = outcome;
    this.sections.add(this.sections.authority, zone.soaOfDenial);
    this.prove(zone, proof);
  }

  private noType(zone: ServedZone, wildcard: number | undefined): readonly number[] {
    if (!this.wishes.dnssecOk) return [];
    if (wildcard === undefined) return zone.denial.nodata(this.name);
    return zone.denial.wildcardNodata(this.name, encloserOf(zone, wildcard));
  }

  private noName(zone: ServedZone, encloser: number): readonly number[] {
    return this.wishes.dnssecOk ? zone.denial.nxdomain(this.name, zone.tree.zone.names.wire(encloser)) : [];
  }

  private proveWildcard(zone: ServedZone, wildcard: number | undefined): void {
    if (wildcard === undefined || !this.wishes.dnssecOk) return;
    this.prove(zone, zone.denial.wildcardAnswer(this.name, encloserOf(zone, wildcard)));
  }

  private prove(zone: ServedZone, names: readonly number[]): void {
    for (const name of names) this.sections.add(this.sections.authority, zone.set(name, zone.denial.type));
  }

  /** The owner that an answer has, undefined for the zone's own spelling. */
  private owner(wildcard: number | undefined): Uint8Array | undefined {
    return wildcard === undefined && this.options.ownerCase === 'zone' ? undefined : this.name;
  }
}

const DENIES_OR_SIGNS: ReadonlySet<number> = new Set([TYPE.RRSIG, TYPE.NSEC, TYPE.NSEC3]);

/** The name `*`, to be put before others. */
const WILDCARD: Uint8Array = Uint8Array.of(1, 0x2a, 0);

/** `HINFO "RFC8482" ""` (RFC 8482 §4.2). */
const HINFO_OF_ANY: Uint8Array = Uint8Array.of(7, ...new TextEncoder().encode('RFC8482'), 0);

/** The name that a wildcard stands below. */
function encloserOf(zone: ServedZone, wildcard: number): Uint8Array {
  return zone.tree.zone.names.wire(wildcard).subarray(2);
}

/** What the zone says to a name; one that exists only because NSEC3 records are kept there does not (RFC 5155 §7.2.8). */
function visible(zone: ServedZone, name: Uint8Array, type: number): Outcome {
  const { tree } = zone;
  const outcome = lookup(tree, name, type);
  if (!zone.hashed) return outcome;
  const at = outcome.kind === 'nxdomain' ? outcome.closestEncloser : 'name' in outcome ? outcome.name : -1;
  if (at < 0 || at === tree.zone.apex || !zone.isHash(at)) return outcome;
  const wildcard = concatNames(WILDCARD, zone.origin);
  const found = wildcard && lookup(tree, wildcard, type);
  if (found === undefined || !('name' in found) || found.kind === 'rewrite') {
    return { kind: 'nxdomain', closestEncloser: tree.zone.apex };
  }
  return { ...found, wildcard: found.name };
}
