import type { Answered, AnswerOutcome, Exchange, Transport } from '../exchange.ts';

/** One value or several of which any fits. */
export type OneOrMore<Value> = Value | readonly Value[];

/** Which queries a fault is for: all that is given has to fit. Names are absolute with or without the final dot, letter case aside. */
export interface QuerySelector {
  readonly name?: OneOrMore<string>;
  /** The name or any name below it. */
  readonly suffix?: OneOrMore<string>;
  /** A regular expression found in the name as text, small letters, without the final dot. */
  readonly pattern?: string;
  /** A mnemonic (`CLIENTMX` and `CMX` too) or `TYPE265`. */
  readonly type?: OneOrMore<string>;
  readonly class?: OneOrMore<string>;
  readonly transport?: OneOrMore<Transport>;
  /** An address or a prefix such as `192.0.2.0/24` or `2001:db8::/32`. */
  readonly client?: OneOrMore<string>;
  readonly opcode?: OneOrMore<string>;
  /** Whether the query has an OPT record. */
  readonly edns?: boolean;
  readonly dnssecOk?: boolean;
  readonly recursionDesired?: boolean;
  /** What becomes of the query without any fault: `nodata`, `nxdomain`, `referral`, … */
  readonly outcome?: OneOrMore<AnswerOutcome>;
}

/**
 * Which of the queries that fit are hit; all that is given has to hold, without any all of them are. Queries count from 1,
 * anew after `reset`.
 */
export interface FaultTrigger {
  /** The first so many. */
  readonly first?: number;
  /** Those of these numbers. */
  readonly nth?: OneOrMore<number>;
  /** Every so manyth. */
  readonly every?: number;
  /** From 0 to 1, drawn with the seed. */
  readonly probability?: number;
  /** Milliseconds after the start (or the last reset) from which on, and up to which, it acts. */
  readonly from?: number;
  readonly until?: number;
  /** What is counted for itself; `rule` unless given. */
  readonly per?: 'rule' | 'name' | 'client';
}

/** A machine with states that faults share by its name; it starts in state `start`. */
export interface FaultState {
  readonly machine: string;
  /** The fault acts in this state only; in any when left out. */
  readonly in?: OneOrMore<string>;
  /** The state after it has acted. */
  readonly next?: string;
}

/**
 * What is done to the answer; everything given is done, in the order of this list. Of the messages of a transfer the first
 * one is changed, by `ttl`, `serial`, `records.without`, `records.ownerCase`, `dnssec`, `flags`, `id` and `compress` all of
 * them are, and further ones that lose all of their records are left out; what leaves no answer, another one, or ends the
 * connection ends the transfer.
 */
