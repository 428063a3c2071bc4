import { printRdata } from '../../../rr/codec.ts';
import { sayProblem } from '../../../rr/say.ts';
import { typeFromText, typeRow } from '../../../rr/types.ts';
import type { Rule } from '../../rule.ts';
import { latin1 } from './fixes.ts';

/** A generic record of a type that has a form of its own; looked for here, since some types are not read by their name everywhere. */
export const rule: Rule = {
  id: 'syntax-rfc3597-known-type',
  group: 'syntax',
  level: 'info',
  cites: ['RFC 3597 §5'],
  what: 'A record is written in generic form although every server reads the form of its type.',
  why: 'Nobody can see what it says, and mistakes go unnoticed.',
  help: 'Write the record in the form of its type.',
  bad: { zone: '@ MX \\# 19 000a036e7331076578616d706c65036e657400 ; expect\n' },
  good: { zone: '@ MX 10 ns1.example.net.\n' },
  fix: 'safe',
  say: (args) => sayProblem({ code: 'rfc3597-known-type', args }),
  check(facts, report) {
    for (const { code, args, file: index, start, end } of facts.zone.problems) {
      const file = facts.zone.files[index];
      if (code !== 'rfc3597-known-type' || file === undefined) continue;
      const type = typeFromText(String(args.what));
      // The generic form is the one to keep when a server does not know the other.
      if (type === undefined || typeRow(type)?.refusedBy !== undefined) continue;
      const text = ownForm(type, latin1(file, { start, end }));
      const fixes = text === undefined ? [] : [{ title: `write ${text}`, safe: true, edits: [{ start, end, text }] }];
      report.place({ file, span: { start, end } }, { args, fixes });
    }
  },
};

/** The own form of generic RDATA that stands in one piece, without parentheses and comments. */
function ownForm(type: number, generic: string): string | undefined {
  const [, , ...words] = generic.split(/\s+/);
  const hex = words.join('');
  if (!/^([0-9a-f]{2})*$/i.test(hex)) return undefined;
  const octets = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const text = printRdata(type, octets);
  return text.startsWith('\\#') ? undefined : text;
}
