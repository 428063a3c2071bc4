import type { CaaFault, CaaProblem } from '../../../mail/caa.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { type Property, properties, reportValue, valueFix } from './shared.ts';

const SAYS: Readonly<Record<CaaFault, string>> = {
  domain: 'is no domain name; expected the domain of a CA, such as ca.example, or ";" for none',
  'domain-final-dot': 'ends the domain of the CA; expected the domain without a final dot',
  'domain-url': 'is a URL; expected the domain of a CA alone',
  'missing-semicolon': 'follows the domain of the CA; expected a semicolon before the first parameter',
  'no-equals': 'is no parameter; expected tag=value between semicolons',
  tag: 'is no parameter tag; expected letters, digits and hyphens before the equals sign',
  value: 'is no parameter value; expected printable characters without blanks and semicolons',
  'empty-parameter': 'has nothing between its semicolons; expected tag=value',
  'final-semicolon': 'ends the value; expected no semicolon behind the last parameter',
};

/** The value of a CAA property that names a CA breaks its grammar (RFC 8659 §4.2). */
export const rule: Rule = {
  id: 'caa-syntax',
  group: 'caa',
  level: 'error',
  cites: ['RFC 8659 §4.2', 'RFC 9495 §3'],
  what: 'The value of an issue, issuewild, issuemail or issuevmc property does not follow its grammar.',
  why: 'A CA takes a malformed value for a refusal: certificates are no longer issued or renewed.',
  help: 'Write the domain of the CA, then "; tag=value" for each parameter.',
  fix: 'safe',
  bad: { zone: '@ CAA 0 issue "ca.example.org; account=123;" ; expect\n' },
  good: { zone: '@ CAA 0 issue "ca.example.org; account=123"\n' },
  say: ({ owner, tag, fault, found }) =>
    `CAA ${tag} of ${owner}: "${found}" ${SAYS[fault as CaaFault] ?? 'is malformed'}`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const property of properties(facts)) {
      // A CA stops at the first fault too.
      const [problem] = property.issue?.problems ?? [];
      if (problem === undefined) continue;
      const found = property.value.slice(problem.start, problem.end);
      reportValue(facts, report, property, problem, {
        args: {
          owner: bare(facts.ownerText(property.record)),
          tag: property.tag,
          fault: problem.fault,
          found: shown(found),
        },
        fixes: fixesOf(facts, property, problem),
      });
    }
  },
};

function fixesOf(facts: Facts, property: Property, problem: CaaProblem): readonly ProposedFix[] {
  switch (problem.fault) {
    case 'final-semicolon':
      return valueFix(facts, property, problem, '', { title: 'remove the last semicolon', safe: true });
    case 'domain-final-dot':
      return valueFix(facts, property, problem, '', { title: 'remove the final dot', safe: true });
    case 'domain-url': {
      const host = /^https?:\/\/([a-z0-9.-]+)\/?$/i.exec(property.value.slice(problem.start, problem.end))?.[1];
      return host === undefined
        ? []
        : valueFix(facts, property, problem, host, { title: `write ${host}`, safe: false });
    }
    default:
      return [];
  }
}

function shown(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, '?');
  return printable.length > 60 ? `${printable.slice(0, 57)}...` : printable;
}
