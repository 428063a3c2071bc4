import { domainToASCII } from 'node:url';
import { decimalEscape } from '../../../rr/found.ts';
import { sayProblem } from '../../../rr/say.ts';
import type { Fix, SourceFile } from '../../../text/diagnostic.ts';
import type { ZoneProblem } from '../../../zone/zone.ts';
import type { Rule } from '../../rule.ts';
import { latin1, oneEdit, utf8 } from './fixes.ts';

/** Octets beyond ASCII. */
export const rule: Rule = {
  id: 'syntax-non-ascii',
  group: 'syntax',
  level: 'error',
  cites: ['RFC 1035 §5.1', 'RFC 5891 §4.4'],
  what: 'A name or a text has octets beyond ASCII as they are.',
  why: 'Knot DNS refuses the zone. BIND and NSD serve the octets as a name that nobody asks for, since others ask for the A-label (xn--).',
  help: 'Write a name as its A-label (xn--…), and octets of a text as \\DDD.',
  bad: { zone: 'müller A 192.0.2.10 ; expect\n' },
  good: { zone: 'xn--mller-kva A 192.0.2.10\n' },
  fix: 'safe',
  load: true,
  say: (args) => sayProblem({ code: 'non-ascii', args }),
  fixOf: (problem, file) => (problem.args.what === 'name' ? asALabels(problem, file) : escaped(problem, file)),
};

function asALabels(problem: ZoneProblem, file: SourceFile): readonly Fix[] {
  const text = utf8(file, problem);
  if (text === undefined || text.includes('\\')) return [];
  const ascii = domainToASCII(text);
  return ascii === '' ? [] : oneEdit(`write it as ${ascii}`, true, file, problem, ascii);
}

function escaped(problem: ZoneProblem, file: SourceFile): readonly Fix[] {
  const text = latin1(file, problem).replace(/[\x80-\xff]/g, (octet) => decimalEscape(octet.charCodeAt(0)));
  return oneEdit('write the octets as \\DDD', true, file, problem, text);
}
