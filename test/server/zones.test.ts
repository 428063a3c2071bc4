import { describe, expect, test } from 'vitest';
import { served, told } from './dialogue.ts';

const zones = served({
  '.': `$TTL 60
. SOA a.root. host. 1 7200 3600 1209600 300
. NS a.root.
a.root. A 192.0.2.1
net. NS a.gtld.net.
a.gtld.net. A 192.0.2.2
arpa. NS a.root.
`,
  'arpa.': `$TTL 60
@ SOA a.root. host. 2 7200 3600 1209600 300
@ NS a.root.
in-addr NS a.root.
`,
  'net.': `$TTL 60
@ SOA a.gtld host 3 7200 3600 1209600 300
@ NS a.gtld
a.gtld A 192.0.2.2
example NS ns.example
example DS 1 8 2 0000000000000000000000000000000000000000000000000000000000000000
ns.example A 192.0.2.3
other NS ns.other
ns.other A 192.0.2.4
`,
  'example.net.': `$TTL 3600
@ SOA ns host 1 7200 3600 1209600 300
@ NS ns
ns A 192.0.2.1
`,
});

describe('RFC 1034 §4.3.2 step 2: which zone answers', () => {
  test.each<[string, string[]]>([
    ['. NS', ['NOERROR aa', 'answer . 60 NS a.root.', 'additional a.root. 60 A 192.0.2.1']],
    ['. SOA', ['NOERROR aa', 'answer . 60 SOA a.root. host. 1 7200 3600 1209600 300']],
    ['nope. A', ['NXDOMAIN aa', 'authority . 60 SOA a.root. host. 1 7200 3600 1209600 300']],
    ['org. DS', ['NXDOMAIN aa', 'authority . 60 SOA a.root. host. 1 7200 3600 1209600 300']],
    ['net. NS', ['NOERROR aa', 'answer net. 60 NS a.gtld.net.', 'additional a.gtld.net. 60 A 192.0.2.2']],
    ['net. DS', ['NOERROR aa', 'authority . 60 SOA a.root. host. 1 7200 3600 1209600 300']],
    [
      'example.net. DS',
      [
        'NOERROR aa',
        'answer example.net. 60 DS 1 8 2 0000000000000000000000000000000000000000000000000000000000000000',
      ],
    ],
    [
      'example.net. SOA',
      ['NOERROR aa', 'answer example.net. 3600 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'EXAMPLE.net. SOA',
      ['NOERROR aa', 'answer EXAMPLE.net. 3600 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'www.example.net. A',
      ['NXDOMAIN aa', 'authority example.net. 300 SOA ns.example.net. host.example.net. 1 7200 3600 1209600 300'],
    ],
    [
      'www.other.net. A',
      ['NOERROR', 'authority other.net. 60 NS ns.other.net.', 'additional ns.other.net. 60 A 192.0.2.4'],
    ],
    ['other.net. DS', ['NOERROR aa', 'authority net. 60 SOA a.gtld.net. host.net. 3 7200 3600 1209600 300']],
    ['arpa. SOA', ['NOERROR aa', 'answer arpa. 60 SOA a.root. host. 2 7200 3600 1209600 300']],
    ['1.2.0.192.in-addr.arpa. PTR', ['NOERROR', 'authority in-addr.arpa. 60 NS a.root.']],
    ['example.net. A CH', ['REFUSED']],
    ['example.net. A HS', ['REFUSED']],
    [
      'a.b.other.net. DS',
      ['NOERROR', 'authority other.net. 60 NS ns.other.net.', 'additional ns.other.net. 60 A 192.0.2.4'],
    ],
  ])('%s', (question, lines) => {
    expect(told(zones, question)).toEqual(lines);
  });
});
