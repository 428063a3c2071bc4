import { equalNames } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

/** A primary server that is none of the name servers. */
export const rule: Rule = {
  id: 'core-soa-mname-not-ns',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1912 §2.2', 'RFC 1996 §2.1'],
  what: 'The primary server in the SOA is not among the name servers of the zone.',
  why: 'That is right for a hidden primary and a mistake otherwise.',
  help: 'Name one of the NS targets, unless the primary is hidden on purpose.',
  bad: soaZone('hidden.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600', 'expect'),
  good: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600'),
  byDefault: false,
  say: ({ found }) => `the primary server ${found} in the SOA is none of the zone's name servers`,
  check(facts, report) {
    const soa = soaOf(facts);
    const servers = facts.rrset(facts.zone.apex, TYPE.NS);
    if (soa === undefined || servers.length === 0 || facts.mayBeBroken(TYPE.NS)) return;
    if (servers.some((record) => equalNames(facts.rdata(record), soa.mname))) return;
    report.record(soa.record, 'mname', { args: { found: bareName(soa.mname) } });
  },
};
