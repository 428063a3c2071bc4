import { logicalLines } from './postfix-text.ts';

/** A row of a lookup table, with its line in the file of the table. */
export interface TableRow {
  readonly key: string;
  readonly value: string;
  readonly line?: number;
}

/** Tables whose source is a text file of the given name, whatever it was compiled to. */
export const TEXT_TABLES: ReadonlySet<string> = new Set(['texthash', 'hash', 'btree', 'lmdb', 'cdb', 'dbm', 'sdbm']);

/** Rows of a table in the form of postmap(1). */
export function textRows(text: string): TableRow[] {
  return logicalLines(text).flatMap(({ text: row, line }) => {
    const [, key, value] = /^(\S+)\s+([\s\S]*)$/u.exec(row) ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value, line }];
  });
}

/** Rows of `inline:{ key=value, { key = text with blanks } }` (DATABASE_README). */
export function inlineRows(text: string): TableRow[] {
  const inside = text.trim().replace(/^\{|\}$/gu, '');
  const rows = inside.match(/\{[^{}]*\}|[^\s,{}]+/gu) ?? [];
  return rows.flatMap((row) => {
    const bare = row.replace(/^\{|\}$/gu, '');
    const equals = bare.indexOf('=');
    const key = bare.slice(0, equals).trim();
    return equals < 0 || key === '' || /\s/u.test(key) ? [] : [{ key, value: bare.slice(equals + 1).trim() }];
  });
}

/** The tables of a list; the braces of an inline table may hold blanks and commas. */
export function tables(value: string): string[] {
  return value.match(/\w+:\{(?:[^{}]|\{[^{}]*\})*\}|[^\s,]+/gu) ?? [];
}
