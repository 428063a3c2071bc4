import { describe, expect, it } from 'vitest';
import {
  canonicalRdata,
  checkRdata,
  fieldSpans,
  printRdata,
  rdataFromJson,
  rdataFromText,
  rdataToJson,
} from '../../lib/rr/codec.ts';
import { sayProblem } from '../../lib/rr/say.ts';
import { TYPES, typeRow } from '../../lib/rr/types.ts';
import { fromHex, genericText, ORIGIN, problemOf, rdataOf, toHex, typeNumber } from './rdata.ts';
import { VECTORS } from './vectors/all.ts';

describe.each(VECTORS)('$type', ({ type: mnemonic, good, bad }) => {
  const type = typeNumber(mnemonic);
  const row = typeRow(type);
  const ownForm = !mnemonic.startsWith('TYPE');

  it.each(good)('reads and writes $text', ({ text, printed = text, wire, json }) => {
    const rdata = fromHex(wire);
    expect(toHex(rdataOf(type, text))).toBe(wire);
    expect(toHex(rdataOf(type, genericText(wire)))).toBe(wire);
    expect(printRdata(type, rdata, { native: ownForm })).toBe(printed);
    expect(printRdata(type, rdata)).toBe(row === undefined || row.generic ? genericText(wire) : printed);
    expect(printRdata(type, rdata, { generic: true })).toBe(genericText(wire));
    expect(toHex(rdataOf(type, printed))).toBe(wire);
    expect(rdataToJson(type, rdata)).toEqual(json);
    expect(rdataFromJson(type, json, ORIGIN)).toEqual({ rdata });
    if (ownForm) expect(checkRdata(type, rdata)).toEqual({ ok: true });
  });

  it.each(bad)('refuses %j', (text, message) => {
    const problem = problemOf(type, text);
    expect(sayProblem(problem)).toBe(message);
    const length = new TextEncoder().encode(text).length;
    expect(problem.start).toBeGreaterThanOrEqual(0);
    expect(problem.end).toBeGreaterThanOrEqual(problem.start);
    expect(problem.end).toBeLessThanOrEqual(length);
  });

  it.each(good.filter(() => ownForm))('notices every cut and every octet too many of $text', ({ wire }) => {
    const rdata = fromHex(wire);
    for (let length = 0; length < Math.min(rdata.length, 400); length++) {
      const cut = rdata.subarray(0, length);
      const check = checkRdata(type, cut);
      if (!check.ok) expect(row?.fields.map((field) => field.name)).toContain(check.field);
      else expect(toHex(rdataOf(type, printRdata(type, cut, { native: true })))).toBe(toHex(cut));
      expect(fieldSpans(type, cut).every(({ start, end }) => start <= end && end <= length)).toBe(true);
      expect(canonicalRdata(type, cut).length).toBe(length);
    }
  });
});

it('has vectors for every type that can stand in a zone, right and wrong', () => {
  const covered = new Map(VECTORS.map((vectors) => [typeNumber(vectors.type), vectors]));
  const data = TYPES.filter((row) => !row.meta);
  expect(data.filter((row) => !covered.get(row.number)?.good.length).map((row) => row.mnemonic)).toEqual([]);
  const shapes = new Set(VECTORS.filter(({ bad }) => bad.length > 0).flatMap(({ type }) => shapeOf(type)));
  expect(data.flatMap((row) => shapeOf(row.mnemonic)).filter((kind) => !shapes.has(kind))).toEqual([]);
});

function shapeOf(mnemonic: string): string[] {
  return (typeRow(typeNumber(mnemonic))?.fields ?? []).map((field) => field.kind);
}

it('refuses generic data whose octets do not fit the type', () => {
  const read = rdataFromText(typeNumber('MX'), '\\# 4 000ac00c', ORIGIN);
  expect(read).toMatchObject({ problem: { code: 'parse-error', start: 5, end: 13 } });
});
