import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import { counted, date } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { presentedBy, presentedLabel } from './shared.ts';

const DAY = 86_400_000;

/** A certificate, or an issuer given with it, is past its end (RFC 5280 §4.1.2.5). */
export const rule: Rule = {
  id: 'cert-expired',
  group: 'certificates',
  level: 'error',
  cites: ['RFC 5280 §4.1.2.5', 'CMX-1.2.2-b'],
  what: 'A certificate, or an issuer certificate given with it, has expired.',
  why: 'Peers that check certificates refuse the connection, so mail waits or fails.',
  help: 'Renew the certificate and have the mail server load it.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [
      {
        file: 'mx1.pem',
        roles: ['server'],
        dnsNames: ['mx1.example.net'],
        notBefore: '2026-06-01T00:00:00Z',
        notAfter: '2026-09-14T23:59:59Z',
      },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ subject, notAfter, ago }) => `${subject} expired on ${notAfter}, ${ago} ago; expected a valid certificate`,
  needs: 'certificates',
  check(facts, report) {
    certificateUses(facts).forEach((use, index) => {
      const expired = presentedBy(facts, index).find((each) => each.facts.notAfter < facts.now);
      if (expired === undefined) return;
      const { notAfter } = expired.facts;
      const days = Math.floor((facts.now - notAfter) / DAY);
      report.certificate(index, {
        args: {
          subject: presentedLabel(fileLabel(facts, index), expired.issuer),
          notAfter: date(notAfter),
          ago: days === 0 ? 'less than a day' : counted(days, 'day'),
        },
        related: usePlaces(facts, use),
      });
    });
  },
};
