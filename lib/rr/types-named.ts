/** Numbers with a mnemonic, and which server does not know it. */
export type Mnemonics = Readonly<Record<string, { readonly value: number; readonly refusedBy?: string }>>;

/** DNSSEC algorithms (RFC 8624 §3.1); the hyphenated registry names are unknown to BIND. */
export const ALGORITHMS: Mnemonics = {
  RSAMD5: { value: 1 },
  DH: { value: 2 },
  DSA: { value: 3 },
  RSASHA1: { value: 5 },
  'DSA-NSEC3-SHA1': { value: 6, refusedBy: 'BIND' },
  'RSASHA1-NSEC3-SHA1': { value: 7, refusedBy: 'BIND' },
  RSASHA256: { value: 8 },
  RSASHA512: { value: 10 },
  'ECC-GOST': { value: 12, refusedBy: 'BIND' },
  ECDSAP256SHA256: { value: 13 },
  ECDSAP384SHA384: { value: 14 },
  ED25519: { value: 15 },
  ED448: { value: 16 },
  INDIRECT: { value: 252 },
  PRIVATEDNS: { value: 253 },
  PRIVATEOID: { value: 254 },
};

/** Certificate types (RFC 4398 §2.1). */
export const CERT_TYPES: Mnemonics = {
  PKIX: { value: 1 },
  SPKI: { value: 2 },
  PGP: { value: 3 },
  IPKIX: { value: 4 },
  ISPKI: { value: 5 },
  IPGP: { value: 6 },
  ACPKIX: { value: 7 },
  IACPKIX: { value: 8 },
  URI: { value: 253 },
  OID: { value: 254 },
};

/** Schemes of DSYNC (RFC 9859 §2.1). */
export const SCHEMES: Mnemonics = { NOTIFY: { value: 1 } };
