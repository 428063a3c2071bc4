import { describe, expect, it } from 'vitest';
import type { ExampleCertificate } from '../../../lib/lint/rule.ts';
import { rules } from '../../../lib/lint/rules/caa/list.ts';
import { lintExample } from '../example.ts';
import { fixed, itFinds, lint, ruleOf } from '../mail-mx/cases.ts';

describe('what CAA says', () => {
  itFinds(rules, 'caa-syntax', [
    { name: 'nobody', zone: '@ CAA 0 issue ";"\n', finds: [] },
    { name: 'an empty value', zone: '@ CAA 0 issue ""\n', finds: [] },
    { name: 'a semicolon with a backslash', zone: '@ CAA 0 issue "ca.example.org\\; a=1"\n', finds: [] },
    { name: 'without quotes', zone: '@ CAA 0 issue ca.example.org\n', finds: [] },
    { name: 'a property of another kind', zone: '@ CAA 0 iodef "%%"\n', finds: [] },
    { name: 'mail', zone: '@ CAA 0 issuemail "ca.example.org x=1"\n', finds: [1], says: /" x=1" follows/ },
    {
      name: 'a name in place of a domain',
      zone: '@ CAA 0 issue "Example CA"\n',
      finds: [1],
      says: /"Example CA" is no/,
    },
    { name: 'one finding for a value', zone: '@ CAA 0 issue "a b; c; d"\n', finds: [1] },
    { name: 'in generic form', zone: '@ CAA \\# 11 0005697373756561206220\n', finds: [1] },
    { name: 'below a delegation', zone: 'sub NS ns1\nx.sub CAA 0 issue "a b"\n', finds: [] },
  ]);
  it('points into the value', () => {
    const [found] = lint('@ CAA 0 issue "ca.example.org; a=b c"\n', [ruleOf(rules, 'caa-syntax')]);
    const { file, span } = found?.place ?? { file: { bytes: new Uint8Array() }, span: { start: 0, end: 0 } };
    expect(new TextDecoder().decode(file.bytes.subarray(span.start, span.end))).toBe('b c');
  });
  it.each([
    ['@ CAA 0 issue "ca.example.org."\n', '@ CAA 0 issue "ca.example.org"\n'],
    ['@ CAA 0 issue "ca.example.org; a=1;"\n', '@ CAA 0 issue "ca.example.org; a=1"\n'],
    ['@ CAA 0 issue "https://ca.example.org/"\n', '@ CAA 0 issue "ca.example.org"\n'],
    ['@ CAA 0 issue "a b"\n', '@ CAA 0 issue "a b"\n'],
    ['@ CAA 0 issue "ca.example.org\\; a=1;"\n', '@ CAA 0 issue "ca.example.org\\; a=1"\n'],
  ])('mends %j', (bad, good) => {
    expect(fixed(bad, ruleOf(rules, 'caa-syntax'))).toBe(good);
  });

  itFinds(rules, 'caa-unknown-tag', [
    ...['issue', 'issuewild', 'issuemail', 'issuevmc', 'iodef', 'contactemail', 'contactphone'].map((tag) => ({
      name: tag,
      zone: `@ CAA 0 ${tag} "x.example"\n`,
      finds: [],
    })),
    { name: 'capitals', zone: '@ CAA 0 Issue "x.example"\n', finds: [] },
    { name: 'a wildcard', zone: '@ CAA 0 issuewid "x.example"\n', finds: [1], says: /expected issuewild/ },
    { name: 'no guess', zone: '@ CAA 0 tbs "x.example"\n', finds: [1], says: /expected one such as/ },
    { name: 'reserved', zone: '@ CAA 0 policy "x"\n', finds: [1], says: /reserved/ },
    { name: 'critical is another fault', zone: '@ CAA 128 tbs "x"\n', finds: [] },
  ]);
  itFinds(rules, 'caa-critical-unknown', [
    { name: 'with a reserved bit', zone: '@ CAA 129 tbs "x"\n', finds: [1] },
    { name: 'a known tag', zone: '@ CAA 128 iodef "mailto:a@example.net"\n', finds: [] },
  ]);
  itFinds(rules, 'caa-flags-reserved', [
    { name: 'critical with another bit', zone: '@ CAA 129 issue "x.example"\n', finds: [1], says: /expected 128/ },
    { name: 'critical', zone: '@ CAA 128 issue "x.example"\n', finds: [] },
  ]);
  itFinds(rules, 'caa-no-issue', [
    { name: 'wildcards only', zone: '@ CAA 0 issuewild ";"\n@ CAA 0 iodef "mailto:a@example.net"\n', finds: [] },
    { name: 'mail only', zone: '@ CAA 0 issuemail ";"\n', finds: [] },
    { name: 'a contact for validation', zone: '@ CAA 0 contactemail "a@example.net"\n', finds: [] },
    { name: 'a slip of issue', zone: '@ CAA 0 isue "x.example"\n@ CAA 0 iodef "mailto:a@example.net"\n', finds: [] },
    {
      name: 'one finding for a name',
      zone: '@ CAA 0 iodef "mailto:a@example.net"\n@ CAA 0 iodef "mailto:b@example.net"\n',
      finds: [1],
    },
    {
      name: 'a broken CAA line may be the one',
      zone: '@ CAA 0 iodef "mailto:a@example.net"\n@ CAA issue "x"\n',
      finds: [],
    },
  ]);
  itFinds(rules, 'caa-forbid-without-effect', [
    {
      name: 'issue for none and issuewild for one',
      zone: '@ CAA 0 issue ";"\n@ CAA 0 issuewild "x.example"\n',
      finds: [],
    },
    { name: 'at different names', zone: '@ CAA 0 issue ";"\nw CAA 0 issue "x.example"\n', finds: [] },
    { name: 'wildcards', zone: '@ CAA 0 issuewild "x.example"\n@ CAA 0 issuewild ";"\n', finds: [2] },
  ]);
  itFinds(rules, 'caa-iodef-url', [
    ...['mailto:a@example.net', 'https://example.net/report', 'http://iodef.example.net/'].map((url) => ({
      name: url,
      zone: `@ CAA 0 iodef "${url}"\n`,
      finds: [],
    })),
    ...['a@example.net', 'mailto:', 'mailto:a', 'https://', 'ftp://example.net/'].map((url) => ({
      name: url,
      zone: `@ CAA 0 iodef "${url}"\n`,
      finds: [1],
    })),
  ]);
});

