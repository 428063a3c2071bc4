import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { schemaFaults } from '../../lib/config/validate.ts';
import { specOfZone } from '../../lib/edit/generate-from-zone.ts';
import { sectionsText } from '../../lib/edit/generate-text.ts';
import { lintZone } from '../../lib/lint/engine.ts';
import { activeRules } from '../../lib/lint/profiles.ts';
import { findRule, RULES } from '../../lib/lint/rules.ts';
import { nameKey } from '../../lib/rr/name.ts';
import { canonicalLines } from '../../lib/zone/canonical.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { root } from '../house/sources.ts';
import { BASE, FULL, recordsOf, specOf, zoneOf, zoneTextOf } from './generate.ts';

const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 1024 })
  .privateKey.export({ type: 'pkcs8', format: 'der' })
  .toString('base64');
const NOW = Date.parse('2026-11-21T00:00:00Z');
const { active } = activeRules(RULES, { profile: 'default', select: [], ignore: [], levels: new Map() });

/** What the default rules find, with the policies of the spec at hand. */
function findings(value: unknown): string[] {
  const { plan } = specOf(value);
  const policies = plan.policies.map(({ domain, text }) => {
    return { domain, file: { name: `${domain}.mta-sts.txt`, bytes: new TextEncoder().encode(text) } };
  });
  const zone = zoneOf(zoneTextOf(value));
  const found = lintZone({ zone, certificates: [], certificateFiles: new Map(), policies, now: NOW }, active);
  return found.map(({ rule, args }) => `${rule}: ${findRule(rule)?.say(args)}`);
}

/** Lines of the canonical form without the SOA, as sets are compared. */
function lines(zone: Zone): string[] {
  return [...canonicalLines(zone)].filter((line) => !/ SOA /.test(line)).sort();
}

/** The same with texts joined. */
function mailLines(zone: Zone): string[] {
  return lines(zone).map((line) => line.replaceAll('" "', ''));
}

const COMBINATIONS = ['starttls', 'implicit', 'implicit+backup', undefined].flatMap((smtpTls) =>
  [
    ['mx1'],
    ['mx1', 'mx2'],
    [
      { host: 'mx1', preference: 10 },
      { host: 'mx2', preference: 10 },
    ],
  ].flatMap((receives) =>
    [['out1'], 'none', undefined].flatMap((sends) =>
      ['enforce', 'testing', undefined].map((mode) => ({
        ...BASE,
        receives,
        ...(sends !== undefined && { sends }),
        ...(smtpTls !== undefined && { smtpTls }),
        spf: sends === undefined ? { mx: true } : 'fail',
        dmarc: { policy: 'reject', reports: 'dmarc@example.net' },
        ...(mode !== undefined && { mtaSts: { mode, host: 'www' }, tlsReports: 'tlsrpt@example.net' }),
      })),
    ),
  ),
);

