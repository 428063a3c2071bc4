import { describe, expect, test } from 'vitest';
import { Controlled, ZONE } from './control-calls.ts';

const ORG = ZONE.replaceAll('example.net', 'example.org');

describe('status and reset', () => {
  test('tell what is there', async () => {
    const controlled = new Controlled();
    await controlled.ask('www.example.net. A');
    const { json } = await controlled.call('GET /v1/status');
    expect(json).toEqual({
      version: 'zonewright test',
      time: '2023-11-14T22:13:20.000Z',
      listeners: [{ transport: 'udp', address: '127.0.0.1', port: 5300 }],
      zones: 1,
      records: 8,
      faults: { total: 0, enabled: 0 },
      queries: { total: 1, kept: 1 },
    });
  });

  test('bring back what was loaded, forget queries and what faults have counted', async () => {
    const controlled = new Controlled();
    await controlled.call('PUT /v1/faults/lame', { match: { name: 'www.example.net' }, action: { rcode: 'SERVFAIL' } });
    await controlled.call('PUT /v1/zones/example.org', ORG);
    await controlled.ask('www.example.net. A');
    const { json } = await controlled.call('POST /v1/reset');
    expect(json).toMatchObject({ zones: 1, faults: { total: 1, enabled: 1 }, queries: { total: 1, kept: 0 } });
    expect((await controlled.call('GET /v1/faults/lame')).json).toMatchObject({ matched: 0, hit: 0 });
    expect(controlled.resets).toBe(1);
  });

  test('do a part only when asked to', async () => {
    const controlled = new Controlled();
    await controlled.call('PUT /v1/zones/example.org', ORG);
    await controlled.ask('www.example.net. A');
    expect((await controlled.call('POST /v1/reset', { queries: true, zones: false })).json).toMatchObject({
      zones: 2,
      queries: { kept: 0 },
    });
    expect(controlled.resets).toBe(0);
    for (const body of [{ zone: true }, { zones: 1 }, []])
      expect((await controlled.call('POST /v1/reset', body)).status).toBe(422);
  });
});

