import type { KindName } from '../rr/kind.ts';
import { TYPES, type TypeRow, typeRow } from '../rr/types.ts';

/** Field kinds that are always one word. */
const ONE_WORD: ReadonlySet<KindName> = new Set<KindName>(
  'u8 u16 u32 period ttl name ip4 ip6 string digits tag type algorithm time regexp salt base32hex cert-type scheme'.split(
    ' ',
  ) as KindName[],
);

/** Kinds of last fields whose words are one run of digits. */
const DIGITS: ReadonlySet<KindName> = new Set<KindName>([
  'hex',
  'base64',
  'ds-digest',
  'sshfp-digest',
  'zonemd-digest',
]);

/** Kinds of last fields that are lists of words. */
const LISTS: ReadonlySet<KindName> = new Set<KindName>(['strings', 'types', 'types-or-none', 'svcparams']);

/** How the words of RDATA are laid out. */
export interface WordPlan {
  /** Words before the last field, when each field before it is one word. */
  readonly before: number;
  /** The last field is one run of digits, written as one word or in lines of equal length. */
  readonly digits: boolean;
  /** The last field is a list of words. */
  readonly list: boolean;
  /** The list is written one word a line, for they are texts or have names of their own. */
  readonly oneALine: boolean;
  /** Index of the first timer, -1 without timers: their meaning nobody tells from a row of numbers. */
  readonly timers: number;
  /** Indexes of the words that are names. */
  readonly names: readonly number[];
}

const NO_PLAN: WordPlan = { before: 0, digits: false, list: false, oneALine: false, timers: -1, names: [] };

const PLANS: ReadonlyMap<number, WordPlan> = new Map(TYPES.map((row) => [row.number, planOf(row)]));

function planOf({ fields, generic }: TypeRow): WordPlan {
  if (generic || fields.slice(0, -1).some(({ kind, optional }) => !ONE_WORD.has(kind) || optional)) return NO_PLAN;
  const kind = fields.at(-1)?.kind ?? 'opaque';
  const period = fields.findIndex((field) => field.kind === 'period');
  return {
    before: fields.length - 1,
    digits: DIGITS.has(kind),
    list: LISTS.has(kind),
    oneALine: kind === 'strings' || kind === 'svcparams',
    timers: period < 0 ? -1 : fields.findLastIndex((field, index) => field.kind === 'name' && index < period) + 1,
    names: fields.flatMap((field, index) => (field.kind === 'name' ? [index] : [])),
  };
}

/** How the RDATA words of a type are laid out; unknown types have no layout of their own. */
export function wordPlan(type: number): WordPlan {
  return PLANS.get(type) ?? NO_PLAN;
}

/** Name of the field that a word of a type stands for. */
export function fieldName(type: number, word: number): string {
  return typeRow(type)?.fields[word]?.name ?? '';
}

/** What the quick scan leaves to the close look, or looks at itself, by type number. */
export const NAME_LAST = 1;
export const NAMES_ELSEWHERE = 2;
export const DIGITS_LAST = 4;
export const LIST_LAST = 8;
export const TIMERS = 16;

/** Words that RDATA has by type number below 512 when its digits are not split. */
export const WORDS: Uint8Array = Uint8Array.from({ length: 512 }, (_, type) => wordPlan(type).before + 1);

/** Traits of the types below 512 for the quick scan. */
export const TRAITS: Uint8Array = traits();

function traits(): Uint8Array {
  const table = new Uint8Array(512);
  for (const { number, fields } of TYPES) {
    if (number >= 512) continue;
    const plan = wordPlan(number);
    const last = fields.length - 1;
    let trait = 0;
    if (plan.names.includes(last) && plan.names.length === 1) trait |= NAME_LAST;
    else if (plan.names.length > 0) trait |= NAMES_ELSEWHERE;
    if (plan.digits) trait |= DIGITS_LAST;
    if (plan.list) trait |= LIST_LAST;
    if (plan.timers >= 0) trait |= TIMERS;
    table[number] = trait;
  }
  return table;
}
