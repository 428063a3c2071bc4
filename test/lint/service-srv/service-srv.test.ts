import { describe, expect, it } from 'vitest';
import { rules } from '../../../lib/lint/rules/service-srv/list.ts';
import { fixed, itFinds, ruleOf } from '../mail-mx/cases.ts';

const IMAP = 'imap A 192.0.2.40\n';

describe('the owner of SRV', () => {
  const fine = [
    '_imaps._tcp',
    '_IMAPS._TCP',
    '_sip._udp.voice',
    '_sip._tls',
    '_sipfederationtls._tcp',
    '_sips._sctp',
    '_http._quic',
    '*._tcp',
    '*',
    '_ldap._tcp.dc._msdcs',
    '_kerberos._tcp.Default-First-Site-Name._sites.dc._msdcs',
    '_ldap._tcp.0f8fad5b-d9cb-469f-a165-70867728950e.domains._msdcs',
    '_minecraft._tcp.play',
    '_matrix-fed._tcp',
    '_client._smtp',
    '_im._sip',
    '_pres._xmpp',
    'My\\032Printer._ipp._tcp',
    '_sub._printer._tcp',
    '_http._tcp.svc.cluster',
    '_smtptls._tcp',
    '_smtp-tls',
    '_smtp-tls._udp',
    '_vlmcs._tcp',
  ];
  itFinds(rules, 'srv-owner-shape', [
    ...fine.map((owner) => ({ name: owner, zone: `${owner} SRV 0 0 4711 imap\n${IMAP}`, finds: [] })),
    ...(
      [
        ['_imaps', '_imaps\\._tcp\\.example'],
        ['_imaps.tcp', '_imaps\\._tcp\\.example'],
        ['imaps._tcp', '_imaps\\._tcp\\.example'],
        ['imaps.tcp', '_imaps\\._tcp\\.example'],
        ['_submissions_.tcp', '_submissions\\._tcp\\.example'],
        ['_submissions_._tcp', '_submissions\\._tcp\\.example'],
        ['__imaps._tcp', '_imaps\\._tcp\\.example'],
        ['_tcp._imaps', '_imaps\\._tcp\\.example'],
        ['_sip.udp', '_sip\\._udp\\.example'],
        ['_tcp', '_service\\._tcp\\.example'],
        ['play', '_service\\._tcp\\.play'],
      ] as const
    ).map(([owner, expected]) => ({
      name: owner,
      zone: `${owner} SRV 0 0 4711 imap\n${IMAP}`,
      finds: [1],
      says: new RegExp(`expected ${expected}`),
    })),
    { name: 'behind an alias', zone: `_imaps._tcp CNAME shared\nshared SRV 0 0 993 imap\n${IMAP}`, finds: [] },
  ]);
  it.each([
    ['_imaps SRV 0 0 993 imap\n SRV 1 0 993 imap\n', '_imaps._tcp SRV 0 0 993 imap\n SRV 1 0 993 imap\n'],
    ['_submissions_.tcp SRV 0 0 465 imap\n', '_submissions._tcp SRV 0 0 465 imap\n'],
    ['_tcp._imaps SRV 0 0 993 imap\n', '_imaps._tcp SRV 0 0 993 imap\n'],
    ['play SRV 0 0 4711 imap\n', 'play SRV 0 0 4711 imap\n'],
    [
      '_imaps SRV 0 0 993 imap\n_imaps._tcp SRV 0 0 993 imap\n',
      '_imaps SRV 0 0 993 imap\n_imaps._tcp SRV 0 0 993 imap\n',
    ],
  ])('writes the owner of %j', (bad, good) => {
    expect(fixed(bad, ruleOf(rules, 'srv-owner-shape'))).toBe(good);
  });

  itFinds(rules, 'srv-unknown-proto', [
    ...fine.map((owner) => ({ name: owner, zone: `${owner} SRV 0 0 4711 imap\n${IMAP}`, finds: [] })),
    { name: 'a slip', zone: `_imaps._tpc SRV 0 0 993 imap\n${IMAP}`, finds: [1], says: /expected _tcp/ },
    { name: 'UDP', zone: `_ntp._upd SRV 0 0 123 imap\n${IMAP}`, finds: [1], says: /expected _udp/ },
    { name: 'another service over TLS', zone: `_imaps._ssl SRV 0 0 993 imap\n${IMAP}`, finds: [1] },
    { name: 'in the wrong order', zone: `_tcp._imaps SRV 0 0 993 imap\n${IMAP}`, finds: [] },
  ]);
  itFinds(rules, 'srv-service-label', [
    { name: 'fifteen characters', zone: `_etcd-server-ssl._tcp SRV 0 0 2380 imap\n${IMAP}`, finds: [] },
    { name: 'a plus sign', zone: `_sip+d2t._tcp SRV 0 0 5060 imap\n${IMAP}`, finds: [1] },
    { name: 'digits', zone: `_123._tcp SRV 0 0 5060 imap\n${IMAP}`, finds: [1], says: /no letter/ },
    { name: 'two hyphens', zone: `_a--b._tcp SRV 0 0 5060 imap\n${IMAP}`, finds: [1], says: /hyphens/ },
    { name: 'a wildcard', zone: `*._tcp SRV 0 0 5060 imap\n${IMAP}`, finds: [] },
  ]);
});

