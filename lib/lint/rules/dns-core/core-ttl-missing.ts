import type { Fix, SourceFile } from '../../../text/diagnostic.ts';
import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { soaOf } from './soa.ts';

const REST = '@ NS ns.example.com.\n@ NS ns.example.org.\n';
const SOA = '@ SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600';

/** A zone whose records take their TTL from the SOA, because nothing says one. */
export const rule: Rule = {
  id: 'core-ttl-missing',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 2308 §4', 'RFC 1035 §5.1'],
  what: 'Neither a $TTL nor a TTL of their own tells how long records may be cached.',
  why: 'BIND takes the last field of the SOA, NSD and Knot DNS an hour: the same file is served with different TTLs.',
  help: 'Add a $TTL line before the first record.',
  bad: { whole: true, zone: `${SOA} ; expect\n${REST}` },
  good: { whole: true, zone: `$TTL 3600\n${SOA}\n${REST}` },
  fix: 'safe',
  say: ({ seconds }) => `no $TTL and no TTL of its own: the record gets ${period(Number(seconds))} from the SOA`,
  check(facts, report) {
    for (const problem of facts.zone.problems) {
      const file = facts.zone.files[problem.file];
      if (problem.code !== 'ttl-missing' || problem.args.from !== 'SOA' || file === undefined) continue;
      const seconds = soaOf(facts)?.minimum ?? Number(problem.args.assumed);
      const details = { args: { seconds }, fixes: [defaultTtl(file, seconds)] };
      if (problem.record >= 0) report.record(problem.record, 'type', details);
      else report.place({ file, span: problem }, details);
    }
  },
};

function defaultTtl(file: SourceFile, seconds: number): Fix {
  const start = file.bytes[0] === 0xef && file.bytes[1] === 0xbb && file.bytes[2] === 0xbf ? 3 : 0;
  const edits = [{ start, end: start, text: `$TTL ${seconds}\n` }];
  return { title: `put $TTL ${seconds} at the top of the file`, safe: true, file, edits };
}
