import { applyChange } from '../edit/apply-change.ts';
import type { Change } from '../edit/change.ts';
import type { ChangeProblem } from '../edit/change-problem.ts';
import { TYPE } from '../rr/types.ts';
import { decodeMessage } from '../wire/decode.ts';
import { OPTION } from '../wire/edns.ts';
import { u16At } from '../wire/header.ts';
import type { EdnsOption, Message } from '../wire/message.ts';
import { type TsigKey, TsigKeys } from '../wire/tsig-keys.ts';
import { zoneFileChunks } from '../zone/print.ts';
import { readZone } from '../zone/read.ts';
import { ZoneTree } from '../zone/tree.ts';
import type { Zone } from '../zone/zone.ts';
import { answer } from './answer.ts';
import { type Answered, type AnswerSummary, DEFAULT_OPTIONS, type Exchange, type ServerOptions } from './exchange.ts';
import type { Delivery } from './faults/fault.ts';
import { type Faulted, FaultSet } from './faults/fault-set.ts';
import { QueryHistory } from './history.ts';
import { Journal, type JournalLimits } from './journal.ts';
import { Remembered } from './query-record.ts';
import { type RecordOrder, type Rotation, recordOrder } from './record-order.ts';
import { ServedZone } from './served-zone.ts';
import { ServedZones } from './served-zones.ts';
import { open, type Seal, udpLimitOf } from './signed.ts';
import { isSpecial, isUpdate } from './special.ts';
import { type Differences, transfer, transferInOne } from './transfer.ts';
import { update } from './update.ts';
import type { UpdateDraft } from './update-draft.ts';

/** What a test server may use of the world. */
export interface TestServerWorld {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds of any clock that never goes back. */
  readonly ticks: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** What a test server is made with. */
export interface TestServerOptions {
  readonly answers?: ServerOptions;
  /** Queries that the history keeps; 0 for none. */
  readonly history?: number;
  /** Seed of faults and of a random order; 1 unless given. */
  readonly seed?: number;
  /** Order of the records of each RRset, when it is not to be that of the zone. */
  readonly rotate?: Rotation;
  /** Whether a client may transfer zones; over UDP it gets differences that fit into one message. */
  readonly mayTransfer?: (exchange: Exchange) => boolean;
  /** Whether a client may change zones with UPDATE (RFC 2136); without it UPDATE gets NOTIMP. */
  readonly mayUpdate?: (exchange: Exchange) => boolean;
  /** Keys of clients that sign (RFC 8945); `key` of an exchange names the one that was used. */
  readonly keys?: readonly TsigKey[];
  /** What is kept of changes for secondaries that ask for differences; nothing unless zones may be transferred. */
  readonly journal?: Partial<JournalLimits>;
  /** Answers queries for names of no zone in the place of the refusal; those it gives nothing for are refused. */
  readonly elsewhere?: Elsewhere;
  /** Makes of each zone what is served in its place, such as a signed one (see ZoneSigner). */
  readonly prepare?: (zone: ServedZone) => ServedZone;
}

/** What somebody else says to a query, or why it was not asked: `outside` is a refusal in the place of the zones' own. */
export interface FromElsewhere {
  readonly bytes: Uint8Array;
  readonly outcome: 'forwarded' | 'outside';
}

/** Asks somebody else; `own` are options of this server that belong into any answer of its own to the query. */
export type Elsewhere = (
  query: Uint8Array,
  exchange: Exchange,
  own: readonly EdnsOption[],
) => Promise<FromElsewhere | undefined>;

/** Looks at what the zones say, and gives that or another answer, which `from` makes of other zones. */
export type Amend = (answered: Answered, from: (zones: ServedZones) => Answered) => Answered;

/** What goes back for one query. */
export interface Reply {
  /** Undefined when nothing is to be sent. */
  readonly bytes: Uint8Array | undefined;
  /** Further messages of the same answer (RFC 5936 §2.2). */
  readonly more?: Iterable<Uint8Array>;
  readonly delivery?: Delivery;
}

/** One query with when it came. */
interface Asked {
  /** Without its signature. */
  readonly query: Uint8Array;
  readonly exchange: Exchange;
  readonly start: number;
  /** The octets that came, and what signs the reply to them. */
  readonly signed?: { readonly query: Uint8Array; readonly seal: Seal };
}

/** Queries kept when nothing else is said. */
export const HISTORY = 10_000;

/** An authoritative server whose zones and faults change while it runs, and that remembers what it was asked. Opens no sockets. */
export class TestServer {
  readonly faults: FaultSet;
  readonly history: QueryHistory;
  /** Order of the records of each RRset, when it is not that of the zone. */
  readonly order: RecordOrder | undefined;
  /** What becomes of answers before faults see them. */
  amend: Amend | undefined;
  private readonly world: TestServerWorld;
  private readonly answers: ServerOptions;
  private readonly mayTransfer: (exchange: Exchange) => boolean;
  private readonly mayUpdate: ((exchange: Exchange) => boolean) | undefined;
  private readonly elsewhere: Elsewhere | undefined;
  private readonly keys: TsigKeys;
  private readonly journal: Journal;
  private readonly listeners = new Set<(zones: readonly ServedZone[]) => void>();
  private readonly prepare: ((zone: ServedZone) => ServedZone) | undefined;
  /** What zones became, and those that need not be prepared any more. */
  private readonly prepared = new WeakMap<ServedZone, ServedZone>();
  private served: ServedZones;

