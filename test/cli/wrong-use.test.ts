import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from '../../cli/app.ts';
import { REPORT_FORMATS } from '../../cli/report/formats.ts';
import { cli, folderOf, world, zone } from './run.ts';

const utf16 = Buffer.from(`\ufeff${zone()}`, 'utf16le');
const folder = folderOf({
  'example.net.zone': zone(),
  'other.zone': zone('', 'example.org'),
  records: 'www 3600 A 192.0.2.1\n',
  'binary.zone': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
  'utf16.zone': utf16,
  'key.pem': '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAA\n-----END PRIVATE KEY-----\n',
  'cut.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n',
  'empty.pem': '',
  'text.pem': 'hello\n',
  'zone.json': '{ "origin": "example.net.", "records": [] }\n',
  'broken.json': '{ "origin": ',
  'none/readme.txt': 'nothing here\n',
  'raw/a.db': new Uint8Array([0, 1, 2]),
  'lint.d/x': '',
  'links/records': 'www 3600 A 192.0.2.1\n',
});
symlinkSync('nothing', join(folder.path, 'links/dead.zone'));
afterAll(() => folder.remove());

const zoneFile = 'example.net.zone';
const certificates = 'give the certificate file (often cert.pem or fullchain.pem)';

/** Every way to use the program wrongly, and the whole of what it answers. */
const table: readonly (readonly [line: string, sentence: string])[] = [
  [
    '',
    'a command is missing; the commands are lint, ci, status, plan, verify, certs, probe, merge-reports, rules, explain, edit, init, serve, query, fmt, diff, generate, convert',
  ],
  ['lnit x', "unknown command 'lnit'; did you mean lint?"],
  ['frobnicate', "unknown command 'frobnicate'; 'zonewright --help' lists them"],
  [zoneFile, `unknown command '${zoneFile}'; to check a zone: zonewright lint ${zoneFile}`],
  ['help lnit', "unknown command 'lnit'; did you mean lint?"],
  ['--verison', "unknown option '--verison'; did you mean --version?"],
  [`lint --formt json ${zoneFile}`, "unknown option '--formt' of lint; did you mean --format?"],
  ['lint --wibble', "unknown option '--wibble' of lint; 'zonewright lint --help' lists them"],
  ['ci --fix', "unknown option '--fix' of ci; 'zonewright ci --help' lists them"],
  ['lint --origin', 'option --origin needs a value: --origin <name>'],
  [`lint --format jsn ${zoneFile}`, "--format cannot be 'jsn'; did you mean json?"],
  [
    `lint --format docx ${zoneFile}`,
    `--format cannot be 'docx'; it is ${REPORT_FORMATS.slice(0, -1).join(', ')} or ${REPORT_FORMATS.at(-1)}`,
  ],
  [`lint --profile lod ${zoneFile}`, "--profile cannot be 'lod'; did you mean load?"],
  [`lint --color sometimes ${zoneFile}`, "--color cannot be 'sometimes'; it is auto, always or never"],
  [`lint --severity warn ${zoneFile}`, "--severity cannot be 'warn'; it is info, warning or error"],
  [`lint --rule core-ttl-sort=off ${zoneFile}`, 'no rule is called "core-ttl-sort"; did you mean core-ttl-short?'],
  [`lint --rule core-ttl-short ${zoneFile}`, "--rule needs ID=LEVEL such as core-ttl-short=off, not 'core-ttl-short'"],
  [`lint --rule core-ttl-short=of ${zoneFile}`, "--rule core-ttl-short=of: there is no level 'of'; did you mean off?"],
  [`lint --select nope* ${zoneFile}`, 'no rule, group or pattern is called "nope*"; see `zonewright rules`'],
  [`lint --ignore mail-mxx ${zoneFile}`, 'no rule, group or pattern is called "mail-mxx"; did you mean mail-mx?'],
  [`lint --max-warnings -1 ${zoneFile}`, "--max-warnings needs a whole number, 0 or more, not '-1'"],
  [`lint --max-diagnostics few ${zoneFile}`, "--max-diagnostics needs a whole number, 0 or more, not 'few'"],
  [`lint --jobs 0 ${zoneFile}`, "--jobs needs a whole number, 1 to 64, not '0'"],
  [
    `lint --now yesterday ${zoneFile}`,
    "--now needs a date such as 2026-11-21 or 2026-11-21T08:30:00Z, not 'yesterday'",
  ],
  [
    `lint --now 2026-02-30 ${zoneFile}`,
    "--now needs a date such as 2026-11-21 or 2026-11-21T08:30:00Z, not '2026-02-30'",
  ],
  [`lint --origin a..b ${zoneFile}`, "--origin needs a domain name such as example.net, not 'a..b'"],
  ['lint example.net.zoen', 'no such file or folder: example.net.zoen; did you mean example.net.zone?'],
  ['lint links/dead.zone', 'links/dead.zone is a link to a file that is not there'],
  ['lint missing/x.zone', 'no such file or folder: missing/x.zone; check the path'],
  [
    'lint none',
    'no zone files in the folder none: looked for *.zone, *.db, *.dns, db.* and files with a SOA record; give their paths',
  ],
  ['lint raw', 'no zone files here: all files that looked like one are binary'],
  ['lint *.hosts', 'no file matches the pattern *.hosts'],
  ['lint binary.zone', 'binary.zone is a binary file (octet 4 is NUL), not a zone file'],
  ['lint utf16.zone', 'utf16.zone is UTF-16 text: save it as UTF-8'],
  ['lint key.pem', 'key.pem is a PEM file, not a zone file: give certificates with --cert FILE'],
  ['lint zone.json', 'zone.json is JSON, not a zone file: zonewright convert --to zone makes one of zone JSON'],
  [
    'lint records',
    'cannot tell which zone records holds (no absolute SOA owner, no $ORIGIN, no file name that fits its owners): give --origin NAME',
  ],
  [
    'lint --origin example.net example.net.zone other.zone',
    '--origin names one zone, but there are 2 files: lint them one by one',
  ],
  [`lint ${zoneFile} --cert none.pem`, 'no such file or folder: none.pem; check the path'],
  [`lint ${zoneFile} --cert kye.pem:server`, 'no such file or folder: kye.pem; did you mean key.pem?'],
  [`lint ${zoneFile} --cert none`, 'none is a folder: give its files with --cert, or the folder with --certs'],
  [`lint ${zoneFile} --cert key.pem`, `key.pem is a private key, not a certificate: ${certificates}`],
  [`lint ${zoneFile} --server-cert empty.pem`, 'empty.pem is empty: give a certificate file in PEM form'],
  [
    `lint ${zoneFile} --cert text.pem:client`,
    `text.pem has no PEM certificate block: ${certificates}, which holds a line '-----BEGIN CERTIFICATE-----'`,
  ],
  [
    `lint ${zoneFile} --cert cut.pem:client`,
    "cut.pem: the 'CERTIFICATE' block has no END line: the file is cut short; copy it again",
  ],
  [`lint ${zoneFile} --cert key.pem:sever`, "--cert key.pem:sever: unknown role 'sever': did you mean 'server'?"],
  [`lint ${zoneFile} --cert=`, 'the name of a certificate file is empty: give --cert FILE'],
  [`lint ${zoneFile} --output none`, 'cannot write none: this is a folder, not a file'],
  [`lint ${zoneFile} --output no/such/folder`, 'cannot write no/such/folder: no such file or folder'],
  [
    `lint ${zoneFile} --include-root ${zoneFile}/x --output ${zoneFile}/x`,
    `cannot write ${zoneFile}/x: a part of the path is a file, not a folder`,
  ],
  ['rules --select nope', 'no rule, group or pattern is called "nope"; see `zonewright rules`'],
  ['rules core-soa-missing', 'too many arguments for rules: expected 0, got 1; write zonewright rules [options]'],
  ['explain', 'an argument of explain is missing; write zonewright explain [options] <rules...>'],
  ['explain mx-target-cnam', "there is no rule 'mx-target-cnam'; did you mean mx-target-cname?"],
  ['explain everything-else', "there is no rule 'everything-else'; `zonewright rules` lists them"],
  ['convert', 'an argument of convert is missing; write zonewright convert [options] <file>'],
  ['convert a b', 'too many arguments for convert: expected 1, got 2; write zonewright convert [options] <file>'],
  ['convert example.net.zoen', 'no such file or folder: example.net.zoen; did you mean example.net.zone?'],
  ['convert none', 'none: this is a folder, not a file'],
  [
    `convert ${zoneFile} --to yaml`,
    "--to cannot be 'yaml'; it is canonical, json, zone, dns-zonefile, octodns or dnscontrol",
  ],
  [`convert ${zoneFile} --wire`, '--wire goes with --to json only'],
  ['convert zone.json --origin example.net', '--origin is for zone files: a JSON zone says its origin itself'],
  ['convert binary.zone', 'binary.zone is a binary file (octet 4 is NUL), not a zone file'],
];

