import { nearest } from '../../../text/nearest.ts';
import { findName } from '../../common-certificates.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { ownerEdits } from '../smtp-tls-srv/owners.ts';
import { type OddOwner, oddOwners, TRANSPORTS } from './owners.ts';

/** Services with a second label of their own (RFC 3861 §5, and SIP over TLS as Microsoft and others publish it). */
const OWN_LABELS: ReadonlyMap<string, readonly string[] | 'any'> = new Map<string, readonly string[] | 'any'>([
  ['_sip', ['_tls', '_ws', '_wss']],
  ['_sips', ['_tls', '_ws', '_wss']],
  ['_im', 'any'],
  ['_pres', 'any'],
  ['_client', ['_smtp']],
]);

/** The second label of an SRV owner is no transport (RFC 8552 §4.1.2). */
export const rule: Rule = {
  id: 'srv-unknown-proto',
  group: 'service-srv',
  level: 'warning',
  cites: ['RFC 2782', 'RFC 8552 §4.1.2'],
  what: 'The protocol label of SRV records is none of _tcp, _udp, _sctp, _dccp and _quic.',
  why: 'Clients ask below the label of the transport and never see the records.',
  help: 'Write _tcp, or _udp for a service over UDP.',
  fix: 'unsafe',
  bad: {
    zone: `_imaps._tls SRV 0 0 993 imap ; expect
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
`,
  },
  say: ({ owner, found, expected }) => `${owner} is below ${found}, which is no transport; expected ${expected}`,
  check(facts, report) {
    for (const one of oddOwners(facts)) {
      if (!isUnknown(one)) continue;
      const { set, labels, second } = one;
      const transport = nearest(second, TRANSPORTS) ?? '_tcp';
      const right = [labels[0] ?? '', transport];
      const merges = findName(facts, [...right, ...labels.slice(2)].join('.')) >= 0;
      const edits = merges ? [] : ownerEdits(facts, set.records, 2, right);
      report.record(set.records[0] ?? 0, 'owner', {
        args: { owner: bare(facts.nameText(set.owner)), found: second, expected: transport },
        fixes: edits.length === 0 ? [] : [{ title: `write ${transport}`, safe: false, edits }],
      });
    }
  },
};

function isUnknown({ first, second }: OddOwner): boolean {
  if (!first.startsWith('_') || !second.startsWith('_')) return false;
  // Both labels in the wrong order are srv-owner-shape's.
  if (TRANSPORTS.includes(first) || TRANSPORTS.includes(second)) return false;
  const own = OWN_LABELS.get(first);
  return own !== 'any' && own?.includes(second) !== true;
}
