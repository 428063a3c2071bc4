import type { Rule } from '../../rule.ts';

/** An origin that depends on the one before it. */
export const rule: Rule = {
  id: 'syntax-multiple-origins',
  group: 'syntax',
  level: 'warning',
  cites: ['RFC 1035 §5.1'],
  what: 'The name of an $ORIGIN has no final dot and is relative to the origin before it.',
  why: 'Moved or included elsewhere, the line gives all names behind it another meaning. NSD and Knot DNS refuse it.',
  help: 'Write the origin in full, with its final dot.',
  bad: { zone: '$ORIGIN sub ; expect\nwww A 192.0.2.10\n' },
  good: { zone: '$ORIGIN sub.example.net.\nwww A 192.0.2.10\n' },
  fix: 'unsafe',
  say: ({ found, name }) => `"${found}" is relative to the origin before it and stands for ${name}`,
  check(facts, report) {
    for (const { code, args, file: index, start, end } of facts.zone.problems) {
      const file = facts.zone.files[index];
      if (code !== 'nonportable' || args.found !== 'a relative $ORIGIN' || file === undefined) continue;
      const name = String(args.hint).replace(/^write /, '');
      const found = new TextDecoder().decode(file.bytes.subarray(start, end));
      const fixes = [{ title: `write ${name}`, safe: false, edits: [{ start, end, text: name }] }];
      report.place({ file, span: { start, end } }, { args: { found, name }, fixes });
    }
  },
};
