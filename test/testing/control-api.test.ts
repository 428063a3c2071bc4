import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOwnHost } from '../../lib/testing/control/access.ts';
import { ROUTES } from '../../lib/testing/control/routes.ts';
import { Controlled, DESCRIBED, described } from './control-calls.ts';

describe('the description', () => {
  test('has every route once', () => {
    const operations = Object.entries(DESCRIBED.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    expect(operations).toHaveLength(new Set(operations).size);
    expect(operations.length).toBeGreaterThan(20);
  });

  test('has schemas that compile, unlike names of operations, and the parameters of its paths', () => {
    const ajv = described();
    const ids = new Set<string>();
    for (const [path, methods] of Object.entries(DESCRIBED.paths)) {
      for (const { operationId, parameters = [], requestBody, responses } of Object.values(methods)) {
        ids.add(operationId);
        const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => `{${name}}`);
        expect(path.match(/\{\w+\}/gu) ?? []).toEqual(inPath);
        for (const { schema } of parameters) ajv.compile(schema);
        for (const content of [requestBody, ...Object.values(responses)].map((each) => each?.content ?? {})) {
          for (const { schema } of Object.values(content)) {
            if (!('$ref' in schema)) ajv.compile(schema);
          }
        }
        for (const [status, response] of Object.entries(responses)) {
          if (status !== 'default') expect(response.description).toMatch(/^\S/u);
        }
      }
    }
    expect(ids.size).toBe(ROUTES.length);
  });

  test('is served', async () => {
    const { status, json } = await new Controlled().call('GET /v1/openapi.json');
    expect(status).toBe(200);
    expect(json).toMatchObject({ openapi: '3.1.0', info: { version: 'zonewright test' }, paths: DESCRIBED.paths });
  });
});

