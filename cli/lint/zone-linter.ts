import type { GivenCertificate } from '../../lib/certs/load.ts';
import { type ActiveRule, lintZone } from '../../lib/lint/engine.ts';
import type { PolicyFile } from '../../lib/lint/facts.ts';
import { activeRules, type RuleChoice } from '../../lib/lint/profiles.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { dayOf } from '../../lib/lint/zone-facts.ts';
import { isWithin, nameFromText } from '../../lib/rr/name.ts';
import type { Diagnostic, SourceFile } from '../../lib/text/diagnostic.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { readZoneFile, type ZoneFileOptions } from '../zone-file.ts';
import { Fleet, type Uses } from './given-zones.ts';
import type { LintTarget } from './paths.ts';
import { RelevantCertificates } from './relevant.ts';

/** An MTA-STS policy file to read. */
export interface PolicyArgument {
  /** Lower-case name without the final dot. */
  readonly domain: string;
  readonly path: string;
}

/** Everything that decides what the findings of a zone are; can be sent to a worker. */
export interface ZoneSetup {
  readonly choice: RuleChoice;
  readonly zoneFile: ZoneFileOptions;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly certificates: readonly GivenCertificate[];
  readonly certificateFiles: ReadonlyMap<string, Uint8Array>;
  readonly policies: readonly PolicyArgument[];
  /** The zone files of the whole run, whichever part of them is linted here. */
  readonly fleet: readonly string[];
}

/** How much of the clock findings depend on. */
export type Clock = 'none' | 'day' | 'moment';

/** The findings of one zone, with what they were made from. */
export interface Linted {
  readonly zone: Zone;
  readonly found: readonly Diagnostic[];
  /** Files that findings may point into, beside the zone's own. */
  readonly policies: readonly SourceFile[];
  /** What the rules looked at of the clock. */
  readonly clock: Clock;
}

/** Octets of a policy file that are read; RFC 8461 §3.2 speaks of 64 KiB. */
const LARGEST_POLICY = 2 ** 20;

/** Makes the findings of zone files, one after the other; throws UsageError when the choice of rules is wrong. */
export class ZoneLinter {
  readonly rules: readonly ActiveRule[];
  private readonly setup: ZoneSetup;
  private readonly io: Io;
  private readonly relevant: RelevantCertificates;
  private readonly fleet: Fleet;

  constructor(setup: ZoneSetup, io: Io) {
    const { active, problems } = activeRules(RULES, setup.choice);
    if (problems.length > 0) throw new UsageError(problems.join('; '));
    this.rules = active;
    this.setup = setup;
    this.io = io;
    this.relevant = new RelevantCertificates(setup.certificates);
    this.fleet = new Fleet(
      setup.fleet,
      () => setup.zoneFile,
      () => setup.now,
      io,
    );
  }

  /** Lints one file in the world of `io`; throws UsageError or FileError when it is no zone file. */
  lint(target: LintTarget, io: Io = this.io): Linted {
    const { setup } = this;
    const zone = readZoneFile(target, setup.zoneFile, io);
    const several = setup.fleet.length > 1;
    const policies = this.policiesOf(zone, io);
    let clock: Clock = 'none';
    const input = {
      zone,
      certificates: several ? this.relevant.of(zone) : setup.certificates,
      certificateFiles: setup.certificateFiles,
      policies,
      zones: several ? this.fleet.seenFrom(target.path) : undefined,
      get now() {
        clock = 'moment';
        return setup.now;
      },
      get today() {
        if (clock === 'none') clock = 'day';
        return dayOf(setup.now);
      },
    };
    const found = lintZone(input, this.rules);
    return { zone, found, policies: policies.map(({ file }) => file), clock };
  }

  /** What the findings of a file rested on in other zones. */
  uses(path: string): Uses {
    return this.fleet.uses(path);
  }

  /** The names of all zones given. */
  inventory(): string {
    return this.fleet.inventory();
  }

  private policiesOf(zone: Zone, io: Io): PolicyFile[] {
    return this.setup.policies.flatMap(({ domain, path }) => {
      const read = nameFromText(`${domain}.`);
      if (!('name' in read) || !isWithin(read.name, zone.origin)) return [];
      return [{ domain, file: { name: path, bytes: io.readFile(path, LARGEST_POLICY) } }];
    });
  }
}
