import { describe, expect, it } from 'vitest';
import { rules } from '../../../lib/lint/rules/mail-mx/list.ts';
import { fixed, itFinds, lint, ruleOf } from './cases.ts';

describe('rules about MX', () => {
  itFinds(rules, 'mx-target-cname', [
    {
      name: 'a wildcard alias counts',
      zone: '@ MX 10 mail\n* CNAME www\nwww A 192.0.2.1\n',
      finds: [1],
      says: /through \*\.example\.net/,
    },
    { name: 'an alias in another zone is not known', zone: '@ MX 10 mail.example.org.\n', finds: [] },
    {
      name: 'below a delegation the child answers',
      zone: '@ MX 10 mail.sub\nsub NS ns.sub\nns.sub A 192.0.2.2\nmail.sub CNAME x\n',
      finds: [],
    },
    {
      name: 'each record of each domain',
      zone: '@ MX 10 al\nnews MX 10 al\nal CNAME mx1\nmx1 A 192.0.2.1\n',
      finds: [1, 2],
    },
    {
      name: 'an MX below a cut is not ours',
      zone: 'sub NS ns1\nx.sub MX 10 al\nal CNAME mx1\nmx1 A 192.0.2.1\n',
      finds: [],
    },
    { name: 'the null MX is no host', zone: '@ MX 0 .\n', finds: [] },
  ]);

  itFinds(rules, 'mx-target-below-dname', [
    { name: 'the DNAME owner itself is not redirected', zone: '@ MX 10 d\nd DNAME x\nd A 192.0.2.1\n', finds: [] },
    {
      name: 'a deep name is',
      zone: '@ MX 10 a.b.d\nd DNAME x.example.org.\n',
      finds: [1],
      says: /a\.b\.x\.example\.org/,
    },
  ]);

  itFinds(rules, 'mx-target-no-address', [
    { name: 'one finding for one host', zone: '@ MX 10 gone\nnews MX 10 gone\n', finds: [1], says: /does not exist/ },
    { name: 'a name with other records', zone: '@ MX 10 txt\ntxt TXT "x"\n', finds: [1], says: /has no address/ },
    { name: 'IPv6 alone is enough', zone: '@ MX 10 mx6\nmx6 AAAA 2001:db8::1\n', finds: [] },
    { name: 'a wildcard gives addresses', zone: '@ MX 10 any\n* A 192.0.2.1\n', finds: [] },
    { name: 'silent when an address line is broken', zone: '@ MX 10 mx1\nmx1 A 192.0.2\n', finds: [] },
    { name: 'silent about other zones', zone: '@ MX 10 mx.example.org.\n', finds: [] },
    { name: 'glue below a delegation is not asked for', zone: '@ MX 10 mx.sub\nsub NS ns1\n', finds: [] },
  ]);

  itFinds(rules, 'mx-target-private-address', [
    { name: 'one public address will do', zone: '@ MX 10 mx1\nmx1 A 10.0.0.1\nmx1 A 192.0.2.1\n', finds: [] },
    { name: 'IPv6 unique local', zone: '@ MX 10 mx1\nmx1 AAAA fd00::1\n', finds: [1], says: /fd00::1/ },
    { name: 'private IPv4 beside public IPv6', zone: '@ MX 10 mx1\nmx1 A 10.0.0.1\nmx1 AAAA 2001:db8::1\n', finds: [] },
    { name: 'shared address space', zone: '@ MX 10 mx1\nmx1 A 100.64.0.1\n', finds: [1] },
    { name: 'through a wildcard', zone: '@ MX 10 any\n* A 127.0.0.1\n', finds: [1] },
  ]);

  itFinds(rules, 'mx-null-not-alone', [
    { name: 'twice', zone: '@ MX 0 .\n@ MX 10 .\n', finds: [1], says: /twice/ },
    { name: 'alone', zone: '@ MX 0 .\n', finds: [] },
    {
      name: 'behind the others',
      zone: '@ MX 10 mx1\n@ MX 0 .\nmx1 A 192.0.2.1\n',
      finds: [2],
      says: /beside mx1\.example\.net/,
    },
  ]);

  itFinds(rules, 'mx-null-preference', [
    { name: 'in generic form', zone: '@ MX \\# 3 000a00\n', finds: [1] },
    { name: 'zero', zone: '@ MX 0 .\n', finds: [] },
  ]);

  it('mx-null-preference does not touch generic RDATA', () => {
    expect(fixed('@ MX \\# 3 000a00\n', ruleOf(rules, 'mx-null-preference'))).toBe('@ MX \\# 3 000a00\n');
    expect(fixed('@ MX ( 10 ; none\n . )\n', ruleOf(rules, 'mx-null-preference'))).toBe('@ MX ( 0 ; none\n . )\n');
  });

  itFinds(rules, 'mx-single', [
    { name: 'a provider behind one name', zone: '@ MX 0 example-net.mail.protection.outlook.com.\n', finds: [] },
    { name: 'the null MX', zone: '@ MX 0 .\n', finds: [] },
  ]);

  itFinds(rules, 'mx-all-same-address', [
    {
      name: 'one of three differs',
      zone: '@ MX 1 a\n@ MX 2 b\n@ MX 3 c\na A 192.0.2.1\nb A 192.0.2.1\nc A 192.0.2.3\n',
      finds: [],
    },
    {
      name: 'all three',
      zone: '@ MX 1 a\n@ MX 2 b\n@ MX 3 c\na A 192.0.2.1\nb A 192.0.2.1\nc A 192.0.2.1\n',
      finds: [1],
    },
    {
      name: 'several addresses each',
      zone: '@ MX 1 a\n@ MX 2 b\na A 192.0.2.1\na A 192.0.2.2\nb A 192.0.2.1\n',
      finds: [],
    },
    { name: 'one host elsewhere', zone: '@ MX 1 a\n@ MX 2 mx.example.org.\na A 192.0.2.1\n', finds: [] },
    { name: 'the same host twice is another rule', zone: '@ MX 1 a\n@ MX 2 a\na A 192.0.2.1\n', finds: [] },
  ]);

  itFinds(rules, 'mx-duplicate-target', [
    { name: 'letter case does not count', zone: '@ MX 10 mx1\n@ MX 20 MX1\nmx1 A 192.0.2.1\n', finds: [2] },
    {
      name: 'the same preference is a plain duplicate',
      zone: '@ MX 10 mx1\n@ MX 10 mx1\nmx1 A 192.0.2.1\n',
      finds: [],
    },
    {
      name: 'in a long set',
      zone: `${Array.from({ length: 12 }, (_, at) => `@ MX ${at} m${at}.example.org.\n`).join('')}@ MX 99 m3.example.org.\n`,
      finds: [13],
      says: /preference 99 and already with 3/,
    },
  ]);

  itFinds(rules, 'mx-missing-mail-domain', [
    { name: 'a host with SPF for its own name', zone: 'mx1 A 192.0.2.1\nmx1 TXT "v=spf1 a -all"\n', finds: [] },
    { name: 'a text that is there to be included', zone: '_spf TXT "v=spf1 ip4:192.0.2.1 -all"\n', finds: [] },
    { name: 'nobody may send', zone: '@ TXT "v=spf1 -all"\n', finds: [] },
    { name: 'an address takes the answers', zone: '@ TXT "v=spf1 a -all"\n@ A 192.0.2.1\n', finds: [] },
    { name: 'the null MX says it', zone: '@ TXT "v=spf1 a:x.example.org -all"\n@ MX 0 .\n', finds: [] },
    { name: 'everybody may send', zone: '@ TXT "v=spf1 all"\n', finds: [1] },
    { name: 'a redirect', zone: '@ TXT "v=spf1 redirect=_spf.example.org"\n', finds: [1] },
    {
      name: 'below the apex with DMARC',
      zone: 'news TXT "v=spf1 ip4:192.0.2.1 -all"\n_dmarc.news TXT "v=DMARC1; p=none"\n',
      finds: [1],
    },
    { name: 'in several strings', zone: '@ TXT "v=sp" "f1 ip4:192.0.2.1" " -all"\n', finds: [1] },
  ]);

  itFinds(rules, 'mx-foreign-provider-incomplete', [
    {
      name: 'Google with five',
      zone: ['aspmx.l', 'alt1.aspmx.l', 'alt2.aspmx.l', 'alt3.aspmx.l', 'alt4.aspmx.l']
        .map((host) => `@ MX 1 ${host}.google.com.\n`)
        .join(''),
      finds: [],
    },
    { name: 'Google with the one', zone: '@ MX 1 SMTP.google.com.\n', finds: [] },
    { name: 'Google with the first', zone: '@ MX 1 aspmx.l.google.com.\n', finds: [1], says: /Google Workspace/ },
  ]);

  itFinds(rules, 'mx-implicit-only', [
    { name: 'silent when an MX line is broken', zone: '@ A 192.0.2.1\n@ MX ten mx1\n', finds: [] },
    { name: 'IPv6', zone: '@ AAAA 2001:db8::80\n', finds: [1] },
  ]);

  itFinds(rules, 'mx-no-aaaa', [
    { name: 'one of two has it', zone: '@ MX 1 a\n@ MX 2 b\na A 192.0.2.1\nb AAAA 2001:db8::1\n', finds: [] },
    { name: 'a host elsewhere may have it', zone: '@ MX 1 a\n@ MX 2 mx.example.org.\na A 192.0.2.1\n', finds: [] },
  ]);

  it('finds nothing in a mail domain that is in order', () => {
    const zone =
      '@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.10\nmx1 AAAA 2001:db8::10\nmx2 A 198.51.100.10\n@ TXT "v=spf1 mx -all"\n';
    expect(lint(zone, rules)).toEqual([]);
  });
});
