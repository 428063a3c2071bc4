import { isSpf, isTerm, parseSpf } from '../../../mail/spf.ts';
import type { Facts } from '../../facts.ts';
import { MOST_PER_RECORD } from './shared.ts';

/** A border of character-strings where the blank between two terms is missing. */
export interface JoinFault {
  /** Octets of the joined text before the border. */
  readonly border: number;
  /** The two terms, and where the word begins and ends that readers take them for. */
  readonly left: string;
  readonly right: string;
  readonly start: number;
  readonly end: number;
}

/** Words that begin a term beyond doubt, wherever they stand. */
const SURE = /^[+\-~?]?(?:include:|exists:|ip4:|ip6:|redirect=|exp=|(?:a|mx|ptr):|(?:a|mx)\/\d)|^[+\-~?]all$/i;

/** No term is longer. */
const LONGEST = 512;

/** Borders of a record's strings where two terms run together, because readers join the strings without blanks (RFC 7208 §3.3). */
export function joinFaults(facts: Facts, record: number): readonly JoinFault[] {
  const rdata = facts.rdata(record);
  if ((rdata[0] ?? 0) + 1 >= rdata.length || isUnquoted(facts, record)) return [];
  const text = facts.text(record);
  const faults: JoinFault[] = [];
  let before = 0;
  let border = rdata[0] ?? 0;
  for (let at = border + 1; at < rdata.length && faults.length < MOST_PER_RECORD; ) {
    const after = border + (rdata[at] ?? 0);
    const fault = faultAt(text, before, border, after);
    if (fault !== undefined) faults.push(fault);
    at += 1 + (rdata[at] ?? 0);
    before = border;
    border = after;
  }
  return faults;
}

function faultAt(text: string, before: number, border: number, after: number): JoinFault | undefined {
  const from = Math.max(before, border - LONGEST);
  const start = from + text.slice(from, border).lastIndexOf(' ') + 1;
  const blank = text.slice(border, border + LONGEST).indexOf(' ');
  const end = blank < 0 ? Math.min(text.length, border + LONGEST) : border + blank;
  const left = text.slice(start, border);
  const right = text.slice(border, Math.min(end, after));
  if (left === '' || !isTerm(right) || !(isTerm(left) || (start === 0 && isSpf(left)))) return undefined;
  // A long term divided in its middle may look like two.
  const whole = text.slice(start, end);
  if (!SURE.test(right) && !(start === 0 && isSpf(left)) && parseSpf(`v=spf1 ${whole}`)?.valid) return undefined;
  return { border, left, right, start, end };
}

/** Whether a text is written as several words without quotes, which a rule about TXT speaks of. */
export function isUnquoted(facts: Facts, record: number): boolean {
  const rdata = facts.rdata(record);
  if ((rdata[0] ?? 0) + 1 >= rdata.length) return false;
  return !/["]|^\\#/.test(facts.source(record, 'rdata'));
}
