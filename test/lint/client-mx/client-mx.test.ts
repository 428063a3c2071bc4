import { describe, expect, it } from 'vitest';
import { clientMx } from '../../../lib/lint/common-examples.ts';
import type { ExampleCertificate } from '../../../lib/lint/rule.ts';
import { rules } from '../../../lib/lint/rules/client-mx/list.ts';
import { fixed, itFinds, lint, ruleOf } from '../mail-mx/cases.ts';

const OUT1 = clientMx(10, 'out1');
const OUT2 = clientMx(20, 'out2');
const NULL = clientMx(0, '.');
const HOSTS = 'mx1 A 192.0.2.10\nout1 A 192.0.2.20\nout2 A 192.0.2.21\n';

const mx1: ExampleCertificate = { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] };
const out1: ExampleCertificate = { file: 'out1.pem', roles: ['client'], dnsNames: ['out1.example.net'] };

describe('the RDATA of Client MX', () => {
  const label63 = `3f${'61'.repeat(63)}`;
  const name255 = `${label63.repeat(3)}3d${'61'.repeat(61)}00`;
  const name256 = `${label63.repeat(3)}3e${'61'.repeat(62)}00`;
  const rdata = (hex: string): string => `@ TYPE265 \\# ${hex.length / 2}${hex === '' ? '' : ` ${hex}`}\n`;

  itFinds(rules, 'client-mx-rdata-malformed', [
    { name: 'empty', zone: rdata(''), finds: [1], says: /no octets/ },
    { name: 'preference alone', zone: rdata('000a'), finds: [1], says: /2 octets, 000a.* too short/ },
    { name: 'the smallest', zone: rdata('000000'), finds: [] },
    { name: 'one octet over', zone: rdata('00000000'), finds: [1], says: /1 octet left over/ },
    { name: 'cut off inside a label', zone: rdata('000a046f75'), finds: [1], says: /ends inside the name/ },
    { name: 'without the root label', zone: rdata('000a046f757431'), finds: [1], says: /ends inside the name/ },
    { name: 'a label type of old', zone: rdata('000a4100'), finds: [1], says: /0x41/ },
    { name: 'a name of 255 octets', zone: rdata(`000a${name255}`), finds: [] },
    { name: 'a name of 256 octets', zone: rdata(`000a${name256}`), finds: [1], says: /more than 255/ },
    { name: 'a pointer is the other rule', zone: rdata('000ac00c'), finds: [] },
  ]);

  itFinds(rules, 'client-mx-compression-pointer', [
    { name: 'alone', zone: rdata('000ac00c'), finds: [1], says: /offset 12\) at octet 2/ },
    { name: 'behind a label', zone: rdata('000a046f757431ffff'), finds: [1], says: /offset 16383\) at octet 7/ },
    { name: 'cut off', zone: rdata('000ac0'), finds: [1] },
    { name: 'the octets inside a label', zone: rdata('000a02c00c00'), finds: [] },
  ]);

  it('malformed RDATA disturbs no other rule', () => {
    const zone = ['', '000a', '00000000', '000ac00c', '000a4100', `000a${name256}`].map(rdata).join('');
    const loud = ['client-mx-rdata-malformed', 'client-mx-compression-pointer', 'client-mx-unassigned-type'];
    const others = rules.filter(({ id }) => !loud.includes(id));
    expect(lint(`@ MX 10 mx1\n${zone}${HOSTS}`, others, [mx1, out1]).map(({ rule }) => rule)).toEqual([
      'client-mx-no-dnssec',
    ]);
  });
});

