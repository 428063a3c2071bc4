import { describe, expect, test } from 'vitest';
import { served, told } from './dialogue.ts';

const zones = served({
  'example.net.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
a.b.c A 192.0.2.2
host A 192.0.2.3
`,
  'example.org.': `$TTL 3600
@ 60 SOA ns host 1 7200 3600 1209600 300
@ NS ns
`,
});

describe('RFC 2308: what does not exist', () => {
  test.each<[string, string[]]>([
    [
      'host.example.net. MX',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'nope.example.net. A',
      ['NXDOMAIN aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'x.host.example.net. A',
      ['NXDOMAIN aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'b.c.example.net. A',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'c.example.net. ANY',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'example.net. MX',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'example.net. TYPE0',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'host.example.net. TYPE65280',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'nope.example.org. A',
      ['NXDOMAIN aa', 'authority example.org. 60 SOA ns.example.org. host.example.org. 1 7200 3600 1209600 300'],
    ],
    [
      'example.org. AAAA',
      ['NOERROR aa', 'authority example.org. 60 SOA ns.example.org. host.example.org. 1 7200 3600 1209600 300'],
    ],
    [
      'host.example.net. TYPE265',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    ['host.example.net. A +rd +cd', ['NOERROR aa rd cd', 'answer host.example.net. 3600 A 192.0.2.3']],
  ])('%s', (question, lines) => {
    expect(told(zones, question)).toEqual(lines);
  });
});
