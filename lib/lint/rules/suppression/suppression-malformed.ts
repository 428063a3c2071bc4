import type { Rule } from '../../rule.ts';

/** A comment that was meant to hide findings and cannot be read. */
export const rule: Rule = {
  id: 'suppression-malformed',
  group: 'suppression',
  level: 'warning',
  cites: ['RFC 1035 §5.1'],
  what: 'A zonewright-ignore comment is not written as such comments are.',
  why: 'It hides nothing, and what it was meant for is reported all the same.',
  help: 'Write `; zonewright-ignore RULE[, RULE] -- reason`.',
  bad: { zone: 'www 0 A 192.0.2.10 ; zonewright-ignore core-ttl-zero because it moves ; expect\n' },
  good: { zone: 'www 0 A 192.0.2.10 ; zonewright-ignore core-ttl-zero -- it moves\n', rules: ['core-ttl-zero'] },
  say: ({ found, expected }) => `the comment has no effect: found ${found}, expected "${expected}"`,
};
