import { checkRdata } from '../rr/layout.ts';
import { isWithin, nameKey } from '../rr/name.ts';
import { CLASSES, TYPE, typeRow } from '../rr/types.ts';
import { RCODE } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import { encodeMessage } from '../wire/encode.ts';
import { readHeader, u16At } from '../wire/header.ts';
import { type Edns, type Message, type Question, queryFor, type ResourceRecord } from '../wire/message.ts';
import { cookieOf, exchangeOptions, lacksCookie } from './answer-edns.ts';
import type { CookieCheck } from './cookies.ts';
import type { Answered, AnswerOutcome, Exchange, ServerOptions } from './exchange.ts';
import type { ServedZone } from './served-zone.ts';
import type { ServedZones } from './served-zones.ts';
import { UpdateDraft } from './update-draft.ts';

/** What an UPDATE may use of its server. */
export interface UpdateWorld {
  readonly zones: ServedZones;
  readonly exchange: Exchange;
  readonly options: ServerOptions;
  /** Whether the client may change zones. */
  readonly allowed: boolean;
  /** Makes all changes of a draft, or none; whether they were made. */
  readonly apply: (zone: ServedZone, draft: UpdateDraft) => boolean;
}

/**
 * Does what an UPDATE asks for, all of it or nothing, and tells how it went (RFC 2136 §3). Permission is looked at before
 * the prerequisites, so that who may change nothing learns nothing by asking.
 */
export function update(query: Uint8Array, world: UpdateWorld): Answered {
  const decoded = decodeMessage(query);
  const message = 'message' in decoded ? decoded.message : undefined;
  const questions = 'message' in decoded ? decoded.message.questions : decoded.questions;
  const [section] = questions;
  const zone = message && zoneFor(message, world.zones);
  const edns = message?.edns;
  const cookie = cookieOf(edns, world.exchange, world.options);
  const { outcome, rcode } = settled(message, cookie, zone, world);
  const truncated = outcome === 'bad-cookie' && cookie === undefined;
  const options = edns === undefined ? [] : exchangeOptions(edns, cookie, world.exchange, world.options);
  const header = readHeader(query);
  const reply: Message = {
    ...queryFor({ name: new Uint8Array(1), type: 0, class: 0 }, header.id),
    response: true,
    opcode: header.opcode,
    truncated,
    rcode,
    questions: questions.length === 1 ? questions : [],
    ...(edns && { edns: { ...edns, udpSize: 1232, version: 0, flags: 0, options } }),
  };
  const encoded = encodeMessage(reply);
  const bytes = 'bytes' in encoded ? encoded.bytes : undefined;
  return {
    bytes,
    summary: {
      outcome,
      id: header.id,
      opcode: header.opcode,
      flags: u16At(query, 2),
      question: section,
      edns: edns && factsOf(edns),
      rcode,
      authoritative: false,
      truncated,
      querySize: query.length,
      answerSize: bytes?.length ?? 0,
      zone: zone?.origin,
    },
  };
}

function factsOf({ version, udpSize, dnssecOk, options }: Edns): NonNullable<Answered['summary']['edns']> {
  return { version, udpSize, dnssecOk, options: options.map(({ code }) => code) };
}

/** The zone that the zone section names (RFC 2136 §3.1.2). */
function zoneFor({ questions }: Message, zones: ServedZones): ServedZone | undefined {
  const [section] = questions;
  const zone = section && zones.zone(section.name);
  return zone?.class === section?.class ? zone : undefined;
}

/** What an UPDATE comes to: nothing from those who have to show a cookie and do not. */
function settled(
  message: Message | undefined,
  cookie: CookieCheck | undefined,
  zone: ServedZone | undefined,
  world: UpdateWorld,
): { readonly outcome: AnswerOutcome; readonly rcode: number } {
  if (message?.edns !== undefined && message.edns.version > 0) return { outcome: 'update', rcode: RCODE.BADVERS };
  if (message === undefined || cookie?.state === 'malformed') return { outcome: 'malformed', rcode: RCODE.FORMERR };
  if (lacksCookie(cookie, world.exchange, world.options))
    // Who does not know that TC asks for TCP must not believe that it was done.
    return { outcome: 'bad-cookie', rcode: cookie === undefined ? RCODE.REFUSED : RCODE.BADCOOKIE };
  return { outcome: 'update', rcode: updated(message, zone, world) };
}

