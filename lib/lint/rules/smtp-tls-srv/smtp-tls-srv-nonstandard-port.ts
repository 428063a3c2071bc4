import { isNull } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { IMPLICIT_PORT, STARTTLS_PORT, SUBMISSION_PORTS } from './profile.ts';

/** Port 0 belongs to the null target. */
const KNOWN: ReadonlySet<number> = new Set([0, STARTTLS_PORT, IMPLICIT_PORT, ...SUBMISSION_PORTS]);

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
  say: ({ domain, host, port }) =>
    `SRV of ${domain} announces Implicit TLS on port ${port} of ${host}; expected ${IMPLICIT_PORT}, or ${STARTTLS_PORT} for STARTTLS`,
  check(facts, report) {
    for (const { owner, srv } of facts.mailDomains) {
      for (const target of srv) {
        const { record, port, wire } = target;
        // 465 and 587 are smtp-tls-srv-submission-port's.
        if (KNOWN.has(port) || isNull(wire)) continue;
        report.record(record, 'port', { args: { domain: bare(facts.nameText(owner)), host: target.host, port } });
      }
    }
  },
};
