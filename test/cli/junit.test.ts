import { afterAll, describe, expect, test } from 'vitest';
import { hostileFolder } from './hostile.ts';
import { cli, folderOf, zone } from './run.ts';
import { elements, parseXml, type XmlElement } from './xml.ts';

const bad = 'mx MX 10 alias\nalias CNAME ns1\n$INCLUDE more\nwww A 192.0.2.300\n';
const folder = folderOf({
  'bad.zone': zone(bad),
  'clean.zone': zone('', 'example.org'),
  'moved.zone': zone(`\n\n${bad}`),
  more: 'a 300 A 192.0.2.1\na 600 A 192.0.2.2\nb A x\nc A x\n',
  'unknown.txt': 'www 60 IN A 192.0.2.1\n',
});
const hostile = hostileFolder();
afterAll(() => {
  folder.remove();
  hostile.remove();
});

const junit = async (...paths: string[]): Promise<XmlElement> =>
  parseXml(
    (
      await cli(['lint', ...paths, '--format', 'junit', '--select', 'mx-target-cname,core-ttl-mismatch,syntax-*'], {
        cwd: folder.path,
      })
    ).stdout,
  );
const names = (root: XmlElement): string[] =>
  elements(root, 'testcase').map(({ attributes, children }) =>
    [attributes['name'], children[0]?.name ?? 'passed', children[0]?.attributes['type'] ?? ''].join(' | '),
  );

describe('junit', () => {
  test('has a suite for each zone file and a test for each finding', async () => {
    const root = await junit('bad.zone', 'clean.zone');
    expect(root.children.map(({ attributes }) => attributes)).toEqual([
      { name: 'bad.zone', tests: '5', failures: '5', errors: '0', skipped: '0' },
      { name: 'clean.zone', tests: '1', failures: '0', errors: '0', skipped: '0' },
    ]);
    expect(names(root)).toEqual([
      'mx-target-cname mx.example.net. MX | failure | error',
      'syntax-parse-error example.net. | failure | error',
      'core-ttl-mismatch a.example.net. A | failure | warning',
      'syntax-parse-error example.net. #2 | failure | error',
      'syntax-parse-error example.net. #3 | failure | error',
      'no findings | passed | ',
    ]);
    const included = elements(root, 'testcase')[2];
    expect(included?.attributes).toMatchObject({ classname: 'more', file: 'more', line: '2' });
    expect(included?.children[0]?.text).toMatch(/^more:2:3: warning core-ttl-mismatch: /);
  });

  test('tests keep their names when lines move', async () => {
    expect(names(await junit('moved.zone'))).toEqual(names(await junit('bad.zone')));
  });

  test('infos are skipped tests', async () => {
    const args = ['lint', 'bad.zone', '--rule', 'mx-target-cname=info', '--select', 'mx-target-cname'];
    const root = parseXml((await cli([...args, '--format', 'junit'], { cwd: folder.path })).stdout);
    expect(elements(root, 'skipped')).toHaveLength(1);
    expect(root.children[0]?.attributes).toMatchObject({ tests: '1', failures: '0', skipped: '1' });
  });

  test('a file that cannot be read is an error', async () => {
    const root = await junit('clean.zone', 'unknown.txt');
    expect(root.children[1]?.attributes).toMatchObject({ name: 'unknown.txt', errors: '1' });
    expect(elements(root, 'error')[0]?.attributes['message']).toContain('--origin');
  });

  test('is well-formed whatever a zone holds', async () => {
    const args = ['lint', '.', '--format', 'junit', '--profile', 'strict'];
    const root = parseXml((await cli(args, { cwd: hostile.path })).stdout);
    expect(elements(root, 'testcase').length).toBeGreaterThan(20);
    const messages = elements(root, 'failure').map(({ attributes }) => attributes['message'] ?? '');
    for (const piece of ['<script>alert`1`</script>', ']]>', '&amp&#0&lt', '\\027[31m']) {
      expect(
        messages.some((message) => message.includes(piece)),
        piece,
      ).toBe(true);
    }
  });
});
