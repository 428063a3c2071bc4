import type { RdataJson } from '../../../lib/rr/codec.ts';

/** RDATA that is right: as it may be written (origin example.net.), as we print it when that differs, on the wire, as JSON. */
export interface GoodVector {
  readonly text: string;
  readonly printed?: string;
  readonly wire: string;
  readonly json: RdataJson;
  /** Neither BIND 9.18 nor dnspython 2.3 reads it: the octets were worked out by hand. */
  readonly alone?: true;
}

/** All vectors of one type; bad ones are a text and the sentence of its first problem. */
export interface TypeVectors {
  readonly type: string;
  readonly good: readonly GoodVector[];
  readonly bad: readonly (readonly [text: string, message: string])[];
}
