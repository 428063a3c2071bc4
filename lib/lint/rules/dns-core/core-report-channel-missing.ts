import { concatNames, nameFromText, ROOT } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { soaZone } from './soa.ts';

/** No answer for reports of resolvers; for zones that are the agent domain of others. */
export const rule: Rule = {
  id: 'core-report-channel-missing',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 9567 §6.3'],
  what: 'The zone has no TXT record at *._er, where resolvers send DNS error reports.',
  why: 'A zone that is named as agent domain must answer the reports, or resolvers repeat them.',
  help: 'Add *._er TXT with a text of your choice, if the zone is an agent domain.',
  bad: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600', 'expect'),
  good: soaZone(
    'ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600',
    undefined,
    '*._er TXT "report received"\n',
  ),
  byDefault: false,
  say: ({ zone }) => `the zone ${zone} has no TXT record at *._er to answer DNS error reports`,
  check(facts, report) {
    const read = nameFromText('*._er.');
    const wire = concatNames('name' in read ? read.name : ROOT, facts.zone.origin);
    if (wire === undefined || facts.mayBeBroken(TYPE.TXT) || facts.lookup(wire, TYPE.TXT).kind === 'answer') return;
    report.zone({ args: { zone: bare(facts.nameText(facts.zone.apex)) } });
  },
};
