import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalRdata,
  checkRdata,
  fieldSpans,
  parseRdata,
  printRdata,
  rdataFromJson,
  rdataToJson,
} from '../../lib/rr/codec.ts';
import { NOTES } from '../../lib/rr/problem.ts';
import { sayProblem } from '../../lib/rr/say.ts';
import { TYPES } from '../../lib/rr/types.ts';
import { Entry, scanEntry } from '../../lib/text/entry.ts';
import { ByteSink } from '../../lib/text/sink.ts';
import { nameArbitrary, OWN_FORMS, rdataArbitrary } from './arbitrary.ts';
import { ORIGIN, rdataOf, toHex } from './rdata.ts';
import { VECTORS } from './vectors/all.ts';

describe.each(OWN_FORMS)('$mnemonic', (row) => {
  const type = row.number;

  it('wire, text, wire, text and wire, JSON, wire are stable', () => {
    fc.assert(
      fc.property(rdataArbitrary(row), (rdata) => {
        expect(checkRdata(type, rdata)).toEqual({ ok: true });
        const text = printRdata(type, rdata, { native: true });
        expect(text).toMatch(/^[\x20-\x7e]*$/);
        expect(text.startsWith('\\#')).toBe(false);
        const again = rdataOf(type, text);
        expect(toHex(again)).toBe(toHex(rdata));
        expect(printRdata(type, again, { native: true })).toBe(text);
        expect(toHex(rdataOf(type, printRdata(type, rdata, { native: true, origin: ORIGIN })))).toBe(toHex(rdata));
        expect(toHex(rdataOf(type, printRdata(type, rdata, { generic: true })))).toBe(toHex(rdata));
        const json: unknown = JSON.parse(JSON.stringify(rdataToJson(type, rdata)));
        expect(rdataFromJson(type, json as ReturnType<typeof rdataToJson>)).toEqual({ rdata });
      }),
      { numRuns: 25 },
    );
  });

  it('the canonical form only makes letters small, and only in names of the listed types', () => {
    fc.assert(
      fc.property(rdataArbitrary(row), (rdata) => {
        const canonical = canonicalRdata(type, rdata);
        expect(toHex(canonicalRdata(type, canonical))).toBe(toHex(canonical));
        const spans = fieldSpans(type, rdata);
        for (const [at, octet] of rdata.entries()) {
          const field = row.fields[spans.findIndex(({ start, end }) => start <= at && at < end)];
          const lowered = field?.lowerCase && octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
          if (canonical[at] !== lowered) throw new Error(`octet ${at} of ${toHex(rdata)}`);
        }
      }),
      { numRuns: 10 },
    );
  });
});

const anyType = fc.oneof(fc.constantFrom(...TYPES.map((row) => row.number)), fc.integer({ min: 0, max: 65535 }));

