import { MAX_LABEL, MAX_NAME, nameToText } from '../rr/name.ts';
import type { Span } from '../text/diagnostic.ts';

/** One macro-expand of a macro-string (RFC 7208 §7.1); `letter` is empty for `%%`, `%_` and `%-`. */
export interface SpfMacro extends Span {
  /** Lower-case macro letter: s l o d i p h c r t v. */
  readonly letter: string;
  /** How many right-hand parts are kept; 0 when all. */
  readonly keep: number;
  readonly reversed: boolean;
  /** Characters that separate the parts; `.` unless written. */
  readonly delimiters: string;
}

/** A domain-spec or macro-string as written, with its macros. */
export interface SpfDomain extends Span {
  readonly text: string;
  readonly macros: readonly SpfMacro[];
  /** Wire form of a domain-spec without macros; undefined for others and for what is no name. */
  readonly name: Uint8Array | undefined;
}

/** What can be wrong with a macro-string or domain-spec. */
export type SpfNameFault = 'bad-macro' | 'bad-character' | 'bad-domain' | 'odd-name';

/** Takes one fault: its range and what stands there. */
export type FaultSink = (fault: SpfNameFault, start: number, end: number) => void;

/** Letters that only the text found by `exp` may use (RFC 7208 §7.2). */
const EXPLANATION_ONLY = 'crt';

const MACRO = /%(?:\{([slodiphcrtv])(\d*)(r?)([.\-+,/_=]*)\}|[%_-])/iy;

const NO_MACROS: SpfMacro[] = [];

/** Reads `text` from `start` to `end` as a macro-string (RFC 7208 §7.1); faults go to the sink. */
export function readMacroString(text: string, start: number, end: number, sink: FaultSink): SpfDomain {
  let macros: SpfMacro[] = NO_MACROS;
  for (let at = start; at < end; ) {
    const code = text.charCodeAt(at);
    if (code > 0x25 && code < 0x7f) {
      at++;
      continue;
    }
    if (code !== 0x25) {
      const bad = badRun(text, at, end);
      if (bad > at) sink('bad-character', at, bad);
      at = Math.max(bad, at + 1);
      continue;
    }
    MACRO.lastIndex = at;
    const found = MACRO.exec(text);
    const stop = at + (found?.[0].length ?? 0);
    if (found === null || stop > end) {
      const broken = brokenMacroEnd(text, at, end);
      sink('bad-macro', at, broken);
      at = broken;
      continue;
    }
    const [, letter = '', digits = '', reversed = '', delimiters = ''] = found;
    const zero = digits !== '' && Number(digits) === 0;
    if (zero || (letter !== '' && EXPLANATION_ONLY.includes(letter.toLowerCase()))) sink('bad-macro', at, stop);
    if (macros.length === 0) macros = [];
    macros.push({
      start: at,
      end: stop,
      letter: letter.toLowerCase(),
      keep: Number(digits),
      reversed: reversed !== '',
      delimiters: delimiters === '' ? '.' : delimiters,
    });
    at = stop;
  }
  return { start, end, text: text.slice(start, end), macros, name: undefined };
}

/** End of a run of octets that no macro-literal may have; `at` itself when there is none. */
function badRun(text: string, at: number, end: number): number {
  let stop = at;
  while (stop < end && (text.charCodeAt(stop) <= 0x20 || text.charCodeAt(stop) >= 0x7f)) stop++;
  return stop;
}

/** A broken macro ends behind its brace, else behind the percent sign. */
function brokenMacroEnd(text: string, at: number, end: number): number {
  if (text[at + 1] !== '{') return at + 1;
  // Macros are short: looking further for a brace would make many broken ones costly.
  for (let stop = at + 2; stop < end && stop < at + 24; stop++) if (text[stop] === '}') return stop + 1;
  return Math.min(end, at + 2);
}

const TOP_LABEL = /^(?:[a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+-[a-z0-9-]*[a-z0-9])$/i;

/** Reads a domain-spec (RFC 7208 §7.1): a macro-string that ends in a macro or in a dot and a top label. */
export function readDomainSpec(text: string, start: number, end: number, sink: FaultSink): SpfDomain {
  let faults = 0;
  const domain = readMacroString(text, start, end, (fault, from, to) => {
    faults++;
    sink(fault, from, to);
  });
  if (faults > 0) return domain;
  const lastMacro = domain.macros.at(-1);
  if (lastMacro?.end === end) return domain;
  const literal = text.slice(lastMacro?.end ?? start, text[end - 1] === '.' ? end - 1 : end);
  const dot = literal.lastIndexOf('.');
  if (dot < 0 || literal.length - dot > MAX_NAME || !TOP_LABEL.test(literal.slice(dot + 1))) {
    sink('bad-domain', start, end);
    return domain;
  }
  if (domain.macros.length > 0) return domain;
  const name = spfName(domain.text);
  if (name === undefined || /[^\w.-]/.test(domain.text)) sink('odd-name', start, end);
  return { ...domain, name };
}

/** Wire form of a domain as SPF writes it, without escapes; undefined with an empty or too long label, or when too long. */
export function spfName(text: string): Uint8Array | undefined {
  const labels = (text.endsWith('.') ? text.slice(0, -1) : text).split('.');
  const wire = new Uint8Array(labels.reduce((sum, label) => sum + label.length + 1, 1));
  if (wire.length > MAX_NAME) return undefined;
  let at = 0;
  for (const label of labels) {
    if (label.length === 0 || label.length > MAX_LABEL) return undefined;
    wire[at++] = label.length;
    for (let index = 0; index < label.length; index++) wire[at++] = label.charCodeAt(index);
  }
  return wire;
}

/**
 * The name a domain-spec means in the record of `domain` (RFC 7208 §7.3); undefined when that depends on the mail
 * (any macro but `%{d}`) or is no name.
 */
export function expandDomain(spec: SpfDomain, domain: Uint8Array): Uint8Array | undefined {
  if (spec.macros.length === 0) return spec.name;
  const current = nameToText(domain).slice(0, -1);
  let expanded = '';
  let at = spec.start;
  for (const macro of spec.macros) {
    expanded += spec.text.slice(at - spec.start, macro.start - spec.start);
    if (macro.letter !== 'd') return undefined;
    expanded += transformed(current, macro);
    at = macro.end;
  }
  return spfName(expanded + spec.text.slice(at - spec.start));
}

function transformed(value: string, { keep, reversed, delimiters }: SpfMacro): string {
  const parts: string[] = [];
  let part = '';
  for (const character of value) {
    if (!delimiters.includes(character)) part += character;
    else {
      parts.push(part);
      part = '';
    }
  }
  parts.push(part);
  if (reversed) parts.reverse();
  return (keep > 0 ? parts.slice(-keep) : parts).join('.');
}
