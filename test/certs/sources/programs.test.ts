import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Expansion, expand, readMainCf } from '../../../lib/certs/sources/postfix-text.ts';
import { readSource } from '../../../lib/certs/sources/read-source.ts';
import { disk, fixture } from './support.ts';

const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin` };

/** Values of a main.cf: every form of postconf(5), forms next to them, and values that Postfix refuses. */
const expansions = JSON.parse(readFileSync(new URL('expansions.json', import.meta.url), 'utf8')) as string[];

/** Whether a program is there; the line says that a comparison is left out. */
function has(program: string, ...args: string[]): boolean {
  const { error } = spawnSync(program, args, { env, stdio: 'ignore' });
  if (error === undefined) return true;
  console.log(`${program} is not installed: whether it accepts the fixture is not compared`);
  return false;
}

const postconf = has('postconf', '-d', 'mail_version');
const exim = has('exim', '-bV');
const smtpd = has('smtpd', '-h');
const doveconf = has('doveconf', '--version');

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  /** Both outputs. */
  readonly text: string;
}

function run(program: string, args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
  return { status, stdout, text: stdout + stderr };
}

const files = (path: string): string[] =>
  readSource(path, disk, () => ({ problem: 'no inventory' })).entries.map(({ file }) => file);

describe.skipIf(!postconf)('postconf', () => {
  test('accepts the fixture and names the same files', () => {
    const folder = fixture('postfix');
    writeFileSync(join(folder.path, 'master.cf'), '');
    try {
      const names = ['smtpd_tls_chain_files', 'smtp_tls_cert_file', 'tls_server_sni_maps'];
      const { status, stdout, text } = run('postconf', ['-xh', '-c', folder.path, ...names]);
      expect(status, text).toBe(0);
      const [chain = '', client = '', maps = ''] = stdout.trimEnd().split('\n');
      const certificates = chain.split(/[\s,]+/u).filter((file) => file.endsWith('.pem'));
      expect(files(join(folder.path, 'main.cf')).slice(0, 3)).toEqual([...certificates, client]);
      expect(maps).toBe(`texthash:${folder.path}/sni`);
      expect(run('postconf', ['-c', folder.path, '-n']).status).toBe(0);
    } finally {
      folder.remove();
    }
  });

  const folder = mkdtempSync(join(tmpdir(), 'zonewright-postconf-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const ours = (text: string, name: string): Expansion => {
    const parameters = readMainCf(text);
    const known: Readonly<Record<string, string>> = { config_directory: folder, mail_name: 'Postfix' };
    return expand(parameters.get(name)?.text ?? '', (each) => known[each] ?? parameters.get(each)?.text);
  };
  const theirs = (text: string, names: readonly string[]): Outcome => {
    writeFileSync(join(folder, 'main.cf'), text);
    writeFileSync(join(folder, 'master.cf'), '');
    return run('postconf', ['-xh', '-c', folder, ...names]);
  };
  const before = 'compatibility_level = 3.6\nd = /etc/ssl\ne =\nh = mx1.example.net\nn = 10\n';
  const alone = (value: string): string => `${before}smtpd_tls_cert_file = ${value}\n`;
  const refused = expansions.filter((value) => ours(alone(value), 'smtpd_tls_cert_file').fault !== undefined);

  test('expands what we expand to the same', () => {
    const accepted = expansions.filter((value) => !refused.includes(value));
    const names = accepted.map((_, at) => `own${at}`);
    // Parameters that Postfix does not know can be asked for when another one uses them.
    const uses = `smtpd_banner = ${names.map((name) => `$${name}`).join(' ')}\n`;
    const text = `${before}${accepted.map((value, at) => `own${at} = ${value}\n`).join('')}${uses}`;
    const { status, stdout } = theirs(text, names);
    expect(status).toBe(0);
    // It shows blanks of any kind as one.
    const shown = (value: string): string => value.replace(/\s+/gu, ' ').trim();
    const expanded = names.map((name) => shown(ours(text, name).value));
    expect(stdout.split('\n').slice(0, -1).map(shown)).toEqual(expanded);
    expect(accepted.length).toBeGreaterThan(25);
  });

  test.each(refused)('refuses %j as we do', (value) => {
    expect(theirs(alone(value), ['smtpd_tls_cert_file']).status).not.toBe(0);
  });
});

describe.skipIf(!exim)('exim', () => {
  test('accepts the fixture and names the same files', () => {
    const folder = fixture('exim');
    const path = join(folder.path, 'exim.conf');
    chmodSync(folder.path, 0o755);
    try {
      expect(run('exim', ['-bV', '-C', path])).toMatchObject({
        status: 0,
        text: expect.stringContaining(`Configuration file is ${path}`),
      });
      const server = run('exim', ['-C', path, '-bP', 'tls_certificate']).text.trim();
      const client = run('exim', ['-C', path, '-bP', 'transport', 'remote']).text;
      const named = server.replace(/^tls_certificate = /u, '').split(/\s*:\s*/u);
      const ofClient = /^tls_certificate = (.*)$/mu.exec(client)?.[1];
      expect(files(path)).toEqual([...named, ofClient]);
    } finally {
      folder.remove();
    }
  });
});

describe.skipIf(!smtpd)('smtpd of OpenSMTPD', () => {
  test('accepts the fixture', () => {
    const folder = fixture('opensmtpd');
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    for (const name of ['mx1', 'mx2', 'out1']) writeFileSync(join(folder.path, `certificates/${name}.key`), key);
    try {
      expect(run('smtpd', ['-n', '-f', join(folder.path, 'smtpd.conf')])).toMatchObject({
        status: 0,
        text: 'configuration OK\n',
      });
    } finally {
      folder.remove();
    }
  });
});

describe.skipIf(!doveconf)('doveconf', () => {
  test('reads the same file from the fixture', () => {
    const folder = fixture('dovecot');
    try {
      const { text } = run('doveconf', ['-n', '-c', join(folder.path, 'dovecot.conf')]);
      expect(text).toContain('ssl_cert = <../certificates/mx1.pem');
      expect(text).toMatch(/local_name imap\.hosted\.example \{\s+ssl_cert = <.*mx2\.pem/u);
    } finally {
      folder.remove();
    }
  });
});
