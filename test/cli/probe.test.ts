import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { rootPem, serverCertificate } from '../net/certificates.ts';
import { type Behaviour, type MailServer, mailServer } from '../net/mail-server.ts';
import { cli, folderOf, type Ran, zone } from './run.ts';

const host = serverCertificate(['mx1.example.net']);
const sender = serverCertificate(['out1.example.net']);
const clientMx = '@ TYPE265 \\# 20 000a046f757431076578616d706c65036e657400\nout1 A 127.0.0.1\n';
const folder = folderOf({
  'root.pem': rootPem,
  'mx1.pem': host.cert,
  'old.pem': serverCertificate(['mx1.example.net']).cert,
  'out1.pem': sender.cert,
  'out1.key': sender.key,
  'srv.zone': zone(`@ MX 10 mx1\n${clientMx}_smtp-tls._tcp SRV 0 0 842 mx1\nmx1 A 127.0.0.1\n`),
  'mx.zone': zone('@ MX 10 mx1\nmx1 A 127.0.0.1\n'),
  'null.zone': zone('@ MX 0 .\n'),
});
afterAll(() => folder.remove());

const running: MailServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});

const asking = { ...host, requestCert: true } as Behaviour['tls'];

async function ports(behaviours: Readonly<Record<number, Behaviour>>): Promise<string> {
  const pairs: string[] = [];
  for (const [port, behaviour] of Object.entries(behaviours)) {
    const server = await mailServer({ tls: asking, ...behaviour } as Behaviour);
    running.push(server);
    pairs.push(`${port}=${server.port}`);
  }
  return pairs.join(',');
}

const closedPort = async (): Promise<number> => {
  const server = await mailServer({ mode: 'starttls' });
  await server.stop();
  return server.port;
};

const probe = (line: string, given = {}): Promise<Ran> =>
  cli(['probe', ...line.split(' '), '--trust', 'root.pem', '--ehlo', 'probe.example.org', '--timeout', '1'], {
    cwd: folder.path,
    ...given,
  });

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly host: string;
  readonly port: number;
  readonly requirements: readonly string[];
}

const good = { 25: { mode: 'starttls' }, 842: { mode: 'implicit' } } as const;

