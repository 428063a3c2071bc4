import type { RecordOrder } from './record-order.ts';

/** How a query came: over UDP, TCP (RFC 7766), TLS (RFC 7858) or HTTPS (RFC 8484). */
export type Transport = 'udp' | 'tcp' | 'tls' | 'https';

/** What surrounds one query and its answer: everything of the world that an answer may depend on. */
export interface Exchange {
  readonly transport: Transport;
  /** Where the query came from; cookies are bound to the address (RFC 9018 §4.4). */
  readonly client: { readonly address: string; readonly port: number };
  /** Milliseconds since 1970, from which cookies get their age. */
  readonly now: number;
  /** Wire name of the key that has signed the query (RFC 8945); set once the signature was found right. */
  readonly key?: Uint8Array;
}

/** What answers are to be like; whatever is left out has the value of DEFAULT_OPTIONS or is off. */
export interface ServerOptions {
  /** Name server identifier told to those who ask for it (RFC 5001). */
  readonly nsid?: Uint8Array;
  /**
   * Secrets of DNS cookies, 16 octets each (RFC 9018 §4): the first makes new ones, all are accepted. Without any, cookies
   * are ignored.
   */
  readonly cookieSecrets?: readonly Uint8Array[];
  /**
   * Whether queries and updates over UDP that no key signs have to show a valid server cookie: BADCOOKIE when not, TC when
   * there is none (RFC 7873 §5.2.3, §5.2.4).
   */
  readonly requireCookie?: boolean;
  /** Octets of an answer over UDP at most, whatever the query allows; told as the own UDP size too. */
  readonly udpLimit?: number;
  /** What a query for all types gets (RFC 8482 §4): all over any transport, or over UDP one RRset alone, or HINFO. */
  readonly any?: 'one' | 'all' | 'hinfo';
  /** Text of `version.bind` and `version.server` in class CH; without it they are refused. */
  readonly version?: string;
  /** Text of `id.server` and `hostname.bind` in class CH; without it they are refused (RFC 4892 §2). */
  readonly identity?: string;
  /** Whether addresses of mail exchangers and the like go into the additional section; glue always does. */
  readonly additional?: boolean;
  /** Whether those of TYPE265 (Client MX) go there too, which no other server does. */
  readonly clientMxAdditional?: boolean;
  /** Whether the zone's NS RRset goes into the authority section of positive answers. */
  readonly authorityNs?: boolean;
  /** Owners as the query spells them, or as the zone does. */
  readonly ownerCase?: 'query' | 'zone';
  /** What is left of an answer with TC set: nothing but question and OPT, or the RRsets that fit (RFC 2181 §9). */
  readonly truncated?: 'empty' | 'partial';
  /** Whether aliases are followed into other zones of the same server. */
  readonly followAcrossZones?: boolean;
  /** Whether extended errors explain refusals (RFC 8914). */
  readonly extendedErrors?: boolean;
  /** Whether ZONEVERSION is told to those who ask (RFC 9660). */
  readonly zoneVersion?: boolean;
  /** Whether client subnets are sent back, with the scope of all, to those who tell theirs (RFC 7871 §7.2.1). */
  readonly clientSubnet?: boolean;
  /** Milliseconds a connection may be idle, told to those who ask over TCP or TLS (RFC 7828). */
  readonly keepAlive?: number;
  /** Octets to whose multiple answers over TLS and HTTPS are padded for those who pad (RFC 8467 §4.1); 0 for never. */
  readonly paddingBlock?: number;
  /** Whether NOTIFY is accepted for zones that are served (RFC 1996); NOTIMP when not. */
  readonly acceptNotify?: boolean;
  /** Whether a client gets answers; others are refused with an extended error (RFC 8914 §4.19). All do unless given. */
  readonly mayQuery?: (exchange: Exchange) => boolean;
  /** Orders the records of each RRset; they are in the order of the zone when it is not given. */
  readonly order?: RecordOrder;
}

/** Options that have no value when they are not given. */
type Bare = 'nsid' | 'cookieSecrets' | 'version' | 'identity' | 'keepAlive' | 'mayQuery' | 'order';

/** Options with every value that they have by default. */
export type Settings = Required<Omit<ServerOptions, Bare>> & Pick<ServerOptions, Bare>;

/** The values of all options that have one when they are not given. */
export const DEFAULT_OPTIONS: Settings = {
  requireCookie: false,
  udpLimit: 1232,
  any: 'one',
  additional: true,
  clientMxAdditional: false,
  authorityNs: false,
  ownerCase: 'query',
  truncated: 'empty',
  followAcrossZones: true,
  extendedErrors: true,
  zoneVersion: true,
  clientSubnet: true,
  paddingBlock: 468,
  acceptNotify: true,
};

/** What became of a query. */
export type AnswerOutcome =
  | 'answer'
  | 'nodata'
  | 'nxdomain'
  | 'referral'
  /** An alias whose target no zone of the server has, or that leads in a circle. */
  | 'alias'
  /** A DNAME makes the name too long (RFC 6672 §2.2). */
  | 'too-long'
  /** A name of no zone served, or a class that is not. */
  | 'outside'
  /** The client is none of those that get answers. */
  | 'prohibited'
  /** A name of no zone served that another server was asked for. */
  | 'forwarded'
  /** `version.bind` and the like. */
  | 'chaos'
  | 'bad-version'
  | 'bad-cookie'
  /** A query without question that only wants a cookie (RFC 7873 §5.4). */
  | 'cookie-only'
  /**
   * AXFR, or IXFR over a stream, for a zone that is served: the bytes refuse it, and whoever can transfer the zone sends
   * that instead.
   */
  | 'transfer'
  | 'notify'
  /** An UPDATE that was taken up, whatever its RCODE (RFC 2136). */
  | 'update'
  /** A TSIG record that is not right: key, MAC or time (RFC 8945 §5.2). */
  | 'bad-signature'
  | 'not-implemented'
  | 'malformed'
  /** No reply: the octets are a response or shorter than a header. */
  | 'ignored';

/** EDNS of a query as a log shows it. */
export interface EdnsFacts {
  readonly version: number;
  readonly udpSize: number;
  readonly dnssecOk: boolean;
  /** Codes of its options, in their order. */
  readonly options: readonly number[];
}

/** What can be said of one query and its answer: for logs, histories and counters. */
export interface AnswerSummary {
  readonly outcome: AnswerOutcome;
  /** Undefined when there are less than twelve octets. */
  readonly id: number | undefined;
  readonly opcode: number | undefined;
  /** The 16 bits of the query that hold its flags. */
  readonly flags: number;
  /** Wire form as it was sent, and numbers; undefined without one whole question. */
  readonly question: { readonly name: Uint8Array; readonly type: number; readonly class: number } | undefined;
  readonly edns: EdnsFacts | undefined;
  /** The whole RCODE, extended bits included; undefined without a reply. */
  readonly rcode: number | undefined;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  /** Octets. */
  readonly querySize: number;
  readonly answerSize: number;
  /** Wire name of the zone that the question belongs to. */
  readonly zone: Uint8Array | undefined;
}

/** The reply to one query; without bytes there is none, and nothing may be sent. */
export interface Answered {
  readonly bytes: Uint8Array | undefined;
  readonly summary: AnswerSummary;
}
