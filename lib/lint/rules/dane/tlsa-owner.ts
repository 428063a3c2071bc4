import { labelsOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { isAliasTarget } from '../../common-alias-targets.ts';
import { hasAddress, isHidden } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { ownerEdits } from '../smtp-tls-srv/owners.ts';
import { portNumber, TRANSPORTS, tlsaName } from './shared.ts';

/** Ports by the service labels that are written in their place (IANA service names). */
const PORTS: ReadonlyMap<string, number> = new Map([
  ['_smtp', 25],
  ['_http', 443],
  ['_https', 443],
  ['_submission', 587],
  ['_submissions', 465],
  ['_smtps', 465],
  ['_imap', 143],
  ['_imaps', 993],
  ['_pop3', 110],
  ['_pop3s', 995],
  ['_sieve', 4190],
  ['_xmpp-client', 5222],
  ['_xmpp-server', 5269],
]);

/** TLSA records stand at a name that no client asks for (RFC 6698 §3). */
export const rule: Rule = {
  id: 'tlsa-owner',
  group: 'dane',
  level: 'error',
  cites: ['RFC 6698 §3', 'RFC 8552 §1.1'],
  what: 'The owner of TLSA records is not _port._protocol before a host.',
  why: 'Clients ask for _25._tcp and the host, or another port, and never see the records.',
  help: 'Write the port and the transport before the host, as in _25._tcp.mx1.',
  fix: 'unsafe',
  bad: {
    zone: `mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, expected }) => `TLSA records at ${owner}, where no client asks; expected ${expected}`,
  check(facts, report) {
    const { names } = facts.zone;
    for (const { owner, records } of facts.rrsets(TYPE.TLSA)) {
      const wire = names.wire(owner);
      if (tlsaName(wire) !== undefined || isHidden(facts, owner)) continue;
      const labels = labelsOf(wire);
      const meant = meantBy(facts, owner, labels);
      // One set of records for many hosts, which lead to it by CNAME.
      if (meant === undefined || isAliasTarget(facts, owner)) continue;
      const { replaced, by } = meant;
      const expected = [...by, ...labels.slice(replaced)].join('.');
      // Other records stay where they are.
      const alone = facts.recordsAt(owner).length === records.length && !by.includes(ANY_PORT);
      const edits = alone && replaced > 0 ? ownerEdits(facts, records, replaced, by) : [];
      report.record(records[0] ?? 0, 'owner', {
        args: { owner: bare(facts.nameText(owner)), expected },
        fixes: edits.length === 0 ? [] : [{ title: `write ${expected}`, safe: false, edits }],
      });
    }
  },
};

const ANY_PORT = '_port';

/** How many labels make way, and for which; undefined for a name that may be one of those that others lead to. */
function meantBy(
  facts: Facts,
  owner: number,
  labels: readonly string[],
): { readonly replaced: number; readonly by: readonly string[] } | undefined {
  const [first = '', second = ''] = labels.slice(0, 2).map((label) => label.toLowerCase());
  if (first === '*') return undefined;
  const transport = TRANSPORTS.find((each) => each === second || each.slice(1) === second);
  if (/^_\d+$/.test(first)) {
    if (portNumber(first) < 0) return { replaced: 1, by: [ANY_PORT] };
    if (transport !== undefined) return { replaced: 2, by: [first, transport] };
    return { replaced: second.startsWith('_') ? 2 : 1, by: [first, '_tcp'] };
  }
  if (TRANSPORTS.includes(first) && portNumber(second) >= 0) return { replaced: 2, by: [second, first] };
  if (/^\d+$/.test(first) && transport !== undefined) return { replaced: 2, by: [`_${first}`, transport] };
  if (first.startsWith('_')) {
    if (transport === undefined || transport !== second) return undefined;
    const port = PORTS.get(first);
    return { replaced: 2, by: [port === undefined ? ANY_PORT : `_${port}`, transport] };
  }
  return hasAddress(facts, owner) || owner === facts.zone.apex ? { replaced: 0, by: [ANY_PORT, '_tcp'] } : undefined;
}
