/** What is asked about (RFC 1035 §4.1.2); in an UPDATE the zone section has its form (RFC 2136 §2.3). */
export interface Question {
  /** Wire form, as it was sent: case is kept. */
  readonly name: Uint8Array;
  readonly type: number;
  readonly class: number;
}

/** One resource record (RFC 1035 §4.1.3). */
export interface ResourceRecord {
  /** Wire form, uncompressed. */
  readonly name: Uint8Array;
  readonly type: number;
  readonly class: number;
  /** As it was sent, from 0 to 2^32-1; what exceeds 2^31-1 counts as 0 (RFC 2181 §8). */
  readonly ttl: number;
  /** Wire form; names are uncompressed where the type is one that may compress them (RFC 3597 §4). */
  readonly rdata: Uint8Array;
}

/** One option of the OPT record (RFC 6891 §6.1.2). */
export interface EdnsOption {
  readonly code: number;
  readonly data: Uint8Array;
}

/** The OPT record taken apart (RFC 6891 §6.1.3); the upper bits of the RCODE are in the header. */
export interface Edns {
  /** Octets the sender can take over UDP. */
  readonly udpSize: number;
  readonly version: number;
  /** DO: DNSSEC records are understood (RFC 3225). */
  readonly dnssecOk: boolean;
  /** The 15 flag bits behind DO. */
  readonly flags: number;
  readonly options: readonly EdnsOption[];
}

/** The header (RFC 1035 §4.1.1, RFC 4035 §3.2), its counts left out. */
export interface Header {
  readonly id: number;
  /** QR */
  readonly response: boolean;
  readonly opcode: number;
  /** AA */
  readonly authoritative: boolean;
  /** TC */
  readonly truncated: boolean;
  /** RD */
  readonly recursionDesired: boolean;
  /** RA */
  readonly recursionAvailable: boolean;
  /** Z, the one bit still unassigned. */
  readonly reserved: boolean;
  /** AD */
  readonly authenticData: boolean;
  /** CD */
  readonly checkingDisabled: boolean;
  /** All twelve bits with EDNS, otherwise four (RFC 6891 §6.1.3). */
  readonly rcode: number;
}

/**
 * A DNS message. In an UPDATE the sections are zone, prerequisite, update and additional data (RFC 2136 §2), in the same
 * places.
 */
export interface Message extends Header {
  readonly questions: readonly Question[];
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  /** Without the OPT record, which is `edns`. */
  readonly additional: readonly ResourceRecord[];
  readonly edns?: Edns;
}

/** The sections of records, in their order. */
export const SECTIONS: readonly ['answer', 'authority', 'additional'] = ['answer', 'authority', 'additional'];

/** A query for one name and type with everything else off, to be changed by spreading. */
export function queryFor(question: Question, id: number): Message {
  return {
    id,
    response: false,
    opcode: 0,
    authoritative: false,
    truncated: false,
    recursionDesired: false,
    recursionAvailable: false,
    reserved: false,
    authenticData: false,
    checkingDisabled: false,
    rcode: 0,
    questions: [question],
    answer: [],
    authority: [],
    additional: [],
  };
}
