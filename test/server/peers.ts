import { createSocket, type Socket } from 'node:dgram';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed, knot, nsd, realServer } from '../net/real-dns.ts';

/** Zone texts by origin, without final dot. */
export type Texts = Readonly<Record<string, string>>;

/** Another server with the same zones: sends octets, resolves with the octets that come back, undefined when none do. */
export interface Peer extends AsyncDisposable {
  readonly name: string;
  ask(octets: Uint8Array): Promise<Uint8Array | undefined>;
}

type Program = Parameters<typeof realServer>[0];

function bind(texts: Texts): Program {
  const [first = ''] = Object.keys(texts);
  return {
    command: '/usr/sbin/named',
    args: (configuration) => ['-g', '-n', '1', '-c', configuration],
    configuration: (folder, port) => `
options {
  directory "${folder}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none;
  recursion no; minimal-responses yes; max-udp-size 4096; edns-udp-size 4096; notify no; session-keyfile none;
  check-integrity no; check-names primary ignore; check-mx ignore; check-mx-cname ignore; check-srv-cname ignore;
  check-wildcard no; check-sibling no; dnssec-validation no; empty-zones-enable no; servfail-ttl 0; zero-no-soa-ttl no; minimal-any yes;
  request-nsid no; answer-cookie no; rate-limit { responses-per-second 0; }; disable-algorithms "." { };
};
controls { };
${zoneFiles(folder, texts, (origin, file) => `zone "${origin}" { type primary; file "${file}"; };`)}
`,
    ready: `${first}.`,
  };
}

function nsdWith(texts: Texts): Program {
  const [first = ''] = Object.keys(texts);
  const program = nsd(first);
  return {
    ...program,
    configuration: (folder, port) => `${program
      .configuration(folder, port)
      .replace(/zone:[\s\S]*$/, '')
      .replace(
        'server:',
        'server:\n  minimal-responses: yes\n  ipv4-edns-size: 4096\n  server-count: 1\n  rrl-ratelimit: 0',
      )}
${zoneFiles(folder, texts, (origin, file) => `zone:\n  name: ${origin}\n  zonefile: ${file}`)}
`,
  };
}

function knotWith(texts: Texts): Program {
  const [first = ''] = Object.keys(texts);
  const program = knot(first);
  return {
    ...program,
    configuration: (folder, port) => `${program
      .configuration(folder, port)
      .replace(/zone:[\s\S]*$/, '')
      .replace(
        'server:',
        'server:\n  udp-max-payload: 4096\n  udp-workers: 1\n  tcp-workers: 1\n  background-workers: 1',
      )}
zone:
${zoneFiles(folder, texts, (origin, file) => `  - domain: ${origin}\n    file: "${file}"\n    zonefile-sync: -1\n    zonefile-load: whole\n    journal-content: none`)}
`,
  };
}

function zoneFiles(folder: string, texts: Texts, entry: (origin: string, file: string) => string): string {
  mkdirSync(folder, { recursive: true });
  return Object.entries(texts)
    .map(([origin, text]) => {
      const file = join(folder, `${origin}.zone`);
      writeFileSync(file, text);
      return entry(origin, file);
    })
    .join('\n');
}

const PROGRAMS: Readonly<Record<string, (texts: Texts) => Program>> = { BIND: bind, NSD: nsdWith, Knot: knotWith };

/** The names of those that are not here. */
export function missing(): string[] {
  return Object.entries(PROGRAMS)
    .filter(([, program]) => !installed(program({ '.': '' }).command))
    .map(([name]) => name);
}

/** Starts all that are here with the same zones. */
export async function peersWith(texts: Texts): Promise<Peer[]> {
  const absent = missing();
  const present = Object.entries(PROGRAMS).filter(([name]) => !absent.includes(name));
  const starting = await Promise.allSettled(present.map(([name, program]) => peer(name, program(texts))));
  const started = starting.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const failed = starting.find((each) => each.status === 'rejected');
  if (failed === undefined) return started;
  await Promise.all(started.map((each) => each[Symbol.asyncDispose]()));
  throw failed.reason;
}

async function peer(name: string, program: Program): Promise<Peer> {
  const server = await realServer(program);
  const socket = createSocket('udp4');
  const waiting = new Map<number, (octets: Uint8Array) => void>();
  socket.on('message', (octets) => waiting.get(octets.readUInt16BE(0))?.(octets));
  return {
    name,
    ask: (octets: Uint8Array) => asked(socket, server.port, octets, waiting),
    [Symbol.asyncDispose]: async () => {
      socket.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function asked(
  socket: Socket,
  port: number,
  octets: Uint8Array,
  waiting: Map<number, (octets: Uint8Array) => void>,
): Promise<Uint8Array | undefined> {
  const id = ((octets[0] ?? 0) << 8) | (octets[1] ?? 0);
  for (let tries = 0; tries < 3; tries++) {
    const got = await new Promise<Uint8Array | undefined>((resolve) => {
      const patience = setTimeout(() => resolve(undefined), 1000);
      waiting.set(id, (reply) => {
        clearTimeout(patience);
        resolve(reply);
      });
      socket.send(octets, port, '127.0.0.1');
    });
    waiting.delete(id);
    if (got !== undefined) return got;
  }
  return undefined;
}
