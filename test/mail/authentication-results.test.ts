import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuthenticationResults, writeAuthenticationResults } from '../../lib/mail/authentication-results.ts';
import { LONGEST_FIELD, parseAuthenticationResults } from '../../lib/mail/authentication-results-parse.ts';
import { withoutForeignResults } from '../../lib/mail/authentication-results-strip.ts';

const field = 'Authentication-Results:';
const lines = (...parts: readonly string[]): string => parts.join('\r\n');

describe('writing Authentication-Results', () => {
  it.each<[string, AuthenticationResults, string]>([
    ['no result (CMX-1.2.4-h)', { authservId: 'mx1.example.net', results: [] }, `${field} mx1.example.net; none`],
    [
      'pass (CMX-1.2.4-e, CMX-1.2.4-f)',
      {
        authservId: 'mx1.example.net',
        results: [
          {
            method: 'mtls',
            result: 'pass',
            properties: [
              { type: 'smtp', property: 'mailfrom', value: 'sender.example' },
              { type: 'policy', property: 'client-mx', value: 'out1.sender.example' },
            ],
          },
        ],
      },
      lines(
        `${field} mx1.example.net;`,
        '  mtls=pass smtp.mailfrom=sender.example policy.client-mx=out1.sender.example',
      ),
    ],
    [
      'fail (CMX-1.2.4-g)',
      {
        authservId: 'mx1.example.net',
        results: [
          {
            method: 'mtls',
            result: 'fail',
            reason: 'certificate name out9.sender.example not in Client MX',
            properties: [{ type: 'smtp', property: 'mailfrom', value: 'sender.example' }],
          },
        ],
      },
      lines(
        `${field} mx1.example.net;`,
        '  mtls=fail reason="certificate name out9.sender.example not in Client MX"',
        '  smtp.mailfrom=sender.example',
      ),
    ],
    [
      'several, with a version, a comment and values that need quotes (AMB-36, CMX-1.5-d)',
      {
        authservId: 'b\u00fccher.example',
        version: 1,
        results: [
          {
            method: 'MTLS',
            version: 1,
            result: 'PASS',
            comments: ['by (hand) \\'],
            properties: [{ type: 'smtp', property: 'mailfrom', value: 'a.b@b\u00fccher.example' }],
          },
          { method: 'dkim', result: 'pass', properties: [{ type: 'header', property: 'b', value: 'a/b=="\\' }] },
        ],
      },
      lines(
        `${field} xn--bcher-kva.example 1;`,
        '  mtls/1=pass (by \\(hand\\) \\\\) smtp.mailfrom=a.b@xn--bcher-kva.example;',
        '  dkim=pass header.b="a/b==\\"\\\\"',
      ),
    ],
  ])('%s', (_, results, text) => {
    expect(writeAuthenticationResults(results)).toBe(text);
    expect(parseAuthenticationResults(text).problems).toEqual([]);
  });

  it('lets no value end the field or begin another', () => {
    const evil = 'x\r\nBcc: a@example.net\r\n\r\nbody\u0000\u2028';
    const text = writeAuthenticationResults({
      authservId: evil,
      results: [
        {
          method: evil,
          result: evil,
          reason: evil,
          comments: [evil],
          properties: [{ type: evil, property: evil, value: evil }],
        },
      ],
    });
    for (const line of text.split('\r\n').slice(1)) expect(line).toMatch(/^ +\S/);
    expect(text.replaceAll('\r\n', '')).toMatch(/^[\x20-\x7e]+$/);
  });
});

const printable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 200,
});
const keyword = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,12}[a-z0-9]$/)
  .filter((word) => word !== 'reason' && word !== 'none');
const host = fc.stringMatching(/^[a-z0-9]{1,10}(\.[a-z0-9]{1,10}){1,3}$/);
const address = fc.tuple(fc.stringMatching(/^[a-z+=/?-]{0,8}$/), host).map(([local, domain]) => `${local}@${domain}`);
const header: fc.Arbitrary<AuthenticationResults> = fc.record({
  authservId: fc.oneof(
    host,
    printable.filter((text) => text !== ''),
  ),
  results: fc.array(
    fc.record(
      {
        method: keyword,
        result: keyword,
        reason: printable,
        comments: fc.array(printable, { minLength: 1, maxLength: 3 }),
        version: fc.constant(1),
        properties: fc.array(
          fc.record({ type: keyword, property: keyword, value: fc.oneof(host, address, printable) }),
          { maxLength: 4 },
        ),
      },
      { requiredKeys: ['method', 'result', 'properties'] },
    ),
    { maxLength: 4 },
  ),
});

