import { parseSpf } from '../../lib/mail/spf.ts';
import type { SpfAnswers, SpfFound } from '../../lib/mail/spf-answers.ts';
import { spfName } from '../../lib/mail/spf-names.ts';
import { ip4Octets, ip6Octets } from '../../lib/mail/spf-networks.ts';
import { nameToText } from '../../lib/rr/name.ts';

/** What a small DNS knows, by name without the final dot; names that are not in it are unknown, `null` means surely nothing. */
export interface Known {
  readonly spf?: Readonly<Record<string, string | null>>;
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  readonly mx?: Readonly<Record<string, readonly string[]>>;
}

/** Answers out of a small DNS. */
export function answersOf({ spf = {}, addresses = {}, mx = {} }: Known): SpfAnswers {
  const key = (name: Uint8Array): string => nameToText(name).slice(0, -1).toLowerCase();
  return {
    record(name) {
      const text = spf[key(name)];
      if (text === undefined) return 'unknown';
      return text === null ? 'none' : found(key(name), text);
    },
    addresses: (name) => addresses[key(name)]?.map(octets),
    exchanges: (name) => mx[key(name)]?.map(wire),
  };
}

/** The record of a name. */
export function found(name: string, text: string): SpfFound {
  const spf = parseSpf(text);
  if (spf === undefined) throw new Error(`${text} is no SPF`);
  return { name: wire(name), spf };
}

/** Wire form of a name's text. */
export function wire(name: string): Uint8Array {
  const read = spfName(name);
  if (read === undefined) throw new Error(`${name} is no name`);
  return read;
}

/** The octets of an address. */
export function octets(address: string): Uint8Array {
  const read = ip4Octets(address) ?? ip6Octets(address);
  if (read === undefined) throw new Error(`${address} is no address`);
  return read;
}
