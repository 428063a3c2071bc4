import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, refusedLines, run } from '../rr/tools.ts';

const CHECKS_OFF = ['-k', '-m', '-M', '-n', '-r', '-S'].flatMap((option) => [option, 'ignore']);

/** The records that named-compilezone makes of a zone, normalised (see normalRecord); undefined when not installed. */
export function compileZone(origin: string, text: string): string[] | undefined {
  return inFolder((folder) => {
    const zone = join(folder, 'zone');
    const out = join(folder, 'out');
    const compile = (lines: string): string | undefined => {
      writeFileSync(zone, lines, 'latin1');
      return run('named-compilezone', [...CHECKS_OFF, '-i', 'none', '-s', 'full', '-o', out, origin, zone]);
    };
    const said = compile(text);
    if (said === undefined) return undefined;
    if (!/\nOK\n$/.test(said)) throw new Error(said.slice(0, 500));
    const written = run('cat', [out]) ?? '';
    return written
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(';'))
      .map(normalRecord);
  });
}

/** Numbers of the lines of a zone that BIND refuses, counted from 1; undefined when it is not installed. */
export function linesRefused(origin: string, text: string): Set<number> | undefined {
  return inFolder((folder) => {
    const zone = join(folder, 'zone');
    writeFileSync(zone, text, 'latin1');
    const said = run('named-compilezone', [...CHECKS_OFF, '-i', 'none', '-o', join(folder, 'out'), origin, zone]);
    return said === undefined ? undefined : refusedLines(said);
  });
}

/** Types whose last fields are base64, where letters of either case differ, with the number of fields before them. */
const BASE64: Readonly<Record<string, number>> = {
  SIG: 8,
  KEY: 3,
  CERT: 3,
  SINK: 2,
  IPSECKEY: 4,
  RRSIG: 8,
  DNSKEY: 3,
  DHCID: 0,
  HIP: 2,
  RKEY: 3,
  CDNSKEY: 3,
  OPENPGPKEY: 0,
  HHIT: 0,
  BRID: 0,
};

/** Types whose last fields are one run of hexadecimal digits, with the number of fields before it. */
const HEX: Readonly<Record<string, number>> = {
  EID: 0,
  NIMLOC: 0,
  DS: 3,
  SSHFP: 2,
  TLSA: 3,
  SMIMEA: 3,
  CDS: 3,
  ZONEMD: 3,
  TA: 3,
  DLV: 3,
};

/** Mnemonics by which BIND writes types that we write by number, their RDATA being generic. */
const BY_NUMBER: Readonly<Record<string, string>> = {
  NULL: 'TYPE10',
  UINFO: 'TYPE100',
  UID: 'TYPE101',
  GID: 'TYPE102',
  UNSPEC: 'TYPE103',
};

/**
 * A record line with what may be written in several ways made one: runs of blanks, letter case of names and of
 * hexadecimal digits, blanks in long digits, zeros before the digits of locators. Quoted strings stay as they are.
 */
export function normalRecord(line: string): string {
  const [, owner = '', ttl, recordClass, type = '', rdata = ''] =
    /^(\S+)\s+(\d+)\s+(\S+)\s+(\S+)\s*(.*)$/s.exec(line) ?? [];
  const head = `${owner.toLowerCase()} ${ttl} ${recordClass} ${BY_NUMBER[type] ?? type}`;
  const words = rdata.match(/"(?:[^"\\]|\\.)*"|[^\s"]+(?:"(?:[^"\\]|\\.)*")?/gs) ?? [];
  if (words[0] === '\\#') return `${head} \\# ${words[1]} ${words.slice(2).join('').toLowerCase()}`;
  const lower = words.map((word) => (word.includes('"') ? word : word.toLowerCase()));
  if (type === 'NID' || type === 'L64') return `${head} ${lower.join(' ').replace(/\b0+(?=[0-9a-f])/g, '')}`;
  if (HEX[type] !== undefined) return `${head} ${joinAfter(lower, HEX[type])}`;
  if (BASE64[type] !== undefined)
    return `${head} ${joinAfter([...lower.slice(0, BASE64[type]), ...words.slice(BASE64[type])], BASE64[type])}`;
  return `${head} ${lower.join(' ')}`;
}

function joinAfter(words: readonly string[], count: number): string {
  return [...words.slice(0, count), words.slice(count).join('')].join(' ');
}
