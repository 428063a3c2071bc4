import { TYPE } from '../../../rr/types.ts';
import { isHidden } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { textsAt } from '../mail-dmarc/texts.ts';
import { ED25519 } from './example-keys.ts';
import { isSelector } from './records.ts';

/** A selector is an alias that leads nowhere (RFC 6376 §3.6.2). */
export const rule: Rule = {
  id: 'dkim-selector-cname-dangling',
  group: 'mail-dkim',
  level: 'warning',
  cites: ['RFC 6376 §3.6.2', 'RFC 1034 §3.6.2'],
  what: 'The alias at a DKIM selector leads to a name without a TXT record.',
  why: 'Verifiers find no key, and every signature with the selector fails.',
  help: 'Correct the target of the alias, or publish the key there.',
  bad: {
    zone: 's1._domainkey CNAME s1.keys.example.com. ; expect\n',
    others: [{ origin: 'example.com', zone: `s2.keys TXT "v=DKIM1; k=ed25519; p=${ED25519}"\n` }],
  },
  good: {
    zone: 's1._domainkey CNAME s1.keys.example.com.\ns2._domainkey CNAME s2.keys.example.org.\n',
    others: [{ origin: 'example.com', zone: `s1.keys TXT "v=DKIM1; k=ed25519; p=${ED25519}"\n` }],
  },
  say: ({ name, target, reason }) =>
    `${name} is an alias of ${target}, which ${reason}; expected a TXT record with the key there`,
  needs: [TYPE.CNAME],
  check(facts, report) {
    for (const record of facts.records(TYPE.CNAME)) {
      const owner = facts.zone.owners[record] as number;
      if (!isSelector(facts, owner) || isHidden(facts, owner)) continue;
      const answer = textsAt(facts, facts.rdata(record));
      // A target that the own zone does not have at all is core-cname-dangling.
      if (answer.kind !== 'none' || (answer.facts === facts && !answer.exists)) continue;
      const args = {
        name: bare(facts.nameText(owner)),
        target: bareName(answer.name),
        reason: answer.exists ? 'has no TXT record' : 'does not exist',
      };
      report.record(record, 'rdata', { args });
    }
  },
};
