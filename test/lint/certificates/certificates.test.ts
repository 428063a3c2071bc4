import { describe, expect, it } from 'vitest';
import { clientMx } from '../../../lib/lint/common-examples.ts';
import { fileStems, isCalledAfter } from '../../../lib/lint/common-strays.ts';
import type { ExampleCertificate } from '../../../lib/lint/rule.ts';
import { rules } from '../../../lib/lint/rules/certificates/list.ts';
import { rules as clientMxRules } from '../../../lib/lint/rules/client-mx/list.ts';
import { rules as mailMxRules } from '../../../lib/lint/rules/mail-mx/list.ts';
import { rules as smtpTlsRules } from '../../../lib/lint/rules/smtp-tls-srv/list.ts';
import { itFinds, lint, ruleOf } from '../mail-mx/cases.ts';

const MX = '@ MX 10 mx1\nmx1 A 192.0.2.10\n';
const OPTED_IN = `${MX}@ ${clientMx(10, 'out1')}\nout1 A 192.0.2.20\n`;
const server = (file: string, ...dnsNames: readonly string[]): ExampleCertificate => ({
  file,
  roles: ['server'],
  dnsNames,
});
const client = (file: string, ...dnsNames: readonly string[]): ExampleCertificate => ({
  file,
  roles: ['client'],
  dnsNames,
});
const mx1 = server('mx1.pem', 'mx1.example.net');
const out1 = client('out1.pem', 'out1.example.net');

