import { describe, expect, it } from 'vitest';
import { activeRules, inProfile } from '../../lib/lint/profiles.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { applyEdits } from '../../lib/text/edits.ts';
import { exampleText, expectedLines, lineInExample, lintExample } from './example.ts';

const DEFAULT = activeRules(RULES, { profile: 'default', select: [], ignore: [], levels: new Map() }).active;

describe('every rule', () => {
  it('has an id of its own', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s finds its bad example, where it says', (_, rule) => {
    const found = lintExample(rule.bad, [{ rule, severity: rule.level }]);
    expect(found.length).toBeGreaterThan(0);
    const lines = new Set(found.map((one) => lineInExample(rule.bad, one)).filter((line) => line > 0));
    const expected = expectedLines(rule.bad);
    if (expected.length > 0) expect([...lines].sort((a, b) => a - b)).toEqual(expected);
    for (const one of found) {
      const sentence = rule.say(one.args);
      expect(sentence).toMatch(/^\S.*\S$/u);
      expect(sentence).not.toMatch(/undefined|NaN|\[object/u);
    }
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s is silent on its good example', (_, rule) => {
    expect(lintExample(rule.good, [{ rule, severity: rule.level }]).map((one) => rule.say(one.args))).toEqual([]);
  });

  it.each(RULES.filter((rule) => inProfile(rule, 'default')).map((rule) => [rule.id, rule] as const))(
    'the good example of %s has no error in the default profile',
    (_, rule) => {
      const found = lintExample(rule.good, DEFAULT).filter((one) => one.severity === 'error');
      expect(found.map((one) => `${one.rule}: ${JSON.stringify(one.args)}`)).toEqual([]);
    },
  );
});

describe('safe fixes', () => {
  const fixing = RULES.filter((rule) => rule.fix === 'safe');

  it.each(fixing.map((rule) => [rule.id, rule] as const))(
    '%s leaves nothing of itself and adds no error',
    (_, rule) => {
      const active = [{ rule, severity: rule.level }];
      let text = exampleText(rule.bad).text;
      let fixed = 0;
      for (let pass = 0; pass < 10; pass++) {
        const found = lintExample({ ...rule.bad, zone: text, whole: true }, active);
        const fixes = found.flatMap((one) =>
          one.fixes.filter((fix) => fix.safe && fix.file.name === 'example.net.zone'),
        );
        const [fix] = fixes;
        if (fix === undefined) break;
        fixed++;
        text = new TextDecoder().decode(applyEdits(new TextEncoder().encode(text), fix.edits));
      }
      expect(fixed).toBeGreaterThan(0);
      expect(lintExample({ ...rule.bad, zone: text, whole: true }, active)).toEqual([]);
      const errors = (zone: string): string[] =>
        lintExample({ ...rule.bad, zone, whole: true }, DEFAULT)
          .filter((one) => one.severity === 'error')
          .map((one) => one.rule);
      const before = new Set(errors(exampleText(rule.bad).text));
      expect(errors(text).filter((id) => !before.has(id))).toEqual([]);
    },
  );
});
