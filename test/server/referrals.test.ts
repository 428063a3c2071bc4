import { describe, expect, test } from 'vitest';
import { served, told } from './dialogue.ts';

const zones = served({
  'example.net.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
in NS ns.in
in NS ns.sister
ns.in A 192.0.2.10
ns.in AAAA 2001:db8::10
sister NS ns.sister
ns.sister A 192.0.2.11
out NS ns.example.com.
own NS ns
safe NS ns.example.com.
safe DS 1 8 2 0000000000000000000000000000000000000000000000000000000000000000
hidden.in TXT "below the cut"
`,
  'child.in.example.net.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
`,
});

describe('RFC 1034 §4.3.2: referrals', () => {
  test.each<[string, string[]]>([
    [
      'in.example.net. NS',
      [
        'NOERROR',
        'authority in.example.net. 3600 NS ns.in.example.net.',
        'authority in.example.net. 3600 NS ns.sister.example.net.',
        'additional ns.in.example.net. 3600 A 192.0.2.10',
        'additional ns.in.example.net. 3600 AAAA 2001:db8::10',
        'additional ns.sister.example.net. 3600 A 192.0.2.11',
      ],
    ],
    [
      'www.in.example.net. A',
      [
        'NOERROR',
        'authority in.example.net. 3600 NS ns.in.example.net.',
        'authority in.example.net. 3600 NS ns.sister.example.net.',
        'additional ns.in.example.net. 3600 A 192.0.2.10',
        'additional ns.in.example.net. 3600 AAAA 2001:db8::10',
        'additional ns.sister.example.net. 3600 A 192.0.2.11',
      ],
    ],
    [
      'hidden.in.example.net. TXT',
      [
        'NOERROR',
        'authority in.example.net. 3600 NS ns.in.example.net.',
        'authority in.example.net. 3600 NS ns.sister.example.net.',
        'additional ns.in.example.net. 3600 A 192.0.2.10',
        'additional ns.in.example.net. 3600 AAAA 2001:db8::10',
        'additional ns.sister.example.net. 3600 A 192.0.2.11',
      ],
    ],
    [
      'ns.in.example.net. A',
      [
        'NOERROR',
        'authority in.example.net. 3600 NS ns.in.example.net.',
        'authority in.example.net. 3600 NS ns.sister.example.net.',
        'additional ns.in.example.net. 3600 A 192.0.2.10',
        'additional ns.in.example.net. 3600 AAAA 2001:db8::10',
        'additional ns.sister.example.net. 3600 A 192.0.2.11',
      ],
    ],
    ['out.example.net. A', ['NOERROR', 'authority out.example.net. 3600 NS ns.example.com.']],
    [
      'own.example.net. A',
      ['NOERROR', 'authority own.example.net. 3600 NS ns.example.net.', 'additional ns.example.net. 3600 A 192.0.2.1'],
    ],
    [
      'in.example.net. DS',
      ['NOERROR aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'x.in.example.net. DS',
      [
        'NOERROR',
        'authority in.example.net. 3600 NS ns.in.example.net.',
        'authority in.example.net. 3600 NS ns.sister.example.net.',
        'additional ns.in.example.net. 3600 A 192.0.2.10',
        'additional ns.in.example.net. 3600 AAAA 2001:db8::10',
        'additional ns.sister.example.net. 3600 A 192.0.2.11',
      ],
    ],
    [
      'safe.example.net. DS',
      [
        'NOERROR aa',
        'answer safe.example.net. 3600 DS 1 8 2 0000000000000000000000000000000000000000000000000000000000000000',
      ],
    ],
    ['safe.example.net. A', ['NOERROR', 'authority safe.example.net. 3600 NS ns.example.com.']],
    // Only a signed zone has use for DS in a referral (RFC 4035 §3.1.4).
    ['www.safe.example.net. A +do', ['NOERROR', 'authority safe.example.net. 3600 NS ns.example.com.']],
    [
      'www.child.in.example.net. A',
      [
        'NXDOMAIN aa',
        'authority child.in.example.net. 300 SOA ns.child.in.example.net. host.child.in.example.net. 1 7200 3600 1209600 300',
      ],
    ],
    [
      'child.in.example.net. DS',
      [
        'NOERROR aa',
        'authority child.in.example.net. 300 SOA ns.child.in.example.net. host.child.in.example.net. 1 7200 3600 1209600 300',
      ],
    ],
  ])('%s', (question, lines) => {
    expect(told(zones, question)).toEqual(lines);
  });
});
