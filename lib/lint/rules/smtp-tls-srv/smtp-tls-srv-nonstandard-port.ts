import { bare } from '../../common-words.ts';
import { SUBMISSION_PORTS } from '../../drafts.ts';
import type { Rule } from '../../rule.ts';

/** The port is neither that of STARTTLS nor the one asked for Implicit TLS (draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-nonstandard-port',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['SRV-2-e', 'SRV-2-c', 'SRV-6-a'],
  what: 'An _smtp-tls SRV record announces another port than 25 and 842.',
  why: 'Any port but 25 means Implicit TLS there, and the draft wants it on 842; another one is more often blocked on the way, and often a slip.',
  help: 'Use port 842 for Implicit TLS or port 25 for STARTTLS.',
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 8425 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, port, implicit, starttls }) =>
    `SRV of ${domain} announces Implicit TLS on port ${port} of ${host}; expected ${implicit}, or ${starttls} for STARTTLS`,
  check(facts, report) {
    const { implicitTlsPort: implicit, starttlsPort: starttls } = facts.drafts;
    // Port 0 belongs to the null target; 465 and 587 are smtp-tls-srv-submission-port's.
    const known = [0, starttls, implicit, ...SUBMISSION_PORTS];
    for (const { owner, srv } of facts.mailDomains) {
      for (const target of srv) {
        const { record, port, isNull } = target;
        if (known.includes(port) || isNull) continue;
        const domain = bare(facts.nameText(owner));
        report.record(record, 'port', { args: { domain, host: target.host, port, implicit, starttls } });
      }
    }
  },
};
