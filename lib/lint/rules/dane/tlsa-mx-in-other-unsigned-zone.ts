import { isWithin } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { isNull } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** A signed domain sends its mail to hosts of an unsigned zone (RFC 7672 §2.2.1). */
export const rule: Rule = {
  id: 'tlsa-mx-in-other-unsigned-zone',
  group: 'dane',
  level: 'warning',
  cites: ['RFC 7672 §2.2.1'],
  what: 'The zone is signed, and an MX record names a host of another zone given that is not.',
  why: 'DANE does not work for the host, because nothing proves its addresses and TLSA records.',
  help: 'Sign the zone of the mail host too.',
  // A zone that is signed by the server has no keys in its file.
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1.example.org. ; expect
@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
`,
    others: [{ origin: 'example.org', zone: 'mx1 A 192.0.2.10\nns2 A 192.0.2.2\n' }],
  },
  good: {
    zone: `@ MX 10 mx1.example.org.
@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
`,
    others: [
      {
        origin: 'example.org',
        zone: `mx1 A 192.0.2.10
ns2 A 192.0.2.2
@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
`,
      },
    ],
  },
  say: ({ domain, host, zone }) =>
    `MX of ${domain} names ${host} in ${zone}, which has no DNSKEY; expected a signed zone, as DANE needs one`,
  check(facts, report) {
    if (!facts.signed) return;
    const told = new Set<Facts>();
    for (const { owner, mx } of facts.mailDomains) {
      for (const { wire, host, record } of mx) {
        if (isNull(wire) || isWithin(wire, facts.zone.origin)) continue;
        const other = facts.zoneFor(wire);
        if (other === undefined || told.has(other) || other.signed || other.mayBeBroken(TYPE.DNSKEY)) continue;
        told.add(other);
        const zone = bare(other.nameText(other.zone.apex));
        report.record(record, 'exchange', { args: { domain: bare(facts.nameText(owner)), host, zone } });
      }
    }
  },
};
