import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case, Context } from './context.ts';
import { editCase } from './edit-case.ts';
import { hostileCase, hostilePeersCase } from './hostile-case.ts';
import { changed, FOLDER, type Input, mailHoster, registry, signedHosts, smallZones, tinyZone } from './inputs.ts';
import { knowsPeak, type Measured, measure, median, type Program } from './measure.ts';
import { findTool, peerProgram } from './peers.ts';
import { serveLarge, serveStart, serveTcp, serveUdp } from './serve-case.ts';
import { atLeast, atMost, cells, inSeconds, table, times, type Verdict } from './table.ts';

/** A ratio that has to hold between a program of ours and a peer. */
interface Floor {
  readonly peer: string;
  readonly what: 'speed' | 'memory';
  readonly needed: number;
}

const faster = (peer: string, needed: number): Floor => ({ peer, what: 'speed', needed });
const smaller = (peer: string): Floor => ({ peer, what: 'memory', needed: 1 });

const A = 1_000_000;
const HUGE = 10_000_000;
/** Records of input c before it is signed: about 36 MB after. */
const C = 97_000;
const NPM = [faster('npm dnsz', 8), faster('npm dns-zonefile', 8)];
const BIND_LOCAL = 'named-checkzone';
const COMPILE = 'named-compilezone';

/** All cases in the order they run. */
export const CASES: readonly Case[] = [
  { id: 'start', title: 'cold start', run: coldStart },
  {
    id: 'read-a',
    title: 'read a registry into the model',
    run: (context) =>
      read(context, registry(scaled(A, context)), [
        faster(BIND_LOCAL, 10),
        faster('miekg/dns', 2.5),
        faster('kzonecheck', 3),
        ...NPM,
        smaller(BIND_LOCAL),
      ]),
  },
  {
    id: 'read-b',
    title: 'read a mail hoster into the model',
    run: (context) =>
      read(context, mailHoster(scaled(A, context)), [
        faster(BIND_LOCAL, 8),
        faster('miekg/dns', 2.5),
        faster('kzonecheck', 3),
        ...NPM,
      ]),
  },
  { id: 'read-c', title: 'read a signed zone into the model', run: readSigned },
  {
    id: 'load-a',
    title: 'lint --profile load, registry',
    run: (context) =>
      lint(context, registry(scaled(A, context)), 'load', [
        faster(BIND_LOCAL, 5),
        faster('kzonecheck', 2.5),
        smaller(BIND_LOCAL),
      ]),
  },
  {
    id: 'load-b',
    title: 'lint --profile load, mail hoster',
    run: (context) =>
      lint(context, mailHoster(scaled(A, context)), 'load', [faster(BIND_LOCAL, 5), faster('kzonecheck', 2.5)]),
  },
  {
    id: 'default-b',
    title: 'lint, default rules, mail hoster',
    run: (context) => lint(context, mailHoster(scaled(A, context)), 'default', [faster(BIND_LOCAL, 1)]),
  },
  { id: 'many', title: 'lint --jobs 2, a folder of small zones', run: manyZones },
  { id: 'diff', title: 'compare a mail hoster with one that changed here and there', run: compareZones },
  {
    id: 'fmt',
    title: 'fmt, registry',
    run: (context) => format(context, registry(scaled(A, context))),
  },
  {
    id: 'fmt-b',
    title: 'fmt, mail hoster',
    optional: true,
    run: (context) => format(context, mailHoster(scaled(A, context))),
  },
  { id: 'edit', title: 'open a zone in the terminal editor, and press keys', run: editCase },
  { id: 'serve-udp', title: 'serve over UDP, answers a second', run: serveUdp },
  { id: 'serve-tcp', title: 'serve over TCP, many queries on their way', run: serveTcp },
  { id: 'serve-start', title: 'serve, first answer after the start', run: serveStart },
  { id: 'serve-large', title: 'serve, first answer and memory of a large zone', run: serveLarge },
  { id: 'hostile', title: 'inputs made to be slow', run: hostileCase },
  { id: 'hostile-peers', title: 'the same with the peers', optional: true, run: hostilePeersCase },
  {
    id: 'huge',
    title: 'lint --profile load, ten times as many records',
    optional: true,
    run: (context) =>
      lint(
        { ...context, rounds: 1 },
        registry(scaled(HUGE, context)),
        'load',
        [faster(BIND_LOCAL, 10), smaller(BIND_LOCAL)],
        [BIND_LOCAL, 'kzonecheck'],
      ),
  },
];

function scaled(records: number, { size }: Context): number {
  return Math.max(10, Math.round(records * size));
}

