import { describe, expect, it } from 'vitest';
import { rules } from '../../../lib/lint/rules/dane/list.ts';
import { lineInExample, lintExample } from '../example.ts';
import { fixed, itFinds, ruleOf } from '../mail-mx/cases.ts';

const HASH = 'ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9';
const OTHER = '0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3';
const T = `TLSA 3 1 1 ${HASH}`;
const HOSTS = 'mx1 A 192.0.2.10\nmx2 A 198.51.100.10\n';

describe('the fields of TLSA', () => {
  itFinds(rules, 'tlsa-fields', [
    { name: 'private use', zone: '_25._tcp.ns1 TLSA 255 255 255 00\n', finds: [] },
    { name: 'a selector', zone: `_25._tcp.ns1 TLSA 3 2 1 ${HASH}\n`, finds: [1], says: /selector 2/ },
    { name: 'a matching type', zone: `_25._tcp.ns1 TLSA 3 1 3 ${HASH}\n`, finds: [1], says: /matching type 3/ },
    { name: 'each field', zone: `_25._tcp.ns1 TLSA 4 2 1 ${HASH}\n`, finds: [1, 1] },
    { name: 'SMIMEA too', zone: `${'0'.repeat(56)}._smimecert SMIMEA 4 1 1 ${HASH}\n`, finds: [1], says: /^SMIMEA/ },
  ]);
  itFinds(rules, 'tlsa-digest-length', [
    { name: 'SHA-512', zone: `_25._tcp.ns1 TLSA 3 1 2 ${HASH}${HASH}\n`, finds: [] },
    {
      name: 'SHA-256 where SHA-512 is said',
      zone: `_25._tcp.ns1 TLSA 3 1 2 ${HASH}\n`,
      finds: [1],
      says: /32 octets; expected 64/,
    },
    { name: 'a private matching type', zone: '_25._tcp.ns1 TLSA 3 1 255 00\n', finds: [] },
    { name: 'no digest', zone: '_25._tcp.ns1 TLSA 3 1 0 3000\n', finds: [] },
  ]);
  itFinds(rules, 'tlsa-matching-full', [
    { name: 'a trust anchor as a whole', zone: '_25._tcp.ns1 TLSA 2 0 0 308203\n', finds: [] },
    { name: 'a key as a whole', zone: '_25._tcp.ns1 TLSA 3 1 0 305930\n', finds: [1], says: /whole public key/ },
    {
      name: 'a digest in its place',
      zone: `_25._tcp.ns1 TLSA 2 0 0 ${HASH}\n`,
      finds: [1],
      says: /expected matching type 1/,
    },
  ]);
});

