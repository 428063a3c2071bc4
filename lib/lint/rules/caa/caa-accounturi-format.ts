import { isAbsoluteUri } from '../../../mail/caa.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { parametersOf, properties, reportValue } from './shared.ts';

/** The account that may order is not given as one URI (RFC 8657 §3). */
export const rule: Rule = {
  id: 'caa-accounturi-format',
  group: 'caa',
  level: 'warning',
  cites: ['RFC 8657 §3'],
  what: 'The parameter accounturi is no URI, or stands twice.',
  why: 'No account matches such a property, so that the CA refuses every order.',
  help: 'Write the URL of the account as the CA gave it, once; add another issue property for a second account.',
  bad: { zone: '@ CAA 0 issue "ca.example.org; accounturi=123" ; expect\n' },
  good: { zone: '@ CAA 0 issue "ca.example.org; accounturi=https://ca.example.org/acct/123"\n' },
  say: ({ owner, found, twice }) =>
    twice === 1
      ? `CAA of ${owner} has accounturi twice, which no account matches; expected an issue property for each account`
      : `accounturi of CAA of ${owner} is "${found}"; expected a URI such as https://ca.example/acct/123`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const property of properties(facts)) {
      const [first, second] = parametersOf(property, 'accounturi');
      if (first === undefined) continue;
      const bad = second ?? (isAbsoluteUri(first.value) ? undefined : first);
      if (bad === undefined) continue;
      const range = { start: bad === second ? bad.tagStart : bad.valueStart, end: bad.valueEnd };
      reportValue(facts, report, property, range, {
        args: { owner: bare(facts.ownerText(property.record)), found: bad.value, twice: bad === second ? 1 : 0 },
      });
    }
  },
};
