import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, describe, expect, test } from 'vitest';
import { uriOf } from '../../cli/report/paths.ts';
import { version } from '../../cli/version.ts';
import { findRule } from '../../lib/lint/rules.ts';
import { HOSTILE_NAME, hostileFolder } from './hostile.ts';
import { cli, folderOf, zone } from './run.ts';

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly charOffset?: number;
  readonly charLength?: number;
  readonly byteOffset?: number;
  readonly byteLength?: number;
}

interface Location {
  readonly id?: number;
  readonly message?: { readonly text: string };
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
}

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [Location];
  readonly relatedLocations?: readonly Location[];
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly artifactLocation: { readonly uri: string };
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties: object;
}

const bad = 'mx MX 10 alias\nalias CNAME ns1\n$INCLUDE more\nwww A 192.0.2.300\nwww A 192.0.2.300\n';
const wide = `\ufeff${zone('ü TXT "日本 🙂 e\u0301" 日本\nä TXT "x"\nb A 🙂x\n')}`;
const folder = folderOf({
  'clean.zone': zone(),
  'bad.zone': zone(bad),
  'moved/bad.zone': zone(`; one\n; two\n${bad.replace('mx MX', 'mx    MX').replace('alias\n', 'alias ; why\n')}`),
  'moved/more': 'a 300 A 192.0.2.1\na 600 A 192.0.2.2\n',
  'wide.zone': wide,
  more: 'a 300 A 192.0.2.1\na 600 A 192.0.2.2\n',
  'unknown.txt': 'www 60 IN A 192.0.2.1\n',
  'binary.zone': new Uint8Array([1, 0]),
});
const hostile = hostileFolder();
afterAll(() => {
  folder.remove();
  hostile.remove();
});

const chosen = ['--select', 'mx-target-cname,core-ttl-mismatch,syntax-*,core-hostname-invalid'];
async function sarif(line: string, given: object = {}): Promise<string> {
  const args = ['lint', ...line.split(' '), ...chosen, '--format', 'sarif'];
  return (await cli(args, { cwd: folder.path, ...given })).stdout;
}

const resultsOf = (text: string): Result[] => JSON.parse(text).runs[0].results;

/** The schema of the standard, which a package for tests carries. */
const schemaFile = new URL(
  '../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
  import.meta.url,
);
const noSchema = !existsSync(schemaFile);
if (noSchema) console.log('the SARIF schema is not looked at: @microsoft/jest-sarif is not installed');

describe.skipIf(noSchema)('sarif and its schema', () => {
  const lines = ['clean.zone', 'bad.zone', '. unknown.txt', 'wide.zone --profile strict'];

  test.each(lines)('%s fits', async (line) => {
    const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    const valid = ajv.compile(schema);
    expect(valid(JSON.parse(await sarif(line))), JSON.stringify(valid.errors)).toBe(true);
  });

  test('a hostile zone fits', async () => {
    const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    const valid = ajv.compile(schema);
    expect(valid(JSON.parse(await sarif('.', { cwd: hostile.path }))), JSON.stringify(valid.errors)).toBe(true);
  });
});

