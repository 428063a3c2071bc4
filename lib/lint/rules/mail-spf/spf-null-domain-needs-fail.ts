import { evaluatedTerms } from '../../../mail/spf-answers.ts';
import { TYPE } from '../../../rr/types.ts';
import { hostsOf } from '../../common-hosts.ts';
import { spfLetsSend, spfTexts, type ZoneSpf } from '../../common-spf.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { newRecord, shownText, writing } from './shared.ts';

/** A domain without mail does not say that nobody sends for it (RFC 7505 §4.2, RFC 7208 §10.1.2). */
export const rule: Rule = {
  id: 'spf-null-domain-needs-fail',
  group: 'mail-spf',
  level: 'warning',
  cites: ['RFC 7505 §4.2', 'RFC 7208 §5.1'],
  what: 'A domain with the null MX has no SPF record, or one that lists nobody and does not end with "-all".',
  why: 'A domain that takes no mail is a good cloak for forgers unless it also says that it sends none.',
  help: 'Add the record "v=spf1 -all".',
  fix: 'safe',
  bad: {
    zone: `@ MX 0 .
@ TXT "v=spf1 ~all" ; expect
`,
  },
  good: {
    zone: `@ MX 0 .
@ TXT "v=spf1 -all"
`,
  },
  say: ({ domain, spf }) =>
    spf === ''
      ? `${domain} has the null MX but no SPF record; expected "v=spf1 -all"`
      : `${domain} has the null MX, and its SPF record "${spf}" lists nobody but does not refuse the others; expected "v=spf1 -all"`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.TXT)) return;
    const { records, near } = spfTexts(facts);
    const byOwner = new Map<number, ZoneSpf>(records.map((found) => [found.owner, found]));
    const others = new Set(near.map((record) => facts.zone.owners[record] ?? 0));
    for (const { owner, mx, nullMx, clientMx } of facts.mailDomains) {
      const [record] = mx;
      if (!nullMx || record === undefined || hostsOf(clientMx).length > 0) continue;
      const args = { domain: bare(facts.nameText(owner)), spf: '' };
      const found = byOwner.get(owner);
      if (found !== undefined)
        checkRecord(found, (fixes, spf) => report.record(found.record, 'rdata', { args: { ...args, spf }, fixes }));
      else if (!others.has(owner) && !facts.hasType(owner, TYPE.CNAME) && !facts.hasType(owner, TYPE.SPF)) {
        report.record(record.record, 'owner', { args, fixes: newRecord(facts, record.record, 'v=spf1 -all') });
      }
    }
  },
};

/** Domains that send without taking answers list their hosts, and are left alone. */
function checkRecord(found: ZoneSpf, add: (fixes: ReturnType<typeof writing>, spf: string) => void): void {
  const { spf } = found;
  const last = evaluatedTerms(spf).at(-1);
  if (!spf.valid || spfLetsSend(spf.text) || last?.kind === 'modifier') return;
  const isAll = last?.mechanism === 'all';
  if (isAll && (last.qualifier === '-' || last.qualifier === '+')) return;
  const end = spf.text.trimEnd().length;
  const range = isAll ? last : { start: end, end };
  add(
    writing(found, range, isAll ? '-all' : ' -all', { title: 'refuse all: "-all"', safe: true }),
    shownText(spf.text),
  );
}
