import { isBoundInZone } from '../../common-bindings.ts';
import { type CertificateUse, certificateUses, fileLabel, hasOtherUse, namesLabel } from '../../common-certificates.ts';
import { strayClients, strayServers } from '../../common-strays.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** A certificate was given that has nothing to do with the mail of this zone. */
export const rule: Rule = {
  id: 'cert-unused',
  group: 'certificates',
  level: 'info',
  cites: ['CMX-1-b', 'CMX-1-c'],
  what: 'A given certificate matches nothing that the zone publishes.',
  why: 'It was made for another zone, or the records it belongs to are missing here.',
  help: 'Leave the certificate out, or publish the records it is for.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\nftp A 192.0.2.50\n',
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'ftp.pem', roles: [], dnsNames: ['ftp.example.net'] },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, names, zone, lists }) =>
    lists === ''
      ? `${file} names ${names}, and no MX, Client MX or SRV of ${zone} does; expected a certificate for a mail host of the zone`
      : `${zone} publishes no ${lists}, so ${file} (${names}) has nothing to match`,
  needs: 'certificates',
  check(facts, report) {
    const uses = certificateUses(facts);
    const stray = new Set(
      [...strayServers(facts, uses), ...strayClients(facts, uses)].map(({ certificate }) => certificate),
    );
    uses.forEach((use, index) => {
      if (stray.has(index) || isUsed(facts, index, use)) return;
      const roles = facts.certificates[index]?.roles ?? [];
      const lists = roles.map((role) => (role === 'server' ? 'MX or SRV hosts' : 'Client MX')).join(' and no ');
      report.certificate(index, {
        args: {
          file: fileLabel(facts, index),
          names: namesLabel(facts, index),
          zone: bare(facts.nameText(facts.zone.apex)),
          lists,
        },
      });
    });
  },
};

function isUsed(facts: Facts, certificate: number, use: CertificateUse): boolean {
  const roles = facts.certificates[certificate]?.roles ?? [];
  if (isBoundInZone(facts, certificate)) return true;
  const any = roles.length === 0;
  const server = use.mx ?? use.srv ?? use.serverWildcard;
  const client = use.clientMx ?? use.clientWildcard;
  if ((any || roles.includes('server')) && (server !== undefined || hasOtherUse(facts, certificate))) return true;
  return (any || roles.includes('client')) && client !== undefined;
}
