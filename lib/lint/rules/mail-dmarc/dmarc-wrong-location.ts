import { parentOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { nearest } from '../../../text/nearest.ts';
import { isAliasTarget } from '../../common-alias-targets.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { ownerFix } from './edits.ts';
import { DMARC_LABEL, type DmarcText, dmarcTexts } from './records.ts';
import { isLabel, labelsBefore } from './texts.ts';

/** A DMARC record stands where nobody looks for it (RFC 9989 §4.10). */
export const rule: Rule = {
  id: 'dmarc-wrong-location',
  group: 'mail-dmarc',
  level: 'warning',
  cites: ['RFC 9989 §4.10', 'RFC 9990 §4'],
  what: 'A DMARC record does not stand at _dmarc below its domain.',
  why: 'Receivers ask for the TXT records of _dmarc.<domain> alone, so that this policy is never seen.',
  help: 'Move the record to _dmarc below the domain.',
  bad: { zone: '@ TXT "v=DMARC1; p=reject" ; expect\n' },
  good: {
    zone: `_dmarc TXT "v=DMARC1; p=reject"
example.com._report._dmarc TXT "v=DMARC1"
`,
  },
  fix: 'unsafe',
  say: ({ name, wanted }) => `DMARC record of ${name} stands where nobody looks for it; expected it at ${wanted}`,
  check(facts, report) {
    for (const one of dmarcTexts(facts)) {
      if (one.place !== 'elsewhere') continue;
      const wanted = wantedOwner(facts, one);
      if (wanted === undefined || isAliasTarget(facts, one.owner)) continue;
      const there = facts.find(wanted);
      const taken = there >= 0 && facts.recordsAt(there).length > 0;
      const fix = { title: `move it to ${bareName(wanted)}`, safe: false };
      report.record(one.record, 'owner', {
        args: { name: bare(facts.nameText(one.owner)), wanted: bareName(wanted) },
        related: taken
          ? facts
              .recordsAt(there)
              .slice(0, 1)
              .map((record) => ({ record, message: 'what is there' }))
          : [],
        fixes: taken ? [] : ownerFix(facts, one.record, wanted, fix),
      });
    }
  },
};

/** Where the record was meant to stand; undefined for a name that providers may let others point to. */
function wantedOwner(facts: Facts, { owner, domain: name }: DmarcText): Uint8Array | undefined {
  if (owner === facts.zone.apex || [TYPE.MX, TYPE.CLIENTMX].some((type) => facts.hasType(owner, type))) {
    return labelsBefore(name, DMARC_LABEL);
  }
  const first = 1 + (name[0] ?? 0);
  const above = parentOf(name);
  if (above === undefined) return undefined;
  if (isLabel(name, first, DMARC_LABEL)) {
    // shop._dmarc.example.net for _dmarc.shop.example.net
    const domain = Uint8Array.from([...name.subarray(0, first), ...(parentOf(above) ?? [])]);
    const swapped = isLabel(name, 0, '*') ? parentOf(above) : facts.find(domain) >= 0 ? domain : undefined;
    return swapped === undefined ? undefined : labelsBefore(swapped, DMARC_LABEL);
  }
  const label = Buffer.from(name.subarray(1, first)).toString('latin1');
  return nearest(label, [DMARC_LABEL]) === undefined ? undefined : labelsBefore(above, DMARC_LABEL);
}
