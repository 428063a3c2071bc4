import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Report, Rule } from '../../rule.ts';
import { APEX_HASH, EXPECT, hashedExample, MX_HASH } from './examples.ts';
import { type Nsec3Fault, nsec3Of } from './nsec3-look.ts';
import { isWholeAndSigned } from './signing.ts';

/** NSEC3 records that do not cover all names of the zone (RFC 5155 §7.1). */
export const rule: Rule = {
  id: 'dnssec-nsec3-chain',
  group: 'dnssec',
  level: 'error',
  cites: ['RFC 5155 §3.1.7', 'RFC 5155 §7.1'],
  what: 'The NSEC3 records of a signed zone do not form one circle through the hashes of all its names.',
  why: 'Resolvers can conclude that a name does not exist though it does, or cannot be sure that one does not. Knot DNS does not load the zone.',
  help: 'Sign the zone again.',
  bad: hashedExample({
    'mx A': EXPECT,
    [`${MX_HASH} `]: '',
    [`${APEX_HASH} NSEC3`]: `${APEX_HASH} NSEC3 1 0 0 - ${APEX_HASH} NS SOA RRSIG DNSKEY NSEC3PARAM`,
  }),
  good: hashedExample(),
  load: true,
  say: ({ kind, name, next, expected }) => sentence(String(kind), String(name), String(next), String(expected)),
  needs: [TYPE.RRSIG],
  check(facts, report) {
    if (!isWholeAndSigned(facts)) return;
    for (const look of nsec3Of(facts)) {
      // When none has these parameters, they are what is wrong.
      if (look.members > 0) for (const fault of look.chain) place(fault, facts, report);
    }
  },
};

function sentence(kind: string, name: string, next: string, expected: string): string {
  switch (kind) {
    case 'missing':
      return `no NSEC3 record has the hash of ${name}; expected one for every name of the zone`;
    case 'no-opt-out':
      return `no NSEC3 record has the hash of ${name}, and the one that covers it is without opt-out`;
    case 'owner':
      return `${name} is not the name of an NSEC3 record; expected 32 characters of base32hex before the name of the zone`;
    case 'several':
      return `${name} has a second NSEC3 record; expected one`;
    default:
      return `NSEC3 ${name} points at ${next}; expected ${expected}, the next hash of the zone`;
  }
}

function place(fault: Nsec3Fault, facts: Facts, report: Report): void {
  const { kind, record } = fault;
  const name = bare(facts.ownerText(record));
  if (fault.kind === 'missing' || fault.kind === 'no-opt-out') {
    report.record(record, 'owner', { args: { kind, name: bare(facts.nameText(fault.owner)) } });
  } else if (fault.kind !== 'next') {
    report.record(record, 'owner', { args: { kind, name } });
  } else {
    const args = { kind, name: label(name), next: facts.source(record, 'nextHash').toLowerCase() };
    const expected = label(facts.ownerText(fault.expected).toLowerCase());
    const related = [{ record: fault.expected, part: 'owner', message: 'the next hash' }];
    report.record(record, 'nextHash', { args: { ...args, expected }, related });
  }
}

function label(name: string): string {
  return name.slice(0, name.indexOf('.'));
}
