import { ascii, columnsOf, printable } from '../report/characters.ts';
import { type Look, type Palette, paletteOf } from '../report/look.ts';
import { counted } from '../report/words.ts';
import { type CertificateRow, isGood } from './rows.ts';

/** One column of the list: its heading, and the lines of a certificate in it. */
interface Column {
  readonly head: string;
  /** Columns it keeps when the screen is narrow. */
  readonly least: number;
  lines(row: CertificateRow): readonly string[];
}

const COLUMNS: readonly Column[] = [
  { head: 'FILE', least: 16, lines: ({ file, position }) => [position > 1 ? `${file} (${position})` : file] },
  { head: 'NAMES', least: 16, lines: ({ names }) => (names.length === 0 ? ['none'] : someOf(names)) },
  { head: 'ROLES', least: 7, lines: ({ roles, rolesFrom }) => roles.map((role) => role + ROLE_MARK[rolesFrom]) },
  { head: 'HOSTS', least: 16, lines: ({ hosts }) => (hosts.length === 0 ? ['-'] : someOf(hosts)) },
  { head: 'KEY', least: 8, lines: ({ keyType }) => [keyType] },
  { head: 'DAYS', least: 4, lines: ({ daysLeft }) => [String(daysLeft)] },
];

const ROLE_MARK: Readonly<Record<CertificateRow['rolesFrom'], string>> = { source: '', extendedKeyUsage: '?' };

const GAP = 2;
const MOST_NAMES = 4;

/** The list of certificates for people: a row each, and below it what is wrong. */
export function certificateTable(rows: readonly CertificateRow[], look: Look): string {
  const palette = paletteOf(look);
  const columns = COLUMNS.filter(({ head }) => head !== 'HOSTS' || rows.some(({ hosts }) => hosts.length > 0));
  const cells = rows.map((row) => columns.map((column) => column.lines(row).map(printable)));
  const widths = narrowed(
    columns.map((column, at) =>
      Math.max(column.head.length, ...cells.flatMap((row) => (row[at] ?? []).map(columnsOf))),
    ),
    columns.map(({ least }) => least),
    look.width - VERDICT,
  );
  const out = [
    palette.strong(
      `${rowText(
        columns.map(({ head }) => head),
        widths,
      )}PATH`,
    ),
  ];
  rows.forEach((row, index) => {
    const lines = cells[index] ?? [];
    const height = Math.max(...lines.map(({ length }) => length));
    for (let at = 0; at < height; at++) {
      const text = rowText(
        lines.map((each) => each[at] ?? ''),
        widths,
      );
      out.push(at === 0 ? text + palette[isGood(row) ? 'info' : 'error'](statusOf(row)) : text.trimEnd());
    }
    out.push(...detailsOf(row, palette));
  });
  const text = `${[...out, '', summary(rows)].join('\n')}\n`;
  return look.unicode ? text : ascii(text);
}

/** Columns the verdict takes at the end of a row. */
const VERDICT = 'key differs'.length;

function someOf(names: readonly string[]): readonly string[] {
  return names.length <= MOST_NAMES
    ? names
    : [...names.slice(0, MOST_NAMES - 1), `and ${names.length - MOST_NAMES + 1} more`];
}

/** Takes what is too much for the screen from the widest columns. */
function narrowed(widths: readonly number[], least: readonly number[], width: number): number[] {
  const fitted = [...widths];
  const room = width - GAP * widths.length;
  for (let over = fitted.reduce((sum, each) => sum + each, 0) - room; over > 0; over--) {
    const spare = fitted.map((each, at) => each - (least[at] ?? 0));
    const widest = spare.indexOf(Math.max(...spare));
    if ((spare[widest] ?? 0) <= 0) break;
    fitted[widest] = (fitted[widest] ?? 0) - 1;
  }
  return fitted;
}

/** The first column is a path, whose end tells most. */
function rowText(texts: readonly string[], widths: readonly number[]): string {
  return texts
    .map((text, at) => {
      const width = widths[at] ?? 0;
      const over = columnsOf(text) > width;
      const letters = [...text];
      const shown = !over
        ? text
        : at === 0
          ? `…${letters.slice(1 - width).join('')}`
          : `${letters.slice(0, width - 1).join('')}…`;
      return shown + ' '.repeat(Math.max(0, width - columnsOf(shown)) + GAP);
    })
    .join('');
}

function statusOf(row: CertificateRow): string {
  if (isGood(row)) return 'trusted';
  const faults = new Set(row.verdicts.flatMap((verdict) => verdict.faults.map(({ message }) => message)));
  return faults.size === 0 ? 'key differs' : counted(faults.size, 'fault');
}

/** What is wrong, each thing once whichever roles it concerns, and what else is worth a look. */
function detailsOf(row: CertificateRow, palette: Palette): string[] {
  const faults = new Map<string, string>();
  for (const { faults: ofRole } of row.verdicts)
    for (const { message, section } of ofRole) faults.set(message, section);
  const lines = [...faults].map(([message, section]) => `    ${printable(message)} ${palette.dim(`(${section})`)}`);
  if (row.key?.fit === 'differs')
    lines.push(
      `    the key in ${printable(row.key.file)} is not that of the certificate: install the one it was issued for`,
    );
  if (row.commonNameOnly)
    lines.push('    it has no dNSName, so peers fall back to its common name: issue it with subjectAltName');
  return lines;
}

function summary(rows: readonly CertificateRow[]): string {
  const bad = rows.filter((row) => !isGood(row)).length;
  const unsure = rows.some(({ rolesFrom }) => rolesFrom === 'extendedKeyUsage')
    ? '; roles with ? are read off extKeyUsage, as no source says them'
    : '';
  return `${counted(rows.length, 'certificate')}, ${bad === 0 ? 'all trusted' : `${bad} not trusted`}${unsure}`;
}