describe('a generated zone', () => {
  test('passes the default rules for every combination of presets', () => {
    const found = COMBINATIONS.map((spec) => ({
      spec: JSON.stringify({ ...spec, hosts: undefined }),
      found: findings(spec),
    }));
    expect(found.filter((each) => each.found.length > 0).slice(0, 3)).toEqual([]);
    expect(found).toHaveLength(108);
  });

  test.each<[string, object]>([
    ['all settings', FULL],
    ['no mail', { ...BASE, receives: 'none', spf: 'fail', dmarc: { policy: 'reject', reports: 'dmarc@example.com' } }],
    [
      'foreign hosts',
      {
        ...BASE,
        receives: ['mx.provider.example'],
        spf: { include: ['_spf.provider.example'] },
        dmarc: { policy: 'reject', reports: 'dmarc@example.com' },
      },
    ],
    [
      'several domains',
      {
        ...FULL,
        domain: undefined,
        domains: {
          'example.net': null,
          'lists.example.net': { bimi: null, services: null, autoconfig: null, autodiscover: null },
        },
      },
    ],
  ])('passes them with %s', (_, spec) => {
    expect(findings(JSON.parse(JSON.stringify(spec)))).toEqual([]);
  });

  test('has exactly the records of the plan, and the same octets each time', () => {
    const text = zoneTextOf(FULL);
    expect(zoneTextOf(structuredClone(FULL))).toBe(text);
    expect(text).toMatch(/^[\n -~]*$/);
    expect(text).not.toMatch(/[ \t]$/m);
    expectSame(zoneOf(text), specOf(FULL));
  });

  test.each<[string, string[]]>([
    ['starttls', ['0 0 25 mx1.example.net.']],
    ['implicit', ['0 0 842 mx1.example.net.']],
    ['implicit+backup', ['0 0 842 mx1.example.net.', '1 0 25 mx1.example.net.']],
  ])('has the SRV records of the draft for %s', (smtpTls, expected) => {
    const text = zoneTextOf({ ...BASE, receives: 'mx1', smtpTls });
    const found = lines(zoneOf(text)).filter((line) => line.startsWith('_smtp-tls._tcp'));
    expect(found).toEqual(expected.map((rdata) => `_smtp-tls._tcp.example.net. 3600 IN SRV ${rdata}`));
  });

  test('publishes nothing that is not asked for', () => {
    const { plan } = specOf({ domain: 'example.net', receives: ['mx.example.org'] });
    expect(recordsOf(plan)).toHaveLength(1);
    expect(recordsOf(specOf({ domain: 'example.net' }).plan)).toHaveLength(0);
  });

  test('gives the policy an id that changes when the policy does, and only then', () => {
    const id = (spec: object): string => /id=(\w+)/.exec(zoneTextOf({ ...FULL, ...spec }))?.[1] ?? '';
    expect(id({})).toMatch(/^[0-9a-f]{16}$/);
    expect(id({ spf: 'softfail', ttl: 60 })).toBe(id({}));
    expect(
      new Set([
        id({}),
        id({ receives: ['mx1'] }),
        id({ mtaSts: 'testing', hosts: { ...BASE.hosts, 'mta-sts': '192.0.2.1' } }),
      ]).size,
    ).toBe(3);
    expect(specOf(FULL).plan.policies).toEqual([
      {
        domain: 'example.net',
        text: 'version: STSv1\nmode: enforce\nmx: mx1.example.net\nmx: mx2.example.net\nmax_age: 604800\n',
      },
    ]);
  });

  test('writes names in Unicode as A-labels, and as people write them in comments', () => {
    const text = zoneTextOf({
      domain: 'bücher.example',
      zone: { nameServers: ['ns1'] },
      hosts: { ns1: '192.0.2.1', köln: '192.0.2.2' },
      receives: ['köln'],
    });
    expect(text).toContain('\nxn--kln-sna ');
    expect(text).toMatch(/MX +10 xn--kln-sna ; köln/);
    expect(text).toContain('; Where mail for bücher.example (xn--bcher-kva.example) goes.');
    expect(zoneOf(text, 'xn--bcher-kva.example').problems).toEqual([]);
  });

  test('of several domains has those of its zone, with what is different for each', () => {
    const { plan, problems } = specOf({
      domains: {
        'example.net': null,
        'lists.example.net': { receives: ['mx2'] },
        'example.org': { receives: 'none', sends: null },
      },
      hosts: BASE.hosts,
      receives: ['mx1'],
      sends: ['out1'],
    });
    expect(problems).toEqual([]);
    const texts = plan.zones.map(({ sections }) =>
      sectionsText(
        sections.filter(({ comment }) => comment !== 'The hosts.'),
        {},
      ),
    );
    expect(
      texts.map((text) => text.match(/^\S.* (?:MX|TYPE265) .*$/gm)?.map((line) => line.replace(/ +/g, ' '))),
    ).toEqual([
      [
        'example.net. IN MX 10 mx1.example.net.',
        'example.net. IN TYPE265 \\# 20 000a046f757431076578616d706c65036e657400 ; CLIENTMX 10 out1.example.net.',
        'lists.example.net. IN MX 10 mx2.example.net.',
        'lists.example.net. IN TYPE265 \\# 20 000a046f757431076578616d706c65036e657400 ; CLIENTMX 10 out1.example.net.',
      ],
      ['example.org. IN MX 0 .'],
    ]);
  });
});

