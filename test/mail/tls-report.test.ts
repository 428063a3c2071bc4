import { describe, expect, it } from 'vitest';
import { isTlsReport, parseTlsReport, seemsTlsReport } from '../../lib/mail/tls-report.ts';

describe('the record at _smtp._tls', () => {
  it.each([
    ['v=TLSRPTv1; rua=mailto:tls@example.net', 1],
    ['v=TLSRPTv1;rua=mailto:tls@example.net;', 1],
    ['v=TLSRPTv1; rua=mailto:a@example.net , https://r.example.org/v1?x=1,mailto:b@example.net', 3],
    ['v=TLSRPTv1; rua=https://r.example.org; x=y', 1],
    ['v=TLSRPTv1; rua=MAILTO:tls@example.net?subject=x', 1],
    ['v=TLSRPTv1; rua=https://[2001:db8::1]:8443/', 1],
  ])('%s', (text, uris) => {
    expect(isTlsReport(text)).toBe(true);
    expect(parseTlsReport(text).problems).toEqual([]);
    expect(parseTlsReport(text).uris.map(({ start, end }) => text.slice(start, end))).toHaveLength(uris);
  });

  it('has the ranges of the addresses', () => {
    const text = 'v=TLSRPTv1; rua=mailto:a@example.net , https://r.example.org/v1';
    expect(parseTlsReport(text).uris.map(({ start, end }) => text.slice(start, end))).toEqual([
      'mailto:a@example.net',
      'https://r.example.org/v1',
    ]);
  });

  it.each([
    ['v=TLSRPTv1;', 'rua-missing v=TLSRPTv1;'],
    ['v=TLSRPTv1; ruf=mailto:a@example.net', 'rua-missing ruf -> rua'],
    ['v=TLSRPTv1; rua=tls@example.net', 'bad-scheme tls@example.net -> mailto:tls@example.net'],
    ['v=TLSRPTv1; rua=http://r.example.org/', 'bad-scheme http://r.example.org/ -> https://r.example.org/'],
    ['v=TLSRPTv1; rua=ftp://r.example.org/', 'bad-scheme ftp://r.example.org/'],
    ['v=TLSRPTv1; rua=r.example.org', 'bad-scheme r.example.org'],
    ['v=TLSRPTv1; rua=mailto:tls', 'bad-address mailto:tls'],
    ['v=TLSRPTv1; rua=mailto://tls@example.net', 'bad-address mailto://tls@example.net -> mailto:tls@example.net'],
    ['v=TLSRPTv1; rua=https:r.example.org', 'bad-url https:r.example.org'],
    ['v=TLSRPTv1; rua=mailto:tls@example.net!10m', 'bad-uri-character mailto:tls@example.net!10m'],
    ['v=TLSRPTv1; rua=', 'empty-uri rua='],
    ['v=TLSRPTv1; rua=mailto:a@example.net,', 'empty-uri rua=mailto:a@example.net,'],
    ['v=TLSRPTv1; rua=mailto:a@example.net; rua=mailto:b@example.net', 'rua-repeated rua=mailto:b@example.net'],
    ['v=TLSRPTv1 rua=mailto:a@example.net', 'version v=TLSRPTv1  -> v=TLSRPTv1; '],
    ['v=tlsrptv1; rua=mailto:a@example.net', 'version v=tlsrptv1;  -> v=TLSRPTv1; '],
  ])('%s', (text, problem) => {
    const [first] = parseTlsReport(text).problems;
    const found = `${first?.fault} ${text.slice(first?.start, first?.end)}`;
    expect(first?.instead === undefined ? found : `${found} -> ${first.instead}`).toBe(problem);
  });

  it.each([
    ['v=TLSRPT; rua=x', true],
    ['v=TLSRPTv1', true],
    ['v=TLSRPTx', false],
    ['v=TLS', false],
  ])('%s was meant: %s', (text, meant) => {
    expect(seemsTlsReport(text)).toBe(meant);
  });
});
