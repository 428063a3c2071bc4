import { isWithin } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A responsible person without the text that is promised. */
export const rule: Rule = {
  id: 'core-rp-txt-missing',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1183 §2.2'],
  what: 'An RP record names a TXT record of the zone that does not exist.',
  why: 'Who looks for the contact finds nothing.',
  help: 'Add the TXT record, or write . as the second name of the RP record.',
  bad: { zone: 'host RP admin info ; expect\n' },
  good: { zone: 'host RP admin info\ninfo TXT "call the operators"\n' },
  say: ({ found }) => `the RP record promises a TXT record at ${found}, which has none`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.TXT)) return;
    for (const record of facts.records(TYPE.RP)) {
      const name = facts.nameField(record, 'txt');
      if (name === undefined || name.length === 1 || !isWithin(name, facts.zone.origin)) continue;
      const { kind } = facts.lookup(name, TYPE.TXT);
      if (kind === 'nxdomain' || kind === 'nodata') report.record(record, 'txt', { args: { found: bareName(name) } });
    }
  },
};