describe('a field that was written', () => {
  it('reads back as it was', () => {
    fc.assert(
      fc.property(header, (one) => {
        const { problems, ...read } = parseAuthenticationResults(writeAuthenticationResults(one));
        expect(problems).toEqual([]);
        expect(read).toEqual(one);
      }),
    );
  });

  it('has short lines wherever a blank allows it, and writes the same again', () => {
    fc.assert(
      fc.property(header, (one) => {
        const text = writeAuthenticationResults(one);
        for (const line of text.split('\r\n')) {
          expect(line).toMatch(/^\S| *\S/);
          expect(line.length).toBeLessThan(998);
          const blank = line
            .trimStart()
            .slice(0, -1)
            .search(/(?<![ \\]) (?! )/);
          if (line.length > 78) expect(blank === -1 || blank > 60).toBe(true);
        }
        const { problems: _, ...read } = parseAuthenticationResults(text);
        expect(writeAuthenticationResults(read)).toBe(text);
      }),
    );
  });
});

/** Each result as one line: method, result, properties, reason, comments. */
function summary(text: string): string[] {
  return parseAuthenticationResults(text).results.map(({ method, result, properties, reason, comments }) =>
    [
      `${method}=${result}`,
      ...properties.map(({ type, property, value }) => `${type}.${property}=${value}`),
      ...(reason === undefined ? [] : [`reason=${reason}`]),
      ...(comments ?? []).map((comment) => `(${comment})`),
    ].join(' '),
  );
}

