import { describe, expect, it } from 'vitest';
import { ledger } from '../../lib/lint/ledger.ts';
import { describeMtlsFault, helpForMtlsFault } from '../../lib/mail/mtls-faults.ts';
import { DEFAULT_MTLS_POLICY, type MtlsPolicy } from '../../lib/mail/mtls-policy.ts';
import {
  judgeServer,
  type RecipientDomain,
  type ServerSession,
  type ServerVerdict,
} from '../../lib/mail/mtls-sender.ts';
import { both, set } from '../certs/chains.ts';
import { absent, exchanges, failed, KINDS, type Kind, named, shown } from './mtls-certificates.ts';

const domain = 'example.net';
const host = 'mx1.example.net';
const serverMx = exchanges(domain, host, 'mx2.example.net');
const asking: RecipientDomain = { domain, serverMx, clientMx: exchanges(domain, 'out1.example.net') };
const silent: RecipientDomain = { domain, serverMx, clientMx: absent(domain) };
const known = new Set(ledger.map(({ id }) => id));

type Shown = Kind | 'no TLS';

function session(kind: Shown): ServerSession {
  return kind === 'no TLS' ? { host } : { host, shown: shown(KINDS[kind](host), 'server') };
}

function judge(kind: Shown, recipient: RecipientDomain, parts: Partial<MtlsPolicy> = {}): ServerVerdict {
  return judgeServer(session(kind), [recipient], { ...DEFAULT_MTLS_POLICY, ...parts })[0]!;
}

/** Kind of certificate, codes of the faults (none: verified), flags, and the requirements that decide it. */
const TABLE = [
  ['ok', [], [], ['CMX-1.2.2-b', 'CMX-1.2.3-a', 'CMX-1.2.3-b', 'CMX-1-f']],
  ['name wrong', ['name-not-listed'], [], ['CMX-1.2.3-b', 'CMX-1.2.3-c', 'CMX-1.2.1-i']],
  ['expired', ['expired'], [], ['CMX-1.2.2-b', 'CMX-1.2.2-d']],
  ['self-signed', ['self-signed'], [], ['CMX-1.2.2-b', 'CMX-1.2.2-d', 'CMX-1.2.1-h', 'AMB-9']],
  ['wildcard', ['wildcard-only'], [], ['CMX-1.2.3-a', 'AMB-4']],
  ['CN only', [], ['common-name'], ['CMX-1.2.3-b']],
  ['SAN case', [], [], ['CMX-1.2.3-a']],
  ['clientAuth only', ['extended-key-usage'], [], ['CMX-1.2.2-b', 'CMX-1.2.2-c']],
  ['no EKU', [], [], ['CMX-1.2.2-b']],
  ['no TLS', ['no-tls'], [], ['CMX-1.2.1-g', 'AMB-38']],
] as const;

const CLOSE = ['CMX-1.2.2-e', 'CMX-1.2.3-d', 'CMX-1.2.1-f', 'AMB-16'];
const CONTINUE = ['CMX-1.2.2-f', 'CMX-1.2.1-e'];

describe('a sender', () => {
  const cells = TABLE.flatMap(
    (row) =>
      [
        [...row, 'close', asking, 'closed'],
        [...row, 'close', asking, 'open'],
        [...row, 'continue', silent, 'closed'],
        [...row, 'continue', silent, 'open'],
      ] as const,
  );

  it.each(cells)('%s: %j %j', (kind, codes, flags, requirements, otherwise, recipient, clientMxFailure) => {
    const verdict = judge(kind, recipient, { clientMxFailure });
    const sound = codes.length === 0;
    expect(verdict.result).toBe(sound ? 'verified' : otherwise);
    expect(verdict.faults.map(({ code }) => code)).toEqual(codes);
    expect(verdict.flags).toEqual(flags);
    const cited = verdict.trace.flatMap((step) => step.requirements);
    expect(cited).toEqual(expect.arrayContaining([...requirements]));
    if (!sound) expect(cited).toEqual(expect.arrayContaining(otherwise === 'close' ? CLOSE : CONTINUE));
    expect(cited.filter((id) => !id.startsWith('AMB-') && !known.has(id))).toEqual([]);
  });

  it('has forty cells', () => expect(cells).toHaveLength(40));

  it.each(TABLE.filter(([, codes]) => codes.length > 0).map(([kind]) => kind))(
    'AMB-19: %s, Client MX unknown: closed, or open for who wants that',
    (kind) => {
      const unknown = { ...asking, clientMx: failed(domain) };
      expect(judge(kind, unknown)).toMatchObject({ result: 'close', optedIn: 'unknown' });
      expect(judge(kind, unknown, { clientMxFailure: 'open' }).result).toBe('continue');
    },
  );
});

