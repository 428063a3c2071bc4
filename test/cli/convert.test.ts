import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { cli, folderOf, zone } from './run.ts';

const folder = folderOf({
  'example.net.zone': zone('@ TYPE265 \\# 20 000a046f757431076578616d706c65036e657400\nWWW A 192.0.2.80\n'),
  'bad.zone': zone('a A 192.0.2.300\nb A 192.0.2.2\n$FOO\n', 'example.org'),
  'bad.json': JSON.stringify({
    origin: 'example.net.',
    records: [
      { name: 'a.example.net.', ttl: 300, class: 'IN', type: 'A', data: { address: '192.0.2.300' } },
      { name: 'b.example.net.', ttl: 300, class: 'IN', type: 'A', data: { address: '192.0.2.2' } },
      { name: 'c', ttl: -1, class: 'IN', type: 'A', data: { address: '192.0.2.3' } },
    ],
  }),
  'worse.json': JSON.stringify({ origin: 'example.net.', records: 1 }),
});
afterAll(() => folder.remove());
const convert = (line: string, given = {}): ReturnType<typeof cli> =>
  cli(['convert', ...line.split(' ')], { cwd: folder.path, ...given });

const canonical = `example.net. 3600 IN NS ns1.example.net.
example.net. 3600 IN NS ns2.example.net.
example.net. 3600 IN SOA ns1.example.net. hostmaster.example.net. 1 7200 1800 1209600 3600
example.net. 3600 IN TYPE265 \\# 20 000a046f757431076578616d706c65036e657400
ns1.example.net. 3600 IN A 192.0.2.1
ns2.example.net. 3600 IN A 198.51.100.1
www.example.net. 3600 IN A 192.0.2.80
`;

