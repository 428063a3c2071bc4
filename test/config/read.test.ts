import { describe, expect, test } from 'vitest';
import { configOf, problemsOf, wire } from './support.ts';

const json = (text: string): Promise<readonly string[]> => problemsOf({ 'zonewright.json': text });
const yaml = (text: string): Promise<readonly string[]> => problemsOf({ 'zonewright.yaml': text });

describe('a configuration', () => {
  test('may say everything, in JSON with comments or in YAML', async () => {
    const text = `// settings
{
  "$schema": "./node_modules/zonewright/schemas/config.schema.json",
  "extends": ["base.json"],
  "profile": "strict", /* all */
  "select": ["core-*", "mail-mx"],
  "ignore": ["core-ttl-*"],
  "rules": {
    "mx-single": "off",
    "core-ttl-long": { "level": "warning", "most": 86400 },
  },
  "drafts": { "clientMxType": 65300, "label": "_SMTP-tls" },
  "origins": { "*.txt": "example.net" },
  "includeRoot": "zones",
  "exclude": ["old/"],
  "certificates": [{ "path": "mx1.pem", "roles": ["server"] }, { "path": "/etc/out1.pem" }],
  "mtaStsPolicies": { "example.net": "mta-sts.txt" },
  "trust": "certificates/roots",
  "eku": "strict",
  "baseline": "zonewright-baseline.json",
  "severity": "warning",
  "maxWarnings": 5,
  "overrides": [{ "files": ["reverse/**"], "zones": ["*.arpa."], "ignore": ["mail-mx"] }],
}
`;
    const fromJson = await configOf({ 'zonewright.json': text, 'base.json': '{}' });
    const plain = JSON.stringify(
      JSON.parse(text.replace(/\/\/.*|\/\*.*\*\//gu, '').replace(/,(\s*[}\]])/gu, '$1')),
      null,
      2,
    );
    const fromYaml = await configOf({ 'zonewright.yaml': `%YAML 1.2\n---\n${plain}\n`, 'base.json': '{}' });
    expect(fromJson.layers.at(-1)).toEqual({
      files: ['reverse/**'],
      zones: ['*.arpa'],
      ignore: { value: ['mail-mx'], source: 'zonewright.json:23' },
      rules: [],
      drafts: [],
    });
    expect(fromJson).toMatchObject({
      path: 'zonewright.json',
      folder: '/srv',
      read: ['zonewright.json', 'base.json'],
      origins: [{ glob: '*.txt', zone: wire('example.net'), source: 'zonewright.json:13' }],
      includeRoot: { value: 'zones', source: 'zonewright.json:14' },
      certificates: [
        { value: { path: 'mx1.pem', roles: ['server'] } },
        { value: { path: '/etc/out1.pem', roles: [] } },
      ],
      mtaStsPolicies: [{ domain: 'example.net', path: 'mta-sts.txt' }],
      trust: { value: 'certificates/roots', source: 'zonewright.json:18' },
      eku: { value: 'strict', source: 'zonewright.json:19' },
      baseline: { value: 'zonewright-baseline.json' },
      severity: { value: 'warning' },
      maxWarnings: { value: 5 },
      exclude: [{ value: 'old/' }],
    });
    expect(fromJson.layers[1]?.drafts.map(({ name, value }) => [name, value])).toEqual([
      ['clientMxType', 65_300],
      ['label', '_smtp-tls'],
    ]);
    const withoutSources = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (key, each: unknown) =>
          key === 'source' || key === 'read' || key === 'path' ? undefined : each,
        ),
      );
    expect(withoutSources(fromYaml)).toEqual(withoutSources(fromJson));
  });

  test('says off in YAML without quotes', async () => {
    const config = await configOf({
      'zonewright.yaml': 'rules:\n  mx-single: off\n  core-ttl-long: &a {level: warning}\n  core-ttl-short: *a\n',
    });
    expect(config.layers[0]?.rules).toEqual([
      { id: 'mx-single', level: 'off', source: 'zonewright.yaml:2' },
      { id: 'core-ttl-long', level: 'warning', source: 'zonewright.yaml:3' },
      { id: 'core-ttl-short', level: 'warning', source: 'zonewright.yaml:4' },
    ]);
  });

  test.each<[string, string, string]>([
    ['an unknown member', '{\n  "selekt": []\n}', '2:3: selekt: there is no such setting; did you mean "select"?'],
    [
      'a member of an override',
      '{"overrides": [{"rules": {}, "fils": ["a"]}]}',
      '1:30: overrides[0].fils: there is no such setting; did you mean "files"?',
    ],
    [
      'a rule',
      '{\n"overrides": [{"rules": {}}, {"rules": {\n "mx-singel": "off"}}]}',
      '3:2: overrides[1].rules.mx-singel: no rule is called "mx-singel"; did you mean mx-single?',
    ],
    [
      'a group among the rules',
      '{"rules": {"mail-mx": "off"}}',
      '1:12: rules.mail-mx: "mail-mx" is no single rule; "select" and "ignore" take groups and patterns',
    ],
    [
      'a level',
      '{"rules": {"mx-single": "eror"}}',
      '1:25: rules.mx-single is "eror", expected one of "off", "info", "warning", "error"; did you mean "error"?',
    ],
    [
      'a level that is no text',
      '{"rules": {"mx-single": false}}',
      '1:25: rules.mx-single is false, expected one of "off", "info", "warning", "error"',
    ],
    [
      'a level among options',
      '{"rules": {"core-ttl-long": {"level": 1}}}',
      '1:39: rules.core-ttl-long.level is 1, expected one of',
    ],
    [
      'an unknown option',
      '{"rules": {"core-ttl-long": {"mots": 1}}}',
      '1:30: rules.core-ttl-long.mots: core-ttl-long has no option "mots"; did you mean "most"?',
    ],
    [
      'an option of a rule without',
      '{"rules": {"mx-single": {"x": 1}}}',
      '1:26: rules.mx-single.x: mx-single has no option "x"; it has none',
    ],
    [
      'an option like a method',
      '{"rules": {"mx-single": {"constructor": 1}}}',
      'mx-single has no option "constructor"',
    ],
    [
      'an option of another kind',
      '{"rules": {"core-ttl-long": {"most": "1d"}}}',
      '1:38: rules.core-ttl-long.most is "1d", expected a whole number from 60 to 2147483647',
    ],
    [
      'an option out of bounds',
      '{"rules": {"core-ttl-long": {"most": 5}}}',
      'rules.core-ttl-long.most is 5, expected a whole number from 60 to 2147483647',
    ],
    [
      'an option with a fraction',
      '{"rules": {"core-ttl-long": {"most": 60.5}}}',
      'rules.core-ttl-long.most is 60.5, expected a whole number',
    ],
    [
      'a range the wrong way round',
      '{"rules": {"core-soa-refresh-range": {"least": 90000}}}',
      '1:38: rules.core-soa-refresh-range: "least" is 90000, which is more than "most", 86400',
    ],
    [
      'a word of select',
      '{"select": ["core-*", "mail-mxx"]}',
      '1:23: select[1]: no rule, group or pattern is called "mail-mxx"; did you mean mail-mx?',
    ],
    [
      'a profile',
      '{"profile": "strikt"}',
      '1:13: profile is "strikt", and there is no such profile; did you mean "strict"?',
    ],
    ['a type', '{"profile": 5}', '1:13: profile is 5, expected a string'],
    ['the whole', '[]', '1:1: the configuration is an array, expected an object'],
    ['a severity', '{"severity": "warn"}', '1:14: severity is "warn", expected "info" or "warning" or "error"'],
    ['a number', '{"maxWarnings": -1}', '1:17: maxWarnings is -1, which must be >= 0'],
    ['a known type', '{"drafts": {"clientMxType": 15}}', '1:29: drafts.clientMxType is 15, which is the type MX'],
    ['a type of queries', '{"drafts": {"clientMxType": 200}}', 'types from 128 to 255 are for queries'],
    [
      'a label',
      '{"drafts": {"label": "smtp-tls"}}',
      '1:22: drafts.label is "smtp-tls", expected the form of "_smtp-tls"',
    ],
    ['an unknown draft value', '{"drafts": {"port": 25}}', '1:13: drafts.port: there is no such setting'],
    [
      'a glob',
      '{"overrides": [{"files": ["../x"]}]}',
      '1:27: overrides[0].files[0] leads out of the folder of the configuration by ".."',
    ],
    [
      'no globs',
      '{"overrides": [{"files": []}]}',
      '1:26: overrides[0].files is an array, which must NOT have fewer than 1 items',
    ],
    [
      'a zone',
      '{"overrides": [{"zones": ["münchen.example"]}]}',
      '1:27: overrides[0].zones[0] has letters that DNS does not know; write "xn--mnchen-3ya.example"',
    ],
    [
      'a zone with an empty label',
      '{"overrides": [{"zones": ["a..b"]}]}',
      'overrides[0].zones[0] is "a..b", expected a domain name',
    ],
    [
      'an origin',
      '{"origins": {"*.txt": "a b"}}',
      '1:23: origins["*.txt"] is "a b", expected a domain name such as example.net',
    ],
    ['a glob of an origin', '{"origins": {"/etc/x": "example.net"}}', '1:14: origins["/etc/x"]: the glob is absolute'],
    [
      'a domain of a policy',
      '{"mtaStsPolicies": {"a..b": "x"}}',
      '1:21: mtaStsPolicies["a..b"]: the name is "a..b", expected a domain name',
    ],
    [
      'a policy elsewhere',
      '{"mtaStsPolicies": {"example.net": "../x"}}',
      '1:36: mtaStsPolicies["example.net"] leads out of the folder of this file; only the command line may do that',
    ],
    ['a baseline elsewhere', '{"baseline": "a/../../x"}', '1:14: baseline leads out of the folder'],
    ['includes from everywhere', '{"includeRoot": "/"}', '1:17: includeRoot leads out of the folder'],
    [
      'a role',
      '{"certificates": [{"path": "a.pem", "roles": ["sever"]}]}',
      '1:47: certificates[0].roles[0] is "sever", expected "server" or "client"; did you mean "server"?',
    ],
    [
      'a policy',
      '{"eku": "strct"}',
      '1:9: eku is "strct", expected "accept-server-auth" or "strict" or "ignore"; did you mean "strict"?',
    ],
    ['a certificate without path', '{"certificates": [{}]}', '1:19: certificates[0] lacks the member "path"'],
    [
      'something from the network',
      '{"extends": "https://example.net/a.json"}',
      '1:13: extends is "https://example.net/a.json"; only files can be extended, nothing is fetched from the network',
    ],
    [
      'something that is no configuration',
      '{"extends": ["/etc/passwd"]}',
      '1:14: extends[0] is "/etc/passwd"; expected a file such as /etc/zonewright.json',
    ],
    ['a name with odd characters', '{"rules": {"a.b c": "off"}}', '1:12: rules["a.b c"]: no rule is called "a.b c"'],
    [
      'no member at all',
      '{"overrides": [{}]}',
      '1:16: overrides[0] is an object, which must NOT have fewer than 1 properties',
    ],
    ['__proto__', '{"__proto__": {"profile": "x"}}', '1:2: __proto__: there is no such setting'],
  ])('is refused for %s', async (_, text, expected) => {
    const problems = await json(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
    expect(problems[0]).toMatch(/^zonewright\.json:\d+:\d+: /u);
  });

  test('tells every fault, in the order of the text', async () => {
    const problems = await json('{\n"rules": {"a": "off",\n"b": "off"},\n"x": 1,\n"select": ["c"]}');
    expect(problems.map((each) => each.split(':')[1])).toEqual(['2', '3', '4', '5']);
    const many = await json(`{"rules": {${Array.from({ length: 50 }, (_, index) => `"r${index}": "off"`).join(',')}}}`);
    expect(many).toHaveLength(21);
    expect(many.at(-1)).toBe('zonewright.json: 30 more faults of this kind');
  });
});

describe('text that is no JSON', () => {
  test.each<[string, string]>([
    ['', '1:1: the file is empty; write at least {}'],
    ['// only\n', 'the file is empty'],
    ['{', '1:1: the { that stands here is never closed'],
    ['{"a": [1, 2', '1:7: the [ that stands here is never closed'],
    ["{'a': 1}", "1:2: ' stands where a name in double quotes belongs"],
    ['{"a": \'x\'}', '1:7: text has to stand in double quotes'],
    ['{"profile": strict}', '1:13: "strict" has to stand in double quotes'],
    ['{"a" 1}', '1:6: 1 stands where a colon belongs'],
    ['{"a": 1 "b": 2}', '1:9: a comma or } is missing before "'],
    ['[1 2]', '1:4: a comma or ] is missing before 2'],
    ['{"a": 1}}', '1:9: } stands behind the end of the configuration'],
    ['{"a": 01}', '1:7: 0 stands where a value belongs'],
    ['{"a": }', '1:7: } stands where a value belongs'],
    ['{"profile": "strict}\n', '1:13: the text that begins here has no closing quote on its line'],
    ['{"a": "\\x"}', '1:8: a backslash must be followed by one of'],
    ['{"a": "\\u12g4"}', '1:8: a backslash must be followed by one of'],
    ['{ # comment\n}', '1:3: # (comments begin with //) stands where a name'],
    ['/* {', '1:1: the comment that begins here has no end'],
    ['{"profile": "strict", "profile": "load"}', '1:23: "profile" stands here for the second time'],
    ['{"a": \u00a01}', '1:7: the character U+00A0 stands where a value belongs'],
  ])('%j', async (text, expected) => {
    const [problem, ...more] = await json(text);
    expect(more).toEqual([]);
    expect(problem).toContain(`zonewright.json:${/^\d+:/u.test(expected) ? '' : '1:1: '}${expected}`);
  });

  test('counts columns in characters', async () => {
    expect(await json('{"select": ["😀é", "x"]}')).toEqual([
      'zonewright.json:1:13: select[0]: no rule, group or pattern is called "😀é"; see `zonewright rules`',
      'zonewright.json:1:19: select[1]: no rule, group or pattern is called "x"; see `zonewright rules`',
    ]);
  });
});

describe('text that is no YAML', () => {
  test.each<[string, string]>([
    ['', '1:1: the file is empty; write at least {}'],
    ['a: [', '1:5: flow sequence'],
    ['profile: strict\nprofile: load\n', '2:1: "profile" stands here for the second time'],
    ['a: 1\n---\nb: 2\n', 'the file has a second document'],
    ['a: *x\n', '1:4: nothing before has the anchor "x"'],
    ['? [a]\n: 1\n', '1:3: a name has to be plain text'],
    ['profile: !!binary aGk=\n', '1:'],
    ['rules: {mx-singel: off}', '1:9: rules.mx-singel: no rule is called "mx-singel"; did you mean mx-single?'],
    ['\t- a', '1:1: '],
  ])('%j', async (text, expected) => {
    const [problem, ...more] = await yaml(text);
    expect(more).toEqual([]);
    expect(problem).toContain(expected);
  });
});

describe('octets that are no text', () => {
  test.each<[string, Uint8Array, string]>([
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0), 'zonewright.json is UTF-16 text: save it as UTF-8'],
    ['Latin 1', Uint8Array.of(0x7b, 0xe9, 0x7d), 'zonewright.json is no UTF-8 text'],
    ['a program', Uint8Array.of(0x7f, 0, 0), 'zonewright.json is a binary file, not a configuration'],
    ['too much', new Uint8Array(2 ** 20 + 1), 'zonewright.json is larger than 1 MiB'],
  ])('%s', async (_, bytes, expected) => {
    const [problem] = await problemsOf({ 'zonewright.json': bytes });
    expect(problem).toContain(expected);
  });

  test('a byte order mark does not matter', async () => {
    expect(await json('\ufeff{}')).toEqual([]);
  });
});
