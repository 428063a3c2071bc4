import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typeFromText } from '../../lib/rr/types.ts';
import { lookup } from '../../lib/zone/lookup.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { type PlainRecord, rdataText, referenceLookup, text } from './lookup-reference.ts';
import { cleanZone, sayOutcome, wire } from './zones.ts';

const apex = ['example', 'net'];
const labels = fc.array(fc.constantFrom('a', 'b', '*', 'c'), { maxLength: 4 });
const owner = labels.map((each) => [...each, ...apex]);
const types = ['A', 'MX', 'NS', 'DS', 'CNAME', 'DNAME'];
const record: fc.Arbitrary<PlainRecord> = fc.record({
  // One record in ten lies outside the zone.
  owner: fc.oneof(
    { weight: 9, arbitrary: owner },
    labels.map((each) => [...each, 'example', 'org']),
  ),
  type: fc.constantFrom('A', 'A', ...types),
  target: owner,
});
const question = fc.record({
  name: fc.oneof({ weight: 9, arbitrary: owner }, labels),
  type: fc.constantFrom(...types, 'ANY', 'NSEC', 'RRSIG', 'TXT'),
  capitals: fc.boolean(),
});

test('the lookup agrees with RFC 1034 §4.3.2 taken word by word', () => {
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 12 }),
      fc.array(question, { minLength: 20, maxLength: 20 }),
      (records, questions) => {
        const lines = records.map((each) => `${text(each.owner)} 60 IN ${each.type} ${rdataText(each)}\n`);
        const zone = cleanZone(text(apex), lines.join(''));
        const tree = new ZoneTree(zone);
        for (const { name, type, capitals } of questions) {
          const asked = capitals ? text(name).toUpperCase() : text(name);
          const outcome = lookup(tree, wire(asked), typeFromText(type) ?? -1);
          // Only a rewritten name keeps the letters of the question.
          const said = sayOutcome(zone, outcome);
          expect(outcome.kind === 'rewrite' ? said.toLowerCase() : said).toBe(
            referenceLookup(records, apex, name, type),
          );
        }
      },
    ),
    { numRuns: 500 },
  );
});