describe('convert', () => {
  test('to canonical form, which is the default', async () => {
    expect(await convert('example.net.zone')).toEqual({ code: 0, stdout: canonical, stderr: '' });
    expect((await convert('example.net.zone --to canonical')).stdout).toBe(canonical);
  });

  test('to JSON and back', async () => {
    const { stdout } = await convert('example.net.zone --to json');
    const { origin, records } = JSON.parse(stdout);
    expect(origin).toBe('example.net.');
    expect(records).toHaveLength(7);
    expect(records.some((record: object) => 'wire' in record)).toBe(false);
    expect((await convert('- --to canonical', { stdin: stdout })).stdout).toBe(canonical);
    expect((await convert('- --from json --to canonical', { stdin: stdout })).stdout).toBe(canonical);
  });

  test('to JSON with RDATA in hex', async () => {
    const { records } = JSON.parse((await convert('example.net.zone --to json --wire')).stdout);
    expect(records.map(({ wire }: { wire: string }) => wire)).toContain('c0000201');
  });

  test('to a zone file that says the same', async () => {
    const { stdout } = await convert('example.net.zone --to zone');
    expect(stdout).toMatch(/^\$ORIGIN example\.net\.\n/);
    expect((await convert('- --stdin-filename x', { stdin: stdout })).stdout).toBe(canonical);
  });

  test('writes the records it can read, names the others on stderr and ends with 1', async () => {
    const { code, stdout, stderr } = await convert('bad.zone');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^b\.example\.org\. 3600 IN A 192\.0\.2\.2$/m);
    expect(stdout).not.toMatch(/^a\./m);
    expect(stderr.replaceAll(/: [^:\n]*$/gm, '')).toBe(
      'bad.zone:8:5: error syntax-parse-error\nbad.zone:10:1: error syntax-unknown-directive\n',
    );
  });

  test('does so for JSON too, and names the place by its pointer', async () => {
    const { code, stdout, stderr } = await convert('bad.json');
    expect({ code, stdout }).toEqual({ code: 1, stdout: 'b.example.net. 300 IN A 192.0.2.2\n' });
    expect(stderr).toMatch(/^bad\.json: \/records\/0\/data\/address: .*\nbad\.json: \/records\/2\/(name|ttl): /);
  });

  test('a document that is no zone at all is unreadable input', async () => {
    const { code, stdout, stderr } = await convert('worse.json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: worse\.json: \/records: expected an array of records, found 1\n$/);
  });

  test('--output writes a file', async () => {
    expect(await convert('example.net.zone --output out.txt')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(`${folder.path}/out.txt`, 'utf8')).toBe(canonical);
  });

  test('--origin names the zone of a file that does not tell', async () => {
    const stdin = '@ 60 IN A 192.0.2.1\n';
    const { stdout } = await convert('- --origin example.com', { stdin });
    expect(stdout).toBe('example.com. 60 IN A 192.0.2.1\n');
    expect((await convert('-', { stdin })).code).toBe(2);
  });

  test('names the line of what it cannot read in a file of many windows', async () => {
    const comments = `; ${'x'.repeat(1021)}\n`.repeat(9000);
    const stdin = `$ORIGIN example.net.\n${comments}a 60 A 192.0.2.1\nb 60 A x\n${comments}c 60 MX 0 .\n`;
    for (const to of ['zone', 'json', 'canonical']) {
      const { code, stdout, stderr } = await convert(`- --to ${to}`, { stdin });
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^<stdin>:9003:8: error [^\n]*\n$/) });
      expect(stdout.match(/192\.0\.2\.1|MX/g)).toHaveLength(2);
    }
  });

  test('a NUL far into a zone file makes it a binary file, and no file is written', async () => {
    const stdin = `$ORIGIN example.net.\n${`; ${'x'.repeat(1021)}\n`.repeat(9000)}\0`;
    const { code, stderr } = await convert('- --to zone --output binary.zone', { stdin });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: <stdin> is a binary file (octet 9216021 is NUL), not a zone file\n',
    });
    expect(existsSync(`${folder.path}/binary.zone`)).toBe(false);
  });

  test('to dns-zonefile and back, naming what its JSON cannot hold', async () => {
    const { code, stdout, stderr } = await convert('example.net.zone --to dns-zonefile');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'warning: example.net. 3600 IN CLIENTMX 10 out1.example.net.: dns-zonefile does not know the type TYPE265\n',
    });
    expect(JSON.parse(stdout).a).toContainEqual({ name: 'WWW', ip: '192.0.2.80', ttl: 3600 });
    const rest = canonical.replace(/.*TYPE265.*\n/, '');
    expect(await convert('-', { stdin: stdout })).toEqual({ code: 0, stdout: rest, stderr: '' });
    expect((await convert('- --from dns-zonefile', { stdin: stdout })).stdout).toBe(rest);
    const without = JSON.stringify({ ...JSON.parse(stdout), $origin: undefined, soa: undefined, tlsa: [] });
    const again = await convert('- --origin example.net', { stdin: without });
    expect({ code: again.code, stderr: again.stderr }).toEqual({
      code: 1,
      stderr: '<stdin>: /tlsa: dns-zonefile has no such member\n',
    });
  });

  test('says so when dns-zonefile cannot make a zone file of its own JSON', async () => {
    const { code, stderr } = await convert('- --to dns-zonefile --origin example.net', { stdin: '@ 60 A 192.0.2.1\n' });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'warning: <stdin>: dns-zonefile makes no zone file without a SOA\n',
    });
  });

  test('to octoDNS and dnscontrol', async () => {
    const octodns = await convert('example.net.zone --to octodns');
    expect(octodns.stdout).toContain('"www":\n- ttl: 3600\n  type: A\n  values:\n  - "192.0.2.80"\n');
    expect(octodns).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^warning: .* SOA .*\nwarning: .*CLIENTMX.*\n$/),
    });
    const dnscontrol = await convert('example.net.zone --to dnscontrol');
    expect(dnscontrol.stdout).toContain('  A("www", "192.0.2.80"),\n');
    expect(dnscontrol.code).toBe(1);
  });
});
