import { describe, expect, test } from 'vitest';
import { type CommandLineRules, ConfigResolver, excluder } from '../../lib/config/resolve.ts';
import { activeRules } from '../../lib/lint/profiles.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { configOf, problemsOf, wire } from './support.ts';

const NOTHING: CommandLineRules = { select: [], ignore: [], levels: new Map() };

/** The levels of some rules under a configuration; rules that are off are left out. */
async function levels(
  content: object,
  ids: readonly string[],
  { path = 'a.zone', zone = 'example.net', ...line }: Partial<CommandLineRules> & { path?: string; zone?: string } = {},
): Promise<Record<string, string>> {
  const config = await configOf({ 'zonewright.json': JSON.stringify(content) });
  const resolver = new ConfigResolver(config, RULES, { ...NOTHING, ...line });
  const { choice } = resolver.resolve({ path, zone: wire(zone) });
  const { active, problems } = activeRules(RULES, choice);
  expect(problems).toEqual([]);
  return Object.fromEntries(
    active.filter((one) => ids.includes(one.rule.id)).map((one) => [one.rule.id, one.severity]),
  );
}

const BOTH = ['core-soa-missing', 'core-ttl-long'];

describe('settings of rules', () => {
  test.each<[string, object, Partial<CommandLineRules>, Record<string, string>]>([
    ['nothing', {}, {}, { 'core-soa-missing': 'error' }],
    ['a profile', { profile: 'strict' }, {}, { 'core-soa-missing': 'error', 'core-ttl-long': 'info' }],
    [
      'a level',
      { rules: { 'core-ttl-long': 'warning' } },
      {},
      { 'core-soa-missing': 'error', 'core-ttl-long': 'warning' },
    ],
    ['options alone', { rules: { 'core-ttl-long': { most: 100 } } }, {}, { 'core-soa-missing': 'error' }],
    ['select', { select: ['core-ttl-*'] }, {}, { 'core-ttl-long': 'info' }],
    ['ignore', { profile: 'strict', ignore: ['core-ttl-*'] }, {}, { 'core-soa-missing': 'error' }],
    [
      'a level beside ignore',
      { ignore: ['dns-core'], rules: { 'core-ttl-long': 'error' } },
      {},
      { 'core-ttl-long': 'error' },
    ],
    ['a later ignore', { rules: { 'core-ttl-long': 'error' }, overrides: [{ ignore: ['dns-core'] }] }, {}, {}],
    [
      'a later select',
      { rules: { 'core-ttl-long': 'error' }, overrides: [{ select: ['core-soa-*'] }] },
      {},
      { 'core-soa-missing': 'error' },
    ],
    [
      'a later select of one rule',
      { rules: { 'core-ttl-long': 'off' }, ignore: ['core-*'], overrides: [{ select: ['core-ttl-long'] }] },
      {},
      { 'core-ttl-long': 'info' },
    ],
    [
      'a later select that does not name it',
      { rules: { 'core-ttl-long': 'off' }, overrides: [{ select: ['core-*'] }] },
      {},
      { 'core-soa-missing': 'error' },
    ],
    [
      'a later profile',
      { select: ['core-ttl-long'], overrides: [{ profile: 'load' }] },
      {},
      { 'core-soa-missing': 'error' },
    ],
    [
      'the command line: a profile',
      { select: ['core-ttl-long'] },
      { profile: 'strict' },
      { 'core-soa-missing': 'error', 'core-ttl-long': 'info' },
    ],
    [
      'the command line: select',
      { rules: { 'core-soa-missing': 'warning' } },
      { select: ['core-ttl-*'] },
      { 'core-ttl-long': 'info' },
    ],
    ['the command line: ignore', { rules: { 'core-soa-missing': 'warning' } }, { ignore: ['core-soa-*'] }, {}],
    [
      'the command line: a level',
      { overrides: [{ rules: { 'core-soa-missing': 'off' } }] },
      { levels: new Map([['core-soa-missing', 'info']]) },
      { 'core-soa-missing': 'info' },
    ],
  ])('%s', async (_, content, line, expected) => {
    expect(await levels(content, BOTH, line)).toEqual(expected);
  });

  test('say which words of the command line mean no rule', () => {
    const { choice } = new ConfigResolver(undefined, RULES, {
      ...NOTHING,
      select: ['x*'],
      ignore: ['mail-mxx'],
      levels: new Map([['y', 'off']]),
    }).resolve({ path: 'a.zone' });
    expect(activeRules(RULES, choice).problems).toHaveLength(3);
  });
});