export interface FaultAction {
  /** Milliseconds that the answer waits, fixed or between two bounds. */
  readonly delay?: number | { readonly min: number; readonly max: number };
  /** No answer at all; the connection stays open. */
  readonly drop?: true;
  /** The whole answer is replaced by this code alone: `SERVFAIL`, `REFUSED`, … or a number. */
  readonly rcode?: string | number;
  /** The answer says that the name, or the type, does not exist, with the SOA of the zone. */
  readonly deny?: 'nodata' | 'nxdomain';
  /**
   * Records in zone file form that make up the answer section in the place of the zone's. Names are absolute with or without
   * the final dot; `@` as owner is the name of the question. TTL is 3600 unless given.
   */
  readonly answer?: readonly string[];
  /** A referral to the root (`root`), or for the zone to the servers named, as lame servers send it; AA is off. */
  readonly referral?: OneOrMore<string>;
  /** TTL of all records but SOA in the answer, or counted down from what the zone has by the seconds since the start. */
  readonly ttl?: number | 'countdown';
  /** MINIMUM and TTL of the SOA in the authority section (RFC 2308 §4). */
  readonly soaMinimum?: number;
  /** Serial of every SOA in the answer. */
  readonly serial?: number;
  readonly records?: {
    /** The first record of the answer twice. */
    readonly duplicate?: true;
    readonly order?: 'reverse' | 'shuffle';
    /** Records in zone file form as in `answer`, of any name, put into a section besides: `additional` unless given. */
    readonly foreign?: readonly string[];
    readonly section?: 'answer' | 'authority' | 'additional';
    /** Types whose records are left out of all sections, such as RRSIG, NSEC or A. */
    readonly without?: OneOrMore<string>;
    /** How the owners of the answer are spelled. */
    readonly ownerCase?: 'upper' | 'lower' | 'random';
  };
  /**
   * What is wrong with the signatures (RRSIG) of the answer, or with its denials (NSEC, NSEC3), for queries with DO. In zones
   * that the server signs itself nothing else is wrong: what is expired, not yet valid, of a key that the zone does not
   * have, or proves nothing has a signature that matches. In zones signed by others the signature does not match either.
   */
  readonly dnssec?:
    | 'expired'
    | 'not-yet-valid'
    | 'wrong-key'
    | 'corrupt'
    | 'missing-signature'
    | 'missing-denial'
    | 'wrong-denial';
  /** TC set and nothing but the question: over UDP, or over connections too. */
  readonly truncate?: 'udp' | 'always';
  /** Bits of the header. */
  readonly flags?: {
    readonly aa?: boolean;
    readonly tc?: boolean;
    readonly ra?: boolean;
    readonly ad?: boolean;
    readonly qr?: boolean;
    readonly opcode?: number;
  };
  /** Another id than that of the query. */
  readonly id?: 'wrong' | number;
  readonly question?: 'other-name' | 'other-type' | 'upper' | 'lower' | 'missing' | 'twice';
  /** As servers misbehave that do not know EDNS, and worse; only queries that have an OPT record, or a cookie, are hit. */
  readonly edns?:
    | 'absent'
    | 'formerr'
    | 'notimp'
    | 'refused'
    | 'badvers'
    | 'drop'
    | 'twice'
    | 'wrong-cookie'
    | 'no-cookie';
  /** Names in the RDATA of these types compressed although they must not be (RFC 3597 §4). */
  readonly compress?: OneOrMore<string>;
  readonly octets?: {
    /** So many octets left at the start, or taken from the end when negative. */
    readonly cut?: number;
    /** So many octets of no meaning behind the message, as far as a message or a datagram can hold them. */
    readonly junk?: number;
    /** The name of the question points to itself. */
    readonly pointerLoop?: true;
    /** Added to what the header counts. */
    readonly counts?: {
      readonly questions?: number;
      readonly answers?: number;
      readonly authorities?: number;
      readonly additionals?: number;
    };
    /** The whole message as hexadecimal digits; its id is that of the query. */
    readonly raw?: string;
  };
  /** How often it is sent over UDP. */
  readonly copies?: number;
  /**
   * What happens to a connection instead of the answer or with it: it stays silent from now on, is reset, closes without or
   * after the length, sends half of the answer and nothing more, says half of the length, or closes behind the answer.
   */
  readonly connection?: 'hang' | 'reset' | 'close' | 'close-after-length' | 'half' | 'wrong-length' | 'close-after';
}

/** A step of a fault that does one thing after the other. */
export interface FaultStep {
  /** For so many queries; the last step goes on for ever when it has none, otherwise queries pass. */
  readonly times?: number;
  /** Without one, queries pass. */
  readonly action?: FaultAction;
}

/**
 * Answers in code: gets the query and the answer of the zones, and gives the octets to send, or undefined for none. What it
 * throws becomes SERVFAIL and is told to whoever started the server.
 */
export type FaultHandler = (
  query: Uint8Array,
  answered: Answered,
  exchange: Exchange,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/** One fault as data: which queries, when, what. The first of all faults that is hit acts; with `pass` the next one may act too. */
export interface Fault {
  /** Stands in logs, in the extended error of the answer (RFC 8914) and in assertions. */
  readonly id: string;
  readonly description?: string;
  readonly match?: QuerySelector;
  readonly trigger?: FaultTrigger;
  readonly state?: FaultState;
  /** A named fault (see FAULT_PRESETS); what is given besides comes on top of it, or in its place. */
  readonly preset?: string;
  readonly action?: FaultAction;
  readonly steps?: readonly FaultStep[];
  /** Only in code. */
  readonly handler?: FaultHandler;
  readonly pass?: true;
  /** Off until somebody switches it on. */
  readonly enabled?: false;
}

/** A set of faults with the seed of everything left to chance. */
export interface FaultFile {
  readonly seed?: number;
  readonly faults: readonly Fault[];
}

/** How octets leave, where they do not leave as one whole message. */
export interface Delivery {
  /** Over UDP so many times. */
  readonly copies?: number;
  /** Length told over a connection in the place of the true one. */
  readonly length?: number;
  /** Octets, the length before the message included, after which nothing more is sent. */
  readonly cut?: number;
  /** What becomes of the connection behind that; it stays when left out. */
  readonly end?: 'close' | 'reset' | 'hang';
}
