import { nameFromText, nameToText } from '../rr/name.ts';

/** The text of a wire name as DNS questions have it: lower case, no final dot, `.` for the root. */
export function hostText(name: Uint8Array): string {
  const text = nameToText(name).toLowerCase();
  return text === '.' ? text : text.slice(0, -1);
}

/** The wire form of such a text; undefined for what is no domain name, or too long for one. */
export function wireName(text: string): Uint8Array | undefined {
  if (text === '') return undefined;
  const read = nameFromText(text.endsWith('.') ? text : `${text}.`);
  return 'name' in read ? read.name : undefined;
}
