import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

const SHA1 = 1;

/** SSH fingerprints by SHA-1 alone. */
export const rule: Rule = {
  id: 'core-sshfp-sha1',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 6594 §4', 'RFC 8709 §7'],
  what: 'A host key has SSHFP fingerprints by SHA-1 only.',
  why: 'SHA-1 no longer withstands an attacker, and clients that demand SHA-256 see no fingerprint at all.',
  help: 'Add the SHA-256 fingerprint of the key (type 2).',
  bad: { zone: 'ssh SSHFP 4 1 123456789abcdef67890123456789abcdef67890 ; expect\n' },
  good: { zone: 'ssh SSHFP 4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789\n' },
  say: ({ name, algorithm }) =>
    `the key of algorithm ${algorithm} of ${name} has only a SHA-1 fingerprint (type 1), none of SHA-256 (type 2)`,
  needs: [TYPE.SSHFP],
  check(facts, report) {
    for (const { owner, records } of facts.rrsets(TYPE.SSHFP)) {
      const strong = new Set<number>();
      for (const record of records) {
        const [algorithm = 0, type = 0] = facts.rdata(record);
        if (type > SHA1) strong.add(algorithm);
      }
      const said = new Set<number>(strong);
      for (const record of records) {
        const [algorithm = 0, type = 0] = facts.rdata(record);
        if (type !== SHA1 || said.has(algorithm)) continue;
        said.add(algorithm);
        report.record(record, 'rdata', { args: { name: bare(facts.nameText(owner)), algorithm } });
      }
    }
  },
};
