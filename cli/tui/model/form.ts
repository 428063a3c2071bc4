import type { NewRecord } from '../../../lib/edit/change.ts';
import { printRdata, rdataFromText } from '../../../lib/rr/codec.ts';
import type { Field } from '../../../lib/rr/kind.ts';
import { KINDS } from '../../../lib/rr/kinds.ts';
import { fieldSpans, fieldsOf } from '../../../lib/rr/layout.ts';
import { equalNames, isWithin, nameFromText, nameToText } from '../../../lib/rr/name.ts';
import { sayProblem } from '../../../lib/rr/say.ts';
import { MAX_TTL, readPeriod } from '../../../lib/rr/ttl.ts';
import { typeRow, typeToText } from '../../../lib/rr/types.ts';
import { ByteSink } from '../../../lib/text/sink.ts';
import { lookAt } from '../../../lib/zone/look.ts';
import type { Zone } from '../../../lib/zone/zone.ts';
import { sentence } from './document.ts';
import { fieldHint, fieldLabel } from './form-hints.ts';
import type { Form, FormField } from './form-shape.ts';
import { type LineInput, lineOf } from './line-input.ts';
import { readableText } from './readable-text.ts';
import { typeName } from './rows.ts';
import { asciiName, unicodeName } from './unicode-name.ts';

export type { Form } from './form-shape.ts';

/** Fields before those of RDATA. */
const HEAD = 2;

/** The form of a record as it is. */
export function formOfRecord(zone: Zone, record: number): Form {
  const look = lookAt(zone, record);
  const type = zone.types[record] ?? 0;
  const written = look.written && look.header.ttlWord >= 0;
  const texts = [
    nameToText(zone.ownerOf(record), zone.origin),
    written ? String(zone.ttls[record] ?? 0) : '',
    ...fieldTexts(type, zone.rdataOf(record), zone.origin),
  ];
  return checked(zone, blank(type, texts, { record, after: undefined, focus: HEAD }));
}

/** The form of a new record with values of another. */
export function formLike(zone: Zone, record: number): Form {
  const form = formOfRecord(zone, record);
  return { ...form, record: undefined, after: record };
}

/** The form of a new record of a type. */
export function formOfType(zone: Zone, type: number, owner: string): Form {
  const texts = [owner, '', ...formFields(type).map(() => '')];
  return checked(zone, blank(type, texts, { record: undefined, after: undefined, focus: 0 }));
}

/** The form with another text in the field that is typed in. */
export function withLine(zone: Zone, form: Form, line: LineInput): Form {
  const same = form.fields[form.focus]?.line.text === line.text;
  const fields = form.fields.map((field, index) => (index === form.focus ? { ...field, line } : field));
  return same ? { ...form, fields } : checked(zone, { ...form, fields });
}

/** Whether something was typed that differs from the beginning. */
export function isFormChanged(form: Form): boolean {
  return form.fields.some(({ line }, index) => line.text !== form.initial[index]);
}

/** The record of a form; undefined while something is wrong. */
export function recordOfForm(zone: Zone, form: Form): NewRecord | undefined {
  const read = readForm(zone, form);
  return 'record' in read ? read.record : undefined;
}

/** The RDATA of a record as the texts of its fields; one text of octets when it is malformed. */
export function fieldTexts(type: number, rdata: Uint8Array, origin: Uint8Array): string[] {
  const fields = formFields(type);
  const spans = fieldSpans(type, rdata);
  if (spans.length < fields.length || spans.at(-1)?.end !== rdata.length || isOpaque(fields)) {
    return [printRdata(type, rdata, { generic: true }), ...fields.slice(1).map(() => '')];
  }
  const texts = (from?: Uint8Array): string[] =>
    fields.map(({ kind, optional }, index) => {
      const span = spans[index];
      if (span === undefined || (optional && span.start === span.end)) return '';
      const out = new ByteSink(64);
      KINDS[kind].write(rdata, span.start, span.end, out, from);
      return decoder.decode(out.slice());
    });
  const relative = texts(origin);
  const read = rdataFromText(type, relative.filter((text) => text !== '').join(' '), origin);
  // A name that spells the zone's with other capitals would lose them when relative.
  return 'rdata' in read && Buffer.compare(read.rdata, rdata) === 0 ? relative : texts();
}

