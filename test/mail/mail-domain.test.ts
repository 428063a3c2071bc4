import { expect, test } from 'vitest';
import { readDestination } from '../../lib/mail/mail-domain.ts';

test.each([
  ['example.net', 'example.net'],
  ['Example.NET.', 'example.net'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['[192.0.2.1]', '192.0.2.1'],
  ['[IPv6:2001:db8::1]', '2001:db8::1'],
  ['[ipv6:2001:DB8::1]', '2001:db8::1'],
])('mail for %s goes to %s', (text, name) => {
  const read = readDestination(text);
  expect(read.kind === 'domain' ? read.domain : read.kind === 'literal' && read.address).toBe(name);
  expect(read.kind).toBe(text.startsWith('[') ? 'literal' : 'domain');
});

test.each([
  ['', 'is no domain name'],
  ['a..b', 'is no domain name'],
  ['exa mple.net', 'is no domain name'],
  [`${'a'.repeat(64)}.net`, 'is no domain name'],
  ['192.0.2.1', 'is written [192.0.2.1]'],
  ['2001:db8::1', 'is written [IPv6:2001:db8::1]'],
  ['joe@example.net', 'give the domain behind the @ alone, example.net'],
  ['joe@', 'which is empty'],
  ['[2001:db8::1]', 'is no address literal'],
  ['[IPv6:192.0.2.1]', 'is no address literal'],
  ['[IPv6:fe80::1%eth0]', 'is no address literal'],
  ['[]', 'is no address literal'],
])("'%s' is no destination", (text, words) => {
  const read = readDestination(text);
  expect(read).toMatchObject({ kind: 'wrong', problem: expect.stringContaining(words) });
});
