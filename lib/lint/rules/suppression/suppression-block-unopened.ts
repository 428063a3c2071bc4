import type { Rule } from '../../rule.ts';

/** An end of a block that never began. */
export const rule: Rule = {
  id: 'suppression-block-unopened',
  group: 'suppression',
  level: 'warning',
  cites: ['RFC 1035 §5.1'],
  what: 'A zonewright-ignore-end has no zonewright-ignore-start for its rule.',
  why: 'The block that should end here hides nothing, or goes on under another name of the rule.',
  help: 'Write `; zonewright-ignore-start RULE -- reason` where the block begins, or remove the end.',
  bad: { zone: 'www 0 A 192.0.2.10\n; zonewright-ignore-end core-ttl-zero ; expect\n' },
  good: {
    zone: '; zonewright-ignore-start core-ttl-zero -- they move\nwww 0 A 192.0.2.10\n; zonewright-ignore-end core-ttl-zero\n',
    rules: ['core-ttl-zero'],
  },
  fix: 'safe',
  say: ({ rule: id }) => `no block that hides ${id} is open here; expected "zonewright-ignore-start ${id}" before it`,
};
