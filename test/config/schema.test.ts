import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { CONFIG_NAMES } from '../../lib/config/config.ts';
import { withRules } from '../../lib/config/schema.ts';
import { PROFILES } from '../../lib/lint/profiles.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { root } from '../house/sources.ts';
import { problemsOf } from './support.ts';

const schema = JSON.parse(readFileSync(join(root, 'schemas/config.schema.json'), 'utf8')) as Record<string, unknown>;
const check = new Ajv2020({ allErrors: true, strict: true }).compile(withRules(schema, RULES));

describe('the schema for editors', () => {
  test.each<[string, object]>([
    ['nothing', {}],
    ['a rule and its options', { rules: { 'core-ttl-long': { level: 'warning', most: 100 }, 'mx-single': 'off' } }],
    ['words for rules', { select: ['core-*', 'mail-mx', 'mx-single'], ignore: ['*-ttl-*'] }],
    ['an override', { overrides: [{ zones: ['*.arpa'], files: ['a/**'], profile: 'no-mail', rules: {} }] }],
    ...PROFILES.map((profile): [string, object] => [`the profile ${profile}`, { profile }]),
  ])('takes %s, and so does the program', async (_, value) => {
    expect(check(value), JSON.stringify(check.errors)).toBe(true);
    expect(await problemsOf({ [CONFIG_NAMES[0] ?? '']: JSON.stringify(value) })).toEqual([]);
  });

  test.each<[string, object]>([
    ['an unknown rule', { rules: { 'mx-singel': 'off' } }],
    ['a group as a rule', { rules: { 'mail-mx': 'off' } }],
    ['an unknown word', { select: ['mail-mxx'] }],
    ['an unknown level', { rules: { 'mx-single': 'warn' } }],
    ['an unknown option', { rules: { 'mx-single': { most: 5 } } }],
    ['an option out of bounds', { rules: { 'core-ttl-long': { most: 1 } } }],
    ['an option of another kind', { rules: { 'core-ttl-long': { most: true } } }],
    ['an unknown profile', { profile: 'strikt' }],
    ['an unknown member', { overrides: [{ fils: [] }] }],
    ['a number of the drafts', { drafts: { clientMxType: 0 } }],
  ])('refuses %s, and so does the program', async (_, value) => {
    expect(check(value)).toBe(false);
    expect(await problemsOf({ [CONFIG_NAMES[0] ?? '']: JSON.stringify(value) })).toHaveLength(1);
  });

  test('has no room for an option called level', () => {
    expect(RULES.filter(({ options = {} }) => Object.hasOwn(options, 'level')).map(({ id }) => id)).toEqual([]);
  });

  test('every option has a default within its bounds', () => {
    const wrong = RULES.flatMap(({ id, options = {} }) =>
      Object.entries(options).flatMap(([name, { default: usual, least, most }]) =>
        typeof usual === 'number' && (usual < (least ?? usual) || usual > (most ?? usual)) ? [`${id} ${name}`] : [],
      ),
    );
    expect(wrong).toEqual([]);
  });
});