function read(context: Context, input: Input, floors: readonly Floor[]): readonly Verdict[] {
  return beside(context, input, context.read(input.origin, input.file), floors);
}

function readSigned(context: Context): readonly Verdict[] {
  const input = signedHosts(scaled(C, context));
  if (input !== undefined) return read(context, input, [faster(BIND_LOCAL, 1), faster('kzonecheck', 1)]);
  context.print('  left out: signing needs dnssec-signzone (bind9-utils) or ldns-signzone (ldnsutils)');
  return [];
}

function lint(
  context: Context,
  input: Input,
  profile: string,
  floors: readonly Floor[],
  peers: readonly string[] = ['named-checkzone', 'kzonecheck', 'nsd-checkzone', 'validns'],
): readonly Verdict[] {
  const options = ['--profile', profile, '--origin', input.origin, '--format', 'concise', input.file];
  const ours = context.lint(`zonewright lint --profile ${profile}`, options);
  return beside({ ...context, peers: context.peers.filter(({ name }) => peers.includes(name)) }, input, ours, floors);
}

/** Formatting, the check of its result included, beside named-compilezone writing the zone as text. */
function format(context: Context, input: Input): readonly Verdict[] {
  const ours = context.zonewright('zonewright fmt', ['fmt', '--no-config', input.file]);
  const peers = context.peers.filter(({ name }) => name === COMPILE);
  return beside({ ...context, peers }, input, ours, [faster(COMPILE, 10)]);
}

function beside(context: Context, input: Input, ours: Program, floors: readonly Floor[]): readonly Verdict[] {
  const { peers, rounds, print } = context;
  print(`  ${input.title}, ${(input.bytes / 1e6).toFixed(1)} MB, ${rounds} rounds`);
  const programs = peers.flatMap((peer) => peerProgram(peer, input.origin, input.file) ?? []);
  const [own, ...others] = measure([ours, ...programs], { rounds });
  if (own === undefined) return [];
  report(context, own, others, input.bytes);
  const missing = peers.filter(({ start }) => start === undefined);
  for (const { name, install } of missing) print(`  not here: ${name} (${install})`);
  return judge(own, others, floors);
}

function report({ print }: Context, own: Measured, others: readonly Measured[], bytes: number): void {
  const rows = [own, ...others].map((each) => {
    const ratio = each === own ? '' : times(best(each) / best(own));
    return [each.program.name, ...cells(each, bytes), each.failure === undefined ? ratio : each.failure];
  });
  print(table(['program', 'median s', 'min s', 'MB/s', 'peak MB', 'time of ours'], rows));
}

/** The quickest run: what the program takes when nobody disturbs it. */
function best({ seconds }: Measured): number {
  return Math.min(...seconds);
}

function judge(own: Measured, others: readonly Measured[], floors: readonly Floor[]): readonly Verdict[] {
  if (own.failure !== undefined) return [{ says: `${own.program.name}: ${own.failure}  MISSED`, reached: false }];
  return floors.flatMap(({ peer, what, needed }) => {
    const other = others.find(({ program }) => program.name === peer);
    if (other === undefined || other.failure !== undefined) return [];
    if (what === 'speed') return [atLeast(`against ${peer}`, best(other) / best(own), needed)];
    if (own.peakBytes === undefined || other.peakBytes === undefined) return [];
    return [atMost(`memory of ${peer}`, own.peakBytes / other.peakBytes, needed)];
  });
}

function coldStart(context: Context): readonly Verdict[] {
  const rounds = 20;
  const tiny = tinyZone(28);
  const bare: Program = { name: 'node -e 0', command: process.execPath, args: ['-e', '0'] };
  const version = context.zonewright('zonewright --version', ['--version']);
  const small = context.lint('zonewright lint, small zone', ['--origin', tiny.origin, tiny.file]);
  const [base, ...ours] = measure([bare, version, small], { rounds });
  if (base === undefined) return [];
  const rows = [base, ...ours].map((each) => [
    each.program.name,
    inSeconds(median(each.seconds)),
    inSeconds(Math.min(...each.seconds)),
    each.failure ?? times(median(each.seconds) / median(base.seconds)),
  ]);
  context.print(table(['program', 'median s', 'min s', 'of node -e 0'], rows));
  const needed = [1.5, 2.5];
  return ours.map((each, index) =>
    each.failure === undefined
      ? atMost(each.program.name, median(each.seconds) / median(base.seconds), needed[index] ?? 1)
      : { says: `${each.program.name}: ${each.failure}  MISSED`, reached: false },
  );
}

