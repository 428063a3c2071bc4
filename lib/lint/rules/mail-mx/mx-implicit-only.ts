import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** The zone's name has an address and no MX (RFC 5321 §5.1). */
export const rule: Rule = {
  id: 'mx-implicit-only',
  group: 'mail-mx',
  level: 'info',
  cites: ['RFC 5321 §5.1', 'RFC 7505 §1', 'CMX-1.2.1-d'],
  what: "The zone's name has an address but no MX record, so mail goes to that address.",
  why: 'Senders take the address for the mail server, retry for days when it takes no mail, and neither draft can be used without MX records.',
  help: 'Add an MX record, or the null MX "0 ." when the domain takes no mail.',
  // A domain that is only a web site is in order.
  byDefault: false,
  bad: { zone: '@ A 192.0.2.80 ; expect\n' },
  good: {
    zone: `@ A 192.0.2.80
@ MX 0 .
`,
  },
  say: ({ domain, address }) =>
    `${domain} has the address ${address} but no MX, so mail for it goes to that address; expected an MX record or the null MX`,
  check(facts, report) {
    const { apex } = facts.zone;
    const address = facts.rrset(apex, TYPE.A)[0] ?? facts.rrset(apex, TYPE.AAAA)[0];
    if (address === undefined || facts.hasType(apex, TYPE.MX) || facts.mayBeBroken(TYPE.MX)) return;
    report.record(address, 'owner', {
      args: { domain: bare(facts.nameText(apex)), address: facts.rdataText(address) },
    });
  },
};
