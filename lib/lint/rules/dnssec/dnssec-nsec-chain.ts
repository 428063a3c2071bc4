import { nameToText } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Report, Rule } from '../../rule.ts';
import { signedExample } from './examples.ts';
import { type NsecFault, nsecOf } from './nsec-look.ts';
import { denialOf } from './nsec3-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** NSEC records that do not go through all names of the zone and back to its own (RFC 4034 §4.1.1, RFC 4035 §2.3). */
export const rule: Rule = {
  id: 'dnssec-nsec-chain',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 4034 §4.1.1', 'RFC 4035 §2.3'],
  what: 'The NSEC records of a signed zone do not form one circle through all its names.',
  why: 'Resolvers can conclude that a name does not exist though it does, or cannot be sure that one does not. Knot DNS does not load the zone.',
  help: 'Sign the zone again.',
  bad: signedExample({ '@ NSEC': '@ NSEC example.net. NS SOA RRSIG NSEC DNSKEY ; expect' }),
  good: signedExample(),
  load: true,
  say: ({ kind, name, next, expected }) => sentence(String(kind), String(name), String(next), String(expected)),
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts) || denialOf(facts) !== 'nsec') return;
    for (const fault of nsecOf(facts).chain) place(fault, facts, report);
  },
};

function sentence(kind: string, name: string, next: string, expected: string): string {
  switch (kind) {
    case 'none':
      return `${name} is signed, but has neither NSEC nor NSEC3 records`;
    case 'missing':
      return `${name} has no NSEC record; expected one at every name of the zone`;
    case 'several':
      return `${name} has a second NSEC record; expected one`;
    case 'hidden':
      return `${name} has an NSEC record, but is not a name that the zone is the authority for`;
    default:
      return `NSEC of ${name} points at ${next}; expected ${expected}, the next name of the zone`;
  }
}

function place(fault: NsecFault, facts: Facts, report: Report): void {
  const { record, kind } = fault;
  const args = { kind, name: bare(facts.ownerText(record)) };
  if (fault.kind !== 'next') {
    report.record(record, kind === 'missing' ? 'owner' : 'type', { args });
    return;
  }
  const next = facts.nameField(record, 'nextName');
  const expected = bare(facts.nameText(fault.expected));
  const first = facts.recordsAt(fault.expected)[0];
  const related = first === undefined ? [] : [{ record: first, part: 'owner', message: 'the next name' }];
  const found = next === undefined ? 'nothing' : bare(nameToText(next));
  report.record(record, 'nextName', {
    args: { ...args, next: found, expected },
    related,
  });
}
