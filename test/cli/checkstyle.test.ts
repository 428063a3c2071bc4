import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { xmlText } from '../../cli/report/xml.ts';
import { HOSTILE_NAME, hostileFolder } from './hostile.ts';
import { cli, folderOf, zone } from './run.ts';
import { elements, parseXml } from './xml.ts';

const folder = folderOf({
  'clean.zone': zone(),
  'bad.zone': zone('mx MX 10 alias\nalias CNAME ns1\n$INCLUDE more\nwww A 192.0.2.300\n'),
  more: 'a 300 A 192.0.2.1\na 600 A 192.0.2.2\n',
});
const hostile = hostileFolder();
afterAll(() => {
  folder.remove();
  hostile.remove();
});

const chosen = 'mx-target-cname,core-ttl-mismatch,syntax-*';

describe('checkstyle', () => {
  test('has an element for each finding below its file', async () => {
    const { stdout, code } = await cli(['lint', '.', '--format', 'checkstyle', '--select', chosen], {
      cwd: folder.path,
    });
    expect(code).toBe(1);
    const root = parseXml(stdout);
    expect(root.name).toBe('checkstyle');
    const rows = root.children.flatMap(({ attributes, children }) =>
      children.map(({ name, attributes: { line, column, severity, source } }) =>
        [attributes['name'], name, line, column, severity, source].join(' '),
      ),
    );
    expect(rows).toEqual([
      'bad.zone error 8 10 error zonewright.mx-target-cname',
      'bad.zone error 11 7 error zonewright.syntax-parse-error',
      'more error 2 3 warning zonewright.core-ttl-mismatch',
    ]);
  });

  test('is whole without findings, and whatever --quiet says', async () => {
    const { stdout } = await cli(['lint', 'clean.zone', '--format', 'checkstyle'], { cwd: folder.path });
    expect(parseXml(stdout).children).toEqual([]);
    expect((await cli(['lint', 'clean.zone', '--format', 'checkstyle', '--quiet'], { cwd: folder.path })).stdout).toBe(
      stdout,
    );
  });

  test('is well-formed whatever a zone holds, and says what the JSON report says', async () => {
    const run = (format: string): ReturnType<typeof cli> =>
      cli(['lint', '.', 'unknown.txt', '--format', format, '--profile', 'strict'], { cwd: hostile.path });
    const root = parseXml((await run('checkstyle')).stdout);
    const report = JSON.parse((await run('json')).stdout);
    const errors = elements(root, 'error');
    expect(errors).toHaveLength(report.diagnostics.length + 1);
    expect(errors.map(({ attributes }) => attributes['line']).slice(0, -1)).toEqual(
      report.diagnostics.map(({ range }: { range: { start: { line: number } } }) => String(range.start.line)),
    );
    expect(elements(root, 'file').map(({ attributes }) => attributes['name'])).toEqual([HOSTILE_NAME, 'unknown.txt']);
    expect(errors.at(-1)?.attributes).toMatchObject({ severity: 'error', source: 'zonewright.unreadable-file' });
  });
});

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

describe('text in XML', () => {
  test('any code unit can stand in an attribute and in an element', () => {
    const all = Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit)).join('');
    const root = parseXml(`${head}<a b="${xmlText(all)}">${xmlText(all)}</a>`);
    expect(root.attributes['b']).toBe(root.text);
    expect(root.text).toContain(`!"#$%&'()*+,-./0123456789:;<=>?@`);
  });

  test('any octets can, read as UTF-8', () => {
    const octets = fc.uint8Array({ maxLength: 40 }).map((bytes) => new TextDecoder().decode(bytes));
    fc.assert(fc.property(octets, (text) => parseXml(`${head}<a b="${xmlText(text)}"/>`).name === 'a'));
  });
});

describe('the XML check of these tests', () => {
  test.each(['<a b="1"><c>&lt;x</c></a>', '<a/>\n'])('takes %s', (text) =>
    expect(parseXml(head + text).name).toBe('a'),
  );

  test.each([
    '<a>',
    '<a></b>',
    '<a b=1/>',
    '<a b="<"/>',
    '<a>\u0001</a>',
    '<a>\ufffe</a>',
    '<a>]]></a>',
    '<a>&nbsp;</a>',
    '<a>& b</a>',
    '<a/><a/>',
    '<a b="" b=""/>',
  ])('refuses %j', (text) => expect(() => parseXml(head + text)).toThrow());
});