  constructor(zones: ServedZones, world: TestServerWorld, options: TestServerOptions = {}) {
    this.prepare = options.prepare;
    this.served = this.preparing(zones);
    this.world = world;
    this.order = options.rotate && recordOrder(options.rotate, options.seed ?? 1);
    this.answers = { ...options.answers, ...(this.order && { order: this.order }) };
    this.mayTransfer = options.mayTransfer ?? (() => false);
    this.mayUpdate = options.mayUpdate;
    this.elsewhere = options.elsewhere;
    this.keys = new TsigKeys(options.keys ?? []);
    this.journal = new Journal(options.journal ?? (options.mayTransfer === undefined ? { differences: 0 } : {}));
    this.faults = new FaultSet({ now: world.now, seed: options.seed ?? 1 });
    this.history = new QueryHistory(options.history ?? HISTORY);
  }

  /** What is served; another set takes its place as a whole. */
  get zones(): ServedZones {
    return this.served;
  }

  set zones(given: ServedZones) {
    const before = this.served;
    const zones = this.preparing(given);
    this.served = zones;
    const news: ServedZone[] = [];
    for (const zone of zones.zones()) {
      const old = before.zone(zone.origin);
      if (old === zone) continue;
      if (old !== undefined) this.journal.note(old, zone);
      if (old?.serial !== zone.serial) news.push(zone);
    }
    if (news.length > 0) for (const listener of this.listeners) listener(news);
  }

  /** Prepares anew what was prepared before: signatures come to an end. */
  prepareAgain(): void {
    this.zones = new ServedZones(
      this.zones.zones().map((zone) => (zone.text === zone.tree ? zone : new ServedZone(zone.text))),
    );
  }

  private preparing(zones: ServedZones): ServedZones {
    const { prepare, prepared } = this;
    if (prepare === undefined) return zones;
    const made = zones.zones().map((zone) => {
      const ready = prepared.get(zone) ?? prepare(zone);
      prepared.set(zone, ready).set(ready, ready);
      return ready;
    });
    return new ServedZones(made);
  }

