import { describe, expect, test } from 'vitest';
import type { ReferenceName } from '../../lib/mail/plan-types.ts';
import { observe } from '../../lib/net/probe-findings.ts';
import type { Observation } from '../../lib/net/probe-observation.ts';
import type { ProbedPlace } from '../../lib/net/probe-place.ts';
import type { ProbeResult } from '../../lib/net/probe-result.ts';
import { sayFailure, sayReply } from '../../lib/net/probe-words.ts';
import { systemAddresses } from '../../lib/net/system-dns.ts';
import { der } from '../certs/cases.ts';
import { certificateOf, ext, general } from '../certs/maker.ts';
import { serverCertificate } from './certificates.ts';

const reply = (code: number, ...lines: string[]): NonNullable<ProbeResult['quit']> => ({ code, lines, notes: [] });
const certificate = serverCertificate(['mx1.example.net']);

/** A place where all is as the drafts want it. */
const well: ProbedPlace = {
  host: 'mx1.example.net',
  port: 842,
  wanted: 'implicit',
  from: 'srv',
  companion: false,
  domain: 'example.net',
  optedIn: true,
  names: [{ kind: 'dns-id', name: 'mx1.example.net', from: 'host', insecure: false }],
  leaf: certificateOf(certificate.der),
  result: {
    host: 'mx1.example.net',
    port: 842,
    mode: 'implicit',
    attempts: [{ address: '192.0.2.10', outcome: 'connected', milliseconds: 3, detail: '' }],
    address: '192.0.2.10',
    speaks: 'tls',
    clear: { keywords: [] },
    secure: { banner: reply(220, 'mx1'), ehlo: reply(250, 'mx1'), keywords: [], starttls: reply(554, 'no') },
    tls: {
      version: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      alpn: null,
      sni: 'mx1.example.net',
      opensslFault: null,
      asksCertificate: true,
      certificates: [certificate.der],
    },
    certificates: [certificate.der],
    asSent: true,
    request: { asked: true, authorities: [] },
    versions: [],
    names: [],
    milliseconds: 30,
  },
};

const withResult = (change: Partial<ProbeResult>, more: Partial<ProbedPlace> = {}): ProbedPlace => ({
  ...well,
  ...more,
  result: { ...well.result, ...change },
});
const faults = (place: ProbedPlace): string[] =>
  observe(place)
    .filter(({ state }) => state === 'fault')
    .map(({ severity, rule }) => `${severity} ${rule}`);
const seen = (place: ProbedPlace, rule: string): Observation | undefined =>
  observe(place).find((each) => each.rule === rule);

describe('what is said of a place', () => {
  test('nothing is wrong with one that is well', () => {
    expect(faults(well)).toEqual([]);
    expect(observe(well).every(({ state }) => state === 'holds')).toBe(true);
  });

  const secure = well.result.secure;
  const announcing = { ...secure, keywords: [{ keyword: 'ENHANCEDSTATUSCODES', parameters: '' }] };
  test.each<[string, Partial<ProbeResult>, string]>([
    ['554 without the code it announces', { secure: announcing }, 'warning smtp-tls-srv-implicit-starttls-reply'],
    ['a banner of refusal', { secure: { ...secure, banner: reply(554, 'no') } }, 'error probe-smtp-failed'],
    ['EHLO refused', { secure: { ...secure, ehlo: reply(502, 'no') } }, 'error probe-smtp-failed'],
    [
      'a bare LF',
      { secure: { ...secure, banner: { ...reply(220, 'x'), notes: ['bare-lf'] } } },
      'info probe-reply-form',
    ],
    [
      'a weak suite',
      { brokenSuites: { what: 'broken cipher suites', outcome: 'accepted', detail: 'TLS_RSA_WITH_RC4_128_SHA' } },
      'warning tls-cipher-weak',
    ],
    ['nothing newer than TLS 1.1', { tls: { ...well.result.tls!, version: 'TLSv1.1' } }, 'error tls-version-old'],
  ])('%s', (_, change, expected) => {
    expect(faults(withResult(change))).toEqual([expected]);
  });

  test('a certificate that cannot be read is an error', () => {
    const { leaf: _, ...rest } = well;
    expect(faults(rest)).toEqual(['error cert-path-invalid']);
  });

  test('what could not be learned is unknown, no fault', () => {
    const silent = withResult({
      request: { asked: null, authorities: null },
      versions: [{ what: 'TLSv1.1', outcome: 'unknown', detail: 'no answer in time' }],
      brokenSuites: { what: 'broken cipher suites', outcome: 'unknown', detail: 'no answer in time' },
      names: [{ sni: null, outcome: 'failed', detail: 'closed' }],
    });
    expect(faults(silent)).toEqual([]);
    for (const rule of [
      'server-does-not-request-client-cert',
      'tls-version-old',
      'tls-cipher-weak',
      'probe-server-names',
    ])
      expect(seen(silent, rule)?.state).toBe('unknown');
  });

  test('no request for a client certificate weighs as much as the domain asks for', () => {
    const none = { request: { asked: false, authorities: [] } };
    const { optedIn: _, ...nobodyKnows } = withResult(none);
    expect(faults(withResult(none))).toEqual(['warning server-does-not-request-client-cert']);
    expect(faults(nobodyKnows)).toEqual(['info server-does-not-request-client-cert']);
  });

  test('a connection that ends inside TLS after a request may want a certificate', () => {
    const ended = withResult({
      failure: { step: 'banner-in-tls', trouble: 'tls-alert', detail: 'certificate_required' },
    });
    expect(seen(ended, 'probe-smtp-failed')?.message).toContain('--client-cert');
  });
});

