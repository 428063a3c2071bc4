import { labelsOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A PTR record outside the reverse tree. */
export const rule: Rule = {
  id: 'core-ptr-not-arpa',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1035 §3.5', 'RFC 6763 §4.1'],
  what: 'A PTR record stands neither in the reverse tree nor at a service name.',
  why: 'PTR records are asked for below in-addr.arpa and ip6.arpa, and for service discovery; elsewhere an alias is meant as a rule.',
  help: 'Use CNAME, or move the record to the reverse zone.',
  bad: { zone: 'www PTR host ; expect\nhost A 192.0.2.10\n' },
  good: { zone: '_http._tcp PTR shop._http._tcp\nshop._http._tcp SRV 0 0 80 host\nhost A 192.0.2.10\n' },
  say: ({ name }) => `${name} has a PTR record but is neither in the reverse tree nor a service name`,
  check(facts, report) {
    if (/(^|\.)arpa\.$/i.test(facts.nameText(facts.zone.apex))) return;
    for (const { owner, records } of facts.rrsets(TYPE.PTR)) {
      if (labelsOf(facts.zone.names.wire(owner)).some((label) => label.startsWith('_'))) continue;
      report.record(records[0] ?? 0, 'type', { args: { name: bare(facts.nameText(owner)) } });
    }
  },
};
