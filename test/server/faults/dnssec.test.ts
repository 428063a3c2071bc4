import { describe, expect, test } from 'vitest';
import { eachType } from '../../../lib/dnssec/bitmaps.ts';
import { readSignature, secondsUntil } from '../../../lib/dnssec/signatures.ts';
import { equalNames, nameLength, nameToText } from '../../../lib/rr/name.ts';
import { TYPE, typeToText } from '../../../lib/rr/types.ts';
import type { FaultAction } from '../../../lib/server/faults/fault.ts';
import { FAULT_PRESETS } from '../../../lib/server/faults/presets.ts';
import { ServedZone } from '../../../lib/server/served-zone.ts';
import { ServedZones } from '../../../lib/server/served-zones.ts';
import { ZoneSigner } from '../../../lib/server/zone-signer.ts';
import { type Message, type ResourceRecord, SECTIONS } from '../../../lib/wire/message.ts';
import { ZoneTree } from '../../../lib/zone/tree.ts';
import { testKey } from '../../dnssec/signer.ts';
import { verifies } from '../../dnssec/verifier.ts';
import { cleanZone } from '../../zone/zones.ts';
import { asked, exchange, messageOf } from '../dialogue.ts';
import { faultedMessage, faultSet } from './acting.ts';

const TEXT = `$TTL 3600
@ SOA ns1 host 7 7200 1800 1209600 600
@ NS ns1
@ MX 10 www
ns1 A 192.0.2.1
www A 192.0.2.80
www A 192.0.2.81
*.wild TXT "x"
sub NS ns.sub
ns.sub A 192.0.2.53
`;

const KEY = testKey(1);
const now = exchange().now;

function zonesOf(nsec3: boolean): { readonly own: ServedZones; readonly foreign: ServedZones } {
  const signer = new ZoneSigner({ keys: [KEY], now: () => now, ...(nsec3 && { nsec3: {} }) });
  const own = signer.prepare(new ServedZone(new ZoneTree(cleanZone('example.net.', TEXT))));
  // The same without the key.
  return { own: new ServedZones([own]), foreign: new ServedZones([own.tree]) };
}

const NSEC = zonesOf(false);
const NSEC3 = zonesOf(true);

type Break = NonNullable<FaultAction['dnssec']>;

/** What a break makes of the answer to a query in words. */
function broken(dnssec: Break, words: string, zones: ServedZones): Message {
  const { message, transport } = asked(words);
  const faults = faultSet([{ id: 'f', action: { dnssec } }]);
  return messageOf(faultedMessage(faults, message, exchange(transport), zones)?.bytes);
}

/** Signatures of an answer: how long they hold, and whether their octets are those of the key over the records. */
function signatures(message: Message): { readonly from: number; readonly to: number; readonly right: boolean }[] {
  return SECTIONS.flatMap((section) => {
    const records = message[section];
    return records
      .filter(({ type }) => type === TYPE.RRSIG)
      .map(({ name, rdata }) => {
        const { inception, expiration, typeCovered: type } = readSignature(rdata);
        const rdatas = records
          .filter((each) => each.type === type && equalNames(each.name, name))
          .map((each) => each.rdata);
        const right = verifies({ owner: name, type, rdatas, signature: rdata }, [KEY.dnskey]);
        return { from: secondsUntil(inception, now), to: secondsUntil(expiration, now), right };
      });
  });
}

const DAY = 86_400;
const QUERIES = ['www.example.net. A +do +tcp', 'none.example.net. A +do +tcp', 'a.wild.example.net. TXT +do +tcp'];

describe.each(QUERIES)('%s', (words) => {
  test.each<readonly [Break, number, number, own: boolean]>([
    ['expired', -21 * DAY, -7 * DAY, true],
    ['not-yet-valid', 7 * DAY, 21 * DAY, true],
    ['wrong-key', -3600, 14 * DAY, false],
    ['corrupt', -3600, 14 * DAY, false],
  ])('%s', (how, from, to, right) => {
    const own = signatures(broken(how, words, NSEC.own));
    expect(own.length).toBeGreaterThan(0);
    expect(new Set(own.map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify({ from, to, right })]));
    // Without the key nothing can be signed again.
    const foreign = signatures(broken(how, words, NSEC.foreign));
    expect(new Set(foreign.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ from, to, right: false })]),
    );
  });

  test('missing-signature', () => {
    const message = broken('missing-signature', words, NSEC.own);
    expect(SECTIONS.flatMap((section) => message[section]).filter(({ type }) => type === TYPE.RRSIG)).toEqual([]);
  });
});