describe('what is said of a certificate', () => {
  const names = (...given: [ReferenceName['kind'], string, ReferenceName['from']][]): readonly ReferenceName[] =>
    given.map(([kind, name, from]) => ({ kind, name, from, insecure: false }));
  const leafWith = (...given: readonly Uint8Array[]): ProbedPlace['leaf'] =>
    certificateOf(serverCertificate([], { subject: 'CN=x', extensions: [ext.names(...given)] }).der);

  test('the name of another MX host of the domain is taken with a warning (AMB-3)', () => {
    const place = {
      ...well,
      from: 'mx',
      names: names(['dns-id', 'mx2.example.net', 'host'], ['dns-id', 'mx1.example.net', 'mx']),
    } as const;
    expect(faults(place)).toEqual(['warning cert-server-not-own-host']);
  });

  test('the domain itself, or its SRV-ID, satisfies an SRV sender (AMB-S14)', () => {
    const domain = {
      ...well,
      leaf: leafWith(general.dns('example.net'))!,
      names: names(['dns-id', 'example.net', 'domain']),
    };
    expect(faults(domain)).toEqual([]);
    const name = new TextEncoder().encode('_smtp-tls.example.net');
    const srvId = der(0xa0, der(0x06, [0x2b, 6, 1, 5, 5, 7, 8, 7]), der(0xa0, der(0x16, name)));
    const service = { ...well, leaf: leafWith(srvId)!, names: names(['srv-id', '_smtp-tls.example.net', 'domain']) };
    expect(faults(service)).toEqual([]);
  });

  test('a wildcard is not exact (AMB-4)', () => {
    const place = { ...well, leaf: leafWith(general.dns('*.example.net'))! };
    expect(faults(place)).toEqual(['error cert-wildcard-not-exact']);
    expect(faults({ ...place, optedIn: false })).toEqual(['warning cert-wildcard-not-exact']);
  });

  test('a name that is missing weighs as much as the drafts ask for', () => {
    const leaf = leafWith(general.dns('mail.example.net'))!;
    expect(faults({ ...well, leaf })).toEqual(['error cert-srv-target-mismatch']);
    expect(faults({ ...well, leaf, from: 'mx' })).toEqual(['error cert-server-name-not-in-mx']);
    expect(faults({ ...well, leaf, from: 'mx', optedIn: false })).toEqual(['warning cert-server-name-not-in-mx']);
    const { optedIn: _, ...given } = { ...well, leaf, from: 'user' as const };
    expect(faults(given)).toEqual(['warning cert-server-not-own-host']);
  });
});

test('words hold nothing that steers a terminal', () => {
  expect(sayReply(reply(220, '\u001b[31m', 'b'))).toBe("'220 ?[31m' (and 1 more)");
  expect(sayFailure({ step: 'banner', trouble: 'garbage', detail: '\u0007HTTP' })).toBe(
    'what came is no SMTP reply while waiting for the banner (?HTTP)',
  );
});

test('the machine itself knows localhost', async () => {
  expect((await systemAddresses('localhost')).some((each) => each === '127.0.0.1' || each === '::1')).toBe(true);
});
