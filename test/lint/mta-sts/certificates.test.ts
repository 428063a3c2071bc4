import { describe, expect, it } from 'vitest';
import type { Example, ExampleCertificate, ExamplePolicy } from '../../../lib/lint/rule.ts';
import { rules } from '../../../lib/lint/rules/mta-sts/list.ts';
import { lineInExample, lintExample } from '../example.ts';
import { itFinds, ruleOf } from '../mail-mx/cases.ts';

const STS = '_mta-sts TXT "v=STSv1; id=20261121"\nmta-sts A 192.0.2.80\n';
const cert = (
  file: string,
  dnsNames: readonly string[],
  more: Partial<ExampleCertificate> = {},
): ExampleCertificate => ({
  file,
  roles: ['server'],
  dnsNames,
  ...more,
});
const bound = { hosts: ['mta-sts.example.net'] };

describe('the certificate of the policy host', () => {
  itFinds(rules, 'mtasts-policy-cert-name', [
    { name: 'no certificates', zone: STS, finds: [] },
    {
      name: 'its name',
      zone: STS,
      finds: [],
      certificates: [cert('a.pem', ['mta-sts.example.net'], { binding: bound })],
    },
    { name: 'a wildcard', zone: STS, finds: [], certificates: [cert('a.pem', ['*.example.net'], { binding: bound })] },
    {
      name: 'a wildcard of another depth',
      zone: STS,
      finds: [1],
      certificates: [cert('a.pem', ['*.mta-sts.example.net'], { binding: bound })],
    },
    {
      name: 'bound to it',
      zone: STS,
      finds: [1],
      says: /^a.pem, the certificate for mta-sts.example.net, names www.example.net; expected mta-sts.example.net/,
      certificates: [cert('a.pem', ['www.example.net'], { binding: bound })],
    },
    {
      name: 'bound to another port',
      zone: STS,
      finds: [],
      certificates: [cert('a.pem', ['www.example.net'], { binding: { ...bound, ports: [25] } })],
    },
    {
      name: 'called after it',
      zone: STS,
      finds: [1],
      certificates: [cert('mta-sts.example.net.crt', ['example.net'])],
    },
    {
      name: 'called after it, for clients',
      zone: STS,
      finds: [],
      certificates: [cert('mta-sts.example.net.crt', ['example.net'], { roles: ['client'] })],
    },
    { name: 'of other hosts', zone: STS, finds: [], certificates: [cert('mx1.pem', ['mx1.example.net'])] },
    { name: 'a slip', zone: STS, finds: [1], certificates: [cert('a.pem', ['mta-sts.mail.example.net'])] },
    {
      name: 'beside one with the name',
      zone: STS,
      finds: [],
      certificates: [cert('a.pem', ['mta-sts.mail.example.net']), cert('b.pem', ['mta-sts.example.net'])],
    },
    { name: 'for another domain', zone: STS, finds: [], certificates: [cert('a.pem', ['mta-sts.example.org'])] },
    {
      name: 'the common name alone',
      zone: STS,
      finds: [1],
      says: /common name only/,
      certificates: [cert('a.pem', [], { commonNames: ['mta-sts.example.net'], binding: bound })],
    },
    {
      name: 'no policy',
      zone: 'mta-sts A 192.0.2.80\n',
      finds: [],
      certificates: [cert('a.pem', ['a.example.net'], { binding: bound })],
    },
  ]);
});

describe('the certificate of an MX host', () => {
  const rule = ruleOf(rules, 'mtasts-mx-cert-name');
  const policy = (mode: string, mx = 'mx1.example.net'): readonly ExamplePolicy[] => [
    { domain: 'example.net', text: `version: STSv1\nmode: ${mode}\nmx: ${mx}\nmax_age: 604800\n` },
  ];
  const zone = '@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.10\nmx2 A 198.51.100.10\n';
  const mx1 = { hosts: ['mx1.example.net'] };

  it.each([
    ['its name', 'enforce', [cert('a.pem', ['mx1.example.net'])], undefined],
    ['a wildcard', 'enforce', [cert('a.pem', ['*.example.net'])], undefined],
    [
      'a stray made for it',
      'enforce',
      [cert('mx1.pem', ['mail.example.net'])],
      /^mx1.pem, the certificate of mx1.example.net, names mail.example.net, but the MTA-STS policy of example.net \(enforce\)/,
    ],
    [
      'a file called after it',
      'enforce',
      [cert('live/mx1.example.net/cert.pem', ['mx2.example.net'])],
      /names mx2.example.net/,
    ],
    ['a binding', 'enforce', [cert('a.pem', ['mx2.example.net'], { binding: mx1 })], /a.pem, the certificate of mx1/],
    ['the common name', 'enforce', [cert('a.pem', [], { commonNames: ['mx1.example.net'] })], /as common name only/],
    ['a policy that asks for nothing', 'none', [cert('mx1.pem', ['mail.example.net'])], undefined],
    ['no certificates', 'enforce', [], undefined],
    ['those of clients', 'enforce', [cert('mx1.pem', ['mail.example.net'], { roles: ['client'] })], undefined],
  ] as const)('%s', (_, mode, certificates, says) => {
    const example: Example = { zone, certificates, policies: policy(mode) };
    const found = lintExample(example, [{ rule, severity: 'error' }]);
    expect(found.map((one) => lineInExample(example, one))).toEqual(says === undefined ? [] : [1]);
    if (says !== undefined) expect(rule.say(found[0]?.args ?? {})).toMatch(says);
  });

  it('is reported, not refused, while senders test', () => {
    const example: Example = {
      zone,
      certificates: [cert('mx1.pem', ['mail.example.net'])],
      policies: policy('testing'),
    };
    expect(lintExample(example, [{ rule, severity: 'error' }])[0]?.severity).toBe('warning');
  });

  it('does not matter where the policy does not allow the host', () => {
    const example: Example = {
      zone,
      certificates: [cert('mx1.pem', ['mail.example.net'])],
      policies: policy('enforce', 'mx2.example.net'),
    };
    expect(lintExample(example, [{ rule, severity: 'error' }])).toEqual([]);
  });
});
