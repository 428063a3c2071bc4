import { basename } from 'node:path';
import { logicalLines } from './postfix-text.ts';

/** A service of master.cf that speaks SMTP or LMTP, with the parameters it has of its own. */
export interface PostfixService {
  /** `smtpd` takes mail, `smtp` and `lmtp` send it: parameters begin with that. */
  readonly daemon: 'smtpd' | 'smtp' | 'lmtp';
  /** Where it listens; empty for a service that does not, or under a name whose port is not known. */
  readonly ports: readonly number[];
  /** Values of `-o name=value`, unexpanded. */
  readonly own: ReadonlyMap<string, string>;
  readonly line: number;
}

/** Services of more lines are not looked at. */
const MOST_SERVICES = 1000;

/** Ports by the names that services(5) has for mail. */
const PORTS: Readonly<Record<string, number>> = {
  smtp: 25,
  mail: 25,
  smtps: 465,
  ssmtp: 465,
  urd: 465,
  submissions: 465,
  submission: 587,
};

/** The services of a master.cf(5) that may show a certificate; `smtpd pass` takes over what postscreen(8) accepts. */
export function readMasterCf(text: string): readonly PostfixService[] {
  const lines = logicalLines(text).slice(0, MOST_SERVICES);
  const rows = lines.map(({ text: row, line }) => ({ fields: fieldsOf(row), line }));
  const screened = rows.flatMap(({ fields: [name, type, , , , , , command] }) =>
    type === 'inet' && basename(command ?? '') === 'postscreen' ? portsOf(name) : [],
  );
  return rows.flatMap(({ fields: [name, type, , , , , , command, ...args], line }) => {
    const daemon = basename(command ?? '');
    if (daemon !== 'smtpd' && daemon !== 'smtp' && daemon !== 'lmtp') return [];
    const ports = type === 'inet' ? portsOf(name) : type === 'pass' ? screened : [];
    return [{ daemon, ports: daemon === 'smtpd' ? ports : [], own: optionsOf(args), line }];
  });
}

/** The port of `smtp`, `842`, `192.0.2.1:842` or `[2001:db8::1]:smtps`. */
function portsOf(name = ''): number[] {
  const port = name.slice(name.lastIndexOf(':') + 1);
  if (Object.hasOwn(PORTS, port)) return [PORTS[port]!];
  const number = /^\d{1,5}$/u.test(port) ? Number(port) : 0;
  return number > 0 && number < 65_536 ? [number] : [];
}

/** Fields parted by white space; braces around a field let it hold some, and are not part of it. */
function fieldsOf(row: string): string[] {
  const fields: string[] = [];
  const word = /[^\s{]\S*|\{/gu;
  for (let match = word.exec(row); match !== null; match = word.exec(row)) {
    if (match[0] !== '{') {
      fields.push(match[0]);
      continue;
    }
    const end = closingBrace(row, match.index);
    fields.push(row.slice(match.index + 1, end).trim());
    word.lastIndex = end + 1;
  }
  return fields;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

function optionsOf(args: readonly string[]): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (!arg.startsWith('-o')) continue;
    const option = arg === '-o' ? (args[++at] ?? '') : arg.slice(2);
    const equals = option.indexOf('=');
    if (equals > 0) own.set(option.slice(0, equals).trim(), option.slice(equals + 1).trim());
  }
  return own;
}