const decoder = new TextDecoder();

/** The fields of a type as they are typed. */
export function formFields(type: number): readonly Field[] {
  return fieldsOf(type);
}

function isOpaque(fields: readonly Field[]): boolean {
  return fields[0]?.kind === 'opaque';
}

function blank(type: number, texts: readonly string[], parts: Pick<Form, 'record' | 'after' | 'focus'>): Form {
  const rdata = formFields(type);
  const fields = texts.map((text, index): FormField => {
    const field = rdata[index - HEAD];
    const name = index === 0 ? 'owner' : index === 1 ? 'ttl' : (field?.name ?? 'data');
    return {
      name,
      label: fieldLabel(name),
      line: lineOf(text),
      hint: fieldHint(name, index < HEAD ? undefined : field, type),
      meaning: undefined,
      problem: undefined,
      optional: index === 1 || field?.optional === true,
    };
  });
  return {
    ...parts,
    type,
    mnemonic: typeName(type),
    reference: typeRow(type)?.reference ?? 'RFC 3597',
    fields,
    problem: undefined,
    preview: '',
    initial: texts,
  };
}

/** The form with what is wrong in each field, what its names mean, and how the record would be written. */
function checked(zone: Zone, form: Form): Form {
  const read = readForm(zone, form);
  const problems = 'record' in read ? [] : read.problems;
  const fields = form.fields.map((field, index) => ({
    ...field,
    meaning: meaningOf(zone, form, index),
    problem: problems[index],
  }));
  const { record } = 'record' in read ? read : { record: undefined };
  const preview = record === undefined ? '' : previewOf(zone, record);
  return { ...form, fields, preview, problem: 'record' in read ? undefined : read.whole };
}

function previewOf(zone: Zone, { owner, ttl, type, rdata }: NewRecord): string {
  const data = printRdata(type, rdata, { origin: zone.origin });
  return `${nameToText(owner, zone.origin)} ${ttl === undefined ? '' : `${ttl} `}${typeToText(type)} ${data}`;
}

type FormReading =
  | { readonly record: NewRecord }
  | { readonly problems: readonly (string | undefined)[]; readonly whole: string | undefined };

function readForm(zone: Zone, form: Form): FormReading {
  const { fields, type } = form;
  const problems: (string | undefined)[] = fields.map(() => undefined);
  const owner = readOwner(zone, asciiName(fields[0]?.line.text ?? ''));
  if ('problem' in owner) problems[0] = owner.problem;
  const ttl = readTtl(fields[1]?.line.text ?? '');
  if (ttl === undefined) problems[1] = `A TTL is seconds from 0 to ${MAX_TTL}, or a period such as 1h30m.`;
  const data = readData(zone, form, problems);
  if (data === undefined || 'problem' in owner || ttl === undefined) {
    return { problems, whole: problems.some((each) => each !== undefined) ? undefined : 'The data cannot be read.' };
  }
  return { record: { owner: owner.name, type, rdata: data, ...(ttl < 0 ? {} : { ttl }) } };
}

function readOwner(zone: Zone, text: string): { readonly name: Uint8Array } | { readonly problem: string } {
  if (text.trim() === '') return { problem: 'An owner is needed: a name, or @ for the zone itself.' };
  const read = text.trim() === '@' ? { name: zone.origin } : nameFromText(text.trim(), zone.origin);
  if ('problem' in read) return { problem: sentence(sayProblem(read.problem)) };
  if (isWithin(read.name, zone.origin)) return read;
  return { problem: `${nameToText(read.name)} does not lie in ${nameToText(zone.origin)}` };
}

/** Seconds of a TTL, -1 for none, undefined for what is no TTL. */
function readTtl(text: string): number | undefined {
  const bytes = new TextEncoder().encode(text.trim());
  if (bytes.length === 0) return -1;
  const seconds = readPeriod(bytes, 0, bytes.length);
  return seconds < 0 || seconds > MAX_TTL ? undefined : seconds;
}

