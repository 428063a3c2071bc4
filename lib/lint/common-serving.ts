import type { GivenCertificate } from '../certs/load.ts';
import { certificateNames } from '../certs/names.ts';
import type { PathFaultCode } from '../certs/path-faults.ts';
import { wireOf } from './common-certificates.ts';
import { NameIndex } from './common-name-index.ts';
import type { Facts } from './facts.ts';

/** The certificates a port of a host shows to those who connect, as far as those given tell. */
export interface Shown {
  /** By their index in facts.certificates; several where key types or a change of keys ask for it. */
  readonly certificates: readonly number[];
  /** Certificates for the same host that have expired while others have not. */
  readonly retired: readonly number[];
  /** Whether somebody said so: by a role for servers or by naming the host. */
  readonly said: boolean;
}

/** What to look for. */
export interface ServerPort {
  readonly host: Uint8Array;
  readonly port: number;
  /** Whether certificates whose ports nobody named are shown there. */
  readonly isMail: boolean;
}

/**
 * Which certificates a port of a host shows: those bound to it; else those for servers that name it; else those without a role
 * that name it; else those for servers with a wildcard over it.
 */
export function shownAt(facts: Facts, { host, port, isMail }: ServerPort): Shown {
  if (facts.certificates.length === 0) return NONE;
  const { bound, named, wildcards } = facts.once(serverIndex);
  const onPort = (index: number): boolean => facts.certificates[index]?.binding.ports?.includes(port) ?? isMail;
  const hasRole = (index: number): boolean => facts.certificates[index]?.roles.includes('server') === true;
  const byName = named.get(host).filter(onPort);
  const said = [...bound.get(host).filter(onPort), ...byName.filter(hasRole)];
  if (said.length > 0) return inUse(facts, said, true);
  if (byName.length > 0) return inUse(facts, byName, false);
  return inUse(facts, wildcards.getAbove(host).filter(onPort).filter(hasRole), true);
}

const NONE: Shown = { certificates: [], retired: [], said: false };

/** Of several certificates those that have expired are taken for the ones before; a lone one is what the host shows. */
function inUse(facts: Facts, indexes: readonly number[], said: boolean): Shown {
  const certificates = [...new Set(indexes)];
  if (certificates.length < 2) return { certificates, retired: [], said };
  const isOver = (index: number): boolean => facts.hasPassed(facts.certificates[index]?.facts.notAfter ?? 0);
  const valid = certificates.filter((index) => !isOver(index));
  return valid.length === 0
    ? { certificates, retired: [], said }
    : { certificates: valid, retired: certificates.filter((index) => !valid.includes(index)), said };
}

interface ServerIndex {
  readonly bound: NameIndex<number>;
  readonly named: NameIndex<number>;
  readonly wildcards: NameIndex<number>;
}

function serverIndex(facts: Facts): ServerIndex {
  const index = { bound: new NameIndex<number>(), named: new NameIndex<number>(), wildcards: new NameIndex<number>() };
  facts.certificates.forEach((given, at) => {
    if (!mayServe(given)) return;
    const { hosts } = given.binding;
    if (hosts !== undefined) addAll(index.bound, hosts, at);
    else {
      const { names } = certificateNames(given.facts);
      addAll(
        index.named,
        names.filter((name) => !name.startsWith('*.')),
        at,
      );
      addAll(
        index.wildcards,
        names.filter((name) => name.startsWith('*.')).map((name) => name.slice(2)),
        at,
      );
    }
  });
  return index;
}

function addAll(index: NameIndex<number>, names: readonly string[], at: number): void {
  for (const name of names) {
    const wire = wireOf(name);
    if (wire !== undefined) index.add(wire, at);
  }
}

/** Whether a certificate may be shown by a server: it is for servers, or nobody said what it is for. */
export function mayServe({ roles }: GivenCertificate): boolean {
  return roles.length === 0 || roles.includes('server');
}

/** Faults that say that a path ends below a trust anchor. */
const ENDS: ReadonlySet<PathFaultCode> = new Set(['issuer-missing', 'self-signed', 'too-long']);

/** Whether peers find no path from a certificate to a CA they trust: by the trust store, and without one when it is self-signed. */
export function isUntrusted(facts: Facts, certificate: number): boolean {
  const verdict = facts.pathOf(certificate, 'server');
  return verdict === undefined ? isSelfSigned(facts, certificate) : verdict.faults.some(({ code }) => ENDS.has(code));
}

/** Whether a certificate is signed by its own key, or says so and nobody can tell. */
export function isSelfSigned(facts: Facts, certificate: number): boolean {
  const given = facts.certificates[certificate]?.facts;
  return given?.selfIssued === true && given.selfSigned !== false;
}
