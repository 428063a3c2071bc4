import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DELIVERY_KNOBS } from '../../lib/mail/delivery-knobs.ts';
import type { DnsFailure, DnsLookup } from '../../lib/mail/dns.ts';
import { gather } from '../../lib/mail/gather.ts';
import { planDelivery } from '../../lib/mail/plan.ts';
import { seededRandom } from '../../lib/mail/seeded-random.ts';
import { type AttemptResult, walkPlan } from '../../lib/mail/walk-plan.ts';
import { lookupOf, NOW, planned, SIGNED } from './delivering.ts';

const Q = '_smtp-tls._tcp';
const HASH = 'ab'.repeat(32);

describe('what is asked beside delivery', () => {
  test('is there only when it was asked for, behind what a sender asks', async () => {
    const records = `${SIGNED}${Q} SRV 0 0 842 h1
@ MX 10 h2
@ CLIENTMX 10 h3
_842._tcp.h1 TLSA 3 1 1 ${HASH}
_mta-sts TXT "v=STSv1; " "id=1"
_dmarc TXT "v=DMARC1; p=none"
_dmarc TXT "other"
`;
    const extras = ['client-mx', 'server-mx', 'tlsa', 'mta-sts', 'tls-report', 'dmarc'] as const;
    const { gathered } = await planned(records, { extras });
    expect(gathered.extras).toMatchObject({
      clientMx: { kind: 'hosts', hosts: [{ preference: 10, host: 'h3.example.net' }] },
      serverMx: { kind: 'hosts', hosts: [{ preference: 10, host: 'h2.example.net' }] },
      tlsa: [
        {
          name: '_842._tcp.h1.example.net',
          port: 842,
          state: 'found',
          records: [{ usage: 3, selector: 1, matching: 1, data: HASH }],
          security: 'secure',
        },
        { name: '_25._tcp.h1.example.net', port: 25, state: 'absent', records: [] },
      ],
      mtaSts: { name: '_mta-sts.example.net', state: 'found', texts: ['v=STSv1; id=1'] },
      tlsReport: { name: '_smtp._tls.example.net', state: 'absent', texts: [] },
      dmarc: { state: 'found', texts: ['v=DMARC1; p=none', 'other'] },
    });
    expect(gathered.questions.map(({ purpose }) => purpose)).toEqual([
      ...Array.from({ length: 3 }, () => 'delivery'),
      ...Array.from({ length: 7 }, () => 'extra'),
    ]);
    expect((await planned(records)).gathered.extras).toEqual({});
  });

  test('may fail and does not touch the plan', async () => {
    const failing = { '_dmarc.example.net TXT': 'timeout', '_25._tcp.h1.example.net TLSA': 'bogus' } as const;
    const { gathered, plan } = await planned('@ MX 10 h1\n', { extras: ['dmarc', 'tlsa'], failing });
    expect(gathered.extras.dmarc).toMatchObject({ state: 'failed', detail: 'timeout' });
    expect(gathered.extras.tlsa?.[0]).toMatchObject({ state: 'failed', detail: 'bogus' });
    expect(plan.outcome.kind).toBe('deliver');
  });

  test('keeps few questions on their way at a time, and all in order', async () => {
    const hosts = Array.from({ length: 30 }, (_, at) => `@ MX ${at} m${at}\nm${at} A 192.0.2.1\n`).join('');
    const inner = lookupOf(hosts);
    let open = 0;
    let most = 0;
    const lookup: DnsLookup = {
      async ask(question) {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve, question.name.length % 3));
        open--;
        return inner.ask(question);
      },
    };
    const { questions } = await gather({ kind: 'domain', domain: 'example.net' }, lookup);
    expect(most).toBe(16);
    expect(questions.slice(2, 5).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'm0.example.net AAAA',
      'm0.example.net A',
      'm1.example.net AAAA',
    ]);
    expect(questions).toHaveLength(62);
  });

  test('asks nothing twice', async () => {
    const { gathered } = await planned('@ MX 10 h1\n', { extras: ['server-mx', 'tlsa'] });
    const lines = gathered.questions.map(({ name, type }) => `${name} ${type}`);
    expect(new Set(lines).size).toBe(lines.length);
  });
});

describe('the addresses of a host', () => {
  test.each([
    ['h1.example.net', {}, { state: 'found', addresses: ['2001:db8::11', '192.0.2.11'], canonical: 'h1.example.net' }],
    ['alias.example.net', {}, { state: 'found', addresses: ['192.0.2.12'], canonical: 'h2.example.net' }],
    ['none.example.net', {}, { state: 'none', addresses: [] }],
    ['ns1.example.net', { 'ns1.example.net A': 'timeout' }, { state: 'failed', detail: 'timeout' }],
    ['mx.example.com', {}, { state: 'unknown' }],
  ] as const)('%s', async (host, failing, wanted) => {
    const records = `@ MX 10 ${host}.\nalias CNAME h2\n`;
    const { gathered } = await planned(records, { failing: failing as Record<string, DnsFailure> });
    expect(gathered.addresses[host]).toMatchObject({ host, ...wanted });
  });
});