describe('zones', () => {
  test('are listed', async () => {
    expect((await new Controlled().call('GET /v1/zones')).json).toEqual({
      zones: [{ name: 'example.net.', class: 'IN', serial: 2026112101, records: 8 }],
    });
  });

  test('are read as they were written, or as JSON', async () => {
    const controlled = new Controlled();
    const plain = await controlled.call('GET /v1/zones/EXAMPLE.net.');
    expect(plain.text).toBe(ZONE);
    expect(plain.headers['content-type']).toBe('text/dns; charset=utf-8');
    const json = await controlled.call('GET /v1/zones/example.net?format=json');
    expect(json.json).toMatchObject({ origin: 'example.net.' });
    const accepted = await controlled.call('GET /v1/zones/example.net', undefined, {
      headers: { accept: 'application/json' },
    });
    expect(accepted.json).toEqual(json.json);
    expect((json.json as { records: unknown[] }).records).toHaveLength(8);
  });

  test('are added and replaced from text', async () => {
    const controlled = new Controlled();
    const added = await controlled.call('PUT /v1/zones/example.org', ORG);
    expect([added.status, added.json]).toEqual([
      201,
      { name: 'example.org.', class: 'IN', serial: 2026112101, records: 8 },
    ]);
    expect((await controlled.call('PUT /v1/zones/example.org', ORG.replace('2026112101', '7'))).status).toBe(200);
    expect((await controlled.call('GET /v1/zones')).json).toMatchObject({ zones: [{}, { serial: 7 }] });
  });

  test.each(['', 'application/x-www-form-urlencoded', 'text/plain; charset=utf-8'])(
    'are read from text that is called %j',
    async (type) => {
      const controlled = new Controlled();
      const headers = { 'content-type': type };
      expect((await controlled.call('PUT /v1/zones/example.org', ORG, { headers })).status).toBe(201);
    },
  );

  test('are added from JSON and can be changed then', async () => {
    const controlled = new Controlled();
    const { json } = await controlled.call('GET /v1/zones/example.net?format=json');
    await controlled.call('DELETE /v1/zones/example.net');
    expect((await controlled.call('GET /v1/zones')).json).toEqual({ zones: [] });
    expect((await controlled.call('PUT /v1/zones/example.net', json)).status).toBe(201);
    expect(
      (await controlled.call('PATCH /v1/zones/example.net', [{ op: 'raise-serial', style: 'counter' }])).json,
    ).toMatchObject({
      serial: 2026112102,
    });
  });

  test('of the root are called @', async () => {
    const controlled = new Controlled();
    const root = '@ 60 SOA ns hostmaster 1 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.1\n';
    expect((await controlled.call('PUT /v1/zones/@', root)).json).toMatchObject({ name: '.' });
    expect((await controlled.call('GET /v1/zones/@')).text).toBe(root);
    expect((await controlled.call('DELETE /v1/zones/@')).status).toBe(204);
    expect((await controlled.call('DELETE /v1/zones/@')).status).toBe(404);
  });

  test('that servers would refuse are refused with line and column, unless told otherwise', async () => {
    const controlled = new Controlled();
    const bad = `${ORG}www CNAME mail\n`;
    const refused = await controlled.call('PUT /v1/zones/example.org', bad);
    expect(refused.status).toBe(422);
    expect(refused.json).toMatchObject({
      error: { code: 'bad-zone', problems: [{ line: 11, column: 5, rule: expect.any(String) as string }] },
    });
    expect(refused.text).toContain('name servers would refuse the zone: line 11, column 5: ');
    const warned = await controlled.call('PUT /v1/zones/example.org?lint=warn', bad);
    expect(warned.json).toMatchObject({ records: 9, warnings: [{ line: 11 }] });
    expect((await controlled.call('PUT /v1/zones/example.org?lint=off', 'no zone at all')).status).toBe(200);
  });

  test.each([
    ['text with NUL', 'a\0b', { 'content-type': 'text/dns' }, 422, 'NUL'],
    ['another media type', 'x', { 'content-type': 'image/png' }, 415, 'image/png'],
    ['a file of the disk', '$INCLUDE /etc/passwd\n', { 'content-type': 'text/dns' }, 422, 'line 1'],
    ['JSON that is none', '{', { 'content-type': 'application/json' }, 400, 'no JSON'],
    ['no JSON', '', { 'content-type': 'application/json' }, 400, 'needs a body'],
    ['octets that are no UTF-8', '"\xff"', { 'content-type': 'application/json' }, 400, 'UTF-8'],
    ['JSON of no zone', '{"origin":1}', { 'content-type': 'application/json' }, 422, 'origin'],
    [
      'another zone',
      '{"origin":"a.","records":[]}',
      { 'content-type': 'application/json' },
      422,
      'that in the path example.org.',
    ],
  ])('are not made of %s', async (_, body, headers, status, says) => {
    const called = await new Controlled().call('PUT /v1/zones/example.org', undefined, {
      body: Buffer.from(body, 'latin1'),
      headers,
    });
    expect([called.status, called.text]).toEqual([status, expect.stringContaining(says)]);
  });

  test('take the place of all others together or not at all', async () => {
    const controlled = new Controlled();
    const zones = [
      { name: 'example.org', text: ORG },
      { origin: 'a.test.', records: [] },
    ];
    expect((await controlled.call('PUT /v1/zones', { zones })).status).toBe(422);
    expect((await controlled.call('PUT /v1/zones?lint=off', { zones })).json).toMatchObject({
      zones: [{ name: 'example.org.' }, { name: 'a.test.' }],
    });
    const doubled = [zones[0], zones[0]];
    for (const body of [
      { zones: doubled },
      { zones: 1 },
      { zones: [1] },
      {},
      { zones: [{ name: 'a' }] },
      { zones: [{ text: '' }] },
    ])
      expect((await controlled.call('PUT /v1/zones', body)).status).toBe(422);
    expect(controlled.server.zones.size).toBe(2);
    await controlled.call('DELETE /v1/zones');
    expect(controlled.server.zones.size).toBe(0);
  });
});

