import type { Rule } from '../../rule.ts';

const TOP =
  '$TTL 3600\n@ SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600\n@ NS ns.example.com.\n';

/** A file whose last line does not end. */
export const rule: Rule = {
  id: 'syntax-no-final-newline',
  group: 'syntax',
  level: 'info',
  cites: ['RFC 1035 §5.1'],
  what: 'The last line of the file does not end with a newline.',
  why: 'A line that is appended later joins the last record; BIND warns that the file may have been cut off.',
  help: 'End the last line.',
  bad: { whole: true, zone: `${TOP}@ NS ns.example.org. ; expect` },
  good: { whole: true, zone: `${TOP}@ NS ns.example.org.\n` },
  fix: 'safe',
  say: () => 'the last line does not end with a newline',
  check(facts, report) {
    for (const file of facts.zone.files) {
      const end = file.bytes.length;
      if (end === 0 || file.bytes[end - 1] === 0x0a) continue;
      const fixes = [{ title: 'end the last line', safe: true, edits: [{ start: end, end, text: '\n' }] }];
      report.place({ file, span: { start: end, end } }, { fixes });
    }
  },
};
