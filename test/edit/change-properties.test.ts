import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChange } from '../../lib/edit/apply-change.ts';
import {
  addRecord,
  type Change,
  commentOut,
  insertText,
  moveRecord,
  type NewRecord,
  raiseSerial,
  removeRecord,
  replaceRecord,
  setOwner,
  setTtl,
  uncomment,
} from '../../lib/edit/change.ts';
import { changeEdits } from '../../lib/edit/change-edits.ts';
import { sayChangeProblem } from '../../lib/edit/change-problem.ts';
import { NOTES } from '../../lib/rr/problem.ts';
import { applyEdits, inverse } from '../../lib/text/edits.ts';
import { lookAt } from '../../lib/zone/look.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { wire } from '../zone/zones.ts';
import { commentsOf, ORIGIN, otherLines, readFiles, recordOf, type Said, said, writtenZones } from './written-zones.ts';

const faults = (zone: Zone): number => zone.problems.filter(({ code }) => !NOTES.has(code)).length;

/** One random operation: which, on which record (by share of the zone), and with what. */
const operation = fc.record({
  kind: fc.constantFrom('add', 'add', 'replace', 'remove', 'move', 'ttl', 'owner', 'comment', 'serial', 'text'),
  at: fc.nat(1_000_000),
  to: fc.nat(1_000_000),
  owner: fc.constantFrom('@', 'a', 'b', 'new', 'a.sub', 'new.sub', 'sub', 'in', 'in\\.60'),
  ttl: fc.constantFrom(undefined, 60, 3600, 0, 86400),
  data: fc.constantFrom(
    'A 192.0.2.#',
    'TXT "new#" "b"',
    'MX # a.sub',
    'CLIENTMX # a',
    'SRV # 0 0 other.org.',
    'NS n#.sub',
  ),
});

interface Plan {
  readonly changes: readonly Change[];
  /** What each old record says then; undefined when it is gone. */
  readonly kept: readonly (Said | undefined)[];
  readonly moved: ReadonlySet<number>;
  /** What is new; a TTL of -1 may be any. */
  readonly added: readonly Said[];
}

const NOW = Date.UTC(2026, 10, 22);

/** The changes that operations mean in a zone, each on a record of its own, and what they make of its list of records. */
function planOf(zone: Zone, operations: readonly (typeof operation extends fc.Arbitrary<infer T> ? T : never)[]): Plan {
  const changes: Change[] = [];
  const kept: (Said | undefined)[] = said(zone);
  const added: Said[] = [];
  const moved = new Set<number>();
  const used = new Set<number>();
  const written = (share: number): number => {
    const record = share % zone.count;
    if (used.has(record) || !lookAt(zone, record).written) return -1;
    used.add(record);
    return record;
  };
  const speak = ({ owner, ttl, type, rdata }: NewRecord): Said => ({
    owner: Buffer.from(owner).toString('latin1').toLowerCase(),
    ttl: ttl ?? -1,
    class: 1,
    type,
    rdata: Buffer.from(rdata).toString('hex'),
  });
  for (const [index, { kind, at, to, owner, ttl, data }] of operations.entries()) {
    const [type = '', ...rest] = data.split(' ');
    const made = recordOf(owner, type, rest.join(' ').replace('#', String(200 + index)), ttl);
    if (kind === 'add') {
      changes.push(addRecord(made));
      added.push(speak(made));
      continue;
    }
    if (kind === 'text') {
      changes.push(
        insertText(`i${index} 5 TXT "i${index}"\n\tIN ( 6 ; inserted\n A 203.0.113.${index} )\n`, {
          after: to % zone.count,
        }),
      );
      continue;
    }
    const record = kind === 'serial' ? (zone.types.indexOf(6) as number) : written(at);
    const old = kept[record];
    if (old === undefined || (kind === 'serial' && used.has(record))) continue;
    used.add(record);
    if (kind === 'replace') {
      changes.push(replaceRecord(record, made));
      kept[record] = { ...speak(made), ttl: ttl ?? old.ttl };
    } else if (kind === 'remove' || kind === 'comment') {
      changes.push(kind === 'remove' ? removeRecord(record) : commentOut(record));
      kept[record] = undefined;
    } else if (kind === 'move') {
      changes.push(moveRecord(record, at % 2 === 0 ? { after: to % zone.count } : { before: to % zone.count }));
      moved.add(record);
    } else if (kind === 'ttl') {
      changes.push(setTtl(record, ttl ?? 77));
      kept[record] = { ...old, ttl: ttl ?? 77 };
    } else if (kind === 'owner') {
      changes.push(setOwner(record, made.owner));
      kept[record] = { ...old, owner: speak(made).owner };
    } else {
      changes.push(raiseSerial(NOW));
      const raised =
        old.rdata.slice(0, -40) +
        (old.rdata.slice(-40, -32) === '00000007' ? '00000008' : (2026112200).toString(16)) +
        old.rdata.slice(-32);
      kept[record] = { ...old, rdata: raised };
    }
  }
  return { changes, kept, moved, added };
}

const key = ({ owner, ttl, type, rdata }: Said): string => `${owner} ${ttl} ${type} ${rdata}`;

