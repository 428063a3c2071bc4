import { fileLabel, namesLabel, namesOf } from '../../common-certificates.ts';
import { mayServe } from '../../common-serving.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { lackOf, meantFor } from './meant-for.ts';
import { effective, policyTexts } from './texts.ts';

const HTTPS = 443;

/** The certificate of the policy host has another name (RFC 8461 §3.3). */
export const rule: Rule = {
  id: 'mtasts-policy-cert-name',
  group: 'mta-sts',
  level: 'error',
  cites: ['RFC 8461 §3.3', 'RFC 9525 §6.3'],
  what: 'The certificate for the host that serves an MTA-STS policy does not name it.',
  why: 'Senders fetch the policy over HTTPS and check the name; when it differs they do without the policy.',
  help: 'Issue the certificate with the host mta-sts of the domain among its dNSNames.',
  bad: {
    zone: `_mta-sts TXT "v=STSv1; id=20261121" ; expect
mta-sts A 192.0.2.80
www A 192.0.2.80
`,
    certificates: [
      { file: 'live/mta-sts.example.net/fullchain.pem', roles: ['server'], dnsNames: ['www.example.net'] },
    ],
  },
  good: {
    zone: `_mta-sts TXT "v=STSv1; id=20261121"
mta-sts A 192.0.2.80
www A 192.0.2.80
`,
    certificates: [
      { file: 'live/www.example.net/fullchain.pem', roles: ['server'], dnsNames: ['www.example.net'] },
      { file: 'live/mta-sts.example.net/fullchain.pem', roles: ['server'], dnsNames: ['mta-sts.example.net'] },
    ],
  },
  say: ({ file, names, host, cnOnly }) =>
    cnOnly === 1
      ? `${file}, the certificate for ${host}, has that name as common name only, which senders that fetch the policy do not look at; expected it among the dNSNames`
      : `${file}, the certificate for ${host}, names ${names}; expected ${host}, where senders fetch the MTA-STS policy`,
  needs: 'certificates',
  check(facts, report) {
    const hosts = policyHosts(facts);
    for (const found of hosts) {
      const meant = meantFor(facts, found.host, HTTPS);
      const certificates = meant.length === 0 && hosts.length === 1 ? slips(facts, found.host) : meant;
      const certificate = certificates.find((one) => lackOf(facts, one, found.host) !== undefined);
      if (certificate === undefined) continue;
      report.record(found.record, 'owner', {
        args: {
          file: fileLabel(facts, certificate),
          names: namesLabel(facts, certificate),
          host: found.host,
          cnOnly: lackOf(facts, certificate, found.host) === 'common-name' ? 1 : 0,
        },
      });
    }
  },
};

interface PolicyHost {
  readonly host: string;
  readonly record: number;
}

/** The hosts where senders fetch the policies that the zone announces. */
function policyHosts(facts: Facts): readonly PolicyHost[] {
  return policyTexts(facts).sts.flatMap((texts) => {
    const record = effective(facts, texts, 'sts');
    if (record < 0 || texts.domain < 0) return [];
    return [{ host: `mta-sts.${bare(facts.nameText(texts.domain)).toLowerCase()}`, record }];
  });
}

/** Certificates made for a host that serves policies and not for this one, when no other has its name. */
function slips(facts: Facts, host: string): readonly number[] {
  if (facts.certificates.some((_, index) => lackOf(facts, index, host) === undefined)) return [];
  const origin = bare(facts.nameText(facts.zone.apex)).toLowerCase();
  return facts.certificates.flatMap((given, index) => {
    const made = mayServe(given) ? namesOf(facts, index).filter((name) => name.startsWith('mta-sts.')) : [];
    return made.length > 0 && made.every((name) => name.endsWith(`.${origin}`)) ? [index] : [];
  });
}
