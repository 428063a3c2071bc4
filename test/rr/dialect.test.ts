import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRdata } from '../../lib/rr/codec.ts';
import type { ProblemCode } from '../../lib/rr/problem.ts';
import { Entry, scanEntry } from '../../lib/text/entry.ts';
import { ByteSink } from '../../lib/text/sink.ts';
import { DIALECT, type DialectRow, EXCEPTIONS, MEASURED, type OurReading } from './dialect-table.ts';
import { ORIGIN, typeNumber } from './rdata.ts';
import { inFolder, run, version } from './tools.ts';

/** Notes about style that no server minds. */
const HARMLESS: ReadonlySet<ProblemCode> = new Set(['rfc3597-known-type', 'rfc3597-split-hex']);

it.each(DIALECT)('%s is loaded by %s: we %s', (record, _servers, we) => {
  expect(ourReading(record)).toBe(we);
});

describe('what all three read we read, what all refuse we refuse, what some refuse we never read without a word', () => {
  it.each(DIALECT.filter(([record]) => !EXCEPTIONS.has(record)))('%s', (_record, servers, we) => {
    if (servers === 'BNK') expect(we).toBe('reads');
    else if (servers === '---') expect(we).toBe('refuses');
    else expect(we).not.toBe('reads');
  });

  it('every exception is a row that needs it', () => {
    const needed = DIALECT.filter(([, servers, we]) =>
      servers === 'BNK' ? we !== 'reads' : servers === '---' && we !== 'refuses',
    );
    expect(needed.map(([record]) => record).sort()).toEqual([...EXCEPTIONS.keys()].sort());
  });
});

describe('the table still holds for the servers installed', () => {
  it('BIND', ({ skip }) => {
    if (!measured('BIND', version('named-checkzone', ['-v']), MEASURED.bind)) return skip('other or no BIND');
    const check = (folder: string) =>
      run('named-checkzone', ['-k', 'ignore', '-i', 'none', 'example.net', join(folder, 'zone')]);
    expect(zoneErrors(accepted('B'), check)).not.toMatch(
      /zone:\d+: (?!signature has expired|old style DNSSEC)|not loaded/,
    );
    expect(silentLines(refused('B'), check, /zone:(\d+):/g)).toEqual([]);
  });

  it('NSD', ({ skip }) => {
    const own = run('nsd', ['-v'])?.match(/\d+\.\d+\.\d+/)?.[0];
    if (!measured('NSD', own, MEASURED.nsd)) return skip('other or no NSD');
    const check = (folder: string) => run('nsd-checkzone', ['example.net', join(folder, 'zone')]);
    expect(zoneErrors(accepted('N'), check)).toContain('zone example.net is ok');
  });

  it('Knot DNS', ({ skip }) => {
    if (!measured('Knot DNS', version('knotc', ['-V']), MEASURED.knot)) return skip('other or no Knot DNS');
    const check = (folder: string) => {
      const config = `server:\n    rundir: ${folder}\ndatabase:\n    storage: ${folder}\nlog:\n  - target: stdout\n    any: info\n`;
      const zone = `zone:\n  - domain: example.net\n    file: ${join(folder, 'zone')}\n    semantic-checks: off\n`;
      writeFileSync(join(folder, 'conf'), config + zone);
      return run('knotc', ['-c', join(folder, 'conf'), 'zone-check', 'example.net']);
    };
    expect(zoneErrors(accepted('K'), check)).not.toMatch(/error/);
    // Refused without naming its line.
    expect(silentLines(refused('K'), check, /line (\d+)/g)).toEqual(['MX \\# 4 000ac00c']);
  });
});

/** Whether the version at hand is the measured one; otherwise a line says so. */
function measured(server: string, found: string | undefined, wanted: string): boolean {
  if (found === wanted) return true;
  console.log(`dialect not measured again: ${server} ${found ?? 'is not installed'}, the table is of ${wanted}`);
  return false;
}

function ourReading(record: string): OurReading {
  const entry = new Entry();
  scanEntry(new Uint8Array(Buffer.from(record, 'latin1')), 0, entry);
  const codes: ProblemCode[] = [];
  const type = typeNumber(record.split(' ')[0] ?? '');
  const context = { origin: ORIGIN, report: (code: ProblemCode) => codes.push(code) };
  if (!parseRdata(entry, 1, type, context, new ByteSink())) return 'refuses';
  return codes.every((code) => HARMLESS.has(code)) ? 'reads' : 'notes';
}

/** Rows for a zone: an SOA cannot stand beside that of the zone. */
function accepted(server: string): readonly DialectRow[] {
  return DIALECT.filter(([record, servers]) => servers.includes(server) && !record.startsWith('SOA'));
}

function refused(server: string): readonly DialectRow[] {
  return DIALECT.filter(([record, servers]) => !servers.includes(server) && !record.startsWith('SOA'));
}

const HEAD = ['$ORIGIN example.net.', '$TTL 3600', '@ SOA ns1 host 1 2 3 4 5', '@ NS ns1', 'ns1 A 192.0.2.1'];

/** Lines between two records, so that a server finds back into step after an error. */
const LINES_APART = 4;

/** What a program says about a zone of these rows, each behind an owner of its own. */
function zoneErrors(rows: readonly DialectRow[], check: (folder: string) => string | undefined): string {
  return inFolder((folder) => {
    const lines = rows.map(([record], index) => `v${index} ${record}${'\n'.repeat(LINES_APART - 1)}`);
    writeFileSync(join(folder, 'zone'), `${[...HEAD, ...lines].join('\n')}\n`, 'latin1');
    return check(folder) ?? '';
  });
}

/** Records about whose line a program says nothing. */
function silentLines(
  rows: readonly DialectRow[],
  check: (folder: string) => string | undefined,
  line: RegExp,
): readonly string[] {
  const named = new Set([...zoneErrors(rows, check).matchAll(line)].map((match) => Number(match[1])));
  return rows.filter((_, index) => !named.has(HEAD.length + 1 + index * LINES_APART)).map(([record]) => record);
}
