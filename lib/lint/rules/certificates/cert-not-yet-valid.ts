import type { GivenCertificate } from '../../../certs/load.ts';
import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import { date } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { presentedBy, presentedLabel, successions } from './shared.ts';

/** A certificate, or an issuer given with it, is before its begin (RFC 5280 §4.1.2.5). */
export const rule: Rule = {
  id: 'cert-not-yet-valid',
  group: 'certificates',
  level: 'error',
  cites: ['RFC 5280 §4.1.2.5', 'CMX-1.2.2-b'],
  what: 'A certificate, or an issuer certificate given with it, is not valid yet.',
  why: 'Peers that check certificates refuse it until then.',
  help: 'Use the certificate from its first day on, or correct the clock.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], notBefore: '2026-12-01T00:00:00Z' },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ subject, notBefore, now }) =>
    `${subject} is valid from ${notBefore} on, and today is ${now}; expected a valid certificate`,
  needs: 'certificates',
  check(facts, report) {
    const followers = successions(facts);
    certificateUses(facts).forEach((use, index) => {
      const early = presentedBy(facts, index).find((each) => each.facts.notBefore > facts.now);
      if (early === undefined) return;
      // The one of today is given as well, and lasts until then.
      const isCurrent = ({ facts: { notBefore, notAfter } }: GivenCertificate): boolean =>
        notBefore <= facts.now && notAfter >= early.facts.notBefore;
      if (early.issuer === '' && followers(index).some(isCurrent)) return;
      report.certificate(index, {
        args: {
          subject: presentedLabel(fileLabel(facts, index), early.issuer),
          notBefore: date(early.facts.notBefore),
          now: date(facts.now),
        },
        related: usePlaces(facts, use),
      });
    });
  },
};