describe('mistakes', () => {
  test.each<[string, object, string]>([
    ['both domain and domains', { domains: ['example.org'] }, '/domains'],
    ['the same domain twice', { domain: undefined, domains: ['example.net', 'Example.NET'] }, '/domains/1'],
    ['an address for a domain', { domain: '192.0.2.1' }, '/domain'],
    ['an unknown host', { receives: ['mx1', 'mx3'] }, '/receives/1'],
    ['a host twice', { receives: ['mx1', 'mx1.example.net'] }, '/receives/1'],
    [
      'a host described twice',
      { hosts: { ...BASE.hosts, 'MX1.example.net.': '192.0.2.9' } },
      '/hosts/MX1.example.net.',
    ],
    ['an address of the wrong family', { hosts: { ...BASE.hosts, a: { ipv6: '192.0.2.1' } } }, '/hosts/a/ipv6'],
    ['no address', { hosts: { ...BASE.hosts, a: ['192.0.2.1', 'mx1'] } }, '/hosts/a/1'],
    ['a host of another zone', { hosts: { ...BASE.hosts, 'www.example.org': '192.0.2.1' } }, '/hosts/www.example.org'],
    ['an underscore in a host', { hosts: { ...BASE.hosts, _a: '192.0.2.1' } }, '/hosts/_a'],
    ['SRV without MX', { receives: undefined, smtpTls: 'implicit' }, '/smtpTls'],
    ['SRV with null MX', { receives: 'none', smtpTls: 'implicit' }, '/smtpTls'],
    ['a policy without a web server', { mtaSts: 'enforce' }, '/mtaSts'],
    ['SPF without senders', { spf: 'fail' }, '/spf'],
    ['SPF with a mistake', { spf: 'v=spf1 ip4:mx1 -all' }, '/spf'],
    ['a private DKIM key', { dkim: { a: PRIVATE_KEY } }, '/dkim/a'],
    ['no DKIM key', { dkim: { a: 'AAAA' } }, '/dkim/a'],
    ['a DKIM file that is not there', { dkim: { a: { keyFile: 'none.pem' } } }, '/dkim/a/keyFile'],
    ['two DKIM keys in one', { dkim: { a: { revoked: true, cname: 'a.example.org' } } }, '/dkim/a'],
    ['DMARC with a mistake', { dmarc: 'v=DMARC1; p' }, '/dmarc'],
    ['reports to nobody', { dmarc: { policy: 'none', reports: 'nobody' } }, '/dmarc/reports'],
    ['a URL for a CA', { caa: 'https://ca.example.org/' }, '/caa'],
    ['a picture without TLS', { bimi: 'http://example.net/a.svg' }, '/bimi'],
    ['no TLSA data', { tlsa: [{ host: 'mx1', ports: [25], data: '3 1 1' }] }, '/tlsa/0/data'],
    ['TLSA without certificates', { tlsa: true }, '/tlsa'],
    ['a certificate that is not there', { certificates: ['none.pem'] }, '/certificates/0'],
    [
      'an alias beside addresses',
      { autoconfig: 'mx1', hosts: { ...BASE.hosts, autoconfig: '192.0.2.1' } },
      '/autoconfig',
    ],
    [
      'a name that gets too long',
      {
        domain: `${'a'.repeat(60)}.`.repeat(4).slice(0, -1),
        smtpTls: [{ host: 'x.example', port: 25 }],
        hosts: undefined,
        zone: undefined,
        receives: undefined,
      },
      '/smtpTls',
    ],
  ])('of %s are told with their place', (_, settings, path) => {
    const spec = JSON.parse(JSON.stringify({ ...BASE, receives: ['mx1'], ...settings }));
    const { problems } = specOf(spec);
    expect([...new Set(problems.map((each) => each.path))]).toEqual([path]);
  });

  test('of a certificate are told', () => {
    const certificate = { names: ['mail.example.org'], association: () => ({ problem: 'it has none' }) };
    const files = { certificates: () => [certificate], dkim: () => ({ problem: '' }) };
    const spec = { ...BASE, receives: ['mx1'], certificates: ['a.pem'] };
    expect(specOf(spec, files).problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
      '/certificates/0 is a.pem: it names mail.example.org, which is none of the hosts here; say with "hosts" who shows it',
    ]);
    const stated = { ...spec, certificates: [{ file: 'a.pem', hosts: ['mx1'] }], tlsa: true };
    expect(specOf(stated, files).problems.map(({ path }) => path)).toEqual(['/certificates/0/file']);
  });
});

