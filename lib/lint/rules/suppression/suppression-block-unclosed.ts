import type { Rule } from '../../rule.ts';

/** A block of hidden findings without an end. */
export const rule: Rule = {
  id: 'suppression-block-unclosed',
  group: 'suppression',
  level: 'warning',
  cites: ['RFC 1035 §5.1'],
  what: 'A zonewright-ignore-start has no zonewright-ignore-end for its rule.',
  why: 'It hides the findings of the rule down to the end of the file, more than was meant.',
  help: 'Write `; zonewright-ignore-end RULE` where the block ends, or use `zonewright-ignore-file`.',
  bad: { zone: '; zonewright-ignore-start core-ttl-zero -- they move ; expect\nwww 0 A 192.0.2.10\n' },
  good: {
    zone: '; zonewright-ignore-start core-ttl-zero -- they move\nwww 0 A 192.0.2.10\n; zonewright-ignore-end core-ttl-zero\n',
    rules: ['core-ttl-zero'],
  },
  say: ({ rule: id }) => `the block that hides ${id} never ends; expected "zonewright-ignore-end ${id}" behind it`,
};
