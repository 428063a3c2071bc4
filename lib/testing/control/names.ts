import { nameFromText, ROOT } from '../../rr/name.ts';
import { sayProblem } from '../../rr/say.ts';
import { nearestType, typeFromText } from '../../rr/types.ts';
import { nearest } from '../../text/nearest.ts';
import { RCODE, rcodeToText } from '../../wire/codes.ts';
import { ControlError } from './replies.ts';

/** Wire form of an absolute name, with or without the final dot; `@` is the root. Throws ControlError. */
export function absoluteName(text: string): Uint8Array {
  if (text === '@' || text === '.') return ROOT;
  const read = nameFromText(text.endsWith('.') ? text : `${text}.`);
  if ('name' in read && text !== '') return read.name;
  const why = 'problem' in read ? sayProblem(read.problem) : 'it is empty';
  throw new ControlError(400, 'bad-name', `'${text}' is no domain name: ${why}`);
}

/** The number of a type by its mnemonic or as `TYPE265`. Throws ControlError. */
export function typeNumber(text: string): number {
  const number = typeFromText(text);
  if (number !== undefined) return number;
  const near = nearestType(text);
  throw new ControlError(
    400,
    'bad-type',
    `unknown type '${text}'${near === undefined ? '' : `; did you mean ${near}?`}`,
  );
}

const RCODES: ReadonlyMap<string, number> = new Map(Object.values(RCODE).map((code) => [rcodeToText(code), code]));

/** The number of a response code by its name or as a number. Throws ControlError. */
export function rcodeNumber(text: string): number {
  if (/^\d{1,4}$/u.test(text) && Number(text) < 4096) return Number(text);
  const known = RCODES.get(text.toUpperCase());
  if (known !== undefined) return known;
  const near = nearest(text, RCODES.keys());
  throw new ControlError(
    400,
    'bad-rcode',
    `unknown response code '${text}'${near === undefined ? '' : `; did you mean ${near}?`}`,
  );
}
