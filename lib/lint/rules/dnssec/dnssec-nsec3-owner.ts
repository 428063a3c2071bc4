import { hashOfOwner } from '../../../dnssec/nsec3.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { hashedExample } from './examples.ts';

/** An NSEC3 at a name that cannot be a hash (RFC 5155 §3). */
export const rule: Rule = {
  id: 'dnssec-nsec3-owner',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 5155 §3'],
  what: 'The first label of the owner of an NSEC3 record is not base32hex.',
  why: 'NSEC3 records stand at hashes. BIND refuses the zone.',
  help: 'Sign the zone again, or remove the record.',
  bad: { zone: 'www NSEC3 1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr A ; expect\n' },
  good: hashedExample(),
  load: true,
  say: ({ name }) => `${name} is not the name of an NSEC3 record; expected a hash in base32hex as its first label`,
  needs: [TYPE.NSEC3],
  check(facts, report) {
    for (const record of facts.records(TYPE.NSEC3)) {
      if (hashOfOwner(facts.zone.ownerOf(record)) !== undefined) continue;
      report.record(record, 'owner', { args: { name: bare(facts.ownerText(record)) } });
    }
  },
};
