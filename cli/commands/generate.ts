import { join } from 'node:path';
import { bareText } from '../../lib/edit/generate-names.ts';
import type { MailPlan, MailPolicy, MailZone } from '../../lib/edit/generate-plan.ts';
import { serialOf } from '../../lib/edit/serial.ts';
import { equalNames, nameToText } from '../../lib/rr/name.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { readZone } from '../../lib/zone/read.ts';
import { nextSerial } from '../../lib/zone/serial.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND, EXIT_WRONG } from '../command.ts';
import { UsageError } from '../errors.ts';
import { findingsOf } from '../generate/findings.ts';
import { putInto } from '../generate/into.ts';
import { readSpec } from '../generate/spec.ts';
import type { Io } from '../io.ts';
import { unifiedDiff } from '../lint/diff.ts';
import { moment } from '../options.ts';
import { tell, writeOutput } from '../output.ts';
import { parseOrigin, readZoneFile } from '../zone-file.ts';

interface GenerateOptions {
  readonly fragment?: true;
  readonly into?: string;
  readonly fromZone?: string;
  readonly zone?: Uint8Array;
  readonly output?: string;
  readonly outputDir?: string;
  readonly policyDir?: string;
  readonly check?: true;
  readonly serial?: number;
  readonly bumpSerial: boolean;
  readonly now?: number;
  readonly origin?: Uint8Array;
  readonly includeRoot?: string;
}

const EXAMPLES = `
A spec is YAML or JSON; schemas/mail-spec.schema.json describes it and lets editors complete it. Each setting stands for its
records, and nothing is published that the spec does not name. With --into the records stand in a block of the zone file,
"; zonewright:begin mail NAME" to "; zonewright:end", and nothing else of the file changes but the serial.
What the usual rules find in the result is told on stderr.

Exit codes: 0 done or nothing to change; 1 with --check, when something would change; 2 a mistake in the spec, records
that contradict it, or wrong use. Then nothing is written.

Examples:
  zonewright generate example.net.mail.yaml --output example.net.zone
  zonewright generate example.net.mail.yaml --into zones/example.net.zone --policy-dir www/
  zonewright generate example.net.mail.yaml --into zones/example.net.zone --check
  zonewright generate --from-zone zones/example.net.zone --output example.net.mail.yaml
`;

/** Writes the zone of a mail domain from a spec. */
export const command: CommandModule = {
  declare(generate) {
    generate
      .argument('[spec]', 'a YAML or JSON file that describes mail domains, or - for standard input')
      .option('--output <file>', 'write the zone to a file')
      .option('--output-dir <dir>', 'write each zone to DIR/NAME.zone, and the policies beside them')
      .option('--zone <name>', 'the zone to write, when the spec has several', parseOrigin)
      .option('--fragment', 'only the records, for $INCLUDE in a zone')
      .option('--into <zone>', 'write the records into a zone file, in a block of their own')
      .option('--check', 'write nothing; show what would change, and end with exit code 1 then')
      .option('--policy-dir <dir>', 'write MTA-STS policies to DIR/DOMAIN.mta-sts.txt')
      .option('--serial <n>', 'serial of a whole zone (default: that of the file there, raised; else 1)', serialNumber)
      .option('--no-bump-serial', 'leave the serial of a zone that changes as it is')
      .option('--now <time>', 'the day of serials that are dates, as ISO 8601', moment('--now'))
      .option('--from-zone <zone>', 'write the spec of a zone file instead')
      .option('--origin <name>', 'name of the zone, when neither the file nor its name tells', parseOrigin)
      .option('--include-root <dir>', 'folder that $INCLUDE may not leave (default: that of the zone file)')
      .addHelpText('after', EXAMPLES);
  },
  async run([spec], given, io) {
    const options = given as unknown as GenerateOptions;
    refuseMixtures(spec, options);
    if (options.fromZone !== undefined) return recover(options.fromZone, options, io);
    return new Generation(spec ?? '', options, io).run();
  },
};

function serialNumber(text: string): number {
  if (/^\d{1,10}$/.test(text) && Number(text) < 2 ** 32) return Number(text);
  throw new UsageError(`--serial needs a number from 0 to 4294967295, not '${text}'`);
}

