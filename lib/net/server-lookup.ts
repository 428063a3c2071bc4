import type { DnsAlias, DnsAnswer, DnsFailure, DnsLookup, DnsQuestion } from '../mail/dns.ts';
import { hostText, wireName } from '../mail/dns-names.ts';
import { MOST_ALIASES } from '../mail/zone-lookup.ts';
import { CLASSES, typeToText } from '../rr/types.ts';
import { RCODE, rcodeToText } from '../wire/codes.ts';
import { extendedErrors, meansBogus, sayExtendedError } from '../wire/extended-errors.ts';
import type { Message } from '../wire/message.ts';
import { type AskFailure, type AskOptions, type AskResult, askServer } from './ask.ts';
import { followAnswer } from './lookup-answer.ts';
import { type ServerAddress, serverText } from './server-address.ts';
import { Turns } from './turns.ts';

export { parseServerAddress, type ServerAddress } from './server-address.ts';

/** One question as it went to the server, in the order they went out. */
export interface LoggedQuery {
  readonly name: string;
  readonly type: number;
  /** What came back: an RCODE such as `NXDOMAIN`, or why nothing did; undefined while it is waited for. */
  readonly outcome: string | undefined;
  /** How the answer came; undefined without one. */
  readonly transport: 'udp' | 'tcp' | undefined;
}

/** The DNS that a server tells, with what it was asked. */
export interface ServerLookup extends DnsLookup {
  readonly queries: readonly LoggedQuery[];
}

/** Questions on their way at the same time. */
const MOST_AT_ONCE = 16;

/** Questions a server may leave unanswered before its first answer; then it is not asked any more. */
const MOST_SILENT = 2;

const FAILURES: Readonly<Record<AskFailure, DnsFailure>> = {
  timeout: 'timeout',
  unreachable: 'server-failure',
  malformed: 'malformed',
  aborted: 'timeout',
  unaskable: 'malformed',
};

/**
 * Asks one server, recursive or authoritative. Aliases are followed within an answer and, where it stops, by asking again;
 * no question is asked twice. An answer is secure when the server vouches for each part of it with AD: whether the server
 * and the way to it deserve that is for the caller to know.
 */
export function serverLookup(server: ServerAddress, options: AskOptions): ServerLookup {
  const asking = new ServerAsking(server, options);
  return { ask: (question) => new Following(asking, question).answer(), queries: asking.queries };
}

/** A server and what it answered so far. */
class ServerAsking {
  readonly queries: LoggedQuery[] = [];
  readonly server: ServerAddress;
  private readonly options: AskOptions;
  private readonly answers = new Map<string, Promise<AskResult>>();
  private readonly turns = new Turns(MOST_AT_ONCE);
  private answered = false;
  private silent: AskResult[] = [];

  constructor(server: ServerAddress, options: AskOptions) {
    this.server = server;
    this.options = options;
  }

