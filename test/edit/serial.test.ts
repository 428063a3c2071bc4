import { describe, expect, test } from 'vitest';
import { serialChange, serialOf } from '../../lib/edit/serial.ts';
import { applyEdits } from '../../lib/text/edits.ts';
import { readZone } from '../../lib/zone/read.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { wire, zoneOf } from '../zone/zones.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The text of a zone after its serial was raised against `before`. */
function raised(text: string, before: string): string {
  const change = serialChange(zoneOf('example.net.', text), zoneOf('example.net.', before), NOW);
  return change === undefined ? 'unchanged' : decode(applyEdits(change.file.bytes, [change.edit]));
}

const soa = (serial: string): string => `@ 3600 SOA ns hostmaster ( ${serial} ; serial\r\n 2h 1h 2w 1h )\r\n`;

describe('raising the serial', () => {
  test.each([
    ['a date', '2026112001', '2026112100'],
    ['a counter', '41', '42'],
    ['seconds', '1763683200', `${NOW / 1000}`],
    ['the end of the circle', '4294967295', '1'],
    ['leading zeros', '0041', '42'],
  ])('of %s edits nothing but its word', (_, from, to) => {
    expect(raised(soa(from), soa(from))).toBe(soa(to));
  });

  test('leaves alone one that was raised already', () => {
    expect(raised(soa('42'), soa('41'))).toBe('unchanged');
    expect(raised(soa('1'), soa('4294967295'))).toBe('unchanged');
  });

  test('goes beyond the one before when the own is lower', () => {
    expect(raised(soa('40'), soa('45'))).toBe(soa('46'));
  });

  test.each([
    ['no SOA', 'w 60 A 192.0.2.1\n', soa('1')],
    ['no SOA before', soa('1'), 'w 60 A 192.0.2.1\n'],
    ['a SOA of another name', `w 60 SOA a b 1 2 3 4 5\n`, soa('1')],
    ['generic RDATA', `@ 60 SOA \\# 22 00 00 00000001 00000002 00000003 00000004 00000005\n`, soa('1')],
    ['an escape in it', soa('\\049'), soa('1')],
  ])('does nothing for %s', (_, text, before) => expect(raised(text, before)).toBe('unchanged'));

  test('edits the file in which the SOA stands', () => {
    const zone = (serial: string): Zone =>
      readZone({
        name: 'main.zone',
        bytes: new TextEncoder().encode('$TTL 60\n$INCLUDE soa.inc\n@ NS ns\n'),
        origin: wire('example.net.'),
        readInclude: () => ({ name: 'soa.inc', bytes: new TextEncoder().encode(soa(serial)) }),
      });
    const change = serialChange(zone('7'), zone('7'), NOW);
    expect(change).toMatchObject({ from: 7, to: 8, file: { name: 'soa.inc' } });
    expect(serialOf(zone('7'))).toBe(7);
  });
});
