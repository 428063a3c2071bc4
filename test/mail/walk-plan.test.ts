import { describe, expect, test } from 'vitest';
import { type AttemptResult, type Walk, walkPlan } from '../../lib/mail/walk-plan.ts';
import { type Given, planned, requirementsIn, SIGNED } from './delivering.ts';

/** A plan, how connections end by `host:port`, and what comes of it; connections not named fail. */
interface Row {
  readonly what: string;
  readonly records: string;
  readonly given?: Given;
  readonly ends: Readonly<Record<string, AttemptResult>>;
  readonly tried: readonly string[];
  readonly result: string;
  readonly suspicious?: true;
  readonly requirements: readonly string[];
}

const Q = '_smtp-tls._tcp';
const OPT_IN: Given = { extras: ['client-mx'] };

const rows: readonly Row[] = [
  {
    what: 'the announced port answers',
    records: `${Q} SRV 0 0 842 h1`,
    ends: { 'h1:842': 'ok' },
    tried: ['h1:842'],
    result: 'delivered verified',
    requirements: ['SRV-4-h4'],
  },
  {
    what: '842 is refused, port 25 has STARTTLS',
    records: `${Q} SRV 0 0 842 h1`,
    ends: { 'h1:25': 'ok' },
    tried: ['h1:842', 'h1:25'],
    result: 'delivered verified',
    requirements: ['SRV-4-a', 'SRV-4-b'],
  },
  ...(['tls-failed', 'untrusted', 'name-mismatch'] as const).map(
    (end): Row => ({
      what: `842 ends in ${end}, port 25 has STARTTLS`,
      records: `${Q} SRV 0 0 842 h1`,
      ends: { 'h1:842': end, 'h1:25': 'ok' },
      tried: ['h1:842', 'h1:25'],
      result: 'delivered verified',
      requirements: ['SRV-2-l', 'SRV-4-a', 'SRV-4-h3'],
    }),
  ),
  ...(['connect-failed', 'no-starttls', 'tls-failed', 'untrusted', 'name-mismatch'] as const).map(
    (end): Row => ({
      what: `842 is refused and port 25 ends in ${end}, with MX alive`,
      records: `${Q} SRV 0 0 842 h1\n@ MX 10 h2`,
      ends: { 'h1:25': end, 'h2:25': 'ok' },
      tried: ['h1:842', 'h1:25'],
      result: 'deferred 451 4.7.5',
      suspicious: true,
      requirements: ['SRV-2-k', 'SRV-4-f', 'SRV-4-g', 'AMB-S8', 'AMB-S18'],
    }),
  ),
  {
    what: 'each host with its port 25 before the next host',
    records: `${Q} SRV 0 0 842 h1\n${Q} SRV 1 0 842 h2`,
    ends: { 'h2:25': 'ok' },
    tried: ['h1:842', 'h1:25', 'h2:842', 'h2:25'],
    result: 'delivered verified',
    suspicious: true,
    requirements: ['SRV-4-f'],
  },
  {
    what: 'the announced ports of all hosts before port 25 of any',
    records: `${Q} SRV 0 0 842 h1\n${Q} SRV 1 0 842 h2`,
    given: { knobs: { fallbackOrder: 'after-all' } },
    ends: { 'h1:25': 'ok' },
    tried: ['h1:842', 'h2:842', 'h1:25'],
    result: 'delivered verified',
    requirements: ['SRV-4-a'],
  },
  {
    what: 'announced STARTTLS is missing',
    records: `${Q} SRV 0 0 25 h1`,
    ends: { 'h1:25': 'no-starttls' },
    tried: ['h1:25'],
    result: 'deferred 451 4.7.5',
    suspicious: true,
    requirements: ['SRV-2-l', 'SRV-7-b', 'SRV-4-f'],
  },
  {
    what: 'a host with announced STARTTLS is down',
    records: `${Q} SRV 0 0 25 h1`,
    ends: {},
    tried: ['h1:25'],
    result: 'deferred 451 4.4.1',
    requirements: ['SRV-2-k', 'SRV-4-h4'],
  },
  {
    what: 'no port 25 where the way is known to be open',
    records: `${SIGNED}${Q} SRV 0 0 842 h1`,
    given: { knobs: { pathKnownOpen: ['h1.example.net:842'] } },
    ends: { 'h1:25': 'ok' },
    tried: ['h1:842'],
    result: 'deferred 451 4.4.1',
    requirements: ['SRV-2-k'],
  },
  {
    what: 'a server that refuses for now is no reason for port 25',
    records: `${Q} SRV 0 0 842 h1\n${Q} SRV 1 0 842 h2`,
    ends: { 'h1:842': 'refused-for-now', 'h2:842': 'ok' },
    tried: ['h1:842', 'h2:842'],
    result: 'delivered verified',
    requirements: [],
  },
  {
    what: 'a refusal for good ends the delivery',
    records: '@ MX 10 h1\n@ MX 20 h2',
    ends: { 'h1:25': 'refused-for-good', 'h2:25': 'ok' },
    tried: ['h1:25'],
    result: 'rejected 550 5.0.0',
    requirements: [],
  },
  ...(
    [
      ['no-starttls', 'none'],
      ['tls-failed', 'none'],
      ['untrusted', 'unverified'],
      ['name-mismatch', 'unverified'],
    ] as const
  ).map(
    ([end, protection]): Row => ({
      what: `MX without Client MX: ${end} changes nothing`,
      records: '@ MX 10 h1',
      given: OPT_IN,
      ends: { 'h1:25': end },
      tried: ['h1:25'],
      result: `delivered ${protection}`,
      requirements: ['CMX-1.2.1-e', 'CMX-1.2.2-f'],
    }),
  ),
  ...(
    [
      ['no-starttls', ['AMB-38']],
      ['tls-failed', ['AMB-38']],
      ['untrusted', ['CMX-1.2.2-d', 'CMX-1.2.2-e']],
      ['name-mismatch', ['CMX-1.2.3-c', 'CMX-1.2.3-d']],
    ] as const
  ).map(
    ([end, requirements]): Row => ({
      what: `MX with Client MX: ${end} ends the connection`,
      records: '@ MX 10 h1\n@ MX 20 h2\n@ CLIENTMX 10 h1',
      given: OPT_IN,
      ends: { 'h1:25': end, 'h2:25': 'no-starttls' },
      tried: ['h1:25', 'h2:25'],
      result: 'deferred 451 4.7.5',
      requirements: ['AMB-16', ...requirements],
    }),
  ),
  {
    what: 'MX hosts that are down',
    records: '@ MX 10 h1\n@ MX 20 h2',
    ends: {},
    tried: ['h1:25', 'h2:25'],
    result: 'deferred 451 4.4.1',
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'an MX host with DANE and without STARTTLS',
    records: `${SIGNED}@ MX 10 h1\n_25._tcp.h1 TLSA 3 1 1 ${'ab'.repeat(32)}`,
    given: { extras: ['tlsa'] },
    ends: { 'h1:25': 'no-starttls' },
    tried: ['h1:25'],
    result: 'deferred 451 4.7.5',
    requirements: ['AMB-S16'],
  },
  {
    what: 'a plan without a way',
    records: `${Q} SRV 0 0 0 .\n@ MX 10 h1`,
    ends: { 'h1:25': 'ok' },
    tried: [],
    result: 'rejected 556 5.4.4',
    requirements: [],
  },
];