describe('parameters of CAA', () => {
  itFinds(rules, 'caa-accounturi-format', [
    { name: 'a URL', zone: '@ CAA 0 issue "x.example;accounturi=https://x.example/acct/1"\n', finds: [] },
    {
      name: 'twice',
      zone: '@ CAA 0 issue "x.example;accounturi=https://x.example/1;accounturi=https://x.example/2"\n',
      finds: [1],
      says: /twice/,
    },
    { name: 'empty', zone: '@ CAA 0 issue "x.example;accounturi="\n', finds: [1] },
  ]);
  itFinds(rules, 'caa-parameter-typo', [
    {
      name: 'a parameter',
      zone: '@ CAA 0 issue "x.example; account-uri=x:1"\n',
      finds: [1],
      says: /expected accounturi/,
    },
    { name: 'in capitals', zone: '@ CAA 0 issue "x.example; AccountURI=x:1"\n', finds: [1] },
    { name: 'an account by its number', zone: '@ CAA 0 issue "x.example; accountid=1"\n', finds: [] },
    {
      name: 'a parameter of the CA',
      zone: '@ CAA 0 issue "x.example; cansignhttpexchanges=yes; account=1"\n',
      finds: [],
    },
    { name: 'a method of the CA', zone: '@ CAA 0 issue "x.example; validationmethods=ca-phone,dns-01"\n', finds: [] },
    { name: 'a later version', zone: '@ CAA 0 issue "x.example; validationmethods=dns-02,new-01"\n', finds: [] },
    {
      name: 'two methods',
      zone: '@ CAA 0 issue "x.example; validationmethods=HTTP-01,tls-alpn-1"\n',
      finds: [1, 1],
      says: /HTTP-01; expected http-01/,
    },
  ]);
  itFinds(rules, 'caa-issuer-slip', [
    ...['letsencrypt.com', 'www.letsencrypt.org', 'lets-encrypt.org', 'LetsEncrypt'].map((domain) => ({
      name: domain,
      zone: `@ CAA 0 issue "${domain}"\n`,
      finds: [1],
      says: /expected letsencrypt\.org/,
    })),
    ...['letsencrypt.org', 'LetsEncrypt.ORG', 'digicert.ne.jp', 'pki.goog', 'amazonaws.com'].map((domain) => ({
      name: domain,
      zone: `@ CAA 0 issue "${domain}"\n`,
      finds: [],
    })),
  ]);
});

describe('CAA and what it is for', () => {
  const wildcard: ExampleCertificate = { file: 'w.pem', roles: ['server'], dnsNames: ['*.sub.example.net'] };
  itFinds(rules, 'caa-issuewild-missing', [
    { name: 'without wildcard certificates', zone: '@ CAA 0 issue "x.example"\n', finds: [] },
    { name: 'climbs', zone: '@ CAA 0 issue "x.example"\n', finds: [1], certificates: [wildcard] },
    {
      name: 'stops at the nearest',
      zone: '@ CAA 0 issue "x.example"\nsub CAA 0 issuewild "x.example"\n',
      finds: [],
      certificates: [wildcard],
    },
  ]);
  itFinds(rules, 'caa-missing', [
    { name: 'at the host', zone: '@ MX 10 mx1\nmx1 A 192.0.2.1\nmx1 CAA 0 issue "x.example"\n', finds: [] },
    { name: 'hosts elsewhere', zone: '@ MX 10 mx1.example.org.\n', finds: [] },
    {
      name: 'one finding for a domain',
      zone: '@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n',
      finds: [1],
    },
    { name: 'an alias that leads elsewhere', zone: '@ MX 10 mx1\nmx1 CAA 0 issue ";"\n', finds: [] },
  ]);
  itFinds(rules, 'caa-dnssec-broken', [{ name: 'unsigned', zone: '@ CAA 0 issue "x.example"\n', finds: [] }]);

  it('looks for CAA in the zone above when that is given', () => {
    const rule = ruleOf(rules, 'caa-missing');
    const zone = '@ MX 10 mx1\nmx1 A 192.0.2.1\n';
    const above = (text: string): number =>
      lintExample({ zone, others: [{ origin: 'net', zone: text }] }, [{ rule, severity: rule.level }]).length;
    expect(above('@ CAA 0 issue "x.example"')).toBe(0);
    expect(above('www A 192.0.2.1')).toBe(1);
  });
});
