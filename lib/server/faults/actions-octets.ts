import { RCODE } from '../../wire/codes.ts';
import { decodeMessage } from '../../wire/decode.ts';
import { OPTION } from '../../wire/edns.ts';
import { MAX_MESSAGE } from '../../wire/encode.ts';
import { HEADER_LENGTH, putU16, u16At } from '../../wire/header.ts';
import type { EdnsOption } from '../../wire/message.ts';
import type { ActionKind } from './action-kind.ts';
import { coded } from './actions-message.ts';
import type { Draft, Edit, Ending, FaultContext, OctetChange, OpenMessage } from './draft.ts';
import type { FaultAction } from './fault.ts';
import { type FaultProblems, shownValue } from './problems.ts';
import { typeOf } from './selector.ts';

type Kind<Name extends keyof FaultAction> = ActionKind<NonNullable<FaultAction[Name]>>;

/** Milliseconds an answer may be held back. */
const LONGEST_DELAY = 600_000;

/** Waits. */
export const delayAction: Kind<'delay'> = {
  edit(given, path, problems) {
    const isRange = typeof given === 'object' && given !== null;
    const min = problems.milliseconds(isRange ? `${path}.min` : path, isRange ? given.min : given, LONGEST_DELAY);
    const max = isRange ? problems.milliseconds(`${path}.max`, given.max, LONGEST_DELAY) : min;
    if (min === undefined || max === undefined) return undefined;
    if (max < min) return problems.say(`${path}.max`, `is ${max}, less than min, which is ${min}`);
    return (draft, { random }) => {
      draft.delay += max === min ? min : min + random.next() * (max - min);
    };
  },
};

/** Says nothing. */
export const dropAction: Kind<'drop'> = {
  edit: () => (draft) => {
    draft.dropped = true;
  },
};

/** An answer of those that do not know EDNS (RFC 6891 §7). */
function unknowing(rcode: number): (draft: Draft) => void {
  return (draft) =>
    draft.edit((message) => {
      coded(message, rcode);
      delete message.edns;
    });
}

/** Replaces the cookie of an answer, or takes it away. */
function cookied(change: (client: Uint8Array) => EdnsOption[]): (draft: Draft) => void {
  return (draft) =>
    draft.edit((message) => {
      if (message.edns === undefined) return;
      const { options } = message.edns;
      const own = options.find(({ code }) => code === OPTION.COOKIE)?.data ?? askedCookie(draft.query);
      const rest = options.filter(({ code }) => code !== OPTION.COOKIE);
      message.edns = { ...message.edns, options: [...(own === undefined ? [] : change(own)), ...rest] };
    });
}

function askedCookie(query: Uint8Array): Uint8Array | undefined {
  const read = decodeMessage(query);
  return 'message' in read ? read.message.edns?.options.find(({ code }) => code === OPTION.COOKIE)?.data : undefined;
}

/** Octets of a client cookie, and of a server cookie as most servers make them (RFC 7873 §4). */
const CLIENT_COOKIE = 8;
const WHOLE_COOKIE = 24;

/** The cookie of another client (RFC 7873 §5.3: such an answer is to be dropped). */
function strangeCookie(own: Uint8Array): EdnsOption[] {
  const data = new Uint8Array(Math.max(own.length, WHOLE_COOKIE));
  data.set(own);
  for (let at = 0; at < CLIENT_COOKIE; at++) data[at] = (data[at] as number) ^ 0xff;
  return [{ code: OPTION.COOKIE, data }];
}

const EDNS: Readonly<Record<NonNullable<FaultAction['edns']>, (draft: Draft) => void>> = {
  absent: (draft) =>
    draft.edit((message) => {
      delete message.edns;
    }),
  formerr: unknowing(RCODE.FORMERR),
  notimp: unknowing(RCODE.NOTIMP),
  refused: unknowing(RCODE.REFUSED),
  badvers: (draft) => draft.edit((message: OpenMessage) => coded(message, RCODE.BADVERS)),
  drop: (draft) => {
    draft.dropped = true;
  },
  twice: (draft) => {
    draft.optTwice = true;
    draft.bare = true;
  },
  'wrong-cookie': cookied(strangeCookie),
  'no-cookie': cookied(() => []),
};

/** EDNS as others get it wrong. */
export const ednsAction: Kind<'edns'> = {
  needs: (given) => (String(given).endsWith('cookie') ? 'cookie' : 'edns'),
  edit(given, path, problems) {
    const how = problems.word(path, given, Object.keys(EDNS) as (keyof typeof EDNS)[]);
    if (how === undefined) return undefined;
    return (draft) => {
      if (draft.hasEdns) EDNS[how](draft);
    };
  },
};

/** Names compressed that must not be. */
export const compressAction: Kind<'compress'> = {
  later: (given) => given,
  edit(given, path, problems) {
    const types = problems.each(path, given, (at, text) => typeOf(at, text, problems)) ?? [];
    return (draft) => {
      draft.compressed = new Set([...(draft.compressed ?? []), ...types]);
    };
  },
};

