import type { Span } from '../text/diagnostic.ts';
import { type FieldFault, type FieldProblem, hasVersion, readFields, seemsVersion } from './mta-sts-fields.ts';

/** What can be wrong with an MTA-STS record (RFC 8461 §3.1). */
export type StsFault = FieldFault | 'id-missing' | 'id-repeated' | 'bad-id';

/** The TXT record at `_mta-sts` (RFC 8461 §3.1): the id of the policy, and everything wrong with the record. */
export interface StsRecord {
  readonly text: string;
  readonly id: (Span & { readonly value: string }) | undefined;
  readonly problems: readonly FieldProblem<StsFault>[];
}

const VERSION = 'STSv1';

/** Whether senders take a text for an MTA-STS record: it begins with `v=STSv1;` (RFC 8461 §3.1). */
export function isSts(text: string): boolean {
  return hasVersion(text, VERSION);
}

/** Whether a text was meant to be an MTA-STS record. */
export function seemsSts(text: string): boolean {
  return seemsVersion(text, VERSION);
}

/** Reads the joined character-strings of a TXT record as an MTA-STS record. Never throws, linear. */
export function parseSts(text: string): StsRecord {
  const { fields, problems } = readFields(text, VERSION);
  const all: FieldProblem<StsFault>[] = [...problems];
  const ids = fields.filter(({ name }) => name === 'id');
  const [id, ...others] = ids;
  for (const { start, end } of others) all.push({ fault: 'id-repeated', start, end, instead: undefined });
  if (id === undefined) {
    const misspelt = fields.find(({ name }) => name.toLowerCase() === 'id');
    const { nameStart: start = 0, nameEnd: end = text.length } = misspelt ?? {};
    // Without a semicolon behind the version the field is there, and counted as part of the version.
    const isHidden = problems.some(({ fault }) => fault === 'version') && text.includes('id=');
    if (!isHidden) all.push({ fault: 'id-missing', start, end, instead: misspelt && 'id' });
    return { text, id: undefined, problems: all };
  }
  const { value, valueStart: start, valueEnd: end } = id;
  if (!/^[A-Za-z0-9]{1,32}$/.test(value)) {
    const plain = value.replace(/[^A-Za-z0-9]/g, '');
    const usable = plain !== '' && plain.length <= 32;
    const range = value === '' ? { start: id.nameStart, end: id.valueEnd } : { start, end };
    all.push({ fault: 'bad-id', ...range, instead: usable ? plain : undefined });
  }
  return { text, id: { value, start, end }, problems: all };
}
