import { bare } from '../../common-words.ts';
import { SUBMISSION_PORTS } from '../../drafts.ts';
import type { Rule } from '../../rule.ts';

/** The record announces a port of mail submission (RFC 8314 §3.3). */
export const rule: Rule = {
  id: 'smtp-tls-srv-submission-port',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['SRV-2-e', 'RFC 8314 §3.3', 'RFC 6409 §3.1'],
  what: 'An _smtp-tls SRV record announces port 465 or 587.',
  why: 'These are for the mail programs of users, who log in; other mail servers are turned away there.',
  help: 'Use port 842 for Implicit TLS between servers, and _submissions._tcp for submission.',
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 465 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, port, implicit }) =>
    `SRV of ${domain} sends other servers to port ${port} of ${host}, which is for mail submission; expected ${implicit}`,
  check(facts, report) {
    const { implicitTlsPort: implicit, starttlsPort: starttls } = facts.drafts;
    for (const { owner, srv } of facts.mailDomains) {
      for (const target of srv) {
        const { record, port, isNull } = target;
        if (!SUBMISSION_PORTS.includes(port) || port === implicit || port === starttls || isNull) continue;
        const domain = bare(facts.nameText(owner));
        report.record(record, 'port', { args: { domain, host: target.host, port, implicit } });
      }
    }
  },
};
