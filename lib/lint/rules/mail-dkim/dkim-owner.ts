import { parentOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { nearest } from '../../../text/nearest.ts';
import { isAliasTarget } from '../../common-alias-targets.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { ownerFix } from '../mail-dmarc/edits.ts';
import { isLabel } from '../mail-dmarc/texts.ts';
import { ED25519 } from './example-keys.ts';
import { dkimTexts, KEY_LABEL } from './records.ts';

/** A DKIM key stands where no verifier looks for it (RFC 6376 §3.6.2.1). */
export const rule: Rule = {
  id: 'dkim-owner',
  group: 'mail-dkim',
  level: 'warning',
  cites: ['RFC 6376 §3.6.2.1'],
  what: 'A DKIM key record does not stand at <selector>._domainkey below its domain.',
  why: 'Verifiers ask for <selector>._domainkey.<domain> alone, so that the key is never found.',
  help: 'Move the record to <selector>._domainkey below the domain.',
  bad: { zone: `s1.domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}" ; expect\n` },
  good: { zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}"\n` },
  fix: 'unsafe',
  say: ({ name, wanted }) =>
    `DKIM key record of ${name} stands where no verifier looks for it; expected it at ${wanted}`,
  check(facts, report) {
    for (const { record, owner } of dkimTexts(facts).elsewhere) {
      const wanted = wantedOwner(facts, owner);
      if (wanted === undefined || isAliasTarget(facts, owner)) continue;
      const { name, text } = wanted;
      const fix = { title: `move it to ${text}`, safe: false };
      const free = name !== undefined && facts.recordsAt(facts.find(name)).length === 0;
      report.record(record, 'owner', {
        args: { name: bare(facts.nameText(owner)), wanted: text },
        fixes: free ? ownerFix(facts, record, name, fix) : [],
      });
    }
  },
};

interface Wanted {
  readonly text: string;
  /** Known when the selector is. */
  readonly name?: Uint8Array;
}

/** Where the record was meant to stand; undefined for a name that providers may let others point to. */
function wantedOwner(facts: Facts, owner: number): Wanted | undefined {
  const wire = facts.zone.names.wire(owner);
  if (isLabel(wire, 0, KEY_LABEL)) return { text: `<selector>.${bareName(wire)}` };
  if (owner === facts.zone.apex || [TYPE.MX, TYPE.CLIENTMX].some((type) => facts.hasType(owner, type))) {
    return { text: `<selector>.${KEY_LABEL}.${bareName(wire)}` };
  }
  const at = 1 + (wire[0] ?? 0);
  const above = parentOf(wire);
  const size = wire[at] ?? 0;
  const label = Buffer.from(wire.subarray(at + 1, at + 1 + size)).toString('latin1');
  if (above === undefined || nearest(label, [KEY_LABEL]) === undefined) return undefined;
  const selector = wire.subarray(0, at);
  const rest = parentOf(above) ?? new Uint8Array(1);
  const name = Uint8Array.from([...selector, KEY_LABEL.length, ...Buffer.from(KEY_LABEL), ...rest]);
  return name.length > 255 ? undefined : { text: bareName(name), name };
}
