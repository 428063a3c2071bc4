import { describe, expect, test } from 'vitest';
import type { DnsAnswer } from '../../lib/mail/dns.ts';
import { MOST_ALIASES, zoneLookup } from '../../lib/mail/zone-lookup.ts';
import { printRdata } from '../../lib/rr/codec.ts';
import { typeFromText } from '../../lib/rr/types.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { zoneOf } from '../zone/zones.ts';

const chain = Array.from({ length: 12 }, (_, index) => `c${index} CNAME c${index + 1}\n`).join('');

const zones: Readonly<Record<string, string>> = {
  'example.net': `$TTL 600
@ SOA ns1 hostmaster 1 2 3 4 300
@ NS ns1
@ MX 10 mx1
mx1 60 A 192.0.2.1
alias 30 CNAME mx1
abroad CNAME host.example.org.
lost CNAME host.example.com.
dangling CNAME nothing
d DNAME example.org.
e DNAME ${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(60)}.example.net.
loop1 CNAME loop2
loop2 CNAME loop1
*.wild MX 5 mx1
given NS ns.given
ns.given A 192.0.2.3
away NS ns1
${chain}c12 A 192.0.2.12
@ TXT "top"
@ 50 TXT "top"
`,
  'given.example.net': '@ SOA a b 1 2 3 4 5\nwww A 192.0.2.4\n',
  'example.org':
    '$TTL 900\n@ SOA a b 1 2 3 4 5\n@ DNSKEY 257 3 13 AAAA\nhost A 192.0.2.2\nback CNAME mx1.example.net.\n',
};

const lookup = zoneLookup(Object.entries(zones).map(([origin, text]) => new ZoneTree(zoneOf(`${origin}.`, text))));

describe('zones as DNS', () => {
  test.each([
    ['example.net MX', 'records 10 mx1.example.net. ttl 600 insecure'],
    ['MX1.EXAMPLE.NET A', 'records 192.0.2.1 ttl 60 insecure'],
    ['example.net TXT', 'records "top" | "top" ttl 50 insecure'],
    ['alias.example.net A', 'records 192.0.2.1 ttl 30 insecure at mx1.example.net via CNAME alias.example.net'],
    ['host.example.org A', 'records 192.0.2.2 ttl 900 secure'],
    ['abroad.example.net A', 'records 192.0.2.2 ttl 600 insecure at host.example.org via CNAME abroad.example.net'],
    ['back.example.org A', 'records 192.0.2.1 ttl 60 insecure at mx1.example.net via CNAME back.example.org'],
    ['host.d.example.net A', 'records 192.0.2.2 ttl 600 insecure at host.example.org via DNAME d.example.net'],
    ['a.b.wild.example.net MX', 'records 5 mx1.example.net. ttl 600 insecure'],
    ['a.wild.example.net A', 'nodata 600/300 insecure'],
    ['mx1.example.net AAAA', 'nodata 600/300 insecure'],
    ['none.example.net A', 'nxdomain 600/300 insecure'],
    ['none.example.org A', 'nxdomain 900/5 secure'],
    ['dangling.example.net A', 'nxdomain 600/300 insecure at nothing.example.net via CNAME dangling.example.net'],
    ['www.given.example.net A', 'records 192.0.2.4 ttl 5 insecure'],
    ['ns.given.example.net A', 'nxdomain 5/5 insecure'],
    ['given.example.net DS', 'nodata 600/300 insecure'],
    ['www.away.example.net A', 'failure outside'],
    ['example.com A', 'failure outside'],
    ['net NS', 'failure outside'],
    ['lost.example.net A', 'failure outside'],
    ['loop1.example.net A', 'failure alias-loop'],
    ['c0.example.net A', 'failure alias-loop'],
    [`${'y'.repeat(60)}.e.example.net A`, 'failure server-failure'],
    [' A', 'failure malformed'],
    [`${'y'.repeat(64)}.example.net A`, 'failure malformed'],
    ['a b A', 'failure malformed'],
  ])('%s: %s', async (question, said) => {
    const at = question.lastIndexOf(' ');
    const name = question.slice(0, at).toLowerCase();
    const answer = await lookup.ask({ name, type: typeFromText(question.slice(at + 1)) ?? -1 });
    expect(say(answer)).toBe(said);
    expect(answer.question.name).toBe(name);
  });

  test(`${MOST_ALIASES} aliases in a row are followed`, async () => {
    const first = `c${12 - MOST_ALIASES}.example.net`;
    expect(await lookup.ask({ name: first, type: 1 })).toMatchObject({ kind: 'records', canonical: 'c12.example.net' });
    const before = `c${11 - MOST_ALIASES}.example.net`;
    expect(await lookup.ask({ name: before, type: 1 })).toMatchObject({ kind: 'failure', reason: 'alias-loop' });
  });

  test('a failure says whose zone is missing', async () => {
    const answer = await lookup.ask({ name: 'www.away.example.net', type: 1 });
    expect(answer).toMatchObject({
      detail:
        'www.away.example.net lies in away.example.net, which is delegated; give its zone too (asked for www.away.example.net A)',
    });
  });

  test('a zone without a SOA says nothing about how long absence holds', async () => {
    const bare = zoneLookup([new ZoneTree(zoneOf('example.net.', 'a A 192.0.2.1\n'))]);
    expect(await bare.ask({ name: 'b.example.net', type: 1 })).not.toHaveProperty('times');
  });
});

function say(answer: DnsAnswer): string {
  if (answer.kind === 'failure') return `failure ${answer.reason}`;
  const via = answer.aliases.map(({ type, owner }) => ` via ${type} ${owner}`).join('');
  const end = `${answer.security}${via === '' ? '' : ` at ${answer.canonical}${via}`}`;
  if (answer.kind !== 'records') return `${answer.kind} ${answer.times?.soaTtl}/${answer.times?.soaMinimum} ${end}`;
  const data = answer.rdata.map((rdata) => printRdata(answer.question.type, rdata)).join(' | ');
  return `records ${data} ttl ${answer.ttl} ${end}`;
}
