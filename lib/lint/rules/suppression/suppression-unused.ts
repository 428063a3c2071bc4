import type { Rule } from '../../rule.ts';

/** A comment that hides nothing. */
export const rule: Rule = {
  id: 'suppression-unused',
  group: 'suppression',
  level: 'warning',
  cites: ['RFC 1035 §5.1'],
  what: 'A zonewright-ignore comment hides no finding.',
  why: 'It says that something is wrong which is not, and would hide the fault when it comes back.',
  help: 'Remove the comment, or the rules in it that are no longer needed.',
  bad: {
    zone: 'www 3600 A 192.0.2.10 ; zonewright-ignore core-ttl-zero -- moves next week ; expect\n',
    rules: ['core-ttl-zero'],
  },
  good: { zone: 'www 0 A 192.0.2.10 ; zonewright-ignore core-ttl-zero -- moves next week\n', rules: ['core-ttl-zero'] },
  fix: 'safe',
  say: ({ rules, reach }) => `${WHERE[String(reach)]} has no finding of ${rules} that would need to be hidden`,
};

const WHERE: Readonly<Record<string, string>> = {
  entry: 'the entry meant by this comment',
  start: 'the block that begins here',
  file: 'the file',
};