function manyZones(context: Context): readonly Verdict[] {
  const { folder, origins } = smallZones(scaled(10_000, context));
  context.print(`  ${origins.length.toLocaleString('en')} zones of about 33 records, ${context.rounds} rounds`);
  const peers = serverChecks(folder, origins);
  const ours = ['load', 'default'].map((profile) =>
    context.lint(`zonewright lint --jobs 2 --profile ${profile}`, [
      '--jobs',
      '2',
      '--profile',
      profile,
      '--format',
      'concise',
      folder,
    ]),
  );
  const measured = measure([...ours, ...peers], { rounds: context.rounds });
  const rows = measured.map((each) => [
    each.program.name,
    inSeconds(median(each.seconds)),
    inSeconds(Math.min(...each.seconds)),
    each.peakBytes === undefined ? '?' : (each.peakBytes / 1e6).toFixed(0),
    each.failure ?? '',
  ]);
  context.print(table(['program', 'median s', 'min s', 'peak MB', ''], rows));
  const knot = measured.find(({ program }) => program.name === 'knotc zone-check');
  if (knot === undefined) context.print('  not here: knotc (knot)');
  const verdicts = measured
    .slice(0, 2)
    .flatMap((own, index) =>
      judge(own, knot === undefined ? [] : [knot], [faster('knotc zone-check', [1, 0.25][index] ?? 1)]),
    );
  const each = measured.find(({ program }) => program.name === EACH_ALONE);
  const standard = measured[1];
  if (each === undefined || standard === undefined || each.failure !== undefined) return verdicts;
  const perZone = best(each) / Math.min(FEW, origins.length) / (best(standard) / origins.length);
  return [...verdicts, atLeast(`default rules a zone, against ${EACH_ALONE}`, perZone, 10)];
}

/** Two zones of which every hundredth address differs. */
function compareZones(context: Context): readonly Verdict[] {
  const { rounds, print } = context;
  const old = mailHoster(scaled(A, context));
  const now = changed(old);
  print(`  ${old.title}, ${(old.bytes / 1e6).toFixed(1)} MB, ${rounds} rounds`);
  const ours = context.zonewright('zonewright diff', ['diff', '--origin', old.origin, old.file, now.file]);
  const peer = findTool(COMPARE);
  if (peer === undefined) print(`  not here: ${COMPARE} (ldnsutils)`);
  const others = peer === undefined ? [] : [{ name: COMPARE, command: peer, args: [old.file, now.file] }];
  const [own, ...measured] = measure([{ ...ours, done: [1] }, ...others], { rounds });
  if (own === undefined) return [];
  report(context, own, measured, old.bytes + now.bytes);
  return judge(own, measured, [faster(COMPARE, 5), smaller(COMPARE)]);
}

const COMPARE = 'ldns-compare-zones';

/** Zones that a process each is started for, enough to tell what one takes. */
const FEW = 200;
const EACH_ALONE = `named-checkzone, ${FEW} zones in a loop`;

/** The checks that servers do of all zones of their configuration. */
function serverChecks(folder: string, origins: readonly string[]): Program[] {
  mkdirSync(FOLDER, { recursive: true });
  const [knotc, checkconf] = [findTool('knotc'), findTool('named-checkconf')];
  const programs: Program[] = [];
  if (knotc !== undefined) {
    const file = join(FOLDER, `knot-${origins.length}.conf`);
    const zones = origins.map((origin) => `  - domain: "${origin}"\n`).join('');
    writeFileSync(file, `template:\n  - id: default\n    storage: "${folder}"\n    file: "%s.zone"\nzone:\n${zones}`);
    programs.push({ name: 'knotc zone-check', command: knotc, args: ['-c', file, 'zone-check'] });
  }
  if (checkconf !== undefined) {
    const file = join(FOLDER, `named-${origins.length}.conf`);
    const zones = origins.map((origin) => `zone "${origin}" { type primary; file "${folder}/${origin}.zone"; };\n`);
    writeFileSync(file, zones.join(''));
    programs.push({ name: 'named-checkconf -z', command: checkconf, args: ['-z', file] });
  }
  const [checkzone, bash] = [findTool('named-checkzone'), findTool('bash')];
  if (checkzone !== undefined && bash !== undefined) {
    const loop = 'for zone; do "$0" -q -i local "$zone" "$folder/$zone.zone" || exit; done';
    const args = ['-c', `folder=$1; shift; ${loop}`, checkzone, folder, ...origins.slice(0, FEW)];
    programs.push({ name: EACH_ALONE, command: bash, args });
  }
  return programs;
}

/** What cannot be measured on this machine, one line each. */
export function limits(): readonly string[] {
  return knowsPeak ? [] : ['peak memory is not measured: /usr/bin/time is missing (time)'];
}