function updated(message: Message, zone: ServedZone | undefined, { allowed, apply }: UpdateWorld): number {
  const { questions, answer: prerequisites, authority: updates } = message;
  if (questions.length !== 1 || !isSoa(questions[0])) return RCODE.FORMERR;
  if (zone === undefined) return RCODE.NOTAUTH;
  if (!allowed) return RCODE.REFUSED;
  const draft = new UpdateDraft(zone.text);
  const wrong = unmet(prerequisites, zone, draft) ?? first(updates, (record) => unfit(record, zone));
  if (wrong !== undefined) return wrong;
  for (const record of updates) take(record, draft);
  return apply(zone, draft) ? RCODE.NOERROR : RCODE.SERVFAIL;
}

function isSoa(section: Question | undefined): boolean {
  return section?.type === TYPE.SOA;
}

function first<Item>(items: readonly Item[], check: (item: Item) => number | undefined): number | undefined {
  for (const item of items) {
    const found = check(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The RCODE of the first prerequisite that is malformed or not met (RFC 2136 §3.2.5). */
function unmet(prerequisites: readonly ResourceRecord[], zone: ServedZone, draft: UpdateDraft): number | undefined {
  const values = new Map<string, ResourceRecord[]>();
  const found = first(prerequisites, (record) => {
    const { name, type, class: rrClass, ttl, rdata } = record;
    if (ttl !== 0) return RCODE.FORMERR;
    if (!isWithin(name, zone.origin)) return RCODE.NOTZONE;
    if (rrClass === zone.class) {
      if (isMeta(type)) return RCODE.FORMERR;
      const key = `${type} ${nameKey(name)}`;
      const alike = values.get(key);
      if (alike === undefined) values.set(key, [record]);
      else alike.push(record);
      return undefined;
    }
    if (rdata.length > 0 || (isMeta(type) && type !== TYPE.ANY)) return RCODE.FORMERR;
    if (rrClass === CLASSES.ANY) {
      if (type === TYPE.ANY) return draft.inUse(name) ? undefined : RCODE.NXDOMAIN;
      return draft.has(name, type) ? undefined : RCODE.NXRRSET;
    }
    if (rrClass !== CLASSES.NONE) return RCODE.FORMERR;
    if (type === TYPE.ANY) return draft.inUse(name) ? RCODE.YXDOMAIN : undefined;
    return draft.has(name, type) ? RCODE.YXRRSET : undefined;
  });
  if (found !== undefined) return found;
  return first([...values.values()], (records) => {
    const [{ name, type }] = records as [ResourceRecord];
    return draft.equals(name, type, records) ? undefined : RCODE.NXRRSET;
  });
}

/** The RCODE of an update that cannot be meant (RFC 2136 §3.4.1.3), data without the form of its type included. */
function unfit({ name, type, class: rrClass, ttl, rdata }: ResourceRecord, zone: ServedZone): number | undefined {
  if (!isWithin(name, zone.origin)) return RCODE.NOTZONE;
  if (rrClass === zone.class) return isMeta(type) || !hasForm(type, rdata) ? RCODE.FORMERR : undefined;
  if (ttl !== 0) return RCODE.FORMERR;
  if (rrClass === CLASSES.ANY) {
    return rdata.length > 0 || (isMeta(type) && type !== TYPE.ANY) ? RCODE.FORMERR : undefined;
  }
  return rrClass !== CLASSES.NONE || isMeta(type) ? RCODE.FORMERR : undefined;
}

function isMeta(type: number): boolean {
  return type === 0 || typeRow(type)?.meta !== undefined;
}

/** TYPE265 and other types written by number may hold anything (RFC 3597 §3). */
function hasForm(type: number, rdata: Uint8Array): boolean {
  return typeRow(type)?.generic === true || checkRdata(type, rdata).ok;
}

/** RFC 2136 §3.4.2. */
function take(record: ResourceRecord, draft: UpdateDraft): void {
  const { name, type, class: rrClass } = record;
  if (rrClass === CLASSES.NONE) draft.remove(record);
  else if (rrClass !== CLASSES.ANY) draft.add(record);
  else if (type === TYPE.ANY) draft.removeName(name);
  else draft.removeSet(name, type);
}