describe('Client MX in a form nobody else reads', () => {
  const rule = ruleOf(rules, 'client-mx-mnemonic-nonportable');
  const hex = '\\# 20 000a046f757431076578616d706c65036e657400';
  const readable = 'CLIENTMX 10 out1.example.net.';

  it.each([
    ['the name', '@ CLIENTMX 10 out1\n', `@ TYPE265 ${hex} ; ${readable}\n`],
    ['the short name with TTL', '@ 300 IN CMX 10 out1.example.net.\n', `@ 300 IN TYPE265 ${hex} ; ${readable}\n`],
    ['readable RDATA', '@ TYPE265 10 out1\n', `@ TYPE265 ${hex} ; ${readable}\n`],
    ['a comment behind', '@ CLIENTMX 10 out1 ; main sender\n', `@ TYPE265 ${hex} ; main sender\n`],
    ['parentheses', '@ CLIENTMX ( 10 out1 )\n', `@ TYPE265 ( ${hex} )\n`],
    ['lines', '@ clientmx ( 10 ; first\n  out1 )\n', `@ TYPE265 ( \\# 20 ; first\n  ${hex.slice(6)} )\n`],
    ['no newline', '@ CLIENTMX 10 out1', `@ TYPE265 ${hex} ; ${readable}`],
    ['CRLF', '@ CLIENTMX 10 out1\r\n', `@ TYPE265 ${hex} ; ${readable}\r\n`],
    ['blank owner', '@ MX 10 mx1\n  CLIENTMX 10 out1\n', `@ MX 10 mx1\n  TYPE265 ${hex} ; ${readable}\n`],
    ['the null record', '@ CLIENTMX 0 .\n', '@ TYPE265 \\# 3 000000 ; CLIENTMX 0 .\n'],
  ])('%s', (_, zone, expected) => {
    expect(lint(zone, [rule])).toHaveLength(1);
    expect(fixed(zone, rule)).toBe(expected);
    expect(lint(expected, [rule])).toEqual([]);
  });

  it('says what is written and what is expected', () => {
    const [found] = lint('@ cmx 10 out1\n', [rule]);
    expect(rule.say(found?.args ?? {})).toBe(
      `"cmx 10 out1.example.net" is read by no name server; expected TYPE265 ${hex}`,
    );
  });

  it('leaves what $GENERATE makes alone', () => {
    const zone = '$GENERATE 1-2 d$ CLIENTMX 10 out$\n';
    const found = lint(zone, [rule]);
    expect(found.length).toBeGreaterThan(0);
    expect(found.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});

describe('hosts in Client MX', () => {
  itFinds(rules, 'client-mx-target-cname', [
    {
      name: 'below a DNAME',
      zone: `@ ${clientMx(10, 'out.d')}\nd DNAME x.example.org.\n`,
      finds: [1],
      says: /out\.x\.example\.org/,
    },
    { name: 'a host elsewhere', zone: `@ ${clientMx(10, 'out.example.org.')}\n`, finds: [] },
    { name: 'the null record', zone: `@ ${NULL}\n`, finds: [] },
  ]);
  itFinds(rules, 'client-mx-target-no-address', [
    { name: 'a host elsewhere', zone: `@ ${clientMx(10, 'out.example.org.')}\n`, finds: [] },
    {
      name: 'one finding for one host',
      zone: `@ ${clientMx(10, 'ghost')}\nnews ${clientMx(10, 'ghost')}\n`,
      finds: [1],
    },
    { name: 'the null record', zone: `@ ${NULL}\n`, finds: [] },
  ]);
  itFinds(rules, 'client-mx-target-not-hostname', [
    { name: 'an address', zone: `@ ${clientMx(10, '192.0.2.1.example.net.')}\n`, finds: [1], says: /IP address/ },
    { name: 'an address of its own', zone: `@ ${clientMx(10, '192.0.2.1.')}\n`, finds: [1] },
    { name: 'a number in front', zone: `@ ${clientMx(10, '1.2.out.example.net.')}\n`, finds: [] },
    { name: 'a hyphen at the end', zone: `@ ${clientMx(10, 'out-')}\n`, finds: [1], says: /"out-"/ },
    { name: 'an A-label', zone: `@ ${clientMx(10, 'xn--mller-kva')}\n`, finds: [] },
    { name: 'the null record', zone: `@ ${NULL}\n`, finds: [] },
  ]);
});

describe('the null Client MX', () => {
  itFinds(rules, 'client-mx-null', [
    { name: 'of a domain that only receives', zone: `@ MX 10 mx1\n@ ${NULL}\n`, finds: [] },
    { name: 'beside SPF for everybody', zone: `@ ${NULL}\n@ TXT "v=spf1 +all"\n`, finds: [1] },
    { name: 'beside SPF ~all', zone: `@ ${NULL}\n@ TXT "v=spf1 ~all"\n`, finds: [] },
    { name: 'mixed is the other rule', zone: `@ ${NULL}\n@ ${OUT1}\n@ TXT "v=spf1 mx -all"\n`, finds: [] },
  ]);
  itFinds(rules, 'client-mx-null-not-alone', [
    { name: 'twice', zone: `@ ${NULL}\n@ ${clientMx(1, '.')}\n`, finds: [1], says: /twice/ },
    { name: 'alone', zone: `@ ${NULL}\n`, finds: [] },
  ]);

  it('is left alone by every rule that is on by default', () => {
    const zone = `@ MX 10 mx1\n@ ${NULL}\n@ TXT "v=spf1 -all"\nmx1 A 192.0.2.10\n`;
    expect(
      lint(
        zone,
        rules.filter(({ byDefault }) => byDefault !== false),
        [mx1],
      ),
    ).toEqual([]);
  });

  it('gets preference 0 by a safe fix', () => {
    const rule = ruleOf(rules, 'client-mx-null-preference');
    expect(fixed('@ TYPE265 \\# 3 000a00 ; none\n', rule)).toBe('@ TYPE265 \\# 3 000000 ; none\n');
    expect(fixed('@ TYPE265 \\# 3 ( 000a\n 00 )\n', rule)).toBe('@ TYPE265 \\# 3 ( 000000\n  )\n');
  });
});

describe('letter case in Client MX', () => {
  const upper = clientMx(10, 'OUT1');
  itFinds(rules, 'client-mx-duplicate-case', [
    { name: 'other preferences are another rule', zone: `@ ${OUT1}\n@ ${clientMx(20, 'OUT1')}\n`, finds: [] },
    { name: 'the same letters are a plain duplicate', zone: `@ ${OUT1}\n@ ${OUT1}\n`, finds: [] },
    { name: 'the lower-case one stays', zone: `@ ${upper}\n@ ${OUT1}\n`, finds: [1] },
    { name: 'three spellings', zone: `@ ${upper}\n@ ${OUT1}\n@ ${clientMx(10, 'Out1')}\n`, finds: [1, 3] },
  ]);
  itFinds(rules, 'client-mx-uppercase', [
    { name: 'a pair is the other rule', zone: `@ ${upper}\n@ ${OUT1}\n`, finds: [] },
    { name: 'alone', zone: `@ ${upper}\n`, finds: [1], says: /OUT1\.example\.net; expected out1\.example\.net/ },
  ]);

  it('is mended in the hexadecimal digits alone', () => {
    const rule = ruleOf(rules, 'client-mx-uppercase');
    const [, hex = ''] = /\\# 20 (\w+)/.exec(OUT1) ?? [];
    expect(fixed('@ 60 IN TYPE265 \\# 20 000A044F555431076578616D706C65036E657400 ; OUT1\n', rule)).toBe(
      `@ 60 IN TYPE265 \\# 20 ${hex} ; OUT1\n`,
    );
  });

  it('is not mended safely where a signature covers it', () => {
    const rrsig = '@ RRSIG TYPE265 13 2 3600 20261231000000 20261101000000 1 example.net. AAAA\n';
    const [found] = lint(`@ ${upper}\n${rrsig}`, [ruleOf(rules, 'client-mx-uppercase')]);
    expect(found?.fixes.map(({ safe }) => safe)).toEqual([false]);
  });

  it('of a pair is mended by taking one record out', () => {
    const rule = ruleOf(rules, 'client-mx-duplicate-case');
    expect(fixed(`@ ${OUT1}\n@ ${upper}\nmx1 A 192.0.2.1\n`, rule)).not.toMatch(/4f5554/);
    expect(fixed(`x ${upper}\n  TXT "of x"\nx ${OUT1}\n`, rule)).toMatch(/^x .*\n {2}TXT/);
  });
});

describe('what goes with Client MX', () => {
  itFinds(rules, 'client-mx-without-server-mx', [
    { name: 'the null MX is an answer', zone: `@ ${OUT1}\n@ MX 0 .\n`, finds: [] },
    { name: 'a sub-domain with SPF', zone: `news ${OUT1}\nnews TXT "v=spf1 -all"\n`, finds: [1] },
    { name: 'a sub-domain without is another rule', zone: `news ${OUT1}\n`, finds: [] },
    { name: 'silent when an MX line is broken', zone: `@ ${OUT1}\n@ MX x mx1\n`, finds: [] },
  ]);
  itFinds(rules, 'client-mx-not-at-mail-domain', [
    {
      name: 'names the domain above',
      zone: `news MX 10 mx1\nout.news ${OUT1}\n`,
      finds: [2],
      says: /such as news\.example\.net/,
    },
    { name: 'a domain of its own', zone: `news MX 10 mx1\nnews ${OUT1}\n`, finds: [] },
    { name: 'SPF makes it a mail domain', zone: `news ${OUT1}\nnews TXT "v=spf1 -all"\n`, finds: [] },
    { name: 'a wildcard', zone: `* ${OUT1}\n`, finds: [] },
  ]);
  itFinds(rules, 'client-mx-with-null-mx', [
    { name: 'the null Client MX fits the null MX', zone: `@ MX 0 .\n@ ${NULL}\n`, finds: [] },
    { name: 'a null MX with company', zone: `@ MX 0 .\n@ MX 10 mx1\n@ ${OUT1}\n`, finds: [] },
  ]);
  itFinds(rules, 'client-mx-subdomain-uncovered', [
    { name: 'the null MX needs nothing', zone: `@ ${OUT1}\nnews MX 0 .\n`, finds: [] },
    { name: 'two levels down', zone: `@ ${OUT1}\na.b MX 10 mx1\n`, finds: [2], says: /that of example\.net/ },
  ]);
  itFinds(rules, 'client-mx-below-wildcard', [
    { name: 'without other mail domains', zone: `* ${OUT1}\nmx1 A 192.0.2.1\n`, finds: [] },
    { name: 'only beside it', zone: `*.a ${OUT1}\nnews MX 10 mx1\n`, finds: [] },
  ]);
  itFinds(rules, 'client-mx-duplicate-target', [
    { name: 'in other letters', zone: `@ ${OUT1}\n@ ${clientMx(20, 'OUT1')}\n`, finds: [2] },
  ]);
  itFinds(rules, 'client-mx-policy-downgrade', [
    {
      name: 'TLSA for one host',
      zone: `@ MX 10 mx1\n@ ${OUT1}\n_25._tcp.mx1 TLSA 3 1 1 ${'00'.repeat(32)}\n`,
      finds: [],
    },
    { name: 'SRV announces TLS', zone: `@ MX 10 mx1\n@ ${OUT1}\n_smtp-tls._tcp SRV 0 0 25 mx1\n`, finds: [] },
  ]);
  itFinds(rules, 'client-mx-dmarc-missing', [
    {
      name: 'the policy of the domain above',
      zone: `news MX 10 mx1\nnews ${OUT1}\n_dmarc TXT "v=DMARC1; p=none"\n`,
      finds: [],
    },
    { name: 'an alias to the policy', zone: `@ ${OUT1}\n_dmarc CNAME _dmarc.example.org.\n`, finds: [] },
  ]);
  itFinds(rules, 'client-mx-in-nsec-bitmap', [
    { name: 'without NSEC', zone: `@ ${OUT1}\n`, finds: [] },
    { name: 'NSEC of another name', zone: `@ ${OUT1}\nmx1 NSEC @ A\n`, finds: [] },
    { name: 'types above 265 only', zone: `@ ${OUT1}\n@ NSEC mx1 A TYPE300\n`, finds: [2] },
  ]);
});

describe('Client MX and certificates', () => {
  const zone = `@ MX 10 mx1\n@ ${OUT1}\n@ ${OUT2}\n${HOSTS}`;
  const short: ExampleCertificate = { ...out1, notAfter: '2026-11-21T00:30:00Z' };
  itFinds(rules, 'client-mx-no-client-cert', [
    { name: 'no certificates at all', zone, finds: [] },
    { name: 'a certificate without a role may be the one', zone, finds: [], certificates: [{ ...mx1, roles: [] }] },
    { name: 'the null record needs none', zone: `@ MX 10 mx1\n@ ${NULL}\n${HOSTS}`, finds: [], certificates: [mx1] },
    {
      name: 'one finding for many domains',
      zone: `${zone}news ${OUT1}\nnews MX 10 mx1\n`,
      finds: [2],
      says: /1 other domain/,
      certificates: [mx1],
    },
  ]);
  itFinds(rules, 'client-mx-server-cert-not-ready', [
    { name: 'no certificates at all', zone, finds: [] },
    { name: 'no opt-in', zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n', finds: [], certificates: [out1] },
    { name: 'hosts of a third party', zone: `@ MX 10 mx.example.org.\n@ ${OUT1}\n`, finds: [], certificates: [out1] },
    {
      name: 'one host of two will do',
      zone: `@ MX 10 mx1\n@ MX 20 out2\n@ ${OUT1}\n${HOSTS}`,
      finds: [],
      certificates: [mx1],
    },
    {
      name: 'a wrong name is the other rule',
      zone,
      finds: [],
      certificates: [{ ...mx1, dnsNames: ['mail.example.net'] }],
    },
    { name: 'a wildcard is the other rule', zone, finds: [], certificates: [{ ...mx1, dnsNames: ['*.example.net'] }] },
    {
      name: 'the null record opts in as well',
      zone: `@ MX 10 mx1\n@ ${NULL}\n${HOSTS}`,
      finds: [1],
      certificates: [out1],
    },
  ]);
  itFinds(rules, 'client-mx-ttl-vs-cert', [
    {
      name: 'the default TTL',
      zone,
      finds: [2],
      says: /cached for 1 hour, but out1\.pem is valid until 2026-11-21/,
      certificates: [short],
    },
    { name: 'a later one is there', zone, finds: [], certificates: [short, { ...out1, file: 'next.pem' }] },
    {
      name: 'expired is the other rule',
      zone,
      finds: [],
      certificates: [{ ...out1, notAfter: '2026-11-20T00:00:00Z' }],
    },
    { name: 'a server certificate', zone, finds: [], certificates: [{ ...short, roles: ['server'] }] },
  ]);
});
