import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { canonicalLines } from '../../lib/zone/canonical.ts';
import { zoneOf } from '../edit/generate.ts';
import { root } from '../house/sources.ts';
import { cli, folderOf, type Ran } from './run.ts';

const SPEC = `domain: example.net
receives: [mx1]
sends: mx1
spf: fail
smtpTls: implicit+backup
dmarc: { policy: reject, reports: dmarc@example.net }
`;

const ZONE = `$ORIGIN example.net. ; the origin
$TTL 7200
; Grüße
@ SOA ns1 hostmaster 2026112005 7200 1800 1209600 3600
@ NS ns1   ; first
@ NS ns2
ns1 A 192.0.2.1
ns1 AAAA 2001:db8:1::1
ns2 A 198.51.100.1
ns2 AAAA 2001:db8:2::1

@ TXT "some-verification=1" ; not ours
mx1 A 192.0.2.10
\t AAAA 2001:db8:1::10 ; blank owner`;

let folder: ReturnType<typeof folderOf>;
beforeEach(() => {
  folder = folderOf({ 'spec.yaml': SPEC, 'example.net.zone': ZONE });
});
afterEach(() => folder.remove());

const generate = (line: string, given = {}): Promise<Ran> =>
  cli(['generate', ...line.split(' ')], { cwd: folder.path, ...given });
const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8');
const write = (name: string, text: string): void => writeFileSync(join(folder.path, name), text);

