import type { GivenCertificate } from '../../lib/certs/load.ts';
import { certificateNames } from '../../lib/certs/names.ts';
import { isWithin, lowerName, nameFromText } from '../../lib/rr/name.ts';
import type { Zone } from '../../lib/zone/zone.ts';

/**
 * Chooses the certificates that belong to a zone when several zones are linted with one set: those with a name inside the zone, and those
 * for a host that some record of the zone names. For one that is bound to hosts or domains these are taken instead of its names. Others
 * would only be called wrong for every other zone.
 */
export class RelevantCertificates {
  private readonly certificates: readonly GivenCertificate[];
  private readonly names: readonly (readonly Buffer[])[];

  constructor(certificates: readonly GivenCertificate[]) {
    this.certificates = certificates;
    this.names = certificates.map((certificate) => namesOf(certificate).flatMap(wireOf));
  }

  of(zone: Zone): readonly GivenCertificate[] {
    if (this.certificates.length === 0) return [];
    const rdata = lowered(zone.rdata.subarray(0, zone.rdataUsed));
    return this.certificates.filter((_, index) =>
      this.names[index]?.some((name) => isWithin(name, zone.origin) || rdata.includes(name)),
    );
  }
}

function namesOf({ facts, binding: { hosts, domains } }: GivenCertificate): readonly string[] {
  const bound = [...(hosts ?? []), ...(domains ?? [])];
  return bound.length > 0 ? bound : certificateNames(facts).names;
}

/** A wildcard belongs where the name below its star does. */
function wireOf(name: string): Buffer[] {
  const read = nameFromText(`${name.replace(/^\*\./u, '')}.`);
  return 'name' in read ? [Buffer.from(lowerName(read.name))] : [];
}

function lowered(octets: Uint8Array): Buffer {
  const copy = Buffer.from(octets);
  for (let at = 0; at < copy.length; at++) {
    const octet = copy[at] ?? 0;
    if (octet >= 0x41 && octet <= 0x5a) copy[at] = octet + 0x20;
  }
  return copy;
}
