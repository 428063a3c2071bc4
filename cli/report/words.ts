import type { Summary } from './reporter.ts';

/** `1,234 records`, `1 zone`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A number with commas between its thousands. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/gu, ',');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** `Found 2 errors and 3 warnings (1 fixable) in 1 zone.`; undefined when nothing was found. */
export function foundSentence(summary: Summary): string | undefined {
  const { errors, warnings, infos, fixable } = summary;
  const kinds = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(infos > 0 ? [counted(infos, 'info')] : []),
  ];
  if (kinds.length === 0) return undefined;
  const mended = fixable > 0 ? ` (${grouped(fixable)} fixable)` : '';
  return `Found ${listed(kinds)}${mended} in ${counted(summary.zones, 'zone')}.`;
}

/** `1 zone, 34 records, 120 rules in 12 ms.`, as far as these are known. */
export function checkedSentence({ zones, records, rules, milliseconds }: Summary): string {
  const what = [
    counted(zones, 'zone'),
    counted(records, 'record'),
    ...(rules === undefined ? [] : [counted(rules, 'rule')]),
  ];
  return `${what.join(', ')}${milliseconds === undefined ? '' : ` in ${duration(milliseconds)}`}.`;
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The drafts that requirement ids stand for. */
const DRAFTS: Readonly<Record<string, string>> = {
  CMX: 'draft-chuang-mutual-tls-email-authentication-00',
  SRV: 'draft-nurpmeso-smtp-tls-srv',
};

/** The draft and section that a requirement id stands for. */
export function draftOf(cite: string): { readonly name: string; readonly section: string } | undefined {
  const [, draft = '', section = ''] = /^([A-Z]+)-([\d.]+)-/u.exec(cite) ?? [];
  const name = DRAFTS[draft];
  return name === undefined ? undefined : { name, section };
}

/** A source as it can be looked up: requirement ids as their draft and section, sections of standards as they are. */
export function sourceWords(cite: string): string {
  const draft = draftOf(cite);
  return draft === undefined ? cite : `${draft.name} §${draft.section} (${cite})`;
}

/** All sources of a finding; a draft is named once for its sections in a row. */
export function sourceSentence(cites: readonly string[]): string {
  let before = '';
  return cites
    .map((cite) => {
      const words = sourceWords(cite);
      const draft = /^draft-\S+ /u.exec(words)?.[0] ?? '';
      const same = draft !== '' && draft === before;
      before = draft;
      return same ? words.slice(draft.length) : words;
    })
    .join(', ');
}
