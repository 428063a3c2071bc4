import { fileLabel } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { isSelfSigned, isUntrusted, shownAt } from '../../common-serving.ts';
import { unreadyDomains } from '../../common-strays.ts';
import { bare, counted, listed } from '../../common-words.ts';
import type { Facts, MailDomain } from '../../facts.ts';
import type { Report, Rule } from '../../rule.ts';

/** A domain opted in, but none of its receiving hosts is in a server certificate given (draft-chuang §1.2.1). */
export const rule: Rule = {
  id: 'client-mx-server-cert-not-ready',
  group: 'client-mx',
  level: 'error',
  cites: ['CMX-1.2.1-f', 'CMX-1.2.1-h', 'CMX-1.2.1-i', 'CMX-1.2.3-b'],
  what: 'A domain publishes Client MX, but none of its MX hosts has a certificate with its name that peers trust.',
  why: 'Client MX has the receiving hosts validated as well: senders that comply close the connection and the domain gets no mail from them.',
  help: 'Give each MX host a certificate of a public CA with its name, or withdraw Client MX until then.',
  bad: {
    zone: `@ MX 10 mx1 ; expect
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [{ file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] }],
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] },
    ],
  },
  say: ({ domain, hosts, others, file, selfSigned }) => {
    const found =
      file === ''
        ? `none of the given certificates names ${hosts} for the server role`
        : `no certificate at ${hosts} is one that peers trust (${file} ${selfSigned === 1 ? 'is self-signed' : 'has no path to the trust store'}); expected one of a public CA`;
    return `${domain}${others === 0 ? '' : ` (and ${counted(Number(others), 'other domain')})`} publishes Client MX, so senders check its servers, but ${found}`;
  },
  needs: 'certificates',
  check(facts, report) {
    const unnamed = unreadyDomains(facts);
    tell(facts, report, unnamed, '', 0);
    const untrusted = untrustedDomains(facts);
    const [first] = untrusted;
    if (first === undefined) return;
    const domains = untrusted.map(({ domain }) => domain);
    tell(facts, report, domains, fileLabel(facts, first.certificate), isSelfSigned(facts, first.certificate) ? 1 : 0);
  },
};

/** One finding for all domains of a kind, at the first. */
function tell(facts: Facts, report: Report, domains: readonly MailDomain[], file: string, selfSigned: number): void {
  const [domain] = domains;
  const [first, ...more] = hostsOf(domain?.mx ?? []);
  if (domain === undefined || first === undefined) return;
  report.record(first.record, 'exchange', {
    args: {
      domain: bare(facts.nameText(domain.owner)),
      hosts: listed([first, ...more].map(({ host }) => host)),
      others: domains.length - 1,
      file,
      selfSigned,
    },
    related: [
      ...more.slice(0, 3).map(({ record }) => ({ record, part: 'exchange', message: 'another MX host' })),
      ...domain.clientMx.slice(0, 1).map(({ record }) => ({ record, message: 'by this the domain opted in' })),
    ],
  });
}

/** Domains that opted in and show at every MX host a certificate that peers do not trust, with one of these. */
function untrustedDomains(facts: Facts): readonly { readonly domain: MailDomain; readonly certificate: number }[] {
  const optedIn = facts.mailDomains.filter(({ clientMx: senders }) => senders.length > 0);
  const untrusted = optedIn.length === 0 ? [] : facts.certificates.map((_, index) => isUntrusted(facts, index));
  if (!untrusted.includes(true)) return [];
  return optedIn.flatMap((domain) => {
    const hosts = hostsOf(domain.mx);
    const shown = hosts.map(({ wire, port }) => shownAt(facts, { host: wire, port, isMail: true }).certificates);
    const [certificate] = shown[0] ?? [];
    const isBad = (of: readonly number[]): boolean => of.length > 0 && of.every((one) => untrusted[one]);
    return certificate !== undefined && shown.every(isBad) ? [{ domain, certificate }] : [];
  });
}
