import { typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { ASSOCIATIONS, associationOf } from './shared.ts';

/** Octets and names of the digests by matching type (RFC 6698 §2.1.3). */
const DIGESTS: readonly ({ readonly size: number; readonly name: string } | undefined)[] = [
  undefined,
  { size: 32, name: 'SHA-256' },
  { size: 64, name: 'SHA-512' },
];

/** The digest of a TLSA record is not as long as its matching type says (RFC 6698 §2.1.3). */
export const rule: Rule = {
  id: 'tlsa-digest-length',
  group: 'dane',
  level: 'error',
  cites: ['RFC 6698 §2.1.3', 'RFC 8162 §2'],
  what: 'The data of a TLSA or SMIMEA record does not have the length of its matching type.',
  why: 'No certificate matches it, so that clients refuse the server or send without knowing whom they talk to.',
  help: 'Make the record again from the certificate, or correct the matching type.',
  bad: {
    zone: `_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, type, size, name, expected }) =>
    `the data of ${type} of ${owner} has ${size} octets; expected ${expected} for ${name}`,
  check(facts, report) {
    for (const type of ASSOCIATIONS) {
      for (const record of facts.records(type)) {
        const { matching, size } = associationOf(facts, record);
        const digest = DIGESTS[matching];
        if (digest === undefined || size === digest.size) continue;
        report.record(record, 'data', {
          args: {
            owner: bare(facts.ownerText(record)),
            type: typeToText(type),
            size,
            name: digest.name,
            expected: digest.size,
          },
          related: [{ record, part: 'matchingType', message: `matching type ${matching} is ${digest.name}` }],
        });
      }
    }
  },
};
