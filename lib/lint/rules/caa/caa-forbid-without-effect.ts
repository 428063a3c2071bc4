import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { isIssue, type Property, propertySets } from './shared.ts';

/** A property that lets nobody issue stands beside one that lets somebody (RFC 8659 §4.2). */
export const rule: Rule = {
  id: 'caa-forbid-without-effect',
  group: 'caa',
  level: 'info',
  cites: ['RFC 8659 §4.2'],
  what: 'A name has an issue (or issuewild) property with ";" for nobody and another one that allows a CA.',
  why: 'Permissions add up, so the one that forbids does nothing; who reads it may think that nobody can issue.',
  help: 'Remove one of them.',
  bad: { zone: '@ CAA 0 issue ";" ; expect\n@ CAA 0 issue "ca.example.org"\n' },
  good: { zone: '@ CAA 0 issue "ca.example.org"\n@ CAA 0 issuewild ";"\n' },
  say: ({ owner, tag, domain }) =>
    `CAA ${tag} ";" of ${owner} forbids nothing, because another ${tag} allows ${domain}; expected one of them`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const set of propertySets(facts)) {
      for (const forbids of set) {
        if (!isIssue(forbids) || forbids.issue?.domain !== '' || forbids.issue.problems.length > 0) continue;
        const allows = set.find((other) => other.tag === forbids.tag && allowsSomebody(other));
        if (allows === undefined) continue;
        report.record(forbids.record, 'value', {
          args: {
            owner: bare(facts.ownerText(forbids.record)),
            tag: forbids.tag,
            domain: allows.issue?.domain ?? '',
          },
          related: [{ record: allows.record, part: 'value', message: 'allowed here' }],
        });
      }
    }
  },
};

function allowsSomebody({ issue }: Property): boolean {
  return issue !== undefined && issue.domain !== '' && issue.problems.length === 0;
}
