import { describe, expect, test } from 'vitest';
import { zoneToDnscontrol } from '../../lib/zone/formats/dnscontrol.ts';
import { cleanZone, recordLines, vectorZone } from './zones.ts';

function written(text: string): { js: string; lost: string[] } {
  const zone = cleanZone('example.net.', text);
  const lost: string[] = [];
  const lines = recordLines(zone);
  return { js: zoneToDnscontrol(zone, (record, why) => lost.push(`${lines[record]}: ${why}`)), lost };
}

/** Runs a dnsconfig.js whose functions give back how they were called. */
function calls(js: string): unknown[] {
  const found: unknown[] = [];
  const functions = [...new Set(js.match(/\b[A-Za-z_]+(?=\()/g))];
  const scope: Record<string, unknown> = { CAA_CRITICAL: 'CAA_CRITICAL', END: 'END' };
  for (const name of functions) scope[name] = (...given: unknown[]) => [name, ...given];
  scope.D = (...given: unknown[]) => found.push(...given);
  new Function(...Object.keys(scope), js)(...Object.values(scope));
  return found;
}

describe('a zone for dnscontrol', () => {
  test('is one call of D()', () => {
    const { js, lost } = written(`$TTL 300
@ NS ns1.example.org.
@ MX 10 mx1
mx1 60 A 192.0.2.10
_smtp-tls._tcp SRV 0 0 842 mx1
_25._tcp.mx1 TLSA 3 1 1 abcd
@ CAA 128 issue "ca.example; x=1"
s._domainkey TXT "v=DKIM1; p=\\"a\\\\b\\""
sub NS ns.sub
`);
    expect(lost).toEqual([]);
    expect(js).toBe(`var REG_CHANGEME = NewRegistrar("none");
var DSP_CHANGEME = NewDnsProvider("bind");

D("example.net", REG_CHANGEME,
  DnsProvider(DSP_CHANGEME),
  DefaultTTL(300),
  NAMESERVER("ns1.example.org."),
  MX("@", 10, "mx1.example.net."),
  CAA("@", "issue", "ca.example; x=1", CAA_CRITICAL),
  TXT("s._domainkey", "v=DKIM1; p=\\"a\\\\b\\""),
  SRV("_smtp-tls._tcp", 0, 0, 842, "mx1.example.net."),
  A("mx1", "192.0.2.10", TTL(60)),
  TLSA("_25._tcp.mx1", 3, 1, 1, "abcd"),
  NS("sub", "ns.sub.example.net."),
END);
`);
  });

  test('is JavaScript whatever the zone holds, and every record is held or lost', () => {
    const zone = vectorZone();
    const lost = new Set<number>();
    const js = zoneToDnscontrol(zone, (record) => lost.add(record));
    const soa = recordLines(zone).filter((line) => line.split(' ')[3] === 'SOA').length;
    const recut = [...lost].filter((record) =>
      /^v\d+\.example\.net\. 60 1 TXT "/.test(recordLines(zone)[record] ?? ''),
    );
    const held = calls(js).length - ['name', 'registrar', 'DnsProvider', 'DefaultTTL', 'END'].length;
    expect(held).toBeGreaterThanOrEqual(zone.count - lost.size);
    expect(held).toBeLessThanOrEqual(zone.count - lost.size + soa + recut.length);
    expect(held).toBeGreaterThan(30);
  });

  test.each([
    ['@ 60 SOA a b 1 2 3 4 5', 'dnscontrol counts the serial itself'],
    ['@ 60 CLIENTMX 10 out', 'dnscontrol has no type TYPE265, or it is not written here'],
    ['a\\.b 60 A 192.0.2.1', 'dnscontrol has no such names as this owner'],
    ['@ 60 MX 10 a\\.b', 'dnscontrol does not take a\\.b.example.net. as a target'],
    ['@ 60 CAA 1 issue x', 'dnscontrol has the CAA flags 0 and 128 only'],
    ['@ 60 CAA 0 issuemail x', 'dnscontrol has no CAA tag issuemail'],
    ['@ 60 TXT a b', 'its strings become one text, which is cut anew every 255 octets'],
  ])('%s is lost, or a part of it', (line, why) => {
    expect(written(`${line}\n`).lost).toEqual([expect.stringContaining(why)]);
  });

  test('has the TTL of its name servers apart, and the null MX', () => {
    const { js } = written('$TTL 60\n@ 70 NS a\n@ MX 0 .\nb A 192.0.2.1\n');
    expect(js).toContain('  NAMESERVER_TTL(70),\n  NAMESERVER("a.example.net."),\n  MX("@", 0, "."),\n');
  });
});
