import { TYPE } from '../../../rr/types.ts';
import { brokenAt } from '../../common-broken.ts';
import { standing } from '../../common-hosts.ts';
import { bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { hostFaults } from './host-names.ts';
import { soaOf, soaZone } from './soa.ts';

/** A primary server in the SOA that cannot be one. */
export const rule: Rule = {
  id: 'core-soa-mname-invalid',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1035 §3.3.13', 'RFC 2136 §4.3'],
  what: 'The primary server in the SOA is no host, or a host of the zone without address.',
  why: 'Dynamic updates and some notifications go to the server that the SOA names.',
  help: 'Name the primary server and give it an address, or name one of the name servers.',
  bad: soaZone('primary hostmaster 2026112101 7200 3600 1209600 3600', 'expect'),
  good: soaZone('primary hostmaster 2026112101 7200 3600 1209600 3600', undefined, 'primary A 192.0.2.10\n'),
  say: ({ found, why }) => `the primary server ${found} in the SOA ${why}`,
  check(facts, report) {
    const soa = soaOf(facts);
    if (soa === undefined) return;
    const why = trouble(facts, soa.mname);
    if (why !== undefined) report.record(soa.record, 'mname', { args: { found: bareName(soa.mname), why } });
  },
};

function trouble(facts: Facts, mname: Uint8Array): string | undefined {
  if (mname.length === 1) return 'is the root, not a host';
  if (hostFaults(mname, 0) !== 0) return 'is not a host name';
  if (facts.mayBeBroken(TYPE.A) || facts.mayBeBroken(TYPE.AAAA) || brokenAt(facts)(mname)) return undefined;
  switch (standing(facts, mname)) {
    case 'no-name':
      return 'does not exist in the zone';
    case 'no-address':
      return 'has no A or AAAA record';
    default:
      return undefined;
  }
}
