import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange } from '../../lib/edit/apply-change.ts';
import {
  addRecord,
  type Change,
  commentOut,
  insertText,
  moveRecord,
  removeRecord,
  setOwner,
} from '../../lib/edit/change.ts';
import { lookAt } from '../../lib/zone/look.ts';
import { wire } from '../zone/zones.ts';
import { readFiles, recordOf, said } from './written-zones.ts';

const line = fc.constantFrom(
  'a A 10.0.#.1\n',
  '\tA 10.0.#.1 ; c\n',
  'b 60 IN TXT ( "t#"\n  "u" )\n',
  'c MX x mail\n',
  ' A 10.0.#.300\n',
  '"q" A 10.0.#.1\n',
  'd A ( 10.0.#.1\n',
  'e A ) 10.0.#.1\n',
  ' TXT "open#\n',
  '$TTL x\n',
  '$TTL 5\n',
  '$ORIGIN a..b\n',
  '; comment\n',
  'f\n',
);

test('changes of broken zones leave every other record and every broken entry as it is, or are refused', () => {
  let done = 0;
  const change = fc.tuple(fc.nat(6), fc.nat(1000), fc.nat(1000));
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 10 }),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (lines, wanted) => {
        const zone = readFiles({ main: lines.map((each, index) => each.replace('#', String(index + 1))).join('') });
        if (zone.count === 0) return;
        const touched = new Set<number>();
        const changes = wanted.flatMap(([kind, at, to], index): Change[] => {
          const record = at % zone.count;
          if (kind === 0) return [addRecord(recordOf('a', 'A', `192.0.2.${index}`))];
          if (kind === 1) return [addRecord(recordOf(`n${index}`, 'TXT', '"("'))];
          if (kind === 2) return [insertText(`i 9 TXT ( "i${index}" )\n`, { after: to % zone.count })];
          if (touched.has(record) || !lookAt(zone, record).written) return [];
          touched.add(record);
          if (kind === 3) return [removeRecord(record)];
          if (kind === 4) return [commentOut(record)];
          if (kind === 5) return [setOwner(record, wire('z.example.net.'))];
          return [moveRecord(record, { after: to % zone.count })];
        });
        const { zone: after, problem } = applyChange(zone, changes);
        if (problem !== undefined) return;
        done++;
        const stay = said(zone).filter((_, record) => !touched.has(record));
        const here = said(after).map((each) => JSON.stringify(each));
        let from = 0;
        for (const each of stay) from = here.indexOf(JSON.stringify(each), from) + 1 || Number.POSITIVE_INFINITY;
        expect(from).toBeLessThanOrEqual(here.length);
        expect(after.broken.map(({ type }) => type)).toEqual(zone.broken.map(({ type }) => type));
      },
    ),
    { numRuns: 1000 },
  );
  expect(done).toBeGreaterThan(200);
});
