import { describe, expect, it } from 'vitest';
import { lintZone } from '../../lib/lint/engine.ts';
import { activeRules, PROFILES } from '../../lib/lint/profiles.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import type { Diagnostic } from '../../lib/text/diagnostic.ts';
import { readZone } from '../../lib/zone/read.ts';
import { NOW } from './example.ts';

/** A healthy mail zone; each fault replaces or adds lines. */
const CLEAN: readonly string[] = [
  '$ORIGIN example.net.',
  '$TTL 3600',
  '@ SOA ns1 hostmaster 2026112001 14400 3600 1209600 3600',
  '@ NS ns1',
  '@ NS ns2.example.org.',
  'ns1 A 192.0.2.1',
  'ns1 AAAA 2001:db8::1',
  '@ MX 10 mx1',
  '@ MX 20 mx2',
  'mx1 A 192.0.2.10',
  'mx1 AAAA 2001:db8::10',
  'mx2 A 198.51.100.10',
  'mx2 AAAA 2001:db8:1::10',
  '@ TXT "v=spf1 mx -all"',
  '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.net"',
  's1._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="',
  '_mta-sts TXT "v=STSv1; id=20261121000000"',
  'mta-sts A 192.0.2.30',
  '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.net"',
  '@ CAA 0 issue "ca.example.org"',
];

interface Fault {
  /** What is wrong, in a few words. */
  readonly title: string;
  readonly rule: string;
  /** The text that has to be pointed at. */
  readonly at: string;
  /** Lines added at the end. */
  readonly add?: readonly string[];
  /** A line of the clean zone, by its beginning, and what stands in its place (nothing = removed). */
  readonly change?: readonly [begins: string, becomes: string | undefined];
}

const HASH = '00'.repeat(32);

