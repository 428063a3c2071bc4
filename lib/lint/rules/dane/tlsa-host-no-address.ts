import { TYPE } from '../../../rr/types.ts';
import { hasAddress, isHidden, standing } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { tlsaHost, tlsaName } from './shared.ts';

/** TLSA records are for a host of this zone that has no address (RFC 6698 §3). */
export const rule: Rule = {
  id: 'tlsa-host-no-address',
  group: 'dane',
  level: 'warning',
  cites: ['RFC 6698 §3', 'RFC 7672 §2.2', 'RFC 7673 §3.2'],
  what: 'TLSA records stand below a name of this zone that is no host: it does not exist or has no address.',
  why: 'Clients look for TLSA at the host they connect to, which for mail is the one in the MX or SRV record, and never see these.',
  help: 'Put the records below the host, or correct its name.',
  bad: {
    zone: `@ MX 10 mx1
_25._tcp TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, host, exists }) =>
    exists === 1
      ? `TLSA of ${owner} is for ${host}, which has no address; expected it below the host that clients connect to`
      : `TLSA of ${owner} is for ${host}, which does not exist in this zone; expected it below a host`,
  check(facts, report) {
    if ([TYPE.A, TYPE.AAAA, TYPE.CNAME].some((type) => facts.mayBeBroken(type))) return;
    for (const { owner, records } of facts.rrsets(TYPE.TLSA)) {
      if (hasAddress(facts, tlsaHost(facts, owner))) continue;
      const name = tlsaName(facts.zone.names.wire(owner));
      if (name === undefined || isHidden(facts, owner)) continue;
      const found = standing(facts, name.host);
      if ((found !== 'no-address' && found !== 'no-name') || hasServerMade(facts, name.host)) continue;
      report.record(records[0] ?? 0, 'owner', {
        args: {
          owner: bare(facts.nameText(owner)),
          host: bareName(name.host),
          exists: found === 'no-address' ? 1 : 0,
        },
      });
    }
  },
};

/** Whether the server makes the addresses itself (PowerDNS). */
function hasServerMade(facts: Facts, host: Uint8Array): boolean {
  const id = facts.find(host);
  return facts.hasType(id, TYPE.ALIAS) || facts.hasType(id, TYPE.LUA);
}
