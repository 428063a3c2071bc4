import type { Rule } from '../../rule.ts';
import { apexServers } from './server-addresses.ts';

/** No name server of the zone can be reached by IPv6. */
export const rule: Rule = {
  id: 'deleg-no-v6-ns',
  group: 'delegation',
  level: 'warning',
  cites: ['RFC 3901 §4'],
  what: 'No name server of the zone has an IPv6 address (AAAA record).',
  why: 'Resolvers that have only IPv6 cannot look anything of the zone up, except through others.',
  help: 'Give a name server an AAAA record.',
  byDefault: false,
  bad: {
    zone: `$ORIGIN example.net.
$TTL 3600
@ SOA ns1 hostmaster 2026112001 7200 3600 1209600 3600
@ NS ns1 ; expect
ns1 A 192.0.2.1
`,
    whole: true,
  },
  good: { zone: 'www A 192.0.2.2\n' },
  say: () => 'no name server of the zone has an IPv6 address; expected an AAAA record for one of them',
  check(facts, report) {
    const servers = apexServers(facts);
    const [first] = servers ?? [];
    if (first === undefined || servers?.some(({ addresses }) => addresses.some(({ ipv6 }) => ipv6))) return;
    report.record(first.record, 'rdata', {
      related: (servers ?? []).slice(1, 5).map(({ record }) => ({ record, part: 'rdata', message: 'nor this one' })),
    });
  },
};
