import { domainToUnicode } from 'node:url';
import { printRdata } from '../rr/codec.ts';
import { equalNames, nameToText } from '../rr/name.ts';
import { TYPE, typeRow, typeToText } from '../rr/types.ts';
import { bareText } from './generate-names.ts';
import type { MailRecord, MailSection, MailZone, ZoneBasics } from './generate-plan.ts';
import { joined } from './generate-wire.ts';

/** How records are written. */
export interface GeneratedLayout {
  /** Names at or below it are relative; without, every name is whole. */
  readonly origin?: Uint8Array;
  /** Seconds written with each record; without, they are left to what stands before. */
  readonly ttl?: number | ((record: MailRecord) => number | undefined);
}

/** Seconds that records of a whole zone live when nothing is said. */
export const USUAL_TTL = 3600;

/** Width of the column of owners at most; a longer owner moves the rest of its line. */
const WIDEST_OWNER = 28;

/** A whole zone with commented sections; the same plan and serial give the same text. */
export function wholeZoneText(
  zone: MailZone,
  basics: ZoneBasics,
  { serial, ttl }: { serial: number; ttl?: number },
): string {
  const head = [`; The zone of ${commented(bareText(zone.origin))}.`];
  head.push(`$ORIGIN ${nameToText(zone.origin)}`, `$TTL ${ttl ?? USUAL_TTL}`, '', '');
  const numbers = [serial, basics.refresh, basics.retry, basics.expire, basics.minimum];
  const timers = Uint8Array.from(
    numbers.flatMap((each) => [each >>> 24, (each >>> 16) & 255, (each >>> 8) & 255, each & 255]),
  );
  const soa = {
    owner: zone.origin,
    type: TYPE.SOA,
    rdata: joined(basics.primary, basics.hostmaster, timers),
    path: '',
  };
  const begin = { comment: '', records: [soa, ...basics.nameServers] };
  return `${head.join('\n')}${sectionsText([begin, ...zone.sections], { origin: zone.origin })}`;
}

/** The sections in order, each under its comment, with an empty line between. */
export function sectionsText(sections: readonly MailSection[], layout: GeneratedLayout): string {
  const writer = new SectionWriter(sections, layout);
  return sections.map((section) => writer.section(section)).join('\n');
}

class SectionWriter {
  private readonly layout: GeneratedLayout;
  private readonly ownerWidth: number;
  private readonly typeWidth: number;
  private readonly ttlWidth: number;

  constructor(sections: readonly MailSection[], layout: GeneratedLayout) {
    this.layout = layout;
    const records = sections.flatMap((section) => section.records);
    const lengths = records.map(({ owner }) => this.owner(owner).length);
    const fitting = lengths.filter((length) => length <= WIDEST_OWNER);
    this.ownerWidth = Math.max(8, ...(fitting.length > 0 ? fitting : [WIDEST_OWNER]));
    this.typeWidth = Math.max(4, ...records.map(({ type }) => typeToText(type).length));
    this.ttlWidth = Math.max(0, ...records.map((record) => this.ttl(record).length));
  }

  section({ comment, records }: MailSection): string {
    let before: Uint8Array | undefined;
    const lines = records.map((record) => {
      const isSame = before !== undefined && equalNames(before, record.owner);
      before = record.owner;
      return this.record(record, isSame ? '' : this.owner(record.owner));
    });
    return [...(comment === '' ? [] : [`; ${commented(comment)}`]), ...lines].map((line) => `${line}\n`).join('');
  }

  private owner(owner: Uint8Array): string {
    return nameToText(owner, this.layout.origin);
  }

  private ttl(record: MailRecord): string {
    const { ttl } = this.layout;
    const seconds = typeof ttl === 'function' ? ttl(record) : ttl;
    return seconds === undefined ? '' : `${seconds} `;
  }

  private record(record: MailRecord, owner: string): string {
    const { type, rdata } = record;
    const { origin } = this.layout;
    const head = `${owner.padEnd(this.ownerWidth)} ${this.ttl(record).padEnd(this.ttlWidth)}IN ${typeToText(type).padEnd(this.typeWidth)} `;
    const words = printRdata(type, rdata, origin === undefined ? {} : { origin });
    const fields = typeRow(type)?.fields ?? [];
    if (fields.some(({ kind }) => kind === 'period'))
      return timersText(
        head,
        words.split(' '),
        fields.map(({ name }) => name),
      );
    const pieces = words.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
    if (pieces.length > 1) {
      const column = ' '.repeat(head.length + 2);
      return `${head}( ${pieces.join(`\n${column}`)} )`;
    }
    const row = typeRow(type);
    const meaning = row?.generic === true ? `${row.mnemonic} ${printRdata(type, rdata, { native: true })}` : '';
    const comment = [meaning, ...unicodeNames(`${owner} ${meaning === '' ? words : meaning}`)];
    const said = comment.filter((each) => each !== '').join(', ');
    return `${head}${words}${said === '' ? '' : ` ; ${said}`}`;
  }
}

/** The names of a record, and each of its numbers on a line of its own. */
function timersText(head: string, words: readonly string[], names: readonly string[]): string {
  const column = ' '.repeat(head.length);
  const [primary, hostmaster, ...numbers] = words;
  const closed = numbers.map((number, index) => (index === numbers.length - 1 ? `${number} )` : number));
  const width = Math.max(...closed.map((number) => number.length));
  const lines = closed.map((number, index) => `${column}${number.padEnd(width)} ; ${names[index + 2]}`);
  return [`${head}${primary} ${hostmaster} (`, ...lines].join('\n');
}

/** Names with A-labels as people write them (RFC 5890 §2.3.2.1), for a comment. */
function unicodeNames(text: string): string[] {
  const names = text.match(/(?:[\w-]+\.)*xn--[\w.-]*\w/gi) ?? [];
  return [
    ...new Set(names.map((name) => domainToUnicode(name)).filter((name) => name !== '' && !/xn--/i.test(name))),
  ].map(harmless);
}

/** A sentence with its A-labels as people write them, without anything that could end the comment. */
function commented(text: string): string {
  return harmless(
    text.replace(/(?:[\w-]+\.)*xn--[\w.-]*\w/gi, (name) => {
      const shown = domainToUnicode(name);
      return shown === '' || shown === name ? name : `${shown} (${name})`;
    }),
  );
}

function harmless(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}
