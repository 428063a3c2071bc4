import { describe, expect, it } from 'vitest';
import { PROFILE_SPECS } from '../../lib/lint/profile-specs.ts';
import { activeRules, inProfile, PROFILES, type RuleChoice } from '../../lib/lint/profiles.ts';
import type { Rule } from '../../lib/lint/rule.ts';
import { ruleMatcher } from '../../lib/lint/rule-matcher.ts';
import { RULES } from '../../lib/lint/rules.ts';

const chosen = (choice: Partial<RuleChoice>): ReturnType<typeof activeRules> =>
  activeRules(RULES, { profile: 'default', select: [], ignore: [], levels: new Map(), ...choice });

const rule = (id: string): Rule => {
  const found = RULES.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
};

describe('every profile', () => {
  const specs = Object.entries(PROFILE_SPECS);

  it.each(specs)(
    '%s names rules and groups that exist',
    (_, { also = [], without = [], levels = {}, options = {} }) => {
      const ids = [...Object.keys(levels), ...Object.keys(options)];
      expect(ids.filter((id) => !RULES.some((each) => each.id === id))).toEqual([]);
      expect([...also, ...without].filter((glob) => !RULES.some(ruleMatcher(glob)))).toEqual([]);
    },
  );

  it.each(specs)('%s sets options that its rules have, within their bounds', (_, { options = {} }) => {
    for (const [id, values] of Object.entries(options)) {
      for (const [name, value] of Object.entries(values)) {
        const spec = rule(id).options?.[name];
        expect(typeof value, `${id} ${name}`).toBe(typeof spec?.default);
        if (typeof value !== 'number') continue;
        expect(value).toBeGreaterThanOrEqual(spec?.least ?? value);
        expect(value).toBeLessThanOrEqual(spec?.most ?? value);
      }
    }
  });

  it.each(specs)('%s gives levels to rules that it has', (name, { levels = {} }) => {
    const profile = PROFILES.find((each) => each === name) ?? 'default';
    expect(Object.keys(levels).filter((id) => !inProfile(rule(id), profile))).toEqual([]);
  });
});

describe('the rules that are on', () => {
  it('get the level and the options of the profile, and those of the user before them', () => {
    const options = new Map([['core-soa-refresh-range', { least: 5 }]]);
    const { active } = chosen({ profile: 'zonemaster', options });
    const refresh = active.find((one) => one.rule.id === 'core-soa-refresh-range');
    expect(refresh).toMatchObject({ options: { least: 5, most: 2_419_200 }, severity: 'warning', chosen: false });
    const retry = active.find((one) => one.rule.id === 'core-soa-retry-low');
    expect(retry).toMatchObject({ options: { least: 3600 }, severity: 'warning', chosen: true });
    const levels = new Map([['core-soa-retry-low', 'error'] as const]);
    const louder = chosen({ profile: 'zonemaster', levels }).active;
    expect(louder.find((one) => one.rule.id === 'core-soa-retry-low')?.severity).toBe('error');
  });

  it('leave out what the profile is not about', () => {
    const ids = chosen({ profile: 'no-mail' }).active.map((one) => one.rule.id);
    expect(ids).toContain('mx-implicit-only');
    expect(ids.filter((id) => /^(cert|client-mx|smtp-tls-srv)-/u.test(id))).toEqual([]);
    expect(new Set(chosen({ profile: 'load' }).active.map(({ severity }) => severity))).toEqual(new Set(['error']));
    expect(chosen({ profile: 'strict' }).active.length).toBe(RULES.length);
  });

  it('say which words of a choice mean nothing', () => {
    const { problems } = chosen({
      select: ['core-*', 'mail-mxx'],
      levels: new Map([['mx-singel', 'error']]),
      options: new Map([['mx-nothing-like-it-at-all-in-here', {}]]),
    });
    expect(problems).toEqual([
      'no rule is called "mx-singel"; did you mean mx-single?',
      'no rule is called "mx-nothing-like-it-at-all-in-here"; see `zonewright rules`',
      'no rule, group or pattern is called "mail-mxx"; did you mean mail-mx?',
    ]);
  });
});

describe('a glob over rules', () => {
  it.each([
    ['mx-single', true],
    ['mail-mx', true],
    ['*', true],
    ['mx-*', true],
    ['*-single', true],
    ['m*x*s*e', true],
    ['mx-singl', false],
    ['mx-single*single', false],
    ['*x-*-single', false],
    ['mx.single', false],
  ])('%s fits mx-single: %s', (glob, fits) => {
    expect(ruleMatcher(glob)({ id: 'mx-single', group: 'mail-mx' })).toBe(fits);
  });

  it('takes no longer for many stars', () => {
    const matches = ruleMatcher(`${'*a'.repeat(1000)}b`);
    const start = performance.now();
    expect(matches({ id: 'a'.repeat(5000), group: 'mail-mx' })).toBe(false);
    expect(performance.now() - start).toBeLessThan(200);
  });
});
