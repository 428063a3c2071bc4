import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type SignatureMemory, type SigningOptions, signZone, type Unsigned } from '../../lib/dnssec/sign-zone.ts';
import { readSignature, secondsUntil } from '../../lib/dnssec/signatures.ts';
import { generateSigningKey, SIGNING_ALGORITHMS, type SigningKey } from '../../lib/dnssec/signing-key.ts';
import { TYPE, typeToText } from '../../lib/rr/types.ts';
import { zoneFileChunks } from '../../lib/zone/print.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { randomOf, randomZone } from '../server/random-zones.ts';
import { cleanZone, recordLines } from '../zone/zones.ts';
import { ORIGIN, testKey } from './signer.ts';
import { verifyZone } from './verifier.ts';

const NOW = Date.now();
const KEY = testKey(1);

/** One of everything that signing has to tell apart. */
const TEXT = `$TTL 3600
@ SOA ns1 host 1 7200 3600 1209600 300
@ NS ns1
ns1 A 127.0.0.1
WWW A 192.0.2.1
www A 192.0.2.1
www A 192.0.2.2
*.wild MX 5 Mx1
*.wild 60 TXT "a"
a.b.empty A 192.0.2.4
tree DNAME leaves
safe NS ns.safe
ns.safe A 192.0.2.53
sec NS ns.safe
sec DS 1 8 2 ${'ab'.repeat(32)}
\\001\\.\\000 A 192.0.2.7
`;

/** What no server finds, and checkers do not like to see. */
const HIDDEN = 'x.tree A 192.0.2.4\nsec TXT "at a delegation"\n';

const zoneOf = (text: string, origin = ORIGIN): Zone => cleanZone(origin, text);

function signedZone(
  text: string,
  options: Partial<SigningOptions> = {},
  memory?: SignatureMemory,
  origin = ORIGIN,
): Zone {
  const made = signZone(new ZoneTree(zoneOf(text, origin)), { keys: [KEY], now: NOW, ...options }, memory);
  if (!('zone' in made)) throw new Error(made.unsigned);
  return made.zone;
}

/** Chains that zones are signed with. */
const CHAINS: Readonly<Record<string, Partial<SigningOptions>>> = {
  NSEC: {},
  NSEC3: { nsec3: {} },
  'NSEC3 with all': { nsec3: { iterations: 3, salt: Uint8Array.of(1, 255), optOut: true }, cds: true },
};

const ADDED: ReadonlySet<number> = new Set([
  TYPE.RRSIG,
  TYPE.NSEC,
  TYPE.NSEC3,
  TYPE.NSEC3PARAM,
  TYPE.DNSKEY,
  TYPE.CDS,
  TYPE.CDNSKEY,
]);

/** The records that were there before, each once. */
function withoutDnssec(zone: Zone): string[] {
  const lines = recordLines(zone).filter((_, record) => !ADDED.has(zone.types[record] ?? 0));
  return [...new Set(lines.map((line) => line.toLowerCase()))].sort();
}

/** Programs that check signed zones, with what they are told. */
const CHECKERS: Readonly<Record<string, (file: string, origin: string) => readonly string[]>> = {
  'ldns-verify-zone': (file) => ['-V0', file],
  'dnssec-verify': (file, origin) => ['-q', '-z', '-o', origin, file],
  kzonecheck: (file, origin) => ['-o', origin, '-d', 'on', file],
  validns: (file) => [file],
};

const present = Object.keys(CHECKERS).filter((command) => spawnSync(command, ['-h']).error === undefined);
const absent = Object.keys(CHECKERS).filter((command) => !present.includes(command));
if (absent.length > 0) console.log(`no ${absent.join(', no ')}: signed zones are not checked with that`);