/** The RDATA of the fields; undefined after a problem, which is put to the field where it lies. */
function readData(zone: Zone, form: Form, problems: (string | undefined)[]): Uint8Array | undefined {
  const kinds = formFields(form.type);
  const texts = form.fields.slice(HEAD).map(({ line }, index) => {
    const typed = line.text.trim().replaceAll('\n', ' ');
    return kinds[index]?.kind === 'name' ? asciiName(typed) : typed;
  });
  const ends: number[] = [];
  let text = '';
  for (const [index, each] of texts.entries()) {
    if (each === '' && mustBeFilled(form, index) && texts.slice(index + 1).some((later) => later !== '')) {
      problems[HEAD + index] = missing(form, index);
      return undefined;
    }
    if (text !== '' && each !== '') text += ' ';
    text += each;
    ends.push(Buffer.byteLength(text));
  }
  const read = rdataFromText(form.type, text, zone.origin);
  if ('rdata' in read) return read.rdata;
  const { start, end } = read.problem;
  const empty = texts.findIndex((each, index) => each === '' && mustBeFilled(form, index));
  const behind = start >= Buffer.byteLength(text) || start === end;
  const at = behind && empty >= 0 ? empty : ends.findIndex((stop) => start < stop);
  const index = at < 0 ? texts.length - 1 : at;
  problems[HEAD + index] = at === empty ? missing(form, index) : sentence(sayProblem(read.problem));
  return undefined;
}

function missing(form: Form, index: number): string {
  const label = form.fields[HEAD + index]?.label ?? '';
  return sentence(`${label} is missing`);
}

/** Whether an RDATA field has a word in any case; that of some is left out when those before say so. */
function mustBeFilled({ type }: Form, index: number): boolean {
  const field = formFields(type)[index];
  return field !== undefined && field.optional !== true && KINDS[field.kind].absent === undefined;
}

/** What a name or a period comes to. */
function meaningOf(zone: Zone, { fields, type, record }: Form, index: number): string | undefined {
  const text = fields[index]?.line.text.trim() ?? '';
  if (index === 1 && text === '' && record !== undefined) return `${zone.ttls[record]} seconds, taken over`;
  const kind = index === 0 ? 'name' : index === 1 ? 'ttl' : formFields(type)[index - HEAD]?.kind;
  if (text === '' || kind === undefined) return undefined;
  if (kind === 'ttl' || kind === 'period') return /[a-z]/iu.test(text) ? secondsOf(text) : undefined;
  if (kind !== 'name') return readable(text);
  const read = text === '@' ? { name: zone.origin } : nameFromText(asciiName(text), zone.origin);
  if ('problem' in read) return undefined;
  const whole = nameToText(read.name);
  const shown = unicodeName(whole) ?? whole;
  if (whole === text && shown === whole) return undefined;
  // Whoever typed it as it is read wants to know how it is written.
  return doubled(zone, read.name, asciiName(text) === text ? shown : whole);
}

/** Octets beyond ASCII as the characters that they are; undefined when there are none. */
function readable(text: string): string | undefined {
  const shown = readableText(text);
  return shown === text ? undefined : shown;
}

/** A name that ends in the zone's name twice is most often one without its final dot. */
function doubled(zone: Zone, name: Uint8Array, shown: string): string {
  const { origin } = zone;
  const before = name.subarray(0, name.length - origin.length);
  const inner = before.subarray(Math.max(0, before.length - origin.length + 1));
  const twice = origin.length > 1 && equalNames(Uint8Array.of(...inner, 0), origin);
  return twice ? `${shown} (the zone’s name twice: is a final dot missing?)` : shown;
}

function secondsOf(text: string): string | undefined {
  const bytes = new TextEncoder().encode(text);
  const seconds = readPeriod(bytes, 0, bytes.length);
  return seconds < 0 ? undefined : `${seconds} seconds`;
}
