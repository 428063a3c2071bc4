import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Hostile, hostileText } from './hostile.ts';
import { findTool } from './peers.ts';
import { Random } from './random.ts';
import { type Write, writeHosts, writeMailHoster, writeRegistry } from './zones.ts';

/** A generated zone file. */
export interface Input {
  readonly title: string;
  /** Name of the zone, without the final dot. */
  readonly origin: string;
  readonly file: string;
  readonly bytes: number;
}

/** Where generated inputs lie; what is there already is taken as it is. */
export const FOLDER: string = resolve('.bench/inputs');

/** Input a: the delegations of a registry. */
export function registry(records: number): Input {
  return generated('registry', 'zz', records, (write) => writeRegistry(records, write));
}

/** Input b: a mail hoster. */
export function mailHoster(records: number): Input {
  const origin = 'mailhost.example';
  return generated('mail hoster', origin, records, (write) => writeMailHoster(records, origin, 0, write));
}

/** The same zone with another address in every hundredth A record. */
export function changed({ title, origin, file }: Input): Input {
  const other = `${file}.changed`;
  if (!existsSync(other)) {
    let count = 0;
    const text = readFileSync(file, 'latin1').replace(
      /( A (?:\d+\.){3})(\d+)$/gmu,
      (whole, start: string, last: string) => (++count % 100 === 0 ? `${start}${(Number(last) + 1) % 256}` : whole),
    );
    writeFileSync(`${other}.part`, text, 'latin1');
    renameSync(`${other}.part`, other);
  }
  return input(title, origin, other);
}

/** Plain hosts, of which a fifth has more than addresses. */
export function hosts(records: number): Input {
  const origin = 'signed.example';
  return generated('hosts', origin, records, (write) => writeHosts(records, origin, write));
}

/** Input c: hosts, signed with NSEC3 by the tools of BIND or ldns; undefined when none of them is installed. */
export function signedHosts(records: number): Input | undefined {
  const plain = hosts(records);
  const { origin } = plain;
  const file = `${plain.file}.signed`;
  if (!existsSync(file) && !sign(plain, file)) return undefined;
  return { title: `signed zone, NSEC3, of ${count(records)} records`, origin, file, bytes: statSync(file).size };
}

/** Input d: a folder of small mail zones, and their names. */
export function smallZones(zones: number): { readonly folder: string; readonly origins: readonly string[] } {
  const folder = join(FOLDER, `small-${zones}`);
  const random = new Random(4);
  const origins = Array.from({ length: zones }, (_, index) => `${random.word(index)}.example`);
  if (existsSync(folder)) return { folder, origins };
  const fresh = `${folder}.part`;
  mkdirSync(fresh, { recursive: true });
  for (const [index, origin] of origins.entries()) {
    const pieces: string[] = [];
    writeMailHoster(28, origin, index, (text) => pieces.push(text));
    writeFileSync(join(fresh, `${origin}.zone`), pieces.join(''));
  }
  renameSync(fresh, folder);
  return { folder, origins };
}

/** The first lines of a mail hoster's zone: about `lines` lines with whole entries. */
export function tinyZone(lines: number): Input {
  const pieces: string[] = [];
  writeMailHoster(lines, 'tiny.example', 1, (text) => pieces.push(text));
  return written('tiny.zone', 'tiny.example', Buffer.from(pieces.join('')));
}

/** A hostile input of about `size` octets; it takes the place of the one before of that size. */
export function hostile(kind: Hostile, size: number): Input {
  return written(`hostile-${size}.zone`, 'hostile.example', hostileText(kind, size), kind.name);
}

function generated(kind: string, origin: string, records: number, make: (write: Write) => number): Input {
  const file = join(FOLDER, `${kind.replace(' ', '-')}-${records}.zone`);
  if (!existsSync(file)) writeZone(file, make);
  return input(`${kind}, ${count(records)} records`, origin, file);
}

/** Writes by pieces, so that a zone larger than a string can be is no trouble. */
function writeZone(file: string, make: (write: Write) => number): void {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.part`;
  const target = openSync(part, 'w');
  let pieces: string[] = [];
  let length = 0;
  const flush = (): void => {
    writeSync(target, pieces.join(''));
    pieces = [];
    length = 0;
  };
  make((text) => {
    pieces.push(text);
    length += text.length;
    if (length > 1 << 20) flush();
  });
  flush();
  closeSync(target);
  renameSync(part, file);
}

function written(name: string, origin: string, bytes: Buffer, title = name): Input {
  const file = join(FOLDER, name);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, bytes);
  return input(title, origin, file);
}

function input(title: string, origin: string, file: string): Input {
  return { title, origin, file, bytes: statSync(file).size };
}

function count(records: number): string {
  return records.toLocaleString('en');
}

/** Signs with keys of this run and signatures that stay valid for years. */
function sign({ file, origin }: Input, output: string): boolean {
  const keys = join(dirname(file), `keys-${basename(file)}`);
  rmSync(keys, { recursive: true, force: true });
  mkdirSync(keys, { recursive: true });
  const [keygen, signer] = [findTool('dnssec-keygen'), findTool('dnssec-signzone')];
  const part = `${output}.part`;
  if (keygen !== undefined && signer !== undefined) {
    for (const flags of [[], ['-f', 'KSK']]) run(keygen, ['-q', '-a', '13', '-K', keys, ...flags, origin], keys);
    const dates = ['-s', '20260101000000', '-e', '20450101000000'];
    run(signer, ['-q', '-S', '-3', '-', '-H', '0', ...dates, '-K', keys, '-o', origin, '-f', part, file], keys);
    renameSync(part, output);
    return true;
  }
  const [ldnsKeygen, ldnsSigner] = [findTool('ldns-keygen'), findTool('ldns-signzone')];
  if (ldnsKeygen === undefined || ldnsSigner === undefined) return false;
  const key = run(ldnsKeygen, ['-a', '13', '-k', origin], keys).trim();
  run(ldnsSigner, ['-n', '-e', '20450101000000', '-o', origin, '-f', part, file, join(keys, key)], keys);
  renameSync(part, output);
  return true;
}

function run(command: string, args: readonly string[], folder: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${basename(command)} ended with ${status}: ${stderr.trim()}`);
  return stdout;
}
