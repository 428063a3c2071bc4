import { describe, expect, it } from 'vitest';
import { ledger } from '../../lib/lint/ledger.ts';
import { describeMtlsFault, helpForMtlsFault } from '../../lib/mail/mtls-faults.ts';
import { DEFAULT_MTLS_POLICY, type MtlsPolicy } from '../../lib/mail/mtls-policy.ts';
import {
  type ClientSession,
  judgeClient,
  judgeClients,
  type MailTransaction,
  mailIdentity,
  replyLine,
} from '../../lib/mail/mtls-receiver.ts';
import { both, set } from '../certs/chains.ts';
import { absent, exchanges, failed, KINDS, type Kind, named, shown } from './mtls-certificates.ts';

const domain = 'example.net';
const host = 'out1.example.net';
const identity = { domain, from: 'mailfrom' } as const;
const optedIn: MailTransaction = { identity, clientMx: exchanges(domain, host, 'out2.example.net') };
const notOptedIn: MailTransaction = { identity, clientMx: absent(domain) };
const known = new Set(ledger.map(({ id }) => id));

function session(kind: Exclude<Kind, 'clientAuth only'> | 'no certificate'): ClientSession {
  return kind === 'no certificate' ? { tls: true } : { tls: true, shown: shown(KINDS[kind](host), 'client') };
}

function policy(parts: Partial<MtlsPolicy>): MtlsPolicy {
  return { ...DEFAULT_MTLS_POLICY, ...parts };
}

/** Kind of certificate, verdict when Client MX is there, codes of the faults, flags, and the requirements that decide it. */
const TABLE = [
  [
    'ok',
    'pass',
    [],
    [],
    ['CMX-1.2.4-a', 'CMX-1.2.4-f', 'CMX-1.2.3-a', 'CMX-1.2.3-e', 'CMX-1.2.2-b', 'CMX-1-d', 'CMX-1-e'],
  ],
  [
    'name wrong',
    'fail',
    ['name-not-listed'],
    [],
    ['CMX-1.2.3-a', 'CMX-1.2.3-e', 'CMX-1.2.3-f', 'CMX-1.2.4-g', 'AMB-6'],
  ],
  ['expired', 'fail', ['expired'], [], ['CMX-1.2.2-b', 'CMX-1.2.2-g', 'CMX-1.2.2-h', 'CMX-1.2.4-g']],
  ['self-signed', 'fail', ['self-signed'], [], ['CMX-1.2.2-b', 'CMX-1.2.1-h', 'CMX-1.2.2-g', 'AMB-9']],
  ['wildcard', 'fail', ['wildcard-only'], [], ['CMX-1.2.3-a', 'AMB-4']],
  ['CN only', 'pass', [], ['common-name'], ['CMX-1.2.4-f']],
  ['SAN case', 'pass', [], [], ['CMX-1.2.3-a', 'CMX-1.2.4-f']],
  ['serverAuth only', 'pass', [], ['server-purpose'], ['CMX-1.2.2-b', 'CMX-1.2.4-f']],
  ['no EKU', 'pass', [], [], ['CMX-1.2.2-b', 'CMX-1.2.4-f']],
  ['no certificate', 'fail', ['no-certificate'], [], ['CMX-1.2.2-a', 'CMX-1.2.2-k', 'AMB-8']],
] as const;

describe('a receiver, Client MX present', () => {
  const cells = TABLE.flatMap((row) => [[...row, 'report'] as const, [...row, 'reject'] as const]);
  it.each(cells)('%s: %s %j', (kind, result, codes, flags, requirements, onFail) => {
    const verdict = judgeClient(session(kind), optedIn, policy({ onFail }));
    expect(verdict.result).toBe(result);
    expect(verdict.faults.map(({ code }) => code)).toEqual(codes);
    expect(verdict.flags).toEqual(flags);
    expect(verdict.trace.flatMap((step) => step.requirements)).toEqual(expect.arrayContaining([...requirements]));
    const refused = onFail === 'reject' && result === 'fail';
    expect(verdict.reply?.code).toBe(refused ? 550 : undefined);
    expect(verdict.authResult).toMatchObject({ method: 'mtls', result });
  });
});