describe('changes of a zone', () => {
  const changes: readonly (readonly [string, object | readonly object[], readonly string[]])[] = [
    ['add from text', { op: 'add', name: 'www', type: 'A', data: '192.0.2.81' }, ['www 300 A 192.0.2.81']],
    [
      'add from fields',
      { op: 'add', name: 'www', type: 'A', data: { address: '192.0.2.81' } },
      ['www 300 A 192.0.2.81'],
    ],
    [
      'add with a TTL',
      { op: 'add', name: 'new.example.net.', type: 'TXT', ttl: 60, data: '"a b"' },
      ['new 60 TXT "a b"'],
    ],
    [
      'add several',
      { op: 'add', name: '@', type: 'MX', data: ['20 www', { preference: 30, exchange: 'mx.example.org.' }] },
      ['@ MX 20 www', '@ MX 30 mx.example.org.'],
    ],
    [
      'add lines',
      { op: 'add', records: 'a 60 A 192.0.2.1\nb AAAA 2001:db8::1\n' },
      ['a 60 A 192.0.2.1', 'b AAAA 2001:db8::1'],
    ],
    ['add CLIENTMX', { op: 'add', name: '@', type: 'CLIENTMX', data: '0 .' }, ['@ TYPE265 \\# 3 000000']],
    ['replace', { op: 'replace', name: 'www', type: 'A', data: '192.0.2.9' }, ['www 300 A 192.0.2.9 ; the web']],
    [
      'replace with a TTL',
      { op: 'replace', name: 'www', type: 'A', ttl: 5, data: '192.0.2.9' },
      ['www 5 A 192.0.2.9 ; the web'],
    ],
    ['set a TTL', { op: 'ttl', name: 'www', type: 'A', ttl: 0 }, ['www 0 A 192.0.2.80 ; the web']],
    ['raise the serial', { op: 'raise-serial' }, ['2026112102']],
    [
      'do several things',
      [
        { op: 'remove', name: 'mail', type: 'A' },
        { op: 'add', name: 'mail', type: 'A', data: '192.0.2.26' },
      ],
      ['mail A 192.0.2.26'],
    ],
  ];
  test.each(changes)('%s', async (_, body, lines) => {
    const controlled = new Controlled();
    const { status, text } = await controlled.call('PATCH /v1/zones/example.net', body);
    expect([status, text]).toEqual([200, expect.stringContaining('"name":"example.net."')]);
    const after = (await controlled.call('GET /v1/zones/example.net')).text.replaceAll(/[ \t]+/gu, ' ');
    for (const line of lines) expect(after).toContain(line);
    expect(after).toContain('; the web');
  });

  test.each([
    ['a type', { op: 'remove', name: 'www', type: 'A' }, 7],
    ['a name', { op: 'remove', name: '@' }, 4],
    ['one record', { op: 'remove', name: '@', type: 'NS', data: 'NS2.example.net.' }, 7],
    ['lines', { op: 'remove', records: '@ NS ns2\nwww A 192.0.2.80' }, 6],
  ])('remove %s', async (_, change, records) => {
    expect((await new Controlled().call('PATCH /v1/zones/example.net', change)).json).toMatchObject({ records });
  });

  test.each([
    [409, { op: 'remove', name: 'www', type: 'MX' }, 'no MX record at www.example.net.'],
    [409, { op: 'remove', name: 'none' }, 'no record at none.example.net.'],
    [409, { op: 'remove', name: 'www', type: 'A', data: '192.0.2.1' }, 'with this data'],
    [409, { op: 'add', name: 'www.example.org.', type: 'A', data: '192.0.2.1' }, 'does not lie in the zone'],
    [422, { op: 'delete' }, 'op is one of add, remove, replace, ttl, raise-serial, not "delete"'],
    [422, { op: 'add', name: 'www', typ: 'A' }, "has no member 'typ'"],
    [422, { op: 'add', name: 'www', type: 'A' }, '"data" is missing'],
    [422, { op: 'add', name: 'www', type: 'A', data: [] }, '"data" is empty'],
    [422, { op: 'add', name: 'www', type: 'A', data: 5 }, '"data" is text'],
    [422, { op: 'add', name: 'www', type: 'A', data: { adress: '192.0.2.1' } }, 'address'],
    [422, { op: 'add', name: 'www', data: '192.0.2.1' }, '"type" is missing'],
    [400, { op: 'add', name: 'www', type: 'AAA', data: '::' }, 'did you mean AAAA?'],
    [422, { op: 'add', name: 'a..b', type: 'A', data: '192.0.2.1' }, '"name" is no domain name'],
    [422, { op: 'add', type: 'A', data: '192.0.2.1' }, '"name" is the owner'],
    [422, { op: 'add', name: 'www', type: 'A', data: '192.0.2' }, 'cannot be read'],
    [422, { op: 'add', name: 'www', type: 'A', data: '192.0.2.1\nx A 192.0.2.2' }, 'one A record'],
    [422, { op: 'add', records: '$INCLUDE /etc/passwd' }, 'records'],
    [422, { op: 'add', records: '; nothing' }, 'no record'],
    [422, { op: 'add', records: 'a A 192.0.2.1', name: 'b' }, 'either "records"'],
    [422, { op: 'ttl', name: 'www', type: 'A', ttl: -1 }, 'whole number'],
    [422, { op: 'ttl', name: 'www', type: 'A' }, '"ttl" is missing'],
    [422, { op: 'raise-serial', style: 'odd' }, '"style" is one of'],
    [422, 'text', 'a change is an object'],
  ])('answer %i to %j and change nothing', async (status, change, says) => {
    const controlled = new Controlled();
    const called = await controlled.call('PATCH /v1/zones/example.net', [{ op: 'raise-serial' }, change]);
    expect([called.status, called.text]).toEqual([status, expect.stringContaining(says.replaceAll('"', '\\"'))]);
    expect(called.json).toMatchObject({ error: { change: 1 } });
    expect((await controlled.call('GET /v1/zones/example.net')).text).toBe(ZONE);
  });
});

