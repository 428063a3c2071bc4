import { isAliasTarget } from '../../common-alias-targets.ts';
import { findName } from '../../common-certificates.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { ownerEdits } from '../smtp-tls-srv/owners.ts';
import { type OddOwner, oddOwners, serviceLabel, TRANSPORTS } from './owners.ts';

/** The owner of SRV records lacks the service or the transport (RFC 2782). */
export const rule: Rule = {
  id: 'srv-owner-shape',
  group: 'service-srv',
  level: 'error',
  cites: ['RFC 2782', 'RFC 8552 §1.1'],
  what: 'The owner of SRV records is not _service._protocol before a domain.',
  why: 'Clients ask for the exact name, such as _imaps._tcp and the domain, and never see the records.',
  help: 'Write the service and the transport with their underscores before the domain.',
  fix: 'unsafe',
  bad: {
    zone: `_imaps SRV 0 0 993 imap ; expect
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
`,
  },
  say: ({ owner, expected }) => `SRV record at ${owner}, where no client asks; expected ${expected}`,
  check(facts, report) {
    for (const one of oddOwners(facts)) {
      const meant = meantBy(one);
      // Records that other names lead to by CNAME.
      if (meant === undefined || isAliasTarget(facts, one.set.owner)) continue;
      const { replaced, by } = meant;
      const expected = [...by, ...one.labels.slice(replaced)].join('.');
      const edits = replaced === 0 ? [] : ownerEdits(facts, one.set.records, replaced, by);
      const merges = findName(facts, expected) >= 0;
      report.record(one.set.records[0] ?? 0, 'owner', {
        args: { owner: bare(facts.nameText(one.set.owner)), expected },
        fixes: edits.length === 0 || merges ? [] : [{ title: `write ${expected}`, safe: false, edits }],
        // Some lookup tools of clusters ask for SRV at any name.
        ...(replaced === 0 && { severity: 'warning' as const }),
      });
    }
  },
};

/** How many labels make way, and for which; undefined when the shape is right. */
function meantBy({ labels, first, second }: OddOwner): { replaced: number; by: readonly string[] } | undefined {
  const [written = ''] = labels;
  const transport = TRANSPORTS.find((each) => each === second || each.slice(1) === second);
  if (TRANSPORTS.includes(first)) {
    if (transport !== undefined) return undefined;
    return second.startsWith('_') ? { replaced: 2, by: [second, first] } : { replaced: 0, by: ['_service'] };
  }
  const service = serviceLabel(written);
  if (first.startsWith('_')) {
    if (transport !== undefined) {
      return service === written && transport === second ? undefined : { replaced: 2, by: [service, transport] };
    }
    return second.startsWith('_') ? undefined : { replaced: 1, by: [service, '_tcp'] };
  }
  if (transport !== undefined) return { replaced: 2, by: [service, transport] };
  return { replaced: 0, by: ['_service', '_tcp'] };
}
