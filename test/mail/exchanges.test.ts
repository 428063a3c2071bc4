import { describe, expect, test } from 'vitest';
import { exchangesIn, findExchanges } from '../../lib/mail/exchanges.ts';
import { type Given, lookupOf, SIGNED } from './delivering.ts';

const CLIENT = 'client';
const SERVER = 'server';
const BASE = { domain: 'example.net', implicit: false, ignoredNull: false, unreadable: 0 };

describe('the hosts of a mail domain', () => {
  test.each<[string, 'server' | 'client', string, Given | undefined, object]>([
    [
      'MX by preference (CMX-1.2.1-c)',
      SERVER,
      '@ 60 MX 20 h2\n@ 60 MX 10 H1',
      undefined,
      {
        ...BASE,
        kind: 'hosts',
        ttl: 60,
        security: 'insecure',
        hosts: [
          { preference: 10, host: 'h1.example.net' },
          { preference: 20, host: 'h2.example.net' },
        ],
      },
    ],
    [
      'Client MX (CMX-1.2.1-a, CMX-1.2.1-b)',
      CLIENT,
      '@ CLIENTMX 10 h1',
      undefined,
      { kind: 'hosts', hosts: [{ preference: 10, host: 'h1.example.net' }] },
    ],
    [
      'MX is no Client MX (AMB-6)',
      CLIENT,
      '@ MX 10 h1',
      undefined,
      { kind: 'absent', times: { soaTtl: 3600, soaMinimum: 3600 } },
    ],
    ['Client MX is never implicit (AMB-10)', CLIENT, '@ A 192.0.2.1', undefined, { kind: 'absent' }],
    ['a signed zone', SERVER, `${SIGNED}@ MX 10 h1`, undefined, { security: 'secure' }],
    ['null MX', SERVER, '@ MX 0 .', undefined, { kind: 'null' }],
    ['null Client MX (AMB-2)', CLIENT, '@ CLIENTMX 0 .', undefined, { kind: 'null' }],
    [
      'a null MX beside others',
      SERVER,
      '@ MX 0 .\n@ MX 10 h1',
      undefined,
      { kind: 'hosts', ignoredNull: true, hosts: [{ preference: 10 }] },
    ],
    [
      'implicit MX (AMB-10)',
      SERVER,
      '@ 77 A 192.0.2.1',
      undefined,
      { kind: 'hosts', implicit: true, ttl: 77, hosts: [{ preference: 0, host: 'example.net' }] },
    ],
    ['no MX and no address', SERVER, '', undefined, { kind: 'absent' }],
    [
      'no MX, addresses not told',
      SERVER,
      '',
      { failing: { 'example.net AAAA': 'timeout' } },
      { kind: 'failure', reason: 'timeout' },
    ],
    [
      'the question fails',
      CLIENT,
      '',
      { failing: { 'example.net TYPE265': 'bogus' } },
      { kind: 'failure', reason: 'bogus' },
    ],
    ['no such domain', SERVER, '', { domain: 'none.example.net' }, { kind: 'no-domain', domain: 'none.example.net' }],
    ['a domain of a zone not given', SERVER, '', { domain: 'example.com' }, { kind: 'failure', reason: 'outside' }],
    [
      'an alias (AMB-11)',
      CLIENT,
      'sales CNAME shop\nshop CLIENTMX 1 h1',
      { domain: 'sales.example.net' },
      { kind: 'hosts', domain: 'shop.example.net' },
    ],
    ['a wildcard (AMB-22)', CLIENT, '*.w CLIENTMX 1 h1', { domain: 'a.w.example.net' }, { kind: 'hosts' }],
    [
      'nothing is inherited from above (AMB-41)',
      CLIENT,
      '@ CLIENTMX 1 h1\nsub TXT x',
      { domain: 'sub.example.net' },
      { kind: 'absent' },
    ],
    [
      'an alias as host stays as written (AMB-12)',
      SERVER,
      '@ MX 10 alias\nalias CNAME h1',
      undefined,
      { hosts: [{ host: 'alias.example.net' }] },
    ],
  ])('%s', async (_, kind, records, given, wanted) => {
    expect(await findExchanges(given?.domain ?? 'example.net', kind, lookupOf(`${records}\n`, given))).toMatchObject(
      wanted,
    );
  });

  test('another type number stands for Client MX (CMX-1.5-a)', async () => {
    const lookup = lookupOf('@ TYPE65300 \\# 5 000a016100\n');
    expect(await findExchanges('example.net', 'client', lookup, { clientMxType: 65_300 })).toMatchObject({
      hosts: [{ preference: 10, host: 'a' }],
    });
    expect(await findExchanges('example.net', 'client', lookup)).toMatchObject({ kind: 'absent' });
  });

  const answer = {
    question: { name: 'example.net', type: 265 },
    canonical: 'example.net',
    aliases: [],
    security: 'insecure',
  } as const;

  test.each([
    ['cut short', Uint8Array.of(0)],
    ['without a name', Uint8Array.of(0, 10)],
    ['with octets behind the name', Uint8Array.of(0, 10, 0, 0)],
    ['with a compression pointer', Uint8Array.of(0, 10, 0xc0, 12)],
  ])('RDATA %s counts for nothing', (_, rdata) => {
    const good = Uint8Array.of(0, 10, 1, 0x61, 0);
    expect(exchangesIn({ ...answer, kind: 'records', rdata: [rdata, good], ttl: 1 })).toMatchObject({
      kind: 'hosts',
      unreadable: 1,
      hosts: [{ host: 'a' }],
    });
    expect(exchangesIn({ ...answer, kind: 'records', rdata: [rdata], ttl: 1 })).toMatchObject({
      kind: 'failure',
      reason: 'malformed',
    });
  });

  test('without knowing addresses a domain without MX is its own host', () => {
    const nodata = { ...answer, question: { name: 'example.net', type: 15 }, kind: 'nodata' } as const;
    expect(exchangesIn(nodata)).toMatchObject({ kind: 'hosts', implicit: true });
  });
});
