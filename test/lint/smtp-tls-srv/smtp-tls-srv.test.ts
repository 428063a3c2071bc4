import { describe, expect, it } from 'vitest';
import { clientMx } from '../../../lib/lint/common-examples.ts';
import type { ExampleCertificate } from '../../../lib/lint/rule.ts';
import { rules } from '../../../lib/lint/rules/smtp-tls-srv/list.ts';
import { fixed, itFinds, lint, ruleOf } from '../mail-mx/cases.ts';

const MX = '@ MX 10 mx1\n';
const HOSTS = 'mx1 A 192.0.2.10\nmx2 A 198.51.100.10\n';
const DNSKEY =
  '@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==\n';
const mx1: ExampleCertificate = { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] };

describe('the owner of the record', () => {
  itFinds(rules, 'smtp-tls-srv-wrong-proto', [
    { name: 'TCP in capitals is TCP', zone: `${MX}_SMTP-TLS._TCP SRV 0 0 25 mx1\n`, finds: [] },
    { name: 'another service below UDP', zone: '_sip._udp SRV 0 0 5060 mx1\n', finds: [] },
    { name: 'TLS as the transport', zone: '_smtp-tls._tls SRV 0 0 25 mx1\n', finds: [1], says: /below _tls/ },
    {
      name: 'one finding for one owner',
      zone: '_smtp-tls._udp SRV 0 0 25 mx1\n_smtp-tls._udp SRV 1 0 25 mx2\n',
      finds: [1],
    },
  ]);
  itFinds(rules, 'smtp-tls-srv-label-typo', [
    ...['_smtps-tls', '_smtp_tls', '_smtp-tls-', '_SmtpTls', 'smtp-tls'].map((label) => ({
      name: label,
      zone: `${label}._tcp SRV 0 0 25 mx1\n`,
      finds: [1],
      says: /expected _smtp-tls\._tcp\.example\.net/,
    })),
    {
      name: 'without transport',
      zone: '_smtp-tls SRV 0 0 25 mx1\n',
      finds: [1],
      says: /expected _smtp-tls\._tcp\.example\.net/,
    },
    {
      name: 'transport without underscore',
      zone: '_smtp-tls.tcp SRV 0 0 25 mx1\n',
      finds: [1],
      says: /expected _smtp-tls\._tcp\.example\.net/,
    },
    { name: 'right', zone: '_smtp-tls._tcp SRV 0 0 25 mx1\n', finds: [] },
    {
      name: 'other services',
      zone: '_smtp._tcp SRV 0 0 25 mx1\n_smtps._tcp SRV 0 0 465 mx1\n_submission._tcp SRV 0 0 587 mx1\n',
      finds: [],
    },
  ]);

  it.each([
    ['smtp-tls-srv-wrong-proto', '_smtp-tls._udp 60 IN SRV 0 0 25 mx1\n', '_smtp-tls._tcp 60 IN SRV 0 0 25 mx1\n'],
    [
      'smtp-tls-srv-wrong-proto',
      '_smtp-tls._udp.example.net. SRV 0 0 25 mx1\n  SRV 1 0 25 mx2\n',
      '_smtp-tls._tcp.example.net. SRV 0 0 25 mx1\n  SRV 1 0 25 mx2\n',
    ],
    ['smtp-tls-srv-label-typo', '_smtptls._tcp.news SRV 0 0 25 mx1\n', '_smtp-tls._tcp.news SRV 0 0 25 mx1\n'],
    ['smtp-tls-srv-label-typo', '_smtp-tls SRV 0 0 25 mx1\n', '_smtp-tls._tcp SRV 0 0 25 mx1\n'],
    ['smtp-tls-srv-label-typo', '_smtp-tls.tcp SRV 0 0 25 mx1\n', '_smtp-tls._tcp SRV 0 0 25 mx1\n'],
    [
      'smtp-tls-srv-label-typo',
      '$ORIGIN _tcp.example.net.\n_smtptls SRV 0 0 25 mx1\n',
      '$ORIGIN _tcp.example.net.\n_smtp-tls SRV 0 0 25 mx1\n',
    ],
    [
      'smtp-tls-srv-wrong-proto',
      '$ORIGIN _udp.example.net.\n_smtp-tls SRV 0 0 25 mx1\n',
      '$ORIGIN _udp.example.net.\n_smtp-tls SRV 0 0 25 mx1\n',
    ],
  ])('%s mends %j', (id, zone, expected) => {
    expect(fixed(zone, ruleOf(rules, id))).toBe(expected);
  });

  it('is not moved safely to an owner that has records', () => {
    for (const [owner, id] of [
      ['_smtp-tls._udp', 'smtp-tls-srv-wrong-proto'],
      ['_smtptls._tcp', 'smtp-tls-srv-label-typo'],
    ] as const) {
      const [found] = lint(`${owner} SRV 0 0 25 mx1\n_smtp-tls._tcp SRV 0 0 25 mx2\n`, [ruleOf(rules, id)]);
      expect(found?.fixes.map(({ safe }) => safe)).toEqual([false]);
    }
  });

  itFinds(rules, 'smtp-tls-srv-wrong-owner', [
    { name: 'an address is an implicit MX', zone: '_smtp-tls._tcp.www SRV 0 0 25 mx1\nwww A 192.0.2.1\n', finds: [] },
    { name: 'the apex', zone: '_smtp-tls._tcp SRV 0 0 25 mx1\n', finds: [] },
    { name: 'a wildcard makes it one', zone: `* MX 10 mx1\n_smtp-tls._tcp.www SRV 0 0 25 mx1\n`, finds: [] },
    { name: 'other records do not', zone: 'www TXT "x"\n_smtp-tls._tcp.www SRV 0 0 25 mx1\n', finds: [2] },
  ]);
  itFinds(rules, 'smtp-tls-srv-legacy-smtp-label', [
    {
      name: 'beside the new one',
      zone: '_smtp._tcp SRV 0 0 25 mx1\n_smtp-tls._tcp SRV 0 0 25 mx1\n',
      finds: [1],
      says: /stands beside it/,
    },
  ]);
});

