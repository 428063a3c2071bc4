import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A SOA at another name than the zone's. */
export const rule: Rule = {
  id: 'core-soa-not-at-apex',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1035 §5.2'],
  what: 'A SOA record has another owner than the zone name.',
  why: 'The SOA marks the top of a zone. BIND and NSD refuse the file, which often means that the zone was given the wrong name.',
  help: 'Give the SOA the zone name as its owner, or load the file under the name it was written for.',
  bad: { zone: 'sub SOA ns.example.com. hostmaster.example.com. 1 7200 3600 1209600 3600 ; expect\n' },
  good: { zone: 'sub NS ns.example.com.\n' },
  load: true,
  say: ({ name, zone }) => `the SOA record stands at ${name}; it belongs at the zone name ${zone}`,
  check(facts, report) {
    const { apex, owners } = facts.zone;
    for (const record of facts.records(TYPE.SOA)) {
      if (owners[record] === apex) continue;
      const args = { name: bare(facts.ownerText(record)), zone: bare(facts.nameText(apex)) };
      report.record(record, 'owner', { args });
    }
  },
};
