import { type ListenAt, SERVE_LIMITS, type ServeLimits, type TlsIdentity } from '../net/serve-options.ts';
import { clientCheck, clientList } from '../server/client-list.ts';
import type { ServerOptions, Transport } from '../server/exchange.ts';
import type { Fault } from '../server/faults/fault.ts';
import { SeededRandom } from '../server/faults/random.ts';
import type { Rotation } from '../server/record-order.ts';
import type { TsigKey } from '../wire/tsig-keys.ts';
import type { Clock } from './clock.ts';
import type { SignOption } from './signing.ts';
import type { LintLevel, ZoneSource } from './zone-source.ts';

/** Where a server listens. */
export interface ListenOption {
  /** An IPv4 or IPv6 address, 127.0.0.1 unless given. */
  readonly host?: string;
  /** Any that is free unless given; UDP and TCP have the same. */
  readonly port?: number;
  /** UDP and TCP unless given. */
  readonly transports?: readonly Transport[];
  /** Whether other servers that want it too may listen at the same port; needs Node 22.12 or later. */
  readonly reusePort?: boolean;
}

/** What happens to queries for names of no zone. */
export type Unmatched = 'refuse' | 'fail-test' | UpstreamOption | ReplayOption;

/** Another server that is asked. */
export interface UpstreamOption {
  /** Its address, with a port when that is not 53. */
  readonly upstream: string;
  /** Gets a line, its end included, for each answer that another one of the same question did not say before. */
  readonly record?: (line: string) => void;
}

/** Answers that were recorded before, by `record` or by `zonewright serve --record`. */
export interface ReplayOption extends Partial<UpstreamOption> {
  /** The text of a recording, or several. */
  readonly replay: string | readonly string[];
}

/** What a server of a test is started with. */
export interface DnsServerOptions {
  /** Zones as templates, as texts with their names, or read already; or texts by name. */
  readonly zones?: readonly ZoneSource[] | Readonly<Record<string, string>>;
  readonly listen?: ListenOption | readonly ListenOption[];
  /** A certificate with its key in PEM, for TLS and HTTPS; one that is made when none is given. */
  readonly tls?: TlsIdentity;
  /** `read` unless given: every record can be read and lies in its zone. */
  readonly lint?: LintLevel;
  /**
   * `refuse` unless given. With `fail-test`, `verify` and the end of `await using` throw with the list of them; with
   * `upstream`, that server is asked; with `replay`, what was recorded is answered, and the rest is refused or asked of
   * `upstream` when both are given.
   */
  readonly unmatched?: Unmatched;
  /** Order of the records of each RRset in answers: that of the zone unless given; `random` draws one with the seed. */
  readonly rotate?: Rotation;
  /** Of everything left to chance, 1 unless given. */
  readonly seed?: number;
  /** The clock of the machine unless a fake one is given. */
  readonly clock?: 'real' | Clock;
  readonly answers?: ServerOptions;
  /** Who gets answers: `loopback`, `key`, `none`, addresses, prefixes such as `192.0.2.0/24`; all unless given. */
  readonly allowQuery?: readonly string[];
  /**
   * Whether queries and updates over UDP that no key signs have to show a cookie of this server: BADCOOKIE when not, TC
   * without any (RFC 7873 §5.2).
   */
  readonly requireCookie?: boolean;
  /** Queries that are remembered, 10000 unless given. */
  readonly history?: number;
  /** Rules as data, such as those of a file. */
  readonly faults?: readonly Fault[];
  /**
   * Signs zones as they are served, with signatures that hold for two weeks of the server's clock; those that are signed
   * already stay as they are. `trustAnchors` and `unboundStub` of the server then say how they are validated.
   */
  readonly sign?: SignOption;
  /** Whether clients may change zones (RFC 2136); not unless told so. */
  readonly updates?: boolean;
  /** Keys of clients that sign what they send (RFC 8945). */
  readonly keys?: readonly TsigKey[];
  readonly limits?: Partial<ServeLimits>;
}

const BOTH: readonly Transport[] = ['udp', 'tcp'];

/** The places that options name, one for each transport. */
export function placesOf(listen: DnsServerOptions['listen'] = {}): ListenAt[] {
  const options = Array.isArray(listen) ? (listen as readonly ListenOption[]) : [listen as ListenOption];
  return options.flatMap(({ host: address = '127.0.0.1', port = 0, transports = BOTH, reusePort = false }) =>
    transports.map((transport) => ({ transport, address, port, reusePort })),
  );
}

/** The zones of the options one by one. */
export function sourcesOf(zones: DnsServerOptions['zones'] = []): readonly ZoneSource[] {
  if (Array.isArray(zones)) return zones as readonly ZoneSource[];
  return Object.entries(zones as Readonly<Record<string, string>>).map(([origin, text]) => ({ origin, text }));
}

/** What answers are made with. */
export function answersOf({ answers, allowQuery, requireCookie, seed = 1 }: DnsServerOptions): ServerOptions {
  const random = new SeededRandom(seed, 'cookies');
  const cookieSecrets = [Uint8Array.from({ length: SECRET_OCTETS }, () => random.below(256))];
  return {
    keepAlive: SERVE_LIMITS.idle,
    ...(allowQuery && { mayQuery: mayQuery(allowQuery) }),
    ...(requireCookie && { requireCookie, cookieSecrets }),
    ...answers,
  };
}

/** Octets of a secret that cookies are made with (RFC 9018 §4). */
const SECRET_OCTETS = 16;

function mayQuery(allowed: readonly string[]): NonNullable<ServerOptions['mayQuery']> {
  const list = clientList(allowed);
  if ('problem' in list) throw new Error(`allowQuery ${list.problem}`);
  return clientCheck(list);
}
