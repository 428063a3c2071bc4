import type { FieldFault } from '../../../mail/mta-sts-fields.ts';
import type { Args } from '../../../text/diagnostic.ts';

/** What is said of a fault in the form of a record; `version` is the one expected. */
export const FIELD_SENTENCES: Readonly<Record<FieldFault, (args: Args) => string>> = {
  version: ({ found, version }) =>
    `it begins with "${found}", so senders ignore it; expected "v=${version};" letter by letter`,
  'no-field': ({ found }) => `"${found}" is no field; expected name=value, with semicolons between fields`,
  blank: ({ found, instead }) => `"${found}" has blanks beside the equals sign; expected "${instead}"`,
  'bad-field': ({ found }) =>
    `"${found}" is no field; expected a name of letters and digits, and a value without blanks`,
};

/** A piece of a text as a sentence shows it. */
export function shownPiece(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, (octet) => `\\${octet.charCodeAt(0).toString().padStart(3, '0')}`);
  return plain.length > 60 ? `${plain.slice(0, 57)}...` : plain;
}
