import { describe, expect, it } from 'vitest';
import { daneCheck } from '../../lib/mail/dane-check.ts';
import type { DnsAnswer, DnsSecurity } from '../../lib/mail/dns.ts';
import { makeChain, soundChain } from '../certs/chains.ts';

const { leaf, others } = makeChain(soundChain);
const chain = [leaf, ...others];
const spki = [...Buffer.from(leaf.facts.spkiSha256, 'hex')];
const issuer = [...Buffer.from(others[1]!.facts.fingerprintSha256, 'hex')];

function tlsa(security: DnsSecurity, ...rdata: readonly (readonly number[])[]): DnsAnswer {
  const name = '_25._tcp.mx1.example.net';
  const base = { question: { name, type: 52 }, canonical: name, aliases: [], security };
  return { ...base, kind: 'records', ttl: 60, rdata: rdata.map((octets) => Uint8Array.from(octets)) };
}

describe('TLSA of a mail server (RFC 7672)', () => {
  it.each([
    ['DANE-EE with the key', [[3, 1, 1, ...spki]], true],
    ['DANE-TA with an issuer', [[2, 0, 1, ...issuer]], true],
    ['another key', [[3, 1, 1, ...spki.toReversed()]], false],
    [
      'one of two fits',
      [
        [3, 1, 1, ...spki.toReversed()],
        [3, 1, 1, ...spki],
      ],
      true,
    ],
    ['an issuer in the place of the host', [[3, 0, 1, ...issuer]], false],
    ['usages that mail does not use', [[1, 1, 1, ...spki.toReversed()]], undefined],
    ['numbers nobody knows, and too few octets', [[3, 7, 1, 9], [3, 1, 9, 9], [3, 1, 1], []], undefined],
    ['no record', [], undefined],
  ])('%s: %s', (_, rdata, holds) => expect(daneCheck(tlsa('secure', ...rdata), chain, true)?.holds).toBe(holds));

  it('counts only when DNSSEC vouches for it, where that can be known', () => {
    const wrong = tlsa('insecure', [3, 1, 1, ...spki.toReversed()]);
    expect(daneCheck(wrong, chain, true)).toBeUndefined();
    expect(daneCheck(wrong, chain, false)).toMatchObject({ holds: false });
  });

  it('is nothing when there is no answer', () => {
    const { question, canonical, aliases } = tlsa('secure');
    const none = { question, canonical, aliases, security: 'secure', kind: 'nodata' } as const;
    expect(daneCheck(none, chain, true)).toBeUndefined();
  });
});
