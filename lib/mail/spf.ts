import type { Span } from '../text/diagnostic.ts';
import { nearest } from '../text/nearest.ts';
import { type FaultSink, readDomainSpec, readMacroString, type SpfDomain } from './spf-names.ts';
import { ip4Octets, ip6Octets, prefixLength, type SpfNetwork } from './spf-networks.ts';

/** What a match means: pass, fail, neutral, softfail (RFC 7208 §4.6.2). */
export type SpfQualifier = '+' | '-' | '?' | '~';

/** The mechanisms of RFC 7208 §5, in its order. */
export const SPF_MECHANISMS = ['all', 'include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists'] as const;

/** Name of a mechanism, in lower case. */
export type SpfMechanism = (typeof SPF_MECHANISMS)[number];

/** A mechanism with its qualifier. */
export interface SpfDirective extends Span {
  readonly kind: 'directive';
  /** `+` when none is written. */
  readonly qualifier: SpfQualifier;
  readonly mechanism: SpfMechanism;
  readonly name: Span;
  /** Its value is missing or wrong. */
  readonly broken: boolean;
  /** Of include, a, mx, ptr and exists; without one they mean the domain of the record. */
  readonly domain: SpfDomain | undefined;
  /** Of ip4 and ip6. */
  readonly network: SpfNetwork | undefined;
  /** Prefix lengths of a and mx; 32 and 128 when none is written. */
  readonly prefix4: number;
  readonly prefix6: number;
}

/** `name=value` (RFC 7208 §6); other names than redirect and exp have no effect. */
export interface SpfModifier extends Span {
  readonly kind: 'modifier';
  /** In lower case. */
  readonly modifier: string;
  readonly name: Span;
  readonly value: SpfDomain;
}

/** A word that is neither. */
export interface SpfUnknownTerm extends Span {
  readonly kind: 'unknown';
  readonly text: string;
}

/** A term of an SPF record; its range is in octets of the joined text. */
export type SpfTerm = SpfDirective | SpfModifier | SpfUnknownTerm;

/** What can be wrong with an SPF record; all but `no-effect` and `odd-name` make the whole record a permerror (RFC 7208 §4.6). */
export type SpfFault =
  | 'unknown-term'
  | 'missing-value'
  | 'unexpected-value'
  | 'bad-network'
  | 'bad-prefix'
  | 'bad-macro'
  | 'bad-character'
  | 'bad-domain'
  | 'qualified-modifier'
  | 'repeated-modifier'
  /** A modifier nobody knows, named as a mechanism. */
  | 'no-effect'
  /** A name with an empty or too long label: checkers differ in what they make of it (RFC 7208 §4.8). */
  | 'odd-name';

/** A fault with its range in the joined text; `term` is the number of the term it belongs to. */
export interface SpfProblem extends Span {
  readonly fault: SpfFault;
  readonly term: number;
  /** What was most likely meant in place of the range. */
  readonly instead: string | undefined;
}

/** An SPF record (RFC 7208 §3): everything in it and everything wrong with it. */
export interface SpfRecord {
  readonly text: string;
  readonly terms: readonly SpfTerm[];
  readonly problems: readonly SpfProblem[];
  /** False when a checker has to answer permerror because of its syntax. */
  readonly valid: boolean;
}

const VERSION = 'v=spf1';

/** Whether a TXT text is an SPF record (RFC 7208 §4.5): the version, then a blank or nothing. */
export function isSpf(text: string): boolean {
  const end = VERSION.length;
  return (text.length === end || text[end] === ' ') && text.slice(0, end).toLowerCase() === VERSION;
}

/** Whether the fault makes the record a permerror. */
export function isFatal(fault: SpfFault): boolean {
  return fault !== 'no-effect' && fault !== 'odd-name';
}

/** Reads the joined character-strings of a TXT record as SPF (RFC 7208 §12); undefined for other texts. Never throws, linear. */
export function parseSpf(text: string): SpfRecord | undefined {
  if (!isSpf(text)) return undefined;
  const terms: SpfTerm[] = [];
  const problems: SpfProblem[] = [];
  for (let at = VERSION.length; at < text.length; ) {
    if (text[at] === ' ') {
      at++;
      continue;
    }
    const blank = text.indexOf(' ', at);
    const end = blank < 0 ? text.length : blank;
    terms.push(readTerm(text, at, end, terms.length, problems));
    at = end;
  }
  findRepeated(terms, problems);
  return { text, terms, problems, valid: !problems.some(({ fault }) => isFatal(fault)) };
}

