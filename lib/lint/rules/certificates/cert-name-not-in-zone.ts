import { isWithin } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import {
  type CertificateUse,
  certificateUses,
  fileLabel,
  hasOtherUse,
  namesOf,
  usePlaces,
  wireOf,
} from '../../common-certificates.ts';
import { bare, listed } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** A certificate in use names a host that the zone does not have. */
export const rule: Rule = {
  id: 'cert-name-not-in-zone',
  group: 'certificates',
  level: 'warning',
  cites: ['CMX-1.2.1-i', 'RFC 5280 §4.2.1.6'],
  what: 'A certificate that is in use has one more name below the zone, and no such name exists.',
  why: 'It is the name of a host that is gone, or a slip; a CA that checks every name cannot renew the certificate.',
  help: 'Leave the name out of the next certificate, or add the host to the zone.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net', 'old.example.net'] }],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\nold A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net', 'old.example.net'] }],
  },
  say: ({ file, names, zone }) =>
    `${file} names ${names}, but ${zone} has no such name; expected records for each name`,
  needs: 'certificates',
  check(facts, report) {
    if (facts.zone.broken.length > 0) return;
    certificateUses(facts).forEach((use, index) => {
      const missing = missingNames(facts, index, use);
      if (missing.length === 0 || (use.listed.size === 0 && !hasOtherUse(facts, index))) return;
      report.certificate(index, {
        args: {
          file: fileLabel(facts, index),
          names: listed(missing),
          zone: bare(facts.nameText(facts.zone.apex)),
        },
        related: usePlaces(facts, use),
      });
    });
  },
};

/** The names below the zone that do not exist; wildcards, and hosts the zone lists without address, are not meant. */
function missingNames(facts: Facts, certificate: number, { listed: known }: CertificateUse): readonly string[] {
  return namesOf(facts, certificate).filter((name) => {
    if (name.startsWith('*.') || known.has(name)) return false;
    const wire = wireOf(name);
    if (wire === undefined || !isWithin(wire, facts.zone.origin)) return false;
    const outcome = facts.lookup(wire, TYPE.A);
    return outcome.kind === 'nxdomain' || (outcome.kind === 'nodata' && outcome.emptyNonTerminal);
  });
}
