import type { GivenCertificate } from '../certs/load.ts';
import type { ExtendedKeyUsagePolicy } from '../certs/path-purpose.ts';
import type { CertificateRole } from '../certs/roles.ts';
import type { PathVerdict } from '../certs/validate-path.ts';
import type { Place, SourceFile, Span } from '../text/diagnostic.ts';
import type { Outcome } from '../zone/lookup.ts';
import type { ZoneTree } from '../zone/tree.ts';
import type { Zone } from '../zone/zone.ts';
import type { Drafts } from './drafts.ts';

/** Part of a record a finding points at: one of these, or the name of an RDATA field such as `exchange`. */
export type Part = 'entry' | 'owner' | 'ttl' | 'class' | 'type' | 'rdata' | (string & {});

/** All records of one owner and type, in file order. */
export interface RRset {
  /** Name id of the owner. */
  readonly owner: number;
  readonly type: number;
  readonly records: readonly number[];
}

/** A host that an MX, Client MX or SRV record names. */
export interface MailTarget {
  readonly record: number;
  /** MX preference, or SRV priority. */
  readonly preference: number;
  /** Lower-case text without the final dot; '.' for the null target. */
  readonly host: string;
  /** Wire form of the target. */
  readonly wire: Uint8Array;
  /** Its name id in the zone, -1 when the zone has no such name. */
  readonly id: number;
  /** The target is the root, which stands for "none" (RFC 7505 §3, RFC 2782). */
  readonly isNull: boolean;
  /** SRV port; 25 for MX and Client MX. */
  readonly port: number;
}

/** What the zone says about mail at one name. */
export interface MailDomain {
  /** Name id of the mail domain. */
  readonly owner: number;
  readonly mx: readonly MailTarget[];
  readonly clientMx: readonly MailTarget[];
  /** Targets of `_smtp-tls._tcp.<domain>`. */
  readonly srv: readonly MailTarget[];
  /** `MX 0 .` alone (RFC 7505). */
  readonly nullMx: boolean;
  /** A TXT record `v=spf1` stands at the name. */
  readonly hasSpf: boolean;
}

/** An MTA-STS policy file that was given for a domain (RFC 8461 §3.2). */
export interface PolicyFile {
  /** Lower-case text without the final dot. */
  readonly domain: string;
  readonly file: SourceFile;
}

/**
 * Everything the rules look at, made once per zone; tables are built when first asked for. `TYPE.CLIENTMX` as an argument means
 * Client MX under whatever number it has in this run; in the zone's own columns and bitmaps it stands under that number.
 */
export interface Facts {
  readonly zone: Zone;
  readonly tree: ZoneTree;
  /** Milliseconds since 1970; the only clock a rule sees. */
  readonly now: number;
  /** Midnight (UTC) before `now`, for rules that judge dates by the day: their findings hold until the next. */
  readonly today: number;
  /** Whether `time` is not after `today`: what has passed stays so, and a finding that rests on it too. */
  hasPassed(time: number): boolean;
  readonly certificates: readonly GivenCertificate[];
  /**
   * The path from a certificate (by its index) to a trust anchor, judged for a role; undefined when no trust store was given.
   * It depends on the clock: rules read `now` or `today` before they rest on it.
   */
  pathOf(certificate: number, role: CertificateRole): PathVerdict | undefined;
  /** The same within its file alone, so that the path ends where the file does; undefined when certificates are not judged. */
  chainOf(certificate: number, role: CertificateRole): PathVerdict | undefined;
  /** How extKeyUsage is judged in this run. */
  readonly eku: ExtendedKeyUsagePolicy;
  /** The unsettled values of the drafts, as they hold in this run. */
  readonly drafts: Drafts;
  /** Whether the zone has a DNSKEY at its apex. */
  readonly signed: boolean;

  /** Records of a type in file order, those of another class than the zone's and out-of-zone ones left out. */
  records(type: number): Int32Array;
  /** RRsets of a type in the order of their first record; same restriction. */
  rrsets(type: number): readonly RRset[];
  /** Records of one owner and type; empty when there are none. */
  rrset(owner: number, type: number): readonly number[];
  /** All records of an owner in file order. */
  recordsAt(owner: number): readonly number[];
  hasType(owner: number, type: number): boolean;
  /** Name ids of the wildcards of the zone that own records (RFC 4592 §2.1.1). */
  readonly wildcards: readonly number[];
  /** A table that several rules share, made when the first of them asks; `make` itself is the key. */
  once<T>(make: (facts: Facts) => T): T;
  /** Name id for a wire name, -1 when the zone never mentions it as an owner (or an owner's ancestor). */
  find(wire: Uint8Array): number;
  /** Whether the zone is authoritative for the name: inside the zone, not below a delegation. */
  authoritative(wire: Uint8Array): boolean;
  lookup(wire: Uint8Array, type: number): Outcome;
  /** The facts of the zone given whose name is exactly this; this zone itself included. Other zones' record numbers are theirs alone. */
  zoneAt(origin: Uint8Array): Facts | undefined;
  /** The facts of the zone given that is nearest above the name or has its name; this zone itself included. */
  zoneFor(wire: Uint8Array): Facts | undefined;
  /** The same zone as it was before, when that was given (`--since`). */
  readonly before: Facts | undefined;
  /** MTA-STS policy files given for domains of this zone. */
  readonly policies: readonly PolicyFile[];
  /** Whether a broken entry may be the record somebody misses: broken entries of that type, or unreadable ones. */
  mayBeBroken(type: number): boolean;

  /** Absolute text of a name id, with the final dot, as first spelled. */
  nameText(id: number): string;
  ownerText(record: number): string;
  /** RDATA in wire form. */
  rdata(record: number): Uint8Array;
  /** Wire form of the name in a field, undefined when the RDATA is malformed. */
  nameField(record: number, field: string): Uint8Array | undefined;
  /** Value of a number field, undefined when the RDATA is malformed. */
  numberField(record: number, field: string): number | undefined;
  /** The character-strings of a TXT-like record joined without blanks, one character per octet (latin1). */
  text(record: number): string;
  /** Presentation form of the RDATA. */
  rdataText(record: number): string;

  /** Octet range of a part of a record's entry. */
  span(record: number, part: Part): Span;
  /**
   * Octet range in the file for a range of `text(record)`: from its first octet to its last, over the borders of strings;
   * the whole RDATA when the strings have no text of their own (generic form, `$GENERATE`).
   */
  textSpan(record: number, from: number, to: number): Span;
  /** Source text of that range. */
  source(record: number, part: Part): string;
  fileOf(record: number): SourceFile;
  place(record: number, part: Part): Place;

  /** Mail domains of the zone: every owner of MX, Client MX or `_smtp-tls._tcp` SRV, apex first. */
  readonly mailDomains: readonly MailDomain[];
}