describe('sarif', () => {
  test('names the version, the tool and what was looked at', async () => {
    const log = JSON.parse(await sarif('clean.zone'));
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
    expect(log.runs).toEqual([
      {
        columnKind: 'unicodeCodePoints',
        defaultEncoding: 'UTF-8',
        results: [],
        artifacts: [{ location: { uri: 'clean.zone' }, roles: ['analysisTarget'] }],
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
        tool: { driver: expect.objectContaining({ name: 'zonewright', semanticVersion: version, rules: [] }) },
      },
    ]);
  });

  test('has a result for each finding with everything that belongs to it', async () => {
    const [first, second, third] = resultsOf(await sarif('bad.zone'));
    expect(first).toEqual({
      ruleId: 'mx-target-cname',
      level: 'error',
      message: { text: expect.stringMatching(/^MX of mx\.example\.net names alias\.example\.net, an alias/) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'bad.zone' },
            region: expect.objectContaining({
              startLine: 8,
              startColumn: 10,
              endLine: 8,
              endColumn: 15,
              byteLength: 5,
            }),
          },
        },
      ],
      relatedLocations: [
        {
          id: 0,
          message: { text: expect.stringMatching(/^the alias, leading to /) },
          physicalLocation: {
            artifactLocation: { uri: 'bad.zone' },
            region: expect.objectContaining({ startLine: 9, startColumn: 1 }),
          },
        },
      ],
      fixes: [
        {
          description: { text: 'name ns1.example.net itself' },
          artifactChanges: [
            {
              artifactLocation: { uri: 'bad.zone' },
              replacements: [
                {
                  deletedRegion: { startLine: 8, startColumn: 10, endLine: 8, endColumn: 15 },
                  insertedContent: { text: expect.stringMatching(/^ns1/) },
                },
              ],
            },
          ],
          properties: { safe: false },
        },
      ],
      partialFingerprints: { 'zonewrightFinding/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
      properties: { zone: 'example.net.', name: 'mx.example.net.', type: 'MX' },
    });
    expect(second?.ruleId).toBe('syntax-parse-error');
    expect(third?.ruleId).toBe('syntax-parse-error');
  });

  test('tells which line included a file', async () => {
    const found = resultsOf(await sarif('bad.zone')).find(({ ruleId }) => ruleId === 'core-ttl-mismatch');
    const { artifactLocation, region } = found?.locations[0].physicalLocation ?? {};
    expect([artifactLocation?.uri, region?.startLine]).toEqual(['more', 2]);
    expect(found?.relatedLocations?.map(({ id, message }) => [id, message?.text])).toEqual([
      [0, 'the first record of the RRset'],
      [1, 'included from here'],
    ]);
    expect(found?.relatedLocations?.[1]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'bad.zone' },
      region: { startLine: 10 },
    });
  });

  test('describes each rule that spoke once, in the words of its page', async () => {
    const { rules } = JSON.parse(await sarif('bad.zone')).runs[0].tool.driver;
    expect(rules.map(({ id }: { id: string }) => id)).toEqual([
      'syntax-parse-error',
      'core-ttl-mismatch',
      'mx-target-cname',
    ]);
    const { what, why } = findRule('mx-target-cname') ?? { what: '', why: '' };
    expect(rules[2]).toEqual({
      id: 'mx-target-cname',
      shortDescription: { text: what },
      fullDescription: { text: `${what} ${why}` },
      helpUri: 'https://www.rfc-editor.org/rfc/rfc2181#section-10.3',
      help: { text: expect.stringContaining(why), markdown: expect.stringContaining('## What to do\n') },
      defaultConfiguration: { level: 'error', enabled: true },
      properties: { tags: ['dns', 'mail-mx'], 'problem.severity': 'error' },
    });
    expect(rules[2].help.markdown).not.toMatch(/\]\((?!https:)/);
  });

  test('says what could not be read, and that the run is not whole', async () => {
    const { invocations, results } = JSON.parse(await sarif('bad.zone . unknown.txt')).runs[0];
    expect(results.length).toBeGreaterThan(3);
    expect(invocations[0].executionSuccessful).toBe(false);
    expect(
      invocations[0].toolExecutionNotifications.map(
        (each: { level: string; descriptor: object; locations: [Location] }) => [
          each.level,
          each.descriptor,
          each.locations[0].physicalLocation.artifactLocation.uri,
        ],
      ),
    ).toEqual([
      ['note', { id: 'skipped-file' }, 'binary.zone'],
      ['error', { id: 'unreadable-file' }, 'unknown.txt'],
    ]);
  });

  test('every region means the same octets by lines, characters and octets', async () => {
    const bytes = Buffer.from(wide);
    const regions = resultsOf(await sarif('wide.zone --profile strict')).flatMap((result) =>
      [...result.locations, ...(result.relatedLocations ?? [])].map(({ physicalLocation }) => physicalLocation.region),
    );
    expect(regions.length).toBeGreaterThan(3);
    const characters = [...wide.slice(1)];
    for (const {
      startLine,
      startColumn,
      endLine,
      endColumn,
      charOffset,
      charLength,
      byteOffset,
      byteLength,
    } of regions) {
      const octets = bytes
        .subarray(byteOffset, (byteOffset ?? 0) + (byteLength ?? 0))
        .toString()
        .replace('\ufeff', '');
      expect(characters.slice(charOffset, (charOffset ?? 0) + (charLength ?? 0)).join('')).toBe(octets);
      const at = (line: number, column: number): number =>
        wide
          .slice(1)
          .split('\n')
          .slice(0, line - 1)
          .reduce((sum, each) => sum + [...each].length + 1, 0) +
        column -
        1;
      expect(at(startLine, startColumn)).toBe(charOffset);
      expect(at(endLine, endColumn)).toBe((charOffset ?? 0) + (charLength ?? 0));
    }
  });

  test('fingerprints stay when lines move and comments change, and tell equal findings apart', async () => {
    const prints = (text: string): (string | undefined)[] =>
      resultsOf(text).map(({ partialFingerprints }) => partialFingerprints['zonewrightFinding/v1']);
    const before = prints(await sarif('bad.zone'));
    expect(prints(await sarif('bad.zone', { cwd: `${folder.path}/moved` }))).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
    expect(before).toHaveLength(4);
  });

  test('nothing in a message is a placeholder or a link, and every path is a URI', async () => {
    const text = await sarif('. unknown.txt', { cwd: hostile.path });
    const results = resultsOf(text);
    const messages = results.map(({ message }) => message.text);
    expect(messages.some((message) => message.includes('{{0}}[text\\](1)'))).toBe(true);
    expect(messages.filter((message) => /(?<!\{)\{(?:\{\{)*(?!\{)/.test(message))).toEqual([]);
    expect(new Set(results.map(({ locations }) => locations[0].physicalLocation.artifactLocation.uri))).toEqual(
      new Set([uriOf(HOSTILE_NAME)]),
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(messages.filter((message) => /[\u0000-\u001f\u007f]/.test(message))).toEqual([]);
  });

  test('equal input gives equal octets', async () => {
    expect(await sarif('bad.zone', { tick: 123 })).toBe(await sarif('bad.zone'));
  });
});

describe('a path as a URI', () => {
  test.each([
    ['zones/a.zone', 'zones/a.zone'],
    ['a b%c#d?.zone', 'a%20b%25c%23d%3F.zone'],
    ['a:b.zone', 'a%3Ab.zone'],
    ['<stdin>', '%3Cstdin%3E'],
    ['/srv/ä.zone', 'file:///srv/%C3%A4.zone'],
    ['C:/zones/a.zone', 'file:///C:/zones/a.zone'],
    ['\ud800.zone', '%EF%BF%BD.zone'],
  ])('%s is %s', (path, uri) => expect(uriOf(path)).toBe(uri));
});
