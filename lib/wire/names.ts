import { MAX_LABEL, MAX_NAME } from '../rr/name.ts';
import type { ByteSink } from '../text/sink.ts';
import { HEADER_LENGTH, u16At } from './header.ts';
import type { MessageProblem, MessageProblemCode } from './problem.ts';

/** Pointers one name may lead through: with more there would be one without a label before it. */
const MOST_POINTERS = 127;

const POINTER = 0xc0;

/** What reading a name came to: where the octets behind it are, or what is wrong with what the caller knows. */
export type NameRead = number | MessageProblem;

/**
 * Appends the name at an offset, its pointers followed, and tells where it ends in place (RFC 1035 §4.1.4). Each pointer
 * has to lead back before where the labels that end with it began, so that no message can hold a loop.
 */
export function readName(bytes: Uint8Array, offset: number, end: number, out: ByteSink): NameRead {
  const from = out.length;
  let behind = -1;
  let start = offset;
  let stop = end;
  let pointers = 0;
  for (let at = offset; ; ) {
    if (at >= stop) return cutOff(bytes, stop);
    const size = bytes[at] ?? 0;
    if (size > MAX_LABEL && size < POINTER) return problem('label-type', at, { found: size });
    if (size >= POINTER) {
      if (at + 2 > stop) return cutOff(bytes, stop);
      const target = u16At(bytes, at) & 0x3fff;
      if (target < HEADER_LENGTH || target >= start) return problem('pointer-target', at, { target });
      if (++pointers > MOST_POINTERS) return problem('too-many-pointers', at, { limit: MOST_POINTERS });
      if (behind < 0) behind = at + 2;
      stop = bytes.length;
      start = target;
      at = target;
      continue;
    }
    if (at + 1 + size > stop) return cutOff(bytes, stop);
    if (out.length - from + 1 + size > MAX_NAME) return problem('name-too-long', at);
    append(bytes, at, at + 1 + size, out);
    at += 1 + size;
    if (size === 0) return behind < 0 ? at : behind;
  }
}

function cutOff(bytes: Uint8Array, stop: number): MessageProblem {
  return problem(stop < bytes.length ? 'name-leaves-rdata' : 'cut-off', stop);
}

function append(bytes: Uint8Array, start: number, end: number, out: ByteSink): void {
  out.reserve(end - start);
  for (let at = start; at < end; at++) out.bytes[out.length++] = bytes[at] ?? 0;
}

/** A problem with what is to be said about it. */
export function problem(code: MessageProblemCode, offset: number, args: MessageProblem['args'] = {}): MessageProblem {
  return { code, offset, args };
}
