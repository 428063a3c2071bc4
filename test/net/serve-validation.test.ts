import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serverLookup } from '../../lib/net/server-lookup.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { answer } from '../../lib/server/answer.ts';
import { served } from '../server/dialogue.ts';
import { installed, realServer, unbound } from './real-dns.ts';
import { serving } from './serving.ts';

const ORIGIN = 'example.net';
const OPT_OUT = 'NSEC3 with Opt-Out';
const UNBOUND = '/usr/sbin/unbound';

const STRINGS = Array.from({ length: 20 }, (_, index) => `"${String.fromCharCode(97 + index).repeat(200)}"`);
const ZONE = `$ORIGIN example.net.
$TTL 3600
@ SOA ns1 host 1 7200 3600 1209600 300
@ NS ns1
ns1 A 127.0.0.1
@ MX 10 mx1
@ TYPE265 \\# 19 000A036D7831076578616D706C65036E657400
_smtp-tls._tcp SRV 0 5 842 mx1
mx1 A 192.0.2.1
alias CNAME mx1
away CNAME x.wild
*.wild MX 5 mx1
a.b.empty A 192.0.2.4
tree DNAME leaves
a.leaves MX 7 mx1
*.deep.leaves MX 9 mx1
big TXT ${STRINGS.join(' ')}
bad A 192.0.2.66
safe NS ns.safe
ns.safe A 192.0.2.53
`;

type Signed = { readonly text: string; readonly anchor: string };

