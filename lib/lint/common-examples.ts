import { nameFromText, ROOT } from '../rr/name.ts';
import { hexText } from '../rr/octets.ts';

/** Client MX RDATA as an example line writes it, with the readable form behind: names are below example.net unless absolute. */
export function clientMx(preference: number, exchange: string): string {
  const absolute = exchange.endsWith('.') ? exchange : `${exchange}.example.net.`;
  const read = nameFromText(absolute);
  const name = 'name' in read ? read.name : ROOT;
  const hex = preference.toString(16).padStart(4, '0') + hexText(name);
  return `TYPE265 \\# ${hex.length / 2} ${hex} ; CLIENTMX ${preference} ${absolute}`;
}