describe('the target of SRV', () => {
  itFinds(rules, 'srv-target-cname', [
    { name: 'below a DNAME', zone: '_imaps._tcp SRV 0 0 993 x.old\nold DNAME new\nx.new A 192.0.2.1\n', finds: [1] },
    { name: 'in another zone', zone: '_imaps._tcp SRV 0 0 993 mail.example.org.\n', finds: [] },
    { name: 'a wildcard alias', zone: '_imaps._tcp SRV 0 0 993 any\n* CNAME imap\nimap A 192.0.2.1\n', finds: [1] },
    { name: 'no host', zone: '_imaps._tcp SRV 0 0 0 .\n', finds: [] },
  ]);
  itFinds(rules, 'srv-target-no-address', [
    { name: 'one finding for a host', zone: '_imaps._tcp SRV 0 0 993 x\n_imap._tcp SRV 0 0 143 X\n', finds: [1] },
    { name: 'an address is core-target-is-ip', zone: '_imaps._tcp SRV 0 0 993 192.0.2.1\n', finds: [] },
    {
      name: 'a missing dot is core-trailing-dot-missing',
      zone: `_imaps._tcp SRV 0 0 993 imap.example.net\n${IMAP}`,
      finds: [],
    },
    { name: 'glue', zone: 'sub NS ns1\n_imaps._tcp SRV 0 0 993 x.sub\n', finds: [] },
    { name: 'a wildcard gives addresses', zone: '_imaps._tcp SRV 0 0 993 any\n* A 192.0.2.1\n', finds: [] },
    { name: 'a broken address line', zone: '_imaps._tcp SRV 0 0 993 x\nx A 192.0.2\n', finds: [] },
    { name: 'an address the server makes', zone: '_imaps._tcp SRV 0 0 993 x\nx ALIAS y.example.org.\n', finds: [] },
    { name: 'the draft about SMTP too', zone: '@ MX 10 x\n_smtp-tls._tcp SRV 0 0 842 x\n', finds: [2] },
  ]);
  itFinds(rules, 'srv-null-not-alone', [
    { name: 'alone', zone: '_imap._tcp SRV 0 0 0 .\n', finds: [] },
    { name: 'twice', zone: '_imap._tcp SRV 0 0 0 .\n_imap._tcp SRV 1 0 0 .\n', finds: [1], says: /twice/ },
    { name: 'behind the others', zone: `_imap._tcp SRV 0 0 143 imap\n_imap._tcp SRV 0 0 0 .\n${IMAP}`, finds: [2] },
  ]);
  itFinds(rules, 'srv-null-fields', [
    { name: 'priority', zone: '_imap._tcp SRV 10 0 0 .\n', finds: [1], says: /"10 0 0 \."/ },
    { name: 'zeros', zone: '_imap._tcp SRV 0 0 0 .\n', finds: [] },
  ]);
  it('writes all three zeros', () => {
    expect(fixed('_imap._tcp SRV 10 5 143 .\n', ruleOf(rules, 'srv-null-fields'))).toBe('_imap._tcp SRV 0 0 0 .\n');
  });
  itFinds(rules, 'srv-port-zero', [
    { name: 'no host', zone: '_imap._tcp SRV 0 0 0 .\n', finds: [] },
    { name: 'flags in the place of the port', zone: `_client._smtp SRV 1 1 0 imap\n${IMAP}`, finds: [] },
    { name: 'in generic form', zone: '_x._tcp SRV \\# 9 000000000000016900\n', finds: [1] },
  ]);
});

