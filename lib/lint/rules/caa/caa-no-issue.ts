import { CAA_TAGS } from '../../../mail/caa.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { type Property, propertySets } from './shared.ts';

/** The CAA records of a name ask for reports and restrict nothing (RFC 8659 §4.2). */
export const rule: Rule = {
  id: 'caa-no-issue',
  group: 'caa',
  level: 'warning',
  cites: ['RFC 8659 §3', 'RFC 8659 §4.2'],
  what: 'A name has CAA records with iodef and none that says who may issue.',
  why: 'Any CA may issue, and restrictions of a name above no longer count, because the search ends at the first name with CAA records.',
  help: 'Add an issue property with the CA you use, or with ";" for none.',
  bad: { zone: '@ CAA 0 iodef "mailto:security@example.net" ; expect\n' },
  good: {
    zone: `@ CAA 0 issue "ca.example.org"
@ CAA 0 iodef "mailto:security@example.net"
`,
  },
  say: ({ owner }) =>
    `the CAA records of ${owner} have iodef but no issue, so any CA may issue; expected an issue property`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const set of propertySets(facts)) {
      const [first] = set;
      if (first === undefined || !set.every(asksOnly) || facts.mayBeBroken(facts.zone.types[first.record] ?? 0))
        continue;
      report.record(first.record, 'tag', { args: { owner: bare(facts.ownerText(first.record)) } });
    }
  },
};

/** A tag of no known kind may be a slip, which caa-unknown-tag tells; contacts alone serve the validation of domains. */
function asksOnly({ tag }: Property): boolean {
  return CAA_TAGS.get(tag) === 'url';
}