const FAULTS: readonly Fault[] = [
  // Found by none of the usual checkers.
  {
    title: 'SOA retry above refresh',
    rule: 'core-soa-retry-ge-refresh',
    at: '9000',
    change: ['@ SOA', '@ SOA ns1 hostmaster 2026112001 7200 9000 1209600 3600'],
  },
  {
    title: 'SOA expire too short',
    rule: 'core-soa-expire-range',
    at: '7300',
    change: ['@ SOA', '@ SOA ns1 hostmaster 2026112001 7200 3600 7300 3600'],
  },
  { title: 'null MX beside a real one', rule: 'mx-null-not-alone', at: '.', change: ['@ MX 20', '@ MX 0 .'] },
  { title: 'null MX with a preference', rule: 'mx-null-preference', at: '10', add: ['n MX 10 .'] },
  { title: 'a loop of aliases', rule: 'core-cname-loop', at: 'b', add: ['a CNAME b', 'b CNAME a'] },
  { title: 'an alias of nothing', rule: 'core-cname-dangling', at: 'nowhere', add: ['a CNAME nowhere'] },
  {
    title: 'an owner without final dot',
    rule: 'core-label-repeats-zone',
    at: 'ftp.example.net',
    add: ['ftp.example.net A 192.0.2.9'],
  },
  {
    title: 'TLSA of a host that is not there',
    rule: 'tlsa-host-no-address',
    at: '_25._tcp.gone',
    add: [`_25._tcp.gone TLSA 3 1 1 ${HASH}`],
  },
  {
    title: 'TLSA usage 1 for SMTP',
    rule: 'tlsa-smtp-usage',
    at: '1',
    add: [`_25._tcp.mx1 TLSA 1 1 1 ${HASH}`, `_25._tcp.mx2 TLSA 3 1 1 ${HASH}`],
  },
  { title: 'two SPF records', rule: 'spf-multiple', at: '"v=spf1 a -all"', add: ['@ TXT "v=spf1 a -all"'] },
  {
    title: 'an SPF mechanism that is none',
    rule: 'spf-syntax',
    at: 'ipv4:192.0.2.1',
    change: ['@ TXT', '@ TXT "v=spf1 ipv4:192.0.2.1 -all"'],
  },
  {
    title: 'eleven SPF look-ups',
    rule: 'spf-too-many-lookups',
    at: 'include:k.example.org',
    change: ['@ TXT', `@ TXT "v=spf1 ${'abcdefghijk'.replace(/./g, 'include:$&.example.org ')}-all"`],
  },
  {
    title: 'a DMARC policy that is none',
    rule: 'dmarc-policy-invalid',
    at: 'bogus',
    change: ['_dmarc', '_dmarc TXT "v=DMARC1; p=bogus; rua=mailto:dmarc@example.net"'],
  },
  {
    title: 'MTA-STS without id',
    rule: 'mtasts-txt-syntax',
    at: 'v=STSv1;',
    change: ['_mta-sts', '_mta-sts TXT "v=STSv1;"'],
  },
  {
    title: 'MTA-STS with a bad id',
    rule: 'mtasts-txt-syntax',
    at: 'has space',
    change: ['_mta-sts', '_mta-sts TXT "v=STSv1; id=has space"'],
  },
  { title: 'SRV without protocol', rule: 'srv-owner-shape', at: '_imaps', add: ['_imaps SRV 0 0 993 mx1'] },
  {
    title: 'a DKIM key that is none',
    rule: 'dkim-key-undecodable',
    at: '!!!',
    change: ['s1._domainkey', 's1._domainkey TXT "v=DKIM1; k=rsa; p=!!!"'],
  },
  { title: 'a private address', rule: 'core-address-special-use', at: '10.1.2.3', add: ['www A 10.1.2.3'] },
  {
    title: 'SRV . with others',
    rule: 'srv-null-not-alone',
    at: '.',
    add: ['_imaps._tcp SRV 0 0 0 .', '_imaps._tcp SRV 0 0 993 mx1'],
  },
  { title: 'SRV port 0', rule: 'srv-port-zero', at: '0', add: ['_imaps._tcp SRV 0 1 0 mx1'] },
  {
    title: 'SRV for mail over UDP',
    rule: 'smtp-tls-srv-wrong-proto',
    at: '_smtp-tls._udp',
    add: ['_smtp-tls._udp SRV 0 0 25 mx1'],
  },
  { title: 'Client MX too short', rule: 'client-mx-rdata-malformed', at: '\\# 1 00', add: ['@ TYPE265 \\# 1 00'] },
  {
    title: 'Client MX with octets left over',
    rule: 'client-mx-rdata-malformed',
    at: '\\# 4 000a0000',
    add: ['@ TYPE265 \\# 4 000a0000'],
  },
  {
    title: 'Client MX with a compression pointer',
    rule: 'client-mx-compression-pointer',
    at: '\\# 4 000ac00c',
    add: ['@ TYPE265 \\# 4 000ac00c'],
  },
  // Found by one or few of them.
  {
    title: 'a CAA tag with a typo',
    rule: 'caa-unknown-tag',
    at: 'isue',
    change: ['@ CAA', '@ CAA 0 isue "ca.example.org"'],
  },
  { title: 'TLSA usage 9', rule: 'tlsa-fields', at: '9', add: [`_25._tcp.mx1 TLSA 9 1 1 ${HASH}`] },
  { title: 'a TLSA digest too short', rule: 'tlsa-digest-length', at: '00', add: ['_25._tcp.mx1 TLSA 3 1 1 00'] },
  { title: 'DS without NS', rule: 'dnssec-ds-without-ns', at: 'DS', add: [`w DS 1 13 2 ${HASH}`] },
  {
    title: 'a record twice',
    rule: 'core-duplicate-record',
    at: 'w A 192.0.2.9',
    add: ['w A 192.0.2.9', 'w A 192.0.2.9'],
  },
  { title: 'MX to an address', rule: 'core-target-is-ip', at: '192.0.2.9', add: ['w MX 10 192.0.2.9'] },
  {
    title: 'SRV to an address',
    rule: 'core-target-is-ip',
    at: '192.0.2.9',
    add: ['_imaps._tcp SRV 0 0 993 192.0.2.9'],
  },
  {
    title: 'MX without final dot',
    rule: 'core-trailing-dot-missing',
    at: 'mx1.example.net',
    change: ['@ MX 10', '@ MX 10 mx1.example.net'],
  },
  {
    title: 'MX to a host without address',
    rule: 'mx-target-no-address',
    at: 'mx9',
    change: ['@ MX 20', '@ MX 20 mx9'],
  },
  { title: 'an underscore in a host name', rule: 'core-underscore-host', at: 'mx_1', add: ['mx_1 A 192.0.2.9'] },
  { title: 'no newline at the end', rule: 'syntax-no-final-newline', at: '', add: ['w A 192.0.2.9\u0000'] },
  {
    title: 'data below a delegation',
    rule: 'deleg-occluded-data',
    at: 'w.sub TXT "x"',
    add: ['sub NS ns1', 'w.sub TXT "x"'],
  },
  { title: 'no SOA', rule: 'core-soa-missing', at: '', change: ['@ SOA', undefined] },
  {
    title: 'two SOA',
    rule: 'core-soa-multiple',
    at: 'SOA',
    add: ['@ SOA ns1 hostmaster 2026112002 7200 3600 1209600 3600'],
  },
  {
    title: 'an @ in RNAME',
    rule: 'core-soa-rname-at-sign',
    at: 'hostmaster@example.net.',
    change: ['@ SOA', '@ SOA ns1 hostmaster@example.net. 2026112001 7200 3600 1209600 3600'],
  },
  { title: 'no NS', rule: 'core-apex-ns-missing', at: '@', change: ['@ NS', undefined] },
  { title: 'NS is an alias', rule: 'deleg-ns-cname', at: 'al', add: ['al CNAME ns1', '@ NS al'] },
  { title: 'MX is an alias', rule: 'mx-target-cname', at: 'al', add: ['al CNAME mx1', 'w MX 10 al'] },
  { title: 'SRV is an alias', rule: 'srv-target-cname', at: 'al', add: ['al CNAME mx1', '_imaps._tcp SRV 0 0 993 al'] },
  {
    title: 'CNAME and other data',
    rule: 'core-cname-and-other-data',
    at: 'CNAME',
    add: ['w A 192.0.2.9', 'w CNAME mx1'],
  },
  { title: 'two CNAME', rule: 'core-cname-multiple', at: 'mx2', add: ['w CNAME mx1', 'w CNAME mx2'] },
  { title: 'TTLs that differ', rule: 'core-ttl-mismatch', at: '60', add: ['w 300 A 192.0.2.9', 'w 60 A 192.0.2.8'] },
  { title: 'out of zone', rule: 'core-out-of-zone', at: 'www.example.org.', add: ['www.example.org. A 192.0.2.9'] },
  { title: 'no glue', rule: 'deleg-glue-missing', at: 'ns.sub', add: ['sub NS ns.sub'] },
  { title: 'DS digest too short', rule: 'dnssec-ds-digest-length', at: '00', add: ['sub NS ns1', 'sub DS 1 13 2 00'] },
  { title: 'DS at the apex', rule: 'dnssec-ds-at-apex', at: 'DS', add: [`@ DS 1 13 2 ${HASH}`] },
  {
    title: 'data below a DNAME',
    rule: 'core-dname-below',
    at: 'x.d',
    add: ['d DNAME example.org.', 'x.d A 192.0.2.9'],
  },
  { title: 'CNAME at the apex', rule: 'core-cname-at-apex', at: 'CNAME', add: ['@ CNAME mx1'] },
  { title: 'an address that is none', rule: 'syntax-parse-error', at: '192.0.2.999', add: ['w A 192.0.2.999'] },
  { title: 'an unknown type', rule: 'syntax-unknown-type', at: 'AAAB', add: ['w AAAB 192.0.2.9'] },
  { title: 'a quote that never closes', rule: 'syntax-unclosed-quote', at: '"x', add: ['w TXT "x'] },
  { title: 'a parenthesis that never closes', rule: 'syntax-unbalanced-paren', at: '(', add: ['w TXT ( "x"'] },
  { title: 'an integer out of range', rule: 'syntax-integer-range', at: '70000', add: ['w MX 70000 mx1'] },
  { title: 'a wrong RFC 3597 length', rule: 'syntax-rfc3597-length', at: '3', add: ['w TYPE65300 \\# 3 00'] },
  { title: 'an unknown directive', rule: 'syntax-unknown-directive', at: '$ORIGN', add: ['$ORIGN example.net.'] },
  {
    title: 'a label too long',
    rule: 'syntax-label-too-long',
    at: 'a'.repeat(64),
    add: [`${'a'.repeat(64)} A 192.0.2.9`],
  },
  {
    title: 'a string too long',
    rule: 'syntax-string-too-long',
    at: 'x'.repeat(256),
    add: [`w TXT "${'x'.repeat(256)}"`],
  },
];

