import { isWithin } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { findBelowHost } from '../../common-below.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Facts, MailTarget } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** DANE protects the MX hosts but not the SRV target (RFC 7673 §4). */
export const rule: Rule = {
  id: 'smtp-tls-srv-mtasts-dane-conflict',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['SRV-7-f', 'RFC 7673 §3.1', 'RFC 7672 §2.2'],
  what: 'An MX host of a domain has TLSA records and its SRV target has none.',
  why: 'Senders that know the SRV record go to a host without DANE, so for them the protection the domain has built is gone.',
  help: 'Publish TLSA records for the SRV target and port, or name an MX host that has them.',
  bad: {
    zone: `@ MX 10 mx1
@ MX 20 tls1
_smtp-tls._tcp SRV 0 0 842 tls1 ; expect
_smtp-tls._tcp SRV 0 0 842 mx1
_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
tls1 A 192.0.2.30
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
_842._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, port, mx }) =>
    `SRV of ${domain} sends mail to ${host}, which has no TLSA records, while its MX host ${mx} has; expected TLSA at _${port}._tcp.${host}`,
  needs: [TYPE.TLSA],
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.TLSA)) return;
    for (const { owner, mx, srv } of facts.mailDomains) {
      if (mx.length === 0 || srv.length === 0) continue;
      const bare25 = hostsOf(srv).find(
        (target) => tlsaOf(facts, target) < 0 && isWithin(target.wire, facts.zone.origin),
      );
      const covered = bare25 && hostsOf(mx).find((target) => tlsaOf(facts, target) >= 0);
      if (bare25 === undefined || covered === undefined) continue;
      report.record(bare25.record, 'target', {
        args: { domain: bare(facts.nameText(owner)), host: bare25.host, port: bare25.port, mx: covered.host },
        related: [{ record: tlsaOf(facts, covered), message: `TLSA of ${covered.host}` }],
      });
    }
  },
};

/** A TLSA record (or an alias in its place) for mail to a host, on port 25 or the announced one; -1 without. */
function tlsaOf(facts: Facts, host: MailTarget): number {
  const { port } = host;
  const record = tlsaAt(facts, findBelowHost(facts, host, '_25', '_tcp'));
  return record >= 0 || port === 25 ? record : tlsaAt(facts, findBelowHost(facts, host, `_${port}`, '_tcp'));
}

function tlsaAt({ tree }: Facts, name: number): number {
  if (name < 0) return -1;
  const record = tree.firstOf(name, TYPE.TLSA);
  return record >= 0 ? record : tree.firstOf(name, TYPE.CNAME);
}
