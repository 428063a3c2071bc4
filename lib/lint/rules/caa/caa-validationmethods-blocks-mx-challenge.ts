import { type CaaParameter, listOf } from '../../../mail/caa.ts';
import { clientMx } from '../../common-examples.ts';
import { bare, listed } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { type Property, parametersOf, relevantSet, reportValue, valueFix } from './shared.ts';

const CHALLENGES = ['client-mx-http-01', 'server-mx-http-01'];

/** CAA forbids the challenges that certificates for mail hosts are proved by (RFC 8657 §4, draft-chuang §1.3). */
export const rule: Rule = {
  id: 'caa-validationmethods-blocks-mx-challenge',
  group: 'caa',
  level: 'warning',
  cites: ['RFC 8657 §4'],
  what: 'CAA of a Client MX host limits the validation methods and leaves out the challenges for mail hosts.',
  why: 'A CA that proves mail hosts by their MX records must refuse the order.',
  help: 'Add the challenge to validationmethods, if the certificates are ordered with it.',
  // Certificates for these hosts can be proved in other ways.
  byDefault: false,
  fix: 'unsafe',
  bad: {
    zone: `@ CAA 0 issue "ca.example.org; validationmethods=dns-01" ; expect
@ MX 10 mx1
@ ${clientMx(10, 'mx1')}
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ CAA 0 issue "ca.example.org; validationmethods=dns-01,client-mx-http-01"
@ MX 10 mx1
@ ${clientMx(10, 'mx1')}
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, found, host }) =>
    `CAA of ${owner} allows the methods ${found} only, but ${host} is a Client MX host; expected ${CHALLENGES[0]} or ${CHALLENGES[1]} among them`,
  check(facts, report) {
    const seen = new Set<number>();
    for (const target of facts.mailDomains.flatMap((domain) => domain.clientMx)) {
      const found = relevantSet(facts, target.wire);
      if (found === 'none' || found === 'unknown' || found.facts !== facts) continue;
      const issues = found.set.filter(({ tag }) => tag === 'issue');
      const blocking = issues.map(blockingOf);
      // One property that allows the challenge is enough.
      if (blocking.includes(undefined)) continue;
      issues.forEach((property, at) => {
        const parameter = blocking[at];
        if (parameter === undefined || seen.has(property.record)) return;
        seen.add(property.record);
        reportBlock(facts, report, property, parameter, target.host);
      });
    }
  },
};

function blockingOf(property: Property): CaaParameter | undefined {
  const [methods] = parametersOf(property, 'validationmethods');
  return methods !== undefined && !listOf(methods).some(({ word }) => CHALLENGES.includes(word)) ? methods : undefined;
}

function reportBlock(
  facts: Facts,
  report: Parameters<typeof reportValue>[1],
  property: Property,
  parameter: CaaParameter,
  host: string,
): void {
  const range = { start: parameter.valueStart, end: parameter.valueEnd };
  const words = listOf(parameter).map(({ word }) => word);
  const [challenge] = CHALLENGES;
  reportValue(facts, report, property, range, {
    args: { owner: bare(facts.ownerText(property.record)), found: listed(words, 6), host },
    fixes: valueFix(facts, property, range, `${parameter.value},${challenge}`, {
      title: `allow ${challenge} too`,
      safe: false,
    }),
  });
}
