import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { CertificateRow } from '../../cli/certs/rows.ts';
import { cli, type Given } from './run.ts';
import { schemaFaults } from './schemas.ts';

const example = fileURLToPath(new URL('../example/', import.meta.url));
const certs = (line: string, given: Given = {}): ReturnType<typeof cli> =>
  cli(['certs', ...line.split(' ')], { cwd: example, ...given });

async function rowsOf(line: string): Promise<readonly CertificateRow[]> {
  const { stdout } = await certs(`${line} --format json`);
  const value = JSON.parse(stdout);
  expect(schemaFaults('certificate-list', value)).toEqual([]);
  return value.certificates;
}

describe('certs', () => {
  test('lists every certificate of a folder with names, roles, hosts of the zone, days and verdict', async () => {
    const rows = await rowsOf('certificates --trust certificates/root.pem --zone example.net.zone');
    const outline = rows.map(({ file, roles, rolesFrom, hosts, daysLeft, verdicts }) => [
      file.replace('certificates/', ''),
      roles.join(),
      rolesFrom,
      hosts.join(),
      daysLeft,
      verdicts.map(({ faults }) => faults.map(({ code }) => code).join()).join('|'),
    ]);
    expect(outline).toEqual([
      ['cn-only.pem', 'server,client', 'extendedKeyUsage', 'out1.example.net', 148, '|'],
      ['mx1.pem', 'server', 'extendedKeyUsage', 'mx1.example.net', 148, ''],
      ['mx2.pem', 'server', 'extendedKeyUsage', 'mx2.example.net', 148, ''],
      ['old-mx1.pem', 'server', 'extendedKeyUsage', 'mx1.example.net', -68, 'expired'],
      ['out1.pem', 'server,client', 'extendedKeyUsage', 'out1.example.net', 148, '|'],
      ['server-only.pem', 'server', 'extendedKeyUsage', 'out1.example.net', 148, ''],
      ['weak.pem', 'server', 'extendedKeyUsage', 'mx1.example.net', 148, ''],
      ['wildcard.pem', 'server,client', 'extendedKeyUsage', '', 148, '|'],
      ['wrong-mx2.pem', 'server', 'extendedKeyUsage', '', 148, ''],
    ]);
  });

  test.each([
    ['a trusted one', '--server-cert certificates/mx1.pem --trust certificates/root.pem', 0],
    ['an expired one', '--server-cert certificates/mx1.pem --trust certificates/root.pem --now 2030-01-01', 1],
    ['one of a CA nobody knows', '--server-cert certificates/mx1.pem --trust certificates/mx2.pem', 1],
    [
      'a server certificate shown by a client',
      '--client-cert certificates/server-only.pem --trust certificates/root.pem',
      0,
    ],
    [
      'the same judged strictly',
      '--client-cert certificates/server-only.pem --trust certificates/root.pem --eku strict',
      1,
    ],
    ['no source', '--format json', 2],
    ['a source that is not there', 'nowhere', 2],
    ['a trust store that is not there', 'certificates/mx1.pem --trust nowhere.pem', 2],
    ['a trust store without certificates', 'certificates/mx1.pem --trust example.net.zone', 2],
  ])('%s', async (_, line, code) => {
    const ran = await certs(line);
    expect(ran.code, ran.stdout + ran.stderr).toBe(code);
    if (code === 2) expect(ran.stderr).toMatch(/^error: [^\n]+\n$/u);
  });

  test('roles that the command line says need no question mark', async () => {
    const [row] = await rowsOf('--cert certificates/out1.pem:client --trust certificates/root.pem');
    expect(row).toMatchObject({
      roles: ['client'],
      rolesFrom: 'source',
      spkiSha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
    });
  });

  test.each([60, 100, 200])('on %d columns a row is never wider than the screen', async (columns) => {
    const { stdout } = await certs('certificates --trust certificates/root.pem --zone example.net.zone', {
      columns,
      env: { NO_COLOR: '1' },
    });
    const rows = stdout.split('\n').filter((line) => /trusted$|faults?$/u.test(line) && /\.pem /u.test(line));
    expect(rows.length).toBe(9);
    for (const row of rows) expect([...row].length).toBeLessThanOrEqual(Math.max(columns, 86));
    expect(stdout).toContain('it expired at 2026-09-14T23:59:59Z');
  });

  test('shows the names of the system store when asked to trust it', async () => {
    const ran = await certs('certificates/mx1.pem --trust system', { env: { SSL_CERT_FILE: 'certificates/root.pem' } });
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  });
});
