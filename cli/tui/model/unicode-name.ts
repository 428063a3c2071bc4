import { domainToASCII } from 'node:url';

/**
 * A name in which labels typed as people read them are A-labels (RFC 5891 §4); a label that is no such word, as one with
 * escapes, stays as it is.
 */
export function asciiName(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text;
  return text
    .split('.')
    .map((label) => {
      if (/^\p{ASCII}*$/u.test(label) || !/^[\p{L}\p{M}\p{N}·-]+$/u.test(label)) return label;
      const ascii = domainToASCII(label);
      return /^[a-z0-9-]{1,63}$/u.test(ascii) ? ascii : label;
    })
    .join('.');
}

/** Bootstring parameters of Punycode (RFC 3492 §5). */
const BASE = 36;
const TMIN = 1;
const TMAX = 26;
const SKEW = 38;
const DAMP = 700;

/** A name with its A-labels as people read them (RFC 5890 §2.3.2.1); undefined when it has none that can be read. */
export function unicodeName(name: string): string | undefined {
  if (!/xn--/iu.test(name)) return undefined;
  const labels = name.split('.').map((label) => (/^xn--/iu.test(label) ? (decode(label.slice(4)) ?? label) : label));
  const shown = labels.join('.');
  return shown === name ? undefined : shown;
}

/** The characters of a Punycode text (RFC 3492 §6.2); undefined for what is none or would not be plain letters. */
function decode(text: string): string | undefined {
  const split = text.lastIndexOf('-');
  const output = [...text.slice(0, Math.max(0, split))].map((character) => character.codePointAt(0) ?? 0);
  let code = 128;
  let place = 0;
  let bias = 72;
  for (let at = split + 1; at < text.length; ) {
    const before = place;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = digitOf(text.charCodeAt(at++));
      if (digit < 0) return undefined;
      place += digit * weight;
      const least = k <= bias ? TMIN : Math.min(TMAX, k - bias);
      if (digit < least) break;
      weight *= BASE - least;
      if (place > 0x7fffffff || weight > 0x7fffffff) return undefined;
    }
    const count = output.length + 1;
    bias = adapted(place - before, count, before === 0);
    code += Math.floor(place / count);
    place %= count;
    if (code > 0x10ffff) return undefined;
    output.splice(place++, 0, code);
  }
  const shown = String.fromCodePoint(...output);
  // Only letters, digits and marks: nothing that could steer the terminal or look like another part of the name.
  return /^[\p{L}\p{M}\p{N}\p{Pd}·]+$/u.test(shown) ? shown : undefined;
}

function adapted(delta: number, count: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? DAMP : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - TMIN) * TMAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - TMIN));
  return k + Math.floor(((BASE - TMIN + 1) * rest) / (rest + SKEW));
}

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 22;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x61 : -1;
}
