import { TYPE } from '../../../rr/types.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { firstDifferent } from './duplicates.ts';

const TOP =
  '$TTL 3600\n@ SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600\n@ NS ns.example.com.';

/** A single name server. */
export const rule: Rule = {
  id: 'core-apex-ns-single',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 2182 §5', 'RFC 1035 §2.2'],
  what: 'The zone has only one name server.',
  why: 'When it cannot be reached the whole domain is gone, mail included.',
  help: 'Add a second name server in another network.',
  bad: { whole: true, zone: `${TOP} ; expect\n` },
  good: { whole: true, zone: `${TOP}\n@ NS ns.example.org.\n` },
  say: ({ zone, server }) => `${server} is the only name server of ${zone}; there should be two or more`,
  check(facts, report) {
    const records = facts.rrset(facts.zone.apex, TYPE.NS);
    const [record] = records;
    if (record === undefined || firstDifferent(facts, records) !== undefined || facts.mayBeBroken(TYPE.NS)) return;
    const args = { zone: bare(facts.nameText(facts.zone.apex)), server: bareName(facts.rdata(record)) };
    report.record(record, 'entry', { args });
  },
};
