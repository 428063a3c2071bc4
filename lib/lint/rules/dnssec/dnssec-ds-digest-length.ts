import { digestOctets } from '../../../dnssec/digests.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

const DIGEST_AT = 4;

/** A DS with a digest that servers do not take. */
export const rule: Rule = {
  id: 'dnssec-ds-digest-length',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4034 §5.1.4', 'RFC 4509 §2.1', 'RFC 6605 §2'],
  what: 'The digest of a DS record does not have the length of its digest type, or the type is an unusual one (a warning).',
  why: 'The child zone cannot be validated by it. BIND and Knot DNS refuse a digest of wrong length, Knot DNS also types other than 1, 2 and 4.',
  help: 'Copy the DS record from the child zone again, with digest type 2.',
  bad: { zone: 'sub NS ns.example.com.\nsub TYPE43 \\# 5 3039 0d 02 00 ; expect\n' },
  good: { zone: `sub NS ns.example.com.\nsub DS 12345 13 2 ${'0123456789abcdef'.repeat(4)}\n` },
  load: true,
  say: ({ name, type, octets, expected }) =>
    expected === undefined
      ? `the DS record of ${name} has digest type ${type}, which Knot DNS refuses; type 2 (SHA-256) is read by all`
      : `the DS record of ${name} has a digest of ${octets} octets; digest type ${type} has ${expected}`,
  check(facts, report) {
    const { rdata, rdataStarts, rdataLengths } = facts.zone;
    for (const record of facts.records(TYPE.DS)) {
      const type = rdata[(rdataStarts[record] as number) + DIGEST_AT - 1] as number;
      const octets = (rdataLengths[record] as number) - DIGEST_AT;
      const expected = digestOctets(type);
      if (octets < 0 || octets === expected) continue;
      const args = { name: bare(facts.ownerText(record)), type, octets };
      if (expected === undefined) report.record(record, 'rdata', { args, severity: 'warning' });
      else report.record(record, 'digest', { args: { ...args, expected } });
    }
  },
};
