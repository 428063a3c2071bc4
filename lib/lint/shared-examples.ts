import type { CertificateFacts } from '../certs/facts.ts';
import { nameFromText, ROOT } from '../rr/name.ts';
import { hexText } from '../rr/octets.ts';
import type { ExampleCertificate } from './rule.ts';

/** Client MX RDATA as an example line writes it, with the readable form behind: names are below example.net unless absolute. */
export function clientMx(preference: number, exchange: string): string {
  const absolute = exchange.endsWith('.') ? exchange : `${exchange}.example.net.`;
  const read = nameFromText(absolute);
  const name = 'name' in read ? read.name : ROOT;
  const hex = preference.toString(16).padStart(4, '0') + hexText(name);
  return `TYPE265 \\# ${hex.length / 2} ${hex} ; CLIENTMX ${preference} ${absolute}`;
}

/** A certificate of an example with facts that its short form has no word for. */
export interface DetailedCertificate extends ExampleCertificate {
  readonly facts?: Partial<CertificateFacts>;
  /** Issuers in the same file, nearest first. */
  readonly chain?: readonly Partial<CertificateFacts>[];
  /** Certificates before it in the same file. */
  readonly index?: number;
}
