import { TYPE } from '../../../rr/types.ts';
import { findBelow } from '../../common-below.ts';
import { hasAddress, isHidden } from '../../common-hosts.ts';
import { spfLetsSend } from '../../common-spf.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** A domain says that it sends mail but cannot receive any (RFC 5321 §5.1, RFC 7505 §4.2). */
export const rule: Rule = {
  id: 'mx-missing-mail-domain',
  group: 'mail-mx',
  level: 'info',
  cites: ['RFC 5321 §5.1', 'RFC 7505 §4.2'],
  what: 'A domain lets hosts send its mail (SPF) but has no MX, no null MX and no address.',
  why: 'Bounces and replies have nowhere to go, and receivers refuse mail from a domain that cannot be written to.',
  help: 'Add MX records, or the null MX "0 ." and the SPF record "v=spf1 -all" when the domain has no mail.',
  bad: {
    zone: `@ TXT "v=spf1 include:_spf.example.org -all" ; expect
`,
  },
  good: {
    zone: `@ TXT "v=spf1 include:_spf.example.org -all"
@ MX 10 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, spf }) =>
    `SPF of ${domain} lets hosts send ("${spf}"), but the domain has no MX and no address to take the answers; expected an MX record`,
  check(facts, report) {
    if ([TYPE.MX, TYPE.A, TYPE.AAAA, TYPE.CNAME].some((type) => facts.mayBeBroken(type))) return;
    const { owners } = facts.zone;
    for (const record of facts.records(TYPE.TXT)) {
      const owner = owners[record] ?? 0;
      if (!startsLikeSpf(facts.rdata(record)) || facts.hasType(owner, TYPE.MX) || hasAddress(facts, owner)) continue;
      if (isHidden(facts, owner) || facts.hasType(owner, TYPE.CNAME) || !isMailDomain(facts, owner)) continue;
      const spf = facts.text(record);
      if (!/^v=spf1 /i.test(spf) || !spfLetsSend(spf)) continue;
      const shown = spf.length > 60 ? `${spf.slice(0, 57)}...` : spf;
      report.record(record, 'owner', { args: { domain: bare(facts.nameText(owner)), spf: shown } });
    }
  },
};

/** Other names with SPF may only be there to be included by the SPF of a mail domain. */
function isMailDomain(facts: Facts, owner: number): boolean {
  return (
    owner === facts.zone.apex || findBelow(facts, owner, '_dmarc') >= 0 || findBelow(facts, owner, '_domainkey') >= 0
  );
}

/** The first octets of a TXT record that may be SPF: a length and `v=s` in any case. */
function startsLikeSpf(rdata: Uint8Array): boolean {
  return ((rdata[1] ?? 0) | 0x20) === 0x76 && rdata[2] === 0x3d && ((rdata[3] ?? 0) | 0x20) === 0x73;
}