describe('faults', () => {
  const fault = { id: 'slow', match: { name: 'www.example.net', type: 'A' }, action: { rcode: 'SERVFAIL' } };

  test('are added, read, switched, replaced and removed', async () => {
    const controlled = new Controlled();
    expect((await controlled.call('GET /v1/faults')).json).toEqual({ faults: [], states: {} });
    const added = await controlled.call('POST /v1/faults', fault);
    expect([added.status, added.json]).toEqual([201, { id: 'slow', enabled: true, matched: 0, hit: 0, fault }]);
    expect((await controlled.call('POST /v1/faults', fault)).status).toBe(409);
    await controlled.ask('www.example.net. A');
    await controlled.ask('www.example.net. MX');
    expect((await controlled.call('GET /v1/faults/slow')).json).toMatchObject({ matched: 1, hit: 1 });
    expect((await controlled.call('PATCH /v1/faults/slow', { enabled: false })).json).toMatchObject({ enabled: false });
    await controlled.ask('www.example.net. A');
    expect((await controlled.call('GET /v1/queries?fault=slow')).json).toMatchObject({
      found: 1,
      queries: [{ rcode: 'SERVFAIL', outcome: 'answer', faults: ['slow'] }],
    });
    const { id: _, ...rest } = fault;
    expect((await controlled.call('PUT /v1/faults/slow', { ...rest, action: { rcode: 'REFUSED' } })).status).toBe(200);
    expect((await controlled.call('PUT /v1/faults/other', rest)).status).toBe(201);
    expect((await controlled.call('GET /v1/faults')).json).toMatchObject({ faults: [{ id: 'slow' }, { id: 'other' }] });
    expect((await controlled.call('DELETE /v1/faults/slow')).status).toBe(204);
    expect((await controlled.call('DELETE /v1/faults/slow')).status).toBe(404);
    expect((await controlled.call('DELETE /v1/faults')).status).toBe(204);
    expect((await controlled.call('GET /v1/faults')).json).toMatchObject({ faults: [] });
  });

  test.each([
    ['POST /v1/faults', { ...fault, id: 5 }],
    ['POST /v1/faults', { match: {} }],
    ['POST /v1/faults', { ...fault, match: { type: 'AAA' } }],
    ['POST /v1/faults', { ...fault, match: { pattern: '(' } }],
    ['POST /v1/faults', { ...fault, action: { rcode: 'SERVFAL' } }],
    ['POST /v1/faults', { ...fault, action: { rcod: 'SERVFAIL' } }],
    ['POST /v1/faults', { ...fault, handler: 'code' }],
    ['POST /v1/faults', []],
    ['PUT /v1/faults/fast', fault],
    ['PUT /v1/faults/slow', null],
  ])('%s refuses %j with a sentence', async (words, body) => {
    const controlled = new Controlled();
    const called = await controlled.call(words, body);
    expect(called.status).toBe(422);
    expect((called.json as { error: { message: string } }).error.message).toMatch(/\w+ \w+/u);
    expect((await controlled.call('GET /v1/faults')).json).toMatchObject({ faults: [] });
  });

  test('may build upon presets, which are listed', async () => {
    const controlled = new Controlled();
    const { json } = await controlled.call('GET /v1/presets');
    const names = (json as { presets: { name: string }[] }).presets.map(({ name }) => name);
    expect(names).toContain('servfail');
    expect((await controlled.call('PUT /v1/faults/a', { preset: 'servfail' })).status).toBe(201);
    expect((await controlled.call('PUT /v1/faults/b', { preset: 'servfial' })).text).toContain(
      'did you mean servfail?',
    );
  });

  test.each([{ enabled: 1 }, {}, { on: true }])('are not switched by %j', async (body) => {
    const controlled = new Controlled();
    await controlled.call('POST /v1/faults', fault);
    expect((await controlled.call('PATCH /v1/faults/slow', body)).status).toBe(422);
    expect((await controlled.call('PATCH /v1/faults/none', { enabled: true })).status).toBe(404);
  });
});
