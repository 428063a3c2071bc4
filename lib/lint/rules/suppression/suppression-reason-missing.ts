import type { Rule } from '../../rule.ts';

/** A comment that does not say why. */
export const rule: Rule = {
  id: 'suppression-reason-missing',
  group: 'suppression',
  level: 'info',
  cites: ['RFC 1035 §5.1'],
  what: 'A zonewright-ignore comment gives no reason.',
  why: 'Whoever finds the comment later cannot tell whether it is still needed.',
  help: 'Write the reason behind two hyphens: `; zonewright-ignore RULE -- reason`.',
  bad: { zone: 'www 0 A 192.0.2.10 ; zonewright-ignore core-ttl-zero ; expect\n' },
  good: { zone: 'www 0 A 192.0.2.10 ; zonewright-ignore core-ttl-zero -- moves next week\n', rules: ['core-ttl-zero'] },
  byDefault: false,
  say: ({ rules }) => `the comment does not say why ${rules} is hidden; expected " -- " and a reason`,
};
