import { concatNames, equalNames, isWithin } from '../../../rr/name.ts';
import { bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { isPublicSuffix } from './policy.ts';
import { DMARC_LABEL, dmarcOf, policyTexts, REPORT_LABEL } from './records.ts';
import { labelsBefore, textsAt } from './texts.ts';

/** The receiver of reports does not say that it takes them (RFC 9990 §4, RFC 7489 §7.1). */
export const rule: Rule = {
  id: 'dmarc-external-not-authorized',
  group: 'mail-dmarc',
  level: 'warning',
  cites: ['RFC 9990 §4', 'RFC 7489 §7.1'],
  what: 'Reports go to a domain of somebody else, which does not say that it takes them.',
  why: 'Receivers of mail ask for that consent and send no reports without it.',
  help: 'Publish TXT "v=DMARC1" at <domain>._report._dmarc.<receiver>, or choose an address of the own domain.',
  bad: {
    zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com" ; expect\n',
    others: [{ origin: 'example.com', zone: '@ MX 10 ns1\nexample.org._report._dmarc TXT "v=DMARC1"\n' }],
  },
  good: {
    zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.com"\n',
    others: [{ origin: 'example.com', zone: '@ MX 10 ns1\nexample.net._report._dmarc TXT "v=DMARC1"\n' }],
  },
  say: ({ domain, tag, receiver }) =>
    `${tag} of ${domain} sends reports to ${receiver}, which has no consent for it; expected TXT "v=DMARC1" at ${domain}._report._dmarc.${receiver}`,
  check(facts, report) {
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      if (!dmarc.counts) continue;
      for (const tag of ['rua', 'ruf'] as const) {
        for (const { domain: receiver, from, to } of dmarc[tag]) {
          if (receiver === undefined || isSameOrganisation(facts, domain, receiver)) continue;
          if (consents(facts, domain, receiver) !== false) continue;
          report.text(record, from, to, {
            args: { domain: bareName(domain), tag, receiver: bareName(receiver) },
            related: apexPlace(facts, receiver),
          });
        }
      }
    }
  },
};

/** One within the other, or both in the zone of one organisation. */
function isSameOrganisation({ zone }: Facts, domain: Uint8Array, receiver: Uint8Array): boolean {
  if (isWithin(domain, receiver) || isWithin(receiver, domain)) return true;
  return isWithin(receiver, zone.origin) && !isPublicSuffix(zone.origin);
}

/** Whether the receiver's zone has the consent, a wildcard included; undefined when the zone was not given. */
function consents(facts: Facts, domain: Uint8Array, receiver: Uint8Array): boolean | undefined {
  const below = labelsBefore(receiver, REPORT_LABEL, DMARC_LABEL);
  const name = below === undefined ? undefined : concatNames(domain, below);
  if (name === undefined) return undefined;
  const answer = textsAt(facts, name);
  if (answer.kind === 'unknown') return undefined;
  if (answer.kind === 'none') return false;
  return answer.records.some((each) => dmarcOf(answer.facts, each)?.dmarc.counts === true);
}

function apexPlace(facts: Facts, receiver: Uint8Array): { place: ReturnType<Facts['place']>; message: string }[] {
  const other = facts.zoneFor(receiver);
  const apex = other?.recordsAt(other.zone.apex)[0];
  if (other === undefined || apex === undefined || equalNames(other.zone.origin, facts.zone.origin)) return [];
  return [{ place: other.place(apex, 'owner'), message: `the zone of ${bareName(receiver)}` }];
}