describe('the choices of a sender', () => {
  it('AMB-3: any host of the set will do, with a warning, or only the one connected to', () => {
    const other = { host, shown: shown(named('mx2.example.net'), 'server') };
    const [loose] = judgeServer(other, [asking]);
    expect(loose).toMatchObject({
      result: 'verified',
      flags: ['own-host'],
      comparison: { hit: { host: 'mx2.example.net' } },
    });
    const [strict] = judgeServer(other, [asking], { ...DEFAULT_MTLS_POLICY, alignment: 'connected-host' });
    expect(strict).toMatchObject({ result: 'close', faults: [{ code: 'other-host' }] });
    expect(strict?.comparison.hit).toBeUndefined();
  });

  it('AMB-3: prefers the host connected to among those that match', () => {
    const all = shown(named('mx2.example.net', host), 'server');
    expect(judgeServer({ host: 'mx2.example.net', shown: all }, [asking])[0]?.flags).toEqual([]);
  });

  it('AMB-38: without TLS the policy may let it pass', () => {
    expect(judge('no TLS', asking, { missingTls: 'ignore' }).result).toBe('continue');
  });

  it('AMB-4, AMB-5: wildcards and common names', () => {
    expect(judge('wildcard', asking, { wildcards: true })).toMatchObject({ result: 'verified', flags: ['wildcard'] });
    expect(judge('CN only', asking, { cnFallback: 'refuse' })).toMatchObject({
      result: 'close',
      faults: [{ code: 'common-name-only' }],
    });
  });

  it('AMB-21: DANE and MTA-STS have to hold as well', () => {
    const dane = { holds: false, detail: 'no TLSA record fits the certificate' };
    expect(judge('ok', { ...silent, dane })).toMatchObject({ result: 'close', faults: [{ code: 'dane' }] });
    const mtaSts = { holds: false, detail: 'the policy does not name the host' };
    expect(judge('ok', { ...silent, mtaSts })).toMatchObject({ result: 'close', faults: [{ code: 'mta-sts' }] });
  });

  it('AMB-21: DANE alone does not save a certificate of no public CA when Client MX is there', () => {
    const dane = { holds: true, detail: '' };
    expect(judge('self-signed', { ...asking, dane })).toMatchObject({ result: 'close', flags: ['dane-alone'] });
    expect(judge('self-signed', { ...silent, dane })).toMatchObject({ result: 'continue', flags: ['dane-alone'] });
  });

  it('AMB-S15: SRV targets count beside Server MX, and the verdict tells which matched', () => {
    const srv = { targets: ['tls1.example.net'], secure: true };
    const withTarget = { host: 'tls1.example.net', shown: shown(named('tls1.example.net'), 'server') };
    expect(judgeServer(withTarget, [{ ...asking, srv }])[0]?.comparison.hit).toMatchObject({ list: 'SRV' });
    expect(judge('ok', { ...asking, srv })).toMatchObject({
      result: 'verified',
      comparison: { hit: { list: 'Server MX' } },
    });
    expect(judge('ok', { ...asking, srv }, { srvNames: 'srv' }).result).toBe('close');
  });

  it.each([
    [false, ['tls1.example.net'], ['insecure-reference']],
    [false, ['tls1.example.net', domain], []],
    [true, ['tls1.example.net'], []],
  ] as const)('AMB-S14: SRV secure %s, certificate for %j: %j', (secure, names, flags) => {
    const srv = { targets: ['tls1.example.net'], secure };
    const one = { host: 'tls1.example.net', shown: shown(named(...names), 'server') };
    expect(judgeServer(one, [{ ...asking, srv }])[0]?.flags).toEqual(flags);
  });

  it('the certificate of the other role is recognised', () => {
    const swapped = { host, shown: shown(named('out1.example.net'), 'server') };
    const { faults } = judgeServer(swapped, [asking])[0]!;
    expect(faults.map(describeMtlsFault)).toEqual([
      expect.stringContaining('out1.example.net is in Client MX of example.net, which does not count for servers'),
    ]);
  });

  it.each([
    ['null-list', { kind: 'null', domain, ttl: 60, security: 'secure' }],
    ['no-list', absent(domain)],
    ['no-list', { kind: 'no-domain', domain, security: 'secure' }],
    ['list-unknown', failed(domain)],
  ] as const)('%s: without hosts nothing matches', (code, mx) => {
    const { faults, result } = judge('ok', { ...asking, serverMx: mx });
    expect(faults).toMatchObject([{ code }]);
    expect(result).toBe('close');
    for (const fault of faults)
      expect(describeMtlsFault(fault) + helpForMtlsFault(fault)).not.toMatch(/[{}]|undefined/);
  });
});

it('lists all faults of path and name', () => {
  const worst = both(
    named('a.example.org'),
    set('leaf', { to: '261101000000Z' }),
    set('lower', { to: '261101000000Z' }),
  );
  const { faults } = judgeServer({ host, shown: shown(worst, 'server') }, [asking])[0]!;
  expect(faults.map(({ code, index }) => [code, index])).toEqual([
    ['expired', 0],
    ['expired', 1],
    ['name-not-listed', undefined],
  ]);
});

it('judges each recipient domain of a connection by itself (H.9, AMB-14)', () => {
  const other: RecipientDomain = {
    domain: 'example.org',
    serverMx: exchanges('example.org', 'mx.example.org'),
    clientMx: exchanges('example.org', 'out.example.org'),
  };
  const third: RecipientDomain = { ...other, domain: 'example.com', clientMx: absent('example.com') };
  expect(judgeServer(session('ok'), [asking, other, third]).map(({ domain: of, result }) => [of, result])).toEqual([
    ['example.net', 'verified'],
    ['example.org', 'close'],
    ['example.com', 'continue'],
  ]);
});