describe('wrong use ends with 2 and one sentence on stderr', () => {
  test.each(table)('%s', async (line, sentence) => {
    const ran = await cli(line === '' ? [] : line.split(' '), { cwd: folder.path });
    expect(ran).toEqual({ code: 2, stdout: '', stderr: `error: ${sentence}\n` });
  });

  test('an empty path', async () => {
    const ran = await cli(['lint', ''], { cwd: folder.path });
    expect(ran.stderr).toBe('error: a path is empty: give a file, a folder or - for standard input\n');
    expect(ran.code).toBe(2);
  });

  test('text that no JSON parser reads', async () => {
    const ran = await cli(['convert', 'broken.json'], { cwd: folder.path });
    expect(ran.stderr).toMatch(/^error: broken\.json is no JSON: .+\n$/);
    expect(ran.code).toBe(2);
  });

  test('a control character in what was given reaches no terminal', async () => {
    const ran = await cli(['lint', 'a\u001b]0;b'], { cwd: folder.path });
    expect(ran.stderr).toBe('error: no such file or folder: a␛]0;b; check the path\n');
  });

  test('one unreadable file among others: the others are reported, the exit code is 2', async () => {
    const ran = await cli(['lint', 'binary.zone', zoneFile], { cwd: folder.path });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toBe('error: binary.zone is a binary file (octet 4 is NUL), not a zone file\n');
    expect(ran.stdout).toMatch(/^No problems found\. Checked 1 zone, /);
  });

  test('many unreadable files are not all named', async () => {
    const files = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`z${index}`, '@ SOA a b 1 2 3 4 5\n']));
    const many = folderOf(files);
    const { code, stdout, stderr } = await cli(['lint'], { cwd: many.path });
    many.remove();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')).toHaveLength(22);
    expect(stderr).toMatch(/\nerror: 5 more of this kind\n$/);
  });

  test('what nobody foresaw is one line, and a stack only when asked for', async () => {
    const broken = (env: Record<string, string>): ReturnType<typeof world> & { code: Promise<number> } => {
      const made = world({ cwd: folder.path, env });
      const readFile = (): never => {
        throw new TypeError('this was not to be');
      };
      return { ...made, code: run(['lint', zoneFile], { ...made.io, readFile }) };
    };
    const plain = broken({});
    expect(await plain.code).toBe(2);
    expect(plain.written.stderr.join('')).toMatch(/^internal error: this was not to be; please report it \(.+\)\n$/);
    const debug = broken({ ZONEWRIGHT_DEBUG: '1' });
    expect(await debug.code).toBe(2);
    expect(debug.written.stderr.join('')).toMatch(/\n {4}at /);
  });
});