describe('the owner of TLSA', () => {
  itFinds(rules, 'tlsa-owner', [
    ...[
      '_25._tcp.mx1',
      '_443._TCP.mx1',
      '_443._quic.mx1',
      '_5061._sctp.mx1',
      '*._tcp.mx1',
      '*.mx1',
      '_25._tcp.*.web',
      '_dane',
      '_letsencrypt-tlsa',
      'e7._tlsa',
      'shared',
      '_smtp-client.mx1',
    ].map((owner) => ({ name: owner, zone: `${HOSTS}${owner} ${T}\n`, finds: [] })),
    ...(
      [
        ['mx1', '_port\\._tcp\\.mx1'],
        ['@', '_port\\._tcp\\.example'],
        ['_25.mx1', '_25\\._tcp\\.mx1'],
        ['_25.tcp.mx1', '_25\\._tcp\\.mx1'],
        ['25._tcp.mx1', '_25\\._tcp\\.mx1'],
        ['25.tcp.mx1', '_25\\._tcp\\.mx1'],
        ['_tcp._25.mx1', '_25\\._tcp\\.mx1'],
        ['_25._tls.mx1', '_25\\._tcp\\.mx1'],
        ['_smtp._tcp.mx1', '_25\\._tcp\\.mx1'],
        ['_foo._tcp.mx1', '_port\\._tcp\\.mx1'],
        ['_70000._tcp.mx1', '_port\\._tcp\\.mx1'],
      ] as const
    ).map(([owner, expected]) => ({
      name: owner,
      zone: `${HOSTS}${owner} ${T}\n`,
      finds: [3],
      says: new RegExp(`expected ${expected}`),
    })),
    { name: 'behind an alias', zone: `${HOSTS}_25._tcp.mx1 CNAME mx2\nmx2 ${T}\n`, finds: [] },
    { name: 'one finding for an owner', zone: `${HOSTS}mx1 ${T}\nmx1 TLSA 3 1 1 ${OTHER}\n`, finds: [3] },
    { name: 'below a delegation', zone: `sub NS ns1\nx.sub A 192.0.2.1\nx.sub ${T}\n`, finds: [] },
  ]);
  it.each([
    [`_25.ns1 ${T}\n`, `_25._tcp.ns1 ${T}\n`],
    [`25._tcp.ns1 ${T}\n`, `_25._tcp.ns1 ${T}\n`],
    [`_smtp._tcp.ns1 ${T}\n TLSA 3 1 1 ${OTHER}\n`, `_25._tcp.ns1 ${T}\n TLSA 3 1 1 ${OTHER}\n`],
    [`_foo._tcp.ns1 ${T}\n`, `_foo._tcp.ns1 ${T}\n`],
    [`ns1 ${T}\n`, `ns1 ${T}\n`],
  ])('writes the owner of %j', (bad, good) => {
    expect(fixed(bad, ruleOf(rules, 'tlsa-owner'))).toBe(good);
  });

  itFinds(rules, 'tlsa-host-no-address', [
    { name: 'no such host', zone: `_25._tcp.nope ${T}\n`, finds: [1], says: /does not exist|has no address/ },
    { name: 'a host in another zone', zone: `sub NS ns1\n_25._tcp.mx.sub ${T}\n`, finds: [] },
    { name: 'an alias', zone: `mail CNAME mx1\n${HOSTS}_443._tcp.mail ${T}\n`, finds: [] },
    { name: 'a wildcard owner', zone: `*._tcp.nope ${T}\n`, finds: [] },
    { name: 'an address the server makes', zone: `www ALIAS web.example.org.\n_443._tcp.www ${T}\n`, finds: [] },
    { name: 'a broken address line', zone: `_25._tcp.mx3 ${T}\nmx3 A 192.0.2\n`, finds: [] },
    {
      name: 'below the mail domain',
      zone: `@ MX 10 mx1\n${HOSTS}_25._tcp ${T}\n`,
      finds: [4],
      says: /example\.net, which has no address/,
    },
  ]);
  itFinds(rules, 'smimea-openpgpkey-owner', [
    { name: 'a wildcard', zone: `*._smimecert SMIMEA 2 0 1 ${HASH}\n`, finds: [] },
    { name: 'shared', zone: `_ourca SMIMEA 2 0 1 ${HASH}\n`, finds: [] },
    { name: 'behind an alias', zone: `${'a'.repeat(56)}._smimecert CNAME bob\nbob SMIMEA 2 0 1 ${HASH}\n`, finds: [] },
    { name: 'a whole digest', zone: `${'a'.repeat(63)}._openpgpkey OPENPGPKEY mQENBFVHm5sBCADB\n`, finds: [1] },
    { name: 'the other label', zone: `${'a'.repeat(56)}._openpgpkey SMIMEA 2 0 1 ${HASH}\n`, finds: [1] },
  ]);
});

