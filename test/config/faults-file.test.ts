import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faultProblems, readFaultFile } from '../../lib/config/faults-file.ts';
import { FaultSet } from '../../lib/server/faults/fault-set.ts';
import { FAULT_PRESETS } from '../../lib/server/faults/presets.ts';

const read = (text: string, name = 'f.yaml') => readFaultFile(name, new TextEncoder().encode(text));
const problems = async (text: string, name?: string): Promise<readonly string[]> => {
  const result = await read(text, name);
  return 'problems' in result ? result.problems : [];
};

/** One fault, as YAML in flow form, and what is said about it behind `f.yaml:1:…: faults[0].`. */
const MISTAKES: readonly (readonly [fault: string, said: string])[] = [
  ['match: { type: SVR }, action: { drop: true }', '1:34: match.type is "SVR", which is no RR type; did you mean SRV?'],
  [
    'match: { type: [MX, QQQQQQ] }, action: { drop: true }',
    'match.type[1] is "QQQQQQ", which is no RR type; expected an RR type such as MX, CLIENTMX or TYPE265',
  ],
  [
    'match: { type: [] }, action: { drop: true }',
    'match.type is an empty list, which nothing fits; leave it out or give a value',
  ],
  [
    'match: { name: x..y }, action: { drop: true }',
    'match.name is "x..y", which is no domain name; expected one such as www.example.net',
  ],
  ['match: { suffix: [ok, 5] }, action: { drop: true }', 'match.suffix[1] is 5, expected a string'],
  [
    'match: { client: 10.0.0.0/33 }, action: { drop: true }',
    'match.client is "10.0.0.0/33", no address and no prefix; expected one such as 192.0.2.1, 192.0.2.0/24 or 2001:db8::/32',
  ],
  [
    "match: { pattern: '(' }, action: { drop: true }",
    'match.pattern is "(", no regular expression: unterminated group',
  ],
  [`match: { pattern: '${'a'.repeat(201)}' }, action: { drop: true }`, 'match.pattern is'],
  [
    'match: { opcode: QUERRY }, action: { drop: true }',
    'match.opcode is "QUERRY", which is no opcode; did you mean QUERY?',
  ],
  ['match: { class: XX }, action: { drop: true }', 'match.class is "XX", which is no class; expected IN, CH or CLASS3'],
  ['match: { transport: upd }, action: { drop: true }', 'match.transport is "upd", expected "udp"'],
  ['match: { nmae: a }, action: { drop: true }', 'match.nmae is unknown; did you mean "name"?'],
  ['preset: node-66713', 'preset is "node-66713", which is no preset; did you mean node-66173?'],
  ['preset: node-66173, steps: [{}]', 'steps and preset exclude each other: each step has an action of its own'],
  ['action: { rcode: SERVFIAL }', 'action.rcode is "SERVFIAL", which is no RCODE; did you mean SERVFAIL?'],
  ['action: { rcode: 4096 }', 'action.rcode is 4096'],
  ['action: { delay: { min: 9, max: 3 } }', 'action.delay.max is 3, less than min, which is 9'],
  ["action: { answer: ['@ A 1.2.3'] }", 'action.answer[0] is "@ A 1.2.3": '],
  ["action: { answer: ['a A 192.0.2.1\\nb A 192.0.2.2'] }", 'action.answer[0]'],
  [
    "action: { answer: ['@ MX 10 @'] }",
    'action.answer[0] has @ among its data; it stands for the name of the question only as owner',
  ],
  ["action: { answer: ['$INCLUDE x'] }", 'action.answer[0] is "$INCLUDE x": '],
  ["action: { answer: ['@ A 192.0.2.1', ' '] }", 'action.answer[1]'],
  [
    "action: { answer: ['$ORIGIN x.'] }",
    'action.answer[0] is "$ORIGIN x.", expected one record such as www.example.net. A 192.0.2.1',
  ],
  [
    'action: { records: { section: answer } }',
    'action.records.section says where foreign records go; give foreign too',
  ],
  ['action: { records: { without: RSIG } }', 'action.records.without is "RSIG", which is no RR type; did you mean'],
  ['action: { octets: { raw: abc } }', 'action.octets.raw is "abc", expected hexadecimal digits, two for each octet'],
  ['action: { flags: { aaa: true } }', 'action.flags.aaa is unknown; did you mean "aa"?'],
  ['action: { compress: SVR }', 'action.compress is "SVR", which is no RR type; did you mean SRV?'],
  ['action: {}', 'action is empty: say what is to be done'],
  ['trigger: { first: 0 }, action: { drop: true }', 'trigger.first is 0'],
  ['trigger: { from: 9, until: 3 }, action: { drop: true }', 'trigger.until is 3, not later than from, which is 9'],
  ['trigger: { probability: 2 }, action: { drop: true }', 'trigger.probability is 2'],
  [
    'steps: [{ action: { drop: true } }, { times: 1 }]',
    'steps[0] has no times, so that no step behind it is ever reached; say for how many queries it is',
  ],
  ['steps: []', 'steps is empty, expected a list of steps'],
  ['state: { next: x }, action: { drop: true }', 'state lacks the member "machine"'],
  ['handler: x, action: { drop: true }', 'handler is unknown'],
  ['match: { name: a }', 'does nothing: give it a preset, an action or steps'],
];