describe('every certificate rule', () => {
  const all = [...rules, ...clientMxRules, ...smtpTlsRules].filter(({ id }) => /cert/.test(id));

  it('is silent without certificates', () => {
    expect(lint(`${OPTED_IN}_smtp-tls._tcp SRV 0 0 842 tls1\n`, all)).toEqual([]);
  });

  it('is silent on the certificates of a domain in order', () => {
    const zone = `${OPTED_IN}@ MX 20 mx2\nmx2 A 198.51.100.10\n_smtp-tls._tcp SRV 0 0 842 mx1\n_smtp-tls._tcp SRV 1 0 25 mx2\n`;
    const everything = [...all, ...mailMxRules, ...clientMxRules, ...smtpTlsRules];
    const byDefault = [...new Set(everything)].filter((rule) => rule.byDefault !== false);
    const mx2 = server('mx2.pem', 'MX2.Example.NET');
    expect(lint(zone, byDefault, [mx1, mx2, out1]).map(({ rule }) => rule)).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s finds its bad example and not its good one', (_, rule) => {
    expect(lint(rule.bad.zone, [rule], rule.bad.certificates).length).toBeGreaterThan(0);
    expect(lint(rule.good.zone, [rule], rule.good.certificates)).toEqual([]);
    for (const { args } of lint(rule.bad.zone, [rule], rule.bad.certificates)) {
      expect(rule.say(args)).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

describe('names of server certificates', () => {
  const two = '@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.10\nmx2 A 198.51.100.10\n';
  itFinds(rules, 'cert-server-name-not-in-mx', [
    {
      name: 'points at the host no other certificate names',
      zone: two,
      finds: [2],
      certificates: [mx1, server('new.pem', 'mail.example.net')],
      says: /no MX of example\.net names mail\.example\.net, the name in server certificate new\.pem; expected mx1\.example\.net or mx2\.example\.net/,
    },
    {
      name: 'points at the host the file is called after',
      zone: two,
      finds: [2],
      certificates: [server('live/mx2.example.net/cert.pem', 'mail.example.net')],
      says: /mail\.example\.net/,
    },
    {
      name: 'two of them, two records',
      zone: two,
      finds: [1, 2],
      certificates: [server('a.pem', 'a.example.net'), server('b.pem', 'b.example.net')],
    },
    {
      name: 'any MX of the zone will do',
      zone: `${two}news MX 10 mx.news\n`,
      finds: [],
      certificates: [server('news.pem', 'mx.news.example.net')],
    },
    {
      name: 'the closest domain is blamed',
      zone: `${two}news MX 10 mx.news\nmx.news A 192.0.2.30\n`,
      finds: [5],
      certificates: [server('x.pem', 'mail.news.example.net')],
      says: /no MX of news\.example\.net/,
    },
    {
      name: 'letter case, dot and A-labels do not count',
      zone: '@ MX 10 xn--mller-kva\n',
      finds: [],
      certificates: [server('a.pem', 'XN--MLLER-KVA.example.net.')],
    },
    {
      name: 'an SRV host is listed too',
      zone: `${two}_smtp-tls._tcp SRV 0 0 842 tls1\n`,
      finds: [],
      certificates: [server('t.pem', 'tls1.example.net')],
    },
    { name: 'a wildcard is another rule', zone: two, finds: [], certificates: [server('w.pem', '*.example.net')] },
    {
      name: 'the policy host of MTA-STS',
      zone: `${two}mta-sts A 192.0.2.80\n`,
      finds: [],
      certificates: [server('s.pem', 'mta-sts.example.net')],
    },
    {
      name: 'a host of another service',
      zone: `${two}_imaps._tcp SRV 0 0 993 imap\n`,
      finds: [],
      certificates: [server('i.pem', 'imap.example.net')],
    },
    {
      name: 'a certificate without any host',
      zone: two,
      finds: [1],
      certificates: [{ ...server('n.pem'), commonNames: ['Mail Server'] }],
      says: /names no host, while MX of example\.net names mx1/,
    },
    {
      name: 'the common name of old',
      zone: two,
      finds: [],
      certificates: [{ ...server('cn.pem'), commonNames: ['mx1.example.net'] }],
    },
    { name: 'the null MX names no host', zone: '@ MX 0 .\n', finds: [], certificates: [mx1] },
  ]);
  itFinds(rules, 'cert-server-not-own-host', [
    {
      name: 'both names',
      zone: two,
      finds: [],
      certificates: [server('mx1.pem', 'mx1.example.net', 'mx2.example.net')],
    },
    {
      name: 'a file called mail says nothing',
      zone: '@ MX 10 mail\n@ MX 20 mx2\n',
      finds: [],
      certificates: [server('mail.pem', 'mx2.example.net')],
    },
    {
      name: 'the whole name in a folder',
      zone: two,
      finds: [1],
      certificates: [server('/etc/certs/live/mx1.example.net/fullchain.pem', 'mx2.example.net')],
    },
    {
      name: 'a folder with the key type',
      zone: two,
      finds: [2],
      certificates: [server('mx2.example.net_ecc/fullchain.cer', 'mx1.example.net')],
    },
  ]);
  itFinds(rules, 'cert-srv-target-mismatch', [
    {
      name: 'with MX it is the rule about MX',
      zone: `${two}_smtp-tls._tcp SRV 0 0 842 mx1\n`,
      finds: [],
      certificates: [server('x.pem', 'mail.example.net')],
    },
    {
      name: 'the domain itself',
      zone: '_smtp-tls._tcp SRV 0 0 842 mx1\n',
      finds: [],
      certificates: [server('x.pem', 'example.net')],
    },
    {
      name: 'its SRVName',
      zone: '_smtp-tls._tcp SRV 0 0 842 mx1\n',
      finds: [],
      certificates: [{ ...server('x.pem', 'a.example.org'), facts: { srvNames: ['_smtp-tls.EXAMPLE.net'] } }],
    },
  ]);
  itFinds(rules, 'cert-missing-for-host', [
    {
      name: 'a certificate without a role counts when it matches',
      zone: two,
      finds: [2],
      certificates: [{ ...mx1, roles: [] }],
    },
    {
      name: 'and not when it does not',
      zone: two,
      finds: [],
      certificates: [{ ...server('x.pem', 'x.example.net'), roles: [] }],
    },
    {
      name: 'a wrong certificate for it is the other rule',
      zone: two,
      finds: [],
      certificates: [mx1, server('x.pem', 'x.example.net')],
    },
    { name: 'a host of a third party', zone: `${MX}@ MX 20 mx.example.org.\n`, finds: [], certificates: [mx1] },
    {
      name: 'an SRV host has its own rule',
      zone: `${two}_smtp-tls._tcp SRV 0 0 842 mx2\n`,
      finds: [],
      certificates: [mx1],
    },
    {
      name: 'one of two senders',
      zone: `${MX}out2 A 192.0.2.21\n@ ${clientMx(10, 'out1')}\n@ ${clientMx(10, 'out2')}\n`,
      finds: [5],
      certificates: [mx1, out1],
      says: /Client MX of example\.net names out2\.example\.net, but none of the given client/,
    },
    { name: 'one finding for one host', zone: `${two}news MX 5 mx2\n`, finds: [2], certificates: [mx1] },
    { name: 'client certificates alone do not ask for the others', zone: two, finds: [], certificates: [out1] },
    { name: 'the null records', zone: `@ MX 0 .\n@ ${clientMx(0, '.')}\n`, finds: [], certificates: [mx1, out1] },
  ]);
});

describe('names of client certificates', () => {
  itFinds(rules, 'cert-client-name-not-in-client-mx', [
    {
      name: 'as the operator reads it',
      zone: OPTED_IN,
      finds: [3],
      certificates: [client('out1.pem', 'out9.example.net')],
      says: /^no Client MX of example\.net names out9\.example\.net, the name in client certificate out1\.pem; expected out1\.example\.net$/,
    },
    {
      name: 'being in MX does not count',
      zone: OPTED_IN,
      finds: [3],
      certificates: [client('mx1.pem', 'mx1.example.net')],
      says: /that it is in MX does not count/,
    },
    { name: 'nobody opted in', zone: MX, finds: [], certificates: [out1] },
    {
      name: 'the null Client MX',
      zone: `${MX}@ ${clientMx(0, '.')}\n`,
      finds: [3],
      certificates: [out1],
      says: /null Client MX.*out1\.pem \(out1\.example\.net\) can never match/,
    },
    {
      name: 'a real one elsewhere in the zone',
      zone: `${OPTED_IN}news ${clientMx(0, '.')}\n`,
      finds: [],
      certificates: [out1],
    },
    {
      name: 'a sender of a third party',
      zone: `${MX}@ ${clientMx(10, 'out.example.org.')}\n`,
      finds: [],
      certificates: [client('o.pem', 'out.example.org')],
    },
    { name: 'malformed records list nothing', zone: `${MX}@ TYPE265 \\# 2 000a\n`, finds: [], certificates: [out1] },
  ]);
  itFinds(rules, 'cert-wildcard-not-exact', [
    { name: 'without opt-in nobody minds', zone: MX, finds: [], certificates: [server('w.pem', '*.example.net')] },
    {
      name: 'both roles',
      zone: OPTED_IN,
      finds: [1, 3],
      certificates: [{ file: 'w.pem', roles: ['server', 'client'], dnsNames: ['*.example.net'] }],
      says: /w\.pem covers mx1\.example\.net \(MX of example\.net\) by \*\.example\.net only/,
    },
    {
      name: 'one label only',
      zone: `@ MX 10 a.mx\n@ ${clientMx(0, '.')}\n`,
      finds: [],
      certificates: [server('w.pem', '*.example.net')],
    },
    {
      name: 'an SRV host',
      zone: `_smtp-tls._tcp SRV 0 0 842 mx1\n@ ${clientMx(0, '.')}\n`,
      finds: [1],
      certificates: [server('w.pem', '*.example.net')],
      says: /SRV of/,
    },
  ]);
});

describe('what a certificate has beside its match', () => {
  itFinds(rules, 'cert-name-not-in-zone', [
    {
      name: 'a wildcard of the zone has it',
      zone: `${MX}* A 192.0.2.1\n`,
      finds: [],
      certificates: [server('a.pem', 'mx1.example.net', 'x.example.net')],
    },
    {
      name: 'an empty non-terminal',
      zone: `${MX}a.b A 192.0.2.1\n`,
      finds: ['a.pem'],
      certificates: [server('a.pem', 'mx1.example.net', 'b.example.net')],
    },
    {
      name: 'below a delegation',
      zone: `${MX}sub NS ns1\n`,
      finds: [],
      certificates: [server('a.pem', 'mx1.example.net', 'x.sub.example.net')],
    },
    { name: 'another zone', zone: MX, finds: [], certificates: [server('a.pem', 'mx1.example.net', 'x.example.org')] },
    { name: 'a stray has other worries', zone: MX, finds: [], certificates: [server('a.pem', 'x.example.net')] },
    {
      name: 'silent when lines are broken',
      zone: `${MX}x A 192.0.2\n`,
      finds: [],
      certificates: [server('a.pem', 'mx1.example.net', 'x.example.net')],
    },
    {
      name: 'an MX host without address has its own rule',
      zone: '@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\n',
      finds: [],
      certificates: [server('a.pem', 'mx1.example.net', 'mx2.example.net')],
    },
  ]);
  itFinds(rules, 'cert-unused', [
    {
      name: 'a client certificate without Client MX',
      zone: MX,
      finds: ['out1.pem'],
      certificates: [mx1, out1],
      says: /publishes no Client MX, so out1\.pem \(out1\.example\.net\) has nothing to match/,
    },
    {
      name: 'a server certificate without MX',
      zone: 'www A 192.0.2.1\n',
      finds: ['mx1.pem'],
      certificates: [mx1],
      says: /no MX or SRV hosts/,
    },
    { name: 'a stray is reported as such', zone: MX, finds: [], certificates: [server('a.pem', 'x.example.net')] },
    {
      name: 'the policy host of MTA-STS',
      zone: `${MX}mta-sts CNAME mx1\n`,
      finds: [],
      certificates: [{ ...server('a.pem', 'mta-sts.example.net'), roles: [] }],
    },
    { name: 'used in one of two roles', zone: MX, finds: [], certificates: [{ ...mx1, roles: ['server', 'client'] }] },
  ]);
  itFinds(rules, 'cert-role-unknown', [
    {
      name: 'guesses both',
      zone: `${MX}@ ${clientMx(10, 'mx1')}\n`,
      finds: ['mx1.pem'],
      certificates: [{ ...mx1, roles: [] }],
      says: /is for server,client, expected --cert mx1\.pem:server,client/,
    },
    {
      name: 'unused is another rule',
      zone: MX,
      finds: [],
      certificates: [{ ...server('a.pem', 'x.example.net'), roles: [] }],
    },
  ]);
});

describe('purposes, validity and keys', () => {
  const dates = (notBefore: string, notAfter: string): ExampleCertificate => ({ ...mx1, notBefore, notAfter });
  itFinds(rules, 'cert-eku-client-missing', [
    { name: 'no extension', zone: OPTED_IN, finds: [], certificates: [out1] },
    { name: 'any purpose', zone: OPTED_IN, finds: [], certificates: [{ ...out1, extendedKeyUsage: ['2.5.29.37.0'] }] },
    { name: 'the server role', zone: OPTED_IN, finds: [], certificates: [{ ...mx1, extendedKeyUsage: ['server'] }] },
    {
      name: 'of a private CA',
      zone: OPTED_IN,
      finds: ['out1.pem'],
      certificates: [{ ...out1, extendedKeyUsage: ['server'], facts: { hasScts: false } }],
      says: /expected clientAuth$/,
    },
    {
      name: 'an extension without purposes',
      zone: OPTED_IN,
      finds: ['out1.pem'],
      certificates: [{ ...out1, extendedKeyUsage: [] }],
      says: /is for nothing/,
    },
  ]);
  itFinds(rules, 'cert-eku-dual-ending', [
    {
      name: 'of a private CA',
      zone: OPTED_IN,
      finds: [],
      certificates: [
        { ...out1, extendedKeyUsage: ['server', 'client'], facts: { hasScts: false, policies: ['2.23.140.1.2.1'] } },
      ],
    },
    {
      name: 'the server role',
      zone: OPTED_IN,
      finds: [],
      certificates: [{ ...mx1, extendedKeyUsage: ['server', 'client'] }],
    },
  ]);
  itFinds(rules, 'cert-expired', [
    {
      name: 'an issuer in the file',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [{ ...mx1, chain: [{ subject: 'CN=Old CA', notAfter: Date.parse('2026-11-20T00:00:00Z') }] }],
      says: /^the issuer CN=Old CA in mx1\.pem expired on 2026-11-20, 1 day ago/,
    },
    {
      name: 'a root in the file does not matter',
      zone: MX,
      finds: [],
      certificates: [{ ...mx1, chain: [{ selfIssued: true, notAfter: 0 }] }],
    },
    {
      name: 'the last second is valid',
      zone: MX,
      finds: [],
      certificates: [dates('2026-10-01T00:00:00Z', '2026-11-21T00:00:00Z')],
    },
  ]);
  itFinds(rules, 'cert-not-yet-valid', [
    {
      name: 'the first second is valid',
      zone: MX,
      finds: [],
      certificates: [dates('2026-11-21T00:00:00Z', '2027-01-01T00:00:00Z')],
    },
  ]);
  itFinds(rules, 'cert-expires-soon', [
    {
      name: '13 of 90 days',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [dates('2026-09-05T00:00:00Z', '2026-12-04T00:00:00Z')],
      says: /in 13 days/,
    },
    {
      name: '15 of 90 days',
      zone: MX,
      finds: [],
      certificates: [dates('2026-09-07T00:00:00Z', '2026-12-06T00:00:00Z')],
    },
    { name: '3 of 6 days', zone: MX, finds: [], certificates: [dates('2026-11-18T00:00:00Z', '2026-11-24T00:00:00Z')] },
    {
      name: '1 of 6 days',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [dates('2026-11-16T00:00:00Z', '2026-11-22T00:00:00Z')],
    },
    {
      name: 'expired is another rule',
      zone: MX,
      finds: [],
      certificates: [dates('2026-09-01T00:00:00Z', '2026-11-20T00:00:00Z')],
    },
  ]);
  itFinds(rules, 'cert-lifetime-over-br', [
    {
      name: '200 days to the second',
      zone: MX,
      finds: [],
      certificates: [dates('2026-10-01T00:00:00Z', '2027-04-18T23:59:59Z')],
    },
    {
      name: '200 days and a second',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [dates('2026-10-01T00:00:00Z', '2027-04-19T00:00:00Z')],
      says: /201 days; expected at most 200/,
    },
    {
      name: '398 days of before',
      zone: MX,
      finds: [],
      certificates: [dates('2026-03-14T00:00:00Z', '2027-04-15T00:00:00Z')],
    },
    {
      name: 'a private CA',
      zone: MX,
      finds: [],
      certificates: [{ ...dates('2026-10-01T00:00:00Z', '2036-10-01T00:00:00Z'), facts: { hasScts: false } }],
    },
  ]);
  const key = (keyType: string, keyBits: number, facts: ExampleCertificate['facts'] = {}): ExampleCertificate => ({
    ...mx1,
    keyType,
    keyBits,
    facts,
  });
  itFinds(rules, 'cert-key-weak', [
    { name: 'RSA-2047', zone: MX, finds: ['mx1.pem'], certificates: [key('rsa', 2047)] },
    { name: 'RSA-2052', zone: MX, finds: ['mx1.pem'], certificates: [key('rsa', 2052)], says: /multiple of 8/ },
    {
      name: 'an even exponent',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [key('rsa', 2048, { rsaExponent: 4n })],
      says: /exponent 4/,
    },
    { name: 'exponent 3', zone: MX, finds: [], certificates: [key('rsa', 2048, { rsaExponent: 3n })] },
    {
      name: 'secp256k1',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [key('ec', 256, { curve: 'secp256k1' })],
      says: /curve secp256k1/,
    },
    { name: 'Ed25519', zone: MX, finds: [], certificates: [key('ed25519', 256)] },
    { name: 'DSA', zone: MX, finds: ['mx1.pem'], certificates: [key('dsa', 2048)] },
    { name: 'an algorithm to come', zone: MX, finds: [], certificates: [key('2.16.840.1.101.3.4.3.18', 15_616)] },
    {
      name: 'the issuer',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [{ ...mx1, chain: [{ subject: 'CN=Small', keyType: 'rsa', keyBits: 1024 }] }],
      says: /^the issuer CN=Small/,
    },
  ]);
  itFinds(rules, 'cert-signature-weak', [
    {
      name: 'the issuer',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [
        { ...mx1, chain: [{ subject: 'CN=Old', signatureHash: 'sha1', signatureAlgorithm: 'sha1WithRSAEncryption' }] },
      ],
    },
    {
      name: 'a root signs itself as it likes',
      zone: MX,
      finds: [],
      certificates: [{ ...mx1, chain: [{ selfIssued: true, signatureHash: 'sha1' }] }],
    },
    {
      name: 'Ed25519 has no hash of its own',
      zone: MX,
      finds: [],
      certificates: [{ ...mx1, facts: { signatureHash: undefined } }],
    },
  ]);
  const selfSigned: ExampleCertificate = { ...mx1, facts: { selfIssued: true, selfSigned: true } };
  itFinds(rules, 'cert-self-signed', [
    {
      name: 'without opt-in',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [selfSigned],
      says: /expected a certificate issued by a CA$/,
    },
    {
      name: 'under DANE',
      zone: `${MX}_25._tcp.mx1 TLSA 3 1 1 ${'00'.repeat(32)}\n`,
      finds: [],
      certificates: [selfSigned],
    },
    {
      name: 'under DANE with opt-in',
      zone: `${OPTED_IN}_25._tcp.mx1 TLSA 3 1 1 ${'00'.repeat(32)}\n`,
      finds: ['mx1.pem'],
      certificates: [selfSigned],
      says: /because of Client MX/,
    },
    {
      name: 'the name of the issuer only',
      zone: MX,
      finds: [],
      certificates: [{ ...mx1, facts: { selfIssued: true, selfSigned: false } }],
    },
    {
      name: 'a signature Node cannot check',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [{ ...mx1, facts: { selfIssued: true, selfSigned: undefined } }],
    },
  ]);

  it('weighs a self-signed certificate by the opt-in', () => {
    const rule = ruleOf(rules, 'cert-self-signed');
    expect(lint(MX, [rule], [selfSigned]).map(({ severity }) => severity)).toEqual(['warning']);
    expect(lint(OPTED_IN, [rule], [selfSigned]).map(({ severity }) => severity)).toEqual(['error']);
  });

  itFinds(rules, 'cert-keyusage', [
    { name: 'no extension', zone: MX, finds: [], certificates: [{ ...mx1, facts: { keyUsage: undefined } }] },
    { name: 'none set', zone: MX, finds: ['mx1.pem'], certificates: [{ ...mx1, keyUsage: [] }], says: /are none/ },
  ]);
  itFinds(rules, 'cert-cn-only', [
    { name: 'no name at all', zone: MX, finds: [], certificates: [server('a.pem')] },
    {
      name: 'addresses are another rule',
      zone: MX,
      finds: [],
      certificates: [{ ...server('a.pem'), commonNames: ['mx1.example.net'], ipAddresses: ['192.0.2.10'] }],
    },
  ]);
  itFinds(rules, 'cert-san-trailing-dot-or-invalid', [
    {
      name: 'characters that cannot be shown',
      zone: MX,
      finds: ['a.pem'],
      certificates: [server('a.pem', 'mx1\u0000.example.net', 'a b')],
      says: /"mx1\\u0000\.example\.net".*1 more/,
    },
  ]);
  itFinds(rules, 'cert-chain-order', [
    {
      name: 'several hosts in one file',
      zone: MX,
      finds: [],
      certificates: [
        { ...mx1, chain: [{}] },
        { ...mx1, chain: [{}], index: 2 },
      ],
    },
    { name: 'no issuer in the file', zone: MX, finds: [], certificates: [{ ...mx1, chain: [], index: 1 }] },
  ]);
  itFinds(rules, 'cert-same-key-both-roles', [
    {
      name: 'two certificates',
      zone: OPTED_IN,
      finds: ['out1.pem'],
      certificates: [
        { ...mx1, facts: { spkiSha256: 'aa' } },
        { ...out1, facts: { spkiSha256: 'aa' } },
      ],
      says: /out1\.pem \(client\) has the same key as mx1\.pem \(server\)/,
    },
    { name: 'two keys', zone: OPTED_IN, finds: [], certificates: [mx1, out1] },
  ]);
});

describe('several certificates of one host', () => {
  const every = rules.filter(({ byDefault }) => byDefault !== false);
  const two = (one: Partial<ExampleCertificate>, other: Partial<ExampleCertificate>): string[] =>
    lint(MX, every, [
      { ...mx1, file: 'a.pem', ...one },
      { ...mx1, file: 'b.pem', ...other },
    ]).map(({ rule, place }) => `${place.file.name} ${rule}`);
  const old = { notBefore: '2026-08-28T00:00:00Z', notAfter: '2026-11-26T00:00:00Z' };
  const next = { notBefore: '2026-11-25T00:00:00Z', notAfter: '2027-02-23T00:00:00Z' };
  const rsa = { keyType: 'rsa', keyBits: 2048 };

  it.each([
    ['RSA and ECDSA', rsa, {}, []],
    ['the old one and the new one', old, {}, []],
    ['the one of today and the next one', old, next, []],
    [
      'the next one alone is not valid yet',
      next,
      { dnsNames: ['mx1.example.net', 'mx2.example.net'] },
      ['a.pem cert-not-yet-valid'],
    ],
    [
      'a gap between them',
      { ...old, notAfter: '2026-11-24T00:00:00Z' },
      next,
      ['a.pem cert-expires-soon', 'b.pem cert-not-yet-valid'],
    ],
    ['RSA renewed and ECDSA not', old, rsa, ['a.pem cert-expires-soon']],
    ['another name', old, { dnsNames: ['mx1.example.net', 'ns1.example.net'] }, ['a.pem cert-expires-soon']],
  ] as const)('%s', (_, one, other, expected) => {
    expect(two(one, other).filter((each) => !each.endsWith('cert-name-not-in-zone'))).toEqual(expected);
  });
});

describe('paths', () => {
  const judged = (...pathFaults: NonNullable<ExampleCertificate['pathFaults']>): ExampleCertificate => ({
    ...mx1,
    pathFaults,
  });
  const missing = { code: 'issuer-missing', index: 1, args: { issuer: 'CN=Private Root' } } as const;
  itFinds(rules, 'cert-not-public-ca', [
    { name: 'nobody judges', zone: MX, finds: [], certificates: [mx1] },
    {
      name: 'says which issuer is missing',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [judged(missing)],
      says: /^no path leads from mx1\.pem to the trust store: .*its issuer 'CN=Private Root' is neither among .* expected a CA that peers trust$/,
    },
    {
      name: 'a root in the file that nobody trusts',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [judged({ code: 'self-signed', index: 1 })],
    },
    {
      name: 'self-signed is another rule',
      zone: MX,
      finds: [],
      certificates: [{ ...judged({ code: 'self-signed', index: 0 }), facts: { selfIssued: true, selfSigned: true } }],
    },
    {
      name: 'a public one without its intermediate is another rule',
      zone: MX,
      finds: [],
      certificates: [{ ...judged({ ...missing, index: 0 }), chain: [] }],
    },
    {
      name: 'a private one without it',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [{ ...judged({ ...missing, index: 0 }), chain: [], facts: { hasScts: false } }],
    },
    {
      name: 'under DANE',
      zone: `${MX}_25._tcp.mx1 TLSA 3 1 1 ${'00'.repeat(32)}\n`,
      finds: [],
      certificates: [judged(missing)],
    },
    {
      name: 'both roles, one finding',
      zone: OPTED_IN,
      finds: ['mx1.pem'],
      certificates: [{ ...judged(missing), roles: ['server', 'client'] }],
      says: /because of Client MX$/,
    },
  ]);
  itFinds(rules, 'cert-chain-incomplete', [
    { name: 'of a private CA', zone: MX, finds: [], certificates: [{ ...mx1, chain: [], facts: { hasScts: false } }] },
    {
      name: 'another file has it',
      zone: OPTED_IN,
      finds: ['mx1.pem'],
      certificates: [{ ...mx1, chain: [] }, out1],
      says: /lacks the issuer CN=Example Issuing CA,O=Example, which is in out1\.pem/,
    },
    {
      name: 'self-signed',
      zone: MX,
      finds: [],
      certificates: [{ ...mx1, chain: [], facts: { selfIssued: true, selfSigned: true } }],
    },
    {
      name: 'under DANE',
      zone: `${MX}_25._tcp.mx1 TLSA 3 1 1 ${'00'.repeat(32)}\n`,
      finds: [],
      certificates: [{ ...mx1, chain: [] }],
    },
  ]);
  itFinds(rules, 'cert-path-invalid', [
    {
      name: 'all faults in one finding',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [
        judged(
          { code: 'not-a-ca', index: 1 },
          { code: 'key-usage-cert-sign', index: 1 },
          { code: 'critical-extension', index: 0, args: { extension: '1.2.3' } },
          { code: 'key-identifier-mismatch', index: 0, args: { issuer: 'CN=X' } },
        ),
      ],
      says: /issuer 1 of the path 'CN=Example Issuing CA,O=Example': .*; and 1 more; expected/,
    },
    ...(['issuer-missing', 'self-signed', 'name-not-permitted', 'name-excluded', 'key-usage-role'] as const).map(
      (code) => ({ name: `${code} is another rule`, zone: MX, finds: [], certificates: [judged({ code, index: 0 })] }),
    ),
    ...(['expired', 'not-yet-valid', 'explicit-curve'] as const).map((code) => ({
      name: `${code} in the file is another rule`,
      zone: MX,
      finds: [],
      certificates: [judged({ code, index: 1 })],
    })),
    {
      name: 'an expired root of the trust store',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [
        {
          ...judged({ code: 'expired', index: 2, args: { notAfter: '2026-01-01T00:00:00Z' } }),
          chain: [{ subject: 'CN=A' }, { subject: 'CN=Old Root', selfIssued: true }],
        },
      ],
      says: /issuer 2 of the path 'CN=Old Root': it expired at 2026-01-01/,
    },
    {
      name: 'the purposes of the leaf are another rule, those of an issuer are not',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [judged({ code: 'extended-key-usage', index: 0 }, { code: 'extended-key-usage', index: 1 })],
      says: /issuer 1 of the path '[^']*': its extKeyUsage/,
    },
    {
      name: 'without a role no purpose is wanted',
      zone: MX,
      finds: [],
      certificates: [{ ...judged({ code: 'extended-key-usage', index: 1 }), roles: [] }],
    },
  ]);
  itFinds(rules, 'cert-self-signed', [
    {
      name: 'in the trust store',
      zone: OPTED_IN,
      finds: [],
      certificates: [{ ...judged(), facts: { selfIssued: true, selfSigned: true } }],
    },
  ]);
});

describe('private keys', () => {
  const withKey = (fit: 'fits' | 'differs' | 'encrypted' | 'unreadable', mode?: number): ExampleCertificate => ({
    ...mx1,
    key: { file: 'mx1.key', fit, ...(mode !== undefined && { mode }) },
  });
  itFinds(rules, 'cert-key-mismatch', [
    { name: 'no key', zone: MX, finds: [], certificates: [mx1] },
    { name: 'an encrypted one', zone: MX, finds: [], certificates: [withKey('encrypted')] },
    { name: 'one that cannot be read', zone: MX, finds: [], certificates: [withKey('unreadable')] },
    {
      name: 'in the same file',
      zone: MX,
      finds: ['mx1.pem'],
      certificates: [{ ...mx1, key: { file: 'mx1.pem', fit: 'differs' } }],
      says: /^the private key in mx1\.pem is not that of its certificate/,
    },
  ]);
  itFinds(rules, 'cert-key-permissions', [
    { name: 'for the owner', zone: MX, finds: [], certificates: [withKey('fits', 0o600)] },
    { name: 'for a group', zone: MX, finds: [], certificates: [withKey('encrypted', 0o640)] },
    { name: 'files without permissions', zone: MX, finds: [], certificates: [withKey('fits')] },
    {
      name: 'for all, twice in use',
      zone: OPTED_IN,
      finds: ['mx1.pem'],
      certificates: [withKey('fits', 0o666), { ...withKey('fits', 0o666), file: 'b.pem' }],
      says: /every user may read and write the private key in mx1\.key \(mode 0666\)/,
    },
  ]);
});

describe('files called after hosts', () => {
  it.each([
    ['mx1.pem', true],
    ['/etc/ssl/MX1.crt', true],
    ['live/mx1.example.net/fullchain.pem', true],
    ['certs\\mx1.example.net.cer', true],
    ['mx1.example.net_ecc/fullchain.cer', true],
    ['mx10.pem', false],
    ['mx1-new.pem', false],
    ['mx1.example.net.old.pem', false],
  ])('%s: %s', (path, expected) => {
    expect(isCalledAfter(new Set(fileStems(path)), 'mx1.example.net')).toBe(expected);
  });

  it('a label that is a plain word says nothing', () => {
    expect(isCalledAfter(new Set(fileStems('mail.pem')), 'mail.example.net')).toBe(false);
  });
});
