import type { GivenCertificate } from '../../../certs/load.ts';
import { certificateUses, fileLabel, usePlaces } from '../../common-certificates.ts';
import { counted, date } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { successions } from './shared.ts';

const DAY = 86_400_000;

/** A certificate ends soon, later than any renewal should be. */
export const rule: Rule = {
  id: 'cert-expires-soon',
  group: 'certificates',
  level: 'warning',
  cites: ['RFC 5280 §4.1.2.5', 'CMX-1.2.2-b'],
  what: 'A certificate ends in less than two weeks, or has less than a third of a shorter life left.',
  why: 'Automatic renewal happens earlier, so it has probably stopped working.',
  help: 'Renew the certificate now and find out why it was not renewed.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], notAfter: '2026-11-26T00:00:00Z' },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  options: {
    days: {
      what: 'renewal is overdue when fewer days are left, or less than a third of a short life',
      default: 14,
      least: 1,
      most: 398,
    },
  },
  say: ({ file, notAfter, left }) => `${file} ends on ${notAfter}, in ${left}; expected it to be renewed by now`,
  needs: 'certificates',
  check(facts, report, settings) {
    const least = settings.number('days') * DAY;
    const followers = successions(facts);
    certificateUses(facts).forEach((use, index) => {
      const certificate = facts.certificates[index]?.facts;
      if (certificate === undefined) return;
      const { notBefore, notAfter } = certificate;
      const left = notAfter - facts.now;
      if (left < 0 || left >= Math.min(least, (notAfter - notBefore) / 3)) return;
      // It was renewed: the next one is given as well, and is valid before this one ends.
      const isNext = ({ facts: next }: GivenCertificate): boolean =>
        next.notBefore <= notAfter && next.notAfter - facts.now >= least && next.notAfter > notAfter;
      if (followers(index).some(isNext)) return;
      const days = Math.floor(left / DAY);
      report.certificate(index, {
        args: {
          file: fileLabel(facts, index),
          notAfter: date(notAfter),
          left: days === 0 ? 'less than a day' : counted(days, 'day'),
        },
        related: usePlaces(facts, use),
      });
    });
  },
};
