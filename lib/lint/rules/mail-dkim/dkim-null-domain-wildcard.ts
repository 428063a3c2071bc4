import { TYPE } from '../../../rr/types.ts';
import { findBelow } from '../../common-below.ts';
import { hostsOf, isWildcard } from '../../common-hosts.ts';
import { spfLetsSend, spfRecord } from '../../common-spf.ts';
import { bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { lineFix } from '../mail-dmarc/edits.ts';
import { labelsBefore, mayBeHidden } from '../mail-dmarc/texts.ts';
import { KEY_LABEL } from './records.ts';

/** A domain without mail does not withdraw the keys it never had. */
export const rule: Rule = {
  id: 'dkim-null-domain-wildcard',
  group: 'mail-dkim',
  level: 'info',
  cites: ['RFC 6376 §3.6.1', 'RFC 7505 §4.2'],
  what: 'A domain without mail has no withdrawn DKIM key for all selectors.',
  why: 'It says in DKIM, too, that no signature of the domain is genuine, whichever selector it names.',
  help: 'Publish *._domainkey TXT "v=DKIM1; p=".',
  byDefault: false,
  bad: { zone: '@ MX 0 . ; expect\n@ TXT "v=spf1 -all"\n_dmarc TXT "v=DMARC1; p=reject"\n' },
  good: {
    zone: `@ MX 0 .
@ TXT "v=spf1 -all"
_dmarc TXT "v=DMARC1; p=reject"
*._domainkey TXT "v=DKIM1; p="
`,
  },
  fix: 'safe',
  say: ({ domain }) => `${domain} has no mail; expected *._domainkey.${domain} TXT "v=DKIM1; p=" to say so in DKIM`,
  check(facts, report) {
    if (mayBeHidden(facts)) return;
    for (const { owner, mx, clientMx, nullMx } of facts.mailDomains) {
      const [record] = mx;
      if (!nullMx || record === undefined || hostsOf(clientMx).length > 0 || isWildcard(facts, owner)) continue;
      if (letsSend(facts, owner) || hasKeys(facts, owner)) continue;
      const domain = facts.zone.names.wire(owner);
      const name = labelsBefore(domain, '*', KEY_LABEL);
      const fix = { title: 'withdraw all keys', safe: true };
      report.record(record.record, 'owner', {
        args: { domain: bareName(domain) },
        fixes: name === undefined ? [] : lineFix(facts, record.record, name, '"v=DKIM1; p="', fix),
      });
    }
  },
};

function letsSend(facts: Facts, owner: number): boolean {
  const spf = spfRecord(facts, owner);
  return spf >= 0 && spfLetsSend(facts.text(spf));
}

/** Whether anything stands below `_domainkey`, or answers for it. */
function hasKeys(facts: Facts, owner: number): boolean {
  if (findBelow(facts, owner, KEY_LABEL) >= 0) return true;
  const name = labelsBefore(facts.zone.names.wire(owner), 'any', KEY_LABEL);
  return name === undefined || facts.lookup(name, TYPE.TXT).kind !== 'nxdomain';
}
