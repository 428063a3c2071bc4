import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAbsoluteUri, listOf, parseIssueValue } from '../../lib/mail/caa.ts';

describe('the value of issue', () => {
  it.each<[text: string, domain: string, parameters: string[], faults: string[]]>([
    ['ca.example.net', 'ca.example.net', [], []],
    ['', '', [], []],
    [';', '', [], []],
    ['  ;  ', '', [], []],
    [';;', '', [], ['empty-parameter', 'final-semicolon']],
    ['ca.example.net;', 'ca.example.net', [], []],
    [' ca.example.net ; ', 'ca.example.net', [], []],
    ['ca.example.net; account=230123', 'ca.example.net', ['account=230123'], []],
    ['ca.example.net;a=1;b-c=2', 'ca.example.net', ['a=1', 'b-c=2'], []],
    ['; a = 1', '', ['a=1'], []],
    ['ca.example.net; a=', 'ca.example.net', ['a='], []],
    ['ca.example.net; a=b=c', 'ca.example.net', ['a=b=c'], []],
    ['ca.example.net; a=1;', 'ca.example.net', ['a=1'], ['final-semicolon']],
    ['ca.example.net; a=1; ;b=2', 'ca.example.net', ['a=1', 'b=2'], ['empty-parameter']],
    ['ca.example.net; xyz', 'ca.example.net', [], ['no-equals']],
    ['ca.example.net; =1', 'ca.example.net', ['=1'], ['tag']],
    ['ca.example.net; a_b=1', 'ca.example.net', ['a_b=1'], ['tag']],
    ['ca.example.net; a=b c', 'ca.example.net', ['a=b c'], ['value']],
    ['ca.example.net a=1', 'ca.example.net a=1', [], ['missing-semicolon']],
    ['ca.example.net.', 'ca.example.net.', [], ['domain-final-dot']],
    ['https://ca.example.net/', 'https://ca.example.net/', [], ['domain-url']],
    ['%%%%%', '%%%%%', [], ['domain']],
    ['ca..example', 'ca..example', [], ['domain']],
    ['-ca.example', '-ca.example', [], ['domain']],
    ['Example CA', 'Example CA', [], ['domain']],
    ['"ca.example.net"', '"ca.example.net"', [], ['domain']],
    ['ca--x.example', 'ca--x.example', [], []],
  ])('%j', (text, domain, parameters, faults) => {
    const value = parseIssueValue(text);
    expect(value.domain).toBe(domain);
    expect(value.parameters.map(({ tag, value: found }) => `${tag}=${found}`)).toEqual(parameters);
    expect(value.problems.map(({ fault }) => fault)).toEqual(faults);
  });

  it('points at each part', () => {
    const text = ' ca.example ; account = 12 ; x';
    const value = parseIssueValue(text);
    expect(text.slice(value.domainStart, value.domainEnd)).toBe('ca.example');
    const [parameter] = value.parameters;
    expect(text.slice(parameter?.tagStart, parameter?.tagEnd)).toBe('account');
    expect(text.slice(parameter?.valueStart, parameter?.valueEnd)).toBe('12');
    expect(value.problems.map(({ start, end }) => text.slice(start, end))).toEqual(['x']);
  });

  it('splits lists with their places', () => {
    const text = 'ca.example; validationmethods=dns-01,,http-01';
    const [parameter] = parseIssueValue(text).parameters;
    const words = parameter === undefined ? [] : listOf(parameter);
    expect(words.map(({ word }) => word)).toEqual(['dns-01', '', 'http-01']);
    for (const { word, start, end } of words) expect(text.slice(start, end)).toBe(word);
  });

  it('never throws, and every range lies in the text and holds what it says', () => {
    const piece = fc.constantFrom(';', '=', ' ', '\t', 'a', 'ca.example', '-', '.', '"', '\u00e9', '\0');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join('')),
        (text) => {
          const value = parseIssueValue(text);
          expect(text.slice(value.domainStart, value.domainEnd)).toBe(value.domain);
          for (const each of value.parameters) {
            expect(text.slice(each.tagStart, each.tagEnd)).toBe(each.tag);
            expect(text.slice(each.valueStart, each.valueEnd)).toBe(each.value);
          }
          for (const { start, end } of value.problems) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
    );
  });

  it.each([';'.repeat(65_000), 'a.'.repeat(32_000), 'a-'.repeat(32_000), ' '.repeat(65_000), 'a=b;'.repeat(16_000)])(
    'takes long values in linear time (%#)',
    (text) => {
      const start = performance.now();
      parseIssueValue(text);
      expect(performance.now() - start).toBeLessThan(500);
    },
  );
});

describe('absolute URIs', () => {
  it.each([
    ['https://ca.example/acct/1', true],
    ['acme:1', true],
    ['urn:uuid:1', true],
    ['123', false],
    ['https:', false],
    ['https:///x', false],
    ['https://ca.example/a b', false],
    ['//ca.example', false],
  ])('%s: %s', (text, expected) => {
    expect(isAbsoluteUri(text)).toBe(expected);
  });
});
