import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeAuthenticationResults } from '../../lib/mail/authentication-results.ts';
import { type DmarcQuestion, type DmarcVerdict, dmarcResult, judgeDmarc } from '../../lib/mail/dmarc-verdict.ts';
import type { DnsAnswer, DnsLookup, DnsQuestion } from '../../lib/mail/dns.ts';
import { DEFAULT_MTLS_POLICY } from '../../lib/mail/mtls-policy.ts';
import {
  gatherTreeWalk,
  MOST_QUERIES,
  organizationalDomain,
  treeWalkDomains,
} from '../../lib/mail/organizational-domain.ts';

/** TXT records by name; a text of `servfail` or `outside` is that failure. Notes what was asked. */
function dns(records: Readonly<Record<string, readonly string[]>>): DnsLookup & { readonly asked: string[] } {
  const asked: string[] = [];
  return { asked, ask: (question) => Promise.resolve(answer(question, records[question.name], asked)) };
}

function answer(question: DnsQuestion, texts: readonly string[] | undefined, asked: string[]): DnsAnswer {
  asked.push(question.name.replace(/^_dmarc\./, ''));
  const base = { question, canonical: question.name, aliases: [], security: 'secure' } as const;
  if (texts === undefined) return { ...base, kind: 'nxdomain' };
  if (texts[0] === 'servfail') return { ...base, kind: 'failure', reason: 'server-failure', detail: 'SERVFAIL' };
  if (texts[0] === 'outside') return { ...base, kind: 'failure', reason: 'outside', detail: 'no zone' };
  const rdata = texts.map((text) =>
    Uint8Array.of(3, ...Buffer.from(text.slice(0, 3)), text.length - 3, ...Buffer.from(text.slice(3))),
  );
  return { ...base, kind: 'records', rdata, ttl: 300 };
}

describe('the tree walk of RFC 9989 §4.10', () => {
  it.each([
    ['net', ['net']],
    ['mail.example.net', ['mail.example.net', 'example.net', 'net']],
    [
      'a.b.c.d.e.f.g.h',
      ['a.b.c.d.e.f.g.h', 'b.c.d.e.f.g.h', 'c.d.e.f.g.h', 'd.e.f.g.h', 'e.f.g.h', 'f.g.h', 'g.h', 'h'],
    ],
    [
      '1.2.3.a.b.c.d.e.f.g.h',
      ['1.2.3.a.b.c.d.e.f.g.h', 'b.c.d.e.f.g.h', 'c.d.e.f.g.h', 'd.e.f.g.h', 'e.f.g.h', 'f.g.h', 'g.h', 'h'],
    ],
    ['', []],
  ])('%s asks %j', (domain, domains) => expect(treeWalkDomains(domain)).toEqual(domains));

  it('asks eight names at most', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 60 }), (labels) => {
        expect(treeWalkDomains(labels.join('.')).length).toBeLessThanOrEqual(MOST_QUERIES);
      }),
    );
  });

  const record = (more = ''): string[] => [`v=DMARC1; p=none${more}`];
  it.each([
    ['no record', 'a.example.net', {}, 'a.example.net', 'itself', 3],
    ['its own record', 'example.net', { 'example.net': record() }, 'example.net', 'highest record', 2],
    [
      'the record with the fewest labels',
      'a.b.example.net',
      { 'a.b.example.net': record(), 'example.net': record() },
      'example.net',
      'highest record',
      4,
    ],
    [
      'psd=n ends the walk',
      'a.b.example.net',
      { 'b.example.net': record('; psd=n'), 'example.net': record() },
      'b.example.net',
      'psd=n',
      2,
    ],
    ['psd=y: one label below', 'a.b.example.net', { net: record('; psd=y') }, 'example.net', 'psd=y below', 4],
    [
      'psd=y at the start counts as a record',
      'gov.example',
      { 'gov.example': record('; psd=y') },
      'gov.example',
      'highest record',
      1,
    ],
    ['psd=u says nothing', 'a.example.net', { 'example.net': record('; psd=u') }, 'example.net', 'highest record', 3],
    [
      'several records count as none',
      'a.example.net',
      { 'example.net': [...record(), ...record()] },
      'a.example.net',
      'itself',
      3,
    ],
    [
      'other texts do not matter',
      'a.example.net',
      { 'example.net': ['v=spf1 -all', ...record()] },
      'example.net',
      'highest record',
      3,
    ],
    [
      'names of no zone given',
      'a.example.net',
      { 'example.net': record(), net: ['outside'] },
      'example.net',
      'highest record',
      3,
    ],
    ['a failure leaves it open', 'a.example.net', { 'example.net': ['servfail'] }, undefined, 'failure', 2],
  ])('%s', async (_, domain, texts, organization, by, count) => {
    const named = Object.fromEntries(Object.entries(texts).map(([name, each]) => [`_dmarc.${name}`, each]));
    const lookup = dns(named);
    expect(organizationalDomain(await gatherTreeWalk(domain, lookup))).toEqual({ domain: organization, by });
    expect(lookup.asked).toHaveLength(count);
  });
});