describe('a delivery along a plan', () => {
  test.each(rows)('$what', async ({ records, given, ends, tried, result, suspicious = false, requirements }) => {
    const walk = await walked(records, ends, given);
    expect(walk.tried.map(({ host, port }) => `${host.replace('.example.net', '')}:${port}`)).toEqual(tried);
    expect(said(walk)).toBe(result);
    expect(walk.suspicious).toBe(suspicious);
    expect(requirementsIn(walk.trace)).toEqual(expect.arrayContaining([...requirements]));
  });

  test('never uses port 25 in clear text after SRV, however connections end (SRV-2-l)', async () => {
    const ends: readonly AttemptResult[] = [
      'connect-failed',
      'no-starttls',
      'tls-failed',
      'untrusted',
      'name-mismatch',
    ];
    for (const first of ends) {
      for (const second of ends) {
        const records = `${Q} SRV 0 0 842 h1\n${Q} SRV 1 0 25 h2\n@ MX 10 h3`;
        const walk = await walked(records, { 'h1:842': first, 'h1:25': second, 'h2:25': second, 'h3:25': 'ok' });
        expect(walk.tried.map(({ tls }) => tls)).not.toContain('opportunistic');
        expect(walk.result.kind).toBe('deferred');
      }
    }
  });

  test('forgets records that are suspicious, and remembers the host that took mail (SRV-4-f, SRV-4-h4)', async () => {
    const records = `${Q} SRV 0 0 842 h1\n${Q} SRV 1 0 842 h2`;
    expect((await walked(records, {})).cache).toEqual({});
    const { cache } = await walked(records, { 'h1:842': 'refused-for-now', 'h2:842': 'ok' });
    const next = (await planned(`${records}\n`, { cache })).plan;
    expect(next.steps.map(({ host }) => host)).toEqual(['h2.example.net', 'h1.example.net']);
    expect(next.trace.map(({ sentence }) => sentence)).toContain(
      'h2.example.net port 842 took mail before and is tried first',
    );
    expect(walkPlan(next, () => 'connect-failed').cache).toEqual({});
  });

  test('an address literal is nobody that could be verified', async () => {
    const { plan } = await planned('', { domain: '[192.0.2.1]' });
    expect(said(walkPlan(plan, () => 'ok'))).toBe('delivered unverified');
  });
});

async function walked(records: string, ends: Row['ends'], given?: Given): Promise<Walk> {
  const { plan } = await planned(`${records}\n`, given);
  return walkPlan(plan, ({ host, port }) => ends[`${host.replace('.example.net', '')}:${port}`] ?? 'connect-failed');
}

function said({ result }: Walk): string {
  if (result.kind === 'delivered') return `delivered ${result.protection}`;
  return `${result.kind} ${result.code} ${result.enhanced}`;
}
