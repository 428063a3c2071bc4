import type { Nsec3Options } from '../dnssec/sign-zone.ts';
import { generateSigningKey, readSigningKey, type SigningAlgorithm, type SigningKey } from '../dnssec/signing-key.ts';
import type { Fault, FaultAction } from '../server/faults/fault.ts';
import type { ServedZone } from '../server/served-zone.ts';
import { ZoneSigner } from '../server/zone-signer.ts';

/** How the zones of a test are signed as they are served; their texts stay without signatures. */
export interface SignOptions {
  /** ecdsap256sha256 unless given. */
  readonly algorithm?: SigningAlgorithm;
  /** A private key, in PEM or as dnssec-keygen writes it; one that is made when none is given. */
  readonly key?: string | Uint8Array;
  /** NSEC3 in the place of NSEC. */
  readonly nsec3?: true | Nsec3Options;
  /** Whether CDS and CDNSKEY records tell the parent of the key (RFC 7344). */
  readonly cds?: boolean;
  /** What is wrong with all signatures or denials; `dnssec` in the action of a rule does it to some. */
  readonly breaks?: NonNullable<FaultAction['dnssec']>;
}

/** Signed with a key made for the test, of this algorithm, or as the options say. */
export type SignOption = true | SigningAlgorithm | SignOptions;

/** What signing adds to a server. */
export interface TestSigning {
  readonly prepare: (zone: ServedZone) => ServedZone;
  /** Breaks what is to be broken. */
  readonly faults: readonly Fault[];
}

/** Signs by the clock of a test; throws when the key cannot be used. */
export function signingBy(option: SignOption, now: () => number): TestSigning {
  const options = option === true ? {} : typeof option === 'string' ? { algorithm: option } : option;
  const { nsec3, cds, breaks }: SignOptions = options;
  const signer = new ZoneSigner({
    keys: [keyOf(options)],
    now,
    ...(nsec3 !== undefined && { nsec3: nsec3 === true ? {} : nsec3 }),
    ...(cds !== undefined && { cds }),
  });
  const faults: readonly Fault[] =
    breaks === undefined ? [] : [{ id: `sign-${breaks}`, action: { dnssec: breaks }, pass: true }];
  return { prepare: (zone) => signer.prepare(zone), faults };
}

function keyOf({ algorithm, key }: SignOptions): SigningKey {
  if (key === undefined) return generateSigningKey(algorithm);
  const read = readSigningKey(typeof key === 'string' ? new TextEncoder().encode(key) : key, algorithm);
  if ('problem' in read) throw new Error(`sign: ${read.problem}`);
  return read.key;
}