describe('probe', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const fits = ajv.compile(
    JSON.parse(readFileSync(new URL('../../schemas/probe.schema.json', import.meta.url), 'utf8')),
  );

  async function report(
    line: string,
  ): Promise<{ code: number; findings: readonly Finding[]; json: Record<string, never> }> {
    const { stdout, code } = await probe(`${line} --format json`);
    const json = JSON.parse(stdout);
    expect(fits(json), JSON.stringify(fits.errors)).toBe(true);
    return { code, findings: json.findings, json };
  }

  test('a domain that does as the drafts want', async () => {
    const map = await ports(good);
    const { code, findings, json } = await report(`example.net --zone srv.zone --port-map ${map}`);
    expect(findings).toEqual([]);
    expect(code).toBe(0);
    expect(json).toMatchObject({
      domains: [{ domain: 'example.net', route: 'srv', delivers: true, optedIn: true }],
      places: [
        { port: 842, wanted: 'implicit', speaks: 'tls', companion: false, path: { valid: true } },
        { port: 25, wanted: 'starttls', speaks: 'clear', companion: true, certificateRequest: { asked: true } },
      ],
    });
  });

  test('people read what was seen, with a mark for each thing', async () => {
    const map = await ports({ ...good, 842: { mode: 'implicit', secureStarttls: '503 5.5.1 no\r\n' } });
    const { stdout, code } = await probe(`example.net --zone srv.zone --port-map ${map}`);
    expect(code).toBe(0);
    expect(stdout).toContain("STARTTLS inside Implicit TLS was answered with '503 5.5.1 no'; expected 554 5.5.1");
    expect(stdout).toMatch(/warning +STARTTLS inside/u);
    expect(stdout).toMatch(/ok +TLS begins with the first octet/u);
    expect(stdout).toMatch(/2 places, 2 reached, 2 with TLS: 1 warning\.\n$/u);
  });

  test.each<[string, string, Record<number, Behaviour>, string, readonly string[]]>([
    [
      'a host of SRV without STARTTLS',
      'srv.zone',
      { ...good, 25: { mode: 'starttls', ehlo: '250 x\r\n' } },
      'error smtp-tls-srv-cleartext-host 25',
      ['SRV-2-b', 'SRV-2-l'],
    ],
    [
      'a host of MX without STARTTLS',
      'mx.zone',
      { 25: { mode: 'starttls', ehlo: '250 x\r\n' } },
      'warning smtp-starttls-missing 25',
      ['CMX-1.2.1-g', 'AMB-38'],
    ],
    [
      'STARTTLS listed inside Implicit TLS',
      'srv.zone',
      { ...good, 842: { mode: 'implicit', secureEhlo: '250-x\r\n250 STARTTLS\r\n' } },
      'warning smtp-tls-srv-implicit-announces-starttls 842',
      ['SRV-2-f', 'AMB-S28'],
    ],
    [
      'STARTTLS taken inside Implicit TLS',
      'srv.zone',
      { ...good, 842: { mode: 'implicit', secureStarttls: '220 go\r\n' } },
      'warning smtp-tls-srv-implicit-starttls-reply 842',
      ['SRV-2-g', 'SRV-2-h'],
    ],
    [
      'clear text on 842',
      'srv.zone',
      { ...good, 842: { mode: 'starttls', ehlo: '250 x\r\n' } },
      'error smtp-tls-srv-implicit-plain 842',
      ['SRV-1.1-a', 'SRV-2-d'],
    ],
    [
      'STARTTLS on 842',
      'srv.zone',
      { ...good, 842: { mode: 'starttls' } },
      'error smtp-tls-srv-starttls-port 842',
      ['SRV-2-c', 'SRV-2-d', 'SRV-1.1-a'],
    ],
    [
      'no request for a client certificate',
      'srv.zone',
      { ...good, 842: { mode: 'implicit', tls: host } },
      'warning server-does-not-request-client-cert 842',
      ['CMX-1.2.2-a'],
    ],
    [
      'old versions',
      'srv.zone',
      {
        ...good,
        25: { mode: 'starttls', tls: { ...asking, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as never },
      },
      'warning tls-version-old 25',
      ['SRV-2-m'],
    ],
    [
      'a certificate of another host',
      'srv.zone',
      { ...good, 842: { mode: 'implicit', tls: { ...asking, ...serverCertificate(['mail.example.net']) } as never } },
      'error cert-srv-target-mismatch 842',
      ['SRV-4-h3', 'SRV-5-a', 'AMB-S14'],
    ],
    [
      'an expired certificate',
      'srv.zone',
      {
        ...good,
        25: {
          mode: 'starttls',
          tls: { ...asking, ...serverCertificate(['mx1.example.net'], { to: '20261101000000Z' }) } as never,
        },
      },
      'error cert-expired 25',
      ['CMX-1.2.1-h', 'CMX-1.2.2-b'],
    ],
  ])('%s is told', async (_, file, behaviours, expected, requirements) => {
    const map = await ports(behaviours);
    const { code, findings } = await report(`example.net --zone ${file} --port-map ${map}`);
    expect(findings.map(({ severity, rule, port }) => `${severity} ${rule} ${port}`)).toEqual([expected]);
    expect(findings[0]?.requirements).toEqual(requirements);
    expect(code).toBe(expected.startsWith('error') ? 1 : 0);
  });

  test('port 25 missing behind another port', async () => {
    const map = `${await ports({ 842: { mode: 'implicit' } })},25=${await closedPort()}`;
    const { code, findings } = await report(`example.net --zone srv.zone --port-map ${map}`);
    expect(findings).toMatchObject([{ rule: 'smtp-tls-srv-no-25-companion', severity: 'warning', port: 25 }]);
    expect(findings[0]?.requirements).toEqual(['SRV-2-d']);
    expect(code).toBe(0);
  });

  test('nothing reachable, and a domain that takes no mail', async () => {
    const port = await closedPort();
    const { code, findings } = await report(`example.net --zone mx.zone --port-map 25=${port}`);
    expect(findings.map(({ rule }) => rule)).toEqual(['probe-unreachable']);
    expect(code).toBe(1);
    const none = await report('example.net --zone null.zone');
    expect(none.json).toMatchObject({ domains: [{ delivers: false }], places: [] });
    expect(none.code).toBe(1);
  });

  test('hosts with ports, addresses, and how TLS begins elsewhere', async () => {
    const map = await ports({ 2500: { mode: 'implicit' }, 2600: { mode: 'starttls' } });
    const line = `mx1.example.net:2500 mx1.example.net:2600 --address 127.0.0.1 --port-map ${map} --format json`;
    const { stdout } = await probe(line);
    expect(JSON.parse(stdout).places).toMatchObject([
      { host: 'mx1.example.net', port: 2500, wanted: 'implicit', from: 'user', domain: null },
      { host: 'mx1.example.net', port: 2600, wanted: 'starttls' },
    ]);
    const wrong = await report(
      `mx1.example.net:2600 --tls implicit --address mx1.example.net=127.0.0.1 --port-map ${map}`,
    );
    expect(wrong.findings.map(({ rule }) => rule)).toEqual(['smtp-tls-srv-starttls-port']);
    const bare = await report(`[127.0.0.1]:2600 --port-map ${map}`);
    expect(bare.code).toBe(0);
  });

  test('the inventory is one that lint and certs read', async () => {
    const map = await ports(good);
    await probe(`example.net --zone srv.zone --port-map ${map} --output seen.json`);
    const inventory = JSON.parse(readFileSync(join(folder.path, 'seen.json'), 'utf8'));
    expect(inventory.certificates).toMatchObject([
      { roles: ['server'], hosts: ['mx1.example.net'], ports: [25, 842], domains: ['example.net'] },
    ]);
    const certs = await cli(['certs', 'seen.json', '--trust', 'root.pem'], { cwd: folder.path });
    expect(certs.code).toBe(0);
    const lint = await cli(['lint', 'srv.zone', '--certs', 'seen.json', '--select', 'cert-missing-for-host'], {
      cwd: folder.path,
    });
    expect(lint.stdout).not.toContain('mx1.example.net');
  });

  test('no inventory without a certificate', async () => {
    const { stderr } = await probe(
      `mx1.example.net:25 --address 127.0.0.1 --port-map 25=${await closedPort()} --output no.json`,
    );
    expect(stderr).toBe('warning: no.json is not written, as no host showed a certificate\n');
  });

  test('a certificate that is not the one on disk', async () => {
    const map = await ports({ 25: { mode: 'starttls' } });
    const line = `mx1.example.net:25 --address 127.0.0.1 --port-map ${map}`;
    const stale = await report(`${line} --certs old.pem`);
    expect(stale.findings.map(({ rule }) => rule)).toEqual(['cert-config-drift']);
    const fresh = await report(`${line} --certs mx1.pem`);
    expect(fresh.findings).toEqual([]);
  });

  test('progress goes to a terminal and leaves nothing, hostile text reaches none', async () => {
    const map = await ports({ 25: { mode: 'starttls', banner: '220 \u001b[31mred\r\n' } });
    const line = `mx1.example.net:25 --address 127.0.0.1 --port-map ${map}`;
    const { stdout, stderr } = await probe(line, { columns: 100, tick: 400, env: { NO_COLOR: '1' } });
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toContain('mx1.example.net:25: saying EHLO');
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  });

  test('a client certificate is shown, and nothing of its key is printed', async () => {
    const map = await ports({ 25: { mode: 'starttls' } });
    const line = `mx1.example.net:25 --address 127.0.0.1 --port-map ${map} --client-cert out1.pem --client-key out1.key`;
    const { stdout, stderr, code } = await probe(line);
    expect(code).toBe(0);
    const secret = sender.key.split('\n')[1] ?? '';
    expect(secret.length).toBeGreaterThan(40);
    expect(stdout + stderr).not.toContain(secret.slice(0, 20));
  });

  test.each([
    ['mx1.example.net:99999', "'99999' is no port"],
    ['me@example.net', 'give the domain behind the @ alone'],
    ['mx1.example.net:25 --address localhost', "--address 'localhost'"],
    ['mx1.example.net:25 --port-map 25', "'25' is no pair of ports"],
    ['mx1.example.net:25 --client-cert out1.pem', '--client-cert and --client-key go together'],
    ['mx1.example.net:25 --client-cert mx1.pem --client-key out1.key', 'the key is not that of the certificate'],
    ['mx1.example.net:25 --client-cert out1.pem --client-key out1.pem', 'unencrypted private key'],
    ['mx1.example.net:25 --sni a..b', "--sni 'a..b' is no host name"],
    ['mx1.example.net:25 --tls clear', '--tls cannot be'],
    ['[x]:25', '[x] holds no address'],
  ])('wrong use: %s', async (line, expected) => {
    const { code, stderr, stdout } = await probe(line);
    expect(stderr).toContain(expected);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
