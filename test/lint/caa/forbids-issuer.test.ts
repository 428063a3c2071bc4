import { describe, expect, it } from 'vitest';
import type { Example, ExampleCertificate } from '../../../lib/lint/rule.ts';
import { rules } from '../../../lib/lint/rules/caa/list.ts';
import { applyEdits } from '../../../lib/text/edits.ts';
import { exampleText, lintExample } from '../example.ts';
import { itFinds, lint, ruleOf } from '../mail-mx/cases.ts';

const ID = 'caa-forbids-issuer';
const rule = ruleOf(rules, ID);
const HOST = 'mx1 A 192.0.2.10\n';
const issue = (value: string, tag = 'issue', flags = 0, owner = '@'): string =>
  `${owner} CAA ${flags} ${tag} "${value}"\n`;
const from = (organization: string, more: Partial<ExampleCertificate> = {}): ExampleCertificate => ({
  file: 'mx1.pem',
  roles: ['server'],
  dnsNames: ['mx1.example.net'],
  ...more,
  facts: { issuer: `CN=CA 1,O=${organization}`, ...more.facts },
});
const le = from("Let's Encrypt");
const wild = from("Let's Encrypt", { dnsNames: ['*.example.net'] });
const unknown = from('Example Trust');
const publicOne = from('Example Trust', { facts: { policies: ['2.23.140.1.2.1'], hasScts: false } });
const privateOne = from('Example Trust', { facts: { hasScts: false } });

