import { PROFILE_SPECS } from '../lint/profile-specs.ts';
import type { OptionSpec, Rule } from '../lint/rule.ts';

/** Marks definitions of schemas/config.schema.json that are for editors: the program asks the rules themselves. */
const $comment = 'made by `npm run docs`';

const LEVELS = ['off', 'info', 'warning', 'error'];

/** The schema of configurations with the profiles, rules and options there are now. */
export function withRules(schema: Readonly<Record<string, unknown>>, rules: readonly Rule[]): object {
  const definitions = {
    ...(schema['$defs'] as object),
    knownProfiles: {
      $comment,
      type: 'string',
      oneOf: Object.entries(PROFILE_SPECS).map(([name, { what }]) => ({ const: name, description: what })),
    },
    knownRuleWords: {
      $comment,
      type: 'string',
      anyOf: [{ enum: wordsOf(rules) }, { type: 'string', pattern: '[*]' }],
    },
    knownRules: {
      $comment,
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(rules.map((rule) => [rule.id, settingOf(rule)])),
    },
    level: { $comment, enum: LEVELS },
  };
  return { ...schema, $defs: definitions };
}

/** What `select` and `ignore` take: groups, then ids. */
function wordsOf(rules: readonly Rule[]): string[] {
  return [...new Set(rules.map((rule) => rule.group)), ...rules.map((rule) => rule.id)];
}

function settingOf({ what, level, byDefault, options = {} }: Rule): object {
  const names = Object.entries(options);
  return {
    description: `${what} (${byDefault === false ? `off; ${level} when on` : level} by default)`,
    anyOf: [
      { $ref: '#/$defs/level' },
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          level: { $ref: '#/$defs/level' },
          ...Object.fromEntries(names.map(([name, spec]) => [name, optionOf(spec)])),
        },
      },
    ],
  };
}

function optionOf({ what, default: usual, least, most }: OptionSpec): object {
  const common = { description: what, default: usual };
  switch (typeof usual) {
    case 'number':
      return {
        ...common,
        type: 'integer',
        ...(least !== undefined && { minimum: least }),
        ...(most !== undefined && { maximum: most }),
      };
    case 'boolean':
      return { ...common, type: 'boolean' };
    default:
      return { ...common, type: 'array', items: { type: 'string', minLength: 1 } };
  }
}
