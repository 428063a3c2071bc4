import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProbeResult } from '../../lib/net/probe-result.ts';
import { probeHost } from '../../lib/net/smtp-probe.ts';
import { rootPem, serverCertificate } from './certificates.ts';

const output = (command: string, args: readonly string[]): string | undefined => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
};
const isRoot = process.getuid?.() === 0;
const postfix = isRoot ? output('postconf', ['-dh', 'daemon_directory']) : undefined;
const exim = isRoot ? output('exim4', ['-bP', 'exim_user']) : undefined;
if (postfix === undefined) console.log('no Postfix, or not root: the probe is not tried against it');
if (exim === undefined) console.log('no Exim, or not root: the probe is not tried against it');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers at port ${port}`);
}

const host = serverCertificate(['mx1.example.net']);

function folderFor(name: string): string {
  const path = mkdtempSync(join(tmpdir(), `zonewright-${name}-`));
  chmodSync(path, 0o755);
  writeFileSync(join(path, 'cert.pem'), host.cert);
  writeFileSync(join(path, 'key.pem'), host.key, { mode: 0o644 });
  writeFileSync(join(path, 'root.pem'), rootPem);
  return path;
}

const look = (port: number, mode: 'starttls' | 'implicit'): Promise<ProbeResult> =>
  probeHost(
    {
      host: 'mx1.example.net',
      addresses: ['127.0.0.1'],
      port,
      mode,
      otherNames: ['example.net'],
      ehlo: 'probe.example.org',
      timeouts: { connect: 2000, step: 10_000, total: 20_000 },
    },
    { ticks: () => performance.now(), random: (octets) => crypto.getRandomValues(new Uint8Array(octets)) },
  );

describe.runIf(postfix !== undefined)('Postfix', () => {
  let folder = '';
  let [clear, implicit] = [0, 0];
  const postfixDoes = (verb: string): void => void spawnSync('postfix', ['-c', folder, verb], { timeout: 20_000 });

  beforeAll(async () => {
    folder = folderFor('postfix');
    [clear, implicit] = [await freePort(), await freePort()];
    for (const name of ['queue', 'data']) mkdirSync(join(folder, name));
    chownSync(join(folder, 'data'), Number(output('id', ['-u', 'postfix'])), 0);
    const settings = {
      compatibility_level: '3.6',
      queue_directory: join(folder, 'queue'),
      data_directory: join(folder, 'data'),
      daemon_directory: postfix,
      maillog_file: join(folder, 'log'),
      maillog_file_prefixes: tmpdir(),
      myhostname: 'mx1.example.net',
      mydestination: 'example.net',
      inet_interfaces: '127.0.0.1',
      inet_protocols: 'ipv4',
      alias_maps: '',
      local_recipient_maps: '',
      smtpd_tls_security_level: 'may',
      smtpd_tls_ask_ccert: 'yes',
      smtpd_tls_chain_files: `${join(folder, 'key.pem')} ${join(folder, 'cert.pem')}`,
      smtpd_tls_CAfile: join(folder, 'root.pem'),
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
    writeFileSync(join(folder, 'main.cf'), lines.join(''));
    writeFileSync(
      join(folder, 'master.cf'),
      `${clear} inet n - n - - smtpd
${implicit} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
rewrite unix - - n - - trivial-rewrite
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
postlog unix-dgram n - n - 1 postlogd
`,
    );
    postfixDoes('start');
    await answers(clear);
  }, 30_000);
  afterAll(() => {
    postfixDoes('stop');
    rmSync(folder, { recursive: true, force: true });
  });

  test('offers STARTTLS, asks for a client certificate, and sends its chain', async () => {
    const result = await look(clear, 'starttls');
    expect(result.failure).toBeUndefined();
    expect(result.clear.keywords.map(({ keyword }) => keyword)).toContain('STARTTLS');
    expect(result.request).toEqual({ asked: true, authorities: ['CN=Probe Root,O=Example'] });
    expect(result.certificates).toHaveLength(2);
    expect(result.asSent).toBe(true);
    expect(result.names.map(({ outcome }) => outcome)).toEqual(['same', 'same']);
    expect(result.quit?.code).toBe(221);
  }, 30_000);

  test('does inside Implicit TLS what draft-nurpmeso asks for', async () => {
    const { failure, speaks, secure } = await look(implicit, 'implicit');
    expect([failure, speaks]).toEqual([undefined, 'tls']);
    expect(secure.keywords.map(({ keyword }) => keyword)).not.toContain('STARTTLS');
    expect(secure.starttls).toMatchObject({ code: 554, enhanced: '5.5.1' });
  }, 30_000);

  test('is seen to speak clear text where TLS is expected', async () => {
    expect(await look(clear, 'implicit')).toMatchObject({ speaks: 'clear', failure: { trouble: 'not-tls' } });
  }, 30_000);

  test('never hears of mail', async () => {
    await look(clear, 'starttls');
    expect(readFileSync(join(folder, 'log'), 'utf8')).not.toMatch(/ mail=| rcpt=/);
  }, 30_000);
});

describe.runIf(exim !== undefined)('Exim', () => {
  let folder = '';
  let [clear, implicit] = [0, 0];
  let stop = (): void => {};

  beforeAll(async () => {
    folder = folderFor('exim');
    [clear, implicit] = [await freePort(), await freePort()];
    mkdirSync(join(folder, 'spool'));
    chmodSync(join(folder, 'spool'), 0o777);
    chmodSync(folder, 0o777);
    writeFileSync(
      join(folder, 'exim.conf'),
      `primary_hostname = mx1.example.net
spool_directory = ${folder}/spool
log_file_path = ${folder}/%slog
pid_file_path = ${folder}/pid
keep_environment =
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${clear} : ${implicit}
tls_on_connect_ports = ${implicit}
tls_advertise_hosts = *
tls_certificate = ${folder}/cert.pem
tls_privatekey = ${folder}/key.pem
tls_try_verify_hosts = *
tls_verify_certificates = ${folder}/root.pem
`,
    );
    const daemon = spawn('exim4', ['-C', join(folder, 'exim.conf'), '-bdf'], { stdio: 'ignore' });
    stop = () => void daemon.kill();
    await answers(clear);
  }, 30_000);
  afterAll(() => {
    stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('offers STARTTLS and asks for a client certificate', async () => {
    const result = await look(clear, 'starttls');
    expect(result.failure).toBeUndefined();
    expect(result.request.asked).toBe(true);
    expect(result.certificates).toHaveLength(2);
  }, 30_000);

  test('lists no STARTTLS inside Implicit TLS, and does not answer it with 554', async () => {
    const { secure, speaks } = await look(implicit, 'implicit');
    expect(speaks).toBe('tls');
    expect(secure.keywords.map(({ keyword }) => keyword)).not.toContain('STARTTLS');
    expect(secure.starttls?.code).toBe(503);
  }, 30_000);
});
