import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nameFromText } from '../../lib/rr/name.ts';
import { CLASSES, TYPE } from '../../lib/rr/types.ts';
import { encodeMessage } from '../../lib/wire/encode.ts';
import { queryFor } from '../../lib/wire/message.ts';
import type { Context } from './context.ts';
import { hosts, type Input, registry } from './inputs.ts';
import { median } from './measure.ts';
import { findTool } from './peers.ts';
import { Random } from './random.ts';
import { type Job, type Load, type ServeFigures, type ServerProgram, serverPeers } from './serve-servers.ts';
import { atLeast, atMost, inSeconds, table, times, type Verdict } from './table.ts';

/** Records of the zone with 10,000 names, and of the large one. */
const SMALL = 24_500;
const LARGE = 1_000_000;
const SECONDS = 5;
const WARM = 2;
const QUERIES = 100_000;
/** Of a hundred queries so many are for names that do not exist, no two alike. */
const ABSENT = 11;
/** How far the shares of RCODEs may be off. */
const SLACK = 0.01;

const ECHO = 'bare echo in Node';
const OURS = 'zonewright serve';
const ALL_ON = 'zonewright serve, log, faults, history';

const FAULTS = `seed: 1
faults:
  - { id: absent, match: { suffix: elsewhere.example }, action: { rcode: REFUSED } }
  - { id: slow, match: { type: SRV, transport: udp }, action: { delay: 50 } }
  - { id: rare, match: { type: TXT }, trigger: { probability: 0.01 }, action: { ttl: 5 } }
`;

/** Answers a second of a small zone, over UDP. */
export function serveUdp(context: Context): readonly Verdict[] {
  // By processor time, as the machine may have other work.
  return underLoad(context, 'udp', perCpuSecond, (results) => [
    ...atLeastOf(results, OURS, ECHO, 0.85),
    ...atLeastOf(results, OURS, 'BIND', 0.9),
    ...atLeastOf(results, ALL_ON, OURS, 0.6),
  ]);
}

/** The same over TCP. */
export function serveTcp(context: Context): readonly Verdict[] {
  // By the clock: how many messages a piece has decides more than anything else about the time an echo takes.
  return underLoad(context, 'tcp', perSecond, (results) => {
    const fastest = Math.max(...['NSD', 'Knot', 'BIND'].map((name) => results.get(name) ?? 0));
    const ours = results.get(OURS);
    return [
      ...atLeastOf(results, OURS, ECHO, 0.7),
      ...(ours === undefined || fastest === 0 ? [] : [atLeast('against the fastest C server', ours / fastest, 1.5)]),
      ...atLeastOf(results, ALL_ON, OURS, 0.6),
    ];
  });
}

/** From the start to the first answer, small zone. */
export function serveStart(context: Context): readonly Verdict[] {
  const results = started(context, hosts(scaled(SMALL, context)));
  return compared(results, 'NSD', (ours, other) => [atMost('first answer, of NSD', ours.start / other.start, 2.5)]);
}

/** The same with a large zone, and what it takes of memory. */
export function serveLarge(context: Context): readonly Verdict[] {
  const results = started(context, registry(scaled(LARGE, context)));
  return [
    ...compared(results, 'NSD', (ours, other) => [
      atLeast('start against NSD', other.start / ours.start, 2),
      atMost('memory of NSD', ours.memory / other.memory, 1),
    ]),
    ...compared(results, 'Knot', (ours, other) => [atLeast('start against Knot', other.start / ours.start, 2)]),
  ];
}

function scaled(records: number, { size }: Context): number {
  return Math.max(100, Math.round(records * size));
}

/** The runs of one server. */
interface Result {
  readonly name: string;
  readonly runs: readonly ServeFigures[];
}

/** What servers are compared by; none for those that failed. */
type Rates = ReadonlyMap<string, number>;

const perSecond = (runs: readonly ServeFigures[]): number => Math.max(...runs.map((run) => run.perSecond ?? 0));
const perCpuSecond = (runs: readonly ServeFigures[]): number => Math.max(...runs.map((run) => run.perCpuSecond ?? 0));

function underLoad(
  context: Context,
  transport: Load['transport'],
  rateOf: (runs: readonly ServeFigures[]) => number,
  judge: (rates: Rates) => Verdict[],
): readonly Verdict[] {
  if (findTool('dnsperf') === undefined || findTool('taskset') === undefined) {
    context.print('  left out: load needs dnsperf (dnsperf) and taskset (util-linux)');
    return [];
  }
  const zone = hosts(scaled(SMALL, context));
  const load = { transport, seconds: SECONDS, warm: WARM, queries: queriesOf(zone) };
  const echo: ServerProgram = { name: ECHO, start: [process.execPath, context.helper('echo'), '%PORT%'], echoes: true };
  const all = [ours(context, OURS, zone), withAllOn(context, zone), echo, ...others(context, zone)];
  context.print(
    `  ${zone.title}, ${ABSENT} % NXDOMAIN, server on one core, load on the other, ${context.rounds} rounds`,
  );
  const results = rounds(context, all, (server) => ({ server, load, question: soaQuery(zone) }));
  const good = results.filter(({ runs }) => !runs.some(({ failure }) => failure !== undefined));
  const rates = new Map(good.map(({ name, runs }) => [name, rateOf(runs)]));
  const rows = results.map(({ name, runs }) => {
    const failure = runs.find((each) => each.failure !== undefined)?.failure;
    if (failure !== undefined) return [name, '–', '–', '–', failure];
    const ratio = (rates.get(OURS) ?? Number.NaN) / (rates.get(name) ?? Number.NaN);
    return [name, perSecond(runs).toFixed(0), perCpuSecond(runs).toFixed(0), times(ratio), ''];
  });
  context.print(table(['server', 'best answers/s', 'per CPU second', 'ours to it', ''], rows));
  return judge(rates);
}