/** Records that make sense and records that do not. */
const record = fc.constantFrom(
  `${Q} SRV 0 0 842 h1`,
  `${Q} SRV 0 5 25 h1`,
  `${Q} SRV 1 9 842 h2`,
  `${Q} SRV 1 0 465 h3`,
  `${Q} SRV 2 0 0 h4`,
  `${Q} SRV 0 0 0 .`,
  `${Q} SRV 3 0 842 192.0.2.1.`,
  `${Q} SRV 4 0 842 alias`,
  `${Q} SRV 5 0 842 mx.example.com.`,
  `${Q} TXT x`,
  '@ MX 0 .',
  '@ MX 10 h1',
  '@ MX 10 alias',
  '@ MX 20 gone',
  '@ CLIENTMX 10 h2',
  '@ A 192.0.2.80',
  'alias CNAME h2',
  SIGNED.trim(),
);
const failure = fc.constantFrom<[string, DnsFailure]>(
  ['_smtp-tls._tcp.example.net SRV', 'timeout'],
  ['example.net MX', 'server-failure'],
  ['h1.example.net A', 'bogus'],
  ['h1.example.net AAAA', 'timeout'],
  ['example.net TYPE265', 'refused'],
);
const knobs = fc.record({
  srvError: fc.constantFrom('defer' as const, 'mx' as const),
  srvNull: fc.constantFrom('reject' as const, 'mx' as const),
  srvTargetAlias: fc.constantFrom('skip' as const, 'follow' as const),
  fallbackOrder: fc.constantFrom('per-target' as const, 'after-all' as const),
  ownHosts: fc.subarray(['h1.example.net', 'h2.example.net', '192.0.2.13']),
  pathKnownOpen: fc.subarray(['h1.example.net:842', 'h2.example.net:842']),
  mostTargets: fc.constantFrom(1, 2, 32),
  mostQuestions: fc.constantFrom(1, 5, 256),
});
const end = fc.constantFrom<AttemptResult>(
  'ok',
  'connect-failed',
  'no-starttls',
  'tls-failed',
  'untrusted',
  'name-mismatch',
  'refused-for-now',
  'refused-for-good',
);

test('whatever a zone says, the plan and the walk along it keep their promises', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(record, { maxLength: 10 }),
      fc.uniqueArray(failure, { maxLength: 2 }),
      knobs,
      fc.integer({ min: 0, max: 9 }),
      fc.array(end, { minLength: 1, maxLength: 6 }),
      async (records, failing, chosen, seed, ends) => {
        const lookup = lookupOf(`${records.join('\n')}\n`, { failing: Object.fromEntries(failing) });
        const all = { ...DELIVERY_KNOBS, ...chosen };
        const destination = { kind: 'domain', domain: 'example.net' } as const;
        const gathered = await gather(destination, lookup, all, { extras: ['client-mx', 'tlsa'] });
        const plan = planDelivery(gathered, { random: seededRandom(seed), knobs: all, now: NOW });
        const again = planDelivery(gathered, { random: seededRandom(seed), knobs: all, now: NOW });
        expect(again).toEqual(plan);
        expect(plan.steps.length > 0).toBe(plan.outcome.kind === 'deliver');
        const bySrv = plan.steps.some(({ from }) => from === 'srv');
        // SRV-2-k, SRV-2-l: one kind of record alone, and behind SRV never clear text.
        if (bySrv) expect(plan.steps.every(({ from, tls }) => from === 'srv' && tls !== 'opportunistic')).toBe(true);
        expect(bySrv).toBe(plan.route === 'srv');
        for (const { fallback, host, port } of plan.steps) {
          if (fallback !== undefined) expect(fallback).toMatchObject({ host, port: 25, tls: 'starttls-required' });
          if (fallback !== undefined) expect(port).not.toBe(25);
          expect(chosen.ownHosts).not.toContain(host);
        }
        let at = 0;
        const walk = walkPlan(plan, () => ends[at++ % ends.length] ?? 'ok');
        if (bySrv && walk.result.kind === 'delivered') expect(walk.result.protection).toBe('verified');
        if (walk.suspicious && plan.service !== undefined) expect(walk.cache).not.toHaveProperty([plan.service]);
        expect(walk.tried.length).toBeLessThanOrEqual(plan.steps.length * 2);
      },
    ),
    { numRuns: 300 },
  );
});
