/** Octets that differ from the saved file: `start` to `end` now stands where `from` to `to` stood. */
export interface ChangedRange {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}