describe('wildcards and the record', () => {
  itFinds(rules, 'smtp-tls-srv-wildcard', [
    {
      name: 'below the zone',
      zone: '* SRV 0 0 25 mx1\n',
      finds: [1],
      says: /answers for _smtp-tls\._tcp\.example\.net/,
    },
    { name: 'below UDP', zone: '*._udp SRV 0 0 25 mx1\n', finds: [] },
    { name: 'the exact name is there', zone: '*._tcp SRV 0 0 993 mx1\n_smtp-tls._tcp SRV 0 0 25 mx1\n', finds: [] },
    { name: 'another name keeps the wildcard out', zone: '* SRV 0 0 25 mx1\n_imaps._tcp SRV 0 0 993 mx1\n', finds: [] },
  ]);
  itFinds(rules, 'smtp-tls-srv-shadows-wildcard', [
    {
      name: 'addresses of the wildcard',
      zone: '* A 192.0.2.1\n* AAAA 2001:db8::1\n_smtp-tls._tcp.shop SRV 0 0 25 mx1\n',
      finds: [3],
      says: /\*\.example\.net \(A and AAAA\) no longer answers/,
    },
    {
      name: 'two levels below the wildcard',
      zone: '* MX 10 mx1\n_smtp-tls._tcp.a.b SRV 0 0 25 mx1\n',
      finds: [2],
      says: /makes a\.b\.example\.net/,
    },
    {
      name: 'the name above exists anyway',
      zone: '* MX 10 mx1\nb A 192.0.2.1\n_smtp-tls._tcp.a.b SRV 0 0 25 mx1\n',
      finds: [],
    },
    {
      name: 'another host keeps the name above',
      zone: '* MX 10 mx1\nc.b A 192.0.2.1\n_smtp-tls._tcp.a.b SRV 0 0 25 mx1\n',
      finds: [],
    },
    {
      name: 'a closer wildcard',
      zone: '* MX 10 mx1\n*.b MX 10 mx2\n_smtp-tls._tcp.a.b SRV 0 0 25 mx1\n',
      finds: [3],
      says: /\*\.b\.example\.net/,
    },
    { name: 'at the apex', zone: '* MX 10 mx1\n_smtp-tls._tcp SRV 0 0 25 mx1\n', finds: [] },
    {
      name: 'the domain owns something',
      zone: '* MX 10 mx1\nshop TXT "x"\n_smtp-tls._tcp.shop SRV 0 0 25 mx1\n',
      finds: [],
    },
    { name: 'without a wildcard', zone: '_smtp-tls._tcp.shop SRV 0 0 25 mx1\n', finds: [] },
    {
      name: 'the wildcard of an empty non-terminal',
      zone: 'x.* MX 10 mx1\n_smtp-tls._tcp.shop SRV 0 0 25 mx1\n',
      finds: [],
    },
  ]);

  it('shows the wildcard as the related place', () => {
    const zone = '* MX 10 mx1\n_smtp-tls._tcp.shop SRV 0 0 25 mx1\n';
    const [found] = lint(zone, [ruleOf(rules, 'smtp-tls-srv-shadows-wildcard')]);
    const [related] = found?.related ?? [];
    const text =
      related &&
      new TextDecoder().decode(related.place.file.bytes.subarray(related.place.span.start, related.place.span.end));
    expect(text).toBe('* MX 10 mx1');
  });
});

