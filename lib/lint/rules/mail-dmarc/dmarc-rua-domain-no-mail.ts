import { TYPE } from '../../../rr/types.ts';
import { bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { RelatedAt, Rule } from '../../rule.ts';
import { policyTexts } from './records.ts';

/** Reports go to a domain that takes no mail (RFC 7505, RFC 5321 §5.1). */
export const rule: Rule = {
  id: 'dmarc-rua-domain-no-mail',
  group: 'mail-dmarc',
  level: 'warning',
  cites: ['RFC 9990 §3', 'RFC 7505 §3', 'RFC 5321 §5.1'],
  what: 'The address for DMARC reports is in a domain that takes no mail.',
  why: 'Every report is refused, and nobody sees what it would have said.',
  help: 'Write an address in a domain with an MX.',
  bad: {
    zone: `@ MX 0 . ; the domain has no mail
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.net" ; expect
`,
  },
  good: {
    zone: `@ MX 0 .
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@reports.example.net"
reports MX 10 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, tag, receiver, reason }) =>
    `${tag} of ${domain} sends reports to ${receiver}, which ${reason}; expected a domain that takes mail`,
  check(facts, report) {
    const known = new Map<string, NoMail | undefined>();
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      for (const tag of ['rua', 'ruf'] as const) {
        for (const { domain: receiver, from, to } of dmarc[tag]) {
          if (receiver === undefined || hasMx(facts, receiver)) continue;
          const name = bareName(receiver).toLowerCase();
          if (!known.has(name)) known.set(name, noMail(facts, receiver));
          const refusal = known.get(name);
          if (refusal === undefined) continue;
          const { reason, related } = refusal;
          report.text(record, from, to, { args: { domain: bareName(domain), tag, receiver: name, reason }, related });
        }
      }
    }
  },
};

/** Whether a domain of the zone has an MX other than the null one, seen without a whole look-up. */
function hasMx(facts: Facts, domain: Uint8Array): boolean {
  const mx = facts.tree.firstOf(facts.find(domain), TYPE.MX);
  return mx >= 0 && (facts.zone.rdataLengths[mx] as number) > NULL_MX;
}

/** Octets of the RDATA of a null MX: the preference and the root (RFC 7505 §3). */
const NULL_MX = 3;

interface NoMail {
  readonly reason: string;
  readonly related: readonly RelatedAt[];
}

/** Why a domain of the zones given takes no mail; undefined when it does, or its zone was not given. */
function noMail(facts: Facts, domain: Uint8Array): NoMail | undefined {
  const zone = facts.zoneFor(domain);
  if (zone === undefined) return undefined;
  const outcome = zone.lookup(domain, TYPE.MX);
  if (outcome.kind === 'answer') {
    const [mx] = outcome.records;
    if (mx === undefined || outcome.records.length > 1 || zone.nameField(mx, 'exchange')?.length !== 1)
      return undefined;
    return { reason: 'has a null MX', related: [{ place: zone.place(mx, 'rdata'), message: 'its null MX' }] };
  }
  if (outcome.kind !== 'nodata' && outcome.kind !== 'nxdomain') return undefined;
  const types = [TYPE.A, TYPE.AAAA];
  if ([TYPE.MX, TYPE.CNAME, ...types].some((type) => zone.mayBeBroken(type))) return undefined;
  if (outcome.kind === 'nxdomain') return { reason: 'does not exist', related: [] };
  // A domain with an address and no MX takes mail there (RFC 5321 §5.1).
  if (types.some((type) => zone.lookup(domain, type).kind === 'answer')) return undefined;
  return { reason: 'has no MX and no address', related: [] };
}
