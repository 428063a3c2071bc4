import { readFileSync } from 'node:fs';
import { type CertificateFacts, readCertificate } from '../../lib/certs/facts.ts';

/** One certificate of cases.pem, which make.sh issued with OpenSSL. */
export interface CertificateCase {
  readonly name: string;
  readonly pem: string;
  readonly der: Uint8Array;
}

const text = readFileSync(new URL('cases.pem', import.meta.url), 'utf8');

/** Every certificate of cases.pem; cut with a pattern of its own, so that the PEM reader is not tested by itself. */
export const cases: readonly CertificateCase[] = [
  ...text.matchAll(/^# (\S+)\n(-----BEGIN CERTIFICATE-----\n([^-]+)-----END CERTIFICATE-----\n)/gm),
].map(([, name, pem, base64]) => ({
  name: name!,
  pem: pem!,
  der: new Uint8Array(Buffer.from(base64!, 'base64')),
}));

/** The certificate with this name. */
export function caseOf(name: string): CertificateCase {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`cases.pem has no certificate ${name}`);
  return found;
}

/** The facts of a certificate that must be readable. */
export function factsOf(der: Uint8Array): CertificateFacts {
  const read = readCertificate(der);
  if ('problem' in read) throw new Error(`${read.problem} at ${read.offset}`);
  return read.facts;
}

/** DER of one value with the tag and the concatenated parts. */
export function der(tag: number, ...parts: readonly (Uint8Array | readonly number[] | string)[]): Uint8Array {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return new Uint8Array(Buffer.concat([Buffer.from([tag, ...length]), body]));
}
