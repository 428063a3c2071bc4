import { TYPE, typeToText } from '../rr/types.ts';
import type { DnsAnswer, DnsLookup, DnsQuestion } from './dns.ts';
import { wireName } from './dns-names.ts';
import type { GatheredQuestion, HostAddresses } from './gathered.ts';
import { addressIn } from './mail-rdata.ts';

/** Questions on their way at one time: hostile zones name many hosts. */
const LANES = 16;

/** A lookup that asks nothing twice, keeps a list of what it asked, and ends asking at a limit. */
export class Asker implements DnsLookup {
  purpose: GatheredQuestion['purpose'] = 'delivery';
  private readonly lookup: DnsLookup;
  private readonly most: number;
  private readonly known = new Map<string, Promise<DnsAnswer>>();
  private readonly log: GatheredQuestion[] = [];
  private readonly lanes: Promise<unknown>[] = [];

  constructor(lookup: DnsLookup, most: number) {
    this.lookup = lookup;
    this.most = most;
  }

  ask(question: DnsQuestion): Promise<DnsAnswer> {
    const key = `${question.name} ${question.type}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const answer = this.answered(question);
    this.known.set(key, answer);
    return answer;
  }

  /** What was asked, in order. */
  get questions(): readonly GatheredQuestion[] {
    return this.log;
  }

  /** The addresses of a host, AAAA before A. */
  async addressesOf(host: string): Promise<HostAddresses> {
    const types = [TYPE.AAAA, TYPE.A];
    const answers = await Promise.all(types.map((type) => this.ask({ name: host, type })));
    const addresses = answers.flatMap((answer) =>
      answer.kind === 'records' ? answer.rdata.map((rdata) => addressIn(rdata, answer.question.type)) : [],
    );
    const known = [...new Set(addresses.filter((address) => address !== undefined))];
    const failed = answers.find((answer) => answer.kind === 'failure');
    const security = answers.every((answer) => answer.security === 'secure') ? 'secure' : 'insecure';
    const canonical = answers[0]?.canonical ?? host;
    const base = { host, canonical, addresses: known, security } as const;
    if (known.length > 0) return { ...base, state: 'found' };
    if (failed === undefined) return { ...base, state: 'none' };
    return { ...base, state: failed.reason === 'outside' ? 'unknown' : 'failed', detail: failed.detail };
  }

  private async answered(question: DnsQuestion): Promise<DnsAnswer> {
    // The place in the list is taken when the question goes out, as several are on their way at a time.
    const place = this.log.length;
    const { name, type } = question;
    const asked = { name, type: typeToText(type), purpose: this.purpose };
    this.log.push({ ...asked, result: 'failure', records: 0, security: 'insecure', detail: 'never answered' });
    const answer = await this.#fetch(question, place);
    this.log[place] = {
      ...asked,
      result: answer.kind,
      records: answer.kind === 'records' ? answer.rdata.length : 0,
      security: answer.security,
      ...(answer.canonical !== name && { canonical: answer.canonical }),
      ...(answer.kind === 'failure' && { detail: answer.detail }),
    };
    return answer;
  }

  async #fetch(question: DnsQuestion, place: number): Promise<DnsAnswer> {
    const own = { question, canonical: question.name, aliases: [], security: 'insecure' } as const;
    // A domain so long that its service name has more than 255 octets can have no such records.
    if (wireName(question.name) === undefined) return { ...own, kind: 'nxdomain' };
    if (place < this.most) {
      const lane = place % LANES;
      const answer = (this.lanes[lane] ?? Promise.resolve()).then(() => this.lookup.ask(question));
      this.lanes[lane] = answer;
      return answer;
    }
    const detail = `not asked: ${this.most} questions are enough for one domain`;
    return { ...own, kind: 'failure', reason: 'refused', detail };
  }
}
