import { matchesPattern } from '../../../mail/mta-sts-policy.ts';
import { fileLabel, namesLabel } from '../../common-certificates.ts';
import { hostsOf } from '../../common-hosts.ts';
import { oncePerZone } from '../../common-memo.ts';
import { shownAt } from '../../common-serving.ts';
import { type Stray, strayServers } from '../../common-strays.ts';
import { bare } from '../../common-words.ts';
import type { Facts, MailTarget } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { lackOf, meantFor } from './meant-for.ts';
import { givenPolicies, placeIn } from './policies.ts';

const POLICY = 'version: STSv1\nmode: enforce\nmx: *.example.net\nmax_age: 604800\n';

/** The certificate of an MX host that the policy allows does not name it (RFC 8461 §4.1). */
export const rule: Rule = {
  id: 'mtasts-mx-cert-name',
  group: 'mta-sts',
  level: 'error',
  cites: ['RFC 8461 §4.1', 'RFC 9525 §6.3'],
  what: 'An MX host of a domain with an MTA-STS policy has a certificate without its name.',
  why: 'Senders that know the policy check the name of the host they connect to and do not deliver there.',
  help: 'Issue the certificate with the name of the MX host among its dNSNames.',
  bad: {
    zone: `@ MX 10 mx1 ; expect
mx1 A 192.0.2.10
mail A 192.0.2.10
`,
    policies: [{ domain: 'example.net', text: POLICY }],
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mail.example.net'] }],
  },
  good: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
`,
    policies: [{ domain: 'example.net', text: POLICY }],
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['*.example.net'] }],
  },
  say: ({ file, names, host, domain, mode, cnOnly }) =>
    cnOnly === 1
      ? `${file} has ${host}, an MX host of ${domain}, as common name only, which the MTA-STS policy (${mode}) does not look at; expected it among the dNSNames`
      : `${file}, the certificate of ${host}, names ${names}, but the MTA-STS policy of ${domain} (${mode}) has it checked; expected ${host} among its dNSNames`,
  needs: 'certificates',
  check(facts, report) {
    for (const { given, policy, domain } of givenPolicies(facts)) {
      const { mode, modeLine } = policy;
      if (domain === undefined || mode === undefined || mode === 'none') continue;
      for (const target of hostsOf(domain.mx)) {
        if (!policy.mx.some(({ pattern }) => matchesPattern(pattern, target.host))) continue;
        const certificate = certificatesOf(facts, target).find((one) => lackOf(facts, one, target.host) !== undefined);
        if (certificate === undefined) continue;
        report.record(target.record, 'exchange', {
          args: {
            file: fileLabel(facts, certificate),
            names: namesLabel(facts, certificate),
            host: target.host,
            domain: bare(facts.nameText(domain.owner)),
            mode,
            cnOnly: lackOf(facts, certificate, target.host) === 'common-name' ? 1 : 0,
          },
          // While testing, senders report the host and deliver.
          ...(mode === 'testing' ? { severity: 'warning' } : {}),
          related:
            modeLine === undefined ? [] : [{ place: placeIn(given, modeLine.line), message: 'the mode of the policy' }],
        });
      }
    }
  },
};

/** Server certificates with names of no host, by the MX host they were most likely made for. */
const strays: (facts: Facts) => readonly Stray[] = oncePerZone((facts) => strayServers(facts));

/** The certificates an MX host shows: those it is known by, and one with other names that was plainly made for it. */
function certificatesOf(facts: Facts, { wire, host, port, record }: MailTarget): readonly number[] {
  const { certificates } = shownAt(facts, { host: wire, port, isMail: true });
  if (certificates.length > 0) return certificates;
  const meant = meantFor(facts, host, port);
  if (meant.length > 0) return meant;
  return strays(facts).flatMap(({ certificate, target }) => (target.record === record ? [certificate] : []));
}