describe('TLSA and mail', () => {
  itFinds(rules, 'tlsa-smtp-usage', [
    { name: 'the web may ask for public CAs', zone: `_443._tcp.ns1 TLSA 1 1 1 ${HASH}\n`, finds: [] },
    { name: 'DANE-TA', zone: `_25._tcp.ns1 TLSA 2 1 1 ${HASH}\n`, finds: [] },
    {
      name: 'through an alias',
      zone: `_25._tcp.ns1 CNAME _t\n_443._tcp.ns1 CNAME _t\n_t TLSA 0 1 1 ${HASH}\n`,
      finds: [3],
      says: /expected 2/,
    },
    {
      name: 'an alias that leads elsewhere',
      zone: '_25._tcp.ns1 CNAME t.example.org.\n_1._tcp.ns1 TLSA 3 1 1 00\n',
      finds: [],
    },
  ]);
  itFinds(rules, 'tlsa-missing-for-mx', [
    { name: 'none at all', zone: `@ MX 10 mx1\n@ MX 20 mx2\n${HOSTS}`, finds: [] },
    { name: 'for another port only', zone: `@ MX 10 mx1\n@ MX 20 mx2\n${HOSTS}_443._tcp.mx1 ${T}\n`, finds: [] },
    {
      name: 'through an alias',
      zone: `@ MX 10 mx1\n@ MX 20 mx2\n${HOSTS}_25._tcp.mx1 ${T}\n_25._tcp.mx2 CNAME _25._tcp.mx1\n`,
      finds: [],
    },
    {
      name: 'an alias that leads elsewhere',
      zone: `@ MX 10 mx1\n@ MX 20 mx2\n${HOSTS}_25._tcp.mx1 ${T}\n_25._tcp.mx2 CNAME t.example.org.\n`,
      finds: [],
    },
    { name: 'a host elsewhere', zone: `@ MX 10 mx1\n@ MX 20 mx.example.org.\n${HOSTS}_25._tcp.mx1 ${T}\n`, finds: [] },
    { name: 'a wildcard', zone: `@ MX 10 mx1\n@ MX 20 mx2\n${HOSTS}_25._tcp.mx1 ${T}\n*._tcp.mx2 ${T}\n`, finds: [] },
    {
      name: 'a host is told once',
      zone: `@ MX 10 mx1\n@ MX 20 mx2\nn MX 10 mx1\nn MX 20 mx2\n${HOSTS}_25._tcp.mx1 ${T}\n`,
      finds: [2],
    },
    { name: 'one host', zone: `@ MX 10 mx2\n${HOSTS}_25._tcp.mx1 ${T}\n`, finds: [] },
  ]);
  it('looks into the other zones given', () => {
    const rule = ruleOf(rules, 'tlsa-missing-for-mx');
    const example = {
      zone: `@ MX 10 mx.example.org.\n@ MX 20 mx2.example.org.\n`,
      others: [{ origin: 'example.org', zone: `mx A 192.0.2.1\nmx2 A 192.0.2.2\n_25._tcp.mx ${T}\n` }],
    };
    const found = lintExample(example, [{ rule, severity: rule.level }]);
    expect(found.map((one) => lineInExample(example, one))).toEqual([2]);
    expect(found[0]?.related[0]?.place.file.name).toBe('example.org.zone');
  });

  const srv = `@ MX 10 mx1\n_smtp-tls._tcp SRV 0 0 842 mx1\n${HOSTS}`;
  itFinds(rules, 'tlsa-missing-for-implicit-port', [
    { name: 'no TLSA at all', zone: srv, finds: [] },
    { name: 'port 25 announced', zone: `${srv.replace('842', '25')}_25._tcp.mx1 ${T}\n`, finds: [] },
    {
      name: 'a port of submission is another fault',
      zone: `${srv.replace('842', '465')}_25._tcp.mx1 ${T}\n`,
      finds: [],
    },
    { name: 'a wildcard for all ports', zone: `${srv}_25._tcp.mx1 ${T}\n*._tcp.mx1 ${T}\n`, finds: [] },
    { name: 'through an alias', zone: `${srv}_25._tcp.mx1 CNAME _t\n_t ${T}\n`, finds: [2] },
  ]);
  it('copies the records, or the alias, behind themselves', () => {
    const rule = ruleOf(rules, 'tlsa-missing-for-implicit-port');
    expect(fixed(`${srv}_25._tcp.mx1 ${T}\nwww A 192.0.2.1\n`, rule)).toBe(
      `${srv}_25._tcp.mx1 ${T}\n_842._tcp.mx1.example.net. ${T}\nwww A 192.0.2.1\n`,
    );
    expect(fixed(`${srv}_25._tcp.mx1 CNAME _t\n_t ${T}\n`, rule)).toBe(
      `${srv}_25._tcp.mx1 CNAME _t\n_842._tcp.mx1.example.net. CNAME _t.example.net.\n_t ${T}\n`,
    );
    const takesOver = `${srv}_25._tcp.mx1 ${T}\n A 192.0.2.1\n`;
    expect(fixed(takesOver, rule)).toBe(takesOver);
    expect(fixed(`${srv}_25._tcp.mx1 ${T}`, rule)).toBe(`${srv}_25._tcp.mx1 ${T}\n_842._tcp.mx1.example.net. ${T}\n`);
  });

  itFinds(rules, 'tlsa-on-cname', [
    { name: 'the alias alone has them', zone: `www CNAME ns1\n_443._tcp.www ${T}\n`, finds: [] },
    {
      name: 'the same in another order',
      zone: `www CNAME ns1\n_443._tcp.www ${T}\n_443._tcp.www TLSA 3 1 1 ${OTHER}\n_443._tcp.ns1 TLSA 3 1 1 ${OTHER}\n_443._tcp.ns1 ${T}\n`,
      finds: [],
    },
    { name: 'another port', zone: `www CNAME ns1\n_443._tcp.www ${T}\n_25._tcp.ns1 TLSA 3 1 1 ${OTHER}\n`, finds: [] },
  ]);
  itFinds(rules, 'tlsa-unsigned-zone', [
    { name: 'without TLSA', zone: 'www A 192.0.2.1\n', finds: [] },
    { name: 'once for a zone', zone: `_25._tcp.ns1 ${T}\n_443._tcp.ns1 ${T}\n`, finds: [1] },
  ]);
});
