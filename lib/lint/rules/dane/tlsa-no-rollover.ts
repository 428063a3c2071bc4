import { fileLabel } from '../../common-certificates.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { isMatched, servedSets } from './served.ts';

const NOW = '0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3';
const NEXT = 'ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9';

/** Only the keys in use are in DNS, none to come and no CA (RFC 7671 §8.1, §8.4). */
export const rule: Rule = {
  id: 'tlsa-no-rollover',
  group: 'dane',
  level: 'info',
  cites: ['RFC 7671 §8.1', 'RFC 7671 §8.4'],
  what: 'The TLSA records of a host match the certificate in use and nothing else.',
  why: 'A certificate with a new key breaks mail until its record is published and the old one has left the caches.',
  help: 'Publish the key of the next certificate (or that of its CA with usage 2) before it is needed, or renew with the same key.',
  // Who renews with the same key needs no second record.
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1
_25._tcp.mx1 TLSA 3 1 1 ${NOW} ; expect
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], facts: { spkiSha256: NOW } }],
  },
  good: {
    zone: `@ MX 10 mx1
_25._tcp.mx1 TLSA 3 1 1 ${NOW}
_25._tcp.mx1 TLSA 3 1 1 ${NEXT}
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], facts: { spkiSha256: NOW } }],
  },
  say: ({ owner, files }) =>
    `TLSA of ${owner} matches ${files} and no key to come; expected a second record before the key changes`,
  needs: 'certificates',
  check(facts, report) {
    for (const { usable, certificates } of servedSets(facts)) {
      const [first] = usable;
      const isOwn = usable.every(
        (each) => (each.usage === 1 || each.usage === 3) && certificates.some((one) => isMatched(facts, each, one)),
      );
      if (first === undefined || !isOwn) continue;
      report.record(first.record, 'data', {
        args: {
          owner: bare(facts.ownerText(first.record)),
          files: listed(certificates.map((one) => fileLabel(facts, one))),
        },
      });
    }
  },
};
