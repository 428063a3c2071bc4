import { nameToText } from '../rr/name.ts';
import { NOTES } from '../rr/problem.ts';
import { sayProblem } from '../rr/say.ts';
import { classToText } from '../rr/types.ts';
import type { Args } from '../text/diagnostic.ts';
import { Entry } from '../text/entry.ts';
import { readZone } from '../zone/read.ts';
import type { Zone } from '../zone/zone.ts';
import type { ChangeProblemCode } from './change-problem.ts';
import { givenTtl, Scopes, statesTtl, type TtlState } from './scopes.ts';

/** What holds at the place where a text is inserted. */
export interface TextContext {
  readonly zone: Zone;
  readonly origin: Uint8Array;
  readonly owner: Uint8Array | undefined;
  readonly ttl: TtlState;
}

/** A text as it can be inserted, and what holds behind it. */
export interface TextPiece {
  readonly text: string;
  readonly owner: Uint8Array | undefined;
  readonly ttl: TtlState;
}

/** A reason against a text. */
export interface TextRefusal {
  readonly code: ChangeProblemCode;
  readonly args: Args;
}

/**
 * Reads a text as if it stood at a place. What it sets for itself alone is set back behind it: `$ORIGIN` and `$TTL` lines of
 * the place follow where it has others.
 */
export function readTextPiece(text: string, context: TextContext): TextPiece | TextRefusal {
  const { zone, origin, owner, ttl } = context;
  const head = headOf(context);
  const whole = `${head}${text}${text === '' || text.endsWith('\n') ? '' : '\n'}`;
  const read = readZone({ name: 'text', bytes: new TextEncoder().encode(whole), origin });
  const fault = read.problems.find(({ code }) => !NOTES.has(code));
  if (read.directives.some(({ kind }) => kind === 'INCLUDE')) {
    return { code: 'text-directive', args: { found: '$INCLUDE', hint: 'insert the lines of that file instead' } };
  }
  if (fault !== undefined) return { code: 'bad-text', args: { what: sayProblem(fault) } };
  const dummy = owner === undefined ? 0 : 1;
  const foreign = Array.from(read.classes.subarray(dummy, read.count)).some((each) => each !== zone.zoneClass);
  if (foreign)
    return { code: 'bad-text', args: { what: `a record of it is not of class ${classToText(zone.zoneClass)}` } };
  let result = whole.slice(head.length);
  const own = read.directives.filter(({ start }) => start >= head.length);
  if (own.some(({ kind }) => kind === 'TTL')) {
    if (ttl.defaultTtl < 0) {
      const hint = 'the records behind it take over the TTL before them; give the records of the text their own';
      return { code: 'text-directive', args: { found: '$TTL', hint } };
    }
    result += `$TTL ${ttl.defaultTtl}\n`;
  }
  if (own.some(({ kind }) => kind === 'ORIGIN')) result += `$ORIGIN ${nameToText(origin)}\n`;
  if (read.count === dummy) return { text: result, owner, ttl };
  return { text: result, owner: read.ownerOf(read.count - 1).slice(), ttl: ttlBehind(read, dummy, ttl) };
}

/** Lines that make the text be read as it will be at its place. */
function headOf({ zone, owner, ttl }: TextContext): string {
  const lines: string[] = [];
  if (ttl.defaultTtl >= 0) lines.push(`$TTL ${ttl.defaultTtl}\n`);
  const recordClass = classToText(zone.zoneClass);
  const given = givenTtl(ttl);
  if (owner !== undefined) lines.push(`${nameToText(owner)} ${given < 0 ? '' : given} ${recordClass} TXT ""\n`);
  return lines.join('');
}

function ttlBehind(read: Zone, from: number, ttl: TtlState): TtlState {
  if (ttl.defaultTtl >= 0) return ttl;
  const entry = new Entry();
  for (let record = read.count - 1; record >= from; record--) {
    if (statesTtl(read, record, entry)) return { defaultTtl: -1, lastTtl: read.ttls[record] ?? -1 };
  }
  const behind = new Scopes(read).ttlAt(0, Number.MAX_SAFE_INTEGER);
  return givenTtl(ttl) < 0 ? behind : ttl;
}
