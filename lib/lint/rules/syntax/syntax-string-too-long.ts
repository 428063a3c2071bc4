import { sayProblem } from '../../../rr/say.ts';
import { typeFromText, typeRow } from '../../../rr/types.ts';
import type { Fix, SourceFile } from '../../../text/diagnostic.ts';
import type { ZoneProblem } from '../../../zone/zone.ts';
import type { Rule } from '../../rule.ts';
import { latin1, oneEdit } from './fixes.ts';

const LONGEST = 255;

/** A character-string of more than 255 octets. */
export const rule: Rule = {
  id: 'syntax-string-too-long',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §3.3', 'RFC 1035 §3.3.14'],
  what: 'A character-string has more than 255 octets.',
  why: 'Its length must fit in one octet. BIND and NSD refuse the zone, Knot DNS cuts the string into several.',
  help: 'Divide the text into several quoted strings; DKIM, SPF and DMARC readers put them together again.',
  bad: { zone: `www TXT "${'a'.repeat(300)}" ; expect\n` },
  good: { zone: `www TXT "${'a'.repeat(255)}" "${'a'.repeat(45)}"\n` },
  fix: 'safe',
  load: true,
  say: (args) => sayProblem({ code: 'string-too-long', args }),
  fixOf: divided,
};

/** The string in pieces, when the type takes any number of them. */
function divided(problem: ZoneProblem, file: SourceFile): readonly Fix[] {
  const type = typeFromText(String(problem.args.what ?? '').split(' ')[0] ?? '');
  if (type === undefined || typeRow(type)?.fields.at(-1)?.kind !== 'strings') return [];
  const quoted = file.bytes[problem.start - 1] === 0x22;
  const word = latin1(file, problem);
  // Octets beyond ASCII would be written as UTF-8 once more.
  if (/[\u0080-\u00ff]/.test(word) || (!quoted && /["\s]/.test(word))) return [];
  const octets = word.match(/\\\d{3}|\\[\s\S]|[^\\]/g) ?? [];
  const pieces: string[] = [];
  for (let at = 0; at < octets.length; at += LONGEST) pieces.push(octets.slice(at, at + LONGEST).join(''));
  const text = quoted ? pieces.join('" "') : pieces.map((piece) => `"${piece}"`).join(' ');
  return oneEdit(`divide it into ${pieces.length} strings`, true, file, problem, text);
}
