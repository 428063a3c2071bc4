import type { Span } from '../text/diagnostic.ts';
import { type FieldFault, type FieldProblem, hasVersion, readFields, seemsVersion } from './mta-sts-fields.ts';

/** What can be wrong with a TLSRPT record (RFC 8460 §3). */
export type TlsReportFault =
  | FieldFault
  | 'rua-missing'
  | 'rua-repeated'
  /** Nothing between two commas. */
  | 'empty-uri'
  /** Neither mailto: nor https:. */
  | 'bad-scheme'
  | 'bad-address'
  | 'bad-url'
  /** A character that has to be written as a percent sign and its number. */
  | 'bad-uri-character';

/** Where reports are sent: one URI of `rua`. */
export interface ReportUri extends Span {
  readonly text: string;
}

/** The TXT record at `_smtp._tls` (RFC 8460 §3): where reports go, and everything wrong with the record. */
export interface TlsReportRecord {
  readonly text: string;
  readonly uris: readonly ReportUri[];
  readonly problems: readonly FieldProblem<TlsReportFault>[];
}

const VERSION = 'TLSRPTv1';

/** Whether senders take a text for a TLSRPT record: it begins with `v=TLSRPTv1;` (RFC 8460 §3). */
export function isTlsReport(text: string): boolean {
  return hasVersion(text, VERSION);
}

/** Whether a text was meant to be a TLSRPT record. */
export function seemsTlsReport(text: string): boolean {
  return seemsVersion(text, VERSION);
}

/** Reads the joined character-strings of a TXT record as a TLSRPT record. Never throws, linear. */
export function parseTlsReport(text: string): TlsReportRecord {
  const { fields, problems } = readFields(text, VERSION);
  const all: FieldProblem<TlsReportFault>[] = [...problems];
  const [rua, ...others] = fields.filter(({ name }) => name === 'rua');
  for (const { start, end } of others) all.push({ fault: 'rua-repeated', start, end, instead: undefined });
  if (rua === undefined) {
    const misspelt = fields.find(({ name }) => /^(?:rua|ruf|uri|ura)$/i.test(name));
    const { nameStart: start = 0, nameEnd: end = text.length } = misspelt ?? {};
    // Without a semicolon behind the version the field is there, and counted as part of the version.
    const isHidden = problems.some(({ fault }) => fault === 'version') && text.includes('rua=');
    if (!isHidden) all.push({ fault: 'rua-missing', start, end, instead: misspelt && 'rua' });
    return { text, uris: [], problems: all };
  }
  const uris: ReportUri[] = [];
  for (let at = rua.valueStart; at <= rua.valueEnd; ) {
    const comma = text.indexOf(',', at);
    const end = comma < 0 || comma >= rua.valueEnd ? rua.valueEnd : comma;
    const piece = text.slice(at, end);
    const start = at + piece.length - piece.trimStart().length;
    const uri = { text: piece.trim(), start, end: start + piece.trim().length };
    if (uri.text === '') all.push({ fault: 'empty-uri', start: rua.nameStart, end: rua.valueEnd, instead: undefined });
    else {
      uris.push(uri);
      const found = uriProblem(uri);
      if (found !== undefined) all.push(found);
    }
    at = end + 1;
  }
  return { text, uris, problems: all };
}

function uriProblem({ text, start, end }: ReportUri): FieldProblem<TlsReportFault> | undefined {
  const [whole = '', scheme = ''] = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(text.slice(0, 64)) ?? [];
  const rest = text.slice(whole.length);
  const found = (fault: TlsReportFault, instead?: string): FieldProblem<TlsReportFault> => {
    return { fault, start, end, instead };
  };
  switch (scheme.toLowerCase()) {
    case 'mailto':
      if (/[!\s"<>]/.test(rest)) return found('bad-uri-character');
      return isAddress(rest.replace(/\?.*$/s, '')) ? undefined : found('bad-address', mended(rest));
    case 'https':
      if (/[!\s"<>]/.test(rest)) return found('bad-uri-character');
      return /^\/\/(?:[^/@]*@)?[a-z0-9[]/i.test(rest) ? undefined : found('bad-url');
    case 'http':
      return found('bad-scheme', `https:${rest}`);
    default:
      return found('bad-scheme', isAddress(text) ? `mailto:${text}` : undefined);
  }
}

/** `mailto://` is a common slip. */
function mended(rest: string): string | undefined {
  const bare = rest.replace(/^\/+/, '');
  return bare !== rest && isAddress(bare) ? `mailto:${bare}` : undefined;
}

function isAddress(text: string): boolean {
  return /^[^@\s/,;:]{1,128}@[a-z0-9_](?:[a-z0-9_.-]{0,252})$/i.test(text);
}