/** Terms without problems by their start and text: the records of a provider's customers have most of them in common. */
const plainTerms: Map<string, SpfTerm>[] = [];
let plainCount = 0;

/** Beyond this the terms are forgotten, lest those that never come again stay for ever. */
const MOST_PLAIN = 10_000;
/** Terms behind this, and longer ones, are not worth it. */
const LAST_PLAIN_START = 250;
const LONGEST_PLAIN = 60;

function readTerm(text: string, start: number, end: number, index: number, problems: SpfProblem[]): SpfTerm {
  if (start > LAST_PLAIN_START || end - start > LONGEST_PLAIN) {
    return new TermReader(text, start, end, index, problems).read();
  }
  const written = text.slice(start, end);
  const known = plainTerms[start]?.get(written);
  if (known !== undefined) return known;
  const before = problems.length;
  const term = new TermReader(text, start, end, index, problems).read();
  if (problems.length > before) return term;
  if (++plainCount > MOST_PLAIN) {
    plainTerms.length = 0;
    plainCount = 1;
  }
  const same = plainTerms[start] ?? new Map<string, SpfTerm>();
  plainTerms[start] = same.set(written, term);
  return term;
}

/** RFC 7208 §6: redirect and exp may each appear once. */
function findRepeated(terms: readonly SpfTerm[], problems: SpfProblem[]): void {
  if (!terms.some(({ kind }) => kind === 'modifier')) return;
  const seen = new Set<string>();
  terms.forEach((term, index) => {
    if (term.kind !== 'modifier' || (term.modifier !== 'redirect' && term.modifier !== 'exp')) return;
    const { start, end, modifier } = term;
    if (seen.has(modifier)) {
      problems.push({ fault: 'repeated-modifier', start, end, term: index, instead: undefined });
    }
    seen.add(modifier);
  });
}

const NAME = /([+\-?~]?)([a-z][a-z0-9\-_.]*)/iy;

/** Reads one term; what is wrong goes to the problems. */
class TermReader {
  private readonly text: string;
  private readonly start: number;
  private readonly end: number;
  private readonly index: number;
  private readonly problems: SpfProblem[];

