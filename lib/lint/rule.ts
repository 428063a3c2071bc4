import type { CertificateFacts } from '../certs/facts.ts';
import type { Binding, KeyFile } from '../certs/load.ts';
import type { PathFaultCode } from '../certs/path-faults.ts';
import type { Args, Fix, Place, Severity, SourceFile } from '../text/diagnostic.ts';
import type { Edit } from '../text/edits.ts';
import type { ZoneProblem } from '../zone/zone.ts';
import type { Facts, Part } from './facts.ts';

/** Families of rules; each is a folder below rules/. */
export type Group =
  | 'syntax'
  | 'dns-core'
  | 'delegation'
  | 'dnssec'
  | 'mail-mx'
  | 'mail-spf'
  | 'mail-dkim'
  | 'mail-dmarc'
  | 'mta-sts'
  | 'dane'
  | 'bimi'
  | 'caa'
  | 'service-srv'
  | 'client-mx'
  | 'smtp-tls-srv'
  | 'certificates'
  | 'style'
  | 'suppression';

/** What the user may set of a rule: a number, a switch or a list of words. */
export type OptionValue = number | boolean | readonly string[];

/** One option of a rule. */
export interface OptionSpec {
  /** One line: what it decides, with its unit. */
  readonly what: string;
  readonly default: OptionValue;
  /** Bounds of a number, both allowed. */
  readonly least?: number;
  readonly most?: number;
}

/** The options of a rule as they hold in this run; asking for one the rule does not declare is a bug and throws. */
export interface Settings {
  number(name: string): number;
  flag(name: string): boolean;
  words(name: string): readonly string[];
}

/** A certificate of a rule's example in short form; what is left out is healthy. */
export interface ExampleCertificate {
  readonly file: string;
  readonly roles: readonly ('server' | 'client')[];
  readonly dnsNames?: readonly string[];
  readonly commonNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  /** 'server', 'client' or dotted OIDs; absent = no EKU extension. */
  readonly extendedKeyUsage?: readonly string[];
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly keyType?: string;
  readonly keyBits?: number;
  readonly isCa?: boolean;
  readonly keyUsage?: readonly string[];
  readonly signatureAlgorithm?: string;
  /** Any other fact that is not as a healthy certificate has it. */
  readonly facts?: Partial<CertificateFacts>;
  /** Issuers in the same file, nearest first. */
  readonly chain?: readonly Partial<CertificateFacts>[];
  /** What is wrong with its path to the trust store; undefined stands for a run without a trust store, empty for a good path. */
  readonly pathFaults?: readonly ExamplePathFault[];
  readonly binding?: Binding;
  readonly key?: KeyFile;
  /** Certificates before it in the same file. */
  readonly index?: number;
}

/** A fault of the path of an example's certificate, and the values its sentence needs. */
export interface ExamplePathFault {
  readonly code: PathFaultCode;
  /** 0 for the leaf, 1 for its issuer, and so on. */
  readonly index: number;
  readonly args?: Readonly<Record<string, string>>;
}

/** Zone text that shows a rule: documentation and test at once. */
export interface Example {
  /**
   * Records below the origin example.net. The runner puts a healthy SOA, two NS with addresses and `$TTL` before them,
   * unless `whole` is set. A line that ends in `; expect` must carry the finding.
   */
  readonly zone: string;
  readonly whole?: true;
  /** Name of a zone that is not example.net, without the final dot; goes with `whole`. */
  readonly origin?: string;
  readonly certificates?: readonly ExampleCertificate[];
  /** Other zones given; a healthy SOA and NS stand before their records. `; expect` marks do not count in them. */
  readonly others?: readonly ExampleZone[];
  /** The zone as it was before, as `zone` is written. */
  readonly before?: string;
  /** MTA-STS policy files given, and those from before. */
  readonly policies?: readonly ExamplePolicy[];
  readonly policiesBefore?: readonly ExamplePolicy[];
  /** Ids of rules that are on beside this one. */
  readonly rules?: readonly string[];
  /** Options of the rule that are not as they are by default. */
  readonly options?: Readonly<Record<string, OptionValue>>;
}

/** Another zone of an example. */
export interface ExampleZone {
  /** Without the final dot. */
  readonly origin: string;
  readonly zone: string;
}

/** An MTA-STS policy file of an example; its lines end in CRLF when it is read. */
export interface ExamplePolicy {
  readonly domain: string;
  readonly text: string;
}

/** Another place that a finding speaks about: a record (with the part meant) or any place in a file. */
export type RelatedAt =
  | { readonly record: number; readonly part?: Part; readonly message: string }
  | { readonly place: Place; readonly message: string };

/** A proposed change: edits on the file of the finding. */
export interface ProposedFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** What goes with a finding beside its place. */
export interface Details {
  readonly args?: Args;
  readonly related?: readonly RelatedAt[];
  readonly fixes?: readonly ProposedFix[];
  /** Replaces the rule's level for this one finding (a rule with two levels). */
  readonly severity?: Severity;
}

/** Takes the findings of one rule. */
export interface Report {
  /** A finding on a record, at `part` (default: the whole entry without its comment). */
  record(record: number, part: Part, details?: Details): void;
  /** A finding on a range of `facts.text(record)`: octets `from` to `to` of its joined character-strings. */
  text(record: number, from: number, to: number, details?: Details): void;
  /** A finding on a range of a file. */
  place(place: Place, details?: Details): void;
  /** A finding about the zone as a whole: shown at its SOA, or at the start of its file. */
  zone(details?: Details): void;
  /** A finding on a certificate file given (by its index in facts.certificates). */
  certificate(index: number, details?: Details): void;
}

/** One lint rule: what it is called, what it says, why, and how it is checked. */
export interface Rule {
  /** Stable id that names the fault. */
  readonly id: string;
  readonly group: Group;
  readonly level: Severity;
  /** Requirement ids of the ledger (`CMX-1.2.1-b`, `SRV-2-e`) and sections (`RFC 7505 §3`). */
  readonly cites: readonly string[];
  /** One line: what is wrong, in general. */
  readonly what: string;
  /** One to three sentences: what happens if nobody mends it. */
  readonly why: string;
  /** One sentence that begins with what to do. */
  readonly help: string;
  readonly bad: Example;
  readonly good: Example;
  readonly fix?: 'safe' | 'unsafe';
  /** True when a name server refuses a zone with this fault, so that the profile `load` has it. */
  readonly load?: true;
  /**
   * What the rule can say nothing without, so that it is not even looked at: certificates, policy files, or records of one of
   * these types. Most zones have few of the types there are rules about.
   */
  readonly needs?: 'certificates' | 'policies' | readonly number[];
  /** False when the rule is not in the default profile (opinion, or known false alarms). */
  readonly byDefault?: false;
  readonly options?: Readonly<Record<string, OptionSpec>>;
  /** The sentence of one finding: what was found and what was expected. */
  say(args: Args): string;
  /** Fixes of a finding that the reader made; only for rules without `check`. */
  fixOf?(problem: ZoneProblem, file: SourceFile): readonly Fix[];
  /** Looks at the facts; rules whose findings come from the reader have none. */
  check?(facts: Facts, report: Report, settings: Settings): void;
}
