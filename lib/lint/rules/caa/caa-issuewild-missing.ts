import { isWithin } from '../../../rr/name.ts';
import { fileLabel, namesOf, wireOf } from '../../common-certificates.ts';
import type { Rule } from '../../rule.ts';
import { relevantSet } from './shared.ts';

/** A wildcard certificate is in use and the CAA records say nothing about wildcards (RFC 8659 §4.3). */
export const rule: Rule = {
  id: 'caa-issuewild-missing',
  group: 'caa',
  level: 'info',
  cites: ['RFC 8659 §4.3'],
  what: 'A wildcard certificate was given, and the CAA records for its name have issue but no issuewild.',
  why: 'Every CA that issue allows may issue wildcard certificates too, which is more than most need.',
  help: 'Add an issuewild property for the CA of the wildcard certificate.',
  // Nothing is wrong without it.
  byDefault: false,
  bad: {
    zone: `@ CAA 0 issue "ca.example.org" ; expect
www A 192.0.2.80
`,
    certificates: [{ file: 'wildcard.pem', roles: ['server'], dnsNames: ['*.example.net'] }],
  },
  good: {
    zone: `@ CAA 0 issue "ca.example.org"
@ CAA 0 issuewild "ca.example.org"
www A 192.0.2.80
`,
    certificates: [{ file: 'wildcard.pem', roles: ['server'], dnsNames: ['*.example.net'] }],
  },
  say: ({ name, file }) =>
    `the certificate ${file} is for ${name}, and CAA allows it by issue alone; expected an issuewild property`,
  check(facts, report) {
    const seen = new Set<number>();
    facts.certificates.forEach((_, certificate) => {
      for (const name of namesOf(facts, certificate)) {
        const wire = name.startsWith('*.') ? wireOf(name.slice(2)) : undefined;
        if (wire === undefined || !isWithin(wire, facts.zone.origin)) continue;
        const found = relevantSet(facts, wire);
        if (found === 'none' || found === 'unknown' || found.facts !== facts) continue;
        const issue = found.set.find(({ tag }) => tag === 'issue');
        if (issue === undefined || found.set.some(({ tag }) => tag === 'issuewild') || seen.has(issue.record)) continue;
        seen.add(issue.record);
        report.record(issue.record, 'tag', { args: { name, file: fileLabel(facts, certificate) } });
      }
    });
  },
};
