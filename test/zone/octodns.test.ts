import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { zoneToOctodns } from '../../lib/zone/formats/octodns.ts';
import { cleanZone, recordLines, vectorZone } from './zones.ts';

function written(text: string): { yaml: string; lost: string[] } {
  const zone = cleanZone('example.net.', text);
  const lost: string[] = [];
  const lines = recordLines(zone);
  return { yaml: zoneToOctodns(zone, (record, why) => lost.push(`${lines[record]}: ${why}`)), lost };
}

describe('a zone for octoDNS', () => {
  test('has owners in natural order and the members of each value by name', () => {
    const { yaml, lost } = written(`$TTL 300
@ NS ns1.example.org.
@ MX 10 mx1
@ MX 20 mx2.example.org.
Mx10 A 192.0.2.10
mx9 AAAA 2001:db8::9
_smtp-tls._tcp SRV 0 0 842 mx1
_25._tcp.mx1 TLSA 3 1 1 abcd
@ CAA 0 issue "ca.example; x=1"
s._domainkey TXT "v=DKIM1; p=abc"
* CNAME www
sub DS 1 13 2 ${'ab'.repeat(32)}
k SSHFP 4 2 ${'cd'.repeat(32)}
p PTR @
`);
    expect(lost).toEqual([]);
    expect(yaml).toBe(`---
# example.net.
"":
- ttl: 300
  type: NS
  values:
  - "ns1.example.org."
- ttl: 300
  type: MX
  values:
  - {exchange: "mx1.example.net.", preference: 10}
  - {exchange: "mx2.example.org.", preference: 20}
- ttl: 300
  type: CAA
  values:
  - {flags: 0, tag: "issue", value: "ca.example; x=1"}
"*":
- ttl: 300
  type: CNAME
  value: "www.example.net."
"_25._tcp.mx1":
- ttl: 300
  type: TLSA
  values:
  - {certificate_association_data: "abcd", certificate_usage: 3, matching_type: 1, selector: 1}
"_smtp-tls._tcp":
- ttl: 300
  type: SRV
  values:
  - {port: 842, priority: 0, target: "mx1.example.net.", weight: 0}
"k":
- ttl: 300
  type: SSHFP
  values:
  - {algorithm: 4, fingerprint: "${'cd'.repeat(32)}", fingerprint_type: 2}
"mx9":
- ttl: 300
  type: AAAA
  values:
  - "2001:db8::9"
"mx10":
- ttl: 300
  type: A
  values:
  - "192.0.2.10"
"p":
- ttl: 300
  type: PTR
  values:
  - "example.net."
"s._domainkey":
- ttl: 300
  type: TXT
  values:
  - "v=DKIM1\\\\; p=abc"
"sub":
- ttl: 300
  type: DS
  values:
  - {algorithm: 13, digest: "${'ab'.repeat(32)}", digest_type: 2, key_tag: 1}
`);
    expect(parse(yaml)['s._domainkey'][0].values).toEqual(['v=DKIM1\\; p=abc']);
  });

  test('is YAML 1.1 with the keys of every map in order', () => {
    const zone = vectorZone();
    const yaml = zoneToOctodns(zone, () => {});
    const document = parseDocument(yaml, { version: '1.1', strict: true });
    expect(document.errors).toEqual([]);
    for (const list of Object.values(document.toJS() as Record<string, Record<string, unknown>[]>)) {
      for (const record of list) {
        const maps = [record, ...(Array.isArray(record.values) ? record.values : [])];
        for (const map of maps) {
          if (typeof map === 'object') expect(Object.keys(map)).toEqual(Object.keys(map).sort());
        }
      }
    }
  });

  test.each([
    ['@ 60 SOA a b 1 2 3 4 5', 'octoDNS leaves the SOA to the name servers'],
    ['@ 60 CLIENTMX 10 out', 'octoDNS has no type TYPE265, or its values are not written here'],
    ['a\\.b 60 A 192.0.2.1', 'octoDNS has no such names as this owner'],
    ['x.example.org. 60 A 192.0.2.1', 'it lies outside the zone, where octoDNS puts no records'],
    ['@ 60 MX 10 a\\.b', 'octoDNS does not take a\\.b.example.net. as the target of MX'],
    ['@ 60 CNAME .', 'octoDNS does not take . as the target of CNAME'],
    ['@ 60 TXT "a\\\\b"', 'octoDNS leaves open what a backslash in a text means'],
    ['@ 60 TXT "\\"x\\""', 'octoDNS takes quotes in a text for its own'],
    ['@ 60 TXT "\\255"', 'its octets are no text'],
    ['@ 60 TXT "\\195\\169"', 'its text is not all ASCII'],
    ['@ 60 TXT ""', 'its text is empty'],
    ['@ 60 TXT a b', 'its strings become one text, which is cut anew every 255 octets'],
    ['@ 60 TLSA 255 1 1 ab', 'octoDNS knows the usages 0 to 3, selectors 0 and 1 and matching types 0 to 2 only'],
  ])('%s is lost, or a part of it', (line, why) => {
    expect(written(`${line}\n`).lost.map((each) => each.slice(each.indexOf(': ', each.indexOf(' ')) + 2))).toEqual([
      expect.stringContaining(why),
    ]);
  });

  test('has one TTL an RRset and one CNAME a name', () => {
    expect(written('a 60 A 192.0.2.1\na 70 A 192.0.2.2\n').lost).toEqual([
      'a.example.net. 70 1 A 192.0.2.2: octoDNS has one TTL for its RRset, 60',
    ]);
    const { yaml, lost } = written('a 60 CNAME b\na 60 CNAME c\n');
    expect(parse(yaml).a[0].value).toBe('b.example.net.');
    expect(lost).toEqual(['a.example.net. 60 1 CNAME c.example.net.: octoDNS has one CNAME at a name']);
  });

  test('may be empty', () => {
    expect(parse(written('').yaml)).toEqual({});
  });
});
