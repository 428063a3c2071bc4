import { describe, expect, it } from 'vitest';
import { rules } from '../../../lib/lint/rules/service-srv/list.ts';
import { fixed, itFinds, lint, ruleOf } from '../mail-mx/cases.ts';

const WEB = '@ A 192.0.2.80\nwww A 192.0.2.80\n';

/** The text that the first finding points at. */
function marked(zone: string, id: string): string {
  const [found] = lint(zone, [ruleOf(rules, id)]);
  const { file, span } = found?.place ?? { file: { bytes: new Uint8Array() }, span: { start: 0, end: 0 } };
  return new TextDecoder().decode(file.bytes.subarray(span.start, span.end));
}

describe('aliases of SVCB and HTTPS', () => {
  itFinds(rules, 'svcb-alias-params', [
    { name: 'a plain alias', zone: `${WEB}@ HTTPS 0 www\n`, finds: [] },
    { name: 'in generic form', zone: `${WEB}@ HTTPS \\# 9 0000 00 0003 0002 01bb\n`, finds: [3] },
  ]);
  itFinds(rules, 'svcb-mixed-modes', [
    { name: 'two types', zone: `${WEB}@ HTTPS 0 www\n@ SVCB 1 www\n`, finds: [] },
    { name: 'two aliases', zone: `${WEB}@ HTTPS 0 www\n@ HTTPS 0 ns1\n`, finds: [] },
  ]);
  itFinds(rules, 'svcb-alias-loop', [
    { name: 'to itself', zone: `${WEB}www HTTPS 0 www\n`, finds: [3], says: /www\.example\.net to www\.example\.net/ },
    { name: 'not available', zone: `${WEB}www HTTPS 0 .\n`, finds: [] },
    { name: 'a service with its own name', zone: `${WEB}www HTTPS 1 www alpn=h2\n`, finds: [] },
    { name: 'through a CNAME', zone: 'a HTTPS 0 b\nb CNAME a\n', finds: [1] },
    { name: 'through a wildcard', zone: '* HTTPS 0 x\n', finds: [1] },
    { name: 'outside', zone: '@ HTTPS 0 www.example.org.\n', finds: [] },
    { name: 'a way into the circle is not part of it', zone: 'x HTTPS 0 a\na HTTPS 0 b\nb HTTPS 0 a\n', finds: [2] },
    { name: 'two circles', zone: 'a HTTPS 0 b\nb HTTPS 0 a\nc SVCB 0 c\n', finds: [1, 3] },
  ]);
});

describe('targets and parameters of SVCB and HTTPS', () => {
  itFinds(rules, 'svcb-target-no-address', [
    { name: 'its own name', zone: `${WEB}www HTTPS 1 . alpn=h2\n`, finds: [] },
    { name: 'an alias to records of the type', zone: 'a HTTPS 0 b\nb HTTPS 0 c.example.org.\n', finds: [] },
    { name: 'an alias to nothing', zone: 'a HTTPS 0 b\n', finds: [1], says: /does not exist/ },
    { name: 'a CNAME', zone: 'a HTTPS 1 b\nb CNAME c.example.org.\n', finds: [] },
    { name: 'outside', zone: 'a HTTPS 1 b.example.org.\n', finds: [] },
    { name: 'an address the server makes', zone: '@ HTTPS 1 . alpn=h2\n@ ALIAS x.example.org.\n', finds: [] },
    { name: 'hints do not replace addresses', zone: 'a HTTPS 1 . ipv4hint=192.0.2.1\n', finds: [1], says: /itself/ },
    { name: 'at a wildcard', zone: '* HTTPS 1 . alpn=h2\n* A 192.0.2.1\n', finds: [] },
  ]);
  itFinds(rules, 'svcb-hint-mismatch', [
    {
      name: 'some of the addresses',
      zone: '@ HTTPS 1 . ipv4hint=192.0.2.2\n@ A 192.0.2.1\n@ A 192.0.2.2\n',
      finds: [],
    },
    { name: 'IPv6 in another spelling', zone: '@ HTTPS 1 . ipv6hint=2001:DB8:0::1\n@ AAAA 2001:db8::1\n', finds: [] },
    {
      name: 'IPv6 without AAAA',
      zone: '@ HTTPS 1 . ipv6hint=2001:db8::1\n@ A 192.0.2.1\n',
      finds: [1],
      says: /no AAAA/,
    },
    { name: 'both wrong', zone: '@ HTTPS 1 . ipv4hint=192.0.2.9 ipv6hint=2001:db8::9\n@ A 192.0.2.1\n', finds: [1, 1] },
    { name: 'of another host', zone: '@ HTTPS 1 www.example.org. ipv4hint=192.0.2.9\n@ A 192.0.2.1\n', finds: [] },
  ]);
  it('points at the hint', () => {
    expect(marked('@ HTTPS 1 . alpn="h2,h3" ipv4hint=192.0.2.9 port=443\n@ A 192.0.2.1\n', 'svcb-hint-mismatch')).toBe(
      'ipv4hint=192.0.2.9',
    );
    expect(marked('@ HTTPS 1 . alpn=h2 (\n ipv4hint="192.0.2.9" )\n@ A 192.0.2.1\n', 'svcb-hint-mismatch')).toBe(
      'ipv4hint="192.0.2.9',
    );
  });
  itFinds(rules, 'svcb-alpn-slip', [
    { name: 'registered ones', zone: `${WEB}@ HTTPS 1 . alpn=h2,h3,http/1.1,h3-29,imap\n`, finds: [] },
    { name: 'capitals', zone: `${WEB}@ HTTPS 1 . alpn=H2\n`, finds: [3], says: /has H2; expected h2/ },
    { name: 'quoted', zone: `${WEB}@ HTTPS 1 . alpn="http/2,h3"\n`, finds: [3] },
  ]);
  it.each([
    [`${WEB}@ HTTPS 1 . alpn="http/2,h3"\n`, `${WEB}@ HTTPS 1 . alpn="h2,h3"\n`],
    [`${WEB}@ HTTPS 1 . alpn=http3\n`, `${WEB}@ HTTPS 1 . alpn=h3\n`],
    [`${WEB}@ HTTPS 1 . alpn=h2,http2\n`, `${WEB}@ HTTPS 1 . alpn=h2,http2\n`],
  ])('writes the protocol of %j', (bad, good) => {
    expect(fixed(bad, ruleOf(rules, 'svcb-alpn-slip'))).toBe(good);
  });
  itFinds(rules, 'svcb-dns-params', [
    { name: 'DNS over TLS', zone: '_dns.ns1 SVCB 1 ns1 alpn=dot\n', finds: [] },
    { name: 'no protocol', zone: '_853._dns.ns1 SVCB 1 ns1 port=853\n', finds: [1], says: /no alpn/ },
    { name: 'other services', zone: '_foo.ns1 SVCB 1 ns1\n', finds: [] },
    { name: 'an alias', zone: '_dns SVCB 0 _dns.example.org.\n', finds: [] },
  ]);
  itFinds(rules, 'svcb-mandatory-needless', [
    { name: 'what needs it', zone: `${WEB}@ HTTPS 1 . alpn=h2 mandatory=alpn\n`, finds: [] },
    { name: 'SVCB has no such rule', zone: `${WEB}@ SVCB 1 . alpn=h2 port=1 mandatory=port\n`, finds: [] },
  ]);
});