function refuseMixtures(spec: string | undefined, options: GenerateOptions): void {
  const { into, fragment, output, outputDir, fromZone, check, serial } = options;
  if (spec === undefined && fromZone === undefined)
    throw new UsageError('a spec is missing: give a YAML or JSON file, or --from-zone ZONE to begin with one');
  if (spec !== undefined && fromZone !== undefined) throw new UsageError('--from-zone takes no spec, it writes one');
  const ways = [
    ['--into', into],
    ['--fragment', fragment],
    ['--from-zone', fromZone],
  ].filter(([, value]) => value !== undefined);
  if (ways.length > 1) throw new UsageError(`${ways.map(([name]) => name).join(' and ')} exclude each other`);
  if (into !== undefined && (output ?? outputDir) !== undefined)
    throw new UsageError('--into writes the zone file itself and takes no --output or --output-dir');
  if (output !== undefined && outputDir !== undefined)
    throw new UsageError('--output and --output-dir exclude each other');
  if (check === true && into === undefined && output === undefined && outputDir === undefined)
    throw new UsageError('--check compares with a file: name it with --into, --output or --output-dir');
  if (serial !== undefined && (into !== undefined || fragment !== undefined))
    throw new UsageError('--serial is for whole zones');
}

async function recover(path: string, options: GenerateOptions, io: Io): Promise<number> {
  const { specOfZone } = await import('../../lib/edit/generate-from-zone.ts');
  const zone = readZoneFile({ path }, readingOf(options), io);
  if (zone.broken.length > 0)
    tell(io, 'warning', `${path}: some entries cannot be read and are left out; zonewright lint ${path} tells which`);
  const text = specOfZone(zone);
  if (text === undefined)
    throw new UsageError(
      `${path} is the zone ${nameToText(zone.origin)}, which cannot be a mail domain; --origin says another name`,
    );
  writeOutput(io, options.output, [text]);
  return EXIT_CLEAN;
}

function readingOf({ origin, includeRoot }: GenerateOptions): { origin?: Uint8Array; includeRoot?: string } {
  return { ...(origin && { origin }), ...(includeRoot !== undefined && { includeRoot }) };
}

/** A file as it is to be; `before` is undefined when it is not there. */
interface Target {
  readonly name: string;
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array;
}

/** One run with a spec: everything is made before anything is written. */
class Generation {
  private readonly spec: string;
  private readonly options: GenerateOptions;
  private readonly io: Io;
  private readonly targets: Target[] = [];
  private readonly findings: string[] = [];
  private printed = '';

  constructor(spec: string, options: GenerateOptions, io: Io) {
    this.spec = spec;
    this.options = options;
    this.io = io;
  }

  async run(): Promise<number> {
    const { into } = this.options;
    const target = into === undefined ? undefined : this.readTarget(into);
    const read = await readSpec(this.spec, target && this.surroundings(target), this.io);
    const faults = 'faults' in read ? read.faults : await this.make(read.plan, target);
    if (faults.length > 0) {
      for (const fault of faults) tell(this.io, 'error', fault);
      return EXIT_WRONG;
    }
    for (const finding of this.findings) tell(this.io, 'warning', finding);
    return this.finish();
  }

  private readTarget(path: string): Zone {
    return readZoneFile({ path }, readingOf(this.options), this.io);
  }

  private surroundings(zone: Zone): { origin: Uint8Array; hasAddress(host: Uint8Array): boolean } {
    const hasAddress = (host: Uint8Array): boolean => {
      for (let record = 0; record < zone.count; record++) {
        const type = zone.types[record];
        if ((type === TYPE.A || type === TYPE.AAAA) && equalNames(zone.ownerOf(record), host)) return true;
      }
      return false;
    };
    return { origin: zone.origin, hasAddress };
  }

  /** Makes every file in memory; sentences when something is in the way. */
  private async make(plan: MailPlan, target: Zone | undefined): Promise<readonly string[]> {
    const { options, io } = this;
    if (target !== undefined) {
      const wanted = plan.zones.find(({ origin }) => equalNames(origin, target.origin));
      if (wanted === undefined)
        return [`${options.into} is the zone ${nameToText(target.origin)}, in which the spec has no domain`];
      const now = options.now ?? io.now();
      const into = {
        ...readingOf(options),
        path: options.into ?? '',
        ttl: plan.ttl,
        bumpSerial: options.bumpSerial,
        now,
      };
      const changed = putInto(target, wanted, into, io);
      if ('faults' in changed) return changed.faults;
      this.targets.push(...changed.files);
      this.findings.push(...(await findingsOf(changed.zone, { plan, spec: this.spec, within: changed.block }, io)));
    } else {
      const { zones, problem } = this.chosen(plan);
      if (problem !== undefined) return [problem];
      for (const zone of zones) {
        const fault = await this.makeZone(zone, plan);
        if (fault !== undefined) return [fault];
      }
    }
    this.makePolicies(plan.policies);
    return [];
  }

