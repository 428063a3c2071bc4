import { TYPE } from '../../../rr/types.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { relevantSet } from './shared.ts';

/** Any CA may issue certificates for the mail hosts (RFC 8659 §3). */
export const rule: Rule = {
  id: 'caa-missing',
  group: 'caa',
  level: 'info',
  cites: ['RFC 8659 §3'],
  what: 'No CAA record says who may issue certificates for the mail hosts of a domain.',
  why: 'Any public CA may issue one to whoever passes its checks for a moment.',
  help: 'Add a CAA record with the CA you use to the host, or to a name above it.',
  // Most zones have none, and mail works.
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ CAA 0 issue "ca.example.org"
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, hosts }) =>
    `neither the mail hosts of ${domain} (${hosts}) nor a name above them has CAA records; expected one with the CA in use`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.CAA)) return;
    for (const { owner, mx } of facts.mailDomains) {
      const open = hostsOf(mx).filter(({ wire }) => facts.authoritative(wire) && relevantSet(facts, wire) === 'none');
      const [first] = open;
      if (first === undefined) continue;
      const hosts = listed([...new Set(open.map(({ host }) => host))]);
      report.record(first.record, 'exchange', { args: { domain: bare(facts.nameText(owner)), hosts } });
    }
  },
};
