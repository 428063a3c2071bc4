import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { isMailRecord, occludedNames } from './occluded.ts';

/** Records about mail at or below a delegation. */
export const rule: Rule = {
  id: 'deleg-apex-mail-below-cut',
  group: 'delegation',
  level: 'error',
  cites: ['RFC 2181 §6', 'RFC 1034 §4.3.2'],
  what: 'A record about mail (MX, Client MX, SRV, TLSA, SPF, DKIM or DMARC text) stands at or below a delegation.',
  why: 'Servers answer with a referral and never give it out: mail goes where the delegated zone says, or nowhere.',
  help: 'Move the record to the delegated zone, or remove the delegation.',
  bad: { zone: 'sub NS ns1\n_dmarc.sub TXT "v=DMARC1; p=reject" ; expect\n' },
  good: { zone: 'sub NS ns1\n_dmarc TXT "v=DMARC1; p=reject"\n' },
  say: ({ name, type, cut }) =>
    `the ${type} record of ${name} is never given out, because ${cut} is delegated to other servers`,
  check(facts, report) {
    for (const { cut, records } of occludedNames(facts)) {
      for (const record of records) {
        if (!isMailRecord(facts, record)) continue;
        const type = facts.zone.types[record] ?? 0;
        // The same record in the delegated zone works, and then this one is a harmless copy.
        const child = facts.zoneAt(facts.zone.names.wire(cut));
        const owner = child?.find(facts.zone.ownerOf(record)) ?? -1;
        if (child?.hasType(owner, type)) continue;
        report.record(record, 'entry', {
          args: {
            name: bare(facts.ownerText(record)),
            type: type === facts.drafts.clientMxType ? 'Client MX' : typeToText(type),
            cut: bare(facts.nameText(cut)),
          },
          related: facts
            .rrset(cut, TYPE.NS)
            .slice(0, 1)
            .map((ns) => ({ record: ns, message: 'the delegation' })),
        });
      }
    }
  },
};