function lint(text: string, profile: (typeof PROFILES)[number]): Diagnostic[] {
  const origin = nameFromText('example.net.');
  if ('problem' in origin) throw new Error('no origin');
  const bytes = new TextEncoder().encode(text);
  const zone = readZone({ name: 'example.net.zone', bytes, origin: origin.name });
  const { active } = activeRules(RULES, { profile, select: [], ignore: [], levels: new Map(), options: new Map() });
  return lintZone({ zone, certificateFiles: new Map(), now: NOW }, active);
}

function faulty({ add = [], change }: Fault): string {
  const lines = CLEAN.flatMap((line) => {
    if (change === undefined || !line.startsWith(`${change[0]} `)) return [line];
    return change[1] === undefined ? [] : [change[1]];
  });
  // A NUL marks the end of a file without newline.
  return `${[...lines, ...add].join('\n')}\n`.replace('\u0000\n', '');
}

describe('zones with one fault', () => {
  it.each(FAULTS.map((fault) => [fault.title, fault] as const))('%s', (_, fault) => {
    const found = lint(faulty(fault), 'default');
    const texts = found
      .filter((one) => one.rule === fault.rule)
      .map(({ place }) => new TextDecoder().decode(place.file.bytes.subarray(place.span.start, place.span.end)));
    expect(texts, found.map((one) => one.rule).join(' ')).toContain(fault.at);
  });
});

describe('a clean zone', () => {
  it.each(PROFILES.filter((profile) => !['strict', 'no-mail', 'smtp-tls-srv', 'mtls'].includes(profile)))(
    'is clean under %s',
    (profile) => {
      const text = `${CLEAN.join('\n')}\n`;
      expect(lint(text, profile).map((one) => `${one.rule} ${JSON.stringify(one.args)}`)).toEqual([]);
    },
  );
});
