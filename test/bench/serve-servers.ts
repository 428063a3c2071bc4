import { findTool } from './peers.ts';

/** A server to start; `%PORT%` and `%DIR%` stand for its port and the folder that its files are in. */
export interface ServerProgram {
  readonly name: string;
  readonly start: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** Sends queries back instead of answers. */
  readonly echoes?: true;
}

/** How a server is loaded. */
export interface Load {
  readonly transport: 'udp' | 'tcp';
  readonly seconds: number;
  readonly warm: number;
  /** File of lines with name and type. */
  readonly queries: string;
}

/** What is measured of one server in one run; without load the start alone. */
export interface Job {
  readonly server: ServerProgram;
  readonly load?: Load;
  /** The query whose first answer is waited for, as hexadecimal digits. */
  readonly question: string;
}

/** What came of it. */
export interface ServeFigures {
  readonly failure?: string;
  /** Seconds from the start to the first answer. */
  readonly firstAnswer?: number;
  /** Octets. */
  readonly memory?: number;
  readonly answers?: number;
  readonly perSecond?: number;
  /** Answers in a second of the server's own processor time. */
  readonly perCpuSecond?: number;
  readonly nxdomain?: number;
  readonly failed?: number;
}

/** The zone to serve. */
interface Served {
  readonly origin: string;
  readonly file: string;
}

/** A server by another name, undefined when it is not installed. */
export interface ServerPeer {
  readonly name: string;
  readonly install: string;
  readonly program: ServerProgram | undefined;
}

/** Other servers with one process or thread that answers, all logging off. */
export function serverPeers(zone: Served): readonly ServerPeer[] {
  return [nsd(zone), knot(zone), bind(zone)];
}

function nsd({ origin, file }: Served): ServerPeer {
  const conf = `server:
  ip-address: 127.0.0.1@%PORT%
  server-count: 1
  zonesdir: "%DIR%"
  pidfile: "%DIR%/pid"
  xfrdfile: "%DIR%/xfrd"
  zonelistfile: "%DIR%/zonelist"
  xfrdir: "%DIR%"
  database: ""
  username: ""
  minimal-responses: yes
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: ${origin}
  zonefile: "${file}"
`;
  return peer('NSD', 'nsd', 'nsd', (path) => [path, '-d', '-c', '%DIR%/conf'], conf);
}

function knot({ origin, file }: Served): ServerPeer {
  const conf = `server:
  rundir: "%DIR%"
  listen: 127.0.0.1@%PORT%
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
database:
  storage: "%DIR%"
zone:
  - domain: ${origin}
    file: "${file}"
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: none
`;
  return peer('Knot', 'knot', 'knotd', (path) => [path, '-c', '%DIR%/conf'], conf);
}

function bind({ origin, file }: Served): ServerPeer {
  const conf = `options {
  directory "%DIR%"; listen-on port %PORT% { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none; recursion no;
  minimal-responses yes; notify no; session-keyfile none; check-integrity no; check-names primary ignore;
  dnssec-validation no; empty-zones-enable no; tcp-clients 100;
};
controls { };
zone "${origin}" { type primary; file "${file}"; };
`;
  return peer('BIND', 'bind9', 'named', (path) => [path, '-f', '-n', '1', '-c', '%DIR%/conf'], conf);
}

function peer(
  name: string,
  install: string,
  tool: string,
  start: (path: string) => readonly string[],
  conf: string,
): ServerPeer {
  const path = findTool(tool);
  return { name, install, program: path === undefined ? undefined : { name, start: start(path), files: { conf } } };
}