describe('a receiver, Client MX absent', () => {
  const cells = TABLE.flatMap(([kind]) => (['report', 'reject'] as const).map((onFail) => [kind, onFail] as const));
  it.each(cells)('%s, %s: no verdict (CMX-1.2.2-i, AMB-18)', (kind, onFail) => {
    const verdict = judgeClient(session(kind), notOptedIn, policy({ onFail }));
    expect(verdict).toMatchObject({ result: 'none', faults: [], reason: expect.stringContaining('not opted in') });
    expect(verdict.reply).toBeUndefined();
    expect(verdict.authResult).toBeUndefined();
    expect(verdict.trace[0]?.requirements).toContain('CMX-1.2.2-i');
  });
});

it('has forty cells', () => expect(TABLE.length * 2 * 2).toBe(40));

describe('the choices of a receiver', () => {
  it.each([
    ['AMB-4', 'wildcard', { wildcards: true }, 'pass', ['wildcard']],
    ['AMB-5', 'CN only', { cnFallback: 'refuse' }, 'fail', []],
    ['AMB-8', 'no certificate', { missingCertificate: 'none' }, 'none', []],
  ] as const)('%s: %s with %j is %s', (_, kind, parts, result, flags) => {
    expect(judgeClient(session(kind), optedIn, policy(parts))).toMatchObject({ result, flags });
  });

  it('AMB-9: judges the purpose as the path was validated', () => {
    const strict = { tls: true, shown: shown(KINDS['serverAuth only'](host), 'client', 'strict') };
    const { result, faults } = judgeClient(strict, optedIn, policy({ eku: 'strict' }));
    expect(result).toBe('fail');
    expect(faults).toMatchObject([{ code: 'extended-key-usage', section: 'RFC 5280 §4.2.1.12' }]);
  });

  it('AMB-17: closes with 421 instead', () => {
    const { reply } = judgeClient(session('expired'), optedIn, policy({ onFail: 'reject', rejection: 'close' }));
    expect(reply).toMatchObject({ code: 421, enhanced: '4.7.0', close: true });
  });

  it('AMB-19: a look-up that fails is no verdict, or 451 for who wants that', () => {
    const transaction = { identity, clientMx: failed(domain) };
    const lenient = judgeClient(session('ok'), transaction);
    expect(lenient.result).toBe('temperror');
    expect(lenient.reply).toBeUndefined();
    expect(lenient.authResult).toBeUndefined();
    const { reply } = judgeClient(session('ok'), transaction, policy({ deferOnTempfail: true }));
    expect(reply && replyLine(reply)).toMatch(/^451 4\.4\.3 /);
  });

  it('AMB-18: writes none and temperror only when asked', () => {
    const open = policy({ extendedResults: true });
    expect(judgeClient(session('ok'), notOptedIn, open).authResult?.result).toBe('none');
    expect(judgeClient(session('ok'), { identity, clientMx: failed(domain) }, open).authResult?.result).toBe(
      'temperror',
    );
  });

  it('AMB-13: the null reverse-path stands for nobody, or for the name in EHLO', () => {
    expect(mailIdentity('', 'out1.example.net')).toBeUndefined();
    expect(mailIdentity('', 'out1.example.net', { nullReversePath: 'helo' })).toEqual({ domain: host, from: 'helo' });
    expect(mailIdentity('', '[192.0.2.1]', { nullReversePath: 'helo' })).toBeUndefined();
    expect(mailIdentity('', 'localhost', { nullReversePath: 'helo' })).toBeUndefined();
    expect(judgeClient(session('ok'), { identity: undefined })).toMatchObject({ result: 'none' });
  });

  it('AMB-37: compares A-labels', () => {
    expect(mailIdentity('postmaster@b\u00fccher.example', undefined)?.domain).toBe('xn--bcher-kva.example');
    expect(mailIdentity('"odd@local"@Example.NET.', undefined)?.domain).toBe('example.net');
    expect(mailIdentity('user@[192.0.2.1]', undefined)).toBeUndefined();
  });

  it('AMB-39: clear text from a domain with Client MX fails', () => {
    expect(judgeClient({ tls: false }, optedIn)).toMatchObject({ result: 'fail', faults: [{ code: 'no-tls' }] });
  });

  it('AMB-15: TLS that was resumed without its certificate counts as none shown', () => {
    const { result, faults } = judgeClient({ tls: true, resumed: true }, optedIn);
    expect(result).toBe('fail');
    expect(faults.map(describeMtlsFault)).toEqual([expect.stringContaining('TLS was resumed')]);
  });

  it('AMB-1, AMB-2: with the null Client MX nothing passes', () => {
    const clientMx = { kind: 'null', domain, ttl: 60, security: 'secure' } as const;
    expect(judgeClient(session('ok'), { identity, clientMx })).toMatchObject({
      result: 'fail',
      faults: [{ code: 'null-list' }],
    });
  });

  it('AMB-6: a name of Server MX does not count, and the sentence tells the mix-up', () => {
    const transaction = { ...optedIn, serverMx: exchanges(domain, 'mx1.example.net') };
    const { faults } = judgeClient({ tls: true, shown: shown(named('mx1.example.net'), 'client') }, transaction);
    expect(faults.map(describeMtlsFault)).toEqual([
      expect.stringContaining('mx1.example.net is in Server MX of example.net'),
    ]);
  });

  it('AMB-20: says when nothing proves Client MX', () => {
    const clientMx = { ...exchanges(domain, host), security: 'insecure' } as const;
    expect(judgeClient(session('ok'), { identity, clientMx }).flags).toEqual(['insecure-client-mx']);
  });

  it('a domain that does not exist has not opted in', () => {
    const clientMx = { kind: 'no-domain', domain, security: 'secure' } as const;
    expect(judgeClient(session('expired'), { identity, clientMx })).toMatchObject({ result: 'none' });
  });
});

