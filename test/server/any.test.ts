import { describe, expect, test } from 'vitest';
import { served, told } from './dialogue.ts';

const zones = served({
  'example.net.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
host TXT "one"
host A 192.0.2.2
host A 192.0.2.3
host MX 10 host
alias CNAME host
*.wild TXT "wild"
*.wild A 192.0.2.4
`,
});

describe('RFC 8482: queries for all types', () => {
  test.each<[string, string[]]>([
    [
      'host.example.net. ANY',
      ['NOERROR aa', 'answer host.example.net. 3600 A 192.0.2.2', 'answer host.example.net. 3600 A 192.0.2.3'],
    ],
    [
      'host.example.net. ANY +tcp',
      [
        'NOERROR aa',
        'answer host.example.net. 3600 TXT "one"',
        'answer host.example.net. 3600 A 192.0.2.2',
        'answer host.example.net. 3600 A 192.0.2.3',
        'answer host.example.net. 3600 MX 10 host.example.net.',
      ],
    ],
    ['alias.example.net. ANY', ['NOERROR aa', 'answer alias.example.net. 3600 CNAME host.example.net.']],
    [
      'x.wild.example.net. ANY +tcp',
      ['NOERROR aa', 'answer x.wild.example.net. 3600 TXT "wild"', 'answer x.wild.example.net. 3600 A 192.0.2.4'],
    ],
    ['x.wild.example.net. ANY', ['NOERROR aa', 'answer x.wild.example.net. 3600 A 192.0.2.4']],
    [
      'nope.example.net. ANY',
      ['NXDOMAIN aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'host.example.net. A ANY',
      ['NOERROR', 'answer host.example.net. 3600 A 192.0.2.2', 'answer host.example.net. 3600 A 192.0.2.3'],
    ],
  ])('%s', (question, lines) => {
    expect(told(zones, question)).toEqual(lines);
  });
});