  private chosen({ zones }: MailPlan): { zones: readonly MailZone[]; problem?: string } {
    const { zone, outputDir } = this.options;
    const names = zones.map(({ origin }) => bareText(origin)).join(', ');
    const found = zone === undefined ? zones : zones.filter(({ origin }) => equalNames(origin, zone));
    if (found.length === 0)
      return { zones: [], problem: `the spec has no such zone; it has ${names || 'no records at all'}` };
    if (found.length > 1 && outputDir === undefined) {
      return {
        zones: [],
        problem: `the spec has several zones (${names}): choose one with --zone, or give --output-dir`,
      };
    }
    return { zones: found };
  }

  private async makeZone(zone: MailZone, plan: MailPlan): Promise<string | undefined> {
    const { options, io } = this;
    const { sectionsText, wholeZoneText } = await import('../../lib/edit/generate-text.ts');
    const name = options.output ?? (options.outputDir && join(options.outputDir, `${bareText(zone.origin)}.zone`));
    const before = name === undefined || io.kind(name) !== 'file' ? undefined : io.readFile(name);
    if (options.fragment === true) {
      const ttl = plan.ttl === undefined ? {} : { ttl: plan.ttl };
      this.put(name, before, sectionsText(zone.sections, ttl));
      return undefined;
    }
    const { basics } = zone;
    if (basics === undefined)
      return `${this.spec}: "zone" with nameServers is missing, which a whole zone begins with; write it, or use --into or --fragment`;
    const ttl = plan.ttl === undefined ? {} : { ttl: plan.ttl };
    const text = (serial: number): string => wholeZoneText(zone, basics, { serial, ...ttl });
    const made = text(this.serial(name, before, zone, text));
    this.put(name, before, made);
    const read = readZone({
      name: name ?? `${bareText(zone.origin)}.zone`,
      bytes: new TextEncoder().encode(made),
      origin: zone.origin,
    });
    this.findings.push(...(await findingsOf(read, { plan, spec: this.spec }, io)));
    return undefined;
  }

  /** The serial given, that of the file when nothing else changes, the one behind it, or a first one. */
  private serial(
    name: string | undefined,
    before: Uint8Array | undefined,
    zone: MailZone,
    text: (serial: number) => string,
  ): number {
    const { serial, now, bumpSerial } = this.options;
    if (serial !== undefined) return serial;
    const first = now === undefined ? 1 : nextSerial(1, now, 'date');
    if (before === undefined || name === undefined) return first;
    const old = serialOf(readZone({ name, bytes: before, origin: zone.origin }));
    if (old === undefined) return first;
    const isSame = Buffer.compare(new TextEncoder().encode(text(old)), before) === 0;
    return isSame || !bumpSerial ? old : nextSerial(old, now ?? this.io.now());
  }

  private put(name: string | undefined, before: Uint8Array | undefined, text: string): void {
    if (name === undefined) this.printed += text;
    else this.targets.push({ name, before, after: new TextEncoder().encode(text) });
  }

  private makePolicies(policies: readonly MailPolicy[]): void {
    const { policyDir, outputDir } = this.options;
    const folder = policyDir ?? outputDir;
    if (folder === undefined) return;
    for (const { domain, text } of policies) {
      const name = join(folder, `${domain}.mta-sts.txt`);
      this.put(name, this.io.kind(name) === 'file' ? this.io.readFile(name) : undefined, text);
    }
  }

  /** Writes what has changed, or shows it. */
  private finish(): number {
    const { options, io, targets } = this;
    const changed = targets.filter(({ before, after }) => before === undefined || Buffer.compare(before, after) !== 0);
    if (options.check === true) {
      const files = changed.map(({ name, before = new Uint8Array(0), after }) => ({ name, before, after }));
      io.stdout.writeBytes(unifiedDiff(files, io));
      return changed.length > 0 ? EXIT_FOUND : EXIT_CLEAN;
    }
    for (const folder of [options.outputDir, options.policyDir]) if (folder !== undefined) io.createFolder(folder);
    for (const { name, before, after } of changed) this.write(name, before, after);
    if (this.printed !== '') writeOutput(io, undefined, [this.printed]);
    for (const { name } of changed) tell(io, 'note', `wrote ${name}`);
    return EXIT_CLEAN;
  }

  private write(name: string, before: Uint8Array | undefined, after: Uint8Array): void {
    const { io } = this;
    if (before !== undefined && Buffer.compare(io.readFile(name), before) !== 0)
      throw new UsageError(`${name} has changed meanwhile and was left as it is; try again`);
    const file = io.createFile(name);
    let whole = false;
    try {
      file.write(after);
      file.commit();
      whole = true;
    } finally {
      if (!whole) file.discard();
    }
  }
}
