import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  a,
  aaaa,
  type Built,
  build,
  caa,
  clientMx,
  cname,
  mx,
  ns,
  ptr,
  record,
  recordOfFields,
  srv,
  tlsa,
  txt,
} from '../../lib/edit/builders.ts';
import { printRdata, rdataToJson } from '../../lib/rr/codec.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { typeToText } from '../../lib/rr/types.ts';
import { OWN_FORMS, rdataArbitrary } from '../rr/arbitrary.ts';
import { ORIGIN } from './written-zones.ts';

const say = (built: Built): string =>
  'problem' in built
    ? built.problem
    : `${typeToText(built.type)} ${printRdata(built.type, built.rdata, { native: true })}`;

describe('builders', () => {
  test.each<[string, Built, string]>([
    ['MX', mx({ preference: 10, exchange: 'mail' }, ORIGIN), 'MX 10 mail.example.net.'],
    ['Client MX', clientMx({ preference: 0, exchange: '.' }), 'TYPE265 0 .'],
    ['SRV', srv({ priority: 0, weight: 1, port: 842, target: 'mx.example.org.' }), 'SRV 0 1 842 mx.example.org.'],
    ['A', a('192.0.2.1'), 'A 192.0.2.1'],
    ['AAAA', aaaa('2001:DB8::1'), 'AAAA 2001:db8::1'],
    ['CNAME', cname('@', ORIGIN), 'CNAME example.net.'],
    ['NS', ns('ns.example.org.'), 'NS ns.example.org.'],
    ['PTR', ptr('w', ORIGIN), 'PTR w.example.net.'],
    ['CAA', caa({ critical: true, tag: 'issue', value: 'ca.example' }), 'CAA 128 issue "ca.example"'],
    ['TLSA', tlsa({ usage: 3, selector: 1, matching: 0, data: Uint8Array.of(1, 255) }), 'TLSA 3 1 0 01ff'],
    ['TXT', txt(['a', { hex: 'ff' }]), 'TXT "a" "\\255"'],
    ['a type with an optional field', build('ISDN', { isdnAddress: '1' }), 'ISDN "1"'],
  ])('make %s data', (_, built, text) => expect(say(built)).toBe(text));

  test.each<[string, Built, string]>([
    ['a number out of range', mx({ preference: 65536, exchange: '.' }), '/preference: expected'],
    ['a relative name without origin', cname('w'), '/cname: expected'],
    ['an address for a host', mx({ preference: 1, exchange: '192.0.2.1' }, ORIGIN), '/exchange: expected a host name'],
    ['no address', a('192.0.2.256'), '/address: expected'],
    [
      'a digest of another length',
      tlsa({ usage: 3, selector: 1, matching: 1, data: '00' }),
      '/data: expected a digest of 32',
    ],
    ['no tag', caa({ tag: 'a b', value: '' }), '/tag: expected'],
    ['a long string', txt(['x'.repeat(256)]), '/strings/0: expected'],
    ['more than a record holds', txt('x'.repeat(70_000)), 'expected at most 65535 octets'],
  ])('say what is wrong with %s', (_, built, text) => expect(say(built)).toContain(text));

  test('know the fields of each type when they are compiled', () => {
    // @ts-expect-error: a preference is a number
    expect(say(build('MX', { preference: '10', exchange: '.' }))).toContain('/preference');
    // @ts-expect-error: SRV has a port
    expect(say(build('SRV', { priority: 1, weight: 1, target: '.' }))).toContain('/port: missing');
  });

  test('cut long text at characters', () => {
    const built = txt(`${'x'.repeat(254)}é`);
    expect('rdata' in built && rdataToJson(built.type, built.rdata)).toEqual({ strings: ['x'.repeat(254), 'é'] });
  });

  test('make records', () => {
    const made = record('w', 60, 'A', { address: '192.0.2.1' }, ORIGIN);
    expect('owner' in made && [nameToText(made.owner), made.ttl, made.type]).toEqual(['w.example.net.', 60, 1]);
    expect(record('a..b', 60, 'A', { address: '192.0.2.1' }, ORIGIN)).toEqual({
      problem: expect.stringContaining('/owner:'),
    });
    expect(record('w', -1, 'A', { address: '192.0.2.1' }, ORIGIN)).toEqual({
      problem: expect.stringContaining('/ttl:'),
    });
    expect(recordOfFields('w', 1, 'MXX', {}, ORIGIN)).toEqual({ problem: 'unknown RR type "MXX"; did you mean MX?' });
    expect(recordOfFields('w', 1, 'ANY', {}, ORIGIN)).toEqual({
      problem: expect.stringContaining('cannot be zone data'),
    });
    expect(recordOfFields('w', 1, 'MX', { preference: 1 }, ORIGIN)).toEqual({
      problem: expect.stringContaining('/exchange: missing'),
    });
  });

  test('make every type from the fields that its data has', () => {
    for (const row of OWN_FORMS.filter(({ meta }) => meta === undefined)) {
      fc.assert(
        fc.property(rdataArbitrary(row), (rdata) => {
          const fields = rdataToJson(row.number, rdata);
          const made = recordOfFields('w', undefined, row.mnemonic, fields, ORIGIN);
          // A host name of digits and dots is taken for an address.
          if ('problem' in made) expect(made.problem).toContain('the address');
          else expect(Buffer.from(made.rdata).toString('hex')).toBe(Buffer.from(rdata).toString('hex'));
        }),
        { numRuns: 10 },
      );
    }
  });
});
