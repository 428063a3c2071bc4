import { describe, expect, test } from 'vitest';
import { served, told } from './dialogue.ts';

const zones = served({
  'example.net.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
old DNAME new
old TXT "beside"
new A 192.0.2.2
host.new A 192.0.2.3
*.wild.new TXT "wild"
abroad DNAME example.com.
long DNAME xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.example.net.
down DNAME x.down
`,
  'example.org.': `$TTL 60
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
@ DNAME new.example.net.
`,
});

describe('RFC 6672: DNAME', () => {
  test.each<[string, string[]]>([
    [
      'host.old.example.net. A',
      [
        'NOERROR aa',
        'answer old.example.net. 3600 DNAME new.example.net.',
        'answer host.old.example.net. 3600 CNAME host.new.example.net.',
        'answer host.new.example.net. 3600 A 192.0.2.3',
      ],
    ],
    [
      'HOST.Old.example.net. A',
      [
        'NOERROR aa',
        'answer old.example.net. 3600 DNAME new.example.net.',
        'answer HOST.Old.example.net. 3600 CNAME HOST.new.example.net.',
        'answer HOST.new.example.net. 3600 A 192.0.2.3',
      ],
    ],
    [
      'old.example.net. A',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    ['old.example.net. TXT', ['NOERROR aa', 'answer old.example.net. 3600 TXT "beside"']],
    ['old.example.net. DNAME', ['NOERROR aa', 'answer old.example.net. 3600 DNAME new.example.net.']],
    [
      'host.old.example.net. CNAME',
      [
        'NOERROR aa',
        'answer old.example.net. 3600 DNAME new.example.net.',
        'answer host.old.example.net. 3600 CNAME host.new.example.net.',
      ],
    ],
    [
      'host.old.example.net. DNAME',
      [
        'NOERROR aa',
        'answer old.example.net. 3600 DNAME new.example.net.',
        'answer host.old.example.net. 3600 CNAME host.new.example.net.',
        'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300',
      ],
    ],
    [
      'nope.old.example.net. A',
      [
        'NXDOMAIN aa',
        'answer old.example.net. 3600 DNAME new.example.net.',
        'answer nope.old.example.net. 3600 CNAME nope.new.example.net.',
        'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300',
      ],
    ],
    [
      'x.wild.old.example.net. TXT',
      [
        'NOERROR aa',
        'answer old.example.net. 3600 DNAME new.example.net.',
        'answer x.wild.old.example.net. 3600 CNAME x.wild.new.example.net.',
        'answer x.wild.new.example.net. 3600 TXT "wild"',
      ],
    ],
    [
      'www.abroad.example.net. A',
      [
        'NOERROR aa',
        'answer abroad.example.net. 3600 DNAME example.com.',
        'answer www.abroad.example.net. 3600 CNAME www.example.com.',
      ],
    ],
    [
      'host.example.org. A',
      [
        'NOERROR aa',
        'answer example.org. 60 DNAME new.example.net.',
        'answer host.example.org. 60 CNAME host.new.example.net.',
        'answer host.new.example.net. 3600 A 192.0.2.3',
      ],
    ],
    ['example.org. DNAME', ['NOERROR aa', 'answer example.org. 60 DNAME new.example.net.']],
    [
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.long.example.net. A',
      [
        'YXDOMAIN aa',
        'answer long.example.net. 3600 DNAME xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.example.net.',
      ],
    ],
  ])('%s', (question, lines) => {
    expect(told(zones, question)).toEqual(lines);
  });
});