describe('reading Authentication-Results', () => {
  // Shapes of the examples in RFC 8601 appendix B, and of fields that mail servers write.
  it.each([
    ['example.org 1; none', []],
    ['example.com;\r\n spf=pass smtp.mailfrom=example.net', ['spf=pass smtp.mailfrom=example.net']],
    [
      'example.com;\r\n\tauth=pass (cram-md5) smtp.auth=sender@example.net;\r\n\tspf=pass smtp.mailfrom=example.net',
      ['auth=pass smtp.auth=sender@example.net (cram-md5)', 'spf=pass smtp.mailfrom=example.net'],
    ],
    [
      'example.com; dkim=pass reason="good signature" header.i=@mail-router.example.net',
      ['dkim=pass header.i=@mail-router.example.net reason=good signature'],
    ],
    [
      "foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462",
      [
        "dkim=fail policy.expired=1362471462 (Because I like it) (One yay) (wait for it) (A dot can go here) (like that) (this surprised me) (as I wasn't expecting it)",
      ],
    ],
    ['a; mtls=pass (nested (comments (do) this) \\) ok)', ['mtls=pass (nested (comments (do) this) ) ok)']],
    ['a; auth=pass smtp.auth="a b"@example.net', ['auth=pass smtp.auth="a b"@example.net']],
    [
      '"quoted id"; MTLS = FAIL Reason = later SMTP.MailFrom=Example.NET',
      ['mtls=fail smtp.mailfrom=Example.NET reason=later'],
    ],
    [
      'a; spf=pass smtp.mailfrom=\u00fcser@b\u00fccher.example',
      ['spf=pass smtp.mailfrom=\u00fcser@b\u00fccher.example'],
    ],
    ['Authentication-Results : a; spf=pass reason="fol\r\n ded"\r\n', ['spf=pass reason=fol ded']],
  ])('%j', (text, results) => {
    expect(summary(text)).toEqual(results);
    expect(parseAuthenticationResults(text).problems).toEqual([]);
  });

  it.each([
    ['', ['authserv-id-missing: '], []],
    [';', ['authserv-id-missing: ;', 'empty-result: ;'], []],
    ['a', ['no-results: a'], []],
    ['a 2; none', ['version-unknown: 2'], []],
    ['a; spf=pass;', ['empty-result: ;'], ['spf=pass']],
    ['spf=pass smtp.mailfrom=b; dkim=none', ['authserv-id-missing: spf'], ['spf=pass smtp.mailfrom=b', 'dkim=none']],
    ['a; =pass; dkim=none', ['method-missing: =pass'], ['dkim=none']],
    ['a; spf; dkim=none', ['result-missing: spf'], ['dkim=none']],
    ['a; spf=; dkim=none', ['result-missing: spf='], ['dkim=none']],
    ['a; spf=pass what ever x.y=z', ['unexpected: what', 'unexpected: ever'], ['spf=pass x.y=z']],
    ['a; spf=pass smtp.mailfrom=; dkim=none', ['value-missing: ='], ['spf=pass', 'dkim=none']],
    [
      'a; iprev=pass policy.iprev=2001:db8::1',
      ['value-unquoted: 2001:db8::1'],
      ['iprev=pass policy.iprev=2001:db8::1'],
    ],
    ['a; spf=pass (open; dkim=none', ['unclosed-comment: (open; dkim=none'], ['spf=pass']],
    ['a; spf=pass reason="open; dkim=none', ['unclosed-quote: "open; dkim=none'], ['spf=pass reason=open; dkim=none']],
    ['a; spf=pass\r\nBcc: b', ['field-ended: \r\nBcc: b'], ['spf=pass']],
    ['a b; spf=pass', ['unexpected: b'], ['spf=pass']],
  ])('says what is wrong with %j', (text, problems, results) => {
    const read = parseAuthenticationResults(text);
    expect(read.problems.map(({ code, from, to }) => `${code}: ${text.slice(from, to)}`)).toEqual(problems);
    expect(summary(text)).toEqual(results);
  });

  it('takes any text in linear time and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a1;=./"()\\ \r\n\t@\u00fc-') }), (text) => {
        const { problems } = parseAuthenticationResults(text);
        for (const { from, to } of problems) expect(from <= to && to <= Math.max(1, text.length + 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
    const start = performance.now();
    for (const piece of ['(', '"', '\\', ';', 'a=b ', '(a)', 'a', '=', '"a" '])
      parseAuthenticationResults(`a; spf=pass ${piece.repeat(LONGEST_FIELD)}`);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('fields of others that carry our name (RFC 8601 §5)', () => {
  const strip = (text: string): { text: string; removed: number } => {
    const { message, removed } = withoutForeignResults(Buffer.from(text, 'latin1'), 'mx1.Example.net');
    return { text: Buffer.from(message).toString('latin1'), removed: removed.length };
  };
  const kept = `From: a@example.org\r\n${field} other.example;\r\n spf=pass\r\n`;
  const body = `\r\n${field} mx1.example.net; spf=pass\r\n`;

  it.each([
    `${field} mx1.example.net; spf=pass\r\n`,
    `${field} MX1.EXAMPLE.NET. 1; none\r\n`,
    `authentication-results :\r\n (hi) "mx1.example.net";\r\n\tspf=pass\r\n  smtp.mailfrom=b\r\n`,
    `${field} (never closed mx1.example.net; spf=pass\r\n`,
    `${field} spf=pass\r\n`,
    `${field} mx1.example.net; spf=pass\n`,
    `${field} mx1.example.net; spf=pass\r`,
  ])('%j goes, and nothing else', (forged) => {
    expect(strip(kept + forged + kept + body)).toEqual({ text: kept + kept + body, removed: 1 });
    expect(strip(forged + kept + body)).toEqual({ text: kept + body, removed: 1 });
  });

  it('leaves a message without them as it is, octet by octet', () => {
    const message = Buffer.from(`${kept}X: \u00ff\u0000\r\n${body}`, 'latin1');
    expect(withoutForeignResults(message, 'mx1.example.net')).toEqual({ message, removed: [] });
  });

  it('behind a lone CR or two, which not everybody takes for the end of the header', () => {
    const odd = 'Subject: a\r\r\r\n';
    expect(strip(`${odd}${field} mx1.example.net; spf=pass\r\n${kept}${body}`)).toEqual({
      text: odd + kept + body,
      removed: 1,
    });
  });

  it('not from a message without a header', () => {
    expect(strip(body).removed).toBe(0);
    expect(strip(body.slice(1)).removed).toBe(0);
  });

  it('also from a header that has no body', () => {
    expect(strip(`${kept}${field} mx1.example.net; none`)).toEqual({ text: kept, removed: 1 });
  });
});
