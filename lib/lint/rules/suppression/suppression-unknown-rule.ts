import type { Rule } from '../../rule.ts';

/** A comment about a rule that does not exist. */
export const rule: Rule = {
  id: 'suppression-unknown-rule',
  group: 'suppression',
  level: 'warning',
  cites: ['RFC 1035 §5.1'],
  what: 'A zonewright-ignore comment names no rule, group or pattern that exists.',
  why: 'The comment hides nothing, and what it was meant for is reported all the same.',
  help: 'Name a rule as `zonewright rules` lists it, its group, or a pattern such as `core-ttl-*`.',
  bad: { zone: 'www 0 A 192.0.2.10 ; zonewright-ignore core-tll-zero -- moves next week ; expect\n' },
  good: { zone: 'www 0 A 192.0.2.10 ; zonewright-ignore core-ttl-zero -- moves next week\n', rules: ['core-ttl-zero'] },
  fix: 'unsafe',
  say: ({ found, guess }) =>
    `no rule, group or pattern is called "${found}"; ${guess === undefined ? 'see `zonewright rules`' : `did you mean ${guess}?`}`,
};
