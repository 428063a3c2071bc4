import type { SourceFile, Span } from '../../../text/diagnostic.ts';
import type { Edit } from '../../../text/edits.ts';
import type { Rule } from '../../rule.ts';

/** Lines that end in different ways; a file with CRLF throughout is the business of syntax-nonportable. */
export const rule: Rule = {
  id: 'syntax-mixed-line-ends',
  group: 'syntax',
  level: 'info',
  cites: ['RFC 1035 §5.1'],
  what: 'Some lines of the file end in CRLF and others in LF.',
  why: 'The file was edited on different systems; comparisons show changes that are none, and Knot DNS refuses CRLF.',
  help: 'End all lines with LF.',
  bad: { zone: 'www A 192.0.2.10\r\nftp A 192.0.2.11\n' },
  good: { zone: 'www A 192.0.2.10\nftp A 192.0.2.11\n' },
  fix: 'safe',
  say: ({ pairs, lines }) => `${pairs} of ${lines} lines end in CRLF, the others in LF`,
  check(facts, report) {
    const { problems, files } = facts.zone;
    // The reader has looked for carriage returns already: a file without any need not be looked through again.
    const marked = new Set(problems.filter((one) => isCarriageReturn(files[one.file], one)).map(({ file }) => file));
    for (const index of marked) {
      const file = files[index];
      if (file === undefined) continue;
      const { edits, lines } = carriageReturns(file.bytes);
      const [first] = edits;
      if (first === undefined || edits.length === lines) continue;
      const args = { pairs: edits.length, lines };
      const fixes = [{ title: 'end all lines with LF', safe: true, edits }];
      report.place({ file, span: { start: first.start, end: first.end } }, { args, fixes });
    }
  },
};

function isCarriageReturn(file: SourceFile | undefined, { start, end }: Span): boolean {
  return end === start + 1 && file?.bytes[start] === 0x0d;
}

/** Edits that remove the carriage return of each line, and how many lines there are. */
function carriageReturns(bytes: Uint8Array): { edits: Edit[]; lines: number } {
  const edits: Edit[] = [];
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    lines++;
    if (at > 0 && bytes[at - 1] === 0x0d) edits.push({ start: at - 1, end: at, text: '' });
  }
  return { edits, lines };
}
