import { isHostName, labelCount, labelsOf } from '../../../rr/name.ts';
import { clientMx } from '../../common-examples.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Client MX names something that no certificate can hold as a host name (RFC 5321 §2.3.5). */
export const rule: Rule = {
  id: 'client-mx-target-not-hostname',
  group: 'client-mx',
  level: 'error',
  cites: ['RFC 5321 §2.3.5', 'CMX-1.2.1-i'],
  what: 'A Client MX record names something that is not a host name: an address, or a label with other characters than letters, digits and hyphens.',
  why: 'No CA issues a certificate for such a name, so nothing can ever match the record.',
  help: 'Name the host by a name of letters, digits and hyphens.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out_1.example.org.')} ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain, host, fault }) =>
    `Client MX of ${domain} names ${host}, ${fault}; expected a host name of letters, digits and hyphens`,
  check(facts, report) {
    for (const { owner, clientMx: members } of facts.mailDomains) {
      for (const { record, isNull, wire } of members) {
        if (isNull) continue;
        const fault = faultOf(wire);
        if (fault === undefined) continue;
        report.record(record, 'exchange', {
          args: { domain: bare(facts.nameText(owner)), host: bareName(wire), fault },
        });
      }
    }
  },
};

function faultOf(wire: Uint8Array): string | undefined {
  if (!isHostName(wire)) {
    const labels = labelsOf(wire);
    const odd = labels.find((label) => !/^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(label));
    return odd === undefined ? 'which ends in a number' : `in which the label "${odd}" cannot be part of a host name`;
  }
  // A label is one to three digits in the first four only when somebody wrote an address.
  const digits = (wire[0] ?? 0) <= 3 && labelCount(wire) >= 4;
  if (
    !digits ||
    !labelsOf(wire)
      .slice(0, 4)
      .every((label) => /^\d{1,3}$/.test(label))
  )
    return undefined;
  return 'which is an IP address read as a name';
}
