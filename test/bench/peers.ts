import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Program } from './measure.ts';

/** Another program that reads a zone file. */
export interface Peer {
  readonly name: string;
  /** What to install when it is missing. */
  readonly install: string;
  /** How to start it, undefined when it is not installed. */
  readonly start: readonly string[] | undefined;
  /** Exit codes that mean the whole file was read; 0 alone unless said. */
  readonly done?: readonly number[];
  /** Arguments to read the zone file `file` of the zone `origin` (without the final dot). */
  args(origin: string, file: string): readonly string[];
}

/** Where the helper programs of the bench lie once they are built. */
export interface Helpers {
  /** Reads a zone with an npm parser. */
  readonly npm: string;
  /** Reads a zone with the Go package miekg/dns, undefined when it could not be built. */
  readonly miekg: string | undefined;
}

/** All known programs that read one zone file, installed or not. */
export function zonePeers({ npm, miekg }: Helpers): readonly Peer[] {
  return [
    tool('named-checkzone', 'bind9-utils', (origin, file) => ['-q', '-i', 'local', origin, file]),
    tool('named-compilezone', 'bind9-utils', (origin, file) => ['-q', '-i', 'none', '-o', '/dev/null', origin, file]),
    tool('kzonecheck', 'knot-dnsutils', (origin, file) => ['-o', `${origin}.`, file]),
    tool('nsd-checkzone', 'nsd', (origin, file) => [origin, file]),
    // Validns does not know CAA, says so and goes on.
    { ...tool('validns', 'validns', (origin, file) => ['-q', '-z', `${origin}.`, file]), done: [0, 1] },
    tool('ldns-read-zone', 'ldnsutils', (_, file) => [file]),
    {
      name: 'miekg/dns',
      install: 'golang-go and golang-github-miekg-dns-dev',
      start: miekg === undefined ? undefined : [miekg],
      args: (origin, file) => [`${origin}.`, file],
    },
    ...['dnsz', 'dns-zonefile'].map((name) => ({
      name: `npm ${name}`,
      install: name,
      start: existsSync(join('node_modules', name)) ? [process.execPath, npm, name] : undefined,
      args: (_: string, file: string) => [file],
    })),
    { name: 'simdzone', install: 'a build of NLnetLabs/simdzone: not packaged', start: undefined, args: () => [] },
  ];
}

function tool(name: string, install: string, args: Peer['args']): Peer {
  const path = findTool(name);
  return { name, install, start: path === undefined ? undefined : [path], args };
}

/** Path of an installed program: on PATH or where servers are kept. */
export function findTool(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The peer at work on one zone file; undefined when it is not installed. */
export function peerProgram(peer: Peer, origin: string, file: string): Program | undefined {
  const [command, ...before] = peer.start ?? [];
  if (command === undefined) return undefined;
  const done = peer.done ?? [0];
  return { name: peer.name, command, args: [...before, ...peer.args(origin, file)], done };
}

/** Builds the reader that uses miekg/dns from Debian's source package; undefined when Go or the package is missing. */
export function buildMiekg(source: string, output: string): string | undefined {
  if (existsSync(output)) return output;
  const go = findTool('go');
  if (go === undefined) return undefined;
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' };
  const { status } = spawnSync(go, ['build', '-o', output, source], { env, stdio: 'ignore' });
  return status === 0 ? output : undefined;
}
