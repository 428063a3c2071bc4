import { describe, expect, it } from 'vitest';
import { clientMx } from '../../../lib/lint/common-examples.ts';
import type { ExampleCertificate } from '../../../lib/lint/rule.ts';
import { rules as certificateRules } from '../../../lib/lint/rules/certificates/list.ts';
import { rules } from '../../../lib/lint/rules/client-mx/list.ts';
import { applyEdits } from '../../../lib/text/edits.ts';
import { HEADER, lineInExample, lintExample } from '../example.ts';
import { itFinds, lint, ruleOf } from '../mail-mx/cases.ts';

const HOSTS = 'mx1 A 192.0.2.10\nmx2 A 198.51.100.10\nout1 A 192.0.2.20\nout2 A 192.0.2.21\n';
const OUT1 = clientMx(10, 'out1');
const server = (name: string, more: Partial<ExampleCertificate> = {}): ExampleCertificate => ({
  file: `${name}.pem`,
  roles: ['server'],
  dnsNames: [`${name}.example.net`],
  ...more,
});
const client = (name: string): ExampleCertificate => server(name, { roles: ['client'] });
const ownIssuer = { facts: { selfIssued: true, selfSigned: true } };

describe('servers of a domain that opted in', () => {
  const zone = `@ MX 10 mx1\n@ MX 20 mx2\n@ ${OUT1}\n${HOSTS}`;
  itFinds(rules, 'client-mx-server-cert-not-ready', [
    {
      name: 'self-signed at every host',
      zone,
      finds: [1],
      says: /but no certificate at mx1.example.net and mx2.example.net is one that peers trust \(mx1.pem is self-signed\)/,
      certificates: [server('mx1', ownIssuer), server('mx2', ownIssuer)],
    },
    { name: 'self-signed at one host', zone, finds: [], certificates: [server('mx1', ownIssuer), server('mx2')] },
    { name: 'self-signed at the one host known', zone, finds: [], certificates: [server('mx1', ownIssuer)] },
    {
      name: 'self-signed beside one of a CA',
      zone,
      finds: [],
      certificates: [server('mx1', ownIssuer), server('mx1', { file: 'rsa.pem' }), server('mx2', ownIssuer)],
    },
    {
      name: 'no opt-in',
      zone: `@ MX 10 mx1\n${HOSTS}`,
      finds: [],
      certificates: [server('mx1', ownIssuer)],
    },
  ]);

  it.each([
    ['a private CA', 'issuer-missing', 1],
    ['an expired certificate', 'expired', 0],
  ] as const)('%s, by the trust store', (_, code, count) => {
    const rule = ruleOf(rules, 'client-mx-server-cert-not-ready');
    const example = {
      zone: `@ MX 10 mx1\n@ ${OUT1}\n${HOSTS}`,
      certificates: [server('mx1', { pathFaults: [{ code, index: 0 }] })],
    };
    const found = lintExample(example, [{ rule, severity: 'error' }]);
    expect(found).toHaveLength(code === 'expired' ? 0 : count);
    for (const one of found) {
      expect(lineInExample(example, one)).toBe(1);
      expect(rule.say(one.args)).toMatch(/\(mx1.pem has no path to the trust store\); expected one of a public CA/);
    }
  });
});

describe('senders of a domain that opted in', () => {
  const zone = `@ MX 10 mx1\n@ ${OUT1}\nnews MX 10 mx1\nnews ${clientMx(10, 'out2')}\n${HOSTS}`;
  itFinds(rules, 'client-mx-no-client-cert', [
    { name: 'each has one', zone, finds: [], certificates: [client('out1'), client('out2')] },
    {
      name: 'one domain has none',
      zone,
      finds: [4],
      says: /^news.example.net publishes Client MX for out2.example.net, but .* is for these senders/,
      certificates: [server('mx1'), client('out1')],
    },
    {
      name: 'one host of two has one',
      zone: `@ ${OUT1}\n@ ${clientMx(20, 'out2')}\n${HOSTS}`,
      finds: [],
      certificates: [client('out1')],
    },
    {
      name: 'senders of a third party',
      zone: `@ ${OUT1}\nnews ${clientMx(10, 'out.example.org.')}\n${HOSTS}`,
      finds: [],
      certificates: [client('out1')],
    },
    {
      name: 'a certificate made for them is the other rule',
      zone,
      finds: [],
      certificates: [client('out1'), server('out9', { roles: ['client'], dnsNames: ['out9.news.example.net'] })],
    },
    {
      name: 'certificates without roles may be theirs',
      zone,
      finds: [],
      certificates: [server('out1', { roles: [] })],
    },
  ]);
});

describe('records proposed for a certificate', () => {
  const fixed = (id: string, zone: string, certificates: readonly ExampleCertificate[]): string => {
    const [found] = lint(zone, [ruleOf(certificateRules, id)], certificates);
    expect(found).toBeDefined();
    expect(found?.fixes.map(({ safe }) => safe)).not.toContain(true);
    const edits = found?.fixes[0]?.edits ?? [];
    return new TextDecoder().decode(applyEdits(new TextEncoder().encode(HEADER + zone), edits)).slice(HEADER.length);
  };

  it.each([
    ['beside the record', `@ ${OUT1}\n${HOSTS}`, ['out2'], `@ ${OUT1}\n@ ${clientMx(10, 'out2')}\n${HOSTS}`],
    ['a name without addresses', `@ ${OUT1}\n${HOSTS}`, ['out9'], `@ ${OUT1}\n@ ${clientMx(10, 'out9')}\n${HOSTS}`],
    [
      'the name with addresses',
      `@ ${OUT1}\n${HOSTS}`,
      ['out9', 'out2'],
      `@ ${OUT1}\n@ ${clientMx(10, 'out2')}\n${HOSTS}`,
    ],
    [
      'in place of the null record',
      '@ TYPE265 \\# 3 000000\nout2 A 192.0.2.21\n',
      ['out2'],
      `@ ${clientMx(0, 'out2')}\nout2 A 192.0.2.21\n`,
    ],
    ['no wildcard', `@ ${OUT1}\n${HOSTS}`, ['*.mail'], `@ ${OUT1}\n${HOSTS}`],
  ] as const)('for clients: %s', (_, before, names, after) => {
    const dnsNames = names.map((name) => `${name}.example.net`);
    const certificates = [server('a', { roles: ['client'], dnsNames })];
    const id = 'cert-client-name-not-in-client-mx';
    expect(fixed(id, before, certificates)).toBe(after);
    if (after !== before) expect(lint(after, [ruleOf(certificateRules, id)], certificates)).toEqual([]);
  });

  it.each([
    [
      'beside the record',
      `@ 300 MX 10 mx1\n${HOSTS}`,
      'mx2',
      `@ 300 MX 10 mx1\n@ 300 MX 10 mx2.example.net.\n${HOSTS}`,
    ],
    ['no name without addresses', `@ MX 10 mx1\n${HOSTS}`, 'mx9', `@ MX 10 mx1\n${HOSTS}`],
  ] as const)('for servers: %s', (_, before, name, after) => {
    const certificates = [server('a', { dnsNames: [`${name}.example.net`] })];
    const id = 'cert-server-name-not-in-mx';
    expect(fixed(id, before, certificates)).toBe(after);
    if (after !== before) expect(lint(after, [ruleOf(certificateRules, id)], certificates)).toEqual([]);
  });
});