describe('ports', () => {
  itFinds(rules, 'smtp-tls-srv-nonstandard-port', [
    { name: 'each record', zone: '_smtp-tls._tcp SRV 0 0 24 mx1\n_smtp-tls._tcp SRV 1 0 2525 mx1\n', finds: [1, 2] },
    {
      name: 'submission is another rule',
      zone: '_smtp-tls._tcp SRV 0 0 465 mx1\n_smtp-tls._tcp SRV 1 0 587 mx1\n',
      finds: [],
    },
    { name: 'the null target', zone: '_smtp-tls._tcp SRV 0 0 0 .\n_smtp-tls._tcp SRV 0 0 99 .\n', finds: [] },
  ]);
  itFinds(rules, 'smtp-tls-srv-submission-port', [
    { name: 'both', zone: '_smtp-tls._tcp SRV 0 0 465 mx1\n_smtp-tls._tcp SRV 1 0 587 mx1\n', finds: [1, 2] },
  ]);
  itFinds(rules, 'smtp-tls-srv-25-and-842-same-target', [
    { name: 'different hosts', zone: '_smtp-tls._tcp SRV 0 0 842 mx1\n_smtp-tls._tcp SRV 0 0 25 mx2\n', finds: [] },
    {
      name: 'different priorities',
      zone: '_smtp-tls._tcp SRV 0 0 842 mx1\n_smtp-tls._tcp SRV 1 0 25 mx1\n',
      finds: [],
    },
  ]);
  itFinds(rules, 'smtp-tls-srv-25-before-842', [
    {
      name: 'among three',
      zone: '_smtp-tls._tcp SRV 0 0 842 mx2\n_smtp-tls._tcp SRV 1 0 25 mx1\n_smtp-tls._tcp SRV 2 0 842 mx1\n',
      finds: [2],
    },
  ]);

  it('25 before 842 is mended by exchanging the priorities', () => {
    const zone = '_smtp-tls._tcp SRV 3 7 25 mx1\n_smtp-tls._tcp SRV ( 5 7\n 842 mx1 )\n';
    expect(fixed(zone, ruleOf(rules, 'smtp-tls-srv-25-before-842'))).toBe(
      '_smtp-tls._tcp SRV 5 7 25 mx1\n_smtp-tls._tcp SRV ( 3 7\n 842 mx1 )\n',
    );
  });
});

