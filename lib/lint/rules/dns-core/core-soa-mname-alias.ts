import { standing } from '../../common-hosts.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

/** An alias as the primary server in the SOA. */
export const rule: Rule = {
  id: 'core-soa-mname-alias',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1912 §2.4', 'RFC 2181 §10.3'],
  what: 'The primary server in the SOA is an alias.',
  why: 'Updates and notifications are sent to the host that the SOA names, and not every sender follows an alias.',
  help: 'Name the host that the alias stands for.',
  bad: soaZone(
    'primary hostmaster 2026112101 7200 3600 1209600 3600',
    'expect',
    'primary CNAME host\nhost A 192.0.2.10\n',
  ),
  good: soaZone(
    'host hostmaster 2026112101 7200 3600 1209600 3600',
    undefined,
    'primary CNAME host\nhost A 192.0.2.10\n',
  ),
  say: ({ found }) => `the primary server ${found} in the SOA is an alias; name the host itself`,
  check(facts, report) {
    const soa = soaOf(facts);
    if (soa === undefined || soa.mname.length === 1 || standing(facts, soa.mname) !== 'alias') return;
    report.record(soa.record, 'mname', { args: { found: bareName(soa.mname) } });
  },
};