describe('a file of faults', () => {
  test.each(MISTAKES)('with { %s } is told what is wrong', async (fault, said) => {
    const found = await problems(`faults: [{ id: a, ${fault} }]`);
    expect(found).toHaveLength(1);
    const [place, sentence] = /^\d/u.test(said)
      ? [said.split(': ')[0], said.slice(said.indexOf(': ') + 2)]
      : ['1:', said];
    expect(found[0]).toMatch(/^f\.yaml:1:\d+: faults\[0\][. ]/u);
    expect(found[0]).toContain(`f.yaml:${place}`);
    expect(found[0]?.replace(/^.*?faults\[0\]\.? ?/u, '')).toContain(sentence);
  });

  test('tells all mistakes in the order of the file, with line and column', async () => {
    const text = `seed: x
faults:
  - id: a
    match: { type: SVR }
    action: { delay: -1, answer: ['@ A 1'] }
  - id: a
    preset: lame
  - id: b c
    acton: {}
`;
    expect((await problems(text)).map((each) => each.replace(/ (is|has) .*/u, ''))).toEqual([
      'f.yaml:1:7: seed',
      'f.yaml:4:20: faults[0].match.type',
      'f.yaml:5:22: faults[0].action.delay',
      'f.yaml:5:35: faults[0].action.answer[0]',
      'f.yaml:6:9: faults[1].id',
      'f.yaml:8:9: faults[2].id',
      'f.yaml:9:5: faults[2].acton',
    ]);
  });

  test.each([
    ['no-faults.yaml', 'seed: 1', 'no-faults.yaml:1:1: the document lacks the member "faults"'],
    ['broken.yaml', 'faults: [', 'broken.yaml:1:10: '],
    ['broken.json', '{"faults": [}', 'broken.json:1:13: '],
    ['twice.yaml', 'faults: [{ id: a, id: b }]', 'twice.yaml:1:19: "id" stands here for the second time'],
  ])('%s is no file of faults', async (name, text, said) => {
    const found = await problems(text, name);
    expect(found[0]).toContain(said);
  });

  test('is YAML or JSON, and the example is right', async () => {
    expect(await read('{"seed": 5, "faults": [{"id": "a", "preset": "lame"}]}', 'f.json')).toMatchObject({
      file: { seed: 5 },
    });
    const example = await readFaultFile('faults.yaml', readFileSync('test/example/faults.yaml'));
    expect(example).toMatchObject({ file: { seed: 42 } });
    const set = new FaultSet({ now: () => 0, seed: 42 });
    const faults = 'file' in example ? example.file.faults : [];
    expect(faults.flatMap((fault) => set.add(fault))).toEqual([]);
    expect(set.list()).toHaveLength(8);
  });

  test('may name every preset', async () => {
    const faults = FAULT_PRESETS.map(({ name }) => `- { id: ${name}, preset: ${name} }`).join('\n');
    expect(await problems(`faults:\n${faults}`)).toEqual([]);
  });
});

describe('a fault as data', () => {
  test.each([
    null,
    5,
    'x',
    [],
    { id: 'a', steps: [null] },
    { id: 'a', action: { flags: null } },
    { id: 'a', match: null },
  ])('that is %j has problems, not exceptions', (value) => {
    expect(faultProblems(value).length).toBeGreaterThan(0);
    expect(new FaultSet({ now: () => 0, seed: 1 }).add(value as never).length).toBeGreaterThan(0);
  });

  test('is told by pointers within it', () => {
    expect(faultProblems({ id: 'a', match: { type: ['MX', 'SVR'] }, preset: 'lame' })).toEqual([
      { path: '/match/type/1', message: 'is "SVR", which is no RR type; did you mean SRV?' },
    ]);
    expect(faultProblems({ id: 'a', preset: 'lame' })).toEqual([]);
  });
});
