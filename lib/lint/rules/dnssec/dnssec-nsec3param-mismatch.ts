import { readParameters, SHA1, sameHashes } from '../../../dnssec/nsec3.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { hashedExample } from './examples.ts';
import { nsec3Of, parametersOf } from './nsec3-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** NSEC3 records that were made with other parameters than NSEC3PARAM says (RFC 5155 §4). */
export const rule: Rule = {
  id: 'dnssec-nsec3param-mismatch',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 5155 §4', 'RFC 5155 §7.1'],
  what: 'The NSEC3PARAM of a signed zone is missing, or has other parameters than its NSEC3 records.',
  why: 'Servers hash names by NSEC3PARAM and find no record that denies them: such answers cannot be validated. Knot DNS does not load the zone.',
  help: 'Sign the zone again.',
  bad: hashedExample({ '@ NSEC3PARAM': '@ NSEC3PARAM 1 0 5 - ; expect' }),
  good: hashedExample(),
  load: true,
  say: ({ kind, parameters, name }) => {
    if (kind === 'none') return `no NSEC3 record has the parameters ${parameters} of this NSEC3PARAM`;
    if (kind === 'stray') return `${name} has the parameters ${parameters}; expected those of the NSEC3PARAM record`;
    return `${name} has no NSEC3PARAM; expected ${parameters}, as its NSEC3 records have it`;
  },
  check(facts, report) {
    const [first] = facts.records(TYPE.NSEC3);
    const announced = parametersOf(facts);
    if (!isWholeAndSigned(facts)) return;
    if (announced.length === 0) {
      if (first === undefined || facts.hasType(facts.zone.apex, TYPE.NSEC)) return;
      const args = { kind: 'missing', name: bare(facts.nameText(facts.zone.apex)), parameters: shown(facts, first) };
      report.record(first, 'type', { args });
      return;
    }
    if (!announced.some(({ algorithm }) => algorithm === SHA1)) return;
    const looks = nsec3Of(facts);
    const matched = looks.some(({ members }) => members > 0);
    for (const { members, record } of looks) {
      if (members > 0) continue;
      report.record(record, 'rdata', { args: { kind: 'none', parameters: facts.rdataText(record) } });
    }
    if (!matched) return;
    const known = announced.slice(0, MOST_SETS);
    for (const record of facts.records(TYPE.NSEC3)) {
      const own = readParameters(facts.rdata(record));
      if (own === undefined || known.some((one) => sameHashes(one, own))) continue;
      const args = { kind: 'stray', name: bare(facts.ownerText(record)), parameters: shown(facts, record) };
      report.record(record, 'rdata', { args });
    }
  },
};

/** Sets of parameters that are compared: a zone has one, and two while it changes them. */
const MOST_SETS = 16;

/** The parameters of an NSEC3 as NSEC3PARAM writes them. */
function shown(facts: Facts, record: number): string {
  const [algorithm, , iterations, salt] = facts.rdataText(record).split(' ');
  return `${algorithm} 0 ${iterations} ${salt}`;
}
