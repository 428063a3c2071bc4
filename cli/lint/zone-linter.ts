import type { GivenCertificate } from '../../lib/certs/load.ts';
import type { Certificate } from '../../lib/certs/path-member.ts';
import type { ExtendedKeyUsagePolicy } from '../../lib/certs/path-purpose.ts';
import type { LoadedConfig } from '../../lib/config/config.ts';
import {
  type CommandLineRules,
  ConfigResolver,
  type ConfiguredPolicy,
  type ResolvedConfig,
} from '../../lib/config/resolve.ts';
import type { ActiveRule } from '../../lib/lint/active-rule.ts';
import { lintZones } from '../../lib/lint/engine.ts';
import type { PolicyFile } from '../../lib/lint/facts.ts';
import { activeRules } from '../../lib/lint/profiles.ts';
import { RULES } from '../../lib/lint/rules.ts';
import type { FactsInput } from '../../lib/lint/zone-facts.ts';
import { isWithin, nameFromText } from '../../lib/rr/name.ts';
import type { Diagnostic, SourceFile } from '../../lib/text/diagnostic.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { readZoneFile, type ZoneFileOptions } from '../zone-file.ts';
import { type Failure, orFailure } from './failure.ts';
import { Fleet, type Origins, type SmallFile, type Uses } from './given-zones.ts';
import { type History, openHistory, type Since, zoneBefore } from './history.ts';
import { onlyNew } from './history-fingerprint.ts';
import type { PathJudge } from './path-judge.ts';
import type { LintTarget } from './paths.ts';
import { RelevantCertificates } from './relevant.ts';
import { type Clock, ZoneInput } from './zone-input.ts';

/** Everything that decides what the findings of a zone are; can be sent to a worker. */
export interface ZoneSetup {
  /** The configurations of the run; files know theirs by number, -1 for none. */
  readonly configs: readonly LoadedConfig[];
  readonly commandLine: CommandLineRules;
  /** What the command line says about reading. */
  readonly zoneFile: ZoneFileOptions;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly certificates: readonly GivenCertificate[];
  readonly certificateFiles: ReadonlyMap<string, Uint8Array>;
  /** The trust store by which paths are judged, when one was given. */
  readonly anchors: readonly Certificate[] | undefined;
  readonly eku: ExtendedKeyUsagePolicy;
  /** Policy files of the command line. */
  readonly policies: readonly ConfiguredPolicy[];
  /** The zone files of the whole run, whichever part of them is linted here. */
  readonly fleet: readonly FleetMember[];
  /** Which zones they hold, when another thread knows already. */
  readonly origins?: Origins | undefined;
  /** What the zones were before. */
  readonly since: Since | undefined;
  /** Findings that were there before are left out. */
  readonly newOnly: boolean;
  /** Whether it is asked what results rest on, for the cache. */
  readonly cached: boolean;
}

/** A zone file of the run with the number of its configuration. */
export interface FleetMember {
  readonly path: string;
  readonly config: number;
}

/** A zone file to lint with the number of its configuration. */
export type ConfiguredTarget = LintTarget & FleetMember;

/** The findings of one zone, with what they were made from. */
export interface Linted {
  readonly path: string;
  readonly zone: Zone;
  /** What the rules were given to look at. */
  readonly input: FactsInput;
  readonly found: readonly Diagnostic[];
  readonly rules: readonly ActiveRule[];
  /** Files that findings may point into, beside the zone's own. */
  readonly policies: readonly SourceFile[];
  /** What the rules looked at of the clock. */
  readonly clock: Clock;
  /** Paths that were looked at for what the zone includes, whatever was there. */
  readonly looked: readonly string[];
}

/** A zone that was read, and what its rules are to look at. */
interface ReadZone {
  readonly path: string;
  readonly zone: Zone;
  readonly input: ZoneInput;
  readonly rules: readonly ActiveRule[];
  readonly policies: readonly PolicyFile[];
  readonly looked: ReadonlySet<string>;
  /** Whether not an octet has changed. */
  readonly same: boolean;
}

/** Zones that are linted at once: at most so many, and no further one when so many octets are at hand. */
const MOST_AT_ONCE = 16;
const OCTETS_AT_ONCE = 2 ** 18;

/** Octets that a record counts at least, as those of $GENERATE stand in no file. */
const RECORD_OCTETS = 32;

/** Octets of a policy file that are read; RFC 8461 §3.2 speaks of 64 KiB. */
const LARGEST_POLICY = 2 ** 20;