/** DMARC of a message from example.net with MAIL FROM bounce.example.net. */
async function dmarc(
  record: string | undefined,
  parts: Partial<DmarcQuestion> = {},
  mode: 'or' | 'replace' = 'or',
  mailFrom = 'bounce.example.net',
): Promise<DmarcVerdict> {
  const fromDomain = parts.fromDomain ?? 'example.net';
  const lookup = dns(record === undefined ? {} : { '_dmarc.example.net': [record] });
  const question: DmarcQuestion = {
    fromDomain,
    from: await gatherTreeWalk(fromDomain, lookup),
    identity: { domain: mailFrom, from: 'mailfrom' },
    mailFrom: await gatherTreeWalk(mailFrom, lookup),
    mtls: 'pass',
    alignedDkim: false,
    ...parts,
  };
  return judgeDmarc(question, { ...DEFAULT_MTLS_POLICY, dmarcMode: mode });
}

describe('DMARC with mtls (D.4, CMX-1.2.4-b, CMX-1.2.4-c, AMB-24)', () => {
  const reject = 'v=DMARC1; p=reject';
  it.each([
    ['or', 'pass', undefined, 'pass', ['mtls'], 'fail'],
    ['or', 'pass', 'fail', 'pass', ['mtls'], 'fail'],
    ['or', 'pass', 'pass', 'pass', ['mtls', 'spf'], 'pass'],
    ['or', 'fail', 'pass', 'pass', ['spf'], 'pass'],
    ['or', 'fail', 'fail', 'fail', [], 'fail'],
    ['or', 'none', 'pass', 'pass', ['spf'], 'pass'],
    ['or', 'temperror', undefined, 'fail', [], 'fail'],
    ['replace', 'pass', 'fail', 'pass', ['mtls'], 'fail'],
    ['replace', 'fail', 'pass', 'fail', [], 'pass'],
    ['replace', 'none', 'pass', 'pass', ['spf'], 'pass'],
  ] as const)('%s: mtls %s, SPF %s: %s', async (mode, mtls, spf, result, by, without) => {
    const verdict = await dmarc(reject, { mtls, ...(spf && { spf }) }, mode);
    expect(verdict).toMatchObject({ result, by, without, policy: 'reject', aligned: true });
    expect(verdict.trace[0]?.requirements).toContain('AMB-24');
  });

  it('an aligned DKIM pass is enough', async () => {
    expect(await dmarc(reject, { mtls: 'fail', alignedDkim: true })).toMatchObject({ result: 'pass', by: ['dkim'] });
  });

  it.each([
    ['v=DMARC1; p=reject', 'bounce.example.net', true],
    ['v=DMARC1; p=reject; aspf=s', 'bounce.example.net', false],
    ['v=DMARC1; p=reject; aspf=S', 'example.net', true],
    ['v=DMARC1; p=reject', 'example.org', false],
  ])('%s, MAIL FROM %s: aligned %s', async (record, mailFrom, aligned) => {
    expect(await dmarc(record, {}, 'or', mailFrom)).toMatchObject({ aligned, result: aligned ? 'pass' : 'fail' });
  });

  it.each([
    ['v=DMARC1; p=reject; sp=quarantine', 'example.net', false, 'reject'],
    ['v=DMARC1; p=reject; sp=quarantine', 'a.example.net', false, 'quarantine'],
    ['v=DMARC1; p=reject; np=none', 'a.example.net', true, 'none'],
    ['v=DMARC1; p=reject; np=none', 'a.example.net', false, 'reject'],
    ['v=DMARC1; rua=mailto:d@example.net', 'example.net', false, 'none'],
    ['v=DMARC1', 'example.net', false, undefined],
    [undefined, 'example.net', false, undefined],
  ])('%s asks of %s (missing %s) for %s', async (record, fromDomain, fromIsMissing, policy) => {
    const verdict = await dmarc(record, { fromDomain, fromIsMissing, mtls: 'fail' });
    expect(verdict.policy).toBe(policy);
    expect(verdict.result).toBe(policy === undefined ? 'none' : 'fail');
  });

  it('without a domain in MAIL FROM nothing is aligned', async () => {
    const from = await gatherTreeWalk('example.net', dns({ '_dmarc.example.net': [reject] }));
    expect(judgeDmarc({ fromDomain: 'example.net', from, mtls: 'none', alignedDkim: false })).toMatchObject({
      result: 'fail',
      aligned: false,
    });
  });

  it('a failure of DNS is temperror unless something passes', async () => {
    const from = await gatherTreeWalk('a.example.net', dns({ '_dmarc.example.net': ['servfail'] }));
    const identity = { domain: 'b.example.net', from: 'mailfrom' } as const;
    const question = {
      fromDomain: 'a.example.net',
      from,
      identity,
      mailFrom: from,
      mtls: 'pass',
      alignedDkim: false,
    } as const;
    expect(judgeDmarc(question).result).toBe('temperror');
  });

  it('goes into Authentication-Results', async () => {
    const results = [dmarcResult(await dmarc(`${reject}; t=y`), 'example.net')];
    expect(writeAuthenticationResults({ authservId: 'a', results })).toBe(
      'Authentication-Results: a;\r\n  dmarc=pass header.from=example.net policy.dmarc=reject',
    );
    expect((await dmarc(`${reject}; t=y`)).testing).toBe(true);
  });
});
