import { nameLength } from '../rr/name.ts';
import { CLASSES, TYPE, typeToText } from '../rr/types.ts';
import { type Message, type Question, type ResourceRecord, SECTIONS } from './message.ts';
import { problem } from './names.ts';
import type { MessageProblem } from './problem.ts';
import { rdataLayout, stepEnd } from './rdata-layout.ts';

/** Why a message cannot be written, undefined when it can: a number that does not fit its field would become another one. */
export function writability(message: Message): MessageProblem | undefined {
  const { edns } = message;
  return (
    number('the id', message.id, 65535) ??
    number('the opcode', message.opcode, 15) ??
    number(edns ? 'the RCODE' : 'the RCODE without EDNS', message.rcode, edns ? 4095 : 15) ??
    first(message.questions, question) ??
    first(SECTIONS, (section) => first(message[section], (each, index) => record(each, section, index))) ??
    counts(message) ??
    (edns && ednsFault(edns))
  );
}

function number(what: string, value: number, most: number): MessageProblem | undefined {
  if (Number.isInteger(value) && value >= 0 && value <= most) return undefined;
  return unwritable(`${what} ${value}`, `a whole number from 0 to ${most}`);
}

function unwritable(what: string, expected: string): MessageProblem {
  return problem('not-writable', 0, { what, expected });
}

function first<Item>(
  items: readonly Item[],
  check: (item: Item, index: number) => MessageProblem | undefined,
): MessageProblem | undefined {
  for (const [index, item] of items.entries()) {
    const found = check(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function question(asked: Question, index: number): MessageProblem | undefined {
  return named(`question ${index + 1}`, asked);
}

function named(what: string, { name, type, class: rrClass }: Question): MessageProblem | undefined {
  if (nameLength(name, 0) !== name.length)
    return unwritable(`the name of ${what}`, 'an uncompressed name of at most 255 octets');
  return number(`the type of ${what}`, type, 65535) ?? number(`the class of ${what}`, rrClass, 65535);
}

function record(given: ResourceRecord, section: string, index: number): MessageProblem | undefined {
  const what = `record ${index + 1} of the ${section} section`;
  const found = named(what, given) ?? number(`the TTL of ${what}`, given.ttl, 0xffffffff);
  if (found !== undefined) return found;
  if (given.type === TYPE.OPT) return unwritable(what, 'the OPT record only as `edns`');
  if (given.rdata.length > 65535) return unwritable(`the RDATA of ${what}`, 'at most 65535 octets');
  if (hasForm(given)) return undefined;
  return unwritable(`the RDATA of ${what} (${typeToText(given.type)})`, 'the form of its type, names uncompressed');
}

/** Whether RDATA of a type that may hold compressed names has the form of its type (empty where RFC 2136 has it so). */
function hasForm({ type, class: rrClass, rdata }: ResourceRecord): boolean {
  const layout = rdataLayout(type);
  if (layout === undefined) return true;
  if (rdata.length === 0 && (rrClass === CLASSES.ANY || rrClass === CLASSES.NONE)) return true;
  let at = 0;
  for (const step of layout) {
    const length = step.kind === 'name' ? nameLength(rdata, at) : 0;
    if (length < 0) return false;
    at = step.kind === 'name' ? at + length : stepEnd(step, rdata, at, rdata.length);
    if (at < 0) return false;
  }
  return at === rdata.length;
}

function counts(message: Message): MessageProblem | undefined {
  return (
    number('the count of questions', message.questions.length, 65535) ??
    first(SECTIONS, (section) => number(`the count of the ${section} section`, message[section].length, 65534))
  );
}

function ednsFault(edns: NonNullable<Message['edns']>): MessageProblem | undefined {
  const options = edns.options.reduce((length, { data }) => length + 4 + data.length, 0);
  return (
    number('the UDP size', edns.udpSize, 65535) ??
    number('the EDNS version', edns.version, 255) ??
    number('the EDNS flags without DO', edns.flags, 32767) ??
    first(edns.options, ({ code }) => number('the code of an EDNS option', code, 65535)) ??
    number('the length of the EDNS options', options, 65535)
  );
}
