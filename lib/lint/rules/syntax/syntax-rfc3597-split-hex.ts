import { sayProblem } from '../../../rr/say.ts';
import type { Rule } from '../../rule.ts';
import { latin1, oneEdit } from './fixes.ts';

/** Generic data in more than one word. */
export const rule: Rule = {
  id: 'syntax-rfc3597-split-hex',
  group: 'syntax',
  level: 'warning',
  cites: ['RFC 3597 §5'],
  what: 'The data of a generic record is divided into several words.',
  why: 'That is allowed, but PowerDNS 4.7 cannot read it and then answers nothing for the whole name.',
  help: 'Write the hexadecimal digits in one word.',
  bad: { zone: '@ TYPE65300 \\# 4 0102 0304 ; expect\n' },
  good: { zone: '@ TYPE65300 \\# 4 01020304\n' },
  fix: 'safe',
  say: (args) => sayProblem({ code: 'rfc3597-split-hex', args }),
  fixOf(problem, file) {
    const words = latin1(file, problem);
    if (/[();]/.test(words)) return [];
    return oneEdit('write the digits in one word', true, file, problem, words.replace(/\s+/g, ''));
  },
};