test('the key of strangers is another one with a signature of its own', () => {
  const message = broken('wrong-key', 'www.example.net. A +do', NSEC.own);
  const signature = message.answer.find(({ type }) => type === TYPE.RRSIG);
  const { keyTag, algorithm } = readSignature(signature?.rdata ?? new Uint8Array(0));
  expect(keyTag).not.toBe(KEY.tag);
  expect(algorithm).toBe(KEY.algorithm);
});

/** What is left of denials: types of authority records. */
function authority({ authority }: Message): string[] {
  return authority.map(({ type, rdata }) =>
    type === TYPE.RRSIG ? `RRSIG ${typeToText(readSignature(rdata).typeCovered)}` : typeToText(type),
  );
}

test.each([
  ['none.example.net. A +do', ['SOA', 'RRSIG SOA']],
  ['www.example.net. MX +do', ['SOA', 'RRSIG SOA']],
  ['a.wild.example.net. TXT +do', []],
  ['x.sub.example.net. A +do', ['NS']],
])('missing-denial: %s', (words, left) => {
  for (const { own, foreign } of [NSEC, NSEC3])
    for (const zones of [own, foreign]) expect(authority(broken('missing-denial', words, zones))).toEqual(left);
});

/** An NSEC record as text. */
function nsec({ name, rdata }: ResourceRecord): string {
  const end = nameLength(rdata, 0);
  const types: string[] = [];
  eachType(rdata, end, rdata.length, (type) => void types.push(typeToText(type)));
  return `${nameToText(name)} NSEC ${nameToText(rdata.subarray(0, end))} ${types.join(' ')}`;
}

test.each([
  ['www.example.net. MX +do', ['www.example.net. NSEC \\000.www.example.net. A MX RRSIG NSEC']],
  ['x.sub.example.net. A +do', ['sub.example.net. NSEC \\000.sub.example.net. A NS DS RRSIG NSEC']],
  ['a.wild.example.net. TXT +do', ['*.wild.example.net. NSEC \\000.*.wild.example.net. TXT RRSIG NSEC']],
])('wrong-denial: %s', (words, expected) => {
  const own = broken('wrong-denial', words, NSEC.own);
  expect(own.authority.filter(({ type }) => type === TYPE.NSEC).map(nsec)).toEqual(expected);
  expect(signatures(own).every(({ right }) => right)).toBe(true);
  expect(signatures(broken('wrong-denial', words, NSEC.foreign)).every(({ right }) => right)).toBe(false);
});

test('wrong-denial: hashes that deny nothing', () => {
  const message = broken('wrong-denial', 'none.example.net. A +do +tcp', NSEC3.own);
  const denials = message.authority.filter(({ type }) => type === TYPE.NSEC3);
  expect(denials.length).toBe(2);
  for (const { name, rdata } of denials) {
    const owner = Buffer.from(name.subarray(1, 33)).toString('latin1');
    const digits = (octets: Uint8Array): bigint => BigInt(`0x${Buffer.from(octets).toString('hex')}`);
    const hash = [...owner].reduce((sum, digit) => sum * 32n + BigInt(Number.parseInt(digit, 32)), 0n);
    expect(digits(rdata.subarray(6, 26))).toBe(hash + 1n);
  }
  expect(signatures(message).every(({ right }) => right)).toBe(true);
});

test('acts for those alone who understand DNSSEC', () => {
  const faults = faultSet([{ id: 'f', action: { dnssec: 'corrupt' } }]);
  for (const words of ['www.example.net. A', 'www.example.net. A +edns'])
    expect(faultedMessage(faults, asked(words).message, exchange(), NSEC.own)).toBeUndefined();
  expect(faults.list()).toMatchObject([{ matched: 0, hit: 0 }]);
});

test('answers without signatures stay as they are', () => {
  const plain = new ServedZones([new ZoneTree(cleanZone('example.net.', TEXT))]);
  expect(broken('expired', 'www.example.net. A +do', plain).answer.length).toBe(2);
});

test('each way is a preset too', () => {
  const ways = FAULT_PRESETS.flatMap(({ action }) => action.dnssec ?? []);
  expect(ways.sort()).toEqual(['corrupt', 'expired', 'missing-denial', 'not-yet-valid', 'wrong-denial', 'wrong-key']);
  const missing = FAULT_PRESETS.find(({ name }) => name === 'rrsig-missing');
  expect(missing?.action).toEqual({ records: { without: 'RRSIG' } });
});