describe('wrong input', () => {
  it('random octets as RDATA: nothing throws, and what is well-formed comes back from its text', () => {
    fc.assert(
      fc.property(anyType, fc.uint8Array({ maxLength: 120 }), (type, rdata) => {
        const check = checkRdata(type, rdata);
        const text = printRdata(type, rdata);
        rdataToJson(type, rdata);
        canonicalRdata(type, rdata);
        if (check.ok) expect(toHex(rdataOf(type, text))).toBe(toHex(rdata));
        else expect(text.startsWith('\\# ')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('changed vectors as RDATA: the same', () => {
    const wires = VECTORS.flatMap(({ type, good }) => good.map(({ wire }) => ({ type, wire }))).filter(
      ({ wire }) => wire.length < 400,
    );
    const numbers = new Map(TYPES.map((row) => [row.mnemonic, row.number]));
    fc.assert(
      fc.property(fc.constantFrom(...wires), fc.nat(), fc.nat({ max: 255 }), fc.nat(3), (vector, place, octet, cut) => {
        const type = numbers.get(vector.type) ?? 65280;
        const rdata = new Uint8Array(Buffer.from(vector.wire, 'hex'));
        if (rdata.length > 0) rdata[place % rdata.length] = octet;
        const changed = rdata.subarray(0, Math.max(0, rdata.length - cut));
        const check = checkRdata(type, changed);
        const text = printRdata(type, changed, { native: true });
        rdataToJson(type, changed);
        if (check.ok) expect(toHex(rdataOf(type, text))).toBe(toHex(changed));
      }),
      { numRuns: 2000 },
    );
  });

  const odd = fc.constantFrom(
    '"',
    '\\',
    '\\#',
    '(',
    ')',
    ';',
    '@',
    '.',
    '=',
    ',',
    ' ',
    '\n',
    '0',
    '1',
    '-1',
    '65536',
    'A',
    'key1=',
    '\u00ff',
    '\\300',
    'a..b',
  );
  const texts = VECTORS.flatMap(({ good, bad }) => [...good.map(({ text }) => text), ...bad.map(([text]) => text)]);
  const mixed = fc
    .array(fc.oneof(odd, fc.constantFrom(...texts), fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 8 })
    .chain((parts) => fc.constantFrom('', ' ').map((glue) => Buffer.from(parts.join(glue), 'latin1')));

  it('random text as RDATA: nothing throws, a refusal leaves nothing behind and says where and why', () => {
    fc.assert(
      fc.property(anyType, fc.oneof(mixed, fc.uint8Array({ maxLength: 60 })), (type, bytes) => {
        const entry = new Entry();
        scanEntry(new Uint8Array(bytes), 0, entry);
        const problems: string[] = [];
        const out = new ByteSink(4);
        out.u8(7);
        const read = parseRdata(
          entry,
          0,
          type,
          {
            origin: ORIGIN,
            report(code, start, end, args) {
              expect(start).toBeGreaterThanOrEqual(0);
              expect(end).toBeGreaterThanOrEqual(start);
              expect(end).toBeLessThanOrEqual(bytes.length);
              expect(sayProblem({ code, args })).not.toMatch(/undefined|NaN|\[object/);
              if (!NOTES.has(code)) problems.push(code);
            },
          },
          out,
        );
        expect(out.bytes[0]).toBe(7);
        expect(problems.length > 0).toBe(!read);
        if (!read) expect(out.length).toBe(1);
        const rdata = out.slice(1);
        if (read && type !== 265) expect(checkRdata(type, rdata)).toEqual({ ok: true });
        if (read) expect(toHex(rdataOf(type, printRdata(type, rdata)))).toBe(toHex(rdata));
      }),
      { numRuns: 2000 },
    );
  });

  it('random JSON as RDATA: a problem, never an exception', () => {
    fc.assert(
      fc.property(anyType, fc.jsonValue(), (type, value) => {
        const read = rdataFromJson(type, value as ReturnType<typeof rdataToJson>);
        if ('problem' in read) expect(read.problem).toMatch(/^(\/|expected)/);
      }),
      { numRuns: 2000 },
    );
  });

  it('JSON with one field exchanged for something else', () => {
    const rows = VECTORS.flatMap(({ type, good }) => good.map(({ json }) => ({ type, json })));
    const numbers = new Map(TYPES.map((row) => [row.mnemonic, row.number]));
    fc.assert(
      fc.property(fc.constantFrom(...rows), fc.nat(), fc.jsonValue({ maxDepth: 2 }), ({ type, json }, place, value) => {
        const name = Object.keys(json)[place % Math.max(1, Object.keys(json).length)] ?? 'x';
        const changed = { ...json, [name]: value as string };
        const read = rdataFromJson(numbers.get(type) ?? 65280, changed);
        if ('problem' in read) expect(read.problem).toMatch(/^\//);
      }),
      { numRuns: 2000 },
    );
  });
});

it('names of any octets survive every type of name', () => {
  fc.assert(
    fc.property(nameArbitrary, (name) => {
      const type = 2;
      expect(toHex(rdataOf(type, printRdata(type, name)))).toBe(toHex(name));
    }),
  );
});