/** Makes the findings of zone files, one after the other; throws UsageError when the choice of rules is wrong. */
export class ZoneLinter {
  /** The rules of a zone that no configuration tells apart from others. */
  readonly rules: readonly ActiveRule[];
  private readonly setup: ZoneSetup;
  private readonly io: Io;
  private readonly judge: PathJudge | undefined;
  private readonly relevant: RelevantCertificates;
  private readonly fleet: Fleet;
  private readonly resolvers: readonly ConfigResolver[];
  private readonly plain: ConfigResolver;
  private unconfigured: ResolvedConfig | undefined;
  private opened: History | undefined;
  private readonly active = new Map<string, readonly ActiveRule[]>();

  /** Without a judge no path of a certificate is looked at. */
  constructor(setup: ZoneSetup, io: Io, judge?: PathJudge) {
    const { configs, commandLine } = setup;
    this.setup = setup;
    this.io = io;
    this.judge = judge;
    this.resolvers = configs.map((config) => new ConfigResolver(config, RULES, commandLine));
    this.plain = new ConfigResolver(undefined, RULES, commandLine);
    this.relevant = new RelevantCertificates(setup.certificates);
    const members = new Map(setup.fleet.map((member) => [member.path, member]));
    this.fleet = new Fleet({
      paths: [...members.keys()],
      origins: setup.origins,
      optionsOf: (path) => this.reading(members.get(path)),
      draftsOf: (path, zone) => this.resolved(members.get(path), path, zone).drafts,
      now: () => setup.now,
      remembers: setup.cached,
      io,
    });
    this.rules = this.rulesOf((this.resolvers[0] ?? this.plain).resolve({ path: '' }));
  }

  /** Lints one file in the world of `io`; throws UsageError or FileError when it is no zone file. */
  lint(target: ConfiguredTarget, io: Io = this.io): Linted {
    const read = this.read(target, io);
    const [found] = lintZones([read.input], read.rules);
    return this.linted(read, found);
  }

  /** Lints files, some at a time, and gives in their order what `make` makes of each; no zone is held on to while the next are read. */
  *lintEach<Made>(targets: Iterable<ConfiguredTarget>, make: (linted: Linted) => Made): Generator<Made | Failure> {
    const batch: (ReadZone | Failure)[] = [];
    let octets = 0;
    for (const target of targets) {
      octets += this.readInto(batch, target);
      if (batch.length < MOST_AT_ONCE && octets < OCTETS_AT_ONCE) continue;
      const made = this.lintRead(batch, make).reverse();
      while (made.length > 0) yield made.pop() as Made | Failure;
      octets = 0;
    }
    yield* this.lintRead(batch, make);
  }

  /** Appends a zone that it reads, or why it cannot, and tells how many octets that takes. */
  private readInto(batch: (ReadZone | Failure)[], target: ConfiguredTarget): number {
    const read = orFailure(target, () => this.read(target, this.io, this.fleet.takeRead(target.path)));
    batch.push(read);
    return 'problem' in read ? 0 : octetsOf(read.zone);
  }

  /** Takes zones that have been read and lints them, those with the same rules at once. */
  private lintRead<Made>(batch: (ReadZone | Failure)[], make: (linted: Linted) => Made): (Made | Failure)[] {
    const taken = batch.splice(0);
    const byRules = new Map<readonly ActiveRule[], ReadZone[]>();
    for (const read of taken) {
      if ('problem' in read) continue;
      const alike = byRules.get(read.rules);
      if (alike === undefined) byRules.set(read.rules, [read]);
      else alike.push(read);
    }
    const foundIn = new Map<ReadZone, Diagnostic[] | undefined>();
    for (const [rules, alike] of byRules) {
      const found = lintZones(
        alike.map(({ input }) => input),
        rules,
      );
      for (const [index, read] of alike.entries()) foundIn.set(read, found[index]);
    }
    return taken.map((read) => ('problem' in read ? read : make(this.linted(read, foundIn.get(read)))));
  }

  /** Reads one zone file and what its rules are to look at. */
  private read(target: ConfiguredTarget, io: Io, known?: SmallFile): ReadZone {
    const { setup } = this;
    const looked = new Set<string>();
    const options = this.reading(target);
    const zone =
      known?.origin === undefined
        ? readZoneFile(target, options, io, looked)
        : readZoneFile({ ...target, bytes: known.bytes }, { ...options, origin: known.origin }, io, looked);
    const resolved = this.resolved(target, target.path, zone.origin);
    const rules = this.rulesOf(resolved);
    const several = setup.fleet.length > 1;
    const wanted = [...setup.policies, ...resolved.mtaStsPolicies];
    const policies = policiesOf(wanted, zone, (path) => io.readFile(path, LARGEST_POLICY));
    const before = this.past(target, zone, wanted);
    const input = new ZoneInput(setup, this.judge, {
      zone,
      certificates: several ? this.relevant.of(zone) : setup.certificates,
      policies,
      drafts: resolved.drafts,
      before: before.facts,
      zones: several ? this.fleet.seenFrom(target.path) : undefined,
    });
    return { path: target.path, zone, input, rules, policies, looked, same: before.same };
  }

