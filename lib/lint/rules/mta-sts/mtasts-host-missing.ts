import { TYPE } from '../../../rr/types.ts';
import { isWildcard } from '../../common-hosts.ts';
import { mayDeny } from '../../common-spf.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { counts, policyTexts } from './texts.ts';

/** There is no host that could serve the policy (RFC 8461 §3.3). */
export const rule: Rule = {
  id: 'mtasts-host-missing',
  group: 'mta-sts',
  level: 'error',
  cites: ['RFC 8461 §3.3'],
  what: 'A domain announces an MTA-STS policy, but the host mta-sts that must serve it has no address.',
  why: 'Senders cannot fetch the policy and deliver without it.',
  help: 'Add A and AAAA records, or a CNAME, at mta-sts.',
  bad: { zone: '_mta-sts TXT "v=STSv1; id=20261121" ; expect\n' },
  good: {
    zone: `_mta-sts TXT "v=STSv1; id=20261121"
mta-sts CNAME sts.example.org.
`,
  },
  say: ({ domain }) =>
    `${domain} announces an MTA-STS policy, but mta-sts.${domain} has no address; expected the host that serves it`,
  check(facts, report) {
    for (const { domain, records } of policyTexts(facts).sts) {
      const record = records.find((one) => counts.sts(facts.text(one)));
      if (record === undefined || domain < 0 || isWildcard(facts, domain) || !isHostMissing(facts, domain)) continue;
      report.record(record, 'owner', { args: { domain: bare(facts.nameText(domain)) } });
    }
  },
};

const LABEL = new TextEncoder().encode('\x07mta-sts');

/** Whether the zone that knows the host is given and has neither addresses nor an alias for it. */
function isHostMissing(facts: Facts, domain: number): boolean {
  const name = facts.zone.names.wire(domain);
  const host = new Uint8Array(LABEL.length + name.length);
  host.set(LABEL);
  host.set(name, LABEL.length);
  const zone = facts.zoneFor(host);
  if (zone === undefined || !mayDeny(zone, TYPE.A) || zone.mayBeBroken(TYPE.AAAA)) return false;
  return [TYPE.A, TYPE.AAAA].every((type) => {
    const { kind } = zone.lookup(host, type);
    return kind === 'nodata' || kind === 'nxdomain';
  });
}
