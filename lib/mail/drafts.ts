/** What the two drafts have not settled yet: everything that may get another value before they are RFCs. */
export interface Drafts {
  /** RR type of Client MX (draft-chuang-mutual-tls-email-authentication §1.5). */
  readonly clientMxType: number;
  /** First label of the SRV records (draft-nurpmeso §2), in lower case. */
  readonly label: string;
  /** Second label of the SRV records, in lower case. */
  readonly protocol: string;
  /** Port that means STARTTLS (draft-nurpmeso §2). */
  readonly starttlsPort: number;
  /** Port that the draft asks for Implicit TLS, not assigned yet. */
  readonly implicitTlsPort: number;
  /** Seconds below which a cached "there is no such SRV record" is of no use (draft-nurpmeso §2). */
  readonly negativeCacheLeast: number;
}

/** The values that the drafts in force have or, where they leave it open, that are in use. */
export const DRAFTS: Drafts = {
  clientMxType: 265,
  label: '_smtp-tls',
  protocol: '_tcp',
  starttlsPort: 25,
  implicitTlsPort: 842,
  negativeCacheLeast: 60,
};

/** Ports of mail submission, which no draft changes (RFC 8314 §3.3, RFC 6409 §3.1). */
export const SUBMISSION_PORTS: readonly number[] = [465, 587];

/** The name at which the SRV records of a mail domain stand. */
export function serviceName({ label, protocol }: Drafts, domain: string): string {
  return `${label}.${protocol}.${domain}`;
}

/** The two labels of that name in wire form, without what is behind them. */
export function serviceLabels({ label, protocol }: Drafts): Uint8Array {
  const text = [label, protocol].map((each) => String.fromCharCode(each.length) + each).join('');
  return new TextEncoder().encode(text);
}
