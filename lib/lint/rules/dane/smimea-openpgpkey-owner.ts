import { labelsOf } from '../../../rr/name.ts';
import { TYPE, typeToText } from '../../../rr/types.ts';
import { isAliasTarget } from '../../common-alias-targets.ts';
import { isHidden } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Label below which the records of a type stand. */
const PLACES: readonly { readonly type: number; readonly label: string }[] = [
  { type: TYPE.SMIMEA, label: '_smimecert' },
  { type: TYPE.OPENPGPKEY, label: '_openpgpkey' },
];

/** 28 octets of a SHA-256 digest. */
const HASH = /^[\da-f]{56}$/i;

/** The key of a mailbox stands where nobody asks (RFC 8162 §3, RFC 7929 §3). */
export const rule: Rule = {
  id: 'smimea-openpgpkey-owner',
  group: 'dane',
  level: 'info',
  cites: ['RFC 8162 §3', 'RFC 7929 §3'],
  what: 'An SMIMEA or OPENPGPKEY record does not stand at the hash of a mailbox below _smimecert or _openpgpkey.',
  why: 'Mail programs ask for the hash of the part before the @, cut to 28 octets, and never see the record.',
  help: 'Put the record at the hash (56 hexadecimal digits), then _smimecert or _openpgpkey, then the domain.',
  bad: { zone: 'bob OPENPGPKEY mQENBFVHm5sBCADB ; expect\n' },
  good: {
    zone: '81b637d8fcd2c6da6359e6963113a1170de795e4b725b84d1e0b4cfd._openpgpkey OPENPGPKEY mQENBFVHm5sBCADB\n',
  },
  say: ({ type, owner, label }) =>
    `${type} record at ${owner}, where no mail program asks; expected 56 hexadecimal digits and ${label} before the domain`,
  check(facts, report) {
    for (const { type, label } of PLACES) {
      for (const { owner, records } of facts.rrsets(type)) {
        if (isHidden(facts, owner)) continue;
        const [first = '', second = ''] = labelsOf(facts.zone.names.wire(owner));
        const placed = second.toLowerCase() === label;
        if (placed && (HASH.test(first) || first === '*')) continue;
        // One record for many mailboxes, which lead to it by CNAME.
        if ((!placed && first.startsWith('_') && first.toLowerCase() !== label) || isAliasTarget(facts, owner))
          continue;
        report.record(records[0] ?? 0, 'owner', {
          args: { type: typeToText(type), owner: bare(facts.nameText(owner)), label },
        });
      }
    }
  },
};