describe('ports and weights of SRV', () => {
  itFinds(rules, 'srv-mail-port-mismatch', [
    ...[
      '_imaps._tcp SRV 0 0 10993',
      '_submission._tcp SRV 0 0 2525',
      '_smtp._tcp SRV 0 0 465',
      '_imap._udp SRV 0 0 993',
    ].map((text) => ({ name: text, zone: `${text} imap\n${IMAP}`, finds: [] })),
    {
      name: 'TLS at once',
      zone: `_submission._tcp SRV 0 0 465 imap\n${IMAP}`,
      finds: [1],
      says: /submissions; expected 587/,
    },
    { name: 'mail servers', zone: `_submissions._tcp SRV 0 0 25 imap\n${IMAP}`, finds: [1], says: /port of smtp/ },
    { name: 'in capitals', zone: `_IMAPS._TCP SRV 0 0 143 imap\n${IMAP}`, finds: [1] },
    { name: 'a subdomain', zone: `_pop3s._tcp.sub SRV 0 0 110 imap\n${IMAP}`, finds: [1], says: /sub\.example\.net/ },
    { name: 'no host', zone: '_imaps._tcp SRV 0 0 143 .\n', finds: [] },
  ]);
  itFinds(rules, 'srv-sieve-jmap-dav', [
    {
      name: 'another port is meant',
      zone: `_sieve._tcp SRV 0 0 4191 imap\n_caldavs._tcp SRV 0 0 8443 imap\n${IMAP}`,
      finds: [],
    },
    { name: 'calendars', zone: `_caldavs._tcp SRV 0 0 80 imap\n${IMAP}`, finds: [1] },
  ]);
  itFinds(rules, 'srv-autodiscover', [
    { name: 'not offered', zone: '_autodiscover._tcp SRV 0 0 0 .\n', finds: [] },
    { name: 'HTTPS', zone: '_autodiscover._tcp SRV 0 0 443 autodiscover.example.org.\n', finds: [] },
  ]);
  itFinds(rules, 'srv-weight-single', [
    { name: 'two of a priority', zone: `_x._tcp SRV 0 5 1 imap\n_x._tcp SRV 0 5 2 imap\n${IMAP}`, finds: [] },
    { name: 'one each', zone: `_x._tcp SRV 0 5 1 imap\n_x._tcp SRV 1 5 2 imap\n${IMAP}`, finds: [1, 2] },
  ]);
  itFinds(rules, 'srv-weight-zero-mix', [
    { name: 'in different priorities', zone: `_x._tcp SRV 0 0 1 imap\n_x._tcp SRV 1 5 2 imap\n${IMAP}`, finds: [] },
  ]);
  itFinds(rules, 'srv-cleartext-only', [
    { name: 'not offered', zone: '_imap._tcp SRV 0 0 0 .\n', finds: [] },
    { name: 'TLS refused', zone: `_imap._tcp SRV 0 0 143 imap\n_imaps._tcp SRV 0 0 0 .\n${IMAP}`, finds: [1] },
  ]);
  itFinds(rules, 'srv-service-missing-pair', [
    { name: 'sending only', zone: `_submission._tcp SRV 0 0 587 imap\n${IMAP}`, finds: [1], says: /not imaps/ },
    {
      name: 'said to be absent',
      zone: `_imaps._tcp SRV 0 0 993 imap\n_submission._tcp SRV 0 0 0 .\n${IMAP}`,
      finds: [],
    },
    { name: 'calendars need no mail', zone: `_caldavs._tcp SRV 0 0 443 imap\n${IMAP}`, finds: [] },
  ]);
  itFinds(rules, 'srv-autoconfig-missing', [
    { name: 'a wildcard', zone: `_imaps._tcp SRV 0 0 993 imap\n* A 192.0.2.1\n${IMAP}`, finds: [] },
  ]);
  itFinds(rules, 'srv-target-foreign', [
    { name: 'other services', zone: '_sip._tls SRV 100 1 443 sip.example.org.\n', finds: [] },
  ]);
});
