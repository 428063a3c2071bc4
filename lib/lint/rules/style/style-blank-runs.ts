import type { Rule } from '../../rule.ts';
import { entriesOf } from './entries.ts';

/** Several empty lines after each other. */
export const rule: Rule = {
  id: 'style-blank-runs',
  group: 'style',
  level: 'info',
  cites: ['RFC 1035 §5.1'],
  what: 'More empty lines follow each other than needed.',
  why: 'They push apart what belongs together.',
  help: 'Leave one empty line between groups of records.',
  options: { most: { what: 'empty lines in a row', default: 1, least: 0, most: 10 } },
  fix: 'safe',
  byDefault: false,
  bad: { zone: 'www A 192.0.2.10\n\n\n\nftp A 192.0.2.11\n' },
  good: { zone: 'www A 192.0.2.10\n\nftp A 192.0.2.11\n' },
  say: ({ count, most }) => `${count} empty lines follow each other; expected at most ${most}`,
  check(facts, report, settings) {
    const most = settings.number('most');
    let run: { start: number; end: number; count: number; kept: number } | undefined;
    const close = (file: Parameters<typeof report.place>[0]['file']): void => {
      if (run !== undefined && run.count > most) {
        const fixes = [
          { title: 'remove empty lines', safe: true, edits: [{ start: run.kept, end: run.end, text: '' }] },
        ];
        const args = { count: run.count, most };
        report.place({ file, span: { start: run.start, end: run.start } }, { args, fixes });
      }
      run = undefined;
    };
    let before: Parameters<typeof close>[0] | undefined;
    for (const { file, entry } of entriesOf(facts)) {
      if (before !== undefined && before !== file) close(before);
      before = file;
      if (!isEmptyLine(file.bytes, entry.start, entry.end)) close(file);
      else {
        run ??= { start: entry.start, end: entry.start, count: 0, kept: entry.start };
        run.count++;
        run.end = entry.end;
        if (run.count <= most) run.kept = entry.end;
      }
    }
    if (before !== undefined) close(before);
  },
};

function isEmptyLine(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    if (octet !== 0x20 && octet !== 0x09 && octet !== 0x0d && octet !== 0x0a) return false;
  }
  return end > start && bytes[end - 1] === 0x0a;
}
