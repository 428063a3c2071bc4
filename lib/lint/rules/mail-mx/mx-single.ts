import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { isWholeSet } from './providers.ts';

/** One exchange alone takes the mail of a domain (RFC 5321 §5.1). */
export const rule: Rule = {
  id: 'mx-single',
  group: 'mail-mx',
  level: 'info',
  cites: ['RFC 5321 §5.1'],
  what: 'A domain has one MX record only, and not that of a provider with many servers behind one name.',
  why: 'While the host is down mail waits at the senders, and some give up after hours.',
  help: 'Add a second exchange on another machine, if waiting mail is not acceptable.',
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  say: ({ domain, host }) => `${host} is the only MX of ${domain}; mail waits at the senders while it is down`,
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      const [only] = mx;
      if (mx.length !== 1 || only === undefined || only.isNull) continue;
      if (isWholeSet(only.host)) continue;
      report.record(only.record, 'exchange', { args: { domain: bare(facts.nameText(owner)), host: only.host } });
    }
  },
};
