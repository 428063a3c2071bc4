import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** What to use instead of each type that is no longer used; of SPF speaks spf-type99. */
const INSTEAD: ReadonlyMap<number, string> = new Map([
  [TYPE.MD, 'MX records'],
  [TYPE.MF, 'MX records'],
  [TYPE.MB, 'MX records'],
  [TYPE.MG, ''],
  [TYPE.MR, ''],
  [TYPE.MINFO, ''],
  [TYPE.NULL, 'TXT or a private type'],
  [TYPE.WKS, 'SRV records'],
  [TYPE.NSAP, 'AAAA records'],
  [TYPE['NSAP-PTR'], 'PTR records'],
  [TYPE.NXT, 'NSEC records'],
  [TYPE.A6, 'AAAA records'],
  [TYPE.DLV, 'DS records in the parent zone'],
]);

/** A record of a type that nobody asks for any more. */
export const rule: Rule = {
  id: 'core-obsolete-type',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 973', 'RFC 6563', 'RFC 8749', 'RFC 1123 §6.1.3.6'],
  what: 'A record has an obsolete type.',
  why: 'Nothing asks for it any more, and some servers refuse it.',
  help: 'Remove the record, or use the type that took its place.',
  bad: { zone: 'www MD mail ; expect\nmail A 192.0.2.10\n' },
  good: { zone: 'www MX 10 mail\nmail A 192.0.2.10\n' },
  say: ({ name, type, instead }) =>
    `${name} has a record of the obsolete type ${type}; ${instead === '' ? 'nothing asks for it any more' : `use ${instead}`}`,
  check(facts, report) {
    for (const [type, instead] of INSTEAD) {
      for (const { owner, records } of facts.rrsets(type)) {
        const args = { name: bare(facts.nameText(owner)), type: typeToText(type), instead };
        report.record(records[0] ?? 0, 'type', { args });
      }
    }
  },
};