describe('faults', () => {
  const worst = both(named('*.example.org', 'a.example.org'), set('leaf', { to: '261101000000Z' }));

  it('all of them are listed, not the first', () => {
    const { faults } = judgeClient({ tls: true, shown: shown(worst, 'client') }, optedIn);
    expect(faults.map(({ code }) => code)).toEqual(['expired', 'name-not-listed']);
  });

  it('have sentences, help and known requirements', () => {
    const { faults, trace } = judgeClient({ tls: true, shown: shown(worst, 'client') }, optedIn);
    for (const fault of faults) {
      expect(describeMtlsFault(fault)).not.toMatch(/[{}]|undefined/);
      expect(helpForMtlsFault(fault)).toMatch(/^[a-z].{10}/);
    }
    const ids = trace.flatMap((step) => step.requirements).filter((id) => !id.startsWith('AMB-'));
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
  });

  it('of a hostile certificate make one short line of ASCII in the reply', () => {
    const names = Array.from({ length: 500 }, (_, index) => `${'a'.repeat(60)}${index}.example.org`);
    const subject = 'CN=\u0007\u202e\r\n250 ok';
    const hostile = {
      tls: true,
      shown: shown(both(named(...names), set('leaf', { subject, to: '261101000000Z' })), 'client'),
    };
    const { reply } = judgeClient(hostile, optedIn, policy({ onFail: 'reject' }));
    expect(reply && replyLine(reply)).toMatch(/^550 5\.7\.1 [\x20-\x7e]{1,500}$/);
  });
});

it('judges each MAIL FROM of a connection by its own domain (H.10)', () => {
  const other = 'example.org';
  const transactions: MailTransaction[] = [
    optedIn,
    { identity: { domain: other, from: 'mailfrom' }, clientMx: exchanges(other, 'out.example.org') },
    notOptedIn,
  ];
  expect(judgeClients(session('ok'), transactions).map(({ result }) => result)).toEqual(['pass', 'fail', 'none']);
});