describe('overrides', () => {
  const content = {
    rules: { 'mx-single': 'info' },
    overrides: [
      { files: ['reverse/**', '*.rev'], rules: { 'mx-single': 'off' } },
      { zones: ['*.example.net', 'example.org'], rules: { 'mx-single': 'warning' } },
      { files: ['reverse/**'], zones: ['example.org'], rules: { 'mx-single': 'error' } },
    ],
  };

  test.each<[string, string, string | undefined]>([
    ['a.zone', 'example.net', 'info'],
    ['reverse/a/b.zone', 'example.net', undefined],
    ['deep/er/a.rev', 'example.net', undefined],
    ['a.zone', 'sub.example.net', 'warning'],
    ['a.zone', 'EXAMPLE.org', 'warning'],
    ['reverse/a.zone', 'example.org', 'error'],
    ['/srv/reverse/a.zone', 'example.org', 'error'],
    ['../reverse/a.zone', 'example.net', 'info'],
    ['./x/../reverse/a.zone', 'example.net', undefined],
  ])('%s with the zone %s', async (path, zone, expected) => {
    expect((await levels(content, ['mx-single'], { path, zone }))['mx-single']).toBe(expected);
  });

  test('for zones do not hold as long as the zone is not known', async () => {
    const config = await configOf({ 'zonewright.json': JSON.stringify(content) });
    expect(new ConfigResolver(config, RULES).resolve({ path: 'a.zone' }).choice.levels.get('mx-single')).toBe('info');
  });

  test('give equal keys for equal settings only', async () => {
    const config = await configOf({
      'zonewright.json': JSON.stringify({
        ...content,
        overrides: [
          ...content.overrides,
          { files: ['d.zone'], drafts: { clientMxType: 300 } },
          { files: ['o.zone'], rules: { 'core-ttl-long': { most: 100 } } },
        ],
      }),
    });
    const resolver = new ConfigResolver(config, RULES);
    const key = (path: string, zone: string): string => resolver.resolve({ path, zone: wire(zone) }).key;
    expect(key('a.zone', 'example.net')).toBe(key('b.zone', 'example.com'));
    const different = [
      key('a.zone', 'example.net'),
      key('a.zone', 'example.org'),
      key('a.rev', 'example.net'),
      key('reverse/x', 'example.org'),
      key('d.zone', 'example.net'),
      key('o.zone', 'example.net'),
    ];
    expect(new Set(different).size).toBe(different.length);
    expect(key('reverse/x', 'example.com')).toBe(key('x.rev', 'example.com'));
    const again = new ConfigResolver(structuredClone(config), RULES);
    expect(again.resolve({ path: 'a.zone', zone: wire('example.net') })).toEqual(
      resolver.resolve({ path: 'a.zone', zone: wire('example.net') }),
    );
  });
});

describe('what is not about rules', () => {
  const content = {
    origins: { '*.txt': 'example.net', 'org/*.txt': 'example.org.' },
    includeRoot: 'zones',
    exclude: ['old', '*.bak.zone', 'a/b/'],
    mtaStsPolicies: { 'example.net': 'p/net.txt', 'sub.example.net': 'p/sub.txt', 'example.org': 'p/org.txt' },
    drafts: { implicitTlsPort: 8425 },
  };

  test('is told for each zone', async () => {
    const config = await configOf({ 'conf/zonewright.json': JSON.stringify(content) });
    const resolver = new ConfigResolver(config, RULES);
    const net = resolver.resolve({ path: 'conf/a.txt', zone: wire('example.net') });
    expect(net).toMatchObject({
      origin: wire('example.net'),
      includeRoot: 'conf/zones',
      drafts: { implicitTlsPort: 8425, clientMxType: 265 },
    });
    expect(net.mtaStsPolicies.map(({ path }) => path)).toEqual(['conf/p/net.txt', 'conf/p/sub.txt']);
    expect(resolver.resolve({ path: 'conf/org/a.txt' }).origin).toEqual(wire('example.org'));
    expect(resolver.resolve({ path: 'a.txt' }).origin).toBeUndefined();
    expect(resolver.resolve({ path: 'conf/a.zone' }).mtaStsPolicies).toHaveLength(3);
  });

  test('excludes files by themselves or by their folders', async () => {
    const excluded = excluder(await configOf({ 'conf/zonewright.json': JSON.stringify(content) }));
    const cases = [
      'conf/old',
      'conf/x/old/y.zone',
      'conf/x.bak.zone',
      'conf/a/b/c.zone',
      'conf/a/x.zone',
      'conf/older',
      'old/a.zone',
      'conf',
    ];
    expect(cases.filter(excluded)).toEqual(cases.slice(0, 4));
    expect(excluder(undefined)('old')).toBe(false);
  });
});

