import { nameToText } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { hasAddress, hostsOf, isWildcard } from '../../common-hosts.ts';
import { spfTexts } from '../../common-spf.ts';
import { bare } from '../../common-words.ts';
import type { Facts, MailDomain } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { newRecord } from './shared.ts';

/** A mail domain does not say who may send its mail (RFC 7208). */
export const rule: Rule = {
  id: 'spf-missing',
  group: 'mail-spf',
  level: 'warning',
  cites: ['RFC 7208 §3', 'RFC 7208 §10.1'],
  what: 'A domain has mail (MX or Client MX) but no SPF record.',
  why: 'Anybody can send in its name, and large receivers refuse or mark mail from domains without SPF.',
  help: 'Add a TXT record "v=spf1 … -all" that lists the hosts that send.',
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ TXT "v=spf1 mx -all"
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, type }) => `${domain} has ${type} but no SPF record; expected TXT "v=spf1 ... -all"`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.TXT) || facts.mayBeBroken(TYPE.CNAME)) return;
    const { owners } = facts.zone;
    const { records, near } = spfTexts(facts);
    const settled = new Set(records.map(({ owner }) => owner));
    for (const record of near) settled.add(owners[record] ?? 0);
    for (const domain of facts.mailDomains) {
      const { owner } = domain;
      if (settled.has(owner) || !isMailDomain(facts, domain)) continue;
      // An alias answers with the records of its target, and the obsolete type is spoken of elsewhere.
      if (facts.hasType(owner, TYPE.CNAME) || facts.hasType(owner, TYPE.SPF)) continue;
      const [mx] = hostsOf(domain.mx);
      const record = (mx ?? domain.clientMx[0])?.record ?? 0;
      report.record(record, 'owner', {
        args: { domain: bare(facts.nameText(owner)), type: mx === undefined ? 'Client MX' : 'MX' },
        fixes: proposed(facts, domain, record),
      });
    }
  },
};

/** Names that take mail for themselves as a host, or for whatever is asked for, are left out. */
function isMailDomain(facts: Facts, { owner, mx, clientMx }: MailDomain): boolean {
  if (isWildcard(facts, owner)) return false;
  if (hostsOf(clientMx).length > 0) return true;
  return hostsOf(mx).length > 0 && (owner === facts.zone.apex || !hasAddress(facts, owner));
}

function proposed(facts: Facts, { mx, clientMx }: MailDomain, record: number): readonly ProposedFix[] {
  const hosts = hostsOf(clientMx).map(({ wire }) => `a:${nameToText(wire).slice(0, -1)}`);
  const terms = [...(hostsOf(mx).length > 0 ? ['mx'] : []), ...hosts.slice(0, 8), '-all'].join(' ');
  return /["\\;]/.test(terms) ? [] : newRecord(facts, record, `v=spf1 ${terms}`);
}