describe('generate', () => {
  test('makes the mail records of the example from its spec', async () => {
    cpSync(join(root, 'test/example'), folder.path, { recursive: true });
    const { code, stdout, stderr } = await generate('example.net.mail.yaml');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const set = (text: string): string[] =>
      [...canonicalLines(zoneOf(text))].map((line) => line.replaceAll('" "', '').replace(/ 2026112101 /, ' 1 '));
    expect(set(stdout)).toEqual(set(read('example.net.zone')));
  });

  test('writes policies, and zones with a serial that is raised only when something changes', async () => {
    cpSync(join(root, 'test/example'), folder.path, { recursive: true });
    expect((await generate('example.net.mail.yaml --output out.zone --policy-dir www --now 2026-11-21')).code).toBe(0);
    expect(read('out.zone')).toContain('2026112100 ; serial');
    expect(read('www/example.net.mta-sts.txt')).toMatch(/^version: STSv1\nmode: enforce\n/);
    const before = statSync(join(folder.path, 'out.zone')).mtimeMs;
    expect((await generate('example.net.mail.yaml --output out.zone --now 2026-11-22')).stderr).toBe('');
    expect(statSync(join(folder.path, 'out.zone')).mtimeMs).toBe(before);
    expect((await generate('example.net.mail.yaml --output out.zone --check')).code).toBe(0);
    write('example.net.mail.yaml', read('example.net.mail.yaml').replace('spf: fail', 'spf: softfail'));
    const { code, stdout } = await generate('example.net.mail.yaml --output out.zone --check --now 2026-11-22');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^-.*-all"$/m);
    await generate('example.net.mail.yaml --output out.zone --now 2026-11-22');
    expect(read('out.zone')).toContain('2026112200 ; serial');
    await generate('example.net.mail.yaml --output out.zone --serial 7');
    expect(read('out.zone')).toMatch(/ 7 +; serial/);
  });

  test('tells every mistake with its place and writes nothing', async () => {
    write(
      'bad.yaml',
      'domain: example.net\nrecieves: mx1\nreceives:\n  - mx9\nspf: fial\ndmarc: { polcy: reject }\nsmtpTls: implict\n',
    );
    const { code, stdout, stderr } = await generate('bad.yaml --output bad.zone');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(existsSync(join(folder.path, 'bad.zone'))).toBe(false);
    expect(
      stderr
        .split('\n')
        .map((line) => line.replace(/^error: (bad.yaml:\d+:\d+: \S+) .*?(?:(?:; did you mean )(.*))?$/, '$1 $2')),
    ).toEqual([
      'bad.yaml:2:1: recieves "receives"?',
      'bad.yaml:4:5: receives[0] ',
      'bad.yaml:5:6: spf fail?',
      'bad.yaml:6:1: dmarc ',
      'bad.yaml:6:10: dmarc.polcy "policy"?',
      'bad.yaml:7:10: smtpTls "implicit"?',
      '',
    ]);
  });

  test.each<[string, string]>([
    ['domain: [', 'spec.yaml:'],
    ['', 'spec.yaml:1:1: the file is empty'],
    ['\0', 'spec.yaml is a binary file'],
    ['domain: a.example\ndomain: b.example', 'spec.yaml:2:1: "domain" stands here for the second time'],
    ['a: &a [*a]\n', 'spec.yaml:1:'],
  ])('refuses %j', async (text, words) => {
    write('spec.yaml', text);
    const { code, stdout, stderr } = await generate('spec.yaml');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  test.each<[string, string]>([
    ['', 'a spec is missing'],
    ['nothing.yaml', 'nothing.yaml'],
    ['spec.yaml --into example.net.zone --output x', '--into writes the zone file itself'],
    ['spec.yaml --check', '--check compares with a file'],
    ['spec.yaml --fragment --into x', '--into and --fragment exclude each other'],
    ['spec.yaml --serial 9999999999', '--serial needs'],
    ['spec.yaml --from-zone example.net.zone', '--from-zone takes no spec'],
    ['spec.yaml', 'for which "hosts" has no addresses'],
  ])('is wrong use: %s', async (line, words) => {
    const { code, stdout, stderr } = await cli(['generate', ...line.split(' ').filter((word) => word !== '')], {
      cwd: folder.path,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });

  test('reads JSON and standard input', async () => {
    write('spec.json', JSON.stringify({ domain: 'example.org', receives: ['mx.example.net'] }));
    const expected = '; Where mail for example.org goes.\nexample.org. IN MX   10 mx.example.net.\n';
    expect((await generate('spec.json --fragment')).stdout).toBe(expected);
    expect(
      (await generate('- --fragment', { stdin: '{"domain": "example.org", "receives": "mx.example.net"}' })).stdout,
    ).toBe(expected);
    expect((await generate('- --fragment', { stdin: 'domain: example.org\nreceives: mx.example.net' })).stdout).toBe(
      expected,
    );
  });

  test('writes each of several zones to a folder, or the one that is chosen', async () => {
    write(
      'spec.yaml',
      'domains: [example.net, example.org]\nzone: { nameServers: [ns.example.com] }\nreceives: none\nmtaSts: { mode: none, host: www.example.com }\n',
    );
    expect((await generate('spec.yaml')).stderr).toContain('several zones (example.net, example.org)');
    expect((await generate('spec.yaml --zone example.org')).stdout).toContain('$ORIGIN example.org.');
    expect((await generate('spec.yaml --output-dir all')).code).toBe(0);
    for (const name of ['example.net.zone', 'example.org.zone', 'example.org.mta-sts.txt'])
      expect(read(`all/${name}`)).not.toBe('');
  });

  test('warns of what the usual rules find', async () => {
    write(
      'spec.yaml',
      'domain: example.net\nzone: { nameServers: [ns1] }\nhosts: { ns1: 192.0.2.1 }\nreceives: mx.example.org\nspf: v=spf1 +all\n',
    );
    const { code, stderr } = await generate('spec.yaml');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: example\.net\.zone:\d+:\d+: error spf-all-pass: /m);
  });
});

describe('generate --into', () => {
  const into = (more = ''): Promise<Ran> => generate(`spec.yaml --into example.net.zone --now 2026-11-21${more}`);

  test('adds a block at the end, raises the serial and changes nothing else', async () => {
    chmodSync(join(folder.path, 'example.net.zone'), 0o640);
    const check = await into(' --check');
    expect(check.code).toBe(1);
    expect(read('example.net.zone')).toBe(ZONE);
    expect(await into()).toEqual({ code: 0, stdout: '', stderr: 'note: wrote example.net.zone\n' });
    const after = read('example.net.zone');
    const start = after.indexOf('\n; zonewright:begin mail example.net\n');
    expect(after.slice(0, start)).toBe(`${ZONE.replace('2026112005', '2026112100')}\n`);
    expect(after.endsWith('\n; zonewright:end\n')).toBe(true);
    expect(statSync(join(folder.path, 'example.net.zone')).mode & 0o777).toBe(0o640);
    expect(zoneOf(after).problems).toEqual([]);
    expect(await into()).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await into(' --check')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(read('example.net.zone')).toBe(after);
  });

  test('replaces its block later, between what others wrote', async () => {
    await into();
    const tail = '; after the block\n$ORIGIN sub.example.net.\nhost A 192.0.2.99 ; mine\n\n';
    write('example.net.zone', read('example.net.zone') + tail);
    write('spec.yaml', SPEC.replace('spf: fail', 'spf: softfail'));
    expect((await into(' --no-bump-serial')).code).toBe(0);
    const after = read('example.net.zone');
    expect(after).toContain('~all');
    expect(after.endsWith(tail)).toBe(true);
    expect(after).toContain('2026112100 7200');
  });

  test('keeps CRLF, and writes whole names where another origin holds', async () => {
    const crlf = `${ZONE}\n$ORIGIN sub.example.net.\na A 192.0.2.9\n`.replaceAll('\n', '\r\n');
    write('example.net.zone', crlf);
    expect((await into()).code).toBe(0);
    const after = read('example.net.zone');
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    expect(after).toMatch(/\nexample\.net\. +IN MX +10 mx1\.example\.net\.\r\n/);
    expect(after.startsWith(crlf.replace('2026112005', '2026112100'))).toBe(true);
  });

  test('leaves records alone that stand there as the spec wants them', async () => {
    write('example.net.zone', `${ZONE}\n@ MX 10 mx1\n@ TXT "v=spf1 a:mx1.example.net -all"\n`);
    expect((await into()).code).toBe(0);
    expect(read('example.net.zone').match(/ MX /g)).toHaveLength(1);
    expect(read('example.net.zone').match(/v=spf1/g)).toHaveLength(1);
  });

  test.each<[string, string, RegExp]>([
    ['another MX', '@ MX 5 mx1\n', /example\.net\.zone:15:1: MX of example\.net stands here/],
    ['another SPF', '@ TXT "v=spf1 ?all"\n', /:15:1: TXT of example\.net stands here/],
    ['an alias', '_dmarc CNAME d.example.org.\n', /:15:1: CNAME of _dmarc\.example\.net stands here/],
    [
      'an open block',
      '; zonewright:begin mail example.net\n',
      /:15:1: the block example\.net has no "; zonewright:end"/,
    ],
    ['an open parenthesis', 'a TXT ( "b"\n', /would mean something else/],
  ])('refuses %s', async (_, lines, words) => {
    const text = `${ZONE}\n${lines}`;
    write('example.net.zone', text);
    const { code, stderr } = await into();
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(read('example.net.zone')).toBe(text);
  });

  test('refuses to give a line behind the block another owner', async () => {
    await into();
    write('example.net.zone', `${read('example.net.zone')}  A 192.0.2.7\n`);
    write('spec.yaml', SPEC.replace(/dmarc.*\n/, ''));
    const { code, stderr } = await into();
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('begins with a blank and would belong to another owner'),
    });
  });

  test('two specs have a block each', async () => {
    write('lists.yaml', 'domain: lists.example.net\nreceives: mx1\n');
    await into();
    expect((await generate('lists.yaml --into example.net.zone')).code).toBe(0);
    expect(read('example.net.zone').match(/^; zonewright:begin .*$/gm)).toEqual([
      '; zonewright:begin mail example.net',
      '; zonewright:begin mail lists.example.net',
    ]);
    expect((await into(' --check')).code).toBe(0);
  });

  test('raises the serial in the file where it stands', async () => {
    mkdirSync(join(folder.path, 'parts'));
    const [soa = ''] = /^@ SOA.*\n/m.exec(ZONE) ?? [];
    write('parts/soa', `; kept\n${soa}`);
    write('example.net.zone', ZONE.replace(soa, '$INCLUDE parts/soa\n'));
    expect((await into()).stderr).toBe('note: wrote example.net.zone\nnote: wrote parts/soa\n');
    expect(read('parts/soa')).toBe(`; kept\n${soa.replace('2026112005', '2026112100')}`);
  });

  test('changes no octet of any other line', async () => {
    const line = fc.constantFrom(
      '; comment ü',
      '',
      'a A 192.0.2.1',
      '  A 192.0.2.2 ; blank owner',
      '$TTL 60',
      '$ORIGIN b.example.net.',
      'c TXT ( "x" ; in\n  "y" )',
      'd 5 TXT "; zonewright:end"',
      '\t',
      'e\tTXT\ta\\;b',
    );
    const end = fc.constantFrom('', '\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), end, fc.boolean(), async (all, last, crlf) => {
        const text = `${ZONE}\n${all.join('\n')}`.replaceAll('\n', crlf ? '\r\n' : '\n') + last;
        write('example.net.zone', text);
        write('spec.yaml', SPEC);
        expect((await into(' --no-bump-serial')).stderr).not.toContain('error');
        const first = read('example.net.zone');
        expect(first.startsWith(text)).toBe(true);
        write('spec.yaml', SPEC.replace('fail', 'softfail'));
        await into(' --no-bump-serial');
        expect(read('example.net.zone').startsWith(text)).toBe(true);
        write('spec.yaml', SPEC);
        await into(' --no-bump-serial');
        expect(read('example.net.zone')).toBe(first);
      }),
      { numRuns: 60 },
    );
  });
});

describe('generate --from-zone', () => {
  test('writes a spec that the zone fits', async () => {
    cpSync(join(root, 'test/example'), folder.path, { recursive: true });
    expect(await generate('--from-zone example.net.zone --output back.yaml')).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(parse(read('back.yaml')).receives).toEqual(['mx1', 'mx2']);
    const { code, stdout } = await generate('back.yaml');
    expect(code).toBe(0);
    const set = (text: string): string[] =>
      [...canonicalLines(zoneOf(text))]
        .filter((line) => !line.includes(' SOA '))
        .map((line) => line.replaceAll('" "', ''));
    expect(set(stdout)).toEqual(set(read('example.net.zone')));
  });
});
