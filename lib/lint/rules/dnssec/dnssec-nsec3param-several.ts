import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { hashedExample } from './examples.ts';
import { parametersOf } from './nsec3-look.ts';

/** Several NSEC3PARAM records, as a zone may have while its parameters change (RFC 5155 §10.3). */
export const rule: Rule = {
  id: 'dnssec-nsec3param-several',
  group: 'dnssec',
  level: 'info',
  cites: ['RFC 5155 §7.3', 'RFC 5155 §10.3'],
  what: 'The zone has more than one NSEC3PARAM record.',
  why: 'It is allowed while parameters change. Knot DNS does not load such a zone.',
  help: 'Finish the change: remove the NSEC3PARAM and the NSEC3 records of the old parameters.',
  byDefault: false,
  bad: { zone: '@ NSEC3PARAM 1 0 0 -\n@ NSEC3PARAM 1 0 0 AABB ; expect\n' },
  good: hashedExample(),
  load: true,
  say: ({ zone, count }) => `${zone} has ${count} NSEC3PARAM records; Knot DNS expects one`,
  check(facts, report) {
    const [first, second, ...more] = parametersOf(facts);
    if (first === undefined || second === undefined) return;
    report.record(second.record, 'type', {
      args: { zone: bareName(facts.zone.origin), count: more.length + 2 },
      related: [{ record: first.record, message: 'the first one' }],
    });
  },
};
