import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DiffOptions, diffZones } from '../../lib/edit/diff.ts';
import { nsupdateScript } from '../../lib/edit/diff-nsupdate.ts';
import { canonicalLines } from '../../lib/zone/canonical.ts';
import { cleanZone, vectorZone, zoneOf } from '../zone/zones.ts';
import { type RandomZone, randomZone } from './random-zones.ts';
import { missingTool, nsupdate, transfer, updatable } from './update-server.ts';

const ORIGIN = 'example.net';
const head = (serial: number, rest = ''): string =>
  `@ 60 SOA ns host ${serial} 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.53\n${rest}`;

/** The script between two zones; one that cannot be is its problems. */
function script(old: string, now: string, options?: DiffOptions): string {
  const made = nsupdateScript(diffZones(zoneOf(`${ORIGIN}.`, old), zoneOf(`${ORIGIN}.`, now), options));
  return 'problems' in made ? made.problems.join('\n') : [...made.chunks()].join('');
}

/** The commands of a script, without those that stand in all of them. */
function commands(text: string): string[] {
  return text.split('\n').filter((line) => /^(?:prereq|update|send|check)/u.test(line) && !line.includes(' SOA '));
}

const notes = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith(';'))
    .slice(3);

describe('scripts for nsupdate', () => {
  test.each<[string, string, string, string[]]>([
    [
      'an RRset comes',
      '',
      'a 60 A 192.0.2.1\n',
      ['prereq nxrrset a.example.net. IN A', 'update add a.example.net. 60 IN A 192.0.2.1'],
    ],
    [
      'an RRset goes',
      'a 60 A 192.0.2.1\n',
      '',
      ['prereq yxrrset a.example.net. IN A 192.0.2.1', 'update delete a.example.net. IN A'],
    ],
    [
      'a record of several',
      'a 60 A 192.0.2.1\na 60 A 192.0.2.2\n',
      'a 60 A 192.0.2.1\na 60 A 192.0.2.3\n',
      [
        'prereq yxrrset a.example.net. IN A 192.0.2.1',
        'prereq yxrrset a.example.net. IN A 192.0.2.2',
        'update delete a.example.net. IN A 192.0.2.2',
        'update add a.example.net. 60 IN A 192.0.2.3',
      ],
    ],
    [
      'a TTL',
      'a 60 TXT x\n',
      'a 70 TXT x\n',
      [
        'prereq yxrrset a.example.net. IN TXT "x"',
        'update delete a.example.net. IN TXT',
        'update add a.example.net. 70 IN TXT "x"',
      ],
    ],
    [
      'a CNAME in the place of others',
      'a 60 TXT x\n',
      'a 60 CNAME b\n',
      [
        'prereq yxrrset a.example.net. IN TXT "x"',
        'prereq nxrrset a.example.net. IN CNAME',
        'update delete a.example.net. IN TXT',
        'update add a.example.net. 60 IN CNAME b.example.net.',
      ],
    ],
    [
      'Client MX by its number',
      '',
      '@ 60 CLIENTMX 10 o.\n',
      ['prereq nxrrset example.net. IN TYPE265', 'update add example.net. 60 IN TYPE265 \\# 5 000a016f00'],
    ],
    [
      'names that nsupdate would hold back',
      '',
      'a_b 60 A 192.0.2.1\n',
      ['check-names no', 'prereq nxrrset a_b.example.net. IN A', 'update add a_b.example.net. 60 IN A 192.0.2.1'],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(commands(script(head(1, old), head(2, now)))).toEqual([...expected, 'send']);
  });

  test('nothing is held back that is written anew for its TTL', () => {
    expect(commands(script(head(1, 'a_b 60 A 192.0.2.1\n'), head(2, 'a_b 70 A 192.0.2.1\n')))).toContain(
      'check-names no',
    );
  });

  test('new name servers come before the old ones go, with their addresses', () => {
    const now = '@ 60 SOA ns host 2 2 3 4 5\n@ 60 NS other\nother 60 A 192.0.2.54\n';
    const lines = commands(script(head(1, 'a 60 TXT x\n'), now)).filter((line) => line.startsWith('update'));
    expect(lines).toEqual([
      'update add example.net. 60 IN NS other.example.net.',
      'update delete example.net. IN NS ns.example.net.',
      'update delete ns.example.net. IN A',
      'update add other.example.net. 60 IN A 192.0.2.54',
      'update delete a.example.net. IN TXT',
    ]);
  });

  test('the SOA is expected as it was and written last', () => {
    const lines = script(head(1), head(3, 'a 60 TXT x\n'))
      .split('\n')
      .filter((line) => line.includes(' SOA '));
    expect(lines).toEqual([
      'prereq yxrrset example.net. IN SOA ns.example.net. host.example.net. 1 2 3 4 5',
      'update add example.net. 60 IN SOA ns.example.net. host.example.net. 3 2 3 4 5',
    ]);
  });

  test.each<[string, string, string, DiffOptions, string]>([
    ['a serial that goes back', head(9), head(8, 'a 60 TXT x\n'), {}, 'raises its own'],
    ['no other serial', head(9), head(9, 'a 60 TXT x\n'), {}, 'raises its own'],
    ['another SOA with an older serial', head(9), head(8).replace(' 4 5', ' 4 6'), {}, 'written with 10'],
    [
      'another SOA, the serial ignored',
      head(9),
      head(11).replace(' 4 5', ' 4 6'),
      { ignoreSerial: true },
      'written with the serial 11',
    ],
    ['signatures', head(1), head(2, '@ 60 DNSKEY 256 3 13 AAAA\n'), {}, 'Left out: 1 RRset that signing makes'],
    ['strangers', head(1), head(2, 'a.example.org. 60 TXT x\n'), {}, '1 record of the new zone outside of it'],
  ])('tells of %s', (_, old, now, options, words) => {
    expect(notes(script(old, now, options)).join('\n')).toContain(words);
  });

  test('nothing to do is no message', () => {
    expect(commands(script(head(1), head(1)))).toEqual([]);
  });

  test.each<[string, string, string, string]>([
    ['no SOA before', 'a 60 TXT x\n', head(1), 'the old zone has not one SOA'],
    ['two SOA', head(1), `${head(1)}@ 60 SOA ns host 2 2 3 4 5\n`, 'the new zone has not one SOA'],
    ['no NS', head(1), '@ 60 SOA ns host 2 2 3 4 5\n', 'no NS at example.net.'],
    [
      'a CNAME with others',
      head(1),
      head(2, 'a 60 CNAME b\na 60 TXT x\n'),
      'a.example.net. has a CNAME and other records',
    ],
    ['two CNAME', head(1), head(2, 'a 60 CNAME b\na 60 CNAME c\n'), 'more than one CNAME'],
    ['what BIND ignores', head(1), head(2, 'a 60 MD b\n'), 'a.example.net. has MD'],
    ['a DS alone', head(1), head(2, `a 60 DS 1 13 2 ${'00'.repeat(32)}\n`), 'a.example.net. has a DS without NS'],
    ['a SOA below', head(1), head(2, 'a 60 SOA ns host 1 2 3 4 5\n'), 'is not its apex'],
    ['a record no message holds', head(1), head(2, `a 60 TYPE65280 \\# 65000 ${'00'.repeat(65000)}\n`), 'too large'],
  ])('refuses %s', (_, old, now, words) => {
    expect(script(old, now)).toContain(words);
  });
});

const missing = missingTool();
if (missing !== undefined) console.log(`${missing}: scripts are not sent to a real server`);

describe.skipIf(missing !== undefined)('a real nsupdate and a real BIND', { timeout: 60_000 }, () => {
  const canonical = (text: string): string[] => [...canonicalLines(cleanZone(`${ORIGIN}.`, text))];

  /** The first lines that only one of two zones has. */
  const apart = (a: string, b: string): string[] => {
    const [left, right] = [new Set(canonical(a)), new Set(canonical(b))];
    return [...left, ...right].filter((each) => !left.has(each) || !right.has(each)).slice(0, 6);
  };

  /** Loads the first zone and leads the server from each zone to the next. */
  async function walk(zones: readonly string[]): Promise<void> {
    const [first = '', ...others] = zones;
    await using server = await updatable(ORIGIN, `${canonical(first).join('\n')}\n`);
    expect(apart(transfer(server, ORIGIN), first)).toEqual([]);
    let old = first;
    for (const now of others) {
      const text = script(old, now);
      expect(nsupdate(server, text)).toEqual({ code: 0, said: '' });
      expect(apart(transfer(server, ORIGIN), now)).toEqual([]);
      old = now;
    }
  }

  test('make the new zone of the old one, over random zones', async () => {
    const zones = fc.sample(fc.array(randomZone, { minLength: 40, maxLength: 40 }), {
      numRuns: 1,
      seed: 5,
    })[0] as RandomZone[];
    await walk(zones.map((zone, index) => zone.text(index * 3 + 1)));
  });

  test('write records of every type', async () => {
    const types = new Map<string, string[]>();
    for (const line of canonicalLines(vectorZone())) {
      const type = line.split(' ')[3] ?? '';
      types.set(type, [...(types.get(type) ?? []), line]);
    }
    const zones = [head(1)];
    for (const lines of types.values()) {
      const now = head(zones.length + 1, `${lines.join('\n')}\n`);
      if (script(head(1), now).startsWith('; DNS UPDATE')) zones.push(now);
    }
    expect(types.size - zones.length).toBeLessThan(5);
    await walk(zones.filter((zone) => !/ (?:RRSIG|NSEC3?|NSEC3PARAM|DNSKEY|CDS|CDNSKEY|ZONEMD|SIG|NXT) /u.test(zone)));
  });

  test('in many messages', async () => {
    const hosts = (count: number, from: number): string =>
      Array.from(
        { length: count },
        (_, index) => `h${index} 60 TXT "${String(from + (index % 7)).padStart(100, 'x')}"\n`,
      ).join('');
    const large = `big 60 TXT ${`"${'y'.repeat(255)}" `.repeat(170)}\n`;
    await walk([head(1), head(100, hosts(3000, 1) + large), head(200, hosts(3000, 2)), head(300, hosts(1, 3) + large)]);
  });

  test('do nothing when the server has another zone', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `h${index} 60 TXT "${'x'.repeat(100)}"\n`).join('');
    for (const serial of [4, 1000]) {
      await using server = await updatable(ORIGIN, `$ORIGIN ${ORIGIN}.\n${head(3, 'a 60 TXT other\n')}`);
      const before = transfer(server, ORIGIN);
      for (const [old, now] of [
        [head(2, 'a 60 TXT other\n'), head(serial, many)],
        [head(3, 'a 60 TXT x\n'), head(serial, many)],
        [head(3, 'a 60 TXT other\nb 60 TXT x\n'), head(serial, `a 60 TXT other\n${many}`)],
      ] as const) {
        expect(nsupdate(server, script(old, now)).code).toBe(2);
        expect(apart(transfer(server, ORIGIN), before)).toEqual([]);
      }
    }
  });

  test('reach all but the serial where there is none left', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `h${index} 60 TXT "${'x'.repeat(100)}"\n`).join('');
    await using server = await updatable(ORIGIN, `$ORIGIN ${ORIGIN}.\n${head(3)}`);
    const now = head(4, many).replace(' 4 5', ' 4 6');
    expect(nsupdate(server, script(head(3), now)).code).toBe(0);
    const diff = diffZones(zoneOf(`${ORIGIN}.`, transfer(server, ORIGIN)), zoneOf(`${ORIGIN}.`, now));
    expect(diff.onlySerial).toBe(true);
  });
});