describe('SRV and MX', () => {
  itFinds(rules, 'smtp-tls-srv-null-with-mx', [
    { name: 'the null MX agrees', zone: '@ MX 0 .\n_smtp-tls._tcp SRV 0 0 0 .\n', finds: [] },
    {
      name: 'mixed with real targets',
      zone: `${MX}_smtp-tls._tcp SRV 0 0 0 .\n_smtp-tls._tcp SRV 0 0 25 mx1\n`,
      finds: [],
    },
  ]);
  itFinds(rules, 'smtp-tls-srv-with-null-mx', [
    { name: 'the null target agrees', zone: '@ MX 0 .\n_smtp-tls._tcp SRV 0 0 0 .\n', finds: [] },
  ]);
  itFinds(rules, 'smtp-tls-srv-target-not-in-mx', [
    { name: 'letter case does not count', zone: `${MX}_smtp-tls._tcp SRV 0 0 25 MX1\n`, finds: [] },
    { name: 'the apex without MX and address', zone: '_smtp-tls._tcp SRV 0 0 25 mx1\n', finds: [1], says: /no MX/ },
    { name: 'the domain is its own host', zone: 'm A 192.0.2.1\n_smtp-tls._tcp.m SRV 0 0 25 m\n', finds: [] },
    { name: 'the domain would be its own host', zone: 'm A 192.0.2.1\n_smtp-tls._tcp.m SRV 0 0 25 mx1\n', finds: [2] },
    {
      name: 'one finding for one domain',
      zone: `${MX}_smtp-tls._tcp SRV 0 0 25 a\n_smtp-tls._tcp SRV 0 0 25 b\n`,
      finds: [2],
      says: /a\.example\.net and b\.example\.net/,
    },
    { name: 'the null target', zone: `${MX}_smtp-tls._tcp SRV 0 0 0 .\n`, finds: [] },
    { name: 'silent when an MX line is broken', zone: '@ MX 10\n_smtp-tls._tcp SRV 0 0 25 mx1\n', finds: [] },
    { name: 'a wildcard MX is another rule', zone: '* MX 10 mx2\n_smtp-tls._tcp.a SRV 0 0 25 mx1\n', finds: [] },
    {
      name: 'in long lists',
      zone: Array.from(
        { length: 12 },
        (_, at) => `@ MX ${at} m${at}\n_smtp-tls._tcp SRV ${at} 0 25 ${at === 7 ? 'x' : 'M'}${at}\n`,
      ).join(''),
      finds: [16],
      says: /names x7\.example\.net/,
    },
  ]);
  itFinds(rules, 'smtp-tls-srv-mx-not-in-srv', [
    { name: 'no host in common is another rule', zone: `${MX}_smtp-tls._tcp SRV 0 0 25 tls1\n`, finds: [] },
    { name: 'the null target', zone: `${MX}_smtp-tls._tcp SRV 0 0 0 .\n`, finds: [] },
    {
      name: 'silent when an SRV line is broken',
      zone: `${MX}@ MX 20 mx2\n_smtp-tls._tcp SRV 0 0 25 mx1\n_smtp-tls._tcp SRV 1 0 25\n`,
      finds: [],
    },
  ]);
  itFinds(rules, 'smtp-tls-srv-priority-vs-mx', [
    {
      name: 'equal preferences allow any order',
      zone: `@ MX 10 mx1\n@ MX 10 mx2\n_smtp-tls._tcp SRV 1 0 25 mx1\n_smtp-tls._tcp SRV 0 0 25 mx2\n`,
      finds: [],
    },
    {
      name: 'equal priorities allow any order',
      zone: `@ MX 10 mx1\n@ MX 20 mx2\n_smtp-tls._tcp SRV 0 0 25 mx1\n_smtp-tls._tcp SRV 0 0 25 mx2\n`,
      finds: [],
    },
    {
      name: 'the best record of a host counts',
      zone: `@ MX 10 mx1\n@ MX 20 mx2\n_smtp-tls._tcp SRV 9 0 25 mx1\n_smtp-tls._tcp SRV 0 0 842 mx1\n_smtp-tls._tcp SRV 5 0 25 mx2\n`,
      finds: [],
    },
    {
      name: 'the last of three',
      zone: `@ MX 10 a\n@ MX 10 b\n@ MX 20 c\n_smtp-tls._tcp SRV 0 0 25 a\n_smtp-tls._tcp SRV 3 0 25 b\n_smtp-tls._tcp SRV 2 0 25 c\n`,
      finds: [5],
      says: /puts c\.example\.net \(priority 2\) before b\.example\.net \(3\)/,
    },
  ]);
  itFinds(rules, 'smtp-tls-srv-ttl-vs-mx', [
    { name: 'a little longer', zone: '@ 3600 MX 10 mx1\n_smtp-tls._tcp 86400 SRV 0 0 25 mx1\n', finds: [] },
    { name: 'shorter', zone: '@ 604800 MX 10 mx1\n_smtp-tls._tcp 300 SRV 0 0 25 mx1\n', finds: [] },
    {
      name: 'says both',
      zone: '@ 300 MX 10 mx1\n_smtp-tls._tcp 2d SRV 0 0 25 mx1\n',
      finds: [2],
      says: /2 days but MX only for 5 minutes/,
    },
  ]);
  itFinds(rules, 'smtp-tls-srv-mtasts-dane-conflict', [
    {
      name: 'TLSA for the announced port',
      zone: `${MX}@ MX 20 tls1\n_smtp-tls._tcp SRV 0 0 842 tls1\n_25._tcp.mx1 TLSA 3 1 1 ${'00'.repeat(32)}\n_842._tcp.tls1 TLSA 3 1 1 ${'00'.repeat(32)}\n`,
      finds: [],
    },
    {
      name: 'an alias in its place',
      zone: `${MX}_smtp-tls._tcp SRV 0 0 842 tls1\n_25._tcp.mx1 TLSA 3 1 1 ${'00'.repeat(32)}\n_25._tcp.tls1 CNAME _25._tcp.mx1\n`,
      finds: [],
    },
    {
      name: 'a host elsewhere',
      zone: `${MX}_smtp-tls._tcp SRV 0 0 842 tls.example.org.\n_25._tcp.mx1 TLSA 3 1 1 ${'00'.repeat(32)}\n`,
      finds: [],
    },
    { name: 'no TLSA at all', zone: `${MX}_smtp-tls._tcp SRV 0 0 842 tls1\n`, finds: [] },
  ]);
  itFinds(rules, 'smtp-tls-srv-target-foreign', [
    { name: 'a signed zone', zone: `${DNSKEY}_smtp-tls._tcp SRV 0 0 25 mx.example.org.\n`, finds: [] },
    { name: 'another domain of the zone', zone: '_smtp-tls._tcp.news SRV 0 0 25 mx1\n', finds: [] },
  ]);
  itFinds(rules, 'smtp-tls-srv-negative-ttl', [
    { name: 'a domain with SRV', zone: '_smtp-tls._tcp SRV 0 0 25 mx1\n', finds: [] },
  ]);

  it('announces the MX hosts in a new line', () => {
    const rule = ruleOf(rules, 'smtp-tls-srv-missing-for-mail-domain');
    expect(fixed(`${MX}@ 60 MX 20 mx2\n${HOSTS}`, rule)).toBe(
      `${MX}@ 60 MX 20 mx2\n_smtp-tls._tcp.example.net. 3600 IN SRV 10 0 25 mx1.example.net.\n_smtp-tls._tcp.example.net. 60 IN SRV 20 0 25 mx2.example.net.\n${HOSTS}`,
    );
    expect(fixed('@ MX 10 mx1', rule)).toBe(
      '@ MX 10 mx1\n_smtp-tls._tcp.example.net. 3600 IN SRV 10 0 25 mx1.example.net.\n',
    );
    expect(fixed('@ MX 10 mx1\n  TXT "x"\n', rule)).toBe('@ MX 10 mx1\n  TXT "x"\n');
  });
});

