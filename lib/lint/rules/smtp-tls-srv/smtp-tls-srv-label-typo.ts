import { findName } from '../../common-certificates.ts';
import { bare } from '../../common-words.ts';
import { DRAFTS } from '../../drafts.ts';
import type { Rule } from '../../rule.ts';
import { ownerEdits, services } from './owners.ts';

/** What is left of a misspelt service label without its underscores and hyphens. */
const SLIPS: ReadonlySet<string> = new Set([
  'smtptls',
  'smtpstls',
  'smtptlss',
  'smpttls',
  'stmptls',
  'smtptsl',
  'smtplts',
  'smtpttls',
]);

/** The service label is misspelt, or the transport is missing (draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-label-typo',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['SRV-2-a', 'RFC 8552 §1.1'],
  what: 'The owner of an SRV record is almost _smtp-tls._tcp, but not quite.',
  why: 'Senders ask for the exact name and never see the record.',
  help: 'Write _smtp-tls._tcp before the mail domain.',
  fix: 'safe',
  bad: {
    zone: `@ MX 10 mx1
_smtptls._tcp SRV 0 0 842 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, expected }) => `SRV record at ${owner}; expected ${expected}, the name senders ask for`,
  check(facts, report) {
    const { label, protocol: transport } = facts.drafts;
    // The slips are those of the label in the draft.
    if (label !== DRAFTS.label) return;
    for (const { set, labels } of services(facts, 7, 12)) {
      const [service = '', protocol = ''] = labels;
      if (!SLIPS.has(service.toLowerCase().replace(/[^a-z\d]/g, ''))) continue;
      const rightService = service.toLowerCase() === label;
      const hasProtocol = protocol.startsWith('_') || /^tcp$/i.test(protocol);
      // A right service below another transport is smtp-tls-srv-wrong-proto.
      if (rightService && protocol.startsWith('_')) continue;
      const replaced = /^_?tcp$/i.test(protocol) ? 2 : 1;
      const by = hasProtocol && replaced === 1 ? [label] : [label, transport];
      const edits = bestEdits(replaced, by, (count, labelsBy) => ownerEdits(facts, set.records, count, labelsBy));
      const expected = [...by, ...labels.slice(replaced)].join('.');
      // Where the right owner has records already the two sets would be merged.
      const safe = findName(facts, expected) < 0;
      report.record(set.records[0] ?? 0, 'owner', {
        args: { owner: bare(facts.nameText(set.owner)), expected },
        fixes: edits.length === 0 ? [] : [{ title: `write ${expected}`, safe, edits }],
      });
    }
  },
};

/** Below `$ORIGIN _tcp…` the owner is written as the service label alone. */
function bestEdits<T>(
  replaced: number,
  by: readonly string[],
  edits: (replaced: number, by: readonly string[]) => readonly T[],
): readonly T[] {
  const both = edits(replaced, by);
  return both.length > 0 || replaced === 1 ? both : edits(1, by.slice(0, 1));
}
