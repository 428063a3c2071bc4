import type { GivenCertificate } from '../../lib/certs/load.ts';
import { certificateNames } from '../../lib/certs/names.ts';
import type { TrustStore } from '../../lib/certs/trust.ts';
import { validatePath } from '../../lib/certs/validate-path.ts';
import { type CertificateOnDisk, type ProbedPlace, servedCertificates } from '../../lib/net/probe-place.ts';
import type { ProbeQuestion, ProbeStep, ProbeWorld } from '../../lib/net/probe-result.ts';
import { probeHost } from '../../lib/net/smtp-probe.ts';
import type { ClientCertificate } from '../../lib/net/tls-socket.ts';
import type { Visit } from './visits.ts';

/** How places are looked at, the same for all of them. */
export interface Manner {
  readonly ehlo: string;
  readonly sni: string | undefined;
  /** Milliseconds of one step. */
  readonly timeout: number;
  readonly client: ClientCertificate | undefined;
  readonly ports: ReadonlyMap<number, number>;
  readonly trust: TrustStore;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Certificates of a source, to compare with those shown; undefined when none was given. */
  readonly onDisk: readonly GivenCertificate[] | undefined;
  readonly world: Omit<ProbeWorld, 'told'>;
  /** Hears what is being done, and how many places are done. */
  told(visit: Visit, step: ProbeStep): void;
}

/** Hosts looked at at the same time; the ports of one host follow each other. */
const MOST_AT_ONCE = 4;

/** Steps that fit into the time of a whole place. */
const STEPS_IN_ALL = 6;

/** Looks at every place; what comes back is in the order of the visits. */
export async function lookAtAll(visits: readonly Visit[], manner: Manner): Promise<ProbedPlace[]> {
  const places: ProbedPlace[] = [];
  const hosts = [...new Set(visits.map(({ host }) => host))];
  const worker = async (): Promise<void> => {
    for (let host = hosts.shift(); host !== undefined; host = hosts.shift()) {
      for (const [index, visit] of visits.entries())
        if (visit.host === host) places[index] = await lookAt(visit, manner);
    }
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, worker));
  return places;
}

async function lookAt(visit: Visit, manner: Manner): Promise<ProbedPlace> {
  const { host, port, wanted, addresses, otherNames, ...rest } = visit;
  const { timeout: step, client, sni, ports, ehlo } = manner;
  const question: ProbeQuestion = {
    host,
    addresses,
    port: ports.get(port) ?? port,
    mode: wanted ?? 'auto',
    ...(sni === undefined ? {} : { sni }),
    otherNames,
    ehlo,
    timeouts: { connect: step, step, total: step * STEPS_IN_ALL },
    ...(client === undefined ? {} : { client }),
  };
  const result = await probeHost(question, { ...manner.world, told: (each) => manner.told(visit, each) });
  const [leaf, ...others] = servedCertificates(result);
  const { trust, now } = manner;
  const path = leaf && validatePath({ leaf, others, trust, role: 'server', eku: 'accept-server-auth', now });
  const onDisk = manner.onDisk && filesFor(host, port, manner.onDisk);
  return {
    ...rest,
    host,
    port,
    wanted: wanted ?? (result.speaks === 'tls' ? 'implicit' : 'starttls'),
    result,
    ...(leaf === undefined ? {} : { leaf }),
    ...(path === undefined ? {} : { path }),
    ...(onDisk === undefined ? {} : { onDisk }),
  };
}

/** The certificates that a source binds to a host, or without any binding those that name it. */
function filesFor(host: string, port: number, certificates: readonly GivenCertificate[]): readonly CertificateOnDisk[] {
  return certificates
    .filter(({ roles, binding, facts }) => {
      if (roles.length > 0 && !roles.includes('server')) return false;
      if (binding.ports !== undefined && !binding.ports.includes(port)) return false;
      return (binding.hosts ?? certificateNames(facts).names).includes(host);
    })
    .map(({ file, facts }) => ({ file, fingerprint: facts.fingerprintSha256, serial: facts.serialHex }));
}
