import { nameFromText } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { reverseName } from './arpa.ts';

/** An address with the type of the record that has it. */
export interface Address {
  readonly type: number;
  readonly octets: Uint8Array;
}

/** The address a name of the reverse tree stands for (RFC 1035 §3.5, RFC 3596 §2.5), undefined for any other. */
export function addressOfReverse(name: Uint8Array): Address | undefined {
  const reverse = reverseName(name);
  if (reverse === undefined) return undefined;
  const labels = [...reverse.labels].reverse();
  if (reverse.family === 4) {
    if (labels.length !== 4 || !labels.every((label) => /^(?:0|[1-9]\d{0,2})$/.test(label) && Number(label) < 256)) {
      return undefined;
    }
    return { type: TYPE.A, octets: Uint8Array.from(labels, Number) };
  }
  if (labels.length !== 32 || !labels.every((label) => /^[0-9a-f]$/.test(label))) return undefined;
  const octets = Uint8Array.from({ length: 16 }, (_, at) =>
    Number.parseInt(`${labels[2 * at]}${labels[2 * at + 1]}`, 16),
  );
  return { type: TYPE.AAAA, octets };
}

/** The name in the reverse tree that stands for an address. */
export function reverseOfAddress({ type, octets }: Address): Uint8Array {
  const parts =
    type === TYPE.A
      ? [...octets].reverse().map(String)
      : [...octets].reverse().flatMap((octet) => [(octet & 15).toString(16), (octet >> 4).toString(16)]);
  const read = nameFromText(`${parts.join('.')}.${type === TYPE.A ? 'in-addr' : 'ip6'}.arpa.`);
  return 'name' in read ? read.name : new Uint8Array(1);
}

/** Whether two addresses are the same octets. */
export function sameOctets(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((octet, at) => octet === other[at]);
}
