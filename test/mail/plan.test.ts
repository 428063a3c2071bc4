import { describe, expect, test } from 'vitest';
import { ledger } from '../../lib/lint/ledger.ts';
import { type Given, outcomeLine, planned, requirementsIn, SIGNED, stepLines } from './delivering.ts';

/** What a zone says, the plan that follows, and the requirements its trace names. */
interface Row {
  readonly what: string;
  readonly records: string;
  readonly given?: Given;
  readonly route: string;
  readonly steps: readonly string[];
  readonly outcome?: string;
  readonly requirements: readonly string[];
  /** Questions a sender asks, as `name TYPE`; not looked at when absent. */
  readonly asked?: readonly string[];
}

const Q = '_smtp-tls._tcp';
const H1 = ['h1.example.net AAAA', 'h1.example.net A'];
const H2 = ['h2.example.net AAAA', 'h2.example.net A'];
const SRV_Q = '_smtp-tls._tcp.example.net SRV';
const IMPLICIT = (host: string, port = 842): string =>
  `${host}.example.net:${port} implicit, else ${host}.example.net:25 starttls-required`;
const STARTTLS = (host: string): string => `${host}.example.net:25 starttls-required`;
const MX = (host: string): string => `${host}.example.net:25 opportunistic`;

const rows: readonly Row[] = [
  {
    what: 'the first example of the draft, STARTTLS only (SRV-3.1-a)',
    records: `${Q} SRV 0 0 25 h1`,
    route: 'srv',
    steps: [STARTTLS('h1')],
    requirements: ['SRV-2-i', 'SRV-2-j', 'SRV-2-k', 'SRV-2-l'],
    asked: [SRV_Q, ...H1],
  },
  {
    what: 'the second example, Implicit TLS in addition to STARTTLS (SRV-3.2-a)',
    records: `${Q} SRV 0 0 842 h1`,
    route: 'srv',
    steps: [IMPLICIT('h1')],
    requirements: ['SRV-2-d', 'SRV-4-a', 'SRV-4-b', 'SRV-4-d', 'SRV-4-e', 'AMB-S7'],
    asked: [SRV_Q, ...H1],
  },
  {
    what: 'the third example, Implicit TLS first and STARTTLS elsewhere (SRV-3.3-a)',
    records: `${Q} SRV 1 0 25 h2\n${Q} SRV 0 0 842 h1`,
    route: 'srv',
    steps: [IMPLICIT('h1'), STARTTLS('h2')],
    requirements: ['SRV-2-p', 'SRV-4-h1', 'SRV-4-h2', 'SRV-4-h3'],
  },
  {
    what: 'SRV and MX: no MX is asked for',
    records: `${Q} SRV 0 0 25 h1\n@ MX 10 h2`,
    route: 'srv',
    steps: [STARTTLS('h1')],
    requirements: ['SRV-2-i', 'SRV-2-j', 'SRV-2-k'],
    asked: [SRV_Q, ...H1],
  },
  {
    what: 'SRV and null MX: SRV wins',
    records: `${Q} SRV 0 0 25 h1\n@ MX 0 .`,
    route: 'srv',
    steps: [STARTTLS('h1')],
    requirements: ['AMB-S17'],
  },
  {
    what: 'only the target "."',
    records: `${Q} SRV 0 0 0 .\n@ MX 10 h1`,
    route: 'none',
    steps: [],
    outcome: 'reject 556 5.4.4',
    requirements: ['SRV-2-k', 'AMB-S3'],
    asked: [SRV_Q],
  },
  {
    what: 'only the target ".", where the sender takes MX then',
    records: `${Q} SRV 0 0 0 .\n@ MX 10 h1`,
    given: { knobs: { srvNull: 'mx' } },
    route: 'mx',
    steps: [MX('h1')],
    requirements: ['AMB-S3'],
  },
  {
    what: 'the target "." beside another',
    records: `${Q} SRV 0 0 0 .\n${Q} SRV 5 0 842 h1`,
    route: 'srv',
    steps: [IMPLICIT('h1')],
    requirements: ['AMB-S4'],
  },
  {
    what: 'a target without an address and MX that works',
    records: `${Q} SRV 0 0 842 gone\n@ MX 10 h1`,
    route: 'none',
    steps: [],
    outcome: 'reject 550 5.4.4',
    requirements: ['SRV-2-k', 'AMB-S13'],
    asked: [SRV_Q, 'gone.example.net AAAA', 'gone.example.net A'],
  },
  {
    what: 'a target whose addresses DNS does not tell',
    records: `${Q} SRV 0 0 842 h1\n@ MX 10 h2`,
    given: { failing: { 'h1.example.net AAAA': 'timeout', 'h1.example.net A': 'server-failure' } },
    route: 'none',
    steps: [],
    outcome: 'defer 451 4.4.3',
    requirements: ['SRV-2-k'],
  },
  {
    what: 'one family of addresses fails, the other answers',
    records: `${Q} SRV 0 0 842 h1`,
    given: { failing: { 'h1.example.net AAAA': 'timeout' } },
    route: 'srv',
    steps: [IMPLICIT('h1')],
    requirements: [],
  },
  {
    what: 'targets that are an alias, an address, and port 0',
    records: `${Q} SRV 0 0 842 alias\n${Q} SRV 1 0 842 192.0.2.9.\n${Q} SRV 2 0 0 h1\n${Q} SRV 3 0 842 h2\nalias CNAME h1`,
    route: 'srv',
    steps: [IMPLICIT('h2')],
    requirements: ['SRV-2-p'],
  },
  {
    what: 'an alias as target, followed',
    records: `${Q} SRV 0 0 842 alias\nalias CNAME h1`,
    given: { knobs: { srvTargetAlias: 'follow' } },
    route: 'srv',
    steps: [IMPLICIT('alias')],
    requirements: [],
  },
  {
    what: 'the SRV name is an alias',
    records: `${Q} CNAME list\nlist SRV 0 0 842 h1`,
    route: 'srv',
    steps: [IMPLICIT('h1')],
    requirements: ['SRV-2-i'],
  },
  ...(['server-failure', 'timeout', 'bogus', 'refused'] as const).map(
    (reason): Row => ({
      what: `the SRV question ends in ${reason}`,
      records: '@ MX 10 h1',
      given: { failing: { [SRV_Q]: reason } },
      route: 'none',
      steps: [],
      outcome: 'defer 451 4.4.3',
      requirements: ['AMB-S5'],
      asked: [SRV_Q],
    }),
  ),
  {
    what: 'the SRV question fails, where the sender takes MX then',
    records: '@ MX 10 h1',
    given: { failing: { [SRV_Q]: 'timeout' }, knobs: { srvError: 'mx' } },
    route: 'mx',
    steps: [MX('h1')],
    requirements: ['AMB-S5'],
  },
  {
    what: 'one host with ports 25 and 842',
    records: `${Q} SRV 10 0 25 h1\n${Q} SRV 20 0 842 h1\n${Q} SRV 15 0 842 h2`,
    route: 'srv',
    steps: [IMPLICIT('h1'), IMPLICIT('h2')],
    requirements: ['AMB-S25', 'SRV-2-d'],
  },
  {
    what: 'the way is known to be open and the answer secure',
    records: `${SIGNED}${Q} SRV 0 0 842 h1\n${Q} SRV 1 0 25 h1`,
    given: { knobs: { pathKnownOpen: ['h1.example.net:842'] } },
    route: 'srv',
    steps: ['h1.example.net:842 implicit', STARTTLS('h1')],
    requirements: ['SRV-4-c', 'AMB-S9'],
  },
  {
    what: 'the way is known to be open, but the answer is not secure',
    records: `${Q} SRV 0 0 842 h1`,
    given: { knobs: { pathKnownOpen: ['h1.example.net:842'] } },
    route: 'srv',
    steps: [IMPLICIT('h1')],
    requirements: ['SRV-4-e'],
  },
  {
    what: 'a port of submission',
    records: `${Q} SRV 0 0 465 h1`,
    route: 'srv',
    steps: [IMPLICIT('h1', 465)],
    requirements: ['SRV-2-e', 'AMB-S10'],
  },
  {
    what: 'a target outside the domain without DNSSEC',
    records: `${Q} SRV 0 0 842 mx.example.org.`,
    given: { zones: { 'example.org': '@ SOA a b 1 2 3 4 5\nmx A 192.0.2.99\n' } },
    route: 'srv',
    steps: ['mx.example.org:842 implicit, else mx.example.org:25 starttls-required'],
    requirements: ['SRV-7-a', 'AMB-S14'],
  },
  {
    what: 'the sender itself as second SRV target',
    records: `${Q} SRV 0 0 842 h1\n${Q} SRV 1 0 842 h2\n${Q} SRV 1 0 842 h3\n${Q} SRV 2 0 842 h4`,
    given: { knobs: { ownHosts: ['h2.example.net'] } },
    route: 'srv',
    steps: [IMPLICIT('h1')],
    requirements: ['AMB-S22'],
  },
  {
    what: 'the sender itself, by address, as best SRV target',
    records: `${Q} SRV 0 0 842 h1\n${Q} SRV 1 0 842 h2\n@ MX 5 h3`,
    given: { knobs: { ownHosts: ['192.0.2.11'] } },
    route: 'none',
    steps: [],
    outcome: 'reject 554 5.4.6',
    requirements: ['AMB-S22', 'SRV-2-k'],
  },
  {
    what: 'MX only',
    records: '@ MX 20 h2\n@ MX 10 h1',
    route: 'mx',
    steps: [MX('h1'), MX('h2')],
    requirements: ['CMX-1-b', 'CMX-1.2.1-c', 'CMX-1.2.1-e', 'SRV-2-i', 'AMB-S2', 'SRV-2-n', 'SRV-2-o'],
    asked: [SRV_Q, 'example.net MX', ...H1, ...H2],
  },
  {
    what: 'null MX',
    records: '@ MX 0 .',
    route: 'none',
    steps: [],
    outcome: 'reject 556 5.1.10',
    requirements: ['CMX-1.2.1-c'],
    asked: [SRV_Q, 'example.net MX'],
  },
  {
    what: 'a null MX beside another',
    records: '@ MX 0 .\n@ MX 10 h1',
    route: 'mx',
    steps: [MX('h1')],
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'implicit MX',
    records: '@ A 192.0.2.80',
    route: 'implicit-mx',
    steps: ['example.net:25 opportunistic'],
    requirements: ['CMX-1.2.1-c'],
    asked: [SRV_Q, 'example.net MX', 'example.net AAAA', 'example.net A'],
  },
  {
    what: 'neither MX nor address',
    records: '',
    route: 'none',
    steps: [],
    outcome: 'reject 550 5.4.4',
    requirements: ['CMX-1.2.1-d', 'AMB-10'],
  },
  {
    what: 'no MX, and DNS does not tell the addresses',
    records: '',
    given: { failing: { 'example.net A': 'server-failure' } },
    route: 'none',
    steps: [],
    outcome: 'defer 451 4.4.3',
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'a domain that does not exist',
    records: '',
    given: { domain: 'nowhere.example.net' },
    route: 'none',
    steps: [],
    outcome: 'reject 550 5.1.2',
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'the MX question fails',
    records: '@ MX 10 h1',
    given: { failing: { 'example.net MX': 'timeout' } },
    route: 'none',
    steps: [],
    outcome: 'defer 451 4.4.3',
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'the sender itself among the MX hosts',
    records: '@ MX 10 h1\n@ MX 20 h2\n@ MX 20 h3\n@ MX 30 h4',
    given: { knobs: { ownHosts: ['h3.example.net'] } },
    route: 'mx',
    steps: [MX('h1')],
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'the sender itself as best MX host',
    records: '@ MX 10 h1\n@ MX 20 h2',
    given: { knobs: { ownHosts: ['h1.example.net'] } },
    route: 'none',
    steps: [],
    outcome: 'reject 554 5.4.6',
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'an MX host that is an address and one without any',
    records: '@ MX 10 192.0.2.9.\n@ MX 20 gone\n@ MX 30 h1',
    route: 'mx',
    steps: [MX('h1')],
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'no MX host with an address',
    records: '@ MX 20 gone',
    route: 'none',
    steps: [],
    outcome: 'reject 550 5.4.4',
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'a domain that is an alias: SRV of the target',
    records: `sales CNAME shop\nshop MX 10 h2\n${Q}.shop SRV 0 0 842 h1`,
    given: { domain: 'sales.example.net' },
    route: 'srv',
    steps: [IMPLICIT('h1')],
    requirements: ['AMB-S11', 'SRV-2-i', 'SRV-2-k'],
    asked: [
      '_smtp-tls._tcp.sales.example.net SRV',
      'sales.example.net MX',
      '_smtp-tls._tcp.shop.example.net SRV',
      ...H1,
    ],
  },
  {
    what: 'a domain that is an alias, asked for once',
    records: `sales CNAME shop\nshop MX 10 h2\n${Q}.shop SRV 0 0 842 h1`,
    given: { domain: 'sales.example.net', knobs: { srvFollowAlias: false } },
    route: 'mx',
    steps: [MX('h2')],
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'a domain that is an alias without SRV anywhere',
    records: 'sales CNAME shop\nshop MX 10 h2',
    given: { domain: 'sales.example.net' },
    route: 'mx',
    steps: [MX('h2')],
    requirements: ['AMB-S11'],
  },
  {
    what: 'a Unicode domain',
    records: 'xn--bcher-kva MX 10 h1',
    given: { domain: 'BÜCHER.example.net.' },
    route: 'mx',
    steps: [MX('h1')],
    requirements: ['CMX-1.2.1-c'],
  },
  {
    what: 'an address literal',
    records: '',
    given: { domain: '[IPv6:2001:DB8::1]' },
    route: 'literal',
    steps: ['2001:db8::1:25 opportunistic'],
    requirements: ['CMX-1.2.1-c'],
    asked: [],
  },
  {
    what: 'MX of a signed domain whose host has TLSA records',
    records: `${SIGNED}@ MX 10 h1\n_25._tcp.h1 TLSA 3 1 1 ${'ab'.repeat(32)}`,
    given: { extras: ['tlsa'] },
    route: 'mx',
    steps: [STARTTLS('h1')],
    requirements: ['AMB-S16'],
  },
  {
    what: 'MX of an unsigned domain whose host has TLSA records',
    records: `@ MX 10 h1\n_25._tcp.h1 TLSA 3 1 1 ${'ab'.repeat(32)}`,
    given: { extras: ['tlsa'] },
    route: 'mx',
    steps: [MX('h1')],
    requirements: ['CMX-1.2.1-e'],
  },
  {
    what: 'another label, protocol and port',
    records: '_secure._quic SRV 0 0 2525 h1\n_secure._quic SRV 1 0 26 h2',
    given: {
      knobs: {
        drafts: {
          clientMxType: 65_280,
          label: '_secure',
          protocol: '_quic',
          starttlsPort: 26,
          implicitTlsPort: 2525,
          negativeCacheLeast: 60,
        },
      },
    },
    route: 'srv',
    steps: [
      'h1.example.net:2525 implicit, else h1.example.net:26 starttls-required',
      'h2.example.net:26 starttls-required',
    ],
    requirements: ['SRV-2-i'],
  },
  {
    what: 'a legacy label that nobody acts on',
    records: '_smtp._tcp SRV 0 0 842 h1\n@ MX 10 h2',
    route: 'mx',
    steps: [MX('h2')],
    requirements: ['SRV-2-i'],
  },
];

