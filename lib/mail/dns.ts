/** Why DNS gave no answer. `outside`: the name lies in none of the zone files given, so nobody knows. */
export type DnsFailure = 'server-failure' | 'refused' | 'timeout' | 'bogus' | 'malformed' | 'alias-loop' | 'outside';

/**
 * Whether DNSSEC protects an answer: `secure` is what a validating resolver vouches for (AD) or a signed zone file holds,
 * `insecure` what nobody vouches for.
 */
export type DnsSecurity = 'secure' | 'insecure';

/** What was asked: a name as lower-case text without the final dot (`.` is the root) and the number of an RR type. */
export interface DnsQuestion {
  readonly name: string;
  readonly type: number;
}

/** An alias that was followed on the way to an answer. */
export interface DnsAlias {
  readonly type: 'CNAME' | 'DNAME';
  /** Owner of the alias. */
  readonly owner: string;
  readonly target: string;
}

interface Asked {
  readonly question: DnsQuestion;
  /** The name at the end of the aliases; the name asked when there are none. */
  readonly canonical: string;
  readonly aliases: readonly DnsAlias[];
  readonly security: DnsSecurity;
}

/** Seconds of the SOA record that an answer without records comes with (RFC 2308 §5). */
export interface NegativeTimes {
  readonly soaTtl: number;
  readonly soaMinimum: number;
}

/** What DNS says to a question, aliases followed. */
export type DnsAnswer = Asked &
  (
    | {
        readonly kind: 'records';
        /** RDATA in wire form, names uncompressed, in the order they came. */
        readonly rdata: readonly Uint8Array[];
        /** Seconds; the least of the RRset and the aliases before it. */
        readonly ttl: number;
      }
    | { readonly kind: 'nodata' | 'nxdomain'; readonly times?: NegativeTimes }
    | { readonly kind: 'failure'; readonly reason: DnsFailure; readonly detail: string }
  );

/** The port through which mail asks DNS: zone files, a server, or what a test made up. It never rejects: trouble is an answer. */
export interface DnsLookup {
  ask(question: DnsQuestion): Promise<DnsAnswer>;
}