describe('changes of random zones', () => {
  test('make of the records what they mean, change nothing else and can be undone', () => {
    let done = 0;
    let refused = 0;
    fc.assert(
      fc.property(writtenZones, fc.array(operation, { minLength: 1, maxLength: 5 }), (files, operations) => {
        const zone = readFiles(files);
        if (zone.count === 0 || faults(zone) > 0) return;
        const { changes, kept, moved, added } = planOf(zone, operations);
        const result = applyChange(zone, changes);
        if (result.problem !== undefined) {
          // What cannot be written out in a $GENERATE line is refused; nothing else is among these operations.
          expect(['generated', 'conflict', 'outside-zone']).toContain(result.problem.code);
          refused++;
          return;
        }
        done++;
        const after = said(result.zone);
        const inserted = changes.filter(({ kind }) => kind === 'insert-text').length;
        expect(faults(result.zone)).toBe(0);
        expect(after.every((each) => each.class === 1)).toBe(true);
        // Records that stay stand in the order they had.
        const places = new Map(after.map((each, index) => [key(each), index]));
        let last = -1;
        for (const [record, each] of kept.entries()) {
          if (each === undefined) continue;
          const place = places.get(key(each)) ?? -1;
          expect(place, `${JSON.stringify(each)} is there`).toBeGreaterThanOrEqual(0);
          if (moved.has(record) || (changes.length > 0 && added.some((one) => one.rdata === each.rdata))) continue;
          expect(place).toBeGreaterThan(last);
          last = place;
        }
        for (const each of added) {
          const { ttl, ...rest } = each;
          expect(after).toContainEqual(ttl < 0 ? expect.objectContaining(rest) : each);
        }
        expect(after).toHaveLength(kept.filter((each) => each !== undefined).length + added.length + inserted * 2);
        const comments = new Map<string, number>();
        for (const each of commentsOf(result.zone)) comments.set(each, (comments.get(each) ?? 0) + 1);
        if (!changes.some(({ kind }) => kind === 'comment-out')) {
          for (const each of commentsOf(zone)) comments.set(each, (comments.get(each) ?? 0) - 1);
          expect([...comments].filter(([, count]) => count < 0)).toEqual([]);
        }
        const rest = otherLines(result.zone);
        let from = 0;
        for (const line of otherLines(zone)) {
          const found = rest.indexOf(line, from);
          expect(found, line).toBeGreaterThanOrEqual(from);
          from = found + 1;
        }
        for (const { file, edits } of result.files) {
          const bytes = applyEdits(file.bytes, edits);
          expect(Buffer.compare(applyEdits(bytes, inverse(edits, file.bytes)), file.bytes)).toBe(0);
        }
      }),
      { numRuns: 600 },
    );
    expect(done).toBeGreaterThan(refused);
  });

  test('comments are taken back to the zone as it was', () => {
    fc.assert(
      fc.property(writtenZones, fc.nat(), (files, share) => {
        const zone = readFiles(files);
        if (zone.count === 0 || faults(zone) > 0) return;
        const record = share % zone.count;
        if (!lookAt(zone, record).written) return;
        const without = applyChange(zone, commentOut(record));
        if (without.problem !== undefined) return;
        const file = without.zone.files.findIndex(({ name }) => name === zone.files[zone.fileOf[record] ?? 0]?.name);
        const old = lookAt(zone, record).entry;
        // Edits before the entry move it; those are none, since nothing before takes anything over from it.
        const lines = new TextDecoder().decode(old.bytes.subarray(old.start, old.end)).trimEnd().split('\n').length - 1;
        const back = applyChange(without.zone, uncomment(file, old.start, old.end + lines));
        expect(back.problem === undefined ? '' : sayChangeProblem(back.problem)).toBe('');
        expect(said(back.zone).map(key)).toEqual(said(zone).map(key));
      }),
      { numRuns: 300 },
    );
  });

  test('never throw, whatever they are', () => {
    const number = fc.oneof(fc.integer({ min: -2, max: 40 }), fc.double());
    const octets = fc.uint8Array({ maxLength: 6 });
    const where = fc.oneof(
      fc.record({ after: number }),
      fc.record({ before: number }),
      fc.record({ file: number, offset: number }),
      fc.record({ endOf: number }),
    );
    const made = fc.record({
      owner: fc.oneof(octets, fc.constant(ORIGIN), fc.constant(wire('w.example.net.'))),
      type: number,
      rdata: octets,
      ttl: number,
    });
    const change = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), records: fc.array(made, { maxLength: 2 }), where }),
      fc.record({ kind: fc.constant('replace' as const), record: number, by: made }),
      fc.record({ kind: fc.constant('replace-rrset' as const), owner: octets, type: number, rdatas: fc.array(octets) }),
      fc.record({ kind: fc.constant('move' as const), records: fc.array(number), where }),
      fc.record({ kind: fc.constant('set-ttl' as const), records: fc.array(number), ttl: number }),
      fc.record({ kind: fc.constant('set-owner' as const), records: fc.array(number), owner: octets }),
      fc.record({ kind: fc.constant('comment-out' as const), records: fc.array(number) }),
      fc.record({ kind: fc.constant('uncomment' as const), file: number, start: number, end: number }),
      fc.record({ kind: fc.constant('raise-serial' as const), now: fc.double() }),
      fc.record({ kind: fc.constant('insert-text' as const), text: fc.string(), where }),
    );
    const odd = fc.array(
      fc.constantFrom(
        'a A 1.2.3.4\n',
        ' ( \n',
        'b A x\n',
        '"q\n',
        '$INCLUDE x\n',
        '$TTL x\n',
        ' A 10.0.0.1\n',
        ') ;c\n',
        '\u00e9 A 10.0.0.2',
      ),
    );
    fc.assert(
      fc.property(odd, fc.array(change, { minLength: 1, maxLength: 3 }), (lines, changes) => {
        const zone = readFiles({ main: lines.join('') });
        const { problem } = changeEdits(zone, changes as Change[]);
        if (problem !== undefined) expect(sayChangeProblem(problem)).not.toMatch(/undefined|^$/);
      }),
      { numRuns: 1000 },
    );
  });
});
