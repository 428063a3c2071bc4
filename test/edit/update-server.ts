import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { ServerAddress } from '../../lib/net/server-address.ts';
import { realServer } from '../net/real-dns.ts';

const NAMED = '/usr/sbin/named';

/** What keeps the scripts from being sent to a real server here; undefined when nothing does. */
export function missingTool(): string | undefined {
  if (!existsSync(NAMED)) return 'no named (bind9)';
  const missing = ['nsupdate', 'dig'].find((tool) => spawnSync(tool, ['-v'], { input: '' }).error !== undefined);
  return missing === undefined ? undefined : `no ${missing} (bind9-dnsutils)`;
}

/** BIND for one zone that anybody on the loopback may change and transfer. */
export function updatable(origin: string, zone: string): ReturnType<typeof realServer> {
  const program = {
    command: NAMED,
    args: (configuration: string) => ['-f', '-n', '1', '-c', configuration],
    configuration: (folder: string, port: number) => `
options {
  directory "${folder}";
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  pid-file none;
  session-keyfile none;
  recursion no;
  dnssec-validation no;
  notify no;
  allow-transfer { 127.0.0.1; };
};
controls { };
logging { channel all { file "log"; severity info; }; category default { all; }; };
zone "${origin}" {
  type primary;
  file "zone";
  allow-update { 127.0.0.1; };
  check-names ignore;
  check-mx ignore;
  check-integrity no;
};
`,
    ready: `${origin}.`,
  };
  return realServer(program, zone);
}

/** How nsupdate ended with a script. */
export interface Updated {
  readonly code: number | null;
  readonly said: string;
}

/** Sends a script with the real nsupdate. */
export function nsupdate({ address, port }: ServerAddress, script: string): Updated {
  const input = `server ${address} ${port}\n${script}`;
  const { status, stdout, stderr } = spawnSync('nsupdate', {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 30_000,
  });
  return { code: status, said: stdout + stderr };
}

/** The zone as the server gives it away. */
export function transfer({ address, port }: ServerAddress, origin: string): string {
  const args = ['+noall', '+answer', '+onesoa', '+noidnout', `@${address}`, '-p', String(port), origin, 'AXFR'];
  const { stdout } = spawnSync('dig', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return stdout;
}
