import type { DnsSecurity } from './dns.ts';
import type { Exchanges } from './exchanges.ts';
import type { ServiceFacts } from './service-answers.ts';

/** What may be asked beside what delivery needs, for policies and verdicts. */
export type ExtraChoice = 'client-mx' | 'server-mx' | 'tlsa' | 'mta-sts' | 'tls-report' | 'dmarc';

/** One question in the order asked, and how it ended. */
export interface GatheredQuestion {
  readonly name: string;
  /** Mnemonic, or TYPEn. */
  readonly type: string;
  /** A sender asks it to deliver, or it is asked beside that. */
  readonly purpose: 'delivery' | 'extra';
  readonly result: 'records' | 'nodata' | 'nxdomain' | 'failure';
  readonly records: number;
  readonly security: DnsSecurity;
  /** The name at the end of the aliases, where there are any. */
  readonly canonical?: string;
  /** Why it failed. */
  readonly detail?: string;
}

/** The addresses of a host. */
export interface HostAddresses {
  readonly host: string;
  /** The name at the end of the aliases; the host itself when there are none. */
  readonly canonical: string;
  /** Those of AAAA first, in the order of the answers. */
  readonly addresses: readonly string[];
  /** `failed`: DNS gave no answer now; `unknown`: nobody asked could know, as with zone files of other domains only. */
  readonly state: 'found' | 'none' | 'failed' | 'unknown';
  readonly security: DnsSecurity;
  readonly detail?: string;
}

/** Records asked for beside delivery that are texts, one string for each record, each character an octet. */
export interface TextFacts {
  readonly name: string;
  readonly state: 'found' | 'absent' | 'failed';
  readonly texts: readonly string[];
  readonly security: DnsSecurity;
  readonly detail?: string;
}

/** One TLSA record (RFC 6698 §2.1). */
export interface TlsaRecord {
  readonly usage: number;
  readonly selector: number;
  readonly matching: number;
  /** Lower-case hexadecimal. */
  readonly data: string;
}

/** The TLSA records of a server at a port. */
export interface TlsaFacts {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly state: 'found' | 'absent' | 'failed';
  readonly records: readonly TlsaRecord[];
  readonly security: DnsSecurity;
  readonly detail?: string;
}

/** What was asked beside delivery; a part is there when it was asked for. */
export interface Extras {
  readonly clientMx?: Exchanges;
  /** MX, also where SRV decides and a sender does not ask for it. */
  readonly serverMx?: Exchanges;
  readonly tlsa?: readonly TlsaFacts[];
  readonly mtaSts?: TextFacts;
  readonly tlsReport?: TextFacts;
  readonly dmarc?: TextFacts;
}

/** Everything a delivery plan is made of, as plain data. */
export interface Gathered {
  readonly kind: 'domain' | 'literal';
  /** The domain in A-labels, or the address. */
  readonly domain: string;
  /** The SRV answers in the order asked: of the domain, and of what it is an alias of. */
  readonly services: readonly ServiceFacts[];
  /** The MX hosts; absent where SRV decided first. */
  readonly exchanges?: Exchanges;
  /** Addresses by host. */
  readonly addresses: Readonly<Record<string, HostAddresses>>;
  readonly extras: Extras;
  readonly questions: readonly GatheredQuestion[];
  /** Hosts that were left out because there are more than are looked at. */
  readonly omittedHosts: number;
}
