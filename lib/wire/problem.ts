import type { Args } from '../text/diagnostic.ts';

/** What can be wrong with a message. The first group is met when reading, the last when writing. */
export type MessageProblemCode =
  | 'short-header'
  | 'too-many-records'
  | 'cut-off'
  | 'label-type'
  | 'name-too-long'
  | 'pointer-target'
  | 'too-many-pointers'
  | 'name-leaves-rdata'
  | 'rdata-malformed'
  | 'edns-twice'
  | 'edns-misplaced'
  | 'edns-owner'
  | 'edns-option'
  | 'trailing-octets'
  | 'not-writable'
  | 'limit-too-small';

/** One problem, with the octet of the message where it shows; `what` is the part of the message that is meant. */
export interface MessageProblem {
  readonly code: MessageProblemCode;
  readonly offset: number;
  readonly args: Args;
}

const SENTENCES: Readonly<Record<MessageProblemCode, (args: Args) => string>> = {
  'short-header': ({ length }) => `the message is shorter than its header of 12 octets: ${length}`,
  'too-many-records': ({ counted, length }) =>
    `the header counts ${counted} questions and records, more than the ${length} octets behind it can hold`,
  'cut-off': ({ what }) => `the message ends within ${what}`,
  'label-type': ({ what, found }) =>
    `${what} has a label of unknown type (octet ${found}); expected 0 to 63 or a pointer`,
  'name-too-long': ({ what }) => `${what} has more than 255 octets when its pointers are followed`,
  'pointer-target': ({ what, target }) =>
    `${what} has a pointer to octet ${target}; a pointer leads back to a name behind the header and before itself`,
  'too-many-pointers': ({ what, limit }) => `${what} leads through more than ${limit} pointers`,
  'name-leaves-rdata': ({ what }) => `a name reaches beyond the RDLENGTH of ${what}`,
  'rdata-malformed': ({ what }) => `the RDATA of ${what} does not have the form of its type`,
  'edns-twice': () => 'the message has two OPT records; one is the most (RFC 6891 §6.1.1)',
  'edns-misplaced': () => 'the OPT record stands outside the additional section (RFC 6891 §6.1.1)',
  'edns-owner': () => 'the owner of the OPT record is not the root (RFC 6891 §6.1.2)',
  'edns-option': () => 'an EDNS option reaches beyond the OPT record',
  'trailing-octets': ({ length }) => `octets are left behind the last record the header counts: ${length}`,
  'not-writable': ({ what, expected }) => `${what} cannot be written; expected ${expected}`,
  'limit-too-small': ({ length, limit }) =>
    `header, question and OPT record take ${length} octets, more than the limit of ${limit}`,
};

/** The sentence of a problem, without the offset. */
export function sayMessageProblem({ code, args }: MessageProblem): string {
  return SENTENCES[code](args);
}
