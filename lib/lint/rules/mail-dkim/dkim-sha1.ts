import { dkimTag } from '../../../mail/dkim.ts';
import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { ED25519 } from './example-keys.ts';
import { dkimKeys } from './records.ts';

/** A key record allows SHA-1 (RFC 8301 §3.1). */
export const rule: Rule = {
  id: 'dkim-sha1',
  group: 'mail-dkim',
  level: 'warning',
  cites: ['RFC 8301 §3.1'],
  what: 'The tag h of a DKIM key record allows SHA-1.',
  why: 'Verifiers refuse signatures with SHA-1; a key that allows nothing else verifies nothing.',
  help: 'Write h=sha256, or leave the tag out.',
  bad: { zone: `s1._domainkey TXT "v=DKIM1; h=sha1; k=ed25519; p=${ED25519}" ; expect\n` },
  good: { zone: `s1._domainkey TXT "v=DKIM1; h=sha256; k=ed25519; p=${ED25519}"\n` },
  fix: 'safe',
  say: ({ name, only }) =>
    only === 'yes'
      ? `DKIM key of ${name} allows sha1 alone, which verifiers refuse; expected sha256`
      : `DKIM key of ${name} allows sha1, which verifiers refuse; expected sha256 alone`,
  check(facts, report) {
    for (const { record, owner, dkim } of dkimKeys(facts)) {
      const sha1 = dkim.hashes.find(({ text }) => text.toLowerCase() === 'sha1');
      const tag = dkimTag(dkim, 'h');
      if (sha1 === undefined || tag === undefined) continue;
      const only = !dkim.hashes.some(({ text }) => text.toLowerCase() === 'sha256');
      const range = { from: tag.valueStart, to: tag.valueEnd };
      report.text(record, sha1.from, sha1.to, {
        args: { name: bare(facts.nameText(owner)), only: only ? 'yes' : 'no' },
        severity: only ? 'error' : 'warning',
        fixes: textFix(facts, record, range, 'sha256', { title: 'write h=sha256', safe: true }),
      });
    }
  },
};
