import type { DeliveryKnobs } from './delivery-knobs.ts';
import type { DnsAlias, DnsAnswer, DnsFailure, DnsSecurity, NegativeTimes } from './dns.ts';
import { type SrvRecord, srvIn } from './mail-rdata.ts';

/** What DNS says to the question for the SRV records of a mail domain, as plain data. */
export type ServiceAnswer = { readonly security: DnsSecurity; readonly aliases: readonly DnsAlias[] } & (
  | {
      readonly kind: 'records';
      readonly records: readonly SrvRecord[];
      readonly ttl: number;
      /** Records whose RDATA could not be read; they count for nothing. */
      readonly unreadable: number;
    }
  | { readonly kind: 'nodata' | 'nxdomain'; readonly times?: NegativeTimes }
  | { readonly kind: 'failure'; readonly reason: DnsFailure; readonly detail: string }
);

/** An SRV answer, the name it belongs to, and where it came from. */
export interface ServiceFacts {
  /** `_smtp-tls._tcp.example.net`. */
  readonly name: string;
  /** The mail domain, or the name it is an alias of. */
  readonly domain: string;
  readonly from: 'question' | 'cache';
  readonly answer: ServiceAnswer;
}

/** Reads the answer to a question for SRV. */
export function serviceAnswerIn(answer: DnsAnswer): ServiceAnswer {
  const { security, aliases } = answer;
  switch (answer.kind) {
    case 'records': {
      const records = answer.rdata.map(srvIn).filter((each) => each !== undefined);
      const unreadable = answer.rdata.length - records.length;
      if (records.length > 0) return { kind: 'records', records, ttl: answer.ttl, unreadable, security, aliases };
      const detail = `no record of the ${unreadable} could be read: expected priority, weight, port and a target in each`;
      return { kind: 'failure', reason: 'malformed', detail, security, aliases };
    }
    case 'failure':
      return { kind: 'failure', reason: answer.reason, detail: answer.detail, security, aliases };
    default:
      return { kind: answer.kind, ...(answer.times && { times: answer.times }), security, aliases };
  }
}

/** What a sender does with an SRV answer. */
export type ServiceChoice = 'use-srv' | 'use-mx' | 'reject' | 'defer';

/** Whether a sender goes by SRV (SRV-2-i), by MX, or neither; the one place that decides it. */
export function chooseBy(answer: ServiceAnswer, knobs: Pick<DeliveryKnobs, 'srvError' | 'srvNull'>): ServiceChoice {
  if (answer.kind === 'failure') return knobs.srvError === 'mx' ? 'use-mx' : 'defer';
  if (answer.kind !== 'records') return 'use-mx';
  if (!isNullService(answer.records)) return 'use-srv';
  return knobs.srvNull === 'mx' ? 'use-mx' : 'reject';
}

/** Whether records only say that the service is not offered (RFC 2782, target `.`). */
export function isNullService(records: readonly SrvRecord[]): boolean {
  return records.every(({ target }) => target === '.');
}
