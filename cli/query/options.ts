import { hexText } from '../../lib/rr/octets.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import { u16At } from '../../lib/wire/header.ts';
import type { EdnsOption } from '../../lib/wire/message.ts';

/** How an option of EDNS is shown: its name and its value as text. */
export interface ShownOption {
  readonly code: number;
  readonly name: string;
  readonly value: string;
}

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(OPTION).map(([name, code]) => [code, name.replaceAll('_', '-')]),
);

type Show = (data: Uint8Array) => string;

/** Values that say more than their octets. */
const VALUES: ReadonlyMap<number, Show> = new Map<number, Show>([
  [OPTION.NSID, (data) => withText(data)],
  // A client's half and a server's (RFC 7873 §4).
  [
    OPTION.COOKIE,
    (data) =>
      [data.subarray(0, 8), data.subarray(8)]
        .map((part) => hexText(part))
        .filter(Boolean)
        .join(' '),
  ],
  [OPTION.TCP_KEEPALIVE, (data) => (data.length === 2 ? `${u16At(data, 0) / 10} s` : 'no time')],
  [OPTION.PADDING, (data) => `${data.length} octets`],
  [OPTION.EXPIRE, (data) => (data.length === 4 ? `${number(data)} s` : hexText(data))],
  // Labels of the zone, type of the version, serial (RFC 9660 §2).
  [
    OPTION.ZONEVERSION,
    (data) =>
      data.length === 6 && data[1] === 0 ? `serial ${number(data.subarray(2))} (${data[0]} labels)` : hexText(data),
  ],
]);

/** An option as it is shown; extended errors are shown elsewhere. */
export function shownOption({ code, data }: EdnsOption): ShownOption {
  const value = VALUES.get(code)?.(data) ?? hexText(data);
  return { code, name: NAMES.get(code) ?? `OPT${code}`, value };
}

function number(data: Uint8Array): number {
  return data.reduce((sum, octet) => sum * 256 + octet, 0);
}

function withText(data: Uint8Array): string {
  const text = data.every((octet) => octet >= 0x20 && octet < 0x7f) ? new TextDecoder().decode(data) : undefined;
  return text === undefined || text === '' ? hexText(data) : `${hexText(data)} ("${text}")`;
}
