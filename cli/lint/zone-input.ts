import type { GivenCertificate } from '../../lib/certs/load.ts';
import type { ExtendedKeyUsagePolicy } from '../../lib/certs/path-purpose.ts';
import type { CertificateRole } from '../../lib/certs/roles.ts';
import type { PathVerdict } from '../../lib/certs/validate-path.ts';
import type { Drafts } from '../../lib/lint/drafts.ts';
import type { LintInput } from '../../lib/lint/engine.ts';
import type { PolicyFile } from '../../lib/lint/facts.ts';
import { dayOf, type FactsInput, type GivenZones } from '../../lib/lint/zone-facts.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import type { PathJudge } from './path-judge.ts';

/** How much of the clock findings depend on: nothing, that some day has passed, the day, the moment. */
export type Clock = 'none' | 'past' | 'day' | 'moment';

/** What all zones of a run are looked at with. */
export interface SharedInput {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly certificateFiles: ReadonlyMap<string, Uint8Array>;
  readonly eku: ExtendedKeyUsagePolicy;
}

/** What one zone alone is looked at with. */
export interface OwnInput {
  readonly zone: Zone;
  readonly certificates: readonly GivenCertificate[];
  readonly policies: readonly PolicyFile[];
  readonly drafts: Drafts | undefined;
  readonly before: FactsInput['before'];
  readonly zones: GivenZones | undefined;
}

/** What one zone is linted with; it remembers what the rules looked at of the clock. One class, as reading objects of many shapes is slow. */
export class ZoneInput implements LintInput {
  readonly zone: Zone;
  readonly certificates: readonly GivenCertificate[];
  readonly certificateFiles: ReadonlyMap<string, Uint8Array>;
  readonly eku: ExtendedKeyUsagePolicy;
  readonly policies: readonly PolicyFile[];
  readonly drafts: Drafts | undefined;
  readonly before: FactsInput['before'];
  readonly zones: GivenZones | undefined;
  /** What was looked at of the clock so far. */
  clock: Clock = 'none';
  private readonly shared: SharedInput;
  private readonly judge: PathJudge | undefined;

  /** Without a judge no path of a certificate is looked at. */
  constructor(shared: SharedInput, judge: PathJudge | undefined, own: OwnInput) {
    this.shared = shared;
    this.judge = judge;
    this.certificateFiles = shared.certificateFiles;
    this.eku = shared.eku;
    this.zone = own.zone;
    this.certificates = own.certificates;
    this.policies = own.policies;
    this.drafts = own.drafts;
    this.before = own.before;
    this.zones = own.zones;
  }

  get now(): number {
    this.clock = 'moment';
    return this.shared.now;
  }

  get today(): number {
    if (this.clock !== 'moment') this.clock = 'day';
    return dayOf(this.shared.now);
  }

  hasPassed(time: number): boolean {
    const passed = time <= dayOf(this.shared.now);
    if (!passed && this.clock !== 'moment') this.clock = 'day';
    if (this.clock === 'none') this.clock = 'past';
    return passed;
  }

  judgePath(certificate: GivenCertificate, role: CertificateRole): PathVerdict | undefined {
    if (this.judge?.trusts !== true) return undefined;
    this.clock = 'moment';
    return this.judge.path(certificate, role);
  }

  judgeChain(certificate: GivenCertificate, role: CertificateRole): PathVerdict | undefined {
    if (this.judge === undefined) return undefined;
    this.clock = 'moment';
    return this.judge.chain(certificate, role);
  }

  /** The same for the zone as it was; undefined when that is not known. */
  asBefore(): ZoneInput | undefined {
    const { before, shared, judge, certificates, drafts, zones } = this;
    if (before === undefined) return undefined;
    // What rules look at of the clock in that zone is not told apart.
    this.clock = 'moment';
    const { zone, policies = [] } = before;
    return new ZoneInput(shared, judge, { zone, certificates, policies, drafts, before: undefined, zones });
  }
}
