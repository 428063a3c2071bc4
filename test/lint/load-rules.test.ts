import { expect, test } from 'vitest';
import { LOAD_RULES } from '../../lib/lint/load-rules.ts';
import { RULES } from '../../lib/lint/rules.ts';

test('the list that servers use has every rule of the profile `load`, and no other', () => {
  const expected = RULES.filter(({ load }) => load === true).map(({ id }) => id);
  expect(expected.length).toBeGreaterThan(0);
  expect(LOAD_RULES.map(({ id }) => id).sort()).toEqual(expected.sort());
});
