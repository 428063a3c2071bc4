import { isWithin } from '../../../rr/name.ts';
import { fileLabel, namesOf, wireOf } from '../../common-certificates.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A certificate names hosts outside the zone: noted, because this zone cannot tell anything about them. */
export const rule: Rule = {
  id: 'cert-name-out-of-zone',
  group: 'certificates',
  level: 'info',
  cites: ['CMX-1-g'],
  what: 'A certificate has names outside the zone.',
  why: 'Nothing in this zone tells whether they are right; check them in the zones they belong to.',
  help: 'Lint the zones of these names with the same certificate.',
  byDefault: false,
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net', 'mx.example.org'] }],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, names, zone }) => `${file} names ${names}, outside ${zone}`,
  check(facts, report) {
    const { origin, apex } = facts.zone;
    facts.certificates.forEach((_, index) => {
      const outside = namesOf(facts, index).filter((name) => {
        const wire = wireOf(name);
        return wire !== undefined && !isWithin(wire, origin);
      });
      if (outside.length === 0) return;
      report.certificate(index, {
        args: { file: fileLabel(facts, index), names: listed(outside), zone: bare(facts.nameText(apex)) },
      });
    });
  },
};