  /** Tells of zones that are new or have another serial, as secondaries want to know; the function returned ends it. */
  onSerials(listener: (zones: readonly ServedZone[]) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Serves a zone, in the place of the one with its name. */
  putZone(zone: Zone): void {
    this.zones = this.zones.with(new ZoneTree(zone));
  }

  /** False when no zone has exactly this name. */
  removeZone(origin: Uint8Array): boolean {
    const before = this.zones;
    if (before.zone(origin) === undefined) return false;
    this.zones = before.without(origin);
    return true;
  }

  /**
   * Changes the text of a zone that is served, as an editor would: all of the changes or, with a problem, none. Files on a
   * disk stay as they are.
   */
  changeZone(origin: Uint8Array, changes: (zone: Zone) => readonly Change[]): ChangeProblem | undefined {
    const served = this.zones.zone(origin);
    if (served === undefined) return { code: 'no-file', args: {}, change: -1 };
    const { zone } = served.text;
    const { zone: changed, problem } = applyChange(zone, changes(zone));
    if (problem !== undefined) return problem;
    if (changed !== zone) this.putZone(changed);
    return undefined;
  }

  /** The reply to one query, after the faults; what is remembered is known when it is sent. */
  handle(query: Uint8Array, exchange: Exchange): Reply | Promise<Reply> {
    const { history } = this;
    if (history.countsOnly && !this.faults.active && this.amend === undefined) {
      // What is plain is neither special nor outside of all zones.
      const plain = this.served.plain(this.answers).answer(query, exchange.transport);
      if (plain !== undefined) {
        history.total++;
        return plain;
      }
    }
    const asked = { query, exchange, start: history.countsOnly ? NOT_TIMED : this.world.ticks() };
    if (isSpecial(query)) return this.handleSpecial(asked);
    return this.handled(this.plainly(query, exchange), asked);
  }

  /** What the zones say, amended. */
  private plainly(query: Uint8Array, exchange: Exchange): Answered {
    const answered = answer(query, this.served, exchange, this.answers);
    if (this.amend === undefined) return answered;
    return this.amend(answered, (zones) => answer(query, zones, exchange, this.answers));
  }

  private handled(answered: Answered & Reply, asked: Asked): Reply | Promise<Reply> {
    if (this.elsewhere !== undefined && answered.summary.outcome === 'outside')
      return this.forwarded(this.elsewhere, answered, asked);
    return this.finished(answered, asked);
  }

  /** Signatures, updates and transfers. */
  private handleSpecial(asked: Asked): Reply | Promise<Reply> {
    const opened = open(asked.query, this.keys, asked.exchange, { now: this.world.now, udpLimit: this.udpLimit });
    if ('refused' in opened) return this.finished(opened.refused, asked);
    const { query, seal } = opened;
    const exchange = seal === undefined ? asked.exchange : { ...asked.exchange, key: seal.key.name };
    const answered = isUpdate(query)
      ? this.updated(query, exchange)
      : this.transferred(query, exchange, seal?.room ?? 0);
    const signed = seal && { query: asked.query, seal };
    return this.handled(answered, { query, exchange, start: asked.start, ...(signed && { signed }) });
  }

  private finished(answered: Answered & Reply, asked: Asked): Reply | Promise<Reply> {
    if (this.faults.active) {
      const faulted = this.faults.apply(asked.query, answered, asked.exchange, this.served);
      if (faulted !== undefined) return this.afterFault(faulted, answered, asked);
    }
    const reply = asked.signed === undefined ? answered : asked.signed.seal.close<Reply>(answered);
    this.remember(answered, reply.bytes, NO_FAULTS, asked);
    return reply;
  }

  private async forwarded(elsewhere: Elsewhere, refusal: Answered, asked: Asked): Promise<Reply> {
    const given = await elsewhere(asked.query, asked.exchange, ownOptions(refusal));
    if (given === undefined) return this.finished(refusal, asked);
    const { bytes, outcome } = given;
    const flags = u16At(bytes, 2);
    const read = decodeMessage(bytes);
    const summary: AnswerSummary = {
      ...refusal.summary,
      outcome,
      rcode: 'message' in read ? read.message.rcode : flags & 15,
      authoritative: (flags & 0x0400) !== 0,
      truncated: (flags & 0x0200) !== 0,
      answerSize: bytes.length,
    };
    return this.finished({ bytes, summary }, asked);
  }

  private get udpLimit(): number {
    return this.answers.udpLimit ?? DEFAULT_OPTIONS.udpLimit;
  }

  /** Answers a query that may ask for a transfer. */
  private transferred(query: Uint8Array, exchange: Exchange, room: number): Answered & Reply {
    const answered = this.plainly(query, exchange);
    const { outcome, question } = answered.summary;
    const differences: Differences = (zone, serial) => this.journal.since(zone.origin, serial, zone.serial);
    if (exchange.transport === 'udp') {
      // What answers without the differences is the SOA alone.
      if (outcome !== 'answer' || question?.type !== TYPE.IXFR || !this.mayTransfer(exchange)) return answered;
      const limit = (message: Message): number => udpLimitOf(message, this.udpLimit) - room;
      const bytes = transferInOne(query, this.served, differences, limit);
      return bytes === undefined ? answered : { bytes, summary: transferSummary(answered, bytes) };
    }
    // An exchange of HTTP carries one message.
    if (outcome !== 'transfer' || exchange.transport === 'https' || !this.mayTransfer(exchange)) return answered;
    const messages = transfer(query, this.served, differences)?.[Symbol.iterator]();
    const first = messages?.next();
    if (messages === undefined || first === undefined || first.done) return answered;
    const bytes = first.value;
    return { bytes, more: { [Symbol.iterator]: () => messages }, summary: transferSummary(answered, bytes) };
  }

  private updated(query: Uint8Array, exchange: Exchange): Answered {
    // RFC 2136 §3.1.1 knows no better word for a server that takes no updates at all.
    if (this.mayUpdate === undefined) return answer(query, this.served, exchange, this.answers);
    return update(query, {
      zones: this.served,
      exchange,
      options: this.answers,
      allowed: this.mayUpdate(exchange) && (this.answers.mayQuery?.(exchange) ?? true),
      apply: (zone, draft) => this.applyUpdate(zone, draft),
    });
  }

  /** Changes a zone's text; one that cannot be edited, for what $GENERATE and the like make of it, is written out first. */
  private applyUpdate(zone: ServedZone, draft: UpdateDraft): boolean {
    const changes = draft.changes(this.world.now());
    if (this.changeZone(zone.origin, () => changes) === undefined) return true;
    const bytes = new TextEncoder().encode([...zoneFileChunks(zone.text.zone)].join(''));
    const [file] = zone.text.zone.files;
    const plain = readZone({ name: file?.name ?? '', bytes, origin: zone.origin });
    const { zone: changed, problem } = applyChange(plain, changes);
    if (problem === undefined) this.putZone(changed);
    return problem === undefined;
  }

  private afterFault(
    faulting: Faulted | Promise<Faulted>,
    answered: Answered & Reply,
    asked: Asked,
  ): Reply | Promise<Reply> {
    if (!(faulting instanceof Promise) && faulting.delay <= 0) return this.sent(faulting, answered, asked);
    return this.afterWaiting(faulting, answered, asked);
  }

  private async afterWaiting(
    faulting: Faulted | Promise<Faulted>,
    answered: Answered & Reply,
    asked: Asked,
  ): Promise<Reply> {
    try {
      const faulted = await faulting;
      if (faulted.delay > 0) await this.world.wait(faulted.delay);
      return this.sent(faulted, answered, asked);
    } catch (error) {
      // Whoever listens says SERVFAIL; the query was asked all the same.
      this.remember(answered, undefined, NO_FAULTS, asked);
      throw error;
    }
  }

  private sent({ bytes, delivery, faults, further }: Faulted, answered: Answered & Reply, asked: Asked): Reply {
    const more = further && answered.more && changed(answered.more, further);
    const plain = { bytes, ...(delivery && { delivery }), ...(more && { more }) };
    const reply = asked.signed === undefined ? plain : asked.signed.seal.close<Reply>(plain);
    this.remember(answered, reply.bytes, faults, asked);
    return reply;
  }

  private remember(
    answered: Answered,
    response: Uint8Array | undefined,
    faults: readonly string[],
    asked: Asked,
  ): void {
    const { history } = this;
    if (history.countsOnly) {
      history.total++;
      return;
    }
    const { exchange, start, signed } = asked;
    const query = signed?.query ?? asked.query;
    const ms = start === NOT_TIMED ? 0 : this.world.ticks() - start;
    const record = { exchange, query, response, faults, ms };
    history.add(new Remembered(history.total + 1, answered, record, signed !== undefined));
  }
}

function* changed(messages: Iterable<Uint8Array>, change: NonNullable<Faulted['further']>): Generator<Uint8Array> {
  for (const message of messages) {
    const next = change(message);
    if (next !== undefined) yield next;
  }
}

const NO_FAULTS: readonly string[] = [];

/** Start of a query that nobody wanted to hear of when it came. */
const NOT_TIMED = -1;

/** What a server and its client have between them alone: cookies (RFC 7873 §5.2) and timeouts (RFC 7828 §3.2.1). */
const OWN_OPTIONS: readonly number[] = [OPTION.COOKIE, OPTION.TCP_KEEPALIVE];

function ownOptions({ bytes, summary }: Answered): readonly EdnsOption[] {
  if (bytes === undefined || !summary.edns?.options.some((code) => OWN_OPTIONS.includes(code))) return [];
  const read = decodeMessage(bytes);
  const options = 'message' in read ? read.message.edns?.options : undefined;
  return options?.filter(({ code }) => OWN_OPTIONS.includes(code)) ?? [];
}

function transferSummary({ summary }: Answered, { length }: Uint8Array): AnswerSummary {
  return { ...summary, rcode: 0, authoritative: true, answerSize: length };
}