describe('the CA of a certificate in use', () => {
  itFinds(rules, ID, [
    { name: 'no certificates', zone: HOST + issue('ca.example.org'), finds: [] },
    { name: 'no CAA', zone: HOST, finds: [], certificates: [le] },
    { name: 'allowed', zone: HOST + issue('letsencrypt.org'), finds: [], certificates: [le] },
    { name: 'allowed in any letter case', zone: HOST + issue('LetsEncrypt.ORG'), finds: [], certificates: [le] },
    {
      name: 'allowed with parameters',
      zone: HOST + issue('letsencrypt.org; validationmethods=dns-01'),
      finds: [],
      certificates: [le],
    },
    {
      name: 'allowed by one of several',
      zone: HOST + issue('ca.example.org') + issue('letsencrypt.org'),
      finds: [],
      certificates: [le],
    },
    {
      name: 'another one is',
      zone: HOST + issue('ca.example.org'),
      finds: [2],
      says: /^mx1.pem for mx1.example.net is from Let's Encrypt, which may not issue it again, because CAA of example.net allows only ca.example.org; expected issue "letsencrypt.org" there before the renewal$/,
      certificates: [le],
    },
    {
      name: 'nobody is',
      zone: HOST + issue(';'),
      finds: [2],
      says: /allows nobody; expected issue/,
      certificates: [le],
    },
    { name: 'broken grammar allows nobody', zone: HOST + issue('letsencrypt.org; x'), finds: [2], certificates: [le] },
    {
      name: 'any name of the family',
      zone: HOST + issue('usertrust.com'),
      finds: [],
      certificates: [from('ZeroSSL'), from('Sectigo Limited', { file: 'b.pem' })],
    },
    {
      name: 'a critical property that no CA understands',
      zone: HOST + issue('letsencrypt.org') + issue('x', 'tbs', 128),
      finds: [3],
      says: /has a critical property no CA understands; expected none of that kind/,
      certificates: [le],
    },
    { name: 'an unknown property', zone: HOST + issue('x', 'tbs'), finds: [], certificates: [le] },
    { name: 'reports only', zone: HOST + issue('mailto:a@example.net', 'iodef'), finds: [], certificates: [le] },
    { name: 'wildcards only', zone: HOST + issue(';', 'issuewild'), finds: [], certificates: [le] },
    {
      name: 'wildcards go by issuewild',
      zone: HOST + issue('letsencrypt.org') + issue('ca.example.org', 'issuewild'),
      finds: [3],
      says: /for \*\.example\.net .* allows only ca.example.org for wildcards; expected issuewild "letsencrypt.org"/,
      certificates: [wild],
    },
    { name: 'or else by issue', zone: HOST + issue('letsencrypt.org'), finds: [], certificates: [wild] },
    { name: 'which may forbid them', zone: HOST + issue('ca.example.org'), finds: [2], certificates: [wild] },
    {
      name: 'a set nearer to the name counts alone',
      zone: HOST + issue('ca.example.org') + issue('letsencrypt.org', 'issue', 0, 'mx1'),
      finds: [],
      certificates: [le],
    },
    {
      name: 'an alias has the records of its target',
      zone: `mx1 CNAME a.web\na.web A 192.0.2.10\n${issue('ca.example.org', 'issue', 0, 'a.web')}${issue('letsencrypt.org')}`,
      finds: [3],
      certificates: [le],
    },
    {
      name: 'those above the target of an alias do not count',
      zone: `mx1 CNAME a.web\na.web A 192.0.2.10\n${issue('ca.example.org', 'issue', 0, 'web')}${issue('letsencrypt.org')}`,
      finds: [],
      certificates: [le],
    },
    {
      name: 'an alias to elsewhere',
      zone: `mx1 CNAME mx.example.org.\n${issue('ca.example.org')}`,
      finds: [],
      certificates: [le],
    },
    {
      name: 'a name below a delegation',
      zone: `mx1 NS ns1\n${issue('ca.example.org')}`,
      finds: [],
      certificates: [le],
    },
    {
      name: 'a name elsewhere',
      zone: HOST + issue('ca.example.org'),
      finds: [],
      certificates: [{ ...le, dnsNames: ['mx1.example.org'] }],
    },
    {
      name: 'one finding for a set and a CA',
      zone: HOST + issue('ca.example.org'),
      finds: [2],
      says: /^a.pem and mx1.pem for www.example.net and mx1.example.net are from Let's Encrypt, which may not issue them/,
      certificates: [from("Let's Encrypt", { file: 'a.pem', dnsNames: ['www.example.net'] }), le],
    },
    {
      name: 'one for each CA',
      zone: HOST + issue('ca.example.org'),
      finds: [2, 2],
      certificates: [le, from('Amazon', { file: 'b.pem' })],
    },
    { name: 'a CA nobody knows', zone: HOST + issue('ca.example.org'), finds: [], certificates: [unknown] },
    { name: 'a public CA nobody knows', zone: HOST + issue('ca.example.org'), finds: [], certificates: [publicOne] },
    {
      name: 'a public CA nobody knows is refused with all',
      zone: HOST + issue(';'),
      finds: [2],
      says: /is from Example Trust, .* allows nobody; expected issue with its domain/,
      certificates: [publicOne],
    },
    { name: 'a private CA need not look', zone: HOST + issue(';'), finds: [], certificates: [privateOne] },
    {
      name: 'a certificate that is its own issuer',
      zone: HOST + issue(';'),
      finds: [],
      certificates: [from('Amazon', { facts: { selfIssued: true, selfSigned: true } })],
    },
    {
      name: 'one that has expired is still to be renewed',
      zone: HOST + issue('ca.example.org'),
      finds: [2],
      certificates: [{ ...le, notAfter: '2026-11-01T00:00:00Z' }],
    },
    {
      name: 'unless another CA has followed',
      zone: HOST + issue('amazon.com'),
      finds: [],
      certificates: [{ ...le, notAfter: '2026-11-01T00:00:00Z' }, from('Amazon', { file: 'b.pem' })],
    },
  ]);

  it('may be one that the user names', () => {
    const example: Example = {
      zone: HOST + issue('ca.example.org'),
      certificates: [unknown],
      options: { issuers: ['Example Trust=ca.example.com', 'nothing'] },
    };
    const [found] = lintExample(example, [{ rule, severity: 'error' }]);
    expect(rule.say(found?.args ?? {})).toMatch(/expected issue "ca.example.com"/);
    const allowed = { ...example, options: { issuers: ['example trust = ca.example.org'] } };
    expect(lintExample(allowed, [{ rule, severity: 'error' }])).toEqual([]);
  });

  it('is told where the name is when the records are in another zone given', () => {
    const example: Example = {
      zone: 'mx1 CNAME mx.example.org.\n',
      certificates: [le],
      others: [{ origin: 'example.org', zone: 'mx A 192.0.2.10\n@ CAA 0 issue "ca.example.com"\nmx CAA 0 issue ";"' }],
    };
    const [found] = lintExample(example, [{ rule, severity: 'error' }]);
    expect(found?.place.file.name).toBe('mx1.pem');
    expect(found?.related[0]?.place.file.name).toBe('example.org.zone');
    expect(rule.say(found?.args ?? {})).toMatch(/CAA of mx.example.org allows nobody/);
  });

  it.each([
    ['beside others', issue('ca.example.org'), `${issue('ca.example.org')}@ CAA 0 issue "letsencrypt.org"\n`, [le]],
    ['in place of nobody', issue(';'), issue('letsencrypt.org'), [le]],
    [
      'for wildcards',
      issue('letsencrypt.org') + issue(';', 'issuewild'),
      issue('letsencrypt.org') + issue('letsencrypt.org', 'issuewild'),
      [wild],
    ],
    ['not when nobody knows by what name', issue(';'), issue(';'), [publicOne]],
    ['not by mending what no CA understands', issue('x', 'tbs', 128), issue('x', 'tbs', 128), [le]],
  ] as const)('is allowed by the fix, %s', (_, before, after, certificates) => {
    const [found] = lint(HOST + before, [rule], certificates);
    const [fix] = found?.fixes ?? [];
    expect(fix?.safe ?? false).toBe(false);
    const { text } = exampleText({ zone: HOST + before });
    const fixed = new TextDecoder().decode(applyEdits(new TextEncoder().encode(text), fix?.edits ?? []));
    expect(fixed).toBe(exampleText({ zone: HOST + after }).text);
    if (fix !== undefined) expect(lint(HOST + after, [rule], certificates)).toEqual([]);
  });
});