function withAllOn(context: Context, zone: Input): ServerProgram {
  const more = ['--log', 'text', '--faults', '%DIR%/faults', '--control', '127.0.0.1:0'];
  return { ...ours(context, ALL_ON, zone, more), files: { faults: FAULTS } };
}

function ours(context: Context, name: string, { file }: Input, more: readonly string[] = []): ServerProgram {
  const { command, args } = context.zonewright(name, ['serve', file, '--listen', '127.0.0.1:%PORT%', ...more]);
  return { name, start: [command, ...args] };
}

function others({ print }: Context, zone: Input): ServerProgram[] {
  return serverPeers(zone).flatMap(({ name, install, program }) => {
    if (program === undefined) print(`  not here: ${name} (${install})`);
    return program ?? [];
  });
}

/** Runs all in turn, round by round. */
function rounds(context: Context, servers: readonly ServerProgram[], job: (server: ServerProgram) => Job): Result[] {
  const results = servers.map(({ name }) => ({ name, runs: [] as ServeFigures[] }));
  for (let round = 0; round < context.rounds; round++) {
    for (const [index, server] of servers.entries()) {
      const runs = results[index]?.runs ?? [];
      if (!runs.some(({ failure }) => failure !== undefined)) runs.push(run(context, job(server)));
    }
  }
  return results;
}

function run(context: Context, job: Job): ServeFigures {
  const pinned = job.load === undefined ? [] : ['taskset', '-c', '1'];
  const [command = '', ...args] = [...pinned, process.execPath, context.helper('serve-run'), JSON.stringify(job)];
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 200_000 });
  const figures =
    stdout === '' ? { failure: stderr.trim().replace(/\s+/gu, ' ').slice(-100) } : (JSON.parse(stdout) as ServeFigures);
  if (job.load === undefined || job.server.echoes || figures.failure !== undefined) return figures;
  const { nxdomain = 0, failed = 1 } = figures;
  if (failed > 0 || Math.abs(nxdomain - ABSENT / 100) > SLACK) {
    return {
      failure: `wrong answers: ${(nxdomain * 100).toFixed(1)} % NXDOMAIN, ${(failed * 100).toFixed(1)} % failed`,
    };
  }
  return figures;
}

function atLeastOf(rates: Rates, name: string, other: string, needed: number): Verdict[] {
  const [one, two] = [rates.get(name), rates.get(other)];
  if (one === undefined) return [{ says: `${name}: no figures  MISSED`, reached: false }];
  return two === undefined ? [] : [atLeast(`${name} against ${other}`, one / two, needed)];
}

function started(context: Context, zone: Input): readonly Result[] {
  context.print(`  ${zone.title}, ${(zone.bytes / 1e6).toFixed(1)} MB, ${context.rounds} rounds`);
  const servers = [ours(context, OURS, zone), ...others(context, zone)];
  const results = rounds(context, servers, (server) => ({ server, question: soaQuery(zone) }));
  const rows = results.map(({ name, runs }) => {
    const failure = runs.find((each) => each.failure !== undefined)?.failure;
    if (failure !== undefined) return [name, '–', '–', '–', failure];
    const seconds = runs.map(({ firstAnswer = Number.NaN }) => firstAnswer);
    const memory = Math.max(...runs.map(({ memory: octets = 0 }) => octets));
    return [name, inSeconds(median(seconds)), inSeconds(Math.min(...seconds)), (memory / 1e6).toFixed(0), ''];
  });
  context.print(table(['server', 'first answer, median s', 'min s', 'memory MB', ''], rows));
  return results;
}

function compared(
  results: readonly Result[],
  name: string,
  verdicts: (ours: { start: number; memory: number }, other: { start: number; memory: number }) => Verdict[],
): Verdict[] {
  const of = (wanted: string): { start: number; memory: number } | undefined => {
    const runs = results.find((each) => each.name === wanted)?.runs ?? [];
    if (runs.length === 0 || runs.some(({ failure }) => failure !== undefined)) return undefined;
    return {
      start: Math.min(...runs.map(({ firstAnswer = Number.NaN }) => firstAnswer)),
      memory: Math.max(...runs.map(({ memory = Number.NaN }) => memory)),
    };
  };
  const [own, other] = [of(OURS), of(name)];
  if (own === undefined) return [{ says: `${OURS}: no figures  MISSED`, reached: false }];
  return other === undefined ? [] : verdicts(own, other);
}

function soaQuery({ origin }: Input): string {
  const read = nameFromText(`${origin}.`);
  if (!('name' in read)) throw new Error(`no name: ${origin}`);
  const encoded = encodeMessage(queryFor({ name: read.name, type: TYPE.SOA, class: CLASSES.IN }, 1));
  if (!('bytes' in encoded)) throw new Error(encoded.problem.code);
  return Buffer.from(encoded.bytes).toString('hex');
}

/** The file of queries for a zone of hosts: all types that are there and some that are not. */
function queriesOf({ file, origin }: Input): string {
  const queries = resolve(`${file}.queries`);
  if (existsSync(queries)) return queries;
  const random = new Random(6);
  const owners = Array.from(readFileSync(file, 'latin1').matchAll(/^(\w\S*) IN A /gmu), ([, owner = '']) => owner);
  const lines = Array.from({ length: QUERIES }, (_, index) => {
    const absent = index % 100 < ABSENT;
    const owner = absent ? `${random.word(index)}-x${index}` : owners[random.below(owners.length)];
    return `${owner}.${origin} ${random.pick(['A', 'A', 'A', 'AAAA', 'MX', 'TXT'])}\n`;
  });
  writeFileSync(queries, lines.join(''));
  return queries;
}
