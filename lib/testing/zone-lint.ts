import { lintZone } from '../lint/engine.ts';
import { activeRules } from '../lint/profiles.ts';
import { findRule, RULES } from '../lint/rules.ts';
import { placeOf, type Refused } from './zone-source.ts';

/** What makes BIND, NSD or Knot DNS refuse a zone. */
export function refusedBy(now: () => number): Refused {
  const choice = { profile: 'load', select: [], ignore: [], levels: new Map() } as const;
  const { active } = activeRules(RULES, choice);
  return (zone, added) =>
    lintZone({ zone, certificateFiles: new Map(), now: now() }, active)
      .filter(({ severity }) => severity === 'error')
      .map(({ rule, args, place: { file, span } }) => {
        const place = placeOf(zone, zone.files.indexOf(file), span.start, added);
        return `${place}: ${findRule(rule)?.say(args) ?? rule} (${rule})`;
      });
}