describe('access', () => {
  const refusals: readonly (readonly [string, Readonly<Record<string, string>>, number, string])[] = [
    ['no token', { authorization: '' }, 401, 'no token came'],
    ['another scheme', { authorization: 'Basic c2VjcmV0' }, 401, 'no token came'],
    ['another token', { authorization: 'Bearer secret-of-the-tesT' }, 401, 'not the right one'],
    ['a longer token', { authorization: 'Bearer secret-of-the-test1' }, 401, 'not the right one'],
    ['the start of the token', { authorization: 'Bearer secret' }, 401, 'not the right one'],
    ['a name that was made to point here', { host: 'evil.example:5380' }, 403, 'Host'],
    ['no name', { host: '' }, 403, 'Host'],
    ['an address of somebody else', { host: '192.0.2.1' }, 403, 'Host'],
    ['a page of another site', { origin: 'https://evil.example' }, 403, 'origins'],
    ['a page of another port', { origin: 'http://127.0.0.1:1' }, 403, 'origins'],
    ['a page without origin', { origin: 'null' }, 403, 'origins'],
  ];
  test.each(refusals)('is refused to %s', async (_, headers, status, words) => {
    const controlled = new Controlled();
    for (const target of ['/v1/status', '/v1/none', '/']) {
      const called = await controlled.call(`GET ${target}`, undefined, { headers });
      expect(called.status).toBe(status);
      expect(called.text).toContain(words);
      expect(called.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
    }
  });

  test.each([
    { host: 'localhost:80' },
    { host: 'LOCALHOST' },
    { host: '[::1]:5380' },
    { host: '127.1.2.3' },
    { origin: 'http://127.0.0.1:5380' },
    { authorization: 'bearer  secret-of-the-test' },
  ])('is given for %j', async (headers) => {
    expect((await new Controlled().call('GET /v1/status', undefined, { headers })).status).toBe(200);
  });

  test.each([
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.8:80', '192.0.2.7', true],
    ['[2001:db8::1]:80', '::', true],
    ['192.0.2.8', '127.0.0.1', false],
    ['a.example', '0.0.0.0', false],
    ['localhost.evil.example', '127.0.0.1', false],
    ['127.0.0.1.evil.example', '127.0.0.1', false],
    ['127.0.0.1@evil.example', '127.0.0.1', false],
    ['[::1', '::1', false],
  ])('the host %s at %s is own: %s', (host, address, own) => {
    expect(isOwnHost(host, address)).toBe(own);
  });
});

describe('requests', () => {
  const wrong: readonly (readonly [string, number, string])[] = [
    ['GET /', 404, 'GET /v1/openapi.json tells what there is'],
    ['GET /v1/zone', 404, 'there is no /v1/zone'],
    ['GET /v1/zones/', 404, 'no-such-path'],
    ['GET /v1/zones/%ff', 400, 'percent sign'],
    ['GET /v1/zones/example.org', 404, 'no zone example.org. is served'],
    ['GET /v1/zones/a..b', 400, "'a..b' is no domain name"],
    ['GET /v1/zones/example.net?format=xml', 400, "'format' is one of text, json"],
    ['BREW /v1/zones', 405, 'takes GET, PUT, DELETE, not BREW'],
    ['POST /v1/zones/example.net', 405, 'bad-method'],
    ['GET /v1/queries?nmae=x', 400, "did you mean 'name'?"],
    ['GET /v1/queries?limit=0', 400, 'whole number from 1 to 10000'],
    ['GET /v1/queries?limit=1e2', 400, 'whole number'],
    ['GET /v1/queries?since=99999999999999999999', 400, 'whole number'],
    ['GET /v1/queries?type=A&type=MX', 400, 'more than once'],
    ['GET /v1/queries?type=AAA', 400, 'did you mean AAAA?'],
    ['GET /v1/queries?rcode=SERVFAL', 400, 'did you mean SERVFAIL?'],
    ['GET /v1/queries?name=a..b', 400, 'no domain name'],
    ['GET /v1/queries/9', 404, 'no query of the number 9'],
    ['GET /v1/faults/none', 404, "no fault 'none'"],
  ];
  test.each(wrong)('%s is refused with %i', async (words, status, says) => {
    const called = await new Controlled().call(words);
    expect(called.status).toBe(status);
    expect(called.text).toContain(says);
  });

  test('say what may be done at a path', async () => {
    const { headers } = await new Controlled().call('POST /v1/zones/example.net');
    expect(headers['allow']).toBe('GET, PUT, PATCH, DELETE');
  });

  test('are answered with nothing that may be kept, guessed or shown elsewhere', async () => {
    for (const target of ['/v1/status', '/none']) {
      const { headers } = await new Controlled().call(`GET ${target}`);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test('of any kind are answered, and never with a failure of our own', async () => {
    const controlled = new Controlled();
    const paths = [...new Set(ROUTES.map(({ path }) => path))].filter((path) => !/wait|events/u.test(path));
    const path = fc
      .tuple(
        fc.constantFrom(...paths),
        fc.oneof(fc.string(), fc.constantFrom('example.net', '@', 'a', '%00', '..', '__proto__')),
      )
      .map(([each, part]) => each.replace(/\{\w+\}/u, encodeURIComponent(Buffer.from(part).toString())));
    const target = fc.oneof(path, fc.string(), fc.webPath());
    const query = fc.oneof(
      fc.constant(''),
      fc.webQueryParameters().map((each) => `?${each}`),
    );
    const method = fc.constantFrom('GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD', 'x');
    const body = fc.oneof(
      fc.json().map((each) => Buffer.from(each)),
      fc.uint8Array({ maxLength: 200 }),
      fc
        .constantFrom('', '{}', '[]', 'null', '{"enabled":1}', '{"__proto__":{}}', '[[[[[[[[]]]]]]]]')
        .map((each) => Buffer.from(each)),
    );
    const type = fc.constantFrom('application/json', 'text/dns', '', 'multipart/form-data');
    await fc.assert(
      fc.asyncProperty(method, target, query, body, type, async (verb, to, parameters, bytes, media) => {
        const words = `${verb} ${to.replaceAll(' ', '+')}${parameters}`;
        const { status } = await controlled.call(words, undefined, { body: bytes, headers: { 'content-type': media } });
        return status < 500;
      }),
      { numRuns: 1500 },
    );
  });

  test('with operations of any shape change nothing or what they say', async () => {
    const controlled = new Controlled();
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(
        'www',
        '@',
        'MX',
        'A',
        'CLIENTMX',
        'add',
        'remove',
        '10 mail',
        '192.0.2.1',
        300,
        '$INCLUDE /etc/passwd',
      ),
      fc.constant({ address: '192.0.2.9' }),
    );
    const operation = fc.record(
      {
        op: fc.constantFrom('add', 'remove', 'replace', 'ttl', 'raise-serial'),
        name: value,
        type: value,
        ttl: value,
        data: value,
        records: value,
      },
      { requiredKeys: ['op'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 3 }), async (operations) => {
        const { status } = await controlled.call('PATCH /v1/zones/example.net', operations);
        return status < 500;
      }),
      { numRuns: 1000 },
    );
    expect((await controlled.call('GET /v1/zones/example.net')).text).toContain('; the web');
  });
});
