import { describe, expect, it } from 'vitest';
import { caaRefusal } from '../../lib/mail/caa-check.ts';
import type { DnsLookup } from '../../lib/mail/dns.ts';

const property = (flags: number, tag: string, value: string): Uint8Array =>
  Uint8Array.of(flags, tag.length, ...Buffer.from(tag + value));

/** CAA of these names; `?` is a name nobody knows anything about. */
function dns(sets: Readonly<Record<string, readonly Uint8Array[]>>, unknown = '?'): DnsLookup {
  return {
    ask: (question) => {
      const { name } = question;
      const base = { question, canonical: name, aliases: [], security: 'secure' } as const;
      const rdata = sets[name];
      if (name === unknown)
        return Promise.resolve({ ...base, kind: 'failure', reason: 'outside', detail: 'no zone' } as const);
      return Promise.resolve(
        rdata === undefined
          ? ({ ...base, kind: 'nodata' } as const)
          : ({ ...base, kind: 'records', rdata, ttl: 60 } as const),
      );
    },
  };
}

describe('CAA of a certificate in use (RFC 8659 §3)', () => {
  const ours = ['ca.example.org'];
  it.each([
    ['no record', {}, 'mx1.example.net', undefined],
    [
      'the CA is allowed',
      { 'example.net': [property(0, 'issue', 'CA.example.org; a=b')] },
      'mx1.example.net',
      undefined,
    ],
    ['another CA is', { 'example.net': [property(0, 'issue', 'other.example')] }, 'mx1.example.net', ['other.example']],
    ['nobody is', { 'example.net': [property(0, 'issue', ';')] }, 'mx1.example.net', []],
    [
      'the nearest set counts',
      { 'example.net': [property(0, 'issue', ';')], 'mx1.example.net': [property(0, 'issue', 'ca.example.org')] },
      'mx1.example.net',
      undefined,
    ],
    [
      'issuewild for wildcards',
      { 'example.net': [property(0, 'issue', 'ca.example.org'), property(0, 'issuewild', ';')] },
      '*.example.net',
      [],
    ],
    [
      'issue for wildcards without issuewild',
      { 'example.net': [property(0, 'issue', 'ca.example.org')] },
      '*.example.net',
      undefined,
    ],
    [
      'nothing about issuing',
      { 'example.net': [property(0, 'iodef', 'mailto:a@example.net')] },
      'mx1.example.net',
      undefined,
    ],
    [
      'a critical property nobody knows',
      { 'example.net': [property(128, 'odd', ''), property(0, 'issue', 'ca.example.org')] },
      'mx1.example.net',
      [],
    ],
    ['broken RDATA', { 'example.net': [Uint8Array.of(), Uint8Array.of(0, 9, 65)] }, 'mx1.example.net', undefined],
  ] as const)('%s', async (_, sets, name, allowed) => {
    expect((await caaRefusal([name], ours, dns(sets)))?.allowed).toEqual(allowed);
  });

  it('of a CA nobody knows only a set for nobody refuses', async () => {
    const one = dns({ 'example.net': [property(0, 'issue', 'other.example')] });
    expect(await caaRefusal(['mx1.example.net'], undefined, one)).toBeUndefined();
    const none = dns({ 'example.net': [property(0, 'issue', ';')] });
    expect(await caaRefusal(['a.example.org', 'mx1.example.net'], undefined, none)).toEqual({
      name: 'mx1.example.net',
      owner: 'example.net',
      allowed: [],
    });
  });

  it('refuses nothing where DNS does not answer', async () => {
    const lookup = dns({ 'example.net': [property(0, 'issue', ';')] }, 'mx1.example.net');
    expect(await caaRefusal(['mx1.example.net'], ours, lookup)).toBeUndefined();
  });
});
