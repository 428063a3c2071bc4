import { dmarcTag } from '../../../mail/dmarc.ts';
import { equalNames, isWithin } from '../../../rr/name.ts';
import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { policyTexts } from './records.ts';

/** Strict alignment of the envelope, where sub-domains send by Client MX (draft-chuang §1.2.4). */
export const rule: Rule = {
  id: 'dmarc-mtls-strict-alignment',
  group: 'mail-dmarc',
  level: 'info',
  cites: ['CMX-1.2.4-c', 'RFC 9989 §4.4'],
  what: 'A DMARC record wants strict SPF alignment while a sub-domain with Client MX may be the envelope sender.',
  why: 'The mtls verdict stands in for SPF: a verdict for the sub-domain does not count for mail from the domain under aspf=s.',
  help: 'Write aspf=r, or use the domain itself in MAIL FROM.',
  // Which domains stand in MAIL FROM is not to be seen in the zone.
  byDefault: false,
  bad: {
    zone: `_dmarc TXT "v=DMARC1; p=reject; aspf=s" ; expect
bounce ${clientMx(10, 'out1')}
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `_dmarc TXT "v=DMARC1; p=reject; aspf=r"
bounce ${clientMx(10, 'out1')}
out1 A 192.0.2.20
`,
  },
  say: ({ domain, sub }) =>
    `DMARC record of ${domain} wants aspf=s, but ${sub} sends by Client MX, whose verdict then does not count for ${domain}; expected aspf=r`,
  check(facts, report) {
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      const tag = dmarcTag(dmarc, 'aspf');
      if (tag?.value.toLowerCase() !== 's') continue;
      const below = facts.mailDomains.filter(({ owner, clientMx: senders }) => {
        if (hostsOf(senders).length === 0) return false;
        const name = facts.zone.names.wire(owner);
        return isWithin(name, domain) && !equalNames(name, domain);
      });
      const [first] = below;
      if (first === undefined) continue;
      report.text(record, tag.nameStart, tag.valueEnd, {
        args: { domain: bareName(domain), sub: bare(facts.nameText(first.owner)) },
        related: below
          .slice(0, 5)
          .flatMap(({ clientMx: [sender] }) =>
            sender === undefined ? [] : [{ record: sender.record, part: 'owner', message: 'sends by Client MX' }],
          ),
      });
    }
  },
};
