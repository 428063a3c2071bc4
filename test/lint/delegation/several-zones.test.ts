import { describe, expect, it } from 'vitest';
import type { Example } from '../../../lib/lint/rule.ts';
import { findRule } from '../../../lib/lint/rules.ts';
import { lineInExample, lintExample } from '../example.ts';

const REVERSE = `$ORIGIN 2.0.192.in-addr.arpa.
$TTL 3600
@ SOA ns1.example.com. hostmaster.example.com. 2026112001 7200 3600 1209600 3600
@ NS ns1.example.com.
`;
const six = (last: string): string => `${last}.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa.`;

const cases: readonly (readonly [rule: string, title: string, example: Example, lines: readonly number[]])[] = [
  [
    'mx-target-no-address',
    'a host another zone does not have',
    over('@ MX 10 mx.example.com.', 'mx1 A 192.0.2.2'),
    [1],
  ],
  ['mx-target-no-address', 'a host another zone has', over('@ MX 10 mx1.example.com.', 'mx1 A 192.0.2.2'), []],
  ['mx-target-no-address', 'a host of a zone not given', over('@ MX 10 mx.example.org.', ''), []],
  ['mx-target-no-address', 'a zone that could not be read whole', over('@ MX 10 mx.example.com.', 'mx A 1.2.3'), []],
  ['mx-target-no-address', 'a host the other zone delegates', over('@ MX 10 mx.s.example.com.', 's NS ns1'), []],
  [
    'mx-target-cname',
    'an alias in another zone',
    over('@ MX 10 mx.example.com.', 'mx CNAME mx1\nmx1 A 192.0.2.2'),
    [1],
  ],
  ['core-cname-dangling', 'a target another zone lacks', over('w CNAME x.example.com.', 'y A 192.0.2.2'), [1]],
  ['core-cname-dangling', 'a target another zone has', over('w CNAME y.example.com.', 'y A 192.0.2.2'), []],
  ['core-cname-dangling', 'a wildcard there', over('w CNAME x.example.com.', '* A 192.0.2.2'), []],
  ['deleg-ns-elsewhere', 'an alias as server', over('@ NS n.example.com.', 'n CNAME ns1'), [1]],
  ['deleg-parent-mismatch', 'case and order are no difference', child('sub NS NS2.example.org.\nsub NS ns1.SUB'), []],
  [
    'deleg-parent-mismatch',
    'glue that differs',
    child('sub NS ns1.sub\nsub NS ns2.example.org.\nns1.sub A 192.0.2.7'),
    [1],
  ],
  [
    'deleg-parent-mismatch',
    'a server is missing',
    child('sub NS ns1.sub\nns1.sub A 192.0.2.1\nns1.sub AAAA 2001:db8::1'),
    [1],
  ],
  ['core-ptr-forward-mismatch', 'no such host', reverse('10 PTR mx.example.com.', 'mx1 A 192.0.2.10'), [5]],
  [
    'core-ptr-forward-mismatch',
    'one of several addresses',
    reverse('10 PTR mx.example.com.', 'mx A 192.0.2.9\nmx A 192.0.2.10'),
    [],
  ],
  ['core-ptr-forward-mismatch', 'an alias is left alone', reverse('10 PTR mx.example.com.', 'mx CNAME mx1'), []],
  ['core-ptr-forward-mismatch', 'a network, no address', reverse('@ PTR mx.example.com.', 'mx A 192.0.2.9'), []],
  [
    'core-ptr-missing',
    'IPv6',
    {
      zone: 'w AAAA 2001:db8::5',
      others: [{ origin: '8.b.d.0.1.0.0.2.ip6.arpa', zone: `${six('1')} PTR n.example.org.` }],
    },
    [1],
  ],
  [
    'core-ptr-missing',
    'IPv6 with a name',
    {
      zone: 'w AAAA 2001:db8::5',
      others: [
        {
          origin: '8.b.d.0.1.0.0.2.ip6.arpa',
          zone: `${six('1')} PTR ns1.example.net.\n${six('5')} PTR w.example.net.`,
        },
      ],
    },
    [],
  ],
];

function over(zone: string, other: string): Example {
  return { zone, others: [{ origin: 'example.com', zone: other }] };
}

function child(zone: string): Example {
  return { zone, others: [{ origin: 'sub.example.net', zone: '' }] };
}

function reverse(zone: string, other: string): Example {
  return {
    zone: `${REVERSE}${zone}\n`,
    whole: true,
    origin: '2.0.192.in-addr.arpa',
    others: [{ origin: 'example.com', zone: other }],
  };
}

describe('rules that look into other zones', () => {
  it.each(cases)('%s: %s', (id, _, example, lines) => {
    const rule = findRule(id);
    if (rule === undefined) throw new Error(`no rule ${id}`);
    const found = lintExample(example, [{ rule, severity: rule.level }]);
    expect(found.map((one) => lineInExample(example, one))).toEqual(lines);
  });
});
