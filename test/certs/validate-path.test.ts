import { rootCertificates } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { describePathFault, pathFault } from '../../lib/certs/path-faults.ts';
import type { Certificate } from '../../lib/certs/path-member.ts';
import { loadTrust, type TrustStore } from '../../lib/certs/trust.ts';
import { type PathQuestion, type PathVerdict, validatePath } from '../../lib/certs/validate-path.ts';
import { caseOf } from './cases.ts';
import {
  both,
  type Change,
  clientAuth,
  type MadeChain,
  makeChain,
  now,
  put,
  serverAuth,
  soundChain,
} from './chains.ts';
import { certificateOf, ext, general, pem } from './maker.ts';
import { changes } from './path-changes.ts';

function trusting(...certificates: readonly Certificate[]): TrustStore {
  return loadTrust([{ name: 'trust.pem', bytes: Buffer.from(pem(...certificates.map((one) => one.der))) }]);
}

function judge({ leaf, others, root }: MadeChain, more: Partial<PathQuestion> = {}): PathVerdict {
  return validatePath({ leaf, others, trust: trusting(root), role: 'server', eku: 'strict', now, ...more });
}

/** Faults as `code@index`, what could not be checked with a question mark in front. */
function outline({ faults, unverifiable }: PathVerdict): string {
  const told = faults.map(({ code, index }) => `${code}@${index}`).sort();
  return [...told, ...unverifiable.map(({ code, index }) => `?${code}@${index}`)].join(' ');
}

test.each(changes)('%s', (_, change, faults) => {
  const verdict = judge(makeChain(change(soundChain)));
  expect(outline(verdict)).toBe([...faults.split(' ')].sort().join(' '));
  expect(verdict.valid).toBe(faults === '');
});

const forServers = put('leaf', ext.purposes(serverAuth));
const forClients = put('leaf', ext.purposes(clientAuth));

test.each<[PathQuestion['role'], PathQuestion['eku'], string, Change, string]>([
  ['client', 'strict', 'leaf for servers', forServers, 'extended-key-usage@0'],
  ['client', 'accept-server-auth', 'leaf for servers', forServers, ''],
  ['client', 'accept-server-auth', 'leaf for clients', forClients, ''],
  ['client', 'accept-server-auth', 'leaf for neither', put('leaf', ext.purposes('1.2.3')), 'extended-key-usage@0'],
  ['client', 'ignore', 'leaf for neither', put('leaf', ext.purposes('1.2.3')), ''],
  ['server', 'accept-server-auth', 'leaf for clients', forClients, 'extended-key-usage@0'],
  ['server', 'ignore', 'leaf for clients', forClients, ''],
  [
    'client',
    'accept-server-auth',
    'leaf for clients below a CA for servers',
    both(forClients, put('lower', ext.purposes(serverAuth))),
    'extended-key-usage@1',
  ],
  [
    'client',
    'accept-server-auth',
    'everything for servers',
    both(forServers, put('lower', ext.purposes(serverAuth)), put('root', ext.purposes(serverAuth))),
    '',
  ],
  ['client', 'strict', 'leaf for key encipherment', put('leaf', ext.keyUsage('keyEncipherment')), 'key-usage-role@0'],
])('as %s with the policy %s: %s', (role, eku, _, change, faults) => {
  expect(outline(judge(makeChain(change(soundChain)), { role, eku }))).toBe(faults);
});

test.each<[string, Partial<PathQuestion>, Change, string]>([
  ['the name it has', { names: ['mx1.example.net'] }, (chain) => chain, ''],
  ['one of the names', { names: ['mx9.example.net', 'MX1.example.net.'] }, (chain) => chain, ''],
  ['another name', { names: ['mx2.example.net'] }, (chain) => chain, 'name-mismatch@0'],
  ['no name at all', { names: [] }, (chain) => chain, 'name-mismatch@0'],
  [
    'a wildcard',
    { names: ['mx1.example.net'] },
    put('leaf', ext.names(general.dns('*.example.net'))),
    'name-mismatch@0',
  ],
  [
    'an allowed wildcard',
    { names: ['mx1.example.net'], wildcards: true },
    put('leaf', ext.names(general.dns('*.example.net'))),
    '',
  ],
  [
    'an explicit policy',
    { policy: { requireExplicit: true } },
    (chain) => chain,
    'policy-missing@0 policy-missing@1 policy-missing@2',
  ],
])('asked for %s', (_, more, change, faults) => {
  expect(outline(judge(makeChain(change(soundChain)), more))).toBe(faults);
});