  constructor(text: string, start: number, end: number, index: number, problems: SpfProblem[]) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.index = index;
    this.problems = problems;
  }

  read(): SpfTerm {
    NAME.lastIndex = this.start;
    const [whole = '', sign = '', word = ''] = NAME.exec(this.text) ?? [];
    const stop = this.start + whole.length;
    const delimiter = stop < this.end ? this.text[stop] : '';
    const name = { start: stop - word.length, end: stop };
    const lower = word.toLowerCase();
    if (word !== '' && delimiter === '=') return this.modifier(lower, name, sign !== '');
    const mechanism = SPF_MECHANISMS.find((each) => each === lower);
    if (mechanism === undefined || (delimiter !== '' && delimiter !== ':' && delimiter !== '/')) return this.unknown();
    const qualifier = sign === '' ? '+' : (sign as SpfQualifier);
    const before = this.problems.length;
    const value = this.value(mechanism, name);
    const broken = this.problems.length > before && this.problems.slice(before).some(({ fault }) => isFatal(fault));
    const { start, end } = this;
    const { domain, network, prefix4, prefix6 } = value;
    return {
      kind: 'directive',
      start,
      end,
      qualifier,
      mechanism,
      name,
      broken,
      domain,
      network,
      prefix4,
      prefix6,
    };
  }

  private unknown(): SpfTerm {
    const { text, start, end } = this;
    const found = text.slice(start, end);
    this.add('unknown-term', start, end, guess(found));
    return { kind: 'unknown', start, end, text: found };
  }

  private modifier(modifier: string, name: Span, signed: boolean): SpfTerm {
    const { text, start, end } = this;
    const from = name.end + 1;
    if (signed) this.add('qualified-modifier', start, end, text.slice(name.start, end));
    if (modifier === 'redirect' || modifier === 'exp') {
      if (from === end) this.add('missing-value', start, end);
      const value = readDomainSpec(text, from, end, from === end ? () => {} : this.sink);
      return { kind: 'modifier', start, end, modifier, name, value };
    }
    const value = readMacroString(text, from, end, this.sink);
    const meant = signed ? undefined : meantName(modifier);
    if (meant !== undefined) this.add('no-effect', start, end, meantTerm(meant, value.text));
    return { kind: 'modifier', start, end, modifier, name, value };
  }

  private value(mechanism: SpfMechanism, name: Span): Value {
    const rest = { start: name.end, end: this.end };
    switch (mechanism) {
      case 'all':
        return this.noMore(NO_VALUE, rest);
      case 'include':
      case 'exists':
        return this.domain(rest, true);
      case 'ptr':
        return this.domain(rest, false);
      case 'a':
      case 'mx':
        return this.hosts(rest);
      default:
        return this.network(mechanism, rest);
    }
  }

  private noMore(value: Value, rest: Span): Value {
    if (rest.start < rest.end) this.add('unexpected-value', rest.start, rest.end, '');
    return value;
  }

  /** A colon and a domain-spec. */
  private domain(rest: Span, needed: boolean): Value {
    const { text } = this;
    const colon = rest.start < rest.end && text[rest.start] === ':';
    if (!colon && !needed) return this.noMore(NO_VALUE, rest);
    if (!colon || rest.start + 1 === rest.end) {
      this.add('missing-value', this.start, this.end);
      return NO_VALUE;
    }
    return { ...NO_VALUE, domain: readDomainSpec(text, rest.start + 1, rest.end, this.sink) };
  }

  /** A domain-spec and a dual-cidr-length, both optional (RFC 7208 §5.3 and §5.4). */
  private hosts(rest: Span): Value {
    const { start, cidr } = this.cidr(rest);
    const domain = start > rest.start ? this.domain({ start: rest.start, end: start }, false) : NO_VALUE;
    if (cidr === '') return domain;
    const [, first, second] = /^(?:\/(\d*))?(?:\/\/(\d*))?$/.exec(cidr) ?? [];
    const prefix4 = first === undefined ? 32 : prefixLength(first, 32);
    const prefix6 = second === undefined ? 128 : prefixLength(second, 128);
    if (prefix4 === undefined) this.add('bad-prefix', start, start + 1 + (first?.length ?? 0));
    if (prefix6 === undefined) this.add('bad-prefix', rest.end - (second?.length ?? 0) - 2, rest.end);
    return { ...domain, prefix4: prefix4 ?? 32, prefix6: prefix6 ?? 128 };
  }

  /** Where the prefix lengths at the end begin; slashes before them belong to the domain-spec. */
  private cidr({ start, end }: Span): { start: number; cidr: string } {
    let at = end;
    while (at > start && end - at < MOST_PREFIX && /[\d/]/.test(this.text[at - 1] ?? '')) at--;
    if (at === end) return { start: end, cidr: '' };
    const tail = this.text.slice(at, end);
    const [found = ''] = /(?:\/\d*(?:\/\/\d*)?|\/\/\d*)$/.exec(tail) ?? [];
    return { start: end - found.length, cidr: found };
  }

  /** A colon, an address and a prefix length (RFC 7208 §5.6). */
  private network(mechanism: 'ip4' | 'ip6', rest: Span): Value {
    const value = this.text.slice(rest.start, rest.end);
    const slash = value.indexOf('/');
    const written = value.slice(1, slash < 0 ? value.length : slash);
    if (written === '') {
      this.add('missing-value', this.start, this.end);
      return NO_VALUE;
    }
    const [bits, read, readOther] = mechanism === 'ip4' ? IP4 : IP6;
    const address = read(written);
    const prefix = slash < 0 ? bits : prefixLength(value.slice(slash + 1), bits);
    if (address === undefined) {
      const other = mechanism === 'ip4' ? 'ip6' : 'ip4';
      const from = rest.start + 1;
      if (readOther(written) === undefined) this.add('bad-network', from, from + written.length);
      else this.add('bad-network', rest.start - mechanism.length, rest.end, other + value);
    } else if (prefix === undefined) this.add('bad-prefix', rest.start + slash, rest.end);
    return address === undefined || prefix === undefined ? NO_VALUE : { ...NO_VALUE, network: { address, prefix } };
  }

  private readonly sink: FaultSink = (fault, start, end) => this.add(fault, start, end);

  private add(fault: SpfFault, start: number, end: number, instead?: string): void {
    this.problems.push({ fault, start, end, term: this.index, instead });
  }
}

