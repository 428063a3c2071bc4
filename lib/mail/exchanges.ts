import { TYPE } from '../rr/types.ts';
import type { DnsAnswer, DnsFailure, DnsLookup, DnsSecurity, NegativeTimes } from './dns.ts';
import { DRAFTS, type Drafts } from './drafts.ts';
import { type Exchange, exchangeIn } from './mail-rdata.ts';

/** Which hosts are looked for: those that receive for a domain (MX), or those that send for it (Client MX). */
export type ExchangeKind = 'server' | 'client';

/** The hosts of a mail domain, the most preferred first; equal preferences keep the order of the answer. */
export interface ExchangeHosts {
  readonly kind: 'hosts';
  /** The domain, or what it is an alias of. */
  readonly domain: string;
  readonly hosts: readonly Exchange[];
  readonly ttl: number;
  readonly security: DnsSecurity;
  /** There is no MX record, so the domain itself is the host (RFC 5321 §5.1); never so for Client MX. */
  readonly implicit: boolean;
  /** A record without a host stood beside others and counts for nothing (RFC 7505 §3). */
  readonly ignoredNull: boolean;
  /** Records whose RDATA could not be read; they count for nothing. */
  readonly unreadable: number;
}

/** The hosts that a mail domain has for one direction, or why it has none (RFC 5321 §5.1, draft-chuang §1.2.1). */
export type Exchanges =
  | ExchangeHosts
  /** The only record names no host: the domain takes no mail (RFC 7505), or with Client MX sends none. */
  | { readonly kind: 'null'; readonly domain: string; readonly ttl: number; readonly security: DnsSecurity }
  /** The domain exists and has neither a record nor, where that would do, an address. */
  | { readonly kind: 'absent'; readonly domain: string; readonly security: DnsSecurity; readonly times?: NegativeTimes }
  | {
      readonly kind: 'no-domain';
      readonly domain: string;
      readonly security: DnsSecurity;
      readonly times?: NegativeTimes;
    }
  | { readonly kind: 'failure'; readonly domain: string; readonly reason: DnsFailure; readonly detail: string };

/** The answers to the two questions for addresses of a name. */
export interface AddressAnswers {
  readonly aaaa: DnsAnswer;
  readonly a: DnsAnswer;
}

/**
 * Reads the answer to a question for MX or Client MX. When there is no MX, the addresses of the domain tell whether it is
 * its own host; without them it is taken to be.
 */
export function exchangesIn(answer: DnsAnswer, addresses?: AddressAnswers): Exchanges {
  const { canonical: domain, security } = answer;
  switch (answer.kind) {
    case 'failure':
      return { kind: 'failure', domain, reason: answer.reason, detail: answer.detail };
    case 'nxdomain':
      return { kind: 'no-domain', domain, security, ...timesOf(answer) };
    case 'nodata':
      return answer.question.type === TYPE.MX ? implicitIn(answer, addresses) : absent(answer);
    case 'records':
      return hostsIn(answer);
  }
}

/** Asks for the hosts of a domain, and where there is no MX for the addresses that make it its own host. */
export async function findExchanges(
  domain: string,
  kind: ExchangeKind,
  lookup: DnsLookup,
  { clientMxType }: Pick<Drafts, 'clientMxType'> = DRAFTS,
): Promise<Exchanges> {
  const answer = await lookup.ask({ name: domain, type: kind === 'server' ? TYPE.MX : clientMxType });
  if (kind === 'client' || answer.kind !== 'nodata') return exchangesIn(answer);
  const aaaa = await lookup.ask({ name: answer.canonical, type: TYPE.AAAA });
  return exchangesIn(answer, { aaaa, a: await lookup.ask({ name: answer.canonical, type: TYPE.A }) });
}

type Records = Extract<DnsAnswer, { kind: 'records' }>;

function hostsIn(answer: Records): Exchanges {
  const { canonical: domain, ttl, security } = answer;
  const read = answer.rdata.map(exchangeIn).filter((each) => each !== undefined);
  const unreadable = answer.rdata.length - read.length;
  if (read.length === 0) {
    const detail = `no record of the ${unreadable} could be read: expected a preference and one host name in each`;
    return { kind: 'failure', domain, reason: 'malformed', detail };
  }
  const named = read.filter(({ host }) => host !== '.');
  if (named.length === 0) return { kind: 'null', domain, ttl, security };
  const hosts = named.sort((one, other) => one.preference - other.preference);
  return {
    kind: 'hosts',
    domain,
    hosts,
    ttl,
    security,
    implicit: false,
    ignoredNull: named.length < read.length,
    unreadable,
  };
}

function implicitIn(answer: DnsAnswer, addresses: AddressAnswers | undefined): Exchanges {
  const { canonical: domain, security } = answer;
  const asked = addresses === undefined ? [] : [addresses.aaaa, addresses.a];
  const found = asked.filter((each) => each.kind === 'records');
  const hosts = { kind: 'hosts', domain, hosts: [{ preference: 0, host: domain }] } as const;
  const plain = { implicit: true, ignoredNull: false, unreadable: 0 } as const;
  if (addresses === undefined) return { ...hosts, ...plain, ttl: 0, security };
  if (found.length > 0) {
    const insecure = [answer, ...found].some((each) => each.security === 'insecure');
    return {
      ...hosts,
      ...plain,
      ttl: Math.min(...found.map((each) => each.ttl)),
      security: insecure ? 'insecure' : 'secure',
    };
  }
  const failed = asked.find((each) => each.kind === 'failure');
  return failed === undefined ? absent(answer) : exchangesIn(failed);
}

function absent(answer: DnsAnswer): Exchanges {
  const { canonical: domain, security } = answer;
  return { kind: 'absent', domain, security, ...timesOf(answer) };
}

function timesOf(answer: DnsAnswer): { readonly times?: NegativeTimes } {
  return 'times' in answer && answer.times !== undefined ? { times: answer.times } : {};
}