describe('files that extend others', () => {
  test('win over them; lists of files and certificates add up', async () => {
    const config = await configOf({
      'a/zonewright.json': JSON.stringify({
        extends: ['../base.yaml', 'more.json'],
        rules: { 'mx-single': 'error' },
        exclude: ['x'],
        certificates: [{ path: 'own.pem' }],
        maxWarnings: 3,
      }),
      'base.yaml':
        'profile: strict\nrules: {mx-single: off, core-ttl-long: off}\nexclude: [y]\nincludeRoot: zones\nseverity: warning\nmaxWarnings: 7\ncertificates: [{path: base.pem}]\noverrides: [{files: ["*.rev"], rules: {core-soa-missing: off}}]\n',
      'a/more.json': '{"rules": {"core-ttl-long": "info"}, "mtaStsPolicies": {"example.net": "p.txt"}}',
    });
    expect(config.read).toEqual(['a/zonewright.json', 'base.yaml', 'a/more.json']);
    const resolver = new ConfigResolver(config, RULES);
    const { choice, includeRoot, mtaStsPolicies } = resolver.resolve({ path: 'a/x.rev' });
    expect(choice.profile).toBe('strict');
    expect(Object.fromEntries(choice.levels)).toEqual({
      'mx-single': 'error',
      'core-ttl-long': 'info',
      'core-soa-missing': 'off',
    });
    expect(includeRoot).toBe('zones');
    expect(mtaStsPolicies).toEqual([{ domain: 'example.net', path: 'a/p.txt', source: 'a/more.json:1' }]);
    expect(config.exclude.map(({ value }) => value)).toEqual(['y', 'x']);
    expect(config.certificates.map(({ value }) => value.path)).toEqual(['base.pem', 'a/own.pem']);
    expect([config.severity?.value, config.maxWarnings?.value]).toEqual(['warning', 3]);
  });

  test.each([
    ['system', 'system'],
    ['./system', 'a/system'],
    ['roots.pem', 'a/roots.pem'],
    ['/etc/roots.pem', '/etc/roots.pem'],
  ])('the trust store %s counts from the file that names it', async (trust, expected) => {
    const config = await configOf({
      'zonewright.json': '{"extends": "a/b.json"}',
      'a/b.json': JSON.stringify({ trust }),
    });
    expect(config.trust).toEqual({ value: expected, source: 'a/b.json:1' });
  });

  test('a file called system is no trust store of the machine', async () => {
    const config = await configOf({ 'zonewright.json': '{"trust": "./system"}' });
    expect(config.trust?.value).toBe('./system');
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'a circle',
      { 'a.json': '{"extends": "b.json"}', 'b.json': '{\n"extends": "a.json"}' },
      'b.json:2: the files extend each other in a circle: a.json → b.json → a.json',
    ],
    [
      'itself',
      { 'a.json': '{"extends": "./a.json"}' },
      'a.json:1: the files extend each other in a circle: a.json → a.json',
    ],
    ['nothing', { 'a.json': '{"extends": ["b.json"]}' }, 'a.json:1: b.json: no such file or folder'],
    [
      'something wrong',
      { 'a.json': '{"extends": ["b/c.yml", "b/c.yml"]}', 'b/c.yml': 'x: 1' },
      'b/c.yml:1:1: x: there is no such setting',
    ],
    [
      'too many in a row',
      Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [`${index}.json`, `{"extends": "${index + 1}.json"}`]),
      ),
      'more than 16 files extend each other in a row',
    ],
    [
      'too many',
      Object.fromEntries(
        Array.from({ length: 15 }, (_, index) => [
          `${index}.json`,
          `{"extends": ["${index + 1}.json", "${index + 1}.json"]}`,
        ]).concat([['15.json', '{}']]),
      ),
      'more than 64 files are extended',
    ],
  ])('are refused for %s', async (_, files, expected) => {
    const problems = await problemsOf(files, Object.keys(files).includes('a.json') ? 'a.json' : '0.json');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });
});
