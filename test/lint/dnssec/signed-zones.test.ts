import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { lintZone } from '../../../lib/lint/engine.ts';
import { activeRules } from '../../../lib/lint/profiles.ts';
import { HASHED, SIGNED } from '../../../lib/lint/rules/dnssec/examples.ts';
import { rules } from '../../../lib/lint/rules/dnssec/list.ts';
import { RULES } from '../../../lib/lint/rules.ts';
import type { Diagnostic } from '../../../lib/text/diagnostic.ts';
import { withSignatures, zoneOf } from '../../dnssec/signer.ts';
import { inFolder } from '../../rr/tools.ts';
import { NOW } from '../example.ts';
import { CASES, fileText } from './zones.ts';

function lint(text: string, profile: 'default' | 'load'): readonly Diagnostic[] {
  const choice = { profile, select: [], ignore: [], levels: new Map() };
  const chosen = profile === 'load' ? RULES : rules;
  const zone = zoneOf(text);
  return lintZone(
    { zone, certificates: [], certificateFiles: new Map(), now: NOW },
    activeRules(chosen, choice).active,
  );
}

function idsOf(found: readonly Diagnostic[]): readonly string[] {
  return [...new Set(found.map(({ rule }) => rule.replace('dnssec-', '')))].sort();
}

describe('zones with one fault, signed all the same', () => {
  it.each(CASES)('$about', ({ zone, finds }) => {
    expect(idsOf(lint(zone(), 'default'))).toEqual([...finds].sort());
  });

  it.each(CASES)('the profile load: $about', ({ zone, refusedBy, notLoad }) => {
    expect(lint(zone(), 'load').length > 0).toBe(refusedBy !== '' && notLoad === undefined);
  });

  test('have names of their own', () => {
    const names = CASES.map(({ about, finds }) => `${about} ${finds.join(' ')}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the zones of the examples', () => {
  it.each([
    ['NSEC', SIGNED],
    ['NSEC3', HASHED],
  ])('are signed as they say: %s', (_, lines) => {
    const unsigned = lines.filter((line) => !/^\S+ RRSIG /.test(line));
    const again = withSignatures(`${unsigned.join('\n')}\n`)
      .trimEnd()
      .split('\n');
    expect(again.sort()).toEqual([...lines].sort());
  });
});

describe('what tools sign', () => {
  const names = ['bind-nsec', 'bind-two-algorithms', 'bind-nsec3', 'bind-opt-out', 'ldns-nsec', 'ldns-opt-out'];

  it.each(names)('%s has nothing but the parameters of its NSEC3', (name) => {
    const text = readFileSync(new URL(`../../dnssec/zones/${name}.zone`, import.meta.url), 'utf8');
    expect(idsOf(lint(text, 'default'))).toEqual(name.endsWith('opt-out') ? ['nsec3-params'] : []);
    expect(lint(text, 'load')).toEqual([]);
  });
});

/** The commands that say whether a server loads a zone, at the time of the examples. */
const CHECKERS = {
  B: ['named-checkzone', '-i', 'local', 'example.net'],
  K: ['kzonecheck', '-t', String(NOW / 1000), '-o', 'example.net'],
} as const;

const missing = Object.values(CHECKERS)
  .map(([command]) => command)
  .filter((command) => spawnSync(command, ['-h']).error !== undefined);

describe.skipIf(missing.length > 0)(
  `the table agrees with the checkers${missing.length > 0 ? ` (not installed: ${missing.join(', ')})` : ''}`,
  () => {
    test('zone by zone', { timeout: 120_000 }, () => {
      const wrong = inFolder((folder) =>
        CASES.flatMap(({ about, zone, refusedBy }) => {
          const file = join(folder, 'zone');
          writeFileSync(file, fileText(zone()));
          const refused = Object.entries(CHECKERS).flatMap(([letter, [command, ...args]]) => {
            const { status } = spawnSync(command, [...args, file]);
            return status === 0 ? [] : [letter];
          });
          return refused.join('') === refusedBy ? [] : [`${about}: ${refused.join('')}`];
        }),
      );
      expect(wrong).toEqual([]);
    });
  },
);
