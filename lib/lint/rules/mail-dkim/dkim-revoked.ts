import { isWildcard } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { ED25519 } from './example-keys.ts';
import { dkimKeys } from './records.ts';

/** A selector whose key was withdrawn (RFC 6376 §3.6.1). */
export const rule: Rule = {
  id: 'dkim-revoked',
  group: 'mail-dkim',
  level: 'info',
  cites: ['RFC 6376 §3.6.1'],
  what: 'A DKIM key record has an empty key: the key was withdrawn.',
  why: 'Signatures with the selector fail; once no such mail is under way any more, the record says nothing.',
  help: 'Remove the record when nobody signs with the selector, or publish the key.',
  // A withdrawn key is the right thing to publish for a while.
  byDefault: false,
  bad: { zone: 's1._domainkey TXT "v=DKIM1; p=" ; expect\n' },
  good: { zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}"\n*._domainkey TXT "v=DKIM1; p="\n` },
  say: ({ name }) => `DKIM key of ${name} is empty, which withdraws it; expected a key, or no record any more`,
  check(facts, report) {
    for (const { record, owner, dkim } of dkimKeys(facts)) {
      const { key, publicKey } = dkim;
      if (key === undefined || publicKey?.kind !== 'revoked' || isWildcard(facts, owner)) continue;
      report.text(record, key.nameStart, key.valueEnd, { args: { name: bare(facts.nameText(owner)) } });
    }
  },
};
