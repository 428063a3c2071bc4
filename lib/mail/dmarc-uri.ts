import { isHostName, MAX_LABEL, MAX_NAME } from '../rr/name.ts';
import type { Tag } from './tag-list.ts';

/** What keeps a URI of `rua` or `ruf` from being used (RFC 9989 §4.7). */
export type DmarcUriFault =
  | 'empty'
  /** An address or name without `mailto:`. */
  | 'no-scheme'
  /** A scheme reports are not sent by. */
  | 'other-scheme'
  /** `mailto://`. */
  | 'slashes'
  | 'no-address'
  | 'bad-domain'
  /** Behind a `!` stands no size. */
  | 'bad-size'
  /** An octet that a URI has only in encoded form. */
  | 'bad-octet';

/** One URI of `rua` or `ruf`; octets are those of the joined text. */
export interface DmarcUri {
  /** Without the size. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly fault: DmarcUriFault | undefined;
  /** Wire form of the domain that reports go to, when nothing is wrong. */
  readonly domain: Uint8Array | undefined;
  /** The size that RFC 7489 §6.2 allowed behind a `!`, as `!10m`. */
  readonly size: { readonly text: string; readonly from: number; readonly to: number } | undefined;
}

/** The URIs of a `rua` or `ruf` tag, which commas separate. Never throws, linear. */
export function dmarcUris(tag: Tag | undefined): readonly DmarcUri[] {
  if (tag === undefined) return [];
  let at = tag.valueStart;
  return tag.value.split(',').map((piece) => {
    const text = piece.trim();
    const uri = readUri(text, at + (text === '' ? 0 : piece.indexOf(text)));
    at += piece.length + 1;
    return uri;
  });
}

/** What nearly all are: a plain address without a size. */
const PLAIN = /^mailto:[a-z0-9._+-]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i;

function readUri(whole: string, from: number): DmarcUri {
  const host = PLAIN.exec(whole)?.[1];
  const wire = host === undefined ? undefined : hostWire(host);
  if (wire !== undefined && isHostName(wire)) {
    return { text: whole, from, to: from + whole.length, size: undefined, fault: undefined, domain: wire };
  }
  const mark = whole.lastIndexOf('!');
  const text = mark < 0 ? whole : whole.slice(0, mark);
  const size = mark < 0 ? undefined : { text: whole.slice(mark), from: from + mark, to: from + whole.length };
  const uri = { text, from, to: from + text.length, size };
  const fault = uriFault(text) ?? (size === undefined || isSize(size.text) ? undefined : 'bad-size');
  if (fault !== undefined) return { ...uri, fault, domain: undefined };
  const domain = domainOf(text);
  return { ...uri, fault: domain === undefined ? 'bad-domain' : undefined, domain };
}

/** A number that fits into 64 bits, and a unit. */
function isSize(text: string): boolean {
  return /^!\d{1,19}[kmgt]?$/i.test(text);
}

function uriFault(text: string): DmarcUriFault | undefined {
  if (text === '') return 'empty';
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1];
  if (scheme === undefined) return 'no-scheme';
  if (scheme.toLowerCase() !== 'mailto') return 'other-scheme';
  const rest = text.slice(scheme.length + 1);
  if (rest.startsWith('//')) return 'slashes';
  if (/[^\x21-\x7e]|["<>\\^`{|}]|%(?![\da-f]{2})|!/i.test(rest)) return 'bad-octet';
  return /^[^@?]+@[^@?]+(?:\?|$)/.test(rest) ? undefined : 'no-address';
}

/** The domain of a `mailto:` URI (RFC 6068 §2); undefined when it is no host name with two labels at least. */
function domainOf(uri: string): Uint8Array | undefined {
  const query = uri.indexOf('?');
  const text = decoded(uri.slice(uri.indexOf('@') + 1, query < 0 ? undefined : query)).replace(/\.$/, '');
  const wire = hostWire(text);
  return wire !== undefined && isHostName(wire) ? wire : undefined;
}

/** Wire form of labels between dots; undefined with fewer than two or when one or all are too long (RFC 1035 §2.3.4). */
function hostWire(text: string): Uint8Array | undefined {
  if (!text.includes('.') || text.length + 2 > MAX_NAME) return undefined;
  const wire = new Uint8Array(text.length + 2);
  let sizeAt = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : DOT;
    if (code > 0x7f) return undefined;
    if (code !== DOT) wire[at + 1] = code;
    else {
      const size = at - sizeAt;
      if (size === 0 || size > MAX_LABEL) return undefined;
      wire[sizeAt] = size;
      sizeAt = at + 1;
    }
  }
  return wire;
}

const DOT = 0x2e;

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
