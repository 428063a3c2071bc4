import { describe, expect, test } from 'vitest';
import { printConfig } from '../../lib/config/print.ts';
import { type CommandLineRules, ConfigResolver } from '../../lib/config/resolve.ts';
import { activeRules } from '../../lib/lint/profiles.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { configOf, wire } from './support.ts';

const FILES = {
  'zonewright.json': `{
  "extends": "base.json",
  "rules": { "core-ttl-long": { "level": "warning", "most": 86400 }, "mx-single": "off" },
  "drafts": { "clientMxType": 65300 },
  "origins": { "*.zone": "example.net" },
  "includeRoot": "zones",
  "exclude": ["old"],
  "certificates": [{ "path": "mx1.pem", "roles": ["server"] }],
  "trust": "roots.pem", "eku": "ignore",
  "mtaStsPolicies": { "example.net": "p.txt", "example.org": "q.txt" },
  "maxWarnings": 5,
  "overrides": [
    { "zones": ["example.net"],
      "ignore": ["core-hinfo-*"] }
  ]
}
`,
  'base.json': '{"profile": "zonemaster", "rules": {"core-ttl-long": {"most": 100}}}',
};

const LINE: CommandLineRules = { select: [], ignore: [], levels: new Map([['core-soa-missing', 'warning']]) };
const TARGET = { path: 'a.zone', zone: wire('example.net') };

describe('the printed configuration', () => {
  test('tells where each value comes from', async () => {
    const resolver = new ConfigResolver(await configOf(FILES), RULES, LINE);
    const text = printConfig(resolver, TARGET, RULES);
    const lines = text.split('\n').map((line) => line.replace(/\s+\/\/ /u, ' // ').trim());
    for (const line of [
      '// Settings for a.zone, zone example.net.',
      '// Read: zonewright.json, base.json.',
      '// The zone is called example.net by zonewright.json:5.',
      '"profile": "zonemaster", // base.json:1',
      '"select": [], // base.json:1',
      '"core-hinfo-rfc8482" // zonewright.json:14',
      '"core-soa-missing": "warning", // command line',
      '"mx-single": "off", // zonewright.json:3',
      '"level": "warning", // zonewright.json:3',
      '"most": 86400 // zonewright.json:3',
      '"least": 14400, // profile zonemaster',
      '"clientMxType": 65300, // zonewright.json:4',
      '"label": "_smtp-tls", // default',
      '"includeRoot": "zones", // zonewright.json:6',
      '"old" // zonewright.json:7',
      '{"path":"mx1.pem","roles":["server"]} // zonewright.json:8',
      '"trust": "roots.pem", // zonewright.json:9',
      '"eku": "ignore", // zonewright.json:9',
      '"example.net": "p.txt" // zonewright.json:10',
      '"severity": "info", // default',
      '"maxWarnings": 5 // zonewright.json:11',
    ]) {
      expect(lines).toContain(line);
    }
    expect(text).not.toContain('q.txt');
  });

  test('is a configuration that means the same', async () => {
    const resolver = new ConfigResolver(await configOf(FILES), RULES, LINE);
    const printed = await configOf({ 'zonewright.json': printConfig(resolver, TARGET, RULES) });
    const again = new ConfigResolver(printed, RULES).resolve(TARGET);
    const first = resolver.resolve(TARGET);
    const weigh = ({ choice }: typeof first): unknown =>
      activeRules(RULES, choice).active.map(({ rule, severity, options }) => {
        const all = Object.entries(rule.options ?? {}).map(([name, spec]) => [name, options?.[name] ?? spec.default]);
        return [rule.id, severity, all];
      });
    expect(weigh(again)).toEqual(weigh(first));
    expect(again.drafts).toEqual(first.drafts);
  });

  test('tells as much without any file, and nothing of names gets out of its comment', () => {
    const text = printConfig(new ConfigResolver(undefined, RULES), { path: 'a\n{"x": 1}\u2028.zone' }, RULES);
    expect(text).toMatch(/^\/\/ Settings for a\?\{"x": 1\}\?\.zone\.\n\/\/ No configuration file\.\n\{\n/u);
    expect(text).toMatch(/"profile": "default", +\/\/ default\n/u);
  });
});
