import { describe, expect, test } from 'vitest';
import { fieldTexts, formFields, formOfRecord, recordOfForm, withLine } from '../../cli/tui/model/form.ts';
import type { Form } from '../../cli/tui/model/form-shape.ts';
import { lineOf } from '../../cli/tui/model/line-input.ts';
import { applyChange } from '../../lib/edit/apply-change.ts';
import { addRecord } from '../../lib/edit/change.ts';
import { checkRdata } from '../../lib/rr/codec.ts';
import { TYPES, typeFromText } from '../../lib/rr/types.ts';
import { VECTORS } from '../rr/vectors/all.ts';
import { editorOf, press, textOf, wire } from './model-editor.ts';
import { EXAMPLE } from './model-zones.ts';

const origin = wire('example.net.');

/** The form of an editor. */
function formOf(state: ReturnType<typeof editorOf>): Form {
  if (state.mode.kind !== 'form') throw new Error(`the mode is ${state.mode.kind}: ${state.message?.text}`);
  return state.mode.form;
}

describe('a form', () => {
  const { zone } = editorOf('$TTL 300\n@ SOA ns1 root 1 1 1 1 1\n').document;
  const cases = VECTORS.flatMap(({ type, good }) => {
    const number = typeFromText(type) ?? 0;
    const meta = TYPES.find((row) => row.number === number)?.meta === true;
    return meta ? [] : good.map(({ wire: hex }) => ({ type, number, rdata: Uint8Array.from(Buffer.from(hex, 'hex')) }));
  });

  test('knows vectors of every type that can be zone data', () => {
    const known = new Set(cases.map(({ number }) => number));
    expect(TYPES.filter(({ number, meta }) => !meta && !known.has(number)).map(({ mnemonic }) => mnemonic)).toEqual([]);
  });

  test('gives back the data of every type', () => {
    const wrong: string[] = [];
    for (const { type, number, rdata } of cases) {
      if (!checkRdata(number, rdata).ok) continue;
      const added = applyChange(zone, addRecord({ owner: wire('a.example.net.'), type: number, rdata }));
      if (added.problem !== undefined || added.zone.count < 2) {
        wrong.push(`${type}: cannot be added`);
        continue;
      }
      const form = formOfRecord(added.zone, added.zone.count - 1);
      const back = recordOfForm(added.zone, form);
      const same = back !== undefined && Buffer.compare(back.rdata, rdata) === 0 && back.type === number;
      if (!same)
        wrong.push(
          `${type} ${Buffer.from(rdata).toString('hex')}: ${form.fields.map(({ line, problem }) => `${line.text} ${problem ?? ''}`).join('|')}`,
        );
      if (fieldTexts(number, rdata, origin).length !== formFields(number).length) wrong.push(`${type}: fields`);
    }
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(200);
  });

  test('shows CLIENTMX as preference and exchange though the file has its octets', () => {
    const { state } = press(editorOf(EXAMPLE), '/mail in<enter><enter>');
    const form = formOf(state);
    expect(form.mnemonic).toBe('CLIENTMX');
    expect(form.fields.map(({ label, line }) => `${label}=${line.text}`)).toEqual([
      'owner=mail',
      'TTL=',
      'preference=10',
      'exchange=mx1',
    ]);
    const edited = press(state, '<ctrl-u>20<enter>').state;
    expect(edited.mode.kind).toBe('normal');
    expect(textOf(edited)).toMatch(/^mail IN TYPE265 \\# 19 0014036d7831/mu);
  });

  test('says what is wrong while it is typed, and what a name comes to', () => {
    const { state } = press(editorOf(EXAMPLE), ':goto 9<enter>e');
    expect(formOf(state).fields.map(({ name }) => name)).toEqual(['owner', 'ttl', 'preference', 'exchange']);
    expect(formOf(press(state, '0000').state).fields[2]?.problem).toMatch(/out of range/u);
    expect(formOf(press(state, '<ctrl-u>').state).fields[2]?.problem).toBe('Preference is missing.');
    const next = press(state, '<tab><ctrl-u>mx1.example.net').state;
    expect(formOf(next).fields[3]?.meaning).toBe(
      'mx1.example.net.example.net. (the zone’s name twice: is a final dot missing?)',
    );
    const refused = press(state, '<ctrl-u>x<enter>').state;
    expect(refused.mode.kind).toBe('form');
    expect(refused.message?.kind).toBe('error');
  });

  test.each([
    ['1h30m', '5400 seconds', undefined],
    ['300', undefined, undefined],
    ['1x', undefined, 'A TTL is seconds from 0 to 2147483647, or a period such as 1h30m.'],
  ])('reads the TTL %s', (text, meaning, problem) => {
    const form = formOfRecord(zone, 0);
    expect(withLine(zone, { ...form, focus: 1 }, lineOf(text)).fields[1]).toMatchObject({ meaning, problem });
  });

  test('adds, duplicates and edits', () => {
    const added = press(editorOf(EXAMPLE), 'aMX<enter><tab><tab>20<tab>mx2<enter>').state;
    expect(textOf(added)).toContain('  IN MX 10 mx1\n  IN MX 20 mx2\n');
    expect(press(added, 'u').state.document.changed.size).toBe(0);
    const copied = press(editorOf(EXAMPLE), '/^www<enter>c<enter>').state;
    expect(copied.message?.text).toBe('The zone has this record already: change something of it.');
    expect(textOf(press(copied, '<backspace>7<enter>').state)).toMatch(/192\.0\.2\.1\n.*300.*192\.0\.2\.7\n/u);
    const { state } = press(editorOf(EXAMPLE), 'aMXX<enter>');
    expect(state.mode).toMatchObject({ kind: 'prompt', prompt: { problem: '"MXX" is no RR type: did you mean MX?' } });
  });
});