describe('SRV and certificates', () => {
  const zone = `${MX}_smtp-tls._tcp SRV 0 0 842 mx1\n${HOSTS}`;
  const wrong: ExampleCertificate = { ...mx1, dnsNames: ['mail.example.net'] };
  itFinds(rules, 'smtp-tls-srv-cert-lacks-target', [
    { name: 'no certificates', zone, finds: [] },
    {
      name: 'client certificates only',
      zone,
      finds: [],
      certificates: [{ ...mx1, roles: ['client'], dnsNames: ['out1.example.net'] }],
    },
    { name: 'a wrong name is a rule of certificates', zone, finds: [], certificates: [wrong] },
    {
      name: 'the domain stands for the target',
      zone,
      finds: [],
      certificates: [{ ...mx1, dnsNames: ['Example.Net'] }],
    },
    {
      name: 'so does its SRVName',
      zone: `${zone}@ MX 20 mx2\n_smtp-tls._tcp SRV 1 0 842 mx2\n`,
      finds: [],
      certificates: [{ ...mx1, facts: { srvNames: ['_smtp-tls.example.net'] } }],
    },
    { name: 'a wildcard covers it', zone, finds: [], certificates: [{ ...mx1, dnsNames: ['*.example.net'] }] },
    {
      name: 'a host elsewhere',
      zone: `${zone}_smtp-tls._tcp SRV 1 0 842 mx.example.org.\n`,
      finds: [],
      certificates: [mx1],
    },
    {
      name: 'a host in both lists',
      zone: `${zone}@ MX 20 mx2\n_smtp-tls._tcp SRV 1 0 842 mx2\n`,
      finds: [6],
      says: /none of the given server certificates has that name or example\.net/,
      certificates: [mx1],
    },
    {
      name: 'no server certificate at all is a rule of Client MX',
      zone: `${zone}@ ${clientMx(0, '.')}\n`,
      finds: [],
      certificates: [{ ...mx1, roles: [], dnsNames: ['ftp.example.net'] }],
    },
  ]);
  itFinds(rules, 'smtp-tls-srv-cert-lacks-source-domain', [
    {
      name: 'the SRVName will do',
      zone,
      finds: [],
      certificates: [{ ...mx1, facts: { srvNames: ['_SMTP-TLS.example.net'] } }],
    },
  ]);

  it('finds nothing in a mail domain that is in order', () => {
    const clean = `${MX}@ MX 20 mx2\n_smtp-tls._tcp SRV 0 0 842 mx1\n_smtp-tls._tcp SRV 1 0 25 mx2\n${HOSTS}`;
    const byDefault = rules.filter((rule) => rule.byDefault !== false);
    const both: ExampleCertificate = { ...mx1, dnsNames: ['mx1.example.net', 'mx2.example.net'] };
    expect(lint(clean, byDefault, [both])).toEqual([]);
  });
});
