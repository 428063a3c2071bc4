import { dkimTag } from '../../../mail/dkim.ts';
import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { tagRemoval } from '../mail-dmarc/edits.ts';
import { ED25519 } from './example-keys.ts';
import { dkimKeys } from './records.ts';

/** A key is declared a test (RFC 6376 §3.6.1). */
export const rule: Rule = {
  id: 'dkim-testing',
  group: 'mail-dkim',
  level: 'info',
  cites: ['RFC 6376 §3.6.1'],
  what: 'A DKIM key record has the flag y: the domain is testing DKIM.',
  why: 'Verifiers treat mail whose signature fails as if it had none as long as the flag stands there.',
  help: 'Remove t=y when the test is over.',
  byDefault: false,
  bad: { zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; t=y; p=${ED25519}" ; expect\n` },
  good: { zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; t=s; p=${ED25519}"\n` },
  fix: 'unsafe',
  say: ({ name }) => `DKIM key of ${name} has the flag y for testing; expected none after the test`,
  check(facts, report) {
    for (const { record, owner, dkim } of dkimKeys(facts)) {
      const testing = dkim.flags.find(({ text }) => text === 'y');
      const tag = dkimTag(dkim, 't');
      if (testing === undefined || tag === undefined || dkim.publicKey?.kind === 'revoked') continue;
      const others = dkim.flags.filter(({ text }) => text !== 'y').map(({ text }) => text);
      const range = { from: tag.valueStart, to: tag.valueEnd };
      const fix = { title: 'remove the flag y', safe: false };
      report.text(record, testing.from, testing.to, {
        args: { name: bare(facts.nameText(owner)) },
        fixes:
          others.length === 0
            ? tagRemoval(facts, record, tag, fix)
            : textFix(facts, record, range, others.join(':'), fix),
      });
    }
  },
};