type Value = Pick<SpfDirective, 'domain' | 'network' | 'prefix4' | 'prefix6'>;

const NO_VALUE: Value = { domain: undefined, network: undefined, prefix4: 32, prefix6: 128 };
const IP4 = [32, ip4Octets, ip6Octets] as const;
const IP6 = [128, ip6Octets, ip4Octets] as const;

/** Longest tail that may be prefix lengths; more digits than that are none. */
const MOST_PREFIX = 24;

const QUALIFIERS = /^[+\-?~]/;
const MISSPELT: ReadonlyMap<string, string> = new Map([
  ['ipv4', 'ip4'],
  ['ipv6', 'ip6'],
  ['ip-4', 'ip4'],
  ['ip-6', 'ip6'],
  ['inc', 'include'],
]);

/** The term a wrong one most likely stands for; undefined without a good guess. */
function guess(found: string): string | undefined {
  if (found.length > 200) return undefined;
  // A dash or minus sign of Unicode in front, as UTF-8 octets, instead of the hyphen.
  const dashed = found.replace(/^(?:\u00e2\u0080[\u0090-\u0095]|\u00e2\u0088\u0092)/, '-');
  const pieces = dashed.split(/[;,]+|\.+$/).filter((piece) => piece !== '');
  if (pieces.join(' ') !== found && pieces.every((piece) => isTerm(piece))) return pieces.join(' ');
  const clean = dashed.replace(/[;,.]+$/, '');
  const [sign = ''] = QUALIFIERS.exec(clean) ?? [];
  const bare = clean.slice(sign.length);
  const [address = '', prefix] = bare.split('/');
  const family = ip4Octets(address) ? 'ip4' : ip6Octets(address) ? 'ip6' : undefined;
  if (family !== undefined) return `${sign}${family}:${address}${prefix === undefined ? '' : `/${prefix}`}`;
  const [, word = '', delimiter = '', value = ''] = /^([^:=/]*)([:=/]?)(.*)$/s.exec(bare) ?? [];
  const lower = word.toLowerCase();
  if ((lower === 'redirect' || lower === 'exp') && delimiter === ':') return `${lower}=${value}`;
  if (lower === 'ip') {
    const meant = value.includes(':') ? 'ip6' : 'ip4';
    return isTerm(`${meant}:${value}`) ? `${sign}${meant}:${value}` : undefined;
  }
  const meant = MISSPELT.get(lower) ?? (lower.length < 3 ? undefined : nearest(lower, SPF_MECHANISMS));
  // A bare all lets everybody send, which nobody means by a slip.
  if (meant === undefined || (meant === 'all' && sign === '')) return undefined;
  const whole = `${sign}${meant}${delimiter}${value}`;
  return isTerm(whole) ? whole : undefined;
}

/** What a modifier without effect is most likely a misspelling of; `v` is a second version. */
function meantName(modifier: string): string | undefined {
  if (modifier === 'v' || SPF_MECHANISMS.some((each) => each === modifier)) return modifier;
  return modifier.length < 5 ? undefined : nearest(modifier, LONG_NAMES);
}

function meantTerm(name: string, value: string): string | undefined {
  const meant = name === 'redirect' ? `${name}=${value}` : `${name}:${value}`;
  return isTerm(meant) ? meant : undefined;
}

const LONG_NAMES: readonly string[] = ['redirect', 'include', 'exists'];

/** Whether a word alone is a term without faults. */
export function isTerm(word: string): boolean {
  const problems: SpfProblem[] = [];
  if (word === '' || word.includes(' ') || !/^[+\-?~]?[a-z]/i.test(word)) return false;
  NAME.lastIndex = 0;
  const [, , name = ''] = NAME.exec(word) ?? [];
  const known = SPF_MECHANISMS.some((each) => each === name.toLowerCase()) || /^(?:redirect|exp)=/i.test(word);
  if (!known) return false;
  new TermReader(word, 0, word.length, 0, problems).read();
  return problems.length === 0;
}