test.each<[string, PathQuestion['policy'], boolean]>([
  ['a policy it has', { requireExplicit: true, acceptable: ['1.2.3.1'] }, true],
  ['a policy it lacks', { requireExplicit: true, acceptable: ['1.2.3.9'] }, false],
  ['the policy it was mapped from', { requireExplicit: true, acceptable: ['1.2.3.1', '1.2.3.9'] }, true],
  ['the policy it was mapped to', { requireExplicit: true, acceptable: ['1.2.3.2'] }, false],
  ['no mapping', { requireExplicit: true, inhibitMapping: true }, false],
  ['no policy in particular', { requireExplicit: true, acceptable: ['2.5.29.32.0'] }, true],
])('policies: asked for %s', (_, policy, valid) => {
  const change = both(
    put('upper', ext.policies('1.2.3.1')),
    put('lower', ext.policies('1.2.3.1'), ext.mappings(['1.2.3.1', '1.2.3.2'])),
    put('leaf', ext.policies('1.2.3.2')),
  );
  expect(judge(makeChain(change(soundChain)), { policy: policy! }).valid).toBe(valid);
});

describe('trust stores', () => {
  const made = makeChain(soundChain);
  const [upper, lower] = made.others;

  test('an intermediate in the trust store ends a path only if it may', () => {
    const trust = trusting(upper!);
    expect(outline(judge(made, { trust }))).toBe('issuer-missing@2');
    const verdict = judge(made, { trust, partialChain: true });
    expect(verdict).toMatchObject({ valid: true, path: [{}, {}, { subject: 'CN=Upper,O=Example' }] });
  });

  test('intermediates in the trust store are found', () => {
    expect(judge({ ...made, others: [] }, { trust: trusting(made.root, upper!, lower!) }).valid).toBe(true);
  });

  test('a self-signed leaf is trusted when it is in the store', () => {
    const leaf = certificateOf(caseOf('self-ed25519').der);
    expect(judge({ leaf, others: [], root: leaf })).toMatchObject({ valid: true, path: [leaf.facts] });
    expect(outline(judge({ leaf, others: [], root: made.root }))).toBe('self-signed@0');
  });

  test('an empty store trusts nothing', () => {
    expect(outline(judge(made, { trust: loadTrust([]) }))).toBe('issuer-missing@2');
  });

  test('the bundle that comes with Node is read, and each of its roots trusted', () => {
    const bytes = Buffer.from(rootCertificates.join('\n'));
    const trust = loadTrust([
      { name: 'a', bytes },
      { name: 'b', bytes },
    ]);
    expect(trust.problems).toEqual([]);
    expect(trust.certificates).toHaveLength(rootCertificates.length);
    for (const root of trust.certificates) {
      const { valid, path } = validatePath({
        leaf: root,
        others: [],
        trust,
        role: 'server',
        eku: 'ignore',
        now: root.facts.notBefore,
      });
      // A root may not be a TLS server, so keyUsage is all that can be wrong with it.
      expect(path).toHaveLength(1);
      expect(valid).toBe(root.facts.keyUsage === undefined || root.facts.keyUsage.includes('digitalSignature'));
    }
  });

  test('problems of the files are told and do not hide the rest', () => {
    const trust = loadTrust([
      { name: 'key.pem', bytes: Buffer.from('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n') },
      { name: 'root.pem', bytes: Buffer.from(pem(made.root.der)) },
    ]);
    expect(trust.problems.map(({ file, code }) => [file, code])).toEqual([['key.pem', 'private-key']]);
    expect(judge(made, { trust }).valid).toBe(true);
  });
});

test('faults are sentences about one certificate, cut and cleaned', () => {
  const sentences = judge(makeChain(both(forClients, put('lower', ext.basic(false)))(soundChain))).faults;
  expect(sentences.map((fault) => describePathFault(fault))).toEqual([
    'the certificate: its extKeyUsage (clientAuth) does not allow the role server: serverAuth is needed',
    'issuer 1 of the path: it issued a certificate of the path and is no CA certificate (basicConstraints)',
  ]);
  const nasty = pathFault('issuer-missing', 0, { issuer: `\u001b[2J${'x'.repeat(1000)}` });
  const sentence = describePathFault(nasty, 'CN=a\nb');
  expect(sentence).toContain("the certificate 'CN=a?b': its issuer '?[2Jxxx");
  expect(sentence.length).toBeLessThan(400);
  expect(sentences[0]).toMatchObject({ section: 'RFC 5280 §4.2.1.12' });
});

test('every pair of faults in different certificates is told in full', () => {
  const codes = /^(expired|not-yet-valid|critical-extension|key-usage-[\w-]+|extended-key-usage|signature-invalid)@\d$/;
  // A row that changes two certificates would undo its partner.
  const single = changes.filter(([label, , faults]) => codes.test(faults) && !/, leaf|another root/.test(label));
  let pairs = 0;
  for (const [one, change, faults] of single) {
    for (const [two, other, more] of single) {
      if (one >= two || faults.slice(-1) === more.slice(-1)) continue;
      pairs++;
      const told = outline(judge(makeChain(both(change, other)(soundChain))));
      expect(told, `${one} + ${two}`).toBe([faults, more].sort().join(' '));
    }
  }
  expect(pairs).toBeGreaterThan(100);
});
