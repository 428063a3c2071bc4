import { nameKey, nameToText } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { OPCODE, RCODE, rcodeToText } from '../wire/codes.ts';
import { encodeMessage } from '../wire/encode.ts';
import { type Message, queryFor, type ResourceRecord } from '../wire/message.ts';
import type { TsigKey } from '../wire/tsig-keys.ts';
import type { ExchangeResult } from './ask-exchange.ts';
import { exchangeUdp } from './ask-udp.ts';
import { type ServerAddress, serverText } from './server-address.ts';
import { signedQuery } from './signed-query.ts';

/** A secondary that is told of changes, with the key that signs what it is told. */
export interface NotifyTarget extends ServerAddress {
  readonly key?: TsigKey;
}

/** What a notifier may use of the world. */
export interface NotifyOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A number from 0 to 65535 that nobody can foretell. */
  readonly random: () => number;
  /** Told of a secondary that took no notice, one sentence. */
  readonly failed?: (sentence: string) => void;
  /** Milliseconds that each attempt waits for its answer; as many attempts are made. */
  readonly waits?: readonly number[];
}

/** Half a minute in all: a test does not wait for the hour that RFC 1996 §3.6 allows. */
const WAITS: readonly number[] = [1000, 2000, 4000, 8000, 15_000];

/** Datagrams waited for at a time. */
const AT_ONCE = 50;

/** No second datagram within an attempt: the next attempt is that. */
const NEVER = 0x7fffffff;

/** Tells secondaries that zones have changed (RFC 1996), again and again until each has answered or the attempts are used up. */
export class Notifier {
  private readonly targets: readonly NotifyTarget[];
  private readonly options: NotifyOptions;
  /** The latest news of a zone for each target; older ones are given up. */
  private readonly going = new Map<string, AbortController>();
  private readonly queue: (() => void)[] = [];
  private free: number = AT_ONCE;
  private closed = false;

  constructor(targets: readonly NotifyTarget[], options: NotifyOptions) {
    this.targets = targets;
    this.options = options;
  }

  /** Tells all targets of the SOA that a zone has now; resolves when each has been told or given up. */
  async notify(soa: ResourceRecord): Promise<void> {
    if (this.closed) return;
    await Promise.all(this.targets.map((target) => this.tell(target, soa)));
  }

  /** Gives up what is under way. */
  close(): void {
    this.closed = true;
    for (const controller of this.going.values()) controller.abort();
  }

  private async tell(target: NotifyTarget, soa: ResourceRecord): Promise<void> {
    const key = `${serverText(target)} ${nameKey(soa.name)}`;
    this.going.get(key)?.abort();
    const controller = new AbortController();
    this.going.set(key, controller);
    const trouble = await this.attempts(target, soa, controller.signal);
    if (this.going.get(key) === controller) this.going.delete(key);
    if (trouble === undefined || controller.signal.aborted) return;
    this.options.failed?.(`${serverText(target)} was told that ${nameToText(soa.name)} has changed, but ${trouble}`);
  }

  /** Undefined when the target has taken notice. */
  private async attempts(target: NotifyTarget, soa: ResourceRecord, signal: AbortSignal): Promise<string | undefined> {
    let trouble: string | undefined = 'was not reached';
    for (const wait of this.options.waits ?? WAITS) {
      await this.turn();
      const result = signal.aborted ? undefined : await this.attempt(target, soa, wait, signal);
      this.free++;
      this.queue.shift()?.();
      if (result === undefined || signal.aborted) return undefined;
      trouble = troubleOf(result);
      if (result.kind === 'response') return trouble;
      // A closed port tells so at once; it may be open soon.
      if (result.kind !== 'ended') await pause(wait, signal);
    }
    return trouble;
  }

  /** Waits until fewer than the most are under way. */
  private async turn(): Promise<void> {
    if (this.free <= 0) await new Promise<void>((resolve) => this.queue.push(resolve));
    this.free--;
  }

  private async attempt(
    target: NotifyTarget,
    soa: ResourceRecord,
    wait: number,
    signal: AbortSignal,
  ): Promise<ExchangeResult> {
    const { now, random } = this.options;
    const query: Message = {
      ...queryFor({ name: soa.name, type: TYPE.SOA, class: soa.class }, random() & 0xffff),
      opcode: OPCODE.NOTIFY,
      authoritative: true,
      answer: [soa],
    };
    const encoded = encodeMessage(query);
    if ('problem' in encoded) return { kind: 'malformed', detail: 'its SOA record cannot be sent' };
    const signed = target.key && signedQuery(encoded.bytes, target.key, now);
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), wait);
    const give = (): void => patience.abort();
    signal.addEventListener('abort', give);
    try {
      const octets = signed?.octets ?? encoded.bytes;
      const exchange = { server: target, query, octets, signal: patience.signal };
      return await exchangeUdp({ ...exchange, ...(signed && { refuses: signed.refuses }) }, NEVER);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', give);
    }
  }
}

function troubleOf(result: ExchangeResult): string | undefined {
  switch (result.kind) {
    case 'response':
      return result.message.rcode === RCODE.NOERROR ? undefined : `answered ${rcodeToText(result.message.rcode)}`;
    case 'ended':
      return result.detail === undefined ? 'did not answer' : `sent ${result.detail}`;
    case 'cut':
      return 'cut its answer off';
    default:
      return result.detail;
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