describe('hostile text', () => {
  const evil = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '\n@ A 192.0.2.66',
      '"; b=c',
      'a\\',
      'a" "b',
      '; zonewright:end\n',
      '$INCLUDE /etc/passwd',
      '(',
      'a\u2028b',
      '\\# 0',
      '1e3',
      '@',
      '*.x',
      'ä',
      'xn--0',
      '..',
    ),
    fc.string({ maxLength: 300 }),
  );
  const values = fc.oneof(evil, fc.array(evil, { maxLength: 3 }), fc.dictionary(evil, evil, { maxKeys: 3 }));
  const spec = fc.record(
    {
      domain: fc.oneof(evil, fc.constant('example.net')),
      receives: fc.oneof(values, fc.constant(['mx1'])),
      sends: values,
      hosts: fc.dictionary(evil, fc.oneof(evil, fc.constant('192.0.2.1')), { maxKeys: 3 }),
      smtpTls: fc.oneof(values, fc.constantFrom('implicit', 'constructor', '__proto__')),
      spf: fc.oneof(
        evil.map((text) => `v=spf1 ${text}`),
        evil.map((text) => ({ include: [text], addresses: [text] })),
      ),
      dkim: fc.dictionary(
        evil,
        fc.oneof(
          evil,
          evil.map((record) => ({ record: `v=DKIM1; n=${record}; p=` })),
          evil.map((cname) => ({ cname })),
        ),
        { maxKeys: 2 },
      ),
      dmarc: fc.oneof(
        evil.map((text) => `v=DMARC1; p=none; x=${text}`),
        evil.map((reports) => ({ policy: 'none', reports: `${reports}@example.net` })),
      ),
      mtaSts: fc.oneof(
        evil,
        evil.map((text) => ({ mode: 'enforce', mx: [text, 'a.example'], id: 'a', host: text })),
      ),
      tlsReports: fc.oneof(
        evil,
        evil.map((text) => `https://${text}`),
      ),
      caa: fc.oneof(
        evil,
        evil.map((text) => ({ issue: `ca.example; a=${text}`, iodef: `mailto:${text}`, contactemail: text })),
      ),
      bimi: fc.oneof(
        evil,
        evil.map((text) => `https://a/${text}.svg`),
      ),
      services: evil.map((host) => ({ imaps: host, jmap: [host, { host, port: 7 }] })),
      autoconfig: evil,
      tlsa: evil.map((data) => [{ host: 'mx.example.org', ports: [25], data }]),
    },
    { requiredKeys: ['domain'] },
  );

  test('leads to the records that were meant, or to a complaint', () => {
    let made = 0;
    fc.assert(
      fc.property(spec, (value) => {
        // Each setting by itself, so that the faults of others do not hide what it does.
        for (const [name, setting] of Object.entries(value)) {
          const one = { domain: 'example.net', receives: ['mx.example.org'], [name]: setting };
          const { plan } = specOf(one);
          for (const zone of plan.zones) {
            const origin = zone.origin;
            const text = sectionsText(zone.sections, { origin, ttl: 60 });
            const head = `; a\n$ORIGIN ${canonicalNameOf(origin)}\n`;
            const read = zoneOf(head + text, canonicalNameOf(origin).replace(/\.$/, '') || '.');
            expect(read.problems.filter(({ code }) => code !== 'nonportable')).toEqual([]);
            expectRecords(
              read,
              zone.sections.flatMap(({ records }) => records),
            );
            made++;
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(made).toBeGreaterThan(500);
  });
});

describe('a recovered spec', () => {
  test.each<[string, string]>([
    ['the example', readFileSync(join(root, 'test/example/example.net.zone'), 'utf8')],
    ['all settings', zoneTextOf(FULL)],
    ...COMBINATIONS.slice(0, 40).map((spec, index): [string, string] => [`combination ${index}`, zoneTextOf(spec)]),
  ])('of %s gives its records again', (_, text) => {
    const zone = zoneOf(text);
    const yaml = recovered(zone);
    const value = parse(yaml);
    expect(schemaFaultsOf(value)).toEqual([]);
    const made = mailLines(zoneOf(zoneTextOf(value)));
    const left = yaml.match(/^# {3}line .*$/gm) ?? [];
    // Hosts that no setting names are none of a spec's business.
    expect(left.filter((line) => !/ (?:A|AAAA) /.test(line))).toEqual([]);
    expect([...made, ...left.map((line) => line.replace(/^# +line \d+: (\S+ \d+)/, '$1 IN'))].sort()).toEqual(
      mailLines(zone),
    );
  });

  test('is not there for a zone that cannot be a mail domain', () => {
    expect(specOfZone(zoneOf('. 60 NS a.example.', ''))).toBeUndefined();
  });

  test('names what it cannot say', () => {
    const zone = zoneOf(
      `$ORIGIN example.net.\n$TTL 60\n@ MX 10 mx\n@ MX 0 .\nwww A 192.0.2.1\n_imaps._tcp SRV 0 0 993 a_b\n@ TXT "a\\"b\\010"\n@ CAA 128 issue "x"\n`,
    );
    const yaml = recovered(zone);
    expect(parse(yaml)).toEqual({ domain: 'example.net' });
    for (const line of [3, 4, 5, 6, 7, 8]) expect(yaml).toContain(`#   line ${line}: `);
    expect(yaml.endsWith('\n')).toBe(true);
  });

  test('is YAML that fits the schema whatever the zone says', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'a',
        '_dmarc',
        '@',
        '\\000',
        'a\\"b',
        'ä',
        '"x y"',
        '10',
        '.',
        'v=spf1',
        '_25._tcp',
        '\\# 0',
        'true',
        'no',
        ';',
      ),
      fc.string({ maxLength: 8 }),
    );
    const type = fc.constantFrom('MX', 'TXT', 'SRV', 'A', 'CNAME', 'TYPE265', 'CAA', 'TLSA', 'NS', 'SOA');
    const row = fc
      .tuple(word, type, fc.array(word, { maxLength: 5 }))
      .map(([owner, each, rest]) => `${owner} ${each} ${rest.join(' ')}`);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const yaml = recovered(zoneOf(`$ORIGIN example.net.\n$TTL 60\n@ MX 10 mx\n${rows.join('\n')}\n`));
        const value = parse(yaml);
        expect(schemaFaultsOf(value)).toEqual([]);
        expect(specOf(value).problems).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

const folder = mkdtempSync(join(tmpdir(), 'zonewright-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each<[string, (file: string) => string[]]>([
  ['named-checkzone', (file) => ['example.net', file]],
  ['nsd-checkzone', (file) => ['example.net', file]],
  ['kzonecheck', (file) => ['-o', 'example.net', file]],
])('%s', (tool, args) => {
  const isMissing = spawnSync(tool, ['-h']).error !== undefined;

  test.skipIf(isMissing)(`loads what is generated (skipped without ${tool})`, () => {
    for (const [index, spec] of [FULL, ...COMBINATIONS.filter((_, each) => each % 9 === 0)].entries()) {
      const file = join(folder, `${tool}-${index}.zone`);
      writeFileSync(file, zoneTextOf(spec));
      const { status, stdout, stderr } = spawnSync(tool, args(file), { encoding: 'utf8' });
      expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
    }
  });
});

function expectSame(zone: Zone, { plan }: ReturnType<typeof specOf>): void {
  expect(zone.problems).toEqual([]);
  expectRecords(zone, recordsOf(plan), 1);
}

/** The records of a zone are these and, as many as said, others. */
function expectRecords(zone: Zone, wanted: ReturnType<typeof recordsOf>, others = 0): void {
  const found = Array.from({ length: zone.count }, (_, record) => {
    return `${nameKey(zone.ownerOf(record))} ${zone.types[record]} ${Buffer.from(zone.rdataOf(record)).toString('hex')}`;
  });
  const expected = wanted.map(
    ({ owner, type, rdata }) => `${nameKey(owner)} ${type} ${Buffer.from(rdata).toString('hex')}`,
  );
  expect(expected.filter((each) => !found.includes(each))).toEqual([]);
  expect(found).toHaveLength(expected.length + others);
}

function canonicalNameOf(wire: Uint8Array): string {
  const labels: string[] = [];
  for (let at = 0; (wire[at] ?? 0) > 0; at += 1 + (wire[at] ?? 0)) {
    labels.push(Buffer.from(wire.subarray(at + 1, at + 1 + (wire[at] ?? 0))).toString('latin1'));
  }
  return `${labels.join('.')}.`;
}

function schemaFaultsOf(value: unknown): readonly string[] {
  return schemaFaults('mail-spec', value).map(({ path, clause }) => `${path} ${clause}`);
}

function recovered(zone: Zone): string {
  const yaml = specOfZone(zone);
  if (yaml === undefined) throw new Error('no mail domain');
  return yaml;
}
