import { execFile, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { type Expansion, expand, readMainCf } from '../../../lib/certs/sources/postfix-text.ts';
import { readSource } from '../../../lib/certs/sources/read-source.ts';
import { disk, fixture } from './support.ts';

const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin` };

/** Values of a main.cf: every form of postconf(5), forms next to them, and values that Postfix refuses. */
const expansions = JSON.parse(readFileSync(new URL('expansions.json', import.meta.url), 'utf8')) as string[];

/** Configurations of Postfix; services that are not for 25 leave the certificates of main.cf at every port. */
const configurations = JSON.parse(readFileSync(new URL('configurations.json', import.meta.url), 'utf8')) as {
  readonly main: string;
  readonly master?: string;
}[];

/** Whether a program is there; the line says that a comparison is left out. */
function has(program: string, ...args: string[]): boolean {
  const { error } = spawnSync(program, args, { env, stdio: 'ignore' });
  if (error === undefined) return true;
  console.log(`${program} is not installed: whether it accepts the fixture is not compared`);
  return false;
}

const postconf = has('postconf', '-d', 'mail_version');
// Without its user it does nothing.
const exim = has('exim', '-bV') && worksExim();
const smtpd = has('smtpd', '-h');
const doveconf = has('doveconf', '--version');

function worksExim(): boolean {
  const works = run('exim', ['-bV']).text.includes('Exim version');
  if (!works) console.log('exim does not start here: whether it accepts the fixture is not compared');
  return works;
}

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
    try {
      const names = ['smtpd_tls_chain_files', 'smtp_tls_cert_file', 'tls_server_sni_maps'];
      const { status, stdout, text } = run('postconf', ['-xh', '-c', folder.path, ...names]);
      expect(status, text).toBe(0);
      const [chain = '', client = '', maps = ''] = stdout.trimEnd().split('\n');
      const certificates = chain.split(/[\s,]+/u).filter((file) => file.endsWith('.pem'));
      const found = files(join(folder.path, 'main.cf'));
      expect(found.slice(0, 2)).toEqual(certificates);
      expect(found).toContain(client);
      expect(maps).toBe(`texthash:${folder.path}/sni`);
      for (const what of ['-n', '-M', '-P'])
        expect(run('postconf', ['-c', folder.path, what])).toMatchObject({
          status: 0,
          text: expect.not.stringContaining('warning'),
        });
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

  // It waits a second before it ends with an error, so all run at once.
  test('refuses what we refuse', { timeout: 60_000 }, async () => {
    const ended = await Promise.all(
      refused.map(async (value, at) => {
        const own = join(folder, String(at));
        mkdirSync(own);
        writeFileSync(join(own, 'main.cf'), alone(value));
        writeFileSync(join(own, 'master.cf'), '');
        const child = spawn('postconf', ['-xh', '-c', own, 'smtpd_tls_cert_file'], { env, stdio: 'ignore' });
        const [status] = await once(child, 'close');
        return status === 0 ? value : '';
      }),
    );
    expect(ended.filter((value) => value !== '')).toEqual([]);
    expect(refused.length).toBeGreaterThan(12);
  });

  test('names the files that we name', { timeout: 60_000 }, async () => {
    const compared = await Promise.all(
      configurations.map(async ({ main, master = '' }) => {
        const { path, remove } = fixture('postfix');
        writeFileSync(join(path, 'main.cf'), `compatibility_level = 3.6\n${main}\n`);
        writeFileSync(join(path, 'master.cf'), master);
        const both = { main, master, ours: named(path), theirs: await theirNames(path) };
        remove();
        return both;
      }),
    );
    for (const { ours: found, theirs: expected, ...of } of compared)
      expect({ ...of, found }).toEqual({ ...of, found: expected });
    expect(compared.filter(({ theirs: found }) => found.length > 0).length).toBe(configurations.length);
  });
});

/** What each daemon of a configuration shows, as our reader has it: role, ports, certificate and key. */
function named(path: string): string[] {
  const { entries } = readSource(join(path, 'main.cf'), disk, () => ({ problem: 'no inventory' }));
  return entries.map(({ roles, ports = [], file, key }) => [roles, ports, file, key ?? file].flat().join(' ')).sort();
}

/** The same, worked out of the values that postconf tells. */
async function theirNames(path: string): Promise<string[]> {
  const daemons = ['smtpd', 'smtp', 'lmtp'];
  const kinds = ['', 'ec', 'd'];
  const names = daemons.flatMap((daemon) => [
    `${daemon}_tls_chain_files`,
    ...kinds.flatMap((kind) => [`${daemon}_tls_${kind}cert_file`, `${daemon}_tls_${kind}key_file`]),
  ]);
  const ask = async (...args: string[]): Promise<string[]> =>
    (await promisify(execFile)('postconf', ['-c', path, ...args], { env })).stdout.split('\n');
  const [values, ofServices] = await Promise.all([ask('-xh', ...names), ask('-Px')]);
  const main = new Map(names.map((name, at) => [name, values[at] ?? '']));
  const services = new Map<string, Map<string, string>>();
  for (const line of ofServices) {
    const [, service, name, value] = /^(\S+\/\w+)\/(\w+) = (.*)$/u.exec(line) ?? [];
    if (service === undefined || name === undefined || value === undefined) continue;
    services.set(service, (services.get(service) ?? new Map()).set(name, value));
  }
  const shown = (daemon: string, own: ReadonlyMap<string, string>, port: string): string[] => {
    const value = (name: string): string => own.get(name) ?? main.get(name) ?? '';
    const head = [daemon === 'smtpd' ? 'server' : 'client', ...(port === '' ? [] : [port])].join(' ');
    const chain = value(`${daemon}_tls_chain_files`)
      .split(/[\s,]+/u)
      .filter((file) => file !== '');
    if (chain.length > 0)
      return chain.flatMap((file, at) =>
        file.endsWith('.key') ? [] : [`${head} ${file} ${chain[at - 1]?.endsWith('.key') ? chain[at - 1] : file}`],
      );
    return kinds.flatMap((kind) => {
      const file = value(`${daemon}_tls_${kind}cert_file`);
      const key =
        own.get(`${daemon}_tls_${kind}key_file`) ??
        (own.has(`${daemon}_tls_${kind}cert_file`) ? file : value(`${daemon}_tls_${kind}key_file`));
      return file === '' || file === 'none' ? [] : [`${head} ${file} ${key}`];
    });
  };
  const usual = daemons.flatMap((daemon) => shown(daemon, new Map(), ''));
  const special = [...services].flatMap(([service, own]) => {
    const [name = '', type] = service.split('/');
    return shown(type === 'inet' ? 'smtpd' : 'smtp', own, type === 'inet' ? name.replace(/^.*:/u, '') : '');
  });
  return [...usual, ...special].sort();
}

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
