/** What is known of a DNSSEC algorithm. */
export interface Algorithm {
  readonly number: number;
  readonly mnemonic: string;
  /** How its public keys are written: an RSA key (RFC 3110 §2), or this many octets. */
  readonly key?: 'rsa' | number;
  /** `forbidden`: validators must not use it; `deprecated`: zones must not be signed with it. */
  readonly status?: 'forbidden' | 'deprecated';
  /** Where it was given up. */
  readonly reference?: string;
}

// biome-ignore format: one row a line
const ALGORITHMS: readonly Algorithm[] = [
  { number: 1, mnemonic: 'RSAMD5', key: 'rsa', status: 'forbidden', reference: 'RFC 6725 §2.2' },
  { number: 3, mnemonic: 'DSA', status: 'forbidden', reference: 'RFC 8624 §3.1' },
  { number: 5, mnemonic: 'RSASHA1', key: 'rsa', status: 'deprecated', reference: 'RFC 9905 §2' },
  { number: 6, mnemonic: 'DSA-NSEC3-SHA1', status: 'forbidden', reference: 'RFC 8624 §3.1' },
  { number: 7, mnemonic: 'RSASHA1-NSEC3-SHA1', key: 'rsa', status: 'deprecated', reference: 'RFC 9905 §2' },
  { number: 8, mnemonic: 'RSASHA256', key: 'rsa' },
  { number: 10, mnemonic: 'RSASHA512', key: 'rsa' },
  { number: 12, mnemonic: 'ECC-GOST', key: 64, status: 'forbidden', reference: 'RFC 9906 §2' },
  { number: 13, mnemonic: 'ECDSAP256SHA256', key: 64 },
  { number: 14, mnemonic: 'ECDSAP384SHA384', key: 96 },
  { number: 15, mnemonic: 'ED25519', key: 32 },
  { number: 16, mnemonic: 'ED448', key: 57 },
];

const BY_NUMBER: ReadonlyMap<number, Algorithm> = new Map(ALGORITHMS.map((row) => [row.number, row]));

/** The row of a DNSSEC algorithm number; undefined for one that is unknown, which is no fault (RFC 4035 §5.2). */
export function algorithmOf(number: number): Algorithm | undefined {
  return BY_NUMBER.get(number);
}

/** An algorithm as sentences name it: its number and, when known, its mnemonic. */
export function algorithmText(number: number): string {
  const row = BY_NUMBER.get(number);
  return row === undefined ? String(number) : `${number} (${row.mnemonic})`;
}