/** What the programs have against a zone. */
function complaints(zone: Zone, origin: string, commands: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'zonewright-sign-'));
  try {
    const file = join(folder, 'zone');
    writeFileSync(file, [...zoneFileChunks(zone)].join(''));
    return commands.flatMap((command) => {
      const { status, stdout, stderr } = spawnSync(command, CHECKERS[command]?.(file, origin) ?? [], {
        encoding: 'utf8',
      });
      // Zones made by chance have delegations without glue.
      const found = stdout.split('\n').filter((line) => /^\[/u.test(line) && !line.includes('missing glue record'));
      if (command === 'kzonecheck' && /missing glue record$/mu.test(stdout)) return found;
      return status === 0 ? [] : [`${command}: ${stdout}${stderr}`.slice(0, 500)];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** validns knows neither CDS nor any key but RSA. */
const checkers = present.filter((command) => command !== 'validns');

describe.each(Object.entries(CHAINS))('a zone signed with %s', (_, options) => {
  test.each(SIGNING_ALGORITHMS)('has good signatures by %s', (algorithm) => {
    const zone = signedZone(TEXT, { ...options, keys: [generateSigningKey(algorithm)] });
    const { good, bad } = verifyZone(zone);
    expect(bad).toEqual([]);
    expect(good).toBeGreaterThanOrEqual(20);
    expect(complaints(zone, ORIGIN, checkers)).toEqual([]);
  });

  test('is good and whole for random zones, and without DNSSEC what it was', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { origin, text } = randomZone(randomOf(seed), 'example.net');
      const zone = signedZone(text, options, undefined, `${origin}.`);
      expect(verifyZone(zone).bad, text).toEqual([]);
      expect(complaints(zone, origin, checkers), text).toEqual([]);
      expect(withoutDnssec(zone), text).toEqual(withoutDnssec(zoneOf(text, `${origin}.`)));
    }
  });
});

test.skipIf(!present.includes('validns'))('validns finds nothing wrong with a zone signed by RSA', () => {
  const keys = [generateSigningKey('rsasha256')];
  const plain = TEXT.replace(/^\\001.*$/gmu, '');
  for (const nsec3 of [undefined, {}])
    expect(complaints(signedZone(plain, { keys, ...(nsec3 && { nsec3 }) }), ORIGIN, ['validns'])).toEqual([]);
});

test('signs what is authoritative and nothing else', () => {
  const zone = signedZone(TEXT + HIDDEN);
  const signatures = Array.from({ length: zone.count }, (_, record) => record)
    .filter((record) => zone.types[record] === TYPE.RRSIG)
    .map((record) => {
      const { typeCovered, labels, originalTtl } = readSignature(zone.rdataOf(record));
      const [owner = ''] = (recordLines(zone)[record] ?? '').split(' ');
      return `${owner.replace(/\.?example\.net\.$/u, '') || '@'} ${typeToText(typeCovered)} ${labels} ${originalTtl}`;
    });
  expect(signatures.sort()).toEqual(
    [
      '@ DNSKEY 2 3600',
      '@ NS 2 3600',
      '@ NSEC 2 300',
      '@ SOA 2 3600',
      '*.wild MX 3 3600',
      '*.wild NSEC 3 300',
      '*.wild TXT 3 60',
      '\\001\\.\\000 A 3 3600',
      '\\001\\.\\000 NSEC 3 300',
      'a.b.empty A 5 3600',
      'a.b.empty NSEC 5 300',
      'ns1 A 3 3600',
      'ns1 NSEC 3 300',
      'safe NSEC 3 300',
      'sec DS 3 3600',
      'sec NSEC 3 300',
      'tree DNAME 3 3600',
      'tree NSEC 3 300',
      'www A 3 3600',
      'www NSEC 3 300',
    ].sort(),
  );
});

test('takes the times from the clock', () => {
  const zone = signedZone(TEXT);
  const record = zone.types.indexOf(TYPE.RRSIG);
  const { inception, expiration } = readSignature(zone.rdataOf(record));
  expect([inception, expiration].map((time) => secondsUntil(time, NOW))).toEqual([-3600, 14 * 86_400]);
});

test('keys of two kinds share the work', () => {
  const keys: SigningKey[] = [testKey(1, 257), testKey(2, 256)];
  const zone = signedZone(TEXT, { keys, cds: true });
  expect(verifyZone(zone).bad).toEqual([]);
  const by = new Map<number, string[]>(keys.map(({ tag }) => [tag, []]));
  for (let record = 0; record < zone.count; record++) {
    if (zone.types[record] !== TYPE.RRSIG || zone.owners[record] !== zone.apex) continue;
    const { keyTag, typeCovered } = readSignature(zone.rdataOf(record));
    by.get(keyTag)?.push(typeToText(typeCovered));
  }
  expect([...by.values()]).toEqual([
    ['DNSKEY', 'CDS', 'CDNSKEY'],
    ['NS', 'SOA', 'NSEC'],
  ]);
});

describe('signatures that are remembered', () => {
  const keys = [generateSigningKey()];
  const signatures = (zone: Zone): Set<string> =>
    new Set(
      Array.from({ length: zone.count }, (_, record) => record)
        .filter((record) => zone.types[record] === TYPE.RRSIG)
        .map((record) => Buffer.from(zone.rdataOf(record)).toString('hex')),
    );
  const news = (before: Zone, after: Zone): number => {
    const old = signatures(before);
    return [...signatures(after)].filter((each) => !old.has(each)).length;
  };

  test.each([
    ['nothing has changed', TEXT, NOW + 86_400_000, 0],
    // A and SOA; the chain stays as it was.
    ['an address and the serial have', TEXT.replace('192.0.2.4', '192.0.2.5').replace('host 1', 'host 2'), NOW, 2],
    // The new name, its NSEC, and the NSEC before it.
    ['a name has come', `${TEXT}www2 A 192.0.2.1\n`, NOW, 3],
    ['half of their time is over', TEXT, NOW + 8 * 86_400_000, 20],
    ['the clock went back', TEXT, NOW - 86_400_000, 20],
  ])('%s', (_, text, now, expected) => {
    const memory: SignatureMemory = new Map();
    const first = signedZone(TEXT, { keys }, memory);
    const again = signedZone(text, { keys, now }, memory);
    expect(news(first, again)).toBe(expected);
    expect(verifyZone(again).bad).toEqual([]);
  });
});

test('digests of the zone are made anew and signed', () => {
  const zone = signedZone(`${TEXT}@ ZONEMD 1 1 1 ${'00'.repeat(48)}\n`);
  expect(verifyZone(zone).bad).toEqual([]);
  const record = zone.types.indexOf(TYPE.ZONEMD);
  expect(Buffer.from(zone.rdataOf(record)).toString('hex')).not.toContain('0000000000');
  const checker = present.find((command) => command === 'kzonecheck');
  if (checker !== undefined) expect(complaints(zone, ORIGIN, [checker])).toEqual([]);
});

test.each<readonly [Unsigned, string, string, Partial<SigningOptions>]>([
  ['no-soa', '@ NS ns1\n', ORIGIN, {}],
  ['signed', `${TEXT}@ NSEC3PARAM 1 0 0 -\n`, ORIGIN, {}],
  ['signed', `${TEXT}@ NSEC www NS SOA RRSIG NSEC\n`, ORIGIN, {}],
  ['long-name', '@ SOA a b 1 2 3 4 5\n', `${`${'a'.repeat(62)}.`.repeat(4)}`, { nsec3: {} }],
])('a zone is left alone: %s', (unsigned, text, origin, options) => {
  const tree = new ZoneTree(cleanZone(origin, `$TTL 60\n${text}`));
  expect(signZone(tree, { keys: [KEY], now: NOW, ...options })).toEqual({ unsigned });
});
