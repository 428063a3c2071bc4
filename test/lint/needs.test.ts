import { expect, test } from 'vitest';
import type { Report, Rule } from '../../lib/lint/rule.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { ZoneFacts } from '../../lib/lint/zone-facts.ts';
import { typeToText } from '../../lib/rr/types.ts';
import { exampleInput } from './example.ts';

const typesOf = ({ needs }: Rule): readonly number[] | undefined => (typeof needs === 'object' ? needs : undefined);

test('rules have nothing to say about zones without any of the types they need', () => {
  const zones = RULES.flatMap(({ good, bad }) => [good, bad]).map((example) => exampleInput(example));
  const needy = RULES.filter((rule) => typesOf(rule) !== undefined && rule.check !== undefined);
  expect(needy.length).toBeGreaterThan(50);
  const said: string[] = [];
  let looked = 0;
  for (const input of zones) {
    const facts = new ZoneFacts(input);
    for (const rule of needy) {
      if (typesOf(rule)?.some((type) => facts.records(type).length > 0)) continue;
      looked++;
      const say = (): void => {
        said.push(`${rule.id} spoke of a zone without ${typesOf(rule)?.map(typeToText).join(' or ')}`);
      };
      const report: Report = { record: say, text: say, place: say, zone: say, certificate: say };
      const settings = {
        number: (name: string) => rule.options?.[name]?.default as number,
        flag: (name: string) => rule.options?.[name]?.default as boolean,
        words: (name: string) => rule.options?.[name]?.default as readonly string[],
      };
      rule.check?.(facts, report, settings);
    }
  }
  expect(looked).toBeGreaterThan(1000);
  expect([...new Set(said)]).toEqual([]);
});
