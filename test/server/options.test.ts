import { describe, expect, test } from 'vitest';
import type { ServerOptions } from '../../lib/server/exchange.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { cleanZone } from '../zone/zones.ts';
import { served, told } from './dialogue.ts';

const zones = served({
  'example.net.': `$TTL 60
@ SOA ns host 1 7200 3600 1209600 30
@ NS ns
@ MX 10 mx
@ TYPE265 \\# 18 000a026d78076578616d706c65036e657400
ns A 192.0.2.1
mx A 192.0.2.2
MixedCase TXT "a"
away CNAME www.example.org.
`,
  'example.org.': `$TTL 60
@ SOA ns host 1 7200 3600 1209600 30
@ NS ns
www A 192.0.2.3
`,
});

const MX = 'answer example.net. 60 MX 10 mx.example.net.';
const NS = 'authority example.net. 60 NS ns.example.net.';
const CLIENT_MX = 'answer example.net. 60 TYPE265 \\# 18 000a026d78076578616d706c65036e657400';

describe('options', () => {
  test.each<[string, ServerOptions, string[]]>([
    ['example.net. MX', { additional: false }, ['NOERROR aa', MX]],
    [
      'example.net. MX',
      { authorityNs: true },
      ['NOERROR aa', MX, NS, 'additional mx.example.net. 60 A 192.0.2.2', 'additional ns.example.net. 60 A 192.0.2.1'],
    ],
    ['example.net. TYPE265', {}, ['NOERROR aa', CLIENT_MX]],
    [
      'example.net. TYPE265',
      { clientMxAdditional: true },
      ['NOERROR aa', CLIENT_MX, 'additional mx.example.net. 60 A 192.0.2.2'],
    ],
    ['mixedcase.example.net. TXT', { ownerCase: 'zone' }, ['NOERROR aa', 'answer MixedCase.example.net. 60 TXT "a"']],
    ['mixedcase.example.net. TXT', {}, ['NOERROR aa', 'answer mixedcase.example.net. 60 TXT "a"']],
    ['mx.example.net. ANY +tcp', { any: 'hinfo' }, ['NOERROR aa', 'answer mx.example.net. 60 HINFO "RFC8482" ""']],
    ['mx.example.net. ANY', { any: 'all' }, ['NOERROR aa', 'answer mx.example.net. 60 A 192.0.2.2']],
    [
      'away.example.net. A',
      { followAcrossZones: false },
      ['NOERROR aa', 'answer away.example.net. 60 CNAME www.example.org.'],
    ],
  ])('%s with %o', (words, options, lines) => {
    expect(told(zones, words, options)).toEqual(lines);
  });

  test('many hosts have their addresses added once each', () => {
    const hosts = Array.from({ length: 30 }, (_, index) => `h${index}`);
    const text = [
      '@ 60 SOA ns host 1 2 3 4 5',
      ...hosts.flatMap((host, index) => [`@ 60 MX ${index} ${host}`, `@ 60 MX ${index + 100} ${host}`]),
      ...hosts.map((host, index) => `${host} 60 A 192.0.2.${index}`),
    ].join('\n');
    const lines = told(served({ 'example.net.': `${text}\n` }), 'example.net. MX +tcp');
    expect(lines.filter((line) => line.startsWith('answer'))).toHaveLength(60);
    expect(lines.filter((line) => line.startsWith('additional'))).toEqual(
      hosts.map((host, index) => `additional ${host}.example.net. 60 A 192.0.2.${index}`),
    );
  });

  test('RDATA that its type does not allow is SERVFAIL, the rest of the zone is answered', () => {
    const zone = cleanZone('example.org.', '@ 60 SOA ns host 1 2 3 4 5\n@ 60 MX 10 mx\n');
    // No reader lets this in: a label of 200 octets.
    zone.rdata[(zone.rdataStarts[1] ?? 0) + 2] = 200;
    const broken = new ServedZones([new ZoneTree(zone)]);
    expect(told(broken, 'example.org. MX')).toEqual(['SERVFAIL']);
    expect(told(broken, 'example.org. SOA')[0]).toBe('NOERROR aa');
  });
});
