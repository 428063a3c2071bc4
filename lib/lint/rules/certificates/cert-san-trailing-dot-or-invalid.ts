import { fileLabel } from '../../common-certificates.ts';
import type { Rule } from '../../rule.ts';

/** A dNSName is not in the preferred name syntax (RFC 5280 §4.2.1.6). */
export const rule: Rule = {
  id: 'cert-san-trailing-dot-or-invalid',
  group: 'certificates',
  level: 'warning',
  cites: ['RFC 5280 §4.2.1.6', 'CMX-1.2.2-j'],
  what: 'A dNSName of a certificate has a final dot or characters that a host name cannot have.',
  why: 'TLS implementations differ in what they make of such a name: some match it, some refuse the certificate.',
  help: 'Issue the certificate with plain host names: A-labels, no final dot, no blanks.',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net.'] }],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  say: ({ file, name, reason, others }) =>
    `dNSName "${name}" in ${file} ${reason}${others === 0 ? '' : `, and ${others} more are at fault`}; expected a host name such as mx1.example.net`,
  needs: 'certificates',
  check(facts, report) {
    facts.certificates.forEach(({ facts: certificate }, index) => {
      const [first, ...others] = certificate.invalidDnsNames;
      if (first === undefined) return;
      // The name may hold anything: what cannot be shown is escaped as in a string.
      const name = JSON.stringify(first.name).slice(1, -1);
      report.certificate(index, {
        args: { file: fileLabel(facts, index), name, reason: first.reason, others: others.length },
      });
    });
  },
};