  /** What comes of the findings in a zone. */
  private linted({ path, zone, input, rules, policies, looked, same }: ReadZone, all: Diagnostic[] = []): Linted {
    const found = same && this.setup.newOnly ? [] : this.wanted(all, input, rules);
    const { clock } = input;
    return { path, zone, input, found, rules, policies: policies.map(({ file }) => file), clock, looked: [...looked] };
  }

  /** The zone of a file as it was, when that is known. */
  before(target: ConfiguredTarget, io: Io): FactsInput['before'] {
    return this.past(target, readZoneFile(target, this.reading(target), io), []).facts;
  }

  /** How a zone file is read: what the command line says wins over its configuration. */
  reading(target: FleetMember | undefined): ZoneFileOptions {
    const { zoneFile } = this.setup;
    if (target === undefined || target.config < 0) return zoneFile;
    const resolver = this.resolver(target);
    const origin = resolver.originOf(target.path)?.value;
    const includeRoot = resolver.config?.includeRoot?.value;
    return { ...(origin && { origin }), ...(includeRoot !== undefined && { includeRoot }), ...zoneFile };
  }

  /** Which zones the files of the run hold, for other threads; undefined when no rule will ask. */
  origins(): Origins | undefined {
    const alone = this.setup.fleet.length < 2 || this.rules.every(({ binding }) => binding === true);
    return alone ? undefined : this.fleet.origins();
  }

  /** What the findings of a file rested on in other zones. */
  uses(path: string): Uses {
    return this.fleet.uses(path);
  }

  /** The file of a zone that another one looks for; empty when there is none. */
  find(zone: string, from: string): string {
    return this.fleet.find(zone, from);
  }

  /** The zone as it was with its policies; `same` when not an octet has changed. */
  private past(
    target: ConfiguredTarget,
    zone: Zone,
    policies: readonly ConfiguredPolicy[],
  ): { readonly facts?: FactsInput['before']; readonly same: boolean } {
    const history = this.history;
    const bytes = history?.read(target.path);
    if (history === undefined || bytes === undefined) return { same: false };
    const [file, ...includes] = zone.files;
    const same = includes.length === 0 && policies.length === 0 && file !== undefined && sameBytes(bytes, file.bytes);
    const before = same ? undefined : zoneBefore(history, target.path, zone, this.reading(target));
    if (before === undefined) return { same };
    const old = policiesOf(policies, zone, (path) => history.read(path));
    return { facts: { zone: before, policies: old }, same };
  }

  /** All findings, or those that were not there before. */
  private wanted(found: Diagnostic[], input: ZoneInput, rules: readonly ActiveRule[]): Diagnostic[] {
    const old = this.setup.newOnly ? input.asBefore() : undefined;
    return old === undefined ? found : onlyNew(found, lintZones([old], rules).flat());
  }

  private get history(): History | undefined {
    const { since, fleet } = this.setup;
    if (since === undefined) return undefined;
    this.opened ??= openHistory(
      since,
      fleet.map(({ path }) => path),
      this.io,
    );
    return this.opened;
  }

  private resolver(target: FleetMember | undefined): ConfigResolver {
    return this.resolvers[target?.config ?? -1] ?? this.plain;
  }

  /** What holds for a zone; without a configuration the same for all. */
  private resolved(target: FleetMember | undefined, path: string, zone: Uint8Array): ResolvedConfig {
    const resolver = this.resolver(target);
    if (resolver !== this.plain) return resolver.resolve({ path, zone });
    this.unconfigured ??= resolver.resolve({ path: '' });
    return this.unconfigured;
  }

  private rulesOf({ choice, key }: ResolvedConfig): readonly ActiveRule[] {
    const known = this.active.get(key);
    if (known !== undefined) return known;
    const { active, problems } = activeRules(RULES, choice);
    if (problems.length > 0) throw new UsageError(problems.join('; '));
    this.active.set(key, active);
    return active;
  }
}

/** How many octets the files of a zone have, or its records when that is more. */
function octetsOf({ files, count }: Zone): number {
  return Math.max(
    files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    count * RECORD_OCTETS,
  );
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/** The policy files of domains within a zone; those that `read` does not find are left out. */
function policiesOf(
  wanted: readonly ConfiguredPolicy[],
  zone: Zone,
  read: (path: string) => Uint8Array | undefined,
): PolicyFile[] {
  return wanted.flatMap(({ domain, path }) => {
    const name = nameFromText(`${domain}.`);
    const bytes = 'name' in name && isWithin(name.name, zone.origin) ? read(path) : undefined;
    return bytes === undefined ? [] : [{ domain, file: { name: path, bytes } }];
  });
}