  /** The response to a question, the same one when it was asked before. */
  ask(name: Uint8Array, type: number): Promise<AskResult> {
    const key = `${type} ${hostText(name)}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const answer = this.turns.take(() => this.send(name, type));
    this.answers.set(key, answer);
    return answer;
  }

  private async send(name: Uint8Array, type: number): Promise<AskResult> {
    const dead = this.answered ? undefined : this.silent[MOST_SILENT - 1];
    if (dead !== undefined) return dead;
    const index = this.queries.length;
    const asked = { name: hostText(name), type, outcome: undefined, transport: undefined };
    this.queries.push(asked);
    const result = await askServer(this.server, { name, type, class: CLASSES.IN }, this.options);
    if ('message' in result) {
      this.answered = true;
      this.queries[index] = { ...asked, outcome: rcodeToText(result.message.rcode), transport: result.transport };
    } else {
      if (result.failure === 'timeout' || result.failure === 'unreachable') this.silent.push(result);
      this.queries[index] = { ...asked, outcome: result.failure };
    }
    return result;
  }
}

/** One question, followed through aliases. */
class Following {
  private readonly asking: ServerAsking;
  private readonly question: DnsQuestion;
  private readonly aliases: DnsAlias[] = [];
  private canonical: string;
  private secure = true;
  private ttl = Number.POSITIVE_INFINITY;

  constructor(asking: ServerAsking, question: DnsQuestion) {
    this.asking = asking;
    this.question = question;
    this.canonical = question.name;
  }

  async answer(): Promise<DnsAnswer> {
    let name = wireName(this.question.name);
    if (name === undefined) return this.failure('malformed', `'${this.question.name}' is no domain name`);
    const asked = new Set<string>();
    for (;;) {
      asked.add(hostText(name));
      const result = await this.asking.ask(name, this.question.type);
      if ('failure' in result) return this.failure(FAILURES[result.failure], result.detail);
      const next = this.take(result.message, name);
      if (!(next instanceof Uint8Array)) return next;
      if (asked.has(hostText(next))) return this.failure('alias-loop', `the aliases lead back to ${this.canonical}`);
      name = next;
    }
  }

  /** The answer, or the name to ask for next. */
  private take(message: Message, name: Uint8Array): DnsAnswer | Uint8Array {
    if (!FOLLOWED.has(message.rcode)) return this.refusal(message);
    this.secure &&= message.authenticData;
    const trail = followAnswer(message, name, this.question.type, MOST_ALIASES - this.aliases.length);
    this.aliases.push(...trail.aliases);
    this.canonical = this.aliases.at(-1)?.target ?? this.question.name;
    this.ttl = Math.min(this.ttl, trail.ttl);
    const { end } = trail;
    if (message.rcode === RCODE.YXDOMAIN && end.kind !== 'too-long') return this.refusal(message);
    switch (end.kind) {
      case 'records':
        return { ...this.asked(), kind: 'records', rdata: end.rdata, ttl: this.ttl };
      case 'nodata':
      case 'nxdomain':
        return { ...this.asked(), ...end };
      case 'loop':
        if (this.aliases.length > MOST_ALIASES)
          return this.failure('alias-loop', `more than ${MOST_ALIASES} aliases in a row`);
        return this.failure('alias-loop', `the aliases lead back to ${this.canonical}`);
      case 'too-long':
        return this.failure(
          'server-failure',
          `the DNAME of ${end.owner} makes ${this.canonical} longer than 255 octets`,
        );
      case 'referral':
      case 'nothing':
        return trail.aliases.length > 0 ? trail.name : this.notHere(end.kind === 'referral' ? end.zone : undefined);
    }
  }

  private refusal(message: Message): DnsAnswer {
    const told = extendedErrors(message);
    const rcode = rcodeToText(message.rcode);
    const why = told.map(({ code, text }) => `${sayExtendedError(code)}${text === '' ? '' : `: ${text}`}`).join('; ');
    const detail = `${this.server} answered ${rcode}${why === '' ? '' : ` (${why})`}`;
    if (message.rcode === RCODE.REFUSED)
      return this.failure('refused', `${detail}: it does not answer for ${this.canonical} to this client`);
    const bogus = message.rcode === RCODE.SERVFAIL && told.some(meansBogus);
    return this.failure(bogus ? 'bogus' : 'server-failure', detail);
  }

  private notHere(zone: string | undefined): DnsAnswer {
    const instead =
      zone === undefined ? '' : ` and only points to the name servers of ${zone === '.' ? 'the root' : zone}`;
    return this.failure(
      'outside',
      `${this.server} is not authoritative for ${this.canonical}, does not recurse${instead}; ask a resolver or a server of its zone`,
    );
  }

  private get server(): string {
    return serverText(this.asking.server);
  }

  private asked(): Pick<DnsAnswer, 'question' | 'canonical' | 'aliases' | 'security'> {
    const { question, canonical, aliases, secure } = this;
    return { question, canonical, aliases, security: secure ? 'secure' : 'insecure' };
  }

  private failure(reason: DnsFailure, why: string): DnsAnswer {
    const detail = `${why} (asked for ${this.question.name} ${typeToText(this.question.type)})`;
    return { ...this.asked(), security: 'insecure', kind: 'failure', reason, detail };
  }
}

const FOLLOWED: ReadonlySet<number> = new Set([RCODE.NOERROR, RCODE.NXDOMAIN, RCODE.YXDOMAIN]);
