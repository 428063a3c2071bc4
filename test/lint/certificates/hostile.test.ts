import fc from 'fast-check';
import { describe, it } from 'vitest';
import { clientMx } from '../../../lib/lint/common-examples.ts';
import { rules as certificateRules } from '../../../lib/lint/rules/certificates/list.ts';
import { rules as clientMxRules } from '../../../lib/lint/rules/client-mx/list.ts';
import { rules as mailMxRules } from '../../../lib/lint/rules/mail-mx/list.ts';
import { rules as smtpTlsRules } from '../../../lib/lint/rules/smtp-tls-srv/list.ts';
import { lint } from '../mail-mx/cases.ts';

const rules = [...mailMxRules, ...clientMxRules, ...smtpTlsRules, ...certificateRules];

const owner = fc.constantFrom(
  '@',
  '*',
  'a',
  'b.a',
  '*.a',
  '_smtp-tls._tcp',
  '_smtp-tls._udp.a',
  '_smtptls._tcp',
  '*._tcp',
  '_25._tcp.mx1',
  'mx1',
  'out1',
  '',
  '_smtp-tls._tcp.b.a',
  '.',
  'x.example.org.',
);
const target = fc.constantFrom(
  '.',
  'mx1',
  'MX1',
  'out1',
  'a',
  '*',
  'b.a',
  'gone',
  'mx.example.org.',
  '192.0.2.1',
  '\\000\\255.x',
  '@',
  'c.d',
);
const number = fc.constantFrom(0, 10, 25, 465, 842, 65_535);
const rdata = fc.oneof(
  fc.tuple(number, target).map(([preference, host]) => `MX ${preference} ${host}`),
  fc.tuple(number, target).map(([preference, host]) => `CLIENTMX ${preference} ${host}`),
  fc.tuple(number, fc.constantFrom('out1', 'OUT1', '.')).map(([preference, host]) => clientMx(preference, host)),
  fc
    .uint8Array({ maxLength: 12 })
    .map((octets) => `TYPE265 \\# ${octets.length} ${Buffer.from(octets).toString('hex')}`),
  fc.tuple(number, number, target).map(([priority, port, host]) => `SRV ${priority} 0 ${port} ${host}`),
  target.map((host) => `CNAME ${host}`),
  target.map((host) => `DNAME ${host}`),
  target.map((host) => `NS ${host}`),
  fc.constantFrom(
    'A 192.0.2.1',
    'A 10.0.0.1',
    'AAAA ::1',
    'A \\# 2 0000',
    'MX',
    'TXT "v=spf1 mx -all"',
    'TXT "v=spf1"',
    'TXT v=spf1',
    `TLSA 3 1 1 ${'00'.repeat(32)}`,
    'NSEC a MX',
    'NSEC \\# 3 00ff20',
    'BOGUS x',
  ),
);
const zone = fc
  .array(
    fc
      .tuple(owner, fc.constantFrom('', '60 ', 'IN ', 'CH '), rdata)
      .map(([name, middle, data]) => `${name} ${middle}${data}`),
    { maxLength: 12 },
  )
  .map((lines) => `${lines.join('\n')}\n`);

const name = fc.constantFrom(
  'mx1.example.net',
  '*.example.net',
  'OUT1.example.net.',
  '',
  '*',
  '.',
  'a..b',
  'müller.example.net',
  '\u0000',
  'example.net',
  'b.a.example.net',
  'x'.repeat(300),
);
const certificate = fc.record({
  file: fc.constantFrom('mx1.pem', 'out1.pem', '-', '/', 'mx1.example.net/x.pem'),
  roles: fc.subarray<'server' | 'client'>(['server', 'client']),
  dnsNames: fc.array(name, { maxLength: 3 }),
  commonNames: fc.array(name, { maxLength: 2 }),
  extendedKeyUsage: fc.subarray(['server', 'client', '1.2.3']),
  index: fc.nat(2),
  facts: fc.record({
    notBefore: fc.constantFrom(-62_167_219_200_000, 0, Date.parse('2026-11-20T00:00:00Z'), 253_402_300_799_000),
    notAfter: fc.constantFrom(-62_167_219_200_000, 0, Date.parse('2026-11-22T00:00:00Z'), 253_402_300_799_000),
    selfIssued: fc.boolean(),
    srvNames: fc.array(name, { maxLength: 1 }),
  }),
  chain: fc.array(fc.record({ selfIssued: fc.boolean(), subject: fc.string() }), { maxLength: 2 }),
});

describe('the mail and certificate rules', () => {
  it('say something or nothing about any zone and certificates, and never throw', () => {
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    fc.assert(
      fc.property(zone, fc.array(certificate, { maxLength: 3 }), (text, certificates) => {
        for (const { rule, args } of lint(text, rules, certificates)) {
          const sentence = byId.get(rule)?.say(args) ?? '';
          if (!/^\S.*\S$/s.test(sentence) || /undefined|NaN|\[object/.test(sentence))
            throw new Error(`${rule}: ${sentence}`);
        }
      }),
      { numRuns: 200 },
    );
  });
});
