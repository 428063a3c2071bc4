import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Certificate } from '../../../lib/certs/path-member.ts';
import { associationOf } from '../../../lib/certs/tlsa.ts';
import { clientMx } from '../../../lib/lint/common-examples.ts';
import { lintZone } from '../../../lib/lint/engine.ts';
import type { ExampleCertificate } from '../../../lib/lint/rule.ts';
import { rules } from '../../../lib/lint/rules/dane/list.ts';
import { applyEdits } from '../../../lib/text/edits.ts';
import { readZone } from '../../../lib/zone/read.ts';
import { makeChain, soundChain } from '../../certs/chains.ts';
import { wire } from '../../zone/zones.ts';
import { given, HEADER, lintExample, NOW } from '../example.ts';
import { itFinds, lint, ruleOf } from '../mail-mx/cases.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const KEY = hash('key');
const NEXT = hash('next');
const OLD = hash('old');
const OTHER = hash('other');
const MX = '@ MX 10 mx1\nmx1 A 192.0.2.10\nmx2 A 198.51.100.10\n';
const at = (digest: string, form = '3 1 1'): string => `_25._tcp.mx1 TLSA ${form} ${digest}\n`;

/** The certificate of mx1 with a key of that digest. */
function mx1(spkiSha256: string, more: Partial<ExampleCertificate> = {}): ExampleCertificate {
  const facts = { spkiSha256, ...more.facts };
  return { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'], ...more, facts };
}

const expired = mx1(OLD, { file: 'old.pem', notAfter: '2026-11-01T00:00:00Z' });

describe('a certificate that no record matches', () => {
  itFinds(rules, 'tlsa-cert-mismatch', [
    { name: 'no certificates', zone: MX + at(OLD), finds: [] },
    { name: 'no records', zone: MX, finds: [], certificates: [mx1(KEY)] },
    { name: 'a match', zone: MX + at(OLD) + at(KEY), finds: [], certificates: [mx1(KEY)] },
    {
      name: 'one finding for the set, at the first record',
      zone: MX + at(OLD) + at(OTHER),
      finds: [4],
      says: new RegExp(`^no TLSA record of _25._tcp.mx1.example.net matches mx1.pem, .*expected 3 1 1 ${KEY}$`),
      certificates: [mx1(KEY)],
    },
    {
      name: 'each certificate in use needs a record',
      zone: MX + at(KEY),
      finds: [4],
      says: /matches rsa.pem/,
      certificates: [mx1(KEY), mx1(OTHER, { file: 'rsa.pem' })],
    },
    {
      name: 'the one that has expired is not in use beside another',
      zone: MX + at(KEY),
      finds: [],
      certificates: [mx1(KEY), expired],
    },
    { name: 'but it is when it is alone', zone: MX + at(KEY), finds: [4], certificates: [expired] },
    {
      name: 'a certificate for clients',
      zone: MX + at(OLD),
      finds: [],
      certificates: [mx1(KEY, { roles: ['client'] })],
    },
    { name: 'a certificate without a role', zone: MX + at(OLD), finds: [4], certificates: [mx1(KEY, { roles: [] })] },
    {
      name: 'without a role beside one for servers',
      zone: MX + at(KEY),
      finds: [],
      certificates: [mx1(KEY), mx1(OTHER, { file: 'web.pem', roles: [] })],
    },
    {
      name: 'a wildcard for servers',
      zone: MX + at(OLD),
      finds: [4],
      certificates: [mx1(KEY, { dnsNames: ['*.example.net'] })],
    },
    {
      name: 'a wildcard beside the certificate of the host',
      zone: MX + at(KEY),
      finds: [],
      certificates: [mx1(KEY), mx1(OTHER, { file: 'wildcard.pem', dnsNames: ['*.example.net'] })],
    },
    {
      name: 'a binding, whatever the names',
      zone: MX + at(OLD),
      finds: [4],
      certificates: [mx1(KEY, { dnsNames: ['mail.example.net'], binding: { hosts: ['mx1.example.net'] } })],
    },
    {
      name: 'a binding to another host',
      zone: MX + at(OLD),
      finds: [],
      certificates: [mx1(KEY, { binding: { hosts: ['mx2.example.net'] } })],
    },
    {
      name: 'a binding to another port',
      zone: MX + at(OLD),
      finds: [],
      certificates: [mx1(KEY, { binding: { ports: [842] } })],
    },
    {
      name: 'port 25 of a host that is in the MX of other zones',
      zone: `mx1 A 192.0.2.10\n${at(OLD)}`,
      finds: [2],
      certificates: [mx1(KEY)],
    },
    {
      name: 'a port of SRV',
      zone: `${MX}_smtp-tls._tcp SRV 0 0 2525 mx1\n_2525._tcp.mx1 TLSA 3 1 1 ${OLD}\n`,
      finds: [5],
      certificates: [mx1(KEY)],
    },
    {
      name: 'a port of something else',
      zone: `${MX}_443._tcp.mx1 TLSA 3 1 1 ${OLD}\n`,
      finds: [],
      certificates: [mx1(KEY)],
    },
    {
      name: 'a port of something else that a certificate is bound to',
      zone: `${MX}_443._tcp.mx1 TLSA 1 1 1 ${OLD}\n`,
      finds: [4],
      certificates: [mx1(KEY, { binding: { hosts: ['mx1.example.net'], ports: [443] } })],
    },
    { name: 'records that mail does not use', zone: MX + at(OLD, '1 1 1'), finds: [], certificates: [mx1(KEY)] },
    { name: 'records that nobody can use', zone: MX + at('00', '3 1 1'), finds: [], certificates: [mx1(KEY)] },
    {
      name: 'an unusable record beside a stale one',
      zone: MX + at(KEY, '1 1 1') + at(OLD),
      finds: [5],
      certificates: [mx1(KEY)],
    },
    {
      name: 'records shared by an alias',
      zone: `${MX}@ MX 20 mx2\n_25._tcp.mx1 CNAME _dane\n_25._tcp.mx2 CNAME _dane\n_dane TLSA 3 1 1 ${KEY}\n`,
      finds: [7],
      says: /matches mx2.pem/,
      certificates: [mx1(KEY), mx1(OTHER, { file: 'mx2.pem', dnsNames: ['mx2.example.net'] })],
    },
    {
      name: 'a wildcard owner',
      zone: `${MX}*._tcp.mx1 TLSA 3 1 1 ${OLD}\n`,
      finds: [4],
      certificates: [mx1(KEY)],
    },
    {
      name: 'trust anchors are the other rule',
      zone: MX + at(OLD, '2 1 1'),
      finds: [],
      certificates: [mx1(KEY, { chain: [{ spkiSha256: OTHER }] })],
    },
    {
      name: 'a trust anchor that is sent covers any key',
      zone: MX + at(OLD) + at(OTHER, '2 1 1'),
      finds: [],
      certificates: [mx1(KEY, { chain: [{ spkiSha256: OTHER }] })],
    },
  ]);

  const rule = ruleOf(rules, 'tlsa-cert-mismatch');
  const fixOf = (zone: string, certificates: readonly ExampleCertificate[]): { text: string; safe?: boolean } => {
    const [fix] = lint(zone, [rule], certificates).flatMap(({ fixes }) => fixes);
    const bytes = new TextEncoder().encode(HEADER + zone);
    const text = new TextDecoder().decode(applyEdits(bytes, fix?.edits ?? [])).slice(HEADER.length);
    return { text, ...(fix && { safe: fix.safe }) };
  };

  it.each([
    ['one stale record', at(OLD), at(KEY), true, [mx1(KEY)]],
    [
      'in upper case and pieces',
      at(`${OLD.slice(0, 20).toUpperCase()} (${OLD.slice(20)} )`),
      undefined,
      undefined,
      [mx1(KEY)],
    ],
    ['in pieces', at(`${OLD.slice(0, 20).toUpperCase()} ${OLD.slice(20)}`), at(KEY), true, [mx1(KEY)]],
    ['two stale records', at(OLD) + at(NEXT), at(OLD) + at(NEXT) + at(KEY), false, [mx1(KEY)]],
    ['a certificate nobody gave a role', at(OLD), at(KEY), false, [mx1(KEY, { roles: [] })]],
    ['a certificate that has expired', at(KEY), at(OLD), false, [expired]],
    ['a certificate to come', at(OLD), at(KEY), false, [mx1(KEY, { notBefore: '2026-11-25T00:00:00Z' })]],
    ['a second certificate', at(KEY), at(KEY) + at(OTHER), false, [mx1(KEY), mx1(OTHER, { file: 'rsa.pem' })]],
    [
      'a second one beside a stale record',
      at(KEY) + at(OLD),
      at(KEY) + at(OTHER),
      false,
      [mx1(KEY), mx1(OTHER, { file: 'rsa.pem' })],
    ],
    ['two new ones', at(OLD), `${at(OLD)}${at(KEY)}${at(OTHER)}`, false, [mx1(KEY), mx1(OTHER, { file: 'rsa.pem' })]],
    [
      'the whole certificate',
      at(OLD, '3 0 1'),
      at(NEXT, '3 0 1'),
      true,
      [mx1(KEY, { facts: { fingerprintSha256: NEXT } })],
    ],
    [
      'owner and TTL as the record has them',
      `_25._tcp.mx1 IN 300 TLSA 3 1 1 ${KEY}\n  300 TXT "x"\n`,
      `_25._tcp.mx1 IN 300 TLSA 3 1 1 ${KEY}\n_25._tcp.mx1 300 IN TLSA 3 1 1 ${OTHER}\n  300 TXT "x"\n`,
      false,
      [mx1(KEY), mx1(OTHER, { file: 'rsa.pem' })],
    ],
    [
      'no owner of its own and no newline',
      `_25._tcp.mx1 TXT "x"\n\tTLSA 3 1 1 ${KEY}`,
      `_25._tcp.mx1 TXT "x"\n\tTLSA 3 1 1 ${KEY}\n\tTLSA 3 1 1 ${OTHER}\n`,
      false,
      [mx1(KEY), mx1(OTHER, { file: 'rsa.pem' })],
    ],
    [
      'signed records',
      `${at(OLD)}_25._tcp.mx1 RRSIG TLSA 13 5 3600 20270101000000 20261101000000 1 example.net. AAAA\n`,
      `${at(KEY)}_25._tcp.mx1 RRSIG TLSA 13 5 3600 20270101000000 20261101000000 1 example.net. AAAA\n`,
      false,
      [mx1(KEY)],
    ],
    ['generic form', `_25._tcp.mx1 TYPE52 \\# 35 030101${OLD}\n`, undefined, undefined, [mx1(KEY)]],
    ['SHA-512 of octets that are not at hand', at(OLD + OLD, '3 1 2'), undefined, undefined, [mx1(KEY)]],
  ] as const)('its fix: %s', (_, before, after, safe, certificates) => {
    const { text, safe: found } = fixOf(MX + before, certificates);
    expect(found).toBe(safe);
    expect(text).toBe(MX + (after ?? before));
    if (after !== undefined) expect(lint(text, [rule], certificates)).toEqual([]);
  });

  it('says all of the record, and nothing that is not known', () => {
    const [found] = lint(MX + at(OLD + OLD, '3 1 2'), [rule], [mx1(KEY)]);
    expect(rule.say(found?.args ?? {})).toMatch(/; expected a record made from it$/);
  });
});

describe('records that no certificate needs', () => {
  itFinds(rules, 'tlsa-stale', [
    { name: 'a key to come', zone: MX + at(KEY) + at(NEXT), finds: [], certificates: [mx1(KEY)] },
    {
      name: 'more than one of a form',
      zone: MX + at(KEY) + at(NEXT) + at(OTHER),
      finds: [5],
      says: /^2 TLSA records of _25._tcp.mx1.example.net do not match .*\(mx1.pem\); expected at most 1/,
      certificates: [mx1(KEY)],
    },
    {
      name: 'the next key in two forms',
      zone: MX + at(KEY) + at(NEXT) + at(NEXT, '3 0 1'),
      finds: [],
      certificates: [mx1(KEY)],
    },
    {
      name: 'one for each certificate in use',
      zone: MX + at(KEY) + at(NEXT) + at(OTHER) + at(OLD),
      finds: [],
      certificates: [mx1(KEY), mx1(OTHER, { file: 'rsa.pem' })],
    },
    {
      name: 'the record of one that has expired',
      zone: MX + at(KEY) + at(OLD),
      finds: [5],
      says: /matches old.pem only, which has expired and is followed by mx1.pem/,
      certificates: [mx1(KEY), expired],
    },
    {
      name: 'the same key in the next certificate',
      zone: MX + at(OLD),
      finds: [],
      certificates: [mx1(OLD), expired],
    },
    {
      name: 'trust anchors of other CAs',
      zone: MX + at(KEY) + at(NEXT, '2 1 1') + at(OTHER, '2 1 1'),
      finds: [],
      certificates: [mx1(KEY)],
    },
    { name: 'nothing matches', zone: MX + at(NEXT) + at(OTHER), finds: [], certificates: [mx1(KEY)] },
  ]);

  it('may be none at all by option, and go', () => {
    const rule = ruleOf(rules, 'tlsa-stale');
    const example = { zone: MX + at(KEY) + at(NEXT), certificates: [mx1(KEY)], options: { next: 0 } };
    const [found] = lintExample(example, [{ rule, severity: 'warning' }]);
    expect(rule.say(found?.args ?? {})).toMatch(/^1 TLSA record .* does not match/);
    const text = new TextDecoder().decode(
      applyEdits(new TextEncoder().encode(HEADER + example.zone), found?.fixes[0]?.edits ?? []),
    );
    expect(text).toBe(HEADER + MX + at(KEY));
    expect(found?.fixes[0]?.safe).toBe(false);
  });

  itFinds(rules, 'tlsa-no-rollover', [
    {
      name: 'a CA as well',
      zone: MX + at(KEY) + at(OTHER, '2 1 1'),
      finds: [],
      certificates: [mx1(KEY, { chain: [{ spkiSha256: OTHER }] })],
    },
    {
      name: 'two certificates and no key to come',
      zone: MX + at(KEY) + at(OTHER),
      finds: [4],
      certificates: [mx1(KEY), mx1(OTHER, { file: 'rsa.pem' })],
    },
    { name: 'no certificate', zone: MX + at(KEY), finds: [] },
  ]);
});

describe('trust anchors', () => {
  const issued = mx1(KEY, { chain: [{ spkiSha256: OTHER }] });
  itFinds(rules, 'tlsa-usage2-chain', [
    { name: 'an issuer that is sent', zone: MX + at(OTHER, '2 1 1'), finds: [], certificates: [issued] },
    { name: 'one of several', zone: MX + at(OLD, '2 1 1') + at(OTHER, '2 1 1'), finds: [], certificates: [issued] },
    {
      name: 'another issuer',
      zone: MX + at(OLD, '2 1 1'),
      finds: [4],
      says: /holds another issuer/,
      certificates: [issued],
    },
    { name: 'the certificate itself is no anchor', zone: MX + at(KEY, '2 1 1'), finds: [4], certificates: [issued] },
    {
      name: 'no issuer',
      zone: MX + at(OLD, '2 1 1'),
      finds: [4],
      says: /mx1.pem holds no issuer/,
      certificates: [mx1(KEY, { chain: [] })],
    },
    {
      name: 'the certificate is matched all the same',
      zone: MX + at(KEY) + at(OLD, '2 1 1'),
      finds: [5],
      says: /another record matches the certificate itself/,
      certificates: [issued],
    },
    {
      name: 'nothing matches, and a key was meant',
      zone: MX + at(NEXT) + at(OLD, '2 1 1'),
      finds: [],
      certificates: [issued],
    },
    { name: 'no certificate', zone: MX + at(OLD, '2 1 1'), finds: [] },
  ]);

  it('is a warning where mail flows', () => {
    const rule = ruleOf(rules, 'tlsa-usage2-chain');
    const severity = (zone: string): unknown => lint(zone, [rule], [issued])[0]?.severity;
    expect(severity(MX + at(KEY) + at(OLD, '2 1 1'))).toBe('warning');
    expect(severity(MX + at(OLD, '2 1 1'))).toBe('error');
  });

  it('is called by its name when the trust store knows it', () => {
    const rule = ruleOf(rules, 'tlsa-usage2-chain');
    const { leaf, others, root } = makeChain(soundChain);
    const data = Buffer.from(associationOf(root, { selector: 1, matching: 1 }) ?? []).toString('hex');
    const found = lintReal(MX + at(data, '2 1 1'), leaf, others, [leaf, ...others, root]);
    expect(found.map((one) => one.rule)).toEqual([rule.id]);
    expect(rule.say(found[0]?.args ?? {})).toMatch(/mx1.pem does not hold CN=Root,O=Example, the CA certificate/);
  });
});

describe('octets of real certificates', () => {
  const { leaf, others, root } = makeChain(soundChain);
  const forms = [0, 1].flatMap((selector) => [0, 1, 2].map((matching) => ({ selector, matching })));
  const record = (usage: number, form: { selector: number; matching: number }, of: Certificate): string =>
    at(Buffer.from(associationOf(of, form) ?? []).toString('hex'), `${usage} ${form.selector} ${form.matching}`);

  it.each(forms)('$selector $matching', (form) => {
    expect(lintReal(MX + record(3, form, leaf), leaf, others)).toEqual([]);
    expect(lintReal(MX + record(2, form, others[0] ?? root), leaf, others)).toEqual([]);
    const stranger = others[0] ?? root;
    const found = lintReal(MX + record(3, form, stranger), leaf, others);
    expect(found.map(({ rule }) => rule)).toEqual(['tlsa-cert-mismatch']);
    const text = applyEdits(
      new TextEncoder().encode(HEADER + MX + record(3, form, stranger)),
      found[0]?.fixes[0]?.edits ?? [],
    );
    expect(new TextDecoder().decode(text)).toBe(HEADER + MX + record(3, form, leaf));
  });

  it('a CA that has all of its key in DNS need not be sent', () => {
    for (const selector of [0, 1]) {
      expect(lintReal(MX + record(2, { selector, matching: 0 }, root), leaf, others)).toEqual([]);
      expect(lintReal(MX + record(2, { selector, matching: 2 }, root), leaf, others)).toHaveLength(1);
    }
  });

  it('usages of public CAs need a path to them', () => {
    const zone = `${MX}_443._tcp.mx1 TLSA ${record(1, { selector: 1, matching: 1 }, leaf).slice(18)}`;
    const judged = (valid: boolean) =>
      lintReal(zone, leaf, others, valid ? [leaf, ...others, root] : [], { ports: [443] });
    expect(judged(true)).toEqual([]);
    expect(judged(false).map(({ rule }) => rule)).toEqual(['tlsa-cert-mismatch']);
  });
});

describe('DANE and Client MX', () => {
  const optedIn = `${MX}@ ${clientMx(10, 'out1')}\nout1 A 192.0.2.20\n`;
  const own = mx1(KEY, { facts: { selfIssued: true, selfSigned: true } });
  itFinds(rules, 'tlsa-self-signed-with-client-mx', [
    { name: 'no opt-in', zone: MX + at(KEY), finds: [], certificates: [own] },
    {
      name: 'self-signed',
      zone: optedIn + at(KEY),
      finds: [6],
      says: /is self-signed, but example.net/,
      certificates: [own],
    },
    { name: 'a CA', zone: optedIn + at(KEY), finds: [], certificates: [mx1(KEY)] },
    { name: 'no match', zone: optedIn + at(OLD), finds: [], certificates: [own] },
  ]);

  it.each([
    ['a private CA', [{ code: 'issuer-missing', index: 1 }], [{}], /has no path to a CA/],
    ['a missing intermediate may be all', [{ code: 'issuer-missing', index: 0 }], [], undefined],
    ['a fault of another kind', [{ code: 'expired', index: 0 }], [{}], undefined],
    ['a good path', [], [{}], undefined],
  ] as const)('%s', (_, pathFaults, chain, says) => {
    const rule = ruleOf(rules, 'tlsa-self-signed-with-client-mx');
    const certificates = [mx1(KEY, { pathFaults, chain })];
    const [found] = lintExample({ zone: optedIn + at(KEY), certificates }, [{ rule, severity: 'warning' }]);
    expect(found !== undefined).toBe(says !== undefined);
    if (says !== undefined) expect(rule.say(found?.args ?? {})).toMatch(says);
  });
});

/** Lints with a certificate made of real octets; `path` stands for a trust store. */
function lintReal(
  zone: string,
  leaf: Certificate,
  chain: readonly Certificate[],
  path?: readonly Certificate[],
  binding = {},
): ReturnType<typeof lintZone> {
  const plain = given({ file: 'mx1.pem', roles: ['server'], binding });
  const read = readZone({
    name: 'example.net.zone',
    bytes: new TextEncoder().encode(HEADER + zone),
    origin: wire('example.net.'),
  });
  const wanted = ['tlsa-cert-mismatch', 'tlsa-usage2-chain', 'tlsa-stale'];
  const verdict = { faults: [], unverifiable: [], deviations: [], path: (path ?? []).map(({ facts }) => facts) };
  return lintZone(
    {
      zone: read,
      certificates: [{ ...plain, ...leaf, chain }],
      certificateFiles: new Map(),
      now: NOW,
      ...(path && { judgePath: () => ({ ...verdict, valid: path.length > 0 }) }),
    },
    rules.filter(({ id }) => wanted.includes(id)).map((rule) => ({ rule, severity: rule.level })),
  );
}
