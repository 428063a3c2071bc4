import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { properties, reportValue, valueFix } from './shared.ts';

/** CAs by the label that their name is known by, with the domains they say they go by in CAA. */
const ISSUERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['letsencrypt', ['letsencrypt.org']],
  ['digicert', ['digicert.com', 'digicert.ne.jp']],
  ['sectigo', ['sectigo.com']],
  ['globalsign', ['globalsign.com']],
  ['buypass', ['buypass.com', 'buypass.no']],
  ['swisssign', ['swisssign.com', 'swisssign.net']],
]);

/** The CA of a CAA property is a well-known one under a domain that it does not go by. */
export const rule: Rule = {
  id: 'caa-issuer-slip',
  group: 'caa',
  level: 'warning',
  cites: ['RFC 8659 §4.2'],
  what: 'A CAA property names a well-known CA by another domain than the one the CA looks for.',
  why: 'The CA compares the whole domain, does not find itself allowed, and refuses to issue.',
  help: 'Write the domain that the CA documents for CAA.',
  fix: 'unsafe',
  bad: { zone: '@ CAA 0 issue "letsencrypt.com" ; expect\n' },
  good: { zone: '@ CAA 0 issue "letsencrypt.org"\n' },
  say: ({ owner, tag, found, expected }) => `CAA ${tag} of ${owner} names ${found}; expected ${expected}`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const property of properties(facts)) {
      const { issue, record, tag } = property;
      if (issue === undefined || issue.domain === '' || issue.problems.length > 0) continue;
      const [expected, ...others] = issuerMeant(issue.domain.toLowerCase());
      if (expected === undefined) continue;
      const range = { start: issue.domainStart, end: issue.domainEnd };
      reportValue(facts, report, property, range, {
        args: {
          owner: bare(facts.ownerText(record)),
          tag,
          found: issue.domain,
          expected: [expected, ...others].join(' or '),
        },
        fixes: valueFix(facts, property, range, expected, { title: `write ${expected}`, safe: false }),
      });
    }
  },
};

function issuerMeant(domain: string): readonly string[] {
  for (const label of domain.split('.')) {
    const domains = ISSUERS.get(label.replaceAll('-', ''));
    if (domains !== undefined) return domains.includes(domain) ? [] : domains;
  }
  return [];
}
