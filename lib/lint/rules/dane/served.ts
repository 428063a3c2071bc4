import {
  type Association as CertificateAssociation,
  associationOf as dataOf,
  matchesTlsa,
} from '../../../certs/tlsa.ts';
import { hexText } from '../../../rr/octets.ts';
import { TYPE } from '../../../rr/types.ts';
import { shownAt } from '../../common-serving.ts';
import { bareName } from '../../common-words.ts';
import type { Facts, MailDomain } from '../../facts.ts';
import { associationOf, tlsaName, tlsaOf } from './shared.ts';

/** A TLSA record that clients can use. */
export interface Usable extends CertificateAssociation {
  readonly record: number;
  readonly usage: number;
}

/** TLSA records of one owner with the certificates that the ports they are for show. */
export interface ServedSet {
  readonly records: readonly number[];
  /** Those clients can use; mail passes over usages 0 and 1 (RFC 7672 §3.1.3). */
  readonly usable: readonly Usable[];
  /** Certificates by their index; each must be matched by a record (RFC 7671 §8). */
  readonly certificates: readonly number[];
  /** Certificates of the same ports that have expired and have a successor. */
  readonly retired: readonly number[];
  /** Whether somebody said that these certificates are shown there. */
  readonly said: boolean;
  /** A mail domain with Client MX that leads to these hosts. */
  readonly optedIn: MailDomain | undefined;
}

/** The TLSA records of this zone for ports whose certificates are known, in file order of the ports. */
export function servedSets(facts: Facts): readonly ServedSet[] {
  return facts.certificates.length === 0 ? [] : facts.once(lookForSets);
}

/** Whether clients that connect to a host of the set take this certificate because of this record. */
export function isMatched(facts: Facts, usable: Usable, certificate: number): boolean {
  const given = facts.certificates[certificate];
  if (given === undefined || !matchesTlsa(usable, [given, ...given.chain], usable.usage)) return false;
  // RFC 6698 §2.1.1: usages 0 and 1 ask for a path to a public CA as well; unknown without a trust store.
  return usable.usage > 1 || facts.pathOf(certificate, 'server')?.valid !== false;
}

/** The RDATA of a record that associates a certificate, undefined when its octets are not at hand. */
export function rdataFor(facts: Facts, certificate: number, { usage, selector, matching }: Usable): string | undefined {
  const given = facts.certificates[certificate];
  const data = given && dataOf(given, { selector, matching });
  return data === undefined || data.length === 0 ? undefined : `${usage} ${selector} ${matching} ${hexText(data)}`;
}

interface Port {
  readonly host: Uint8Array;
  readonly port: number;
  readonly transport: string;
  isMail: boolean;
  /** A domain with Client MX that leads to it. */
  domain: MailDomain | undefined;
}

function lookForSets(facts: Facts): readonly ServedSet[] {
  const found = new Map<
    number,
    { records: readonly number[]; ports: (Port & { shown: ReturnType<typeof shownAt> })[] }
  >();
  for (const port of ports(facts)) {
    const shown = shownAt(facts, port);
    if (shown.certificates.length === 0) continue;
    const tlsa = tlsaOf(facts, port.host, port.port, port.transport);
    // Records of another zone are judged with that zone.
    if (typeof tlsa !== 'object' || tlsa.facts !== facts) continue;
    const first = tlsa.records[0] ?? 0;
    const set = found.get(first);
    if (set === undefined) found.set(first, { records: tlsa.records, ports: [{ ...port, shown }] });
    else set.ports.push({ ...port, shown });
  }
  return [...found.values()].map(({ records, ports: of }): ServedSet => {
    const certificates = [...new Set(of.flatMap(({ shown }) => shown.certificates))];
    return {
      records,
      usable: usableOf(
        facts,
        records,
        of.some(({ isMail }) => isMail),
      ),
      certificates,
      retired: [...new Set(of.flatMap(({ shown }) => shown.retired))].filter((one) => !certificates.includes(one)),
      said: of.every(({ shown }) => shown.said),
      optedIn: of.find(({ domain }) => domain !== undefined)?.domain,
    };
  });
}

/** The ports of hosts that may have TLSA records: those of mail in the zone, and those at the owners of TLSA records and aliases. */
function ports(facts: Facts): Iterable<Port> {
  const { starttlsPort, implicitTlsPort } = facts.drafts;
  const known = new Map<string, Port>();
  const add = (host: Uint8Array, port: number, transport: string, isMail: boolean): Port => {
    const key = `${port} ${transport} ${bareName(host).toLowerCase()}`;
    const before = known.get(key);
    if (before !== undefined) {
      before.isMail ||= isMail;
      return before;
    }
    const added: Port = { host, port, transport, isMail, domain: undefined };
    known.set(key, added);
    return added;
  };
  for (const type of [TYPE.TLSA, TYPE.CNAME]) {
    for (const record of facts.records(type)) {
      const owner = facts.zone.owners[record] ?? 0;
      const name = tlsaName(facts.zone.names.wire(owner));
      if (name === undefined) continue;
      const isMail = name.transport === '_tcp' && (name.port === starttlsPort || name.port === implicitTlsPort);
      if (shownAt(facts, { ...name, isMail }).certificates.length === 0) continue;
      add(name.host, name.port, name.transport, isMail);
    }
  }
  if (facts.records(TYPE.TLSA).length === 0) return known.values();
  // Very many domains lead to few hosts: each host is looked at once.
  const seen = new Map<number, Port | undefined>();
  for (const domain of facts.mailDomains) {
    for (const { wire, id, isNull, port } of domain.srv.length === 0 ? domain.mx : [...domain.mx, ...domain.srv]) {
      if (isNull) continue;
      const key = id * 65_536 + port;
      let found = id < 0 ? undefined : seen.get(key);
      if (found === undefined && (id < 0 || !seen.has(key))) {
        const isShown = shownAt(facts, { host: wire, port, isMail: true }).certificates.length > 0;
        found = isShown ? add(wire, port, '_tcp', true) : undefined;
        if (id >= 0) seen.set(key, found);
      }
      if (found !== undefined && domain.clientMx.length > 0) found.domain ??= domain;
    }
  }
  return known.values();
}

/** Octets of the digests by matching type (RFC 6698 §2.1.3). */
const DIGEST_SIZES: readonly (number | undefined)[] = [undefined, 32, 64];

function usableOf(facts: Facts, records: readonly number[], isMail: boolean): readonly Usable[] {
  return records.flatMap((record) => {
    const { usage, selector, matching, size, data } = associationOf(facts, record);
    const known = usage <= 3 && selector <= 1 && matching <= 2 && !(isMail && usage < 2);
    const whole = DIGEST_SIZES[matching] === undefined ? size > 0 : size === DIGEST_SIZES[matching];
    return known && whole ? [{ record, usage, selector, matching, data }] : [];
  });
}
