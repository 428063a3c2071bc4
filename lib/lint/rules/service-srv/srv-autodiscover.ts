import { TYPE } from '../../../rr/types.ts';
import { numberFix } from '../../common-fixes.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { knownServices } from './records.ts';

const HTTPS = 443;

/** Autodiscover is announced on a port that mail programs do not use. */
export const rule: Rule = {
  id: 'srv-autodiscover',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 2782'],
  what: 'The SRV record of _autodiscover._tcp names another port than 443.',
  why: 'Outlook asks the host by HTTPS, and does not find the settings on another port.',
  help: 'Write port 443.',
  fix: 'unsafe',
  bad: {
    zone: `_autodiscover._tcp SRV 0 0 80 mail ; expect
mail A 192.0.2.40
`,
  },
  good: {
    zone: `_autodiscover._tcp SRV 0 0 443 mail
mail A 192.0.2.40
`,
  },
  say: ({ domain, host, port }) =>
    `SRV of ${domain} announces Autodiscover on port ${port} of ${host}; expected ${HTTPS}`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const { service, domain, hosts } of knownServices(facts)) {
      if (service !== 'autodiscover') continue;
      for (const { record, port, wire } of hosts) {
        // Port 0 is srv-port-zero.
        if (port === HTTPS || port === 0) continue;
        report.record(record, 'port', {
          args: { domain: bare(facts.nameText(domain)), host: bareName(wire), port },
          fixes: numberFix(facts, record, 'port', port, HTTPS).map((fix) => ({ ...fix, safe: false })),
        });
      }
    }
  },
};