function run(folder: string, command: string, ...args: string[]): string {
  const { stdout, stderr, status, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr} ${String(error ?? '')}`);
  return stdout.trim();
}

/** What signs zones: how it is told to, with the keys that it makes. */
const signers: readonly {
  readonly name: string;
  readonly needs: readonly string[];
  readonly sign: (folder: string) => Signed;
}[] = [
  ...(['NSEC', 'NSEC3'] as const).map((kind) => ({
    name: `ldns-signzone, ${kind}`,
    needs: ['ldns-signzone', 'ldns-keygen'],
    sign: (folder: string): Signed => {
      const key = run(folder, 'ldns-keygen', '-a', 'ECDSAP256SHA256', '-k', ORIGIN);
      run(folder, 'ldns-signzone', ...(kind === 'NSEC3' ? ['-n'] : []), '-f', 'signed', 'zone', key);
      return { text: read(folder, 'signed'), anchor: read(folder, `${key}.key`) };
    },
  })),
  ...(['NSEC', 'NSEC3', OPT_OUT] as const).map((kind) => ({
    name: `dnssec-signzone, ${kind}`,
    needs: ['dnssec-signzone', 'dnssec-keygen'],
    sign: (folder: string): Signed => {
      run(folder, 'dnssec-keygen', '-q', '-a', 'ECDSAP256SHA256', '-f', 'KSK', ORIGIN);
      run(folder, 'dnssec-keygen', '-q', '-a', 'ECDSAP256SHA256', ORIGIN);
      const denial = kind === 'NSEC' ? [] : ['-3', 'abcd', ...(kind === OPT_OUT ? ['-A'] : [])];
      run(folder, 'dnssec-signzone', '-S', ...denial, '-o', ORIGIN, '-f', 'signed', 'zone');
      const keys = readdirSync(folder).filter((name) => name.endsWith('.key'));
      const anchor = keys.map((name) => read(folder, name)).find((text) => text.includes(' 257 '));
      return { text: read(folder, 'signed'), anchor: anchor ?? '' };
    },
  })),
];

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'latin1');

/** The one line of a key file without its comments. */
function keyLine(text: string): string {
  const line = text.split('\n').find((each) => /\bDNSKEY\b/.test(each) && !each.startsWith(';')) ?? '';
  return line.replace(/;.*$/, '').replaceAll('\t', ' ').trim();
}

/** The zone with another first digit in the signature over one address; signatures may be laid over several lines. */
function broken(text: string): string {
  const [before, after] = [
    text.indexOf('\nbad.example.net.'),
    text.indexOf('RRSIG', text.indexOf('\nbad.example.net.')),
  ];
  if (before < 0 || after < 0) throw new Error('no signature to break');
  const signer = text.indexOf('example.net.', after) + 'example.net.'.length;
  const at = signer + text.slice(signer).search(/[A-Za-z0-9+/]{8}/) + 4;
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}

function signedZone(sign: (folder: string) => Signed): Signed {
  const folder = mkdtempSync(join(tmpdir(), 'zonewright-signed-'));
  try {
    writeFileSync(join(folder, 'zone'), ZONE);
    const { text, anchor } = sign(folder);
    return { text, anchor: keyLine(anchor) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.each(signers)('unbound over what $name has signed', ({ name, needs, sign }) => {
  const absent = [UNBOUND, ...needs].filter((command) => !installed(command));
  if (absent.length > 0) console.log(`no ${absent.join(', no ')}: nothing signed by ${name} is validated`);

  test.skipIf(absent.length > 0)(
    'vouches for every sort of answer, and not for a broken one',
    async () => {
      const { text, anchor } = signedZone(sign);
      const zones = served({ [`${ORIGIN}.`]: broken(text) });
      const asked: string[] = [];
      await using upstream = await serving({
        handle: (query, exchange) => {
          asked.push(Buffer.from(query).toString('latin1'));
          return answer(query, zones, exchange);
        },
      });
      const place = { address: '127.0.0.1', port: upstream.port };
      await using resolver = await realServer(unbound(ORIGIN, place, anchor, 'use-caps-for-id: yes'));
      const lookup = serverLookup(resolver, { random: () => 4711 });
      // RFC 5155 §9.2: where Opt-Out may hide a name, that there is none is not vouched for.
      const proven = name.includes(OPT_OUT) ? 'insecure' : 'secure';
      const rows: readonly (readonly [string, number, object])[] = [
        [ORIGIN, TYPE.MX, { kind: 'records', security: 'secure' }],
        [ORIGIN, TYPE.CLIENTMX, { kind: 'records', security: 'secure' }],
        [`_smtp-tls._tcp.${ORIGIN}`, TYPE.SRV, { kind: 'records', security: 'secure' }],
        [`alias.${ORIGIN}`, TYPE.A, { kind: 'records', aliases: { length: 1 }, security: 'secure' }],
        [`big.${ORIGIN}`, TYPE.TXT, { kind: 'records', security: 'secure' }],
        [`nope.${ORIGIN}`, TYPE.MX, { kind: 'nxdomain', security: proven }],
        [`x.y.nope.${ORIGIN}`, TYPE.A, { kind: 'nxdomain', security: proven }],
        [`mx1.${ORIGIN}`, TYPE.MX, { kind: 'nodata', security: 'secure' }],
        [`empty.${ORIGIN}`, TYPE.A, { kind: 'nodata', security: 'secure' }],
        [`b.empty.${ORIGIN}`, TYPE.A, { kind: 'nodata', security: 'secure' }],
        [`x.wild.${ORIGIN}`, TYPE.MX, { kind: 'records', security: proven }],
        [`x.y.wild.${ORIGIN}`, TYPE.MX, { kind: 'records', security: proven }],
        [`x.wild.${ORIGIN}`, TYPE.A, { kind: 'nodata', security: proven }],
        [`away.${ORIGIN}`, TYPE.MX, { kind: 'records', aliases: { length: 1 }, security: proven }],
        [`a.tree.${ORIGIN}`, TYPE.MX, { kind: 'records', security: 'secure' }],
        [`x.deep.tree.${ORIGIN}`, TYPE.MX, { kind: 'records', security: proven }],
        [`nope.tree.${ORIGIN}`, TYPE.MX, { kind: 'nxdomain', security: proven }],
        [`a.tree.${ORIGIN}`, TYPE.A, { kind: 'nodata', security: 'secure' }],
        [`safe.${ORIGIN}`, TYPE.DS, { kind: 'nodata' }],
        [`bad.${ORIGIN}`, TYPE.A, { kind: 'failure', reason: 'bogus' }],
      ];
      const got = await Promise.all(
        rows.map(async ([owner, type]) => [owner, type, await lookup.ask({ name: owner, type })]),
      );
      expect(got).toMatchObject(rows);
      // The resolver asked in its own letter case, which it found again in the answers.
      const names = asked.filter((query) => /example/i.test(query));
      expect(names.filter((query) => !query.includes('example')).length).toBeGreaterThan(names.length / 2);
    },
    60_000,
  );
});
