import { type Nsec3Options, type SignatureMemory, signZone, type Unsigned } from '../dnssec/sign-zone.ts';
import type { SigningKey } from '../dnssec/signing-key.ts';
import { nameKey } from '../rr/name.ts';
import { ZoneTree } from '../zone/tree.ts';
import { ServedZone } from './served-zone.ts';

/** How a server signs its zones. */
export interface ZoneSignerOptions {
  /** Each signs everything, unless some are secure entry points and some are not. */
  readonly keys: readonly SigningKey[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** NSEC3 in the place of NSEC. */
  readonly nsec3?: Nsec3Options;
  /** Whether CDS and CDNSKEY records are added. */
  readonly cds?: boolean;
  /** Is told of each zone when it is signed for the first time, or why it is not. */
  readonly told?: (origin: Uint8Array, unsigned: Unsigned | undefined) => void;
}

/** Signs zones as they are served; what is served in their place later keeps the signatures of RRsets that are the same. */
export class ZoneSigner {
  private readonly options: ZoneSignerOptions;
  /** By the name of the zone. */
  private readonly memories = new Map<string, SignatureMemory>();
  private readonly states = new Map<string, Unsigned | 'by us'>();

  constructor(options: ZoneSignerOptions) {
    this.options = options;
  }

  /** The zone with signatures, and its text without them; one that is signed already, or cannot be, as it is. */
  prepare(zone: ServedZone): ServedZone {
    const { keys, now, nsec3, cds } = this.options;
    const key = nameKey(zone.origin);
    const memory = this.memories.get(key) ?? new Map();
    const made = signZone(zone.tree, { keys, now: now(), ...(nsec3 && { nsec3 }), ...(cds && { cds }) }, memory);
    const unsigned = 'unsigned' in made ? made.unsigned : undefined;
    this.tell(key, zone.origin, unsigned);
    if (!('zone' in made)) return zone;
    this.memories.set(key, memory);
    return new ServedZone(new ZoneTree(made.zone), { text: zone.tree, keys });
  }

  private tell(key: string, origin: Uint8Array, unsigned: Unsigned | undefined): void {
    const state = unsigned ?? 'by us';
    if (this.states.get(key) === state) return;
    this.states.set(key, state);
    this.options.told?.(origin, unsigned);
  }
}