const COUNTS = { questions: 4, answers: 6, authorities: 8, additionals: 10 } as const;

/** Octets that are no message any more. */
export const octetsAction: Kind<'octets'> = {
  edit(given, path, problems) {
    const { cut, junk, pointerLoop, counts, raw } = given;
    const changes: ((context: FaultContext) => OctetChange)[] = [];
    const add = (change: OctetChange): void => void changes.push(() => change);
    if (raw !== undefined) {
      const octets = hexOctets(raw);
      if (octets === undefined)
        problems.say(`${path}.raw`, `is ${shownValue(raw)}, expected hexadecimal digits, two for each octet`);
      else add((bytes) => withId(octets, bytes));
    }
    if (pointerLoop === true) add(looped);
    if (counts !== undefined) add(counting(counts, `${path}.counts`, problems));
    if (junk !== undefined) {
      const length = problems.whole(`${path}.junk`, junk, 1, MAX_MESSAGE);
      if (length !== undefined)
        changes.push(({ random }) => (bytes) => {
          const more = Uint8Array.from({ length }, () => random.below(256));
          return joined(bytes, more);
        });
    }
    if (cut !== undefined) {
      const length = problems.whole(`${path}.cut`, cut, -MAX_MESSAGE, MAX_MESSAGE);
      if (length !== undefined) add((bytes) => bytes.slice(0, length));
    }
    return (draft, context) => {
      if (raw !== undefined) Object.assign(draft, { bare: true, alone: true });
      for (const change of changes) draft.octets.push(change(context));
    };
  },
};

function hexOctets(text: unknown): Uint8Array | undefined {
  const digits = String(text).replaceAll(/\s/gu, '');
  if (digits === '' || !/^(?:[\da-f]{2})+$/iu.test(digits) || digits.length > 2 * MAX_MESSAGE) return undefined;
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16),
  );
}

function withId(octets: Uint8Array, { 0: high = 0, 1: low = 0 }: Uint8Array): Uint8Array {
  const bytes = octets.slice();
  bytes.set([high, low].slice(0, bytes.length));
  return bytes;
}

/** The name of the question becomes a pointer to itself. */
function looped(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= HEADER_LENGTH || u16At(bytes, 4) === 0) return bytes;
  let end = HEADER_LENGTH;
  while ((bytes[end] ?? 0) > 0 && (bytes[end] as number) < 0xc0) end += 1 + (bytes[end] as number);
  const loop = Uint8Array.of(0xc0, HEADER_LENGTH);
  return joined(joined(bytes.subarray(0, HEADER_LENGTH), loop), bytes.subarray(end + 1));
}

function counting(
  given: NonNullable<NonNullable<FaultAction['octets']>['counts']>,
  path: string,
  problems: FaultProblems,
): OctetChange {
  const added = Object.entries(given).flatMap(([name, value]) => {
    if (!Object.hasOwn(COUNTS, name))
      return problems.say(`${path}.${name}`, `is unknown; the counts are ${Object.keys(COUNTS).join(', ')}`) ?? [];
    const more = problems.whole(`${path}.${name}`, value, -65535, 65535);
    return more === undefined ? [] : [{ at: COUNTS[name as keyof typeof COUNTS], more }];
  });
  return (bytes) => {
    if (bytes.length < HEADER_LENGTH) return bytes;
    const changed = bytes.slice();
    for (const { at, more } of added) putU16(changed, at, Math.min(65535, Math.max(0, u16At(bytes, at) + more)));
    return changed;
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Datagrams of one answer at most. */
const MOST_COPIES = 100;

/** The same again. */
export const copiesAction: Kind<'copies'> = {
  needs: () => 'udp',
  edit(given, path, problems) {
    const copies = problems.whole(path, given, 1, MOST_COPIES);
    if (copies === undefined) return undefined;
    return (draft) => {
      if (!draft.stream) draft.copies = copies;
    };
  },
};

const ENDINGS: Readonly<Record<NonNullable<FaultAction['connection']>, Ending>> = {
  hang: () => ({ bytes: undefined, delivery: { end: 'hang' } }),
  reset: () => ({ bytes: undefined, delivery: { end: 'reset' } }),
  close: () => ({ bytes: undefined, delivery: { end: 'close' } }),
  'close-after-length': (bytes) => ({ bytes, delivery: { cut: 2, end: 'close' } }),
  half: (bytes) => ({ bytes, delivery: { cut: 2 + ((bytes?.length ?? 0) >> 1), end: 'hang' } }),
  'wrong-length': (bytes) => ({ bytes, delivery: { length: (bytes?.length ?? 0) >> 1 } }),
  'close-after': (bytes) => ({ bytes, delivery: { end: 'close' } }),
};

/** What becomes of the connection. */
export const connectionAction: Kind<'connection'> = {
  needs: () => 'stream',
  edit(given, path, problems): Edit | undefined {
    const how = problems.word(path, given, Object.keys(ENDINGS) as (keyof typeof ENDINGS)[]);
    if (how === undefined) return undefined;
    return (draft) => {
      if (draft.stream) draft.ending = ENDINGS[how];
    };
  },
};
