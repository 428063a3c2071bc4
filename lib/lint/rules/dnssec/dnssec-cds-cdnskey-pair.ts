import { TYPE, typeToText } from '../../../rr/types.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { SIGNED, signedExample } from './examples.ts';
import { isWholeAndSigned } from './signing.ts';

const KEY = SIGNED.find((line) => line.startsWith('@ DNSKEY'))?.slice('@ DNSKEY '.length) ?? '';

/** CDS without CDNSKEY, or the other way round (RFC 7344 §4). */
export const rule: Rule = {
  id: 'dnssec-cds-cdnskey-pair',
  group: 'dnssec',
  level: 'info',
  cites: ['RFC 7344 §4'],
  what: 'A signed zone has CDS records and no CDNSKEY, or CDNSKEY and no CDS.',
  why: 'Parents read one of the two, so a zone should have both. Knot DNS does not load a zone with one of them.',
  help: 'Publish both, or neither.',
  byDefault: false,
  bad: signedExample({}, `@ CDNSKEY ${KEY} ; expect\n`),
  good: signedExample(),
  load: true,
  say: ({ zone, type, other }) => `${zone} has a ${type} record, but no ${other}; parents may look for either`,
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts)) return;
    for (const [type, other] of [
      [TYPE.CDS, TYPE.CDNSKEY],
      [TYPE.CDNSKEY, TYPE.CDS],
    ] as const) {
      const [record] = facts.rrset(facts.zone.apex, type);
      if (record === undefined || facts.hasType(facts.zone.apex, other)) continue;
      const args = { zone: bareName(facts.zone.origin), type: typeToText(type), other: typeToText(other) };
      report.record(record, 'type', { args });
    }
  },
};
