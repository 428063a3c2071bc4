import { dmarcTag, policyIn } from '../../../mail/dmarc.ts';
import { textFix } from '../../common-fixes.ts';
import { hostsOf, isWildcard } from '../../common-hosts.ts';
import { spfLetsSend, spfRecord } from '../../common-spf.ts';
import { bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { lineFix } from './edits.ts';
import { policyOf } from './policy.ts';
import { DMARC_LABEL, type DmarcText } from './records.ts';
import { labelsBefore } from './texts.ts';

/** A domain without mail does not ask receivers to refuse mail in its name. */
export const rule: Rule = {
  id: 'dmarc-no-mail-not-reject',
  group: 'mail-dmarc',
  level: 'warning',
  cites: ['RFC 7505 §4.2', 'RFC 9989 §4.7'],
  what: 'A domain with a null MX has no DMARC policy of reject.',
  why: 'All mail in the name of a domain without mail is forged, and nothing legitimate is lost when receivers refuse it.',
  help: 'Publish "v=DMARC1; p=reject".',
  bad: { zone: '@ MX 0 .\n@ TXT "v=spf1 -all"\n_dmarc TXT "v=DMARC1; p=none" ; expect\n' },
  good: { zone: '@ MX 0 .\n@ TXT "v=spf1 -all"\n_dmarc TXT "v=DMARC1; p=reject"\n' },
  fix: 'safe',
  say: ({ domain, policy }) =>
    `${domain} has a null MX but ${policy === '' ? 'no DMARC policy' : `the DMARC policy ${policy}`}; expected reject`,
  check(facts, report) {
    for (const { owner, mx, clientMx, nullMx } of facts.mailDomains) {
      const [record] = mx;
      if (!nullMx || record === undefined || hostsOf(clientMx).length > 0 || isWildcard(facts, owner)) continue;
      const spf = spfRecord(facts, owner);
      if (spf >= 0 && spfLetsSend(facts.text(spf))) continue;
      const domain = facts.zone.names.wire(owner);
      const answer = policyOf(facts, domain);
      const name = labelsBefore(domain, DMARC_LABEL);
      if (answer.kind === 'none' && name !== undefined) {
        const fix = { title: 'publish a policy of reject', safe: false };
        report.record(record.record, 'owner', {
          args: { domain: bareName(domain), policy: '' },
          fixes: lineFix(facts, record.record, name, '"v=DMARC1; p=reject"', fix),
        });
      }
      // What a domain above says for all below it is decided there; a record of another zone is not this zone's.
      if (answer.kind !== 'policy' || !answer.own || answer.facts !== facts) continue;
      noteWeak(facts, answer.found, record.record, spf >= 0, report);
    }
  },
};

function noteWeak(
  facts: Facts,
  { record, domain, dmarc }: DmarcText,
  mx: number,
  safe: boolean,
  report: Parameters<NonNullable<Rule['check']>>[1],
): void {
  const policy = policyIn(dmarc, 'p');
  const tag = dmarcTag(dmarc, 'p');
  if (policy === undefined || tag === undefined || policy === 'reject') return;
  const range = { from: tag.valueStart, to: tag.valueEnd };
  report.text(record, range.from, range.to, {
    args: { domain: bareName(domain), policy },
    related: [{ record: mx, part: 'rdata', message: 'its null MX' }],
    fixes: textFix(facts, record, range, 'reject', { title: 'write p=reject', safe }),
  });
}