describe('a delivery plan', () => {
  test.each(rows)('$what', async ({ records, given, route, steps, outcome = 'deliver', requirements, asked }) => {
    const { gathered, plan } = await planned(`${records}\n`, given);
    expect(plan.route).toBe(route);
    expect(stepLines(plan)).toEqual(steps);
    expect(outcomeLine(plan)).toBe(outcome);
    expect(requirementsIn(plan.trace)).toEqual(expect.arrayContaining([...requirements]));
    if (asked !== undefined) expect(gathered.questions.map(({ name, type }) => `${name} ${type}`)).toEqual(asked);
    expect(JSON.parse(JSON.stringify({ gathered, plan }))).toEqual({ gathered, plan });
  });

  test('names only requirements of the ledger and registered readings', async () => {
    const known = new Set(ledger.map(({ id }) => id));
    for (const { records, given } of rows) {
      const { plan } = await planned(`${records}\n`, given);
      const unknown = requirementsIn(plan.trace).filter((id) => !known.has(id) && !/^AMB-(S?\d{1,2})$/.test(id));
      expect(unknown).toEqual([]);
      expect(plan.trace.at(-1)?.sentence).toBe(plan.outcome.sentence);
    }
  });

  test('the names that a certificate may carry start from the SRV record (SRV-4-h3, AMB-S14)', async () => {
    const { plan } = await planned(`${Q} SRV 0 0 842 h1\n`);
    expect(plan.steps[0]).toMatchObject({
      sni: 'h1.example.net',
      names: [
        { kind: 'dns-id', name: 'h1.example.net', from: 'host', insecure: true },
        { kind: 'dns-id', name: 'example.net', from: 'domain', insecure: false },
        { kind: 'srv-id', name: '_smtp-tls.example.net', from: 'domain', insecure: false },
      ],
      fallback: { sni: 'h1.example.net', ifFails: 'suspicious' },
      foreign: false,
    });
    expect(plan.steps[0]?.fallback?.names).toEqual(plan.steps[0]?.names);
  });

  test.each([
    ['source', ['example.net', '_smtp-tls.example.net']],
    ['target', ['h1.example.net']],
  ] as const)('a sender may go by the %s alone (AMB-S14)', async (references, names) => {
    const { plan } = await planned(`${Q} SRV 0 0 842 h1\n`, { knobs: { references } });
    expect(plan.steps[0]?.names.map(({ name }) => name)).toEqual(names);
  });

  test('a certificate may name any MX host (CMX-1-b, AMB-3)', async () => {
    const { plan } = await planned('@ MX 10 h1\n@ MX 20 h2\n');
    expect(plan.steps[1]?.names).toEqual([
      { kind: 'dns-id', name: 'h2.example.net', from: 'host', insecure: true },
      { kind: 'dns-id', name: 'h1.example.net', from: 'mx', insecure: true },
    ]);
    expect(plan.serverNames).toEqual(['h1.example.net', 'h2.example.net']);
  });

  test('SRV targets and MX hosts together may be named, where both were asked for (AMB-S15)', async () => {
    const records = `${Q} SRV 0 0 842 h1\n@ MX 10 h2\n`;
    expect((await planned(records)).plan.serverNames).toEqual(['h1.example.net']);
    const { plan, gathered } = await planned(records, { extras: ['server-mx'] });
    expect(plan.serverNames).toEqual(['h1.example.net', 'h2.example.net']);
    expect(plan.route).toBe('srv');
    expect(gathered.questions.at(-1)).toMatchObject({ type: 'MX', purpose: 'extra' });
  });

  test.each([
    ['no Client MX', '', false, ['CMX-1.2.1-e', 'CMX-1.2.2-f']],
    ['a Client MX', '@ CLIENTMX 10 h1\n', true, ['CMX-1-d', 'CMX-1.2.1-f']],
    ['a null Client MX', '@ TYPE265 \\# 3 000000\n', true, ['CMX-1-d']],
  ] as const)('%s tells whether the domain opts in', async (_, record, optIn, requirements) => {
    const { plan } = await planned(`@ MX 10 h1\n${record}`, {
      extras: ['client-mx'],
    });
    expect(plan.optIn).toBe(optIn);
    expect(requirementsIn(plan.trace)).toEqual(expect.arrayContaining([...requirements]));
  });

  test('whether the domain opts in stays open when DNS does not tell, or nobody asked (AMB-19)', async () => {
    const failing = { 'example.net TYPE265': 'server-failure' } as const;
    const { plan } = await planned('@ MX 10 h1\n', { extras: ['client-mx'], failing });
    expect(plan).not.toHaveProperty('optIn');
    expect(requirementsIn(plan.trace)).toContain('AMB-19');
    expect((await planned('@ MX 10 h1\n')).plan).not.toHaveProperty('optIn');
  });

  test.each([
    [`${SIGNED}${Q} SRV 0 0 842 h1\n`, {}, 'secure'],
    [`${Q} SRV 0 0 842 h1\n`, {}, 'insecure'],
    [
      `${SIGNED}${Q} SRV 0 0 842 mx.example.org.\n`,
      { zones: { 'example.org': '@ SOA a b 1 2 3 4 5\nmx A 192.0.2.99\n' } },
      'insecure',
    ],
  ] as const)('the level of security is that of every answer (AMB-20): %j', async (records, given, security) => {
    expect((await planned(records, given)).plan.security).toBe(security);
  });

  test('hosts of a zone that nobody gave stay in the plan without addresses', async () => {
    const { plan } = await planned(`${Q} SRV 0 0 842 mx.example.org.\n`);
    expect(plan.steps[0]).toMatchObject({ addresses: [], addressState: 'unknown' });
    expect(outcomeLine(plan)).toBe('deliver');
  });

  test('at least two addresses of a host are tried, those of IPv6 first', async () => {
    const { plan } = await planned(`${Q} SRV 0 0 842 h1\nh1 A 192.0.2.21\nh1 A 192.0.2.22\n`, {
      knobs: { addressesTried: 1 },
    });
    expect(plan.steps[0]?.addresses).toHaveLength(2);
    expect(plan.steps[0]?.addresses[0]).toBe('2001:db8::11');
  });

  test('the same seed gives the same order, and every order comes up', async () => {
    const records = `${Q} SRV 0 0 842 h1\n${Q} SRV 0 0 842 h2\n${Q} SRV 0 0 842 h3\n`;
    const order = async (seed: number): Promise<string> => stepLines((await planned(records, { seed })).plan).join();
    expect(await order(7)).toBe(await order(7));
    const orders = new Set(await Promise.all(Array.from({ length: 60 }, (_, seed) => order(seed))));
    expect(orders.size).toBe(6);
  });

  test('a domain with very many hosts is cut short and says so', async () => {
    const many = Array.from(
      { length: 400 },
      (_, index) => `${Q} SRV ${index} 0 842 m${index}\nm${index} A 192.0.2.7\n`,
    );
    const { plan, gathered } = await planned(many.join(''));
    expect(plan.steps).toHaveLength(32);
    expect(gathered.omittedHosts).toBe(368);
    expect(gathered.questions.length).toBeLessThan(256);
  });

  test.each([
    ['SRV', (index: number) => `${Q} SRV 0 1 ${index + 1} h1\n`, 64],
    ['MX', (index: number) => `@ MX ${index} m${index}\nm${index} A 192.0.2.7\n`, 32],
  ])('thousands of %s records take no long time', async (type, record, steps) => {
    const records = Array.from({ length: 5000 }, (_, index) => record(index)).join('');
    const { plan } = await planned(records);
    expect(plan.steps.length).toBeLessThanOrEqual(steps);
    expect(plan.trace.map(({ sentence }) => sentence).join('\n')).toMatch(/only \d+ of \d+ (targets|MX hosts) are/);
    expect(plan.trace.length, type).toBeLessThan(400);
  });

  test('questions end at their limit', async () => {
    const { plan, gathered } = await planned(`${Q} SRV 0 0 842 h1\n${Q} SRV 1 0 842 h2\n`, {
      knobs: { mostQuestions: 3 },
    });
    expect(gathered.questions.at(-1)).toMatchObject({ name: 'h2.example.net', result: 'failure' });
    expect(stepLines(plan)).toEqual([IMPLICIT('h1')]);
  });

  test('a domain too long for a service name goes by MX', async () => {
    const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(50)}`;
    const { plan } = await planned(`${long} MX 10 h1\n`, { domain: `${long}.example.net` });
    expect(stepLines(plan)).toEqual([MX('h1')]);
  });
});

describe('the remembered SRV answer', () => {
  test('is used as long as it counts, and asked for after that (SRV-4-h4)', async () => {
    const before = (await planned(`${Q} 300 SRV 0 0 842 h1\n`)).plan.cache;
    const soon = await planned('@ MX 10 h2\n', { cache: before, now: Date.parse('2026-11-21T00:04:59Z') });
    expect(stepLines(soon.plan)).toEqual([IMPLICIT('h1')]);
    expect(soon.gathered.questions.map(({ type }) => type)).toEqual(['AAAA', 'A']);
    const late = await planned('@ MX 10 h2\n', { cache: before, now: Date.parse('2026-11-21T00:05:00Z') });
    expect(stepLines(late.plan)).toEqual([MX('h2')]);
  });

  test.each([
    ['NODATA', 5, `${Q} TXT x\n`, {}, 900, 'least'],
    ['NXDOMAIN', 5, '', {}, 900, 'least'],
    ['NODATA', 604_800, `${Q} TXT x\n`, {}, 10_800, 'most'],
    ['NXDOMAIN', 604_800, '', {}, 10_800, 'most'],
    ['NXDOMAIN', 1800, '', {}, 1800, 'soa'],
    ['NXDOMAIN', 5, '', { negativeHint: true }, 7200, 'least'],
    ['NXDOMAIN', 5, '', { negativeLeast: 1 }, 60, 'least'],
    ['NXDOMAIN', 5, '', { negativeLeast: 99_999 }, 10_800, 'least'],
  ] as const)(
    '%s with a SOA minimum of %i s (%j %j) is kept for %i s (SRV-2-n, SRV-2-o)',
    async (what, minimum, records, knobs, seconds, by) => {
      const soa = `@ 604800 SOA ns1 h 1 7200 1800 1209600 ${minimum}\n@ NS ns1\nns1 A 192.0.2.1\nh1 A 192.0.2.11\n`;
      const whole = `$ORIGIN example.net.\n$TTL 7200\n${soa}@ MX 10 h1\n${records}`;
      const { plan, gathered } = await planned(whole, { whole: true, knobs });
      expect(gathered.services[0]?.answer.kind).toBe(what.toLowerCase());
      expect(plan.negative).toMatchObject([{ name: '_smtp-tls._tcp.example.net', seconds, by }]);
      const again = await planned(whole, { whole: true, knobs, cache: plan.cache });
      expect(again.gathered.questions.map(({ type }) => type)).toEqual(['MX', 'AAAA', 'A']);
      expect(again.plan.cache).toEqual(plan.cache);
    },
  );

  test('a failed question is not remembered', async () => {
    const { plan } = await planned('', { failing: { [SRV_Q]: 'timeout' } });
    expect(plan.cache).toEqual({});
  });
});
