import { describe, expect, test } from 'vitest';
import { rule } from '../../../lib/lint/rules/dns-core/core-serial-not-raised.ts';
import { lintExample } from '../example.ts';

const zone = (serial: string, rest: string): string =>
  `$TTL 3600\n@ SOA ns.example.com. hostmaster.example.com. ${serial} 7200 3600 1209600 3600\n${rest}`;
const WEB = 'www A 192.0.2.10\nwww A 192.0.2.11\n';
const found = (now: string, before?: string): string[] =>
  lintExample({ whole: true, zone: now, ...(before === undefined ? {} : { before }) }, [
    { rule, severity: 'error' },
  ]).map(({ args, fixes }) => `${rule.say(args)} [${fixes.flatMap(({ edits }) => edits.map(({ text }) => text))}]`);

describe('core-serial-not-raised', () => {
  test.each<[about: string, now: string, before: string | undefined]>([
    ['there is no past', zone('5', WEB), undefined],
    ['nothing changed', zone('5', WEB), zone('5', WEB)],
    ['only comments and order changed', zone('5', '; web\nwww A 192.0.2.11\nWWW A 192.0.2.10\n'), zone('5', WEB)],
    ['a record is no longer written twice', zone('5', WEB), zone('5', WEB + WEB)],
    ['only signatures changed', zone('5', `${WEB}www NSEC x A\n`), zone('5', `${WEB}www NSEC y A\n`)],
    ['the serial is the next one', zone('6', ''), zone('5', WEB)],
    ['the serial went round', zone('1', ''), zone('4294967295', WEB)],
    ['a record cannot be read', zone('5', 'www A 192.0.2\n'), zone('5', WEB)],
    ['a record could not be read', zone('5', WEB), zone('5', 'www A 192.0.2\n')],
    ['there was no SOA', zone('5', WEB), WEB],
    ['there is no SOA', WEB, zone('5', WEB)],
  ])('is silent when %s', (_, now, before) => expect(found(now, before)).toEqual([]));

  test.each<[about: string, now: string, before: string, sentence: string]>([
    [
      'a record is gone',
      zone('5', ''),
      zone('5', WEB),
      'records changed, but the serial is still 5; expected a higher one such as 6 [6]',
    ],
    [
      'a TTL changed',
      zone('5', 'w 60 A 192.0.2.1\n'),
      zone('5', 'w 61 A 192.0.2.1\n'),
      'records changed, but the serial is still 5; expected a higher one such as 6 [6]',
    ],
    [
      'the serial went back',
      zone('4', ''),
      zone('5', WEB),
      'records changed, but the serial went from 5 back to 4; expected a higher one such as 6 [6]',
    ],
    [
      'the serial went half round',
      zone('2147483653', ''),
      zone('5', WEB),
      'records changed, but the serial went from 5 back to 2147483653; expected a higher one such as 6 [6]',
    ],
    [
      'a timer of the SOA changed',
      zone('2026112001', '').replace('7200', '7201'),
      zone('2026112001', ''),
      'records changed, but the serial is still 2026112001; expected a higher one such as 2026112100 [2026112100]',
    ],
  ])('speaks when %s', (_, now, before, sentence) => expect(found(now, before)).toEqual([sentence]));

  test('has no fix for a serial without a word of its own', () => {
    const generic = '@ 60 SOA \\# 22 00 00 00000001 00000002 00000003 00000004 00000005\n';
    expect(found(generic, `${generic}w 60 TXT a\n`)).toEqual([
      'records changed, but the serial is still 1; expected a higher one such as 2 []',
    ]);
  });
});
