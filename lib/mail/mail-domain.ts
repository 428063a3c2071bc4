import { isIP } from 'node:net';
import { normalizeHostName } from '../certs/names.ts';

/** Where mail is to go: a domain in A-labels, or an address outright. */
export type MailDestination =
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'literal'; readonly address: string }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Reads what stands behind the @ of an address: a domain, in Unicode too, or an address literal (RFC 5321 §4.1.3). */
export function readDestination(text: string): MailDestination {
  const inner = /^\[(.*)\]$/s.exec(text)?.[1];
  if (inner !== undefined) return literal(inner);
  if (isIP(text) === 4)
    return wrong(`${text} is an address, not a mail domain; an address literal is written [${text}]`);
  if (isIP(text) === 6)
    return wrong(`${text} is an address, not a mail domain; an address literal is written [IPv6:${text}]`);
  const at = text.lastIndexOf('@');
  if (at >= 0)
    return wrong(
      `'${text}' is an address: give the domain behind the @ alone, ${text.slice(at + 1) || 'which is empty'}`,
    );
  const domain = normalizeHostName(text);
  return domain === undefined
    ? wrong(`'${text}' is no domain name; one is written example.net`)
    : { kind: 'domain', domain };
}

function literal(inner: string): MailDestination {
  const six = /^IPv6:(.*)$/is.exec(inner)?.[1];
  if (six !== undefined && isIP(six) === 6 && !six.includes('%'))
    return { kind: 'literal', address: six.toLowerCase() };
  if (isIP(inner) === 4) return { kind: 'literal', address: inner };
  return wrong(`[${inner}] is no address literal; one is written [192.0.2.1] or [IPv6:2001:db8::1]`);
}

function wrong(problem: string): MailDestination {
  return { kind: 'wrong', problem };
}

/** Whether a name is an IP address written as a name, which no resolver can give addresses for. */
export function isAddress(host: string): boolean {
  return isIP(host) !== 0;
}
