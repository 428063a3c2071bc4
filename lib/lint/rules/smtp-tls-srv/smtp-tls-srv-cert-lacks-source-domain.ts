import { certificateUses, fileLabel, hasRole, namesOf } from '../../common-certificates.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** The certificate names the SRV target only, not the domain the search started from (RFC 6186 §5). */
export const rule: Rule = {
  id: 'smtp-tls-srv-cert-lacks-source-domain',
  group: 'smtp-tls-srv',
  level: 'info',
  cites: ['SRV-5-a', 'SRV-4-h3', 'RFC 4985 §2'],
  what: 'The certificate of an SRV target names neither the mail domain nor its SRVName.',
  why: 'Where DNS is not secured by DNSSEC, a strict sender checks the domain it started from, because the target may be forged.',
  help: 'Add the mail domain as a dNSName, or an SRVName such as _smtp-tls.example.net.',
  // Certificates for the host name alone are the rule.
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1 ; expect
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net', 'example.net'] }],
  },
  say: ({ domain, host, file, service }) =>
    `${file} names ${host}, the SRV target, but not ${domain}; a sender without DNSSEC may expect ${domain} or the SRVName ${service}.${domain}`,
  needs: 'certificates',
  check(facts, report) {
    const { label } = facts.drafts;
    certificateUses(facts).forEach(({ srv }, index) => {
      if (srv === undefined || !hasRole(facts, index, 'server')) return;
      const domain = bare(facts.nameText(srv.domain.owner)).toLowerCase();
      const services = facts.certificates[index]?.facts.srvNames ?? [];
      if (namesOf(facts, index).includes(domain)) return;
      if (services.some((name) => name.toLowerCase() === `${label}.${domain}`)) return;
      report.record(srv.target.record, 'target', {
        args: { domain, host: srv.target.host, file: fileLabel(facts, index), service: label },
      });
    });
  },
};
